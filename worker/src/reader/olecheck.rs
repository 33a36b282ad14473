//! What is checked in a compound file before calamine opens an xls. calamine follows whatever the allocation table says,
//! takes a chain that ends early for the end of the workbook, and leaves out what a record points at and is not there:
//! a damaged file would be read short without a word. So the stream of the workbook is gathered once here and its records
//! are gone through.

use super::error::ReadError;
use super::limits::Limits;
use super::view::FileView;

mod biff;
mod container;

use container::Container;

/// Refuses an xls whose workbook is not wholly there.
pub(super) fn check(view: &FileView, limits: &Limits) -> Result<(), ReadError> {
    let container = Container::open(view)?;
    let stream = container.workbook()?;
    biff::check(&stream, limits.laid_out_cells)
}

fn damaged(detail: impl std::fmt::Display) -> ReadError {
    ReadError::damaged("", detail)
}

#[cfg(test)]
mod tests;
