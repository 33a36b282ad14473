//! An import as it begins.

use chrono::NaiveDateTime;

use super::Import;
use crate::codes::{Acceptance, ImportState, Mode};

/// Claims after which an import has failed: a fault outside the file is given two more chances.
pub const MAX_ATTEMPTS: i32 = 3;

/// What is known of a file that is handed in, before anyone looks into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewImport {
    /// The inspection it belongs to.
    pub inspection_id: String,
    /// Whose ledger it is, if anyone said.
    pub division: Option<String>,
    /// As the client calls it.
    pub file_name: String,
    /// 64 lower-case hexadecimal digits.
    pub file_sha256: String,
    /// Size of the file.
    pub file_bytes: i64,
    /// Who hands it in.
    pub submitter: String,
    /// Of the call that hands it in.
    pub request_id: Option<String>,
    /// How far it shall go.
    pub mode: Mode,
    /// What refused rows mean for the others.
    pub acceptance: Acceptance,
    /// Most rows that may be refused, in ten-thousandths of those read; any if absent.
    pub max_refused_share: Option<i32>,
    /// Whether it claims to hold every row of its division.
    pub complete: bool,
}

impl NewImport {
    /// The import of the file, received at `at_utc`, with a new id.
    #[must_use]
    pub fn received(self, at_utc: NaiveDateTime) -> Import {
        Import {
            id: uuid::Uuid::now_v7().to_string(),
            inspection_id: self.inspection_id,
            division: self.division,
            file_name: self.file_name,
            file_sha256: self.file_sha256,
            file_bytes: self.file_bytes,
            submitter: self.submitter,
            request_id: self.request_id,
            mode: self.mode.code(),
            acceptance: self.acceptance.code(),
            max_refused_share: self.max_refused_share,
            stored: false,
            state: ImportState::Received.code(),
            complete: self.complete,
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
            plan_hash: None,
            copies_due: false,
            run_at_utc: at_utc,
            max_attempts: MAX_ATTEMPTS,
            attempt: 0,
            lease_token: 0,
            lease_until_utc: None,
            worker: None,
            created_at_utc: at_utc,
            started_at_utc: None,
            finished_at_utc: None,
        }
    }
}
