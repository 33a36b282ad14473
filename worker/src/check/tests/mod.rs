//! Small workbooks through the whole check: what is staged of them, and what is found.

mod accountabilities;
mod activities;
mod alerts;
mod indicators;
mod sheets;

use std::convert::Infallible;
use std::sync::LazyLock;

use ducha_records::importing::StagedPlain;

use super::*;
use crate::cell::{Cell, Row, SheetInfo, Value};
use crate::reader::{Book, Format, Frame};
use crate::values::division::parse_csv;

static PROFILES: LazyLock<Profiles> = LazyLock::new(Profiles::embedded);
static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| {
    let entries = parse_csv(ducha_records::divisions::BUILT_IN).expect("the built-in divisions");
    Gazetteer::new(entries)
});

/// A sheet: its name and its rows.
type Sheet<'a> = (&'a str, &'a [&'a [&'a str]]);

/// What became of a workbook.
struct Told {
    plain: StagedPlain,
    findings: Vec<Finding>,
    withdrawn: usize,
    checked: Checked,
}

impl Told {
    /// Rule and cell of each finding above a note, in the order found.
    fn faults(&self) -> Vec<(&'static str, String)> {
        let above = self
            .findings
            .iter()
            .filter(|finding| finding.rule.severity != ducha_records::codes::Severity::Note);
        above.map(|finding| (finding.rule.code, finding.cell())).collect()
    }
}

#[derive(Default)]
struct Collected {
    pieces: Vec<Piece>,
}

impl Sink for Collected {
    type Error = Infallible;

    fn take(&mut self, piece: Piece) -> Result<(), Infallible> {
        self.pieces.push(piece);
        Ok(())
    }
}

/// Texts, and numbers where they begin with `#`; an empty one is no cell.
fn row(number: u32, texts: &[&str]) -> Row {
    let value = |text: &str| match text.strip_prefix('#') {
        Some(number) => Value::Number(number.parse().expect("a number")),
        None => Value::Text(text.to_owned()),
    };
    let filled = (0..).zip(texts).filter(|(_, text)| !text.is_empty());
    Row {
        number,
        cells: filled
            .map(|(column, text)| Cell {
                column,
                value: value(text),
            })
            .collect(),
    }
}

fn frames(sheets: &[Sheet<'_>]) -> Vec<Frame> {
    let mut frames = vec![Frame::Book(Book {
        format: Format::Xlsx,
        date_1904: false,
        macros_ignored: false,
    })];
    for (index, (name, lines)) in (0..).zip(sheets) {
        frames.push(Frame::Sheet(SheetInfo {
            index,
            name: (*name).to_owned(),
            hidden: false,
            not_a_grid: false,
            merges: Some(Vec::new()),
        }));
        let rows = (1..).zip(*lines).map(|(number, texts)| row(number, texts));
        frames.push(Frame::Rows(rows.collect()));
        frames.push(Frame::SheetEnd);
    }
    frames
}

/// Checks a workbook of a division.
fn told(division: &str, sheets: &[Sheet<'_>]) -> Told {
    let day = |text: &str| text.parse().ok();
    let today = day("2023-05-31").expect("a day");
    let mut context = Context::new(
        &PROFILES,
        &GAZETTEER,
        "520000".to_owned(),
        Some(division.to_owned()),
        today,
    );
    context.inspection.started_on = day("2021-12-05");
    context.inspection.feedback_on = day("2022-03-18");
    let mut frames = frames(sheets).into_iter();
    let mut sink = Collected::default();
    let checked = check(|| Ok(frames.next()), &context, &mut sink).expect("a ledger");
    let mut all = Told {
        plain: StagedPlain::default(),
        findings: Vec::new(),
        withdrawn: 0,
        checked,
    };
    for piece in sink.pieces {
        all.plain.indicators.extend(piece.plain.indicators);
        all.plain.issues.extend(piece.plain.issues);
        all.plain.accountabilities.extend(piece.plain.accountabilities);
        all.plain.activities.extend(piece.plain.activities);
        all.plain.alerts.extend(piece.plain.alerts);
        all.findings.extend(piece.findings);
        all.withdrawn += piece.withdrawn.len();
    }
    let staged = all.plain.len() as u64;
    assert_eq!(
        all.checked.rows - all.checked.refused,
        staged - all.withdrawn as u64,
        "every row counts once"
    );
    all
}

/// Asserts that a staged row holds these fields.
fn holds(staged: &impl std::fmt::Debug, fields: &[&str]) {
    let shown = format!("{staged:?}");
    for field in fields {
        assert!(shown.contains(field), "{field} is not in {shown}");
    }
}

fn fault(code: &'static str, cell: &str) -> (&'static str, String) {
    (code, cell.to_owned())
}
