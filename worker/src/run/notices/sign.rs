//! Signatures of notices: HMAC-SHA256 of the time and the body, so that a receiver knows who sent it and that it is no old one.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use ducha_records::hex::hex;
use ducha_records::webhooks::target::SecretRef;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The header of the signature: `t=UNIX SECONDS,v1=HEX`.
pub const HEADER: &str = "Ducha-Signature";
/// A shorter secret can be guessed, in bytes.
const SHORTEST: usize = 16;
/// More of a file is not read, in bytes: what is longer is no secret but a mistake.
const LONGEST: u64 = 4_096;

/// The value of the header for a body that is sent at `unix_seconds`.
pub fn signature(secret: &[u8], unix_seconds: u64, body: &str) -> String {
    let text = format!("{unix_seconds}.{body}");
    // A key of any length will do.
    let signed = Hmac::<Sha256>::new_from_slice(secret).map(|mut mac| {
        mac.update(text.as_bytes());
        hex(&mac.finalize().into_bytes())
    });
    format!("t={unix_seconds},v1={}", signed.unwrap_or_default())
}

/// The secret itself, without white space at its ends. What cannot be had is told without the place's content.
pub fn secret(of: &SecretRef) -> Result<Vec<u8>, String> {
    let text = match of {
        SecretRef::Variable(name) => {
            std::env::var(name).map_err(|_| format!("the variable {name} of its secret is not set"))?
        }
        SecretRef::File(path) => read(path)?,
    };
    let secret = text.trim().as_bytes().to_vec();
    if secret.len() < SHORTEST {
        return Err(format!("its secret is shorter than {SHORTEST} bytes"));
    }
    Ok(secret)
}

fn read(path: &Path) -> Result<String, String> {
    let mut text = String::new();
    let read = File::open(path).and_then(|file| file.take(LONGEST).read_to_string(&mut text));
    read.map_err(|error| format!("its secret cannot be read from {}: {error}", path.display()))?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_of_time_and_body() {
        // openssl: printf '1700000000.{}' | openssl dgst -sha256 -hmac 'a secret of county'
        let signed = signature(b"a secret of county", 1_700_000_000, "{}");
        assert_eq!(signed, WANTED);
        assert_ne!(signature(b"a secret of county", 1_700_000_001, "{}"), signed);
        assert_ne!(signature(b"another secret....", 1_700_000_000, "{}"), signed);
    }

    const WANTED: &str = "t=1700000000,v1=7b4acdeb89f72696c2467cf3f90170d2c02b204c508aec7c9840640c1f9ce132";

    #[test]
    fn a_secret_that_is_short_or_missing_is_told_as_such() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let of = SecretRef::File(file.path().to_owned());
        std::fs::write(file.path(), "short\n").unwrap();
        assert!(secret(&of).unwrap_err().contains("shorter"));
        std::fs::write(file.path(), "  a secret of county\n").unwrap();
        assert_eq!(secret(&of).unwrap(), b"a secret of county");
        let missing = SecretRef::Variable("DUCHA_NO_SUCH_SECRET".to_owned());
        assert!(secret(&missing).unwrap_err().contains("DUCHA_NO_SUCH_SECRET"));
    }
}
