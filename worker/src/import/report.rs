//! What is told about each file, to whoever asked.

use std::path::PathBuf;
use std::sync::Arc;

use ducha_records::codes::ImportState;
use ducha_records::importing::RowCounts;
use ducha_records::imports::Import;

use super::change::Change;
use crate::check::{Finding, LedgerSheet};

/// How a file ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum FileState {
    /// Every row is in.
    Applied,
    /// Some rows were refused, the others are in.
    AppliedInPart,
    /// The file as a whole was refused.
    Rejected,
    /// Checked only.
    Checked,
    /// Compared with the records; nothing was written.
    Planned,
}

/// Why a file as a whole was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRefused {
    /// Stable code.
    pub code: String,
    /// zh-CN.
    pub zh: String,
    /// English.
    pub en: String,
}

impl FileState {
    /// How an import ended whose verdict is stored.
    #[must_use]
    pub const fn of(import: &Import) -> Self {
        match ImportState::from_code(import.state) {
            Some(ImportState::Applied) => Self::Applied,
            Some(ImportState::AppliedInPart) => Self::AppliedInPart,
            Some(ImportState::Checked) => Self::Checked,
            Some(ImportState::Planned) => Self::Planned,
            // It was, when the workbooks made of it became due.
            Some(ImportState::Undone) if import.refused == 0 => Self::Applied,
            Some(ImportState::Undone) => Self::AppliedInPart,
            _ => Self::Rejected,
        }
    }
}

impl FileRefused {
    /// Why an import as a whole was refused, if it was.
    #[must_use]
    pub fn of(import: &Import) -> Option<Self> {
        Some(Self {
            code: import.error_code.clone()?,
            zh: import.error_zh.clone().unwrap_or_default(),
            en: import.error_en.clone().unwrap_or_default(),
        })
    }
}

/// What became of a file.
#[derive(Debug, Clone)]
pub struct FileReport {
    /// As it was called.
    pub file: String,
    /// The import's id; none where nothing was stored.
    pub import_id: Option<String>,
    /// Kinds of ledger found.
    pub kinds: Vec<&'static str>,
    /// How it ended.
    pub state: FileState,
    /// Codes of the rules that its forms' profiles switch off.
    pub rules_off: Vec<String>,
    /// What became of its rows; after a check, only `refused` and `unchanged` (the rows that would be taken) are told.
    pub rows: RowCounts,
    /// Warnings.
    pub warnings: u64,
    /// Why it was refused as a whole.
    pub error: Option<FileRefused>,
    /// What stands for everything a plan would change: the same ledger against the same records has the same.
    pub plan_hash: Option<String>,
    /// SHA-256 of its bytes, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Its ledger sheets.
    pub ledgers: Vec<LedgerSheet>,
    /// Names of our own summary sheets in it.
    pub summaries: Vec<Arc<str>>,
    /// Marked copies and files of refused rows that were written.
    pub copies: Vec<PathBuf>,
}

impl FileReport {
    /// What is told of a file of which nothing is known but its bytes.
    pub(super) fn of(file: &str, state: FileState, sha256: String) -> Self {
        Self {
            file: file.to_owned(),
            import_id: None,
            kinds: Vec::new(),
            rules_off: Vec::new(),
            state,
            rows: RowCounts::default(),
            warnings: 0,
            error: None,
            plan_hash: None,
            sha256,
            ledgers: Vec::new(),
            summaries: Vec::new(),
            copies: Vec::new(),
        }
    }
}

/// Who is told. Findings come from two threads, one at a time.
pub trait Reporter: Send {
    /// So many rows of the present file were read.
    fn rows_read(&mut self, rows: u64);
    /// Something was found in the present file.
    fn finding(&mut self, file: &str, finding: &Finding);
    /// Why a warning that was found in the present file stands, in the words of who handed in this ledger or an earlier
    /// one. Told behind all findings, and only where the stored records were asked.
    fn reason(&mut self, _file: &str, _finding: &Finding, _reason: &str) {}
    /// A row of the present file says something new; told of plans only.
    fn change(&mut self, _file: &str, _change: &Change) {}
    /// The present file is done.
    fn file(&mut self, report: FileReport);
}
