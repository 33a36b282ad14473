//! The tables of OpenDocument. calamine cuts what is repeated beyond the grid without a word, takes the end of a table
//! within a cell for the end of the sheet, and waits for ever for the end of a table that has none; and what is repeated
//! is laid out in memory. So the content is gone through once here.

use std::io::{BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::cell::column_letters;
use crate::reader::area::Area;
use crate::reader::error::{Measure, ReadError};
use crate::reader::limits::{GRID_COLUMNS, GRID_ROWS};

use super::entry::Counted;

/// Attributes that give a cell a value, by how they begin.
const VALUES: [&str; 2] = ["office:", "table:formula"];

/// Where in the tables the reader is.
#[derive(Default)]
struct Place {
    /// Elements that are open.
    depth: u64,
    table: Option<String>,
    /// Rows of the table so far, empty ones included.
    rows: u64,
    row: Option<RowSoFar>,
    cell: Option<Cell>,
    area: Area,
    /// Cells with a value in all tables.
    cells: u64,
}

/// How many cells there may be: with a value in the workbook, and laid out for one table.
struct Most {
    cells: u64,
    laid_out: u64,
}

/// A row, and how often it comes.
#[derive(Default)]
struct RowSoFar {
    repeats: u64,
    columns: u64,
    cells: u64,
    /// First column with a value, from 0.
    first: Option<u64>,
    /// Columns up to the last one with a value.
    last: u64,
}

struct Cell {
    repeats: u64,
    has_value: bool,
    spaces: u64,
}

/// Reads the content from `head` on, to its end.
pub(super) fn check<R: Read>(counted: &mut Counted<'_, '_, R>, head: &[u8]) -> Result<(), ReadError> {
    let limits = counted.budget.limits;
    let most_chars = limits.text_chars;
    let most = Most {
        cells: limits.cells,
        laid_out: limits.laid_out_cells,
    };
    let mut reader = Reader::from_reader(BufReader::new(head.chain(&mut *counted)));
    let (mut place, mut buffer) = (Place::default(), Vec::new());
    let outcome = loop {
        buffer.clear();
        let seen = match reader.read_event_into(&mut buffer) {
            Ok(Event::Eof) if place.depth > 0 => Err(damaged("the part ends within its elements")),
            Ok(Event::Eof) => break Ok(()),
            Ok(Event::Start(tag)) => place.begin(&tag, most_chars).map(|()| place.depth += 1),
            Ok(Event::Empty(tag)) => place
                .begin(&tag, most_chars)
                .and_then(|()| place.end(tag.name().as_ref(), &most)),
            Ok(Event::End(tag)) => {
                place.depth = place.depth.saturating_sub(1);
                place.end(tag.name().as_ref(), &most)
            }
            Ok(_) => Ok(()),
            Err(error) => break Err(Ok(error)),
        };
        if let Err(refusal) = seen {
            break Err(Err(refusal));
        }
    };
    drop(reader);
    outcome.map_err(|why| why.map_or_else(|refusal| refusal, |error| counted.failed(error)))
}

impl Place {
    fn begin(&mut self, tag: &BytesStart<'_>, most_chars: u64) -> Result<(), ReadError> {
        match tag.name().as_ref() {
            "table:table" if self.table.is_some() => Err(damaged("a table within a table")),
            "table:table" => {
                self.table = Some(attribute(tag, "table:name")?.unwrap_or_default());
                (self.rows, self.area) = (0, Area::default());
                Ok(())
            }
            "table:table-row" if self.row.is_some() => Err(damaged("a row within a row")),
            "table:table-row" if self.table.is_some() => {
                let repeats = repeats(tag, "table:number-rows-repeated")?;
                self.row = Some(RowSoFar {
                    repeats,
                    ..RowSoFar::default()
                });
                Ok(())
            }
            "table:table-cell" | "table:covered-table-cell" if self.cell.is_some() => {
                Err(damaged("a cell within a cell"))
            }
            "table:table-cell" | "table:covered-table-cell" if self.row.is_some() => {
                self.cell = Some(Cell {
                    repeats: repeats(tag, "table:number-columns-repeated")?,
                    has_value: has_value(tag)?,
                    spaces: 0,
                });
                Ok(())
            }
            "text:s" => self.spaces(tag, most_chars),
            _ => Ok(()),
        }
    }

    fn spaces(&mut self, tag: &BytesStart<'_>, most_chars: u64) -> Result<(), ReadError> {
        let count = repeats(tag, "text:c")?;
        let (row, column) = (self.rows + 1, self.row.as_ref().map_or(0, |row| row.columns));
        let place = format!("{}!{}", self.table.as_deref().unwrap_or_default(), address(row, column));
        let Some(cell) = &mut self.cell else { return Ok(()) };
        cell.spaces = cell.spaces.saturating_add(count);
        at_most(Measure::TextChars, cell.spaces, most_chars, place)
    }

    fn end(&mut self, name: &str, most: &Most) -> Result<(), ReadError> {
        match name {
            "table:table" => self.table = None,
            "table:table-row" => return self.end_row(most),
            "table:table-cell" | "table:covered-table-cell" => return self.end_cell(),
            _ => {}
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), ReadError> {
        let (Some(cell), Some(row)) = (self.cell.take(), &mut self.row) else {
            return Ok(());
        };
        let first = row.columns;
        row.columns = row.columns.saturating_add(cell.repeats);
        if !cell.has_value || cell.repeats == 0 {
            return Ok(());
        }
        row.first = row.first.or(Some(first));
        row.last = row.columns;
        row.cells = row.cells.saturating_add(cell.repeats);
        let (columns, number) = (row.columns, self.rows + 1);
        if columns > u64::from(GRID_COLUMNS) {
            return Err(self.outside(number, columns - 1));
        }
        Ok(())
    }

    fn end_row(&mut self, most: &Most) -> Result<(), ReadError> {
        let Some(row) = self.row.take() else { return Ok(()) };
        let above = self.rows;
        self.rows = self.rows.saturating_add(row.repeats);
        let Some(first) = row.first.filter(|_| row.repeats > 0) else {
            return Ok(());
        };
        self.area.add((above, self.rows - 1), (first, row.last - 1));
        if self.rows > u64::from(GRID_ROWS) {
            return Err(self.outside(self.rows, 0));
        }
        self.cells = self.cells.saturating_add(row.cells.saturating_mul(row.repeats));
        let table = self.table.clone().unwrap_or_default();
        self.area.at_most(most.laid_out, &table)?;
        at_most(Measure::Cells, self.cells, most.cells, table)
    }

    fn outside(&self, row: u64, column: u64) -> ReadError {
        ReadError::OutsideGrid {
            place: self.table.clone().unwrap_or_default(),
            address: address(row, column),
        }
    }
}

/// Row from 1, column from 0.
fn address(row: u64, column: u64) -> String {
    let column = u32::try_from(column).unwrap_or(u32::MAX).min(u32::MAX - 1);
    format!("{}{row}", column_letters(column))
}

/// Whether calamine will find a value in the cell.
fn has_value(tag: &BytesStart<'_>) -> Result<bool, ReadError> {
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(damaged)?;
        if VALUES.iter().any(|value| attribute.key.as_ref().starts_with(value)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// How often something is repeated; once where nothing is said.
fn repeats(tag: &BytesStart<'_>, name: &str) -> Result<u64, ReadError> {
    let Some(text) = attribute(tag, name)? else {
        return Ok(1);
    };
    let all_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits {
        return Err(damaged(format!("found {name}={text:?}, wanted a number")));
    }
    // More digits than 64 bits hold are beyond the grid like the largest number they do hold.
    Ok(text.parse().unwrap_or(u64::MAX))
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, ReadError> {
    let found = tag.try_get_attribute(name).map_err(damaged)?;
    Ok(found.map(|found| found.value.trim().to_owned()))
}

fn at_most(what: Measure, found: u64, limit: u64, place: String) -> Result<(), ReadError> {
    if found <= limit {
        return Ok(());
    }
    Err(ReadError::TooLarge {
        what,
        found,
        limit,
        place,
    })
}

fn damaged(detail: impl std::fmt::Display) -> ReadError {
    ReadError::damaged("content.xml", detail)
}
