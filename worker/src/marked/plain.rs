//! The values of a workbook in a new one: of formats whose packages cannot be patched, and of refused rows alone. The
//! original is read once more by the child; rows go straight into the new workbook and are not kept. Merged blocks are left
//! to the marking that follows, since a block over rows would need rows that are written already.

mod page;

use std::collections::{BTreeMap, HashMap};

use ducha_records::codes::Severity;
use rust_xlsxwriter::Workbook;
use tempfile::NamedTempFile;

use self::page::{Looks, Page, Target, WIDTHS};
use super::columns::plain_own;
use super::error::MarkError;
use super::marks::Marks;
use crate::cell::{Merge, SheetInfo, address};
use crate::check::LedgerSheet;
use crate::import::{FileReport, FileState, Job};
use crate::reader::{Frame, GRID_ROWS, Reader};
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

/// Number of the paper size A3.
const A3: u8 = 8;
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
        if page.next < GRID_ROWS {
            page.sheet.write_blank(page.next, 0, &self.looks.nothing)?;
        }
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
