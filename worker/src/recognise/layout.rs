//! What recognising a sheet tells: the kind of ledger, which column feeds which field, and what stands above.

use std::ops::RangeInclusive;

use serde::Serialize;

use super::own::OwnColumns;
use crate::profile::LedgerKind;

/// A ledger found in a sheet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SheetLayout {
    /// Kind of ledger.
    pub kind: LedgerKind,
    /// Rows of the header, counted from 1; a row that numbers the columns (1, 2, 3, …) under it belongs to it.
    pub header_rows: RangeInclusive<u32>,
    /// Columns that feed a field, from left to right.
    pub columns: Vec<MappedColumn>,
    /// Columns with a header that feeds none.
    pub unknown: Vec<UnknownColumn>,
    /// The column with the state of each row's record on which it was filled in ([`super::VERSION_HEADER`]). A sheet that
    /// has it was written by this program, and holds a part of the division's rows only.
    pub base_version: Option<u32>,
    /// Fields no column feeds though the profile may require one, in the profile's order. The caller knows whether
    /// the ledger is a register and whether the file is one division's ([`crate::profile::Required`]).
    pub missing: Vec<String>,
    /// Fields for which several columns compete; none of them is taken.
    pub ambiguous: Vec<AmbiguousColumn>,
    /// What stands above the header.
    pub preamble: Preamble,
    /// Comparable form of each header cell by its column (rising), for [`super::row_kind`].
    pub header_keys: Vec<(u32, String)>,
    /// Our own columns, in a marked copy that comes back; none of them is among the others.
    pub own: OwnColumns,
}

impl SheetLayout {
    /// The columns that feed `field`: at most one, but for the repeatable ones.
    pub fn columns_of<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a MappedColumn> {
        self.columns.iter().filter(move |column| column.field == field)
    }
}

/// A column that feeds a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MappedColumn {
    /// Column, counted from 0.
    pub column: u32,
    /// Name of the field.
    pub field: String,
    /// Position of the field in [`crate::profile::Profile::columns`].
    pub profile_column: usize,
    /// Header as written; parent and child joined with `/`.
    pub header: String,
    /// Unit of its numbers: of the header (万元 in 罚款金额（万元）), else of the whole sheet (单位：万元).
    pub unit_hint: Option<String>,
}

/// A column whose header feeds no field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnknownColumn {
    /// Column, counted from 0.
    pub column: u32,
    /// Header as written; parent and child joined with `/`.
    pub header: String,
    /// The template's header most like it, as a suggestion.
    pub nearest: Option<String>,
    /// Whether it is so like that it can only be misspelt.
    pub slip: bool,
}

/// Columns that compete for one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AmbiguousColumn {
    /// Name of the field.
    pub field: String,
    /// The columns, counted from 0, with their headers as written.
    pub columns: Vec<(u32, String)>,
}

/// What stands above the header.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Preamble {
    /// Title of the ledger.
    pub title: Option<String>,
    /// Batch of the title, else of the name of the sheet: 第二十六批, 第1-26批.
    pub batch_text: Option<String>,
    /// Day the ledger speaks of (填报日期, 截至), as written.
    pub reported_on_text: Option<String>,
    /// Unit for the whole sheet (单位：万元), as written.
    pub unit_text: Option<String>,
    /// Office that filled the ledger in (填报单位), as written.
    pub filled_by: Option<String>,
}

/// Why a sheet holds no ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotALedger {
    /// The reason.
    pub reason: NotALedgerReason,
}

/// The reasons for which a sheet holds no ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NotALedgerReason {
    /// It has no cell with text or a number.
    Empty,
    /// It is hidden.
    Hidden,
    /// It is a chart, dialog or macro sheet.
    NotAGrid,
    /// None of its first rows is the header of a ledger.
    NoHeader {
        /// The kind its best row is nearest to, and how many fields of it that row names.
        best: Option<(LedgerKind, usize)>,
    },
    /// Its header fits two kinds of ledger equally well.
    TwoKinds {
        /// First row of that header, counted from 1.
        header_row: u32,
        /// The kinds.
        kinds: Vec<LedgerKind>,
    },
    /// It explains or lists values (填报说明, 字典) and has no header.
    Explanatory,
    /// It is the summary of a marked copy.
    OwnSummary,
}
