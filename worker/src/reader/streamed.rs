//! Reading xlsx and xlsb cell by cell: only the shared strings are held in memory. `worksheet_range` is never used for
//! them: it lays out every cell between the first and the last, and two cells far apart end the process.

use std::io::BufReader;

use calamine::{Reader, Xlsb, XlsbError, Xlsx, XlsxError};

use crate::cell::Merge;

use super::error::ReadError;
use super::format::Format;
use super::frame::{Book, Totals};
use super::limits::Limits;
use super::pump::{FoundCell, Pump, merges_of};
use super::seen::{of_error, of_streamed};
use super::sink::Sink;
use super::view::FileView;
use super::zipcheck::{Listing, LostError, Prepass};

/// Reads an xlsx or xlsm.
pub(super) fn xlsx(
    view: &FileView,
    listing: Listing,
    macros_ignored: bool,
    limits: &Limits,
    sink: &mut impl Sink,
) -> Result<Totals, ReadError> {
    let prepass = Prepass::start(view, listing, Format::Xlsx, limits)?.wait_for_parts()?;
    let opened = Xlsx::new(BufReader::new(view.clone()));
    // The verdict of the check goes first: it says more than what calamine stumbled over.
    let mut facts = prepass.finish()?;
    let mut book = opened.map_err(|error| of_xlsx("", error))?;
    let sheets = book.sheets_metadata().to_vec();
    let about = Book {
        format: Format::Xlsx,
        date_1904: book.has_1904_epoch(),
        macros_ignored,
    };
    let mut pump = Pump::start(sink, limits, &about, &sheets)?;
    for (index, sheet) in sheets.iter().enumerate() {
        let name = sheet.name.as_str();
        let read = pump.sheet(index, sheet, || match facts.merges_of(name) {
            Some(merges) => Ok(Some(merges)),
            None => merges_by_calamine(&mut book, name, limits).map(Some),
        })?;
        if read {
            let mut cells = book
                .worksheet_cells_reader(name)
                .map_err(|error| of_xlsx(name, error))?;
            pump.rows(name, || {
                let cell = cells.next_cell().map_err(|error| of_xlsx(name, error))?;
                Ok(cell.map(|cell| (cell.get_position(), of_streamed(cell.get_value()))))
            })?;
        }
    }
    pump.end()
}

/// The slow way to a sheet's merged blocks, for a package whose parts could not be told.
fn merges_by_calamine(
    book: &mut Xlsx<BufReader<FileView>>,
    sheet: &str,
    limits: &Limits,
) -> Result<Vec<Merge>, ReadError> {
    let blocks = book
        .merge_cells_by_sheet_name(sheet)
        .map_err(|error| of_xlsx(sheet, error))?;
    merges_of(&blocks, sheet, limits)
}

/// Reads an xlsb. Its merged blocks are not told.
pub(super) fn xlsb(
    view: &FileView,
    listing: Listing,
    macros_ignored: bool,
    limits: &Limits,
    sink: &mut impl Sink,
) -> Result<Totals, ReadError> {
    let prepass = Prepass::start(view, listing, Format::Xlsb, limits)?.wait_for_parts()?;
    let opened = Xlsb::new(BufReader::new(view.clone()));
    let mut facts = prepass.finish()?;
    let mut book = opened.map_err(|error| of_xlsb("", error))?;
    let sheets = book.sheets_metadata().to_vec();
    let about = Book {
        format: Format::Xlsb,
        date_1904: book.has_1904_epoch(),
        macros_ignored,
    };
    let mut pump = Pump::start(sink, limits, &about, &sheets)?;
    for (index, sheet) in sheets.iter().enumerate() {
        let name = sheet.name.as_str();
        if pump.sheet(index, sheet, || Ok(None))? {
            let mut cells = book
                .worksheet_cells_reader(name)
                .map_err(|error| of_xlsb(name, error))?;
            let mut with_errors = Woven::new(facts.lost_errors_of(name));
            pump.rows(name, || {
                with_errors.next(|| {
                    let cell = cells.next_cell().map_err(|error| of_xlsb(name, error))?;
                    Ok(cell.map(|cell| (cell.get_position(), of_streamed(cell.get_value()))))
                })
            })?;
        }
    }
    pump.end()
}

/// The cells of calamine, and between them the formula errors that it leaves out.
struct Woven<'a> {
    errors: std::iter::Peekable<std::vec::IntoIter<LostError>>,
    /// A cell of calamine that waits behind errors that stand before it; outer `None` if none waits.
    waiting: Option<Option<FoundCell<'a>>>,
}

impl<'a> Woven<'a> {
    fn new(errors: Vec<LostError>) -> Self {
        Self {
            errors: errors.into_iter().peekable(),
            waiting: None,
        }
    }

    fn next(
        &mut self,
        next_cell: impl FnOnce() -> Result<Option<FoundCell<'a>>, ReadError>,
    ) -> Result<Option<FoundCell<'a>>, ReadError> {
        let cell = match self.waiting.take() {
            Some(cell) => cell,
            None => next_cell()?,
        };
        let stands_before = |lost: &LostError| cell.as_ref().is_none_or(|(at, _)| (lost.row, lost.column) < *at);
        match self.errors.next_if(stands_before) {
            Some(lost) => {
                self.waiting = Some(cell);
                Ok(Some(((lost.row, lost.column), Some(of_error(&lost.error)))))
            }
            None => Ok(cell),
        }
    }
}

fn of_xlsx(sheet: &str, error: XlsxError) -> ReadError {
    match error {
        XlsxError::Password => ReadError::Password,
        XlsxError::ColumnNumberOverflow | XlsxError::RowNumberOverflow => ReadError::OutsideGrid {
            place: sheet.to_owned(),
            address: "a cell".to_owned(),
        },
        other => ReadError::damaged(sheet, other),
    }
}

fn of_xlsb(sheet: &str, error: XlsbError) -> ReadError {
    match error {
        XlsbError::Password => ReadError::Password,
        other => ReadError::damaged(sheet, other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::CellErrorType;

    #[test]
    fn lost_errors_are_woven_in_where_they_stand() {
        let lost = |row, column| LostError {
            row,
            column,
            error: CellErrorType::Ref,
        };
        let mut woven = Woven::new(vec![lost(0, 0), lost(1, 1), lost(1, 2), lost(9, 0)]);
        let mut cells = [(0, 1), (1, 0), (1, 3), (2, 0)].into_iter();
        let mut found = Vec::new();
        while let Some((at, _)) = woven.next(|| Ok(cells.next().map(|at| (at, None)))).unwrap() {
            found.push(at);
        }
        assert_eq!(found, [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (1, 3), (2, 0), (9, 0)]);
    }
}
