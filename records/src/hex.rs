//! Hashes as text.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

/// Bytes of a file that are read at once.
const PIECE: usize = 256 * 1024;

/// Two lower-case hexadecimal digits for each byte.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The SHA-256 of a file of this machine, 64 lower-case hexadecimal digits; `read` is told of the bytes as they go by.
///
/// # Errors
/// The system's.
pub fn of_file(path: &Path, read: &mut dyn FnMut(u64)) -> io::Result<String> {
    let (mut file, mut hasher, mut piece) = (File::open(path)?, Sha256::new(), vec![0; PIECE]);
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hex(&hasher.finalize())),
            bytes => {
                hasher.update(&piece[..bytes]);
                read(bytes as u64);
            }
        }
    }
}
