//! The values of a workbook in a new one: of formats whose packages cannot be patched, and of refused rows alone. The
//! original is read once more by the child; rows go straight into the new workbook and are not kept. Merged blocks are left
//! to the marking that follows, since a block over rows would need rows that are written already.

use std::collections::{BTreeMap, HashMap};

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use ducha_records::codes::Severity;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet};
use tempfile::NamedTempFile;

use super::columns::plain_own;
use super::error::MarkError;
use super::marks::Marks;
use crate::cell::{Cell, Merge, Row, SheetInfo, Value, address};
use crate::check::LedgerSheet;
use crate::import::{FileReport, FileState, Job};
use crate::reader::{Frame, Reader};
use crate::recognise::VerticalMerges;

/// Which rows a plain copy holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// All.
    All,
    /// Those up to the header and the refused ones.
    Refused,
}

/// A plain copy, to be marked.
pub(super) struct Plain {
    /// The workbook.
    pub file: NamedTempFile,
    /// Its ledgers.
    pub ledgers: Vec<LedgerSheet>,
    /// Names of its sheets by those in the original, where they differ.
    pub names: HashMap<String, String>,
    /// Merged blocks to add, by sheet.
    pub merges: HashMap<String, Vec<String>>,
    /// Where rows went, by sheet: from and to, rising.
    pub rows: HashMap<String, Vec<(u32, u32)>>,
}

/// Rows that widths are taken from.
const ROWS_MEASURED: u32 = 60;
/// Widths in columns of Latin letters: a number of a line, and a paragraph that is read in several lines.
const WIDTHS: std::ops::RangeInclusive<usize> = 8..=42;
/// Number of the paper size A3.
const A3: u8 = 8;
/// Seconds of a day.
const DAY: i64 = 86_400;
/// Excel's number of 1900-03-01.
const FIRST_SURE: f64 = 61.0;
/// Points of a line, and lines that a row shows beyond its first.
const LINE: usize = 15;
const MOST_LINES: usize = 7;
/// Longest name of a sheet, in characters.
const NAME_CHARS: usize = 31;

/// Writes the copy.
pub(super) fn write(job: &Job<'_>, report: &FileReport, marks: &Marks, which: Which) -> Result<Plain, MarkError> {
    let mut copy = Copy {
        which,
        report,
        marks,
        looks: Looks::new(),
        book: Workbook::new(),
        names: HashMap::new(),
        merges: HashMap::new(),
        rows: HashMap::new(),
        ledgers: Vec::new(),
        taken: Vec::new(),
    };
    let mut reader = Reader::start(job.program, job.path, job.limits)?;
    let mut page: Option<Page> = None;
    while let Some(frame) = reader.next_frame()? {
        match frame {
            Frame::Sheet(info) => page = copy.page(&info)?,
            Frame::Rows(rows) => {
                if let Some(page) = &mut page {
                    rows.into_iter().try_for_each(|row| page.row(row, &copy.looks))?;
                }
            }
            Frame::SheetEnd => {
                if let Some(page) = page.take() {
                    copy.end(page)?;
                }
            }
            Frame::Book(_) | Frame::End(_) | Frame::Refused { .. } => {}
        }
    }
    let file = tempfile::Builder::new().suffix(".xlsx").tempfile()?;
    copy.book.save_to_writer(file.as_file())?;
    let Copy {
        names,
        merges,
        rows,
        ledgers,
        ..
    } = copy;
    Ok(Plain {
        file,
        ledgers,
        names,
        merges,
        rows,
    })
}

struct Copy<'a> {
    which: Which,
    report: &'a FileReport,
    marks: &'a Marks,
    looks: Looks,
    book: Workbook,
    names: HashMap<String, String>,
    merges: HashMap<String, Vec<String>>,
    rows: HashMap<String, Vec<(u32, u32)>>,
    ledgers: Vec<LedgerSheet>,
    taken: Vec<String>,
}

/// A sheet being written.
struct Page {
    name: String,
    sheet: Worksheet,
    ledger: Option<Target>,
    widths: BTreeMap<u16, usize>,
    merges: Vec<Merge>,
    next: u32,
}

/// What a row of a sheet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Zone {
    /// Above the header of a ledger.
    Title,
    Header,
    Body,
}

/// A ledger being written.
struct Target {
    from: LedgerSheet,
    to: LedgerSheet,
    /// Rows to write below the header; all of them if there are none.
    refused: Option<Vec<u32>>,
    vertical: VerticalMerges,
    moved: Vec<(u32, u32)>,
    /// Where the clerk's reasons go.
    reason: u32,
}

impl Copy<'_> {
    fn page(&mut self, info: &SheetInfo) -> Result<Option<Page>, MarkError> {
        let ours = self.report.summaries.iter().any(|name| **name == *info.name);
        let ledger = self.report.ledgers.iter().find(|ledger| *ledger.name == *info.name);
        if info.hidden || info.not_a_grid || ours || (self.which == Which::Refused && ledger.is_none()) {
            return Ok(None);
        }
        let ledger = match ledger {
            Some(ledger) => match self.target(ledger) {
                Some(target) => Some(target),
                None => return Ok(None),
            },
            None => None,
        };
        let name = self.name(&info.name);
        let mut sheet = self.book.new_worksheet_with_constant_memory()?;
        sheet.set_name(&name)?;
        if name != info.name {
            self.names.insert(info.name.clone(), name);
        }
        Ok(Some(Page {
            name: info.name.clone(),
            sheet,
            merges: info.merges.clone().unwrap_or_default(),
            ledger,
            widths: BTreeMap::new(),
            next: 0,
        }))
    }

    /// `None` where no row of it is wanted.
    fn target(&self, ledger: &LedgerSheet) -> Option<Target> {
        let refused = match self.which {
            Which::All => None,
            Which::Refused => Some(self.refused(ledger)).filter(|rows| !rows.is_empty()).map(Some)?,
        };
        let own = plain_own(ledger.last_column);
        Some(Target {
            to: LedgerSheet {
                own,
                rows: Vec::new(),
                merges: Vec::new(),
                filling: Vec::new(),
                ..ledger.clone()
            },
            from: ledger.clone(),
            refused,
            vertical: VerticalMerges::over(ledger.filling.clone()),
            moved: Vec::new(),
            reason: own.reason?,
        })
    }

    fn refused(&self, ledger: &LedgerSheet) -> Vec<u32> {
        let all = ledger.refused || self.report.state == FileState::Rejected;
        let is = |row: &u32| all || self.marks.worst(&ledger.name, *row) == Some(Severity::Error);
        ledger.rows.iter().cloned().flatten().filter(is).collect()
    }

    /// A name that Excel takes and no other sheet has.
    fn name(&mut self, written: &str) -> String {
        let letter = |letter: char| {
            if "[]:*?/\\".contains(letter) || letter.is_control() {
                ' '
            } else {
                letter
            }
        };
        let plain: String = written.chars().map(letter).take(NAME_CHARS).collect();
        let plain = plain.trim_matches(['\'', ' ']).to_owned();
        let plain = if plain.is_empty() { "Sheet".to_owned() } else { plain };
        let numbered = (2..).map(|number: u32| {
            let end = number.to_string();
            let short: String = plain.chars().take(NAME_CHARS - end.len()).collect();
            short + &end
        });
        let free = |name: &String| !self.taken.contains(&name.to_lowercase());
        let name = std::iter::once(plain.clone())
            .chain(numbered)
            .find(free)
            .unwrap_or_default();
        self.taken.push(name.to_lowercase());
        name
    }

    fn end(&mut self, mut page: Page) -> Result<(), MarkError> {
        // A last row with a height and cells would be written twice; this one has no height.
        page.sheet.write_blank(page.next, 0, &self.looks.nothing)?;
        for (column, width) in &page.widths {
            let width = (*width).clamp(*WIDTHS.start(), *WIDTHS.end());
            page.sheet.set_column_width(*column, width as f64)?;
        }
        if let Some(target) = page.ledger {
            let header = *target.to.header_rows.end();
            page.sheet.set_freeze_panes(header, 0)?;
            page.sheet
                .set_landscape()
                .set_paper_size(A3)
                .set_print_fit_to_pages(1, 0);
            let kept = |merge: &&Merge| {
                let at_header = merge.last_row <= header;
                !target.from.own.has(merge.first_column) && (self.which == Which::All || at_header)
            };
            let merges: Vec<Merge> = page.merges.iter().filter(kept).copied().collect();
            let block = |merge: &Merge| {
                let first = address(merge.first_row, merge.first_column);
                format!("{first}:{}", address(merge.last_row, merge.last_column))
            };
            self.merges
                .insert(page.name.clone(), merges.iter().map(block).collect());
            self.rows.insert(page.name, target.moved);
            self.ledgers.push(LedgerSheet { merges, ..target.to });
        }
        self.book.push_worksheet(page.sheet);
        Ok(())
    }
}

impl Page {
    fn row(&mut self, mut row: Row, looks: &Looks) -> Result<(), MarkError> {
        let Some((to, zone, reason)) = self.place(&mut row) else {
            return Ok(());
        };
        self.next = to;
        if zone != Zone::Title {
            self.measure(to, &row, zone);
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
                refused.binary_search(&number).ok()?;
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
struct Looks {
    title: Format,
    header: Format,
    plain: Format,
    /// For texts that would become formulas if somebody edited them.
    guarded: Format,
    date: Format,
    moment: Format,
    /// Nothing to be seen.
    nothing: Format,
}

impl Looks {
    fn new() -> Self {
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
