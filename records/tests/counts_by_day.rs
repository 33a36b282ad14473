//! Counts by day are what the records say as of any day, whatever ledgers came in, in which order, and what was taken back.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what it expects")]

#[path = "counts_by_day/steps.rs"]
mod steps;
mod support;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use ducha_records::figures::{self, Area, MeasureCell, PetitionCell, areas};
use ducha_records::{Db, Reach, in_transaction};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use steps::{Taken, step};
use support::dump::columns;
use support::ledger::*;
use support::on_both;

/// What is told as of a day, in the order of [`AREAS`] and of what is in them.
type Told = (NaiveDate, Vec<(Vec<PetitionCell>, Vec<MeasureCell>)>);

/// All of the province, what lies directly below it, each division, and all of a prefecture.
const AREAS: [(&str, Area); 4] = [
    (PROVINCE, Area::Whole),
    (PROVINCE, Area::Below),
    (PROVINCE, Area::Each),
    ("520100", Area::Whole),
];

fn told(db: &mut Db, inspection: &str, days: &BTreeSet<NaiveDate>) -> QueryResult<Vec<Told>> {
    let all: Vec<_> = AREAS
        .iter()
        .map(|(root, by)| areas(db, &Reach::All, root, *by).unwrap().unwrap())
        .collect();
    days.iter()
        .map(|day| {
            let figures = all.iter().map(|areas| {
                let petitions = figures::petitions(db, inspection, *day, areas)?;
                Ok((petitions, figures::measures(db, inspection, *day, areas)?))
            });
            Ok((*day, figures.collect::<QueryResult<_>>()?))
        })
        .collect()
}

/// The days on which anything may change, and those around them.
fn days(db: &mut Db, inspection: &str) -> BTreeSet<NaiveDate> {
    #[derive(QueryableByName)]
    struct Day {
        #[diesel(sql_type = diesel::sql_types::Date)]
        day: NaiveDate,
    }
    let of = [
        ("concluded_on", "handlings"),
        ("concluded_on", "former_handlings"),
        ("since_on", "former_handlings"),
        ("COALESCE(since_on, reported_on)", "handlings"),
        ("COALESCE(received_on, since_on, reported_on)", "petitions"),
        ("first_on", "petition_count_days"),
        ("first_on", "measure_count_days"),
    ];
    let each = of.map(|(on, table)| {
        format!("SELECT {on} AS day FROM {table} WHERE inspection_id = '{inspection}' AND {on} IS NOT NULL")
    });
    let changing: Vec<Day> = diesel::sql_query(each.join(" UNION ")).load(db).unwrap();
    changing
        .iter()
        .flat_map(|row| [row.day - Days::new(1), row.day, row.day + Days::new(1)])
        .collect()
}

/// From the kept counts, and from the records as if nothing were kept.
fn both_ways(db: &mut Db, inspection: &str) -> [Vec<Told>; 2] {
    let days = days(db, inspection);
    let kept = told(db, inspection, &days).unwrap();
    let counted = in_transaction(db, |db| {
        figures::forget_counts(db, inspection)?;
        Err::<(), _>(Ended::Told(told(db, inspection, &days)?))
    });
    match counted {
        Err(Ended::Told(counted)) => [kept, counted],
        ended => panic!("{ended:?}"),
    }
}

#[derive(Debug)]
enum Ended {
    Told(Vec<Told>),
    Failed(#[allow(dead_code, reason = "shown when a test fails")] diesel::result::Error),
}

impl From<diesel::result::Error> for Ended {
    fn from(error: diesel::result::Error) -> Self {
        Self::Failed(error)
    }
}

fn checked(db: &mut Db, inspection: &str) -> figures::Checked {
    in_transaction(db, |db| figures::check(db, inspection)).unwrap()
}

/// Everything that is kept by day.
fn kept_rows(db: &mut Db, inspection: &str) -> BTreeSet<String> {
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = diesel::sql_types::Text)]
        line: String,
    }
    let mut all = BTreeSet::new();
    for table in ["petition_count_days", "measure_count_days"] {
        let texts: Vec<String> = columns(db, table)
            .iter()
            .map(|column| format!("CAST({column} AS TEXT)"))
            .collect();
        let sql = format!(
            "SELECT {} AS line FROM {table} WHERE inspection_id = '{inspection}'",
            texts.join(" || ' ' || ")
        );
        let lines: Vec<Line> = diesel::sql_query(sql).load(db).unwrap();
        all.extend(lines.into_iter().map(|row| format!("{table} {}", row.line)));
    }
    all
}

#[test]
fn counts_by_day_are_what_the_records_say_after_any_ledgers_undos_and_withdrawals() {
    on_both(|_, db| {
        let db = RefCell::new(db);
        let case = Cell::new(0);
        let mut runner = TestRunner::new(Config::with_cases(24));
        let run = runner.run(&prop::collection::vec(step(), 1..9), |steps| {
            let db = &mut **db.borrow_mut();
            case.set(case.get() + 1);
            let inspection = format!("case-{}", case.get());
            inspect(db, &inspection);
            let mut taken = Taken::of(&inspection);
            for step in &steps {
                taken.take(db, step);
                let checked = checked(db, &inspection);
                prop_assert_eq!(checked.differences, vec![]);
                prop_assert_eq!(checked.days.is_empty(), checked.changing == 0);
            }
            let [kept, counted] = both_ways(db, &inspection);
            prop_assert_eq!(kept, counted);
            let kept = kept_rows(db, &inspection);
            in_transaction(db, |db| figures::recount(db, &inspection)).unwrap();
            prop_assert_eq!(kept, kept_rows(db, &inspection), "counted anew nothing else is kept");
            Ok(())
        });
        run.unwrap();
    });
}

#[test]
fn rows_that_become_petitions_while_the_file_is_read_count_by_day_as_others_do() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let rows = (0..5_400).map(|number| {
            let conclusion = number as i16 % 4;
            petition(&format!("X{number:05}"), NANMING)
                .worded(|said| {
                    said.batch = Some(number % 3);
                    said.received_on = (number % 5 > 0).then(|| day("2021-12-30") + Days::new(number as u64 % 4));
                })
                .says(|said| {
                    said.conclusion = conclusion;
                    let concluded = day("2022-01-02") + Days::new(number as u64 % 7);
                    said.concluded_on = (conclusion > 1 && number % 9 > 0).then_some(concluded);
                    said.substantiated = Some(number as i16 % 3);
                    said.ordered = Some(number % 2);
                })
        });
        let done = File::of("2022-01-31")
            .division(NANMING)
            .petitions(rows)
            .beside()
            .import(db);
        assert_eq!(done.rows.inserted, 5_400);
        let [kept, counted] = both_ways(db, ROUND);
        assert_eq!(kept, counted);
        let kept = kept_rows(db, ROUND);
        in_transaction(db, |db| figures::recount(db, ROUND)).unwrap();
        assert_eq!(kept, kept_rows(db, ROUND));
    });
}

#[test]
fn a_past_day_is_told_by_counts_and_not_from_the_records() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let row = concluded("X1", NANMING, "2022-01-10");
        drop(File::of("2022-01-31").petitions([row]).import(db));
        db.batch_execute(
            "UPDATE petition_count_days SET petitions = 7 WHERE area = '520100' AND grain = 1 AND conclusion = 2",
        )
        .unwrap();
        let below = areas(db, &Reach::All, PROVINCE, Area::Below).unwrap().unwrap();
        let cells = figures::petitions(db, ROUND, day("2022-01-30"), &below).unwrap();
        assert!(cells.is_empty(), "it came in with the ledger of the 31st: {cells:?}");
        let wrong = checked(db, ROUND);
        assert_eq!(wrong.days, [day("2022-01-30"), day("2022-01-31")]);
        assert_eq!(wrong.changing, 1);
        assert!(!wrong.differences.is_empty());
        assert!(
            wrong.differences[0].what.starts_with("2022-01-31 petitions"),
            "{wrong:?}"
        );
        in_transaction(db, |db| figures::recount(db, ROUND)).unwrap();
        assert_eq!(checked(db, ROUND).differences, []);
    });
}

#[test]
fn an_inspection_from_before_there_were_counts_by_day_is_told_from_its_records_until_its_next_ledger() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let row = concluded("X1", NANMING, "2022-01-10").worded(|said| said.received_on = Some(day("2021-12-07")));
        drop(File::of("2022-01-31").petitions([row]).import(db));
        // As the migration leaves it.
        db.batch_execute(
            "DELETE FROM petition_count_days; DELETE FROM measure_count_days; UPDATE counted_inspections SET by_day = FALSE",
        )
        .unwrap();
        let [kept, counted] = both_ways(db, ROUND);
        assert_eq!(kept, counted);
        assert!(checked(db, ROUND).days.is_empty());
        let row = petition("X2", YUNYAN);
        drop(File::of("2022-02-28").division(YUNYAN).petitions([row]).import(db));
        assert_eq!(checked(db, ROUND).differences, []);
        assert_eq!(checked(db, ROUND).changing, 4);
        let [kept, counted] = both_ways(db, ROUND);
        assert_eq!(kept, counted);
    });
}
