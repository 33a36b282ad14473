//! What is known of an import before its file is read.

use std::path::Path;

use ducha_records::codes::{Acceptance, ImportState, Mode};
use ducha_records::hex;
use ducha_records::imports::{Import, NewImport};

use super::file::{FileError, Job};

/// SHA-256 (64 lower-case hexadecimal digits) and size of a file.
pub(super) fn fingerprint(path: &Path) -> Result<(String, u64), FileError> {
    let fail = |error| FileError::Open {
        path: path.to_path_buf(),
        error,
    };
    let mut size = 0;
    let sha256 = hex::of_file(path, &mut |bytes| size += bytes).map_err(fail)?;
    Ok((sha256, size))
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
