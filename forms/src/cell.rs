//! What the reader hands to everything after it: cells, rows and sheets of a workbook, free of any file format.
//!
//! Rows are counted from 1, as a spreadsheet shows them; columns from 0 (column 0 is `A`).

use chrono::NaiveDateTime;
pub use ducha_records::address::{address, column_letters};
use serde::{Deserialize, Serialize};

/// What one cell holds. An empty cell is not in its row at all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// Text as stored, not yet cleaned. Never empty.
    Text(String),
    /// A number without a date format: a count, an amount, or a date typed as `44638`.
    Number(f64),
    /// A number with a date format, already converted by the workbook's own epoch (1900 or 1904).
    DateTime(NaiveDateTime),
    /// TRUE or FALSE.
    Bool(bool),
    /// An Excel error as it is shown, for example `#REF!`.
    Error(String),
}

impl Value {
    /// The value as a person would read it in the cell: numbers in their shortest exact form, dates as `2022-03-18`
    /// (with a time only where it is not midnight).
    #[must_use]
    pub fn as_written(&self) -> String {
        match self {
            Self::Text(text) | Self::Error(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::DateTime(moment) if moment.time() == chrono::NaiveTime::MIN => moment.date().to_string(),
            Self::DateTime(moment) => moment.to_string(),
            Self::Bool(true) => "TRUE".to_owned(),
            Self::Bool(false) => "FALSE".to_owned(),
        }
    }
}

/// One cell that is not empty.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Column, counted from 0; below 16,384.
    pub column: u32,
    /// What it holds.
    pub value: Value,
}

/// One row that has at least one cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Row, counted from 1; at most 1,048,576.
    pub number: u32,
    /// The cells that are not empty, by rising column.
    pub cells: Vec<Cell>,
}

impl Row {
    /// The value in `column` (counted from 0), if that cell is not empty.
    #[must_use]
    pub fn get(&self, column: u32) -> Option<&Value> {
        let at = self.cells.binary_search_by_key(&column, |cell| cell.column).ok()?;
        Some(&self.cells[at].value)
    }
}

/// A block of cells merged into one; its value stands in the first row and first column only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merge {
    /// First row, counted from 1.
    pub first_row: u32,
    /// First column, counted from 0.
    pub first_column: u32,
    /// Last row, counted from 1, included.
    pub last_row: u32,
    /// Last column, counted from 0, included.
    pub last_column: u32,
}

/// What is known of a sheet before its rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SheetInfo {
    /// Position in the workbook, counted from 0.
    pub index: u32,
    /// Name on the tab.
    pub name: String,
    /// Hidden or very hidden sheets are listed but their rows are not read.
    pub hidden: bool,
    /// A chart, dialog or macro sheet, which holds no rows.
    pub not_a_grid: bool,
    /// Merged blocks, by first row; `None` where the format does not tell (xlsb, ods).
    pub merges: Option<Vec<Merge>>,
}
