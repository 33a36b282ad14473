//! Where rows go: frames for the parent, or lines of JSON for a person.

use crate::cell::SheetInfo;

use super::error::ReadError;
use super::frame::{Book, Totals};
use super::seen::Seen;

/// Takes what is read, in the order of the workbook.
pub(super) trait Sink {
    fn book(&mut self, book: &Book) -> Result<(), ReadError>;
    fn sheet(&mut self, sheet: &SheetInfo) -> Result<(), ReadError>;
    /// A row, counted from 1, and its cells by rising column, counted from 0. Numbers rise within a sheet.
    fn row(&mut self, number: u32, cells: &[(u32, Seen<'_>)]) -> Result<(), ReadError>;
    fn sheet_end(&mut self) -> Result<(), ReadError>;
    fn end(&mut self, totals: &Totals) -> Result<(), ReadError>;
}
