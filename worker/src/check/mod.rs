//! Checks a workbook: frames of the reader in, checked rows and findings out.
//!
//! The rows of a file go by once and are not kept. What needs the whole file (numbers that stand twice, pasted texts,
//! a reporting date in the last line) is settled at its end from a few bytes for each row.

mod accountability;
mod across;
mod activity;
mod alert;
mod amount;
#[cfg(test)]
mod cases;
mod emit;
mod end;
mod facts;
pub mod finding;
mod form;
mod indicator;
mod issue;
mod kept;
mod keys;
mod ledger;
mod petition;
mod plain;
mod plan;
mod pointers;
mod row;
mod shared;
mod sheet;
mod task;
mod totals;
mod whose;
mod workbook;

use chrono::NaiveDate;
use ducha_records::importing::{FieldPlaces, LedgerForm, StagedAssignment, StagedPetition, StagedPlain, StagedTask};
use ducha_records::inspections::Inspection;

pub use facts::Facts;
pub use finding::Finding;
pub use ledger::LedgerSheet;
pub use whose::KnownDivisions;
pub use workbook::{FileRefusal, Stopped, check};

use crate::profile::{LedgerKind, Profiles};
use crate::values::base_version::BaseVersion;
use crate::values::date::DateContext;
use crate::values::division::Gazetteer;

/// What a file is checked against.
#[derive(Debug, Clone)]
pub struct Context<'a> {
    /// Ledger profiles.
    pub profiles: &'a Profiles,
    /// Divisions.
    pub gazetteer: &'a Gazetteer,
    /// Code of the inspection's province.
    pub province: String,
    /// The date in the petition numbers of batch 1.
    pub first_received_on: Option<NaiveDate>,
    /// The inspection, as far as it is known.
    pub inspection: Facts,
    /// Whose ledger it is; absent where neither the command nor the file's name says.
    pub division: Option<String>,
    /// The division is one that has none below it, so that a row need not say whose it is.
    pub one_division: bool,
    /// Dates that are plausible, and the workbook's epoch.
    pub dates: DateContext,
    /// Cells of divisions that were read before.
    pub divisions: KnownDivisions,
    /// Today in China; the reporting date of a ledger that gives none.
    pub today: NaiveDate,
}

impl<'a> Context<'a> {
    /// What a file of `division` in an inspection is checked against.
    #[must_use]
    pub fn within(
        inspection: &Inspection,
        profiles: &'a Profiles,
        gazetteer: &'a Gazetteer,
        division: Option<String>,
        today: NaiveDate,
    ) -> Self {
        Self {
            first_received_on: inspection.first_received_on,
            inspection: inspection.into(),
            ..Self::new(profiles, gazetteer, inspection.province.clone(), division, today)
        }
    }

    /// What a file of `division` is checked against.
    #[must_use]
    pub fn new(
        profiles: &'a Profiles,
        gazetteer: &'a Gazetteer,
        province: String,
        division: Option<String>,
        today: NaiveDate,
    ) -> Self {
        let one_division = division.as_deref().is_some_and(|code| !gazetteer.has_below(code));
        let (first_received_on, dates, divisions) = (None, DateContext::default(), KnownDivisions::default());
        Self {
            profiles,
            gazetteer,
            province,
            first_received_on,
            inspection: Facts::default(),
            division,
            one_division,
            dates,
            divisions,
            today,
        }
    }

    /// Whether the file is the province's list of petitions or tasks.
    #[must_use]
    pub fn register(&self) -> bool {
        self.division.as_deref() == Some(self.province.as_str())
    }

    fn name(&self, code: &str) -> String {
        self.gazetteer
            .by_code(code)
            .map_or_else(|| code.to_owned(), |division| division.name.clone())
    }
}

/// Where checked rows and findings go. Several rows come at a time.
pub trait Sink {
    /// Why it takes no more.
    type Error;

    /// Takes a piece of what was checked.
    ///
    /// # Errors
    /// When nothing more can be taken.
    fn take(&mut self, piece: Piece) -> Result<(), Self::Error>;
}

/// Checked rows and findings, in the order of the file.
#[derive(Debug, Default)]
pub struct Piece {
    /// Rows of petition ledgers.
    pub petitions: Vec<StagedPetition>,
    /// Rows of task ledgers.
    pub tasks: Vec<StagedTask>,
    /// Rows of the plain kinds.
    pub plain: StagedPlain,
    /// Divisions that rows name beside their own.
    pub assigned: Vec<StagedAssignment>,
    /// The state of its record on which a row was filled in, by row as staged, for rows of a template that say so.
    pub base_versions: Vec<(i64, BaseVersion)>,
    /// Findings.
    pub findings: Vec<Finding>,
    /// Rows handed over before that are refused after all, as staged.
    pub withdrawn: Vec<i64>,
    /// Rows of data read so far, for people who watch.
    pub rows_read: u64,
    /// The reporting date, as far as the file was read.
    pub reported_on: Option<NaiveDate>,
    /// Why warnings stand, from the reason column of a marked copy that came back.
    pub reasons: Vec<RowReason>,
}

/// What a clerk wrote beside a row to say why its warnings stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowReason {
    /// Sheet.
    pub sheet: std::sync::Arc<str>,
    /// Row, counted from 1.
    pub row: u32,
    /// In the clerk's words, without blanks around them.
    pub text: String,
}

impl Piece {
    /// Rows and findings in it.
    const fn len(&self) -> usize {
        self.petitions.len() + self.tasks.len() + self.plain.len() + self.findings.len()
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.petitions.is_empty()
            && self.tasks.is_empty()
            && self.plain.is_empty()
            && self.findings.is_empty()
            && self.withdrawn.is_empty()
    }
}

#[cfg(test)]
mod tests;

/// What is known of a file once all of it was checked.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// Kinds of ledger found.
    pub kinds: Vec<LedgerKind>,
    /// JSON array: what became of each sheet.
    pub sheets: String,
    /// The reporting date written in the ledger.
    pub reported_on: Option<NaiveDate>,
    /// Rows of data.
    pub rows: u64,
    /// Rows refused.
    pub refused: u64,
    /// Where fields stand, for findings against stored records.
    pub places: FieldPlaces,
    /// The forms of the kinds found, without sheets that are refused for their headers or that we filled in beforehand.
    pub forms: Vec<LedgerForm>,
    /// Its ledger sheets, in the order of the file.
    pub ledgers: Vec<LedgerSheet>,
    /// It is a marked copy or a file of refused rows that came back, and so need not hold every row.
    pub marked: bool,
    /// Names of our own summary sheets in it.
    pub summaries: Vec<std::sync::Arc<str>>,
}
