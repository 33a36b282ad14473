//! Where our columns go: where they are already, else behind the last column that holds anything.

use super::error::MarkError;
use crate::check::LedgerSheet;
use crate::reader::GRID_COLUMNS;
use crate::recognise::OwnColumns;

/// Our columns of one sheet, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Columns {
    pub status: u32,
    pub problem: u32,
    pub reason: u32,
    /// The sheet has a reason column, whose texts are the clerk's.
    pub reason_kept: bool,
    /// The sheet has a status or a problem column of an earlier copy.
    pub old: bool,
}

/// Widths in characters: 已导入，有疑问 in one line, a sentence in two, a reason in two.
const WIDTHS: [u32; 3] = [18, 60, 36];

impl Columns {
    pub fn of(part: &str, ledger: &LedgerSheet) -> Result<Self, MarkError> {
        let own = &ledger.own;
        let taken = [own.status, own.problem, own.reason].into_iter().flatten().max();
        let mut next = ledger.last_column.max(taken.unwrap_or(0));
        let mut place = |present: Option<u32>| {
            present.unwrap_or_else(|| {
                next += 1;
                next
            })
        };
        let columns = Self {
            status: place(own.status),
            problem: place(own.problem),
            reason: place(own.reason),
            reason_kept: own.reason.is_some(),
            old: own.status.is_some() || own.problem.is_some(),
        };
        if columns.last() >= GRID_COLUMNS {
            return Err(MarkError::Unsupported {
                part: part.to_owned(),
                what: "a sheet whose last column is in use",
            });
        }
        Ok(columns)
    }

    /// Our columns with their widths, by rising column.
    pub fn widths(&self) -> [(u32, u32); 3] {
        let mut all = [
            (self.status, WIDTHS[0]),
            (self.problem, WIDTHS[1]),
            (self.reason, WIDTHS[2]),
        ];
        all.sort_unstable();
        all
    }

    pub fn last(&self) -> u32 {
        self.status.max(self.problem).max(self.reason)
    }
}

/// Where our columns go in a plain copy: in their order behind the last one, the reasons already in theirs.
pub(super) fn plain_own(last_column: u32) -> OwnColumns {
    OwnColumns {
        status: Some(last_column + 1),
        problem: Some(last_column + 2),
        reason: Some(last_column + 3),
    }
}
