//! The file under the reader: one open file, any number of independent positions in it, so that what was checked and
//! what is parsed are the same bytes even while two threads read.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::Arc;

use super::error::{Measure, ReadError};
use super::limits::Limits;

/// A position of its own in a shared, open file.
#[derive(Debug, Clone)]
pub(super) struct FileView {
    file: Arc<File>,
    length: u64,
    at: u64,
}

impl FileView {
    /// Opens `path`, which must be a regular file with at least one byte and at most as many as admitted.
    pub(super) fn open(path: &Path, limits: &Limits) -> Result<Self, ReadError> {
        let metadata = std::fs::metadata(path).map_err(ReadError::unreadable)?;
        if !metadata.is_file() {
            return Err(ReadError::unreadable("found a folder or device, wanted a file"));
        }
        let file = File::open(path).map_err(ReadError::unreadable)?;
        let length = metadata.len();
        if length == 0 {
            return Err(ReadError::Empty);
        }
        if length > limits.file_bytes {
            return Err(ReadError::TooLarge {
                what: Measure::FileBytes,
                found: length,
                limit: limits.file_bytes,
                place: String::new(),
            });
        }
        Ok(Self {
            file: Arc::new(file),
            length,
            at: 0,
        })
    }

    /// Bytes of the file.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// At most `count` bytes from `offset`; fewer where the file ends.
    pub(super) fn bytes_at(&self, offset: u64, count: usize) -> Result<Vec<u8>, ReadError> {
        let mut view = Self {
            at: offset,
            ..self.clone()
        };
        let mut bytes = Vec::new();
        Read::take(&mut view, count as u64)
            .read_to_end(&mut bytes)
            .map_err(ReadError::unreadable)?;
        Ok(bytes)
    }
}

impl Read for FileView {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read_at(buffer, self.at)?;
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for FileView {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(offset) => Some(offset),
            SeekFrom::End(offset) => self.length.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.at.checked_add_signed(offset),
        };
        self.at = target.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn two_views_of_one_file_do_not_move_each_other() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"0123456789").unwrap();
        let mut first = FileView::open(file.path(), &Limits::default()).unwrap();
        let mut second = first.clone();
        first.seek(SeekFrom::End(-3)).unwrap();
        let (mut tail, mut head) = (String::new(), [0; 2]);
        first.read_to_string(&mut tail).unwrap();
        second.read_exact(&mut head).unwrap();
        assert_eq!((tail.as_str(), &head), ("789", b"01"));
        assert_eq!(first.bytes_at(8, 100).unwrap(), b"89");
    }

    #[test]
    fn nothing_a_folder_and_too_much_are_told_apart() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        let open = |path: &Path| {
            FileView::open(
                path,
                &Limits {
                    file_bytes: 3,
                    ..Limits::default()
                },
            )
            .unwrap_err()
            .code()
        };
        assert_eq!(open(file.path()), "F008");
        assert_eq!(open(&std::env::temp_dir()), "F017");
        assert_eq!(open(Path::new("/no/such/file.xlsx")), "F017");
        file.write_all(b"1234").unwrap();
        assert_eq!(open(file.path()), "F007");
    }
}
