//! What becomes of a row. The numbers stand in the `*_verdicts.sql` files.

use diesel::QueryResult;
use diesel::result::Error;

/// The verdict on one staged row, from what is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::FromRepr)]
#[repr(i32)]
pub enum Outcome {
    /// It says what is stored.
    Unchanged = 0,
    /// Its record or part was not there.
    Inserted = 1,
    /// It changes something.
    Updated = 2,
    /// It is older than what is stored, and goes into the history only.
    Late = 3,
    /// Refused: the province's list does not have its number.
    Unlisted = 8,
    /// Refused: the province's list gives its number to other divisions.
    NotAssigned = 9,
    /// Refused: the indicator has another unit.
    OtherUnit = 10,
    /// Refused: it changes what was stored after it was filled in.
    Outdated = 11,
}

impl Outcome {
    /// The outcome a verdict's number stands for.
    pub(crate) fn of_verdict(number: i32) -> QueryResult<Self> {
        let unknown = || Error::QueryBuilderError(format!("unknown verdict {number}").into());
        Self::from_repr(number).ok_or_else(unknown)
    }
}

/// Rows of an import, by what became of them. Rows read = inserted + updated + unchanged + refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RowCounts {
    /// Rows whose record or part was not there.
    pub inserted: i64,
    /// Rows that changed something.
    pub updated: i64,
    /// Rows that say what is stored, or are older than it.
    pub unchanged: i64,
    /// Rows that were not taken.
    pub refused: i64,
}

impl std::ops::AddAssign for RowCounts {
    fn add_assign(&mut self, more: Self) {
        self.inserted += more.inserted;
        self.updated += more.updated;
        self.unchanged += more.unchanged;
        self.refused += more.refused;
    }
}

impl RowCounts {
    /// All of them.
    #[must_use]
    pub const fn read(&self) -> i64 {
        self.inserted + self.updated + self.unchanged + self.refused
    }

    pub(crate) const fn add(&mut self, outcome: Outcome, rows: i64) {
        match outcome {
            Outcome::Inserted => self.inserted += rows,
            Outcome::Updated => self.updated += rows,
            Outcome::Unchanged | Outcome::Late => self.unchanged += rows,
            Outcome::Unlisted | Outcome::NotAssigned | Outcome::OtherUnit | Outcome::Outdated => self.refused += rows,
        }
    }
}
