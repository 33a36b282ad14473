//! What may be done, in any order, to a few records.

use std::collections::BTreeSet;

use ducha_records::accountability::StagedAccountability;
use ducha_records::alerts::StagedAlert;
use ducha_records::importing::{RowPlace, StagedPlain};
use ducha_records::petitions::HandlingContent;
use proptest::prelude::*;

use crate::support::ledger::*;
use crate::support::plain::{alert, decision, hash};

pub const NUMBERS: [&str; 3] = ["D1", "D2", "D3"];
pub const COUNTIES: [&str; 2] = [NANMING, YUNYAN];
const DAYS: [&str; 4] = ["2022-01-31", "2022-02-28", "2022-03-31", "2022-04-30"];

/// What a row says: number, division, wording, content, whether it names the other county.
type Cell = (usize, usize, u8, u8, bool);

#[derive(Debug, Clone)]
pub enum Step {
    /// A county's ledger.
    Ledger {
        day: usize,
        beside: bool,
        rows: Vec<Cell>,
        tasks: Vec<Cell>,
        alerts: Vec<(usize, u8)>,
        decisions: Vec<(usize, u8)>,
        reason: Option<u8>,
    },
    /// The province's list.
    Register { day: usize, rows: Vec<Cell> },
    /// Undoes one of the imports so far.
    Undo(usize),
    /// Undoes the last one that stands.
    UndoLast,
    /// A part, or a whole petition.
    Withdraw(usize, Option<usize>),
}

fn cells() -> impl Strategy<Value = Vec<Cell>> {
    prop::collection::vec((0..3usize, 0..2usize, 0..2u8, 0..3u8, prop::bool::weighted(0.3)), 1..4)
}

pub fn step() -> impl Strategy<Value = Step> {
    let ledger = (
        0..4usize,
        any::<bool>(),
        cells(),
        prop::option::weighted(0.3, cells()),
        prop::collection::vec((0..2usize, 0..2u8), 0..2),
        prop::collection::vec((0..2usize, 0..4u8), 0..2),
        prop::option::weighted(0.5, 0..2u8),
    );
    prop_oneof![
        8 => ledger.prop_map(|(day, beside, rows, tasks, alerts, decisions, reason)| Step::Ledger {
            day, beside, rows, tasks: tasks.unwrap_or_default(), alerts, decisions, reason
        }),
        2 => (0..4usize, cells()).prop_map(|(day, rows)| Step::Register { day, rows }),
        4 => (0..20usize).prop_map(Step::Undo),
        3 => Just(Step::UndoLast),
        2 => (0..3usize, prop::option::weighted(0.7, 0..2usize)).prop_map(|(number, division)| Step::Withdraw(number, division)),
    ]
}

/// Rows with keys of their own: what stands twice in a file is refused before it comes here.
fn distinct(cells: &[Cell], key: impl Fn(&Cell) -> (usize, usize)) -> Vec<Cell> {
    let mut seen = BTreeSet::new();
    cells.iter().filter(|cell| seen.insert(key(cell))).copied().collect()
}

fn petition_of(cell: &Cell, division: &str) -> PetitionRow {
    let (number, _, wording, content, names) = *cell;
    let row = petition(NUMBERS[number], division)
        .worded(|said| said.complaint = format!("complaint {wording}"))
        .says(|said| {
            said.conclusion = i16::from(content);
            said.substantiated = Some(i16::from(content));
            said.investigation = (content > 0).then(|| format!("investigation {content}"));
        });
    let other = if division == NANMING { YUNYAN } else { NANMING };
    if names { row.assigned(&[other]) } else { row }
}

fn task_of(cell: &Cell) -> TaskRow {
    let (number, division, wording, content, _) = *cell;
    task(NUMBERS[number], COUNTIES[division])
        .worded(|said| said.problem = format!("problem {wording}"))
        .says(|said| said.status = i16::from(content))
}

/// The file of a step.
pub fn file(step: &Step) -> Option<File> {
    match step {
        Step::Ledger {
            day,
            beside,
            rows,
            tasks,
            alerts,
            decisions,
            reason,
        } => {
            let rows = distinct(rows, |cell| (cell.0, cell.1));
            let tasks = distinct(tasks, |cell| (cell.0, cell.1));
            let first = 1 + rows.len() as i64 + tasks.len() as i64;
            let plain = StagedPlain {
                alerts: alerts_from(first, alerts),
                accountabilities: decisions_from(first + 10, decisions),
                ..StagedPlain::default()
            };
            let headers: &[(&str, &str)] = match day % 2 {
                0 => &[("number", "编号"), ("complaint", "内容")],
                _ => &[("number", "受理编号"), ("complaint", "内容")],
            };
            let ledger = File::of(DAYS[*day])
                .division(NANMING)
                .form(headers)
                .word("complaint", &format!("word {day}"), "word")
                .petitions(rows.iter().map(|cell| petition_of(cell, COUNTIES[cell.1])))
                .tasks(tasks.iter().map(task_of))
                .plain(plain);
            let ledger = match reason {
                Some(0) => ledger.warned(1, "odd", None),
                Some(said) => ledger.warned(1, "odd", Some(&format!("because {said} of {day}"))),
                None => ledger,
            };
            Some(if *beside { ledger.beside() } else { ledger })
        }
        Step::Register { day, rows } => {
            let rows = distinct(rows, |cell| (cell.0, 0));
            let rows = rows.iter().map(|cell| {
                let assigned: &[&str] = match (cell.1, cell.4) {
                    (_, true) => &COUNTIES,
                    (0, _) => &[NANMING],
                    _ => &[YUNYAN],
                };
                petition_of(cell, PROVINCE)
                    .says(|said| *said = HandlingContent::default())
                    .assigned(assigned)
            });
            Some(File::register(DAYS[*day]).petitions(rows))
        }
        _ => None,
    }
}

fn place(row_id: i64, number: &str) -> RowPlace {
    RowPlace {
        row_id,
        sheet: "Sheet1".to_owned(),
        row_number: row_id + 3,
        number: number.to_owned(),
        division: NANMING.to_owned(),
    }
}

fn alerts_from(first: i64, rows: &[(usize, u8)]) -> Vec<StagedAlert> {
    let mut seen = BTreeSet::new();
    let rows = rows.iter().filter(|row| seen.insert(row.0));
    let staged = (first..).zip(rows).map(|(id, (station, said))| {
        let mut content = alert(&format!("station {station}"), "2022-01-01");
        content.handling = Some(format!("handling {said}"));
        let hash = hash(&content);
        StagedAlert::new(place(id, &content.station), content, hash)
    });
    staged.collect()
}

fn decisions_from(first: i64, rows: &[(usize, u8)]) -> Vec<StagedAccountability> {
    let mut seen = BTreeSet::new();
    let rows = rows.iter().filter(|row| seen.insert(row.0));
    let staged = (first..).zip(rows).map(|(id, (unit, said))| {
        let unit = format!("unit {unit}");
        let mut content = decision(&unit, Some(["I1", "I2"][usize::from(said % 2)]));
        content.issue_title = (said / 2 > 0).then(|| format!("title {said}"));
        let hash = hash(&content);
        StagedAccountability::new(place(id, &unit), content, hash)
    });
    staged.collect()
}
