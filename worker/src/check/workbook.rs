//! A workbook from its first frame to its last.

mod data_row;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use ducha_records::content_hash::ContentHasher;
use ducha_records::importing::FieldPlace;
use ducha_records::rules;

use super::across::{Keys, Texts};
use super::end::{Dated, Parents};
use super::plan::{Field, SheetPlan};
use super::pointers::Pointers;
use super::shared::Shared;
use super::sheet::{self, Reading, SheetReport, Stage};
use super::{Checked, Context, Finding, Piece, RowReason, Sink, end, form, plain};
use crate::cell::{Row, SheetInfo, Value};
use crate::profile::LedgerKind;
use crate::reader::{Frame, ReadError};
use crate::recognise::{
    DICTIONARY_SHEET, INSTRUCTIONS_SHEET, NotALedger, RowKind, SheetLayout, VERSION_HEADER, footer_date_text, row_kind,
};

/// Rows and findings are handed on when there are this many.
pub(super) const PIECE: usize = 1_000;

/// Why a file was not checked to its end.
#[derive(Debug)]
pub enum Stopped<E> {
    /// The file as a whole is refused.
    Refused(FileRefusal),
    /// What was checked could not be handed on.
    Sink(E),
}

/// A file that is refused as a whole.
#[derive(Debug, Clone)]
pub enum FileRefusal {
    /// It cannot be read.
    Unreadable(ReadError),
    /// It holds no ledger.
    NoLedger(Box<Finding>),
}

/// Checks a workbook frame by frame and hands its rows and findings to `sink`.
///
/// # Errors
/// [`Stopped`]: the file is refused as a whole, or the sink takes no more.
pub fn check<S: Sink>(
    mut frames: impl FnMut() -> Result<Option<Frame>, ReadError>,
    context: &Context<'_>,
    sink: &mut S,
) -> Result<Checked, Stopped<S::Error>> {
    let mut book = Workbook::new(context);
    while let Some(frame) = frames().map_err(|error| Stopped::Refused(FileRefusal::Unreadable(error)))? {
        book.frame(frame);
        if book.piece.len() >= PIECE {
            sink.take(std::mem::take(&mut book.piece)).map_err(Stopped::Sink)?;
        }
    }
    end::finish(book, sink)
}

/// A file being checked.
pub(super) struct Workbook<'a> {
    pub context: Context<'a>,
    pub piece: Piece,
    pub checked: Checked,
    pub kinds: BTreeSet<LedgerKind>,
    pub sheets: Vec<SheetReport>,
    stage: Stage<'a>,
    hasher: ContentHasher,
    info: Option<SheetInfo>,
    /// Numbers and divisions of petitions and of tasks, and the handling texts.
    pub petition_keys: Keys,
    pub task_keys: Keys,
    pub handlings: Texts,
    pub plain: plain::Rows,
    /// Where fields stand: sheet and field to column and header.
    pub columns: HashMap<(u32, Field), (u32, String)>,
    /// What the reporting date decides.
    pub dated: Vec<Dated>,
    /// Reporting dates found.
    pub dates: BTreeSet<NaiveDate>,
    pub parents: Parents,
    pub pointers: Pointers,
    pub shared: Shared,
}

impl<'a> Workbook<'a> {
    fn new(context: &Context<'a>) -> Self {
        Self {
            context: context.clone(),
            piece: Piece::default(),
            checked: Checked::default(),
            kinds: BTreeSet::new(),
            sheets: Vec::new(),
            stage: Stage::Skipping,
            hasher: ContentHasher::default(),
            info: None,
            petition_keys: Keys::default(),
            task_keys: Keys::default(),
            handlings: Texts::default(),
            plain: plain::Rows::default(),
            columns: HashMap::new(),
            dated: Vec::new(),
            dates: BTreeSet::new(),
            parents: Parents::default(),
            pointers: Pointers::default(),
            shared: Shared::default(),
        }
    }

    fn frame(&mut self, frame: Frame) {
        match frame {
            Frame::Book(book) => {
                self.context.dates.date_1904 = book.date_1904;
                if book.macros_ignored {
                    self.piece
                        .findings
                        .push(Finding::new(&rules::MACROS_IGNORED, &"".into(), []));
                }
            }
            Frame::Sheet(info) => self.sheet(info),
            Frame::Rows(rows) => rows.into_iter().for_each(|row| self.row(row)),
            Frame::SheetEnd => self.sheet_end(),
            // The reader turns a refusal into an error, and the totals are its own affair.
            Frame::End(_) | Frame::Refused { .. } => {}
        }
    }

    fn sheet(&mut self, info: SheetInfo) {
        let name: Arc<str> = info.name.as_str().into();
        let skipped = match (info.hidden, info.not_a_grid) {
            (true, _) => Some("hidden"),
            (_, true) => Some("not_a_grid"),
            _ => None,
        };
        if info.hidden && info.name != DICTIONARY_SHEET {
            self.piece.findings.push(Finding::new(
                &rules::SHEET_HIDDEN,
                &name,
                [("sheet", info.name.clone())],
            ));
        }
        self.stage = Stage::new(self.context.profiles, &info);
        self.sheets.push(SheetReport {
            name,
            skipped,
            ..SheetReport::default()
        });
        self.info = Some(info);
    }

    fn row(&mut self, row: Row) {
        match &mut self.stage {
            Stage::Skipping => {}
            Stage::Recognising(recogniser) => {
                if let Some(answer) = sheet::push(recogniser, row) {
                    self.recognised(answer);
                }
            }
            Stage::Reading(_) => self.ledger_row(row),
        }
    }

    fn recognised(&mut self, answer: Result<(SheetLayout, Vec<Row>), NotALedger>) {
        match (answer, &self.info) {
            (Ok((layout, rows)), Some(info)) => {
                let index = self.sheets.len() as u32 - 1; // this sheet's report stands last
                let reading = sheet::begin(info, index, layout, &self.context, &mut self.piece.findings);
                self.begun(&reading, info.merges.is_none());
                self.stage = Stage::Reading(Box::new(reading));
                rows.into_iter().for_each(|row| self.ledger_row(row));
            }
            (Err(not), _) => {
                self.stage = Stage::Skipping;
                self.skipped(&not);
            }
            (Ok(_), None) => {}
        }
    }

    fn begun(&mut self, reading: &Reading<'a>, merges_unknown: bool) {
        let (plan, kind) = (&reading.plan, reading.plan.kind());
        self.kinds.insert(kind);
        // A form that was filled in beforehand has the open records only.
        self.checked.marked |= plan.layout.base_version.is_some();
        self.dates.extend(reading.reported_on);
        if let Some(report) = self.sheets.last_mut() {
            report.kind = Some(kind.as_str());
            report.header_rows = Some((*plan.layout.header_rows.start(), *plan.layout.header_rows.end()));
        }
        if merges_unknown {
            self.piece
                .findings
                .push(Finding::new(&rules::MERGES_UNREADABLE, &plan.sheet, []));
        }
        if let Some(column) = plan.layout.base_version {
            let place = FieldPlace {
                column: i32::try_from(column).ok(),
                header: VERSION_HEADER.to_owned(),
            };
            self.checked.places.set(&plan.sheet, "base_version", place);
        }
        for column in &plan.columns {
            let place = FieldPlace {
                column: i32::try_from(column.at).ok(),
                header: column.header.clone(),
            };
            self.checked.places.set(&plan.sheet, column.field.name(), place);
            self.columns
                .entry((plan.index, column.field))
                .or_insert((column.at, column.header.clone()));
        }
    }

    fn skipped(&mut self, not: &NotALedger) {
        let Some(report) = self.sheets.last_mut() else { return };
        report.skipped = Some(sheet::reason(not));
        // An empty sheet (Sheet2, Sheet3) is listed with the import and nothing to be told of, nor is what a template has.
        if report.skipped == Some(sheet::OWN_SUMMARY) {
            self.checked.marked = true;
            self.checked.summaries.push(Arc::clone(&report.name));
        } else if report.skipped != Some("empty") && &*report.name != INSTRUCTIONS_SHEET {
            let params = [("sheet", report.name.to_string())];
            self.piece
                .findings
                .push(Finding::new(&rules::SHEET_SKIPPED, &report.name, params));
        }
    }

    fn sheet_end(&mut self) {
        if let Stage::Recognising(recogniser) = std::mem::replace(&mut self.stage, Stage::Skipping) {
            self.recognised(recogniser.finish());
        }
        if let Stage::Reading(reading) = std::mem::replace(&mut self.stage, Stage::Skipping) {
            self.checked.marked |= !reading.ledger.own.is_empty();
            // A form that we filled in is not the county's.
            if !reading.refused && reading.plan.layout.base_version.is_none() {
                form::add(&mut self.checked.forms, &reading.plan);
            }
            self.checked.ledgers.push(reading.ledger);
        }
        self.info = None;
    }

    fn ledger_row(&mut self, mut row: Row) {
        let Stage::Reading(mut reading) = std::mem::replace(&mut self.stage, Stage::Skipping) else {
            return;
        };
        let taken = reading.ledger.own.says_taken(&row);
        let reason = reading.ledger.own.take(&mut row);
        reading.ledger.saw(&row);
        let filled = reading.merges.filled(&row);
        let kind = if looks_like_data(&reading.plan, &row) {
            RowKind::Data
        } else {
            row_kind(&reading.plan.layout, &row)
        };
        let report = self.sheets.last_mut();
        match kind {
            RowKind::Data => {
                if let Some(report) = report {
                    report.rows += 1;
                }
                reading.ledger.add_data(row.number);
                self.reason(&reading.plan, row.number, reason);
                reading.totals.add(&reading.plan, &row);
                fill(&mut row, filled);
                self.data_row(&reading, &row, taken);
            }
            RowKind::Total => {
                if let Some(report) = report {
                    report.totals += 1;
                }
                let profile = reading.plan.profile;
                let disagreements = reading.totals.disagreements(&reading.plan, &row).into_iter();
                self.piece
                    .findings
                    .extend(disagreements.filter(|finding| !profile.is_off(finding.rule.code)));
            }
            RowKind::Footer => {
                if let Some(report) = report {
                    report.footers += 1;
                }
                reading.ledger.add_footer(row.number);
                self.footer(&reading.plan, &row);
            }
            RowKind::RepeatedHeader | RowKind::Blank => {}
        }
        self.stage = Stage::Reading(reading);
    }

    fn reason(&mut self, plan: &SheetPlan<'_>, row: u32, reason: Option<String>) {
        self.piece.reasons.extend(reason.map(|text| RowReason {
            sheet: Arc::clone(&plan.sheet),
            row,
            text,
        }));
    }

    fn footer(&mut self, plan: &SheetPlan<'_>, row: &Row) {
        let Some(text) = footer_date_text(row) else { return };
        let found = &mut self.piece.findings;
        self.dates.extend(sheet::reporting_date(
            &text,
            &plan.sheet,
            Some(row.number),
            &self.context,
            found,
        ));
    }
}

/// A number of the standard form makes a row of data; only what has none is looked at closely.
fn looks_like_data(plan: &SheetPlan<'_>, row: &Row) -> bool {
    let number = plan.column(Field::Number).and_then(|column| row.get(column.at));
    match (plan.kind(), number) {
        (LedgerKind::Petitions, Some(Value::Text(text))) => {
            let text = text.trim();
            text.len() == STANDARD_BYTES && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        }
        _ => false,
    }
}

/// Length of a petition number of the standard form.
const STANDARD_BYTES: usize = 16;

/// Adds the cells that merges give a row.
fn fill(row: &mut Row, filled: Vec<crate::cell::Cell>) {
    if !filled.is_empty() {
        row.cells.extend(filled);
        row.cells.sort_by_key(|cell| cell.column);
    }
}
