//! What is known of an import before its file is read.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use ducha_records::codes::{ImportState, Mode};
use ducha_records::hex::hex;
use ducha_records::imports::Import;
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
    let (file_sha256, file_bytes) = fingerprint(job.path)?;
    Ok(Import {
        id: uuid::Uuid::now_v7().to_string(),
        inspection_id: job.inspection.to_owned(),
        division: job.context.division.clone(),
        file_name: job.name.to_owned(),
        file_sha256,
        file_bytes: file_bytes as i64,
        submitter: job.submitter.to_owned(),
        request_id: None,
        mode: Mode::Apply.code(),
        state: ImportState::Applying.code(),
        complete: job.complete,
        kinds: String::new(),
        sheets: "[]".to_owned(),
        reported_on: None,
        rows_read: 0,
        inserted: 0,
        updated: 0,
        unchanged: 0,
        refused: 0,
        errors: 0,
        warnings: 0,
        notes: 0,
        error_code: None,
        error_zh: None,
        error_en: None,
        indexed: true,
        attempt: 1,
        lease_token: 0,
        lease_until_utc: None,
        worker: None,
        created_at_utc: job.now,
        started_at_utc: Some(job.now),
        finished_at_utc: None,
    })
}
