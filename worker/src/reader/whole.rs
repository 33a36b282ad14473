//! Reading xls and ods, which calamine reads whole when it opens them. What it lays out in
//! memory cannot be bounded from here: the memory limit of the child is the fence.

use std::io::BufReader;

use calamine::{Data, Ods, OdsError, Range, Reader, Sheet, Xls, XlsError};

use super::error::{Measure, ReadError};
use super::format::Format;
use super::frame::{Book, Totals};
use super::limits::Limits;
use super::olecheck;
use super::pump::{Pump, merges_of};
use super::seen::{Seen, of_open_document, of_stored};
use super::sink::Sink;
use super::view::FileView;
use super::zipcheck::{Listing, Prepass};

/// Reads an xls, or an et of WPS, which is the same.
pub(super) fn xls(
    view: &FileView,
    macros_ignored: bool,
    limits: &Limits,
    sink: &mut impl Sink,
) -> Result<Totals, ReadError> {
    olecheck::check(view, limits)?;
    let mut book = Xls::new(BufReader::new(view.clone())).map_err(|error| of_xls("", error))?;
    let sheets = book.sheets_metadata().to_vec();
    let about = Book {
        format: Format::Xls,
        date_1904: book.has_1904_epoch(),
        macros_ignored,
    };
    let mut pump = Pump::start(sink, limits, &about, &sheets)?;
    for (index, sheet) in sheets.iter().enumerate() {
        let name = sheet.name.as_str();
        let read = pump.sheet(index, sheet, || {
            let blocks = book
                .merge_cells_by_sheet_name(name)
                .map_err(|error| of_xls(name, error))?;
            merges_of(&blocks, name, limits).map(Some)
        })?;
        if read {
            let range = book.worksheet_range(name).map_err(|error| of_xls(name, error))?;
            send(&mut pump, sheet, &range, of_stored)?;
        }
    }
    pump.end()
}

/// Reads an ods. Its merged blocks are not told.
pub(super) fn ods(
    view: &FileView,
    listing: Listing,
    limits: &Limits,
    sink: &mut impl Sink,
) -> Result<Totals, ReadError> {
    Prepass::start(view, listing, Format::Ods, limits)?.finish()?;
    let mut book = Ods::new(BufReader::new(view.clone())).map_err(|error| of_ods("", error))?;
    let sheets = book.sheets_metadata().to_vec();
    // OpenDocument writes dates as dates; calamine hands them out that way.
    let about = Book {
        format: Format::Ods,
        date_1904: false,
        macros_ignored: false,
    };
    let mut pump = Pump::start(sink, limits, &about, &sheets)?;
    for (index, sheet) in sheets.iter().enumerate() {
        if pump.sheet(index, sheet, || Ok(None))? {
            let range = book
                .worksheet_range(&sheet.name)
                .map_err(|error| of_ods(&sheet.name, error))?;
            send(&mut pump, sheet, &range, of_open_document)?;
        }
    }
    pump.end()
}

fn send<S: Sink>(
    pump: &mut Pump<'_, S>,
    sheet: &Sheet,
    range: &Range<Data>,
    value_of: impl Fn(&Data) -> Option<Seen<'_>>,
) -> Result<(), ReadError> {
    let (first_row, first_column) = range.start().unwrap_or_default();
    let mut cells = range.used_cells();
    pump.rows(&sheet.name, || {
        let cell = cells.next();
        Ok(cell.map(|(row, column, value)| ((first_row + row as u32, first_column + column as u32), value_of(value))))
    })
}

fn of_xls(sheet: &str, error: XlsError) -> ReadError {
    match error {
        XlsError::Password => ReadError::Password,
        other => ReadError::damaged(sheet, other),
    }
}

fn of_ods(sheet: &str, error: OdsError) -> ReadError {
    match error {
        OdsError::Password => ReadError::Password,
        OdsError::CellLimitExceeded { requested, max } => ReadError::TooLarge {
            what: Measure::Cells,
            found: requested as u64,
            limit: max as u64,
            place: sheet.to_owned(),
        },
        other => ReadError::damaged(sheet, other),
    }
}
