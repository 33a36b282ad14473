//! What is known of an import before its file is read.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use ducha_records::codes::{Acceptance, ImportState, Mode};
use ducha_records::hex::hex;
use ducha_records::imports::{Import, NewImport};
use sha2::{Digest, Sha256};

use super::file::{FileError, Job};

/// SHA-256 (64 lower-case hexadecimal digits) and size of a file.
pub(super) fn fingerprint(path: &Path) -> Result<(String, u64), FileError> {
    let fail = |error| FileError::Open {
        path: path.to_path_buf(),
        error,
    };
    let mut file = File::open(path).map_err(fail)?;
    let (mut hasher, mut size) = (Sha256::new(), 0);
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = file.read(&mut buffer).map_err(fail)?;
        if read == 0 {
            break;
        }
        hasher.update(&buffer[..read]);
        size += read as u64;
    }
    Ok((hex(&hasher.finalize()), size))
}

/// The import of a file that is about to be read.
pub(super) fn new_import(job: &Job<'_>) -> Result<Import, FileError> {
    if let Some(claimed) = job.claimed {
        return Ok(Import {
            copies_due: true,
            ..claimed.clone()
        });
    }
    let (file_sha256, file_bytes) = fingerprint(job.path)?;
    let new = NewImport {
        inspection_id: job.inspection.to_owned(),
        division: job.context.division.clone(),
        file_name: job.name.to_owned(),
        file_sha256,
        file_bytes: file_bytes as i64,
        submitter: job.submitter.to_owned(),
        request_id: None,
        mode: Mode::Apply,
        acceptance: Acceptance::ValidRows,
        max_refused_share: None,
        complete: job.complete,
    };
    Ok(Import {
        state: ImportState::Applying.code(),
        attempt: 1,
        started_at_utc: Some(job.now),
        ..new.received(job.now)
    })
}
