//! One sheet of a plain copy, row by row.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet};

use crate::cell::{Cell, Merge, Row, Value};
use crate::check::LedgerSheet;
use crate::marked::error::MarkError;
use crate::reader::GRID_ROWS;
use crate::recognise::VerticalMerges;

/// Rows that widths are taken from.
const ROWS_MEASURED: u32 = 60;
/// Seconds of a day.
const DAY: i64 = 86_400;
/// Excel's number of 1900-03-01.
const FIRST_SURE: f64 = 61.0;
/// Points of a line, and lines that a row shows beyond its first.
const LINE: usize = 15;
const MOST_LINES: usize = 7;
/// Widths in columns of Latin letters: a number of a line, and a paragraph that is read in several lines.
pub(super) const WIDTHS: std::ops::RangeInclusive<usize> = 8..=42;

/// A sheet being written.
pub(super) struct Page {
    pub name: String,
    pub sheet: Worksheet,
    pub ledger: Option<Target>,
    pub widths: BTreeMap<u16, usize>,
    pub merges: Vec<Merge>,
    pub next: u32,
}

/// What a row of a sheet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// Above the header of a ledger.
    Title,
    Header,
    Body,
}

/// A ledger being written.
pub(super) struct Target {
    pub from: LedgerSheet,
    pub to: LedgerSheet,
    /// Rows to write below the header; all of them if there are none.
    pub refused: Option<Vec<u32>>,
    pub vertical: VerticalMerges,
    pub moved: Vec<(u32, u32)>,
    /// Where the clerk's reasons go.
    pub reason: u32,
}

impl Page {
    pub fn row(&mut self, mut row: Row, looks: &Looks) -> Result<(), MarkError> {
        let Some((to, zone, reason)) = self.place(&mut row) else {
            return Ok(());
        };
        self.next = to;
        if zone != Zone::Title {
            // A line under the table is one long text in its first column.
            let data = |target: &Target| target.to.is_data(to);
            if zone == Zone::Header || self.ledger.as_ref().is_none_or(data) {
                self.measure(to, &row, zone);
            }
            self.height(to, &row)?;
        }
        for cell in row.cells.iter().chain(&reason) {
            self.cell(to, cell, looks, zone)?;
        }
        Ok(())
    }

    /// Where a row goes, what it is, and the clerk's reason in it; `None` if it is left out.
    fn place(&mut self, row: &mut Row) -> Option<(u32, Zone, Option<Cell>)> {
        let Some(target) = &mut self.ledger else {
            return Some((row.number, Zone::Body, None));
        };
        let (number, header) = (row.number, &target.from.header_rows);
        let zone = match number {
            _ if number < *header.start() => Zone::Title,
            _ if number <= *header.end() => Zone::Header,
            _ => Zone::Body,
        };
        let mut to = number;
        let reason = target.from.own.take(row);
        if zone == Zone::Body {
            let filled = target.vertical.filled(row);
            if let Some(refused) = &target.refused {
                let footer = target.from.footers.contains(&number);
                if refused.binary_search(&number).is_err() && !footer {
                    return None;
                }
                row.cells.extend(filled);
                row.cells.sort_by_key(|cell| cell.column);
                to = self.next.max(*header.end()) + 1;
            }
        }
        let data = zone == Zone::Body && target.from.is_data(number);
        if data {
            target.to.add_data(to);
        }
        target.moved.push((number, to));
        let reason = reason.filter(|_| data).map(|text| Cell {
            column: target.reason,
            value: Value::Text(text),
        });
        Some((to, zone, reason))
    }

    fn measure(&mut self, row: u32, cells: &Row, zone: Zone) {
        for cell in cells.cells.iter().filter(|_| row <= ROWS_MEASURED) {
            let Ok(column) = u16::try_from(cell.column) else {
                continue;
            };
            let width = self.widths.entry(column).or_default();
            *width = (*width).max(measured(&cell.value.as_written(), zone == Zone::Header));
        }
    }

    /// Programs do not all find the height of a row themselves.
    fn height(&mut self, row: u32, cells: &Row) -> Result<(), MarkError> {
        let room = |column: u32| {
            let width = u16::try_from(column)
                .ok()
                .and_then(|column| self.widths.get(&column).copied());
            width.unwrap_or(*WIDTHS.start()).clamp(*WIDTHS.start(), *WIDTHS.end())
        };
        let texts = cells.cells.iter().filter_map(|cell| match &cell.value {
            Value::Text(text) => Some(text.chars().count() * 2 / room(cell.column) + text.matches('\n').count()),
            _ => None,
        });
        if row == GRID_ROWS {
            // There is no row behind it that could be the last; see where the page ends.
            return Ok(());
        }
        let lines = 1 + texts.max().unwrap_or(0).min(MOST_LINES);
        self.sheet.set_row_height(row - 1, (lines * LINE + 4) as f64)?;
        Ok(())
    }

    fn cell(&mut self, row: u32, cell: &Cell, looks: &Looks, zone: Zone) -> Result<(), MarkError> {
        let (at, column, value) = (row - 1, cell.column as u16, &cell.value); // the reader admits no column beyond the grid
        let look = match value {
            _ if zone == Zone::Header => &looks.header,
            _ if zone == Zone::Title => &looks.title,
            Value::DateTime(moment) if moment.time() != NaiveTime::MIN => &looks.moment,
            Value::DateTime(_) => &looks.date,
            Value::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => &looks.guarded,
            _ => &looks.plain,
        };
        match value {
            Value::Text(text) | Value::Error(text) => self.sheet.write_string_with_format(at, column, text, look)?,
            Value::Number(number) if number.is_finite() => {
                self.sheet.write_number_with_format(at, column, *number, look)?
            }
            Value::Number(number) => self
                .sheet
                .write_string_with_format(at, column, number.to_string(), look)?,
            Value::DateTime(moment) => match serial(*moment) {
                Some(serial) => self.sheet.write_number_with_format(at, column, serial, look)?,
                None => self
                    .sheet
                    .write_string_with_format(at, column, value.as_written(), look)?,
            },
            Value::Bool(truth) => self.sheet.write_boolean_with_format(at, column, *truth, look)?,
        };
        Ok(())
    }
}

/// A moment as Excel counts it: days since 1899-12-30. `None` before March 1900, where Excel counts a day too many.
fn serial(moment: NaiveDateTime) -> Option<f64> {
    let since = moment - NaiveDate::from_ymd_opt(1899, 12, 30)?.and_time(NaiveTime::MIN);
    let serial = since.num_days() as f64 + (since.num_seconds() % DAY) as f64 / DAY as f64;
    (serial >= FIRST_SURE).then_some(serial)
}

/// Width of a cell's longest line; a header may take two lines.
fn measured(text: &str, header: bool) -> usize {
    let width = |line: &str| {
        line.chars()
            .take(80)
            .map(|letter| if letter.is_ascii() { 1 } else { 2 })
            .sum::<usize>()
    };
    let longest = text.lines().map(width).max().unwrap_or(0) + 2;
    if header { longest.min(16) } else { longest }
}

/// The looks of a plain copy.
pub(super) struct Looks {
    title: Format,
    header: Format,
    plain: Format,
    /// For texts that would become formulas if somebody edited them.
    guarded: Format,
    date: Format,
    moment: Format,
    /// Nothing to be seen.
    pub nothing: Format,
}

impl Looks {
    pub fn new() -> Self {
        let plain = Format::new()
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(0x00BF_BFBF))
            .set_align(FormatAlign::VerticalCenter)
            .set_text_wrap();
        Self {
            title: Format::new()
                .set_bold()
                .set_font_size(14)
                .set_align(FormatAlign::Center),
            header: plain
                .clone()
                .set_bold()
                .set_align(FormatAlign::Center)
                .set_background_color(Color::RGB(0x00F2_F2F2)),
            guarded: plain.clone().set_num_format("@").set_quote_prefix(),
            date: plain.clone().set_num_format("yyyy-mm-dd"),
            moment: plain.clone().set_num_format("yyyy-mm-dd hh:mm:ss"),
            nothing: Format::new().set_num_format("@"),
            plain,
        }
    }
}
