//! `SHA256SUMS`: the hash of every file of a backup, in the form that `sha256sum --check` reads.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::error::BackupError;

/// Its name in the folder.
pub const NAME: &str = "SHA256SUMS";

/// Writes the hashes.
pub struct Sums {
    path: PathBuf,
    out: BufWriter<File>,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Path below the folder.
    pub name: String,
}

impl Sums {
    /// Begins the list in the folder of a backup.
    ///
    /// # Errors
    /// [`BackupError::File`].
    pub fn begin(folder: &Path) -> Result<Self, BackupError> {
        let path = folder.join(NAME);
        let out = File::create_new(&path).map_err(BackupError::file(&path))?;
        Ok(Self {
            path,
            out: BufWriter::new(out),
        })
    }

    /// Adds a file whose hash is known.
    ///
    /// # Errors
    /// [`BackupError::File`].
    pub fn add(&mut self, sha256: &str, name: &str) -> Result<(), BackupError> {
        writeln!(self.out, "{sha256}  {name}").map_err(BackupError::file(&self.path))
    }

    /// Ends the list, on the disk.
    ///
    /// # Errors
    /// [`BackupError::File`].
    pub fn end(self) -> Result<(), BackupError> {
        let written = self.out.into_inner().map_err(io::IntoInnerError::into_error);
        written
            .and_then(|file| file.sync_all())
            .map_err(BackupError::file(&self.path))
    }
}

/// The lines of the list in the folder of a backup.
///
/// # Errors
/// The system's; a line that is none is [`io::ErrorKind::InvalidData`].
pub fn lines(folder: &Path) -> io::Result<impl Iterator<Item = io::Result<Sum>> + use<>> {
    let file = BufReader::new(File::open(folder.join(NAME))?);
    Ok(file.lines().map(|line| parse(&line?)))
}

fn parse(line: &str) -> io::Result<Sum> {
    let wrong = || io::Error::new(io::ErrorKind::InvalidData, format!("{NAME} has the line {line:?}"));
    let (sha256, name) = line.split_once("  ").ok_or_else(wrong)?;
    let digits = sha256.len() == 64 && sha256.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    // No name may lead out of the folder.
    if !digits
        || name.is_empty()
        || name
            .split('/')
            .any(|part| part.is_empty() || part == ".." || part == ".")
    {
        return Err(wrong());
    }
    Ok(Sum {
        sha256: sha256.to_owned(),
        name: name.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_hash_and_a_name_that_stays_in_the_folder() {
        let hash = "ab".repeat(32);
        let sum = parse(&format!("{hash}  files/ab/{hash}")).unwrap();
        assert_eq!((sum.sha256, sum.name), (hash.clone(), format!("files/ab/{hash}")));
        for wrong in [
            format!("{hash} x"),
            format!("{hash}  ../x"),
            format!("{hash}  /etc/x"),
            format!("{}  x", &hash[1..]),
            format!("{}  x", hash.to_uppercase()),
            hash,
        ] {
            assert!(parse(&wrong).is_err(), "{wrong}");
        }
    }
}
