//! What may be done, in any order, to a few petitions.

use std::collections::BTreeSet;

use chrono::Utc;
use ducha_records::Db;
use ducha_records::Reach;
use ducha_records::codes::RecordKind;
use ducha_records::undo::{Undo, UndoError, WithdrawError, Withdrawal, undo, withdraw};
use proptest::prelude::*;

use crate::support::ledger::*;

const DIVISIONS: [&str; 4] = ["520102", "520103", "520302", "520100"];
/// Days on which ledgers are made, petitions come in and are concluded; of several months and years.
const DAYS: [&str; 7] = [
    "2021-12-30",
    "2021-12-31",
    "2022-01-01",
    "2022-01-31",
    "2022-02-01",
    "2022-03-15",
    "2023-01-01",
];

/// A row of a county's ledger.
#[derive(Debug, Clone)]
pub struct Row {
    number: u8,
    received: Option<usize>,
    conclusion: i16,
    concluded: Option<usize>,
    substantiated: Option<i16>,
    measures: i32,
    /// Another division that is named.
    other: Option<usize>,
}

#[derive(Debug, Clone)]
pub enum Step {
    /// Whose ledger, of which day, whether rows that say what is stored are told while it is read.
    County(usize, usize, bool, Vec<Row>),
    /// One of the ledgers so far as of another day.
    Again(usize, usize, bool),
    /// The province's list as of a day: numbers, when they were received, whom they are handed to.
    Register(usize, Vec<(u8, Option<usize>, Vec<usize>)>),
    /// Undoes one of the imports so far, if nothing stands in its way.
    Undo(usize),
    /// A part, or a whole petition.
    Withdraw(u8, Option<usize>),
}

fn row() -> impl Strategy<Value = Row> {
    (
        0..4_u8,
        prop::option::of(0..DAYS.len()),
        0..4_i16,
        prop::option::weighted(0.7, 0..DAYS.len()),
        prop::option::of(0..4_i16),
        0..3_i32,
        prop::option::weighted(0.3, 0..4_usize),
    )
        .prop_map(
            |(number, received, conclusion, concluded, substantiated, measures, other)| Row {
                number,
                received,
                conclusion,
                concluded,
                substantiated,
                measures,
                other,
            },
        )
}

pub fn step() -> impl Strategy<Value = Step> {
    let county = (
        0..4_usize,
        0..DAYS.len(),
        any::<bool>(),
        prop::collection::vec(row(), 1..4),
    );
    let listed = (
        0..4_u8,
        prop::option::of(0..DAYS.len()),
        prop::collection::vec(0..4_usize, 0..3),
    );
    prop_oneof![
        8 => county.prop_map(|(division, day, beside, rows)| Step::County(division, day, beside, rows)),
        5 => (0..20_usize, 0..DAYS.len(), any::<bool>()).prop_map(|(which, day, beside)| Step::Again(which, day, beside)),
        1 => (0..DAYS.len(), prop::collection::vec(listed, 1..4)).prop_map(|(day, rows)| Step::Register(day, rows)),
        4 => (0..20_usize).prop_map(Step::Undo),
        2 => (0..4_u8, prop::option::weighted(0.7, 0..4_usize)).prop_map(|(number, division)| Step::Withdraw(number, division)),
    ]
}

/// What was done.
#[derive(Debug, Default)]
pub struct Taken {
    inspection: String,
    imports: Vec<String>,
    ledgers: Vec<(usize, Vec<Row>)>,
}

impl Taken {
    /// Nothing yet.
    pub fn of(inspection: &str) -> Self {
        Self {
            inspection: inspection.to_owned(),
            ..Self::default()
        }
    }

    pub fn take(&mut self, db: &mut Db, step: &Step) {
        match step {
            Step::County(division, day, beside, rows) => {
                self.ledgers.push((*division, rows.clone()));
                self.county(db, *division, (*day, *beside), rows);
            }
            Step::Again(which, day, beside) if !self.ledgers.is_empty() => {
                let (division, rows) = self.ledgers[which % self.ledgers.len()].clone();
                self.county(db, division, (*day, *beside), &rows);
            }
            Step::Register(on, rows) => {
                let rows = distinct(rows, |row| row.0).map(|(number, received, divisions)| {
                    let named: BTreeSet<&str> = divisions.iter().map(|division| DIVISIONS[*division]).collect();
                    let named: Vec<&str> = named.into_iter().collect();
                    petition(&format!("X{number}"), PROVINCE)
                        .assigned(&named)
                        .worded(|said| {
                            said.batch = Some(i32::from(*number));
                            said.received_on = received.map(|at| day(DAYS[at]));
                        })
                });
                let done = File::register(DAYS[*on])
                    .inspection(&self.inspection)
                    .petitions(rows)
                    .import(db);
                self.imports.push(done.import.id);
            }
            Step::Undo(which) if !self.imports.is_empty() => {
                let id = &self.imports[which % self.imports.len()];
                undone(db, id);
            }
            Step::Withdraw(number, division) => withdrawn(db, &self.inspection, *number, *division),
            Step::Again(..) | Step::Undo(_) => {}
        }
    }

    fn county(&mut self, db: &mut Db, division: usize, (on, beside): (usize, bool), rows: &[Row]) {
        let code = DIVISIONS[division];
        let rows = distinct(rows, |row| row.number).map(|row| petition_of(row, code));
        let file = File::of(DAYS[on])
            .inspection(&self.inspection)
            .division(code)
            .petitions(rows);
        let file = if beside { file.beside() } else { file };
        self.imports.push(file.import(db).import.id);
    }
}

fn petition_of(row: &Row, code: &str) -> PetitionRow {
    let named: Vec<&str> = row
        .other
        .iter()
        .map(|other| DIVISIONS[*other])
        .filter(|other| *other != code)
        .collect();
    petition(&format!("X{}", row.number), code)
        .assigned(&named)
        .worded(|said| said.received_on = row.received.map(|at| day(DAYS[at])))
        .says(|said| {
            said.conclusion = row.conclusion;
            said.concluded_on = row.concluded.map(|at| day(DAYS[at]));
            said.substantiated = row.substantiated;
            said.ordered = Some(row.measures);
            said.fine_fen = Some(i64::from(row.measures) * 12_345);
        })
}

/// Rows with numbers of their own: what stands twice in a file is refused before it comes here.
fn distinct<T>(rows: &[T], number: impl Fn(&T) -> u8) -> impl Iterator<Item = &T> {
    let mut seen = BTreeSet::new();
    rows.iter().filter(move |row| seen.insert(number(row)))
}

/// Undoes it, unless it was undone or a later import stands in the way.
fn undone(db: &mut Db, import: &str) {
    let wanted = Undo {
        import_id: import,
        reach: &Reach::All,
        actor: "审核员",
        note: None,
        at_utc: Utc::now().naive_utc(),
        validate_only: false,
    };
    match undo(db, wanted, |_, _| Ok(())) {
        Ok(_) | Err(UndoError::ChangedSince(_)) => {}
        Err(error) => panic!("{error}"),
    }
}

/// Withdraws it, if it is there.
fn withdrawn(db: &mut Db, inspection: &str, number: u8, division: Option<usize>) {
    let wanted = Withdrawal {
        inspection_id: inspection,
        kind: RecordKind::Petition.code(),
        number: &format!("X{number}"),
        division: division.map_or("", |division| DIVISIONS[division]),
        actor: "审核员",
        reason: "重复报送",
        at_utc: Utc::now().naive_utc(),
    };
    match withdraw(db, wanted, |_| Ok(())) {
        Ok(_) | Err(WithdrawError::Unknown) => {}
        Err(error) => panic!("{error}"),
    }
}
