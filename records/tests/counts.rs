//! Kept counts are what the records say, whatever ledgers came in and in which order.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what it expects")]

mod support;

use std::cell::RefCell;
use std::collections::BTreeSet;

use ducha_records::figures::{self, Area, MeasureCell, PetitionCell, areas};
use ducha_records::{Db, Reach, in_transaction};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use support::ledger::*;
use support::on_both;

/// Number, conclusion, verdict, measures, another division that is named.
type CountyRow = (u8, i16, Option<i16>, i32, Option<usize>);

/// A ledger of the property test.
#[derive(Debug, Clone)]
enum Ledger {
    /// Division, reporting month, rows.
    County(usize, u32, Vec<CountyRow>),
    /// The province's list: numbers with the divisions they are handed to.
    Register(Vec<(u8, Vec<usize>)>),
}

const DIVISIONS: [&str; 4] = ["520102", "520103", "520302", "520100"];

fn ledgers() -> impl Strategy<Value = Vec<Ledger>> {
    let row = (
        0..5_u8,
        0..4_i16,
        proptest::option::of(0..4_i16),
        0..3_i32,
        proptest::option::weighted(0.3, 0..4_usize),
    );
    let county = (0..4_usize, 1..5_u32, proptest::collection::vec(row, 1..4))
        .prop_map(|(division, month, rows)| Ledger::County(division, month, rows));
    let listed = (0..5_u8, proptest::collection::vec(0..4_usize, 0..3));
    let register = proptest::collection::vec(listed, 1..4).prop_map(Ledger::Register);
    proptest::collection::vec(prop_oneof![6 => county, 1 => register], 1..8)
}

fn import(db: &mut Db, ledger: &Ledger) {
    match ledger {
        Ledger::County(division, month, rows) => {
            let code = DIVISIONS[*division];
            let mut seen = Vec::new();
            let rows = rows.iter().filter(|row| {
                let new = !seen.contains(&row.0);
                seen.push(row.0);
                new
            });
            let rows: Vec<PetitionRow> = rows
                .map(|(number, conclusion, substantiated, measures, other)| {
                    let named: Vec<&str> = other
                        .iter()
                        .map(|other| DIVISIONS[*other])
                        .filter(|other| *other != code)
                        .collect();
                    petition(&format!("X{number}"), code).assigned(&named).says(|content| {
                        content.conclusion = *conclusion;
                        content.concluded_on = (*conclusion >= 2).then(|| day("2022-01-10"));
                        content.substantiated = *substantiated;
                        content.ordered = Some(*measures);
                        content.fine_fen = Some(i64::from(*measures) * 12_345);
                    })
                })
                .collect();
            drop(
                File::of(&format!("2022-0{month}-28"))
                    .division(code)
                    .petitions(rows)
                    .import(db),
            );
        }
        Ledger::Register(rows) => {
            let mut seen = Vec::new();
            let rows = rows.iter().filter(|row| {
                let new = !seen.contains(&row.0);
                seen.push(row.0);
                new
            });
            let rows: Vec<PetitionRow> = rows
                .map(|(number, divisions)| {
                    let named: BTreeSet<&str> = divisions.iter().map(|division| DIVISIONS[*division]).collect();
                    let named: Vec<&str> = named.into_iter().collect();
                    petition(&format!("X{number}"), PROVINCE)
                        .assigned(&named)
                        .worded(|wording| wording.batch = Some(i32::from(*number)))
                })
                .collect();
            drop(File::register("2022-06-30").petitions(rows).import(db));
        }
    }
}

/// Figures of a far day from the kept counts, and from the records as if nothing were kept.
fn both_ways(db: &mut Db, by: Area) -> [(Vec<PetitionCell>, Vec<MeasureCell>); 2] {
    let areas = areas(db, &Reach::All, PROVINCE, by).unwrap().unwrap();
    let far = day("2035-12-31");
    let kept = (
        figures::petitions(db, ROUND, far, &areas).unwrap(),
        figures::measures(db, ROUND, far, &areas).unwrap(),
    );
    let counted = in_transaction(db, |db| {
        figures::forget_counts(db, ROUND)?;
        let counted = (
            figures::petitions(db, ROUND, far, &areas)?,
            figures::measures(db, ROUND, far, &areas)?,
        );
        Err::<(), _>(Undone::Done(counted))
    });
    let Err(Undone::Done(counted)) = counted else {
        panic!("the transaction is taken back")
    };
    [kept, counted]
}

#[derive(Debug)]
enum Undone {
    Done((Vec<PetitionCell>, Vec<MeasureCell>)),
    Failed(#[allow(dead_code, reason = "shown when a test fails")] diesel::result::Error),
}

impl From<diesel::result::Error> for Undone {
    fn from(error: diesel::result::Error) -> Self {
        Self::Failed(error)
    }
}

#[test]
fn kept_counts_are_what_the_records_say_after_any_ledgers_in_any_order() {
    on_both(|_, db| {
        let db = RefCell::new(db);
        let mut runner = TestRunner::new(Config::with_cases(12));
        let run = runner.run(&ledgers(), |ledgers| {
            let db = &mut **db.borrow_mut();
            // Each case begins with nothing.
            wipe(db);
            inspect(db, ROUND);
            for ledger in &ledgers {
                import(db, ledger);
                let wrong = checked(db);
                prop_assert_eq!(wrong, vec![]);
            }
            for by in [Area::Whole, Area::Below, Area::Each] {
                let [kept, counted] = both_ways(db, by);
                prop_assert_eq!(kept, counted);
            }
            Ok(())
        });
        run.unwrap();
    });
}

fn checked(db: &mut Db) -> Vec<figures::Difference> {
    in_transaction(db, |db| figures::check(db, ROUND)).unwrap().differences
}

fn wipe(db: &mut Db) {
    use diesel::connection::SimpleConnection;
    for table in [
        "handlings",
        "former_handlings",
        "petitions",
        "revisions",
        "imports",
        "petition_counts",
        "measure_counts",
        "petition_count_days",
        "measure_count_days",
        "counted_inspections",
        "inspections",
    ] {
        db.batch_execute(&format!("DELETE FROM {table}")).unwrap();
    }
}

#[test]
fn a_wrong_count_is_named_and_a_recount_corrects_it() {
    on_both(|_, db| {
        use diesel::connection::SimpleConnection;
        inspect(db, ROUND);
        drop(
            File::of("2022-01-31")
                .petitions([concluded("X1", NANMING, "2022-01-10")])
                .import(db),
        );
        db.batch_execute("UPDATE petition_counts SET petitions = 7 WHERE area = '520100'")
            .unwrap();
        let wrong = checked(db);
        assert_eq!(wrong.len(), 1, "{wrong:?}");
        assert!(wrong[0].what.starts_with("1 520100 -1 0 - 0 2"), "{wrong:?}");
        assert_eq!((wrong[0].kept, wrong[0].counted), (7, 1));
        in_transaction(db, |db| figures::recount(db, ROUND)).unwrap();
        assert_eq!(checked(db), []);
    });
}

#[test]
fn an_inspection_from_before_there_were_counts_is_counted_with_its_next_ledger() {
    on_both(|_, db| {
        inspect(db, ROUND);
        drop(
            File::of("2022-01-31")
                .petitions([concluded("X1", NANMING, "2022-01-10")])
                .import(db),
        );
        in_transaction(db, |db| figures::forget_counts(db, ROUND)).unwrap();
        drop(
            File::of("2022-01-31")
                .division(YUNYAN)
                .petitions([petition("X2", YUNYAN)])
                .import(db),
        );
        assert_eq!(checked(db), []);
        let [kept, counted] = both_ways(db, Area::Whole);
        assert_eq!(kept, counted);
        assert_eq!(kept.0.iter().map(|cell| cell.petitions).sum::<i64>(), 2);
    });
}
