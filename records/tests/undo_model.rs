//! Imports, undos and withdrawals in any order: what is stored is what the imports and withdrawals that stand would have
//! stored, one after the other. On both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what it expects")]

#[path = "undo_model/steps.rs"]
mod steps;
mod support;

use std::collections::{BTreeMap, BTreeSet};

use chrono::Utc;
use diesel::connection::SimpleConnection;
use ducha_records::codes::{Change, RecordKind};
use ducha_records::db::Backend;
use ducha_records::petitions::{self, PetitionFilter, PetitionWording};
use ducha_records::undo::{Undo, UndoError, WithdrawError, Withdrawal, undo, withdraw};
use ducha_records::verify::{self, Check, Fault, Observer};
use ducha_records::{Db, Reach, feed, revisions};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value};
use support::Fresh;
use support::dump::dump;
use support::ledger::*;

use steps::{COUNTIES, NUMBERS, Step, file, step};

/// What was done, and whether it stands.
#[derive(Debug, Clone)]
enum Done {
    /// The file with the rows that were taken, and the id of its import.
    Imported(Box<File>, String),
    Withdrawn(usize, Option<usize>),
    Undone,
}

struct World<'d> {
    db: &'d mut Db,
    inspection: String,
    done: Vec<Done>,
    replays: usize,
}

impl World<'_> {
    fn take(&mut self, step: &Step) {
        match step {
            Step::Ledger { .. } | Step::Register { .. } => {
                let file = file(step).unwrap().inspection(&self.inspection);
                let refused = file.refused(self.db);
                let import = file.clone().import(self.db).import.id;
                let taken = refused.iter().fold(file, |file, row| file.withdrawing([*row]));
                self.done.push(Done::Imported(Box::new(taken), import));
            }
            Step::Undo(which) => {
                let standing = self.standing();
                if let Some(at) = standing.get(which % standing.len().max(1)) {
                    self.undo(*at);
                }
            }
            Step::UndoLast => {
                if let Some(last) = self.standing().last() {
                    let undone = self.undo(*last);
                    assert!(undone, "nothing came after the last import that stands");
                }
            }
            Step::Withdraw(number, division) => {
                let done = withdrawn(self.db, &self.inspection, *number, *division);
                if done {
                    self.done.push(Done::Withdrawn(*number, *division));
                }
            }
        }
    }

    /// Places of the imports that stand.
    fn standing(&self) -> Vec<usize> {
        let imported = self.done.iter().enumerate();
        imported
            .filter(|(_, done)| matches!(done, Done::Imported(..)))
            .map(|(at, _)| at)
            .collect()
    }

    /// Undoes an import, if nothing stands in the way.
    fn undo(&mut self, at: usize) -> bool {
        let Done::Imported(_, import) = self.done[at].clone() else {
            return false;
        };
        let before = self.dump();
        let only_told = self.attempt(&import, true);
        assert_eq!(self.dump(), before, "telling changes nothing");
        let undone = self.attempt(&import, false);
        match (only_told, undone) {
            (Ok(told), Ok(undone)) => {
                assert_eq!(told, undone, "it is told as it is done");
                assert_eq!(self.attempt(&import, false).unwrap(), undone, "and again");
                self.done[at] = Done::Undone;
                self.compare();
                true
            }
            (Err(UndoError::ChangedSince(told)), Err(UndoError::ChangedSince(since))) => {
                assert_eq!(told, since);
                assert!(!since.imports.is_empty() && !since.records.is_empty(), "{since:?}");
                assert_eq!(self.dump(), before, "a refusal changes nothing");
                let later = |id: &String| {
                    let at_of = |done: &Done| matches!(done, Done::Imported(_, import) if import == id);
                    self.done.iter().position(at_of).is_some_and(|other| other > at)
                };
                assert!(since.imports.iter().all(later), "later imports that stand");
                false
            }
            other => panic!("{other:?}"),
        }
    }

    fn attempt(&mut self, import: &str, validate_only: bool) -> Result<Vec<(i16, i64, i64)>, UndoError> {
        let wanted = Undo {
            import_id: import,
            reach: &Reach::All,
            actor: "reviewer",
            note: None,
            at_utc: Utc::now().naive_utc(),
            validate_only,
        };
        let undone = undo(self.db, wanted, |_, _| Ok(()))?;
        let counts = undone
            .counts
            .iter()
            .map(|count| (count.kind, count.restored, count.removed));
        Ok(counts.collect())
    }

    fn dump(&mut self) -> Vec<String> {
        let labels = self.done.iter().enumerate().filter_map(|(at, done)| match done {
            Done::Imported(_, id) => Some((id.clone(), format!("import {at}"))),
            _ => None,
        });
        let labels: BTreeMap<String, String> = labels.collect();
        dump(self.db, &self.inspection, &labels)
    }

    /// What is stored is what those that stand would have stored.
    fn compare(&mut self) {
        self.replays += 1;
        let id = format!("{}-{}", self.inspection, self.replays);
        inspect(self.db, &id);
        let mut labels = BTreeMap::new();
        for (at, done) in self.done.clone().into_iter().enumerate() {
            match done {
                Done::Imported(file, _) => {
                    let import = file.inspection(&id).import(self.db).import.id;
                    labels.insert(import, format!("import {at}"));
                }
                Done::Withdrawn(number, division) => {
                    withdrawn(self.db, &id, number, division);
                }
                Done::Undone => {}
            }
        }
        let wanted = dump(self.db, &id, &labels);
        assert_eq!(self.dump(), wanted);
    }

    /// The history of petitions can be read backwards: each revision says what the record said after it.
    fn read_backwards(&mut self) {
        let page = petitions::list(
            self.db,
            &Reach::All,
            &self.inspection,
            &PetitionFilter::default(),
            "",
            100,
        )
        .unwrap();
        let mut said: BTreeMap<(String, String), Map<String, Value>> = BTreeMap::new();
        for record in page.rows {
            let number = record.petition.number.clone();
            said.insert((number.clone(), String::new()), fields(&record.petition.wording));
            for part in record.handlings.iter().filter(|part| part.reported) {
                said.insert((number.clone(), part.division.clone()), fields(&part.content));
            }
        }
        let wording = fields_of(&PetitionWording::default());
        let end = feed::end(self.db, &self.inspection).unwrap().unwrap();
        let all = revisions::behind(
            self.db,
            &Reach::All,
            &self.inspection,
            &revisions::ChangeFilter::default(),
            (0, end.sequence),
            5_000,
        )
        .unwrap();
        for revision in all
            .rows
            .iter()
            .rev()
            .filter(|revision| revision.kind == RecordKind::Petition.code())
        {
            let gone = [Change::Removed.code(), Change::Withdrawn.code()].contains(&revision.change);
            let own = (revision.number.clone(), revision.division.clone());
            if revision.division.is_empty() && gone {
                said.remove(&own); // of whatever came after it
            }
            if revision.change == Change::Created.code() {
                said.remove(&own);
            }
            if revision.change == Change::Late.code() {
                continue;
            }
            for change in revision
                .fields()
                .into_iter()
                .filter(|change| change.field != "assigned")
            {
                let key = match wording.contains(&change.field) {
                    true => (revision.number.clone(), String::new()),
                    false => own.clone(),
                };
                let state = said.entry(key).or_default();
                let now = state.remove(&change.field).unwrap_or_default();
                assert_eq!(now, change.after, "{revision:?}");
                if !change.before.is_null() {
                    state.insert(change.field, change.before);
                }
            }
        }
    }
}

fn withdrawn(db: &mut Db, inspection: &str, number: usize, division: Option<usize>) -> bool {
    let wanted = Withdrawal {
        inspection_id: inspection,
        kind: RecordKind::Petition.code(),
        number: NUMBERS[number],
        division: division.map_or("", |at| COUNTIES[at]),
        actor: "reviewer",
        reason: "wrong",
        at_utc: Utc::now().naive_utc(),
    };
    match withdraw(db, wanted, |_| Ok(())) {
        Ok(told) => {
            assert!(!told.is_empty());
            true
        }
        Err(WithdrawError::Unknown) => false,
        Err(error) => panic!("{error}"),
    }
}

fn fields(said: &impl serde::Serialize) -> Map<String, Value> {
    let Ok(Value::Object(said)) = serde_json::to_value(said) else {
        panic!("an object")
    };
    said.into_iter().filter(|(_, value)| !value.is_null()).collect()
}

fn fields_of(said: &impl serde::Serialize) -> BTreeSet<String> {
    let Ok(Value::Object(said)) = serde_json::to_value(said) else {
        panic!("an object")
    };
    said.into_iter().map(|(name, _)| name).collect()
}

/// More cases than the usual ones, for whoever changes how imports are undone.
const CASES: &str = "DUCHA_UNDO_CASES";

fn holds(fresh: &Fresh, cases: u32) {
    let mut db = fresh.open();
    ducha_records::migrate::up(&mut db).unwrap();
    // A test survives no power cut.
    let hurry = match db.backend() {
        Backend::Sqlite => "PRAGMA synchronous = OFF",
        Backend::Postgres => "SET synchronous_commit = off",
    };
    db.batch_execute(hurry).unwrap();
    let cases = std::env::var(CASES).map_or(cases, |cases| cases.parse().unwrap());
    let db = std::cell::RefCell::new(db);
    let worlds = std::cell::Cell::new(0);
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 300,
        ..Config::default()
    };
    let mut runner = TestRunner::new(config);
    let outcome = runner.run(&prop::collection::vec(step(), 2..14), |steps| {
        worlds.set(worlds.get() + 1);
        let mut db = db.borrow_mut();
        let inspection = format!("w{}", worlds.get());
        inspect(&mut db, &inspection);
        let mut world = World {
            db: &mut db,
            inspection,
            done: Vec::new(),
            replays: 0,
        };
        for step in &steps {
            world.take(step);
        }
        world.compare();
        world.read_backwards();
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    let faults = faults(&mut db.borrow_mut());
    assert_eq!(faults.len(), 0, "the first is {:?}", faults.first());
}

/// What is not whole in the database.
fn faults(db: &mut Db) -> Vec<Fault> {
    struct Faults(Vec<Fault>);

    impl Observer for Faults {
        fn looked(&mut self, _: Check, _: u64) {}

        fn found(&mut self, fault: Fault) {
            self.0.push(fault);
        }
    }

    let mut faults = Faults(Vec::new());
    verify::records(db, &mut faults).unwrap();
    faults.0
}

#[test]
fn what_is_stored_is_what_the_imports_that_stand_would_have_stored_on_sqlite() {
    holds(&Fresh::sqlite(), 40);
}

#[test]
fn what_is_stored_is_what_the_imports_that_stand_would_have_stored_on_postgres() {
    holds(&Fresh::postgres(), 16);
}
