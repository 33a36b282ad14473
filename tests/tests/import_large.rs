//! A large ledger, whose rows PostgreSQL merges while the file is read, ends as a small one does.

use diesel::sql_types::BigInt;
use diesel::{QueryableByName, RunQueryDsl};
use ducha_tests::ledger::{self, HEADER, Ledgers, Told};
use ducha_tests::{Backend, TestDatabase};

/// More than are merged at once.
const ROWS: u32 = 24_000;

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

fn number(database: &TestDatabase, sql: &str) -> i64 {
    diesel::sql_query(sql)
        .get_result::<Number>(&mut database.open())
        .expect(sql)
        .number
}

fn rows() -> Vec<Vec<String>> {
    let mut rows = vec![HEADER.map(str::to_owned).to_vec()];
    rows.extend((0..ROWS).map(|at| {
        let number = format!("X2GZ202112{:02}{:04}", 6 + at / 9_000, at % 9_000 + 1);
        ledger::good(&number, "南明区").map(str::to_owned).to_vec()
    }));
    rows
}

/// Imports the rows into a new database of each kind.
fn imported(rows: &[Vec<String>], check: impl Fn(&TestDatabase, &Told, &Ledgers)) {
    let ledgers = Ledgers::new();
    ledgers.sheet("520102-台账.xlsx", rows);
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let database = TestDatabase::ready(backend);
        let told = ledger::import(&database.url(), &[], ledgers.path());
        check(&database, &told, &ledgers);
        let numbered = "SELECT COUNT(*) AS number FROM revisions";
        let last = "SELECT last_sequence AS number FROM inspections";
        assert_eq!(
            number(&database, numbered),
            number(&database, last),
            "revisions are numbered without gaps"
        );
    }
}

fn count(told: &Told, key: &str) -> u64 {
    told.files[0][key].as_u64().expect(key)
}

#[test]
fn every_row_of_a_large_ledger_is_in_and_the_same_again_changes_nothing() {
    imported(&rows(), |database, told, ledgers| {
        assert_eq!(
            (count(told, "inserted"), count(told, "refused")),
            (u64::from(ROWS), 0),
            "{}",
            told.said.err
        );
        assert_eq!(
            number(database, "SELECT COUNT(*) AS number FROM petitions"),
            i64::from(ROWS)
        );
        assert_eq!(
            number(database, "SELECT COUNT(*) AS number FROM handlings"),
            i64::from(ROWS)
        );
        let again = ledger::import(&database.url(), &[], ledgers.path());
        assert_eq!(
            (count(&again, "unchanged"), count(&again, "inserted")),
            (u64::from(ROWS), 0)
        );
    });
}

#[test]
fn a_number_that_comes_again_in_the_last_row_refuses_the_first_row_too() {
    let mut rows = rows();
    rows.push(rows[1].clone());
    imported(&rows, |database, told, _| {
        assert_eq!(
            (count(told, "inserted"), count(told, "refused")),
            (u64::from(ROWS) - 1, 2),
            "{}",
            told.said.err
        );
        let twice: Vec<_> = told
            .findings
            .iter()
            .filter(|finding| finding["rule"] == "X001")
            .collect();
        assert_eq!(twice.len(), 2, "each row is told once");
        let stored = "SELECT COUNT(*) AS number FROM petitions WHERE number = 'X2GZ202112060001'";
        assert_eq!(number(database, stored), 0);
    });
}

#[test]
fn a_reporting_date_in_the_last_row_is_that_of_every_row() {
    let mut rows = rows();
    rows.push(vec!["填报日期：2022年1月31日".to_owned()]);
    imported(&rows, |database, told, _| {
        assert_eq!(count(told, "inserted"), u64::from(ROWS), "{}", told.said.err);
        let dated = "SELECT COUNT(*) AS number FROM handlings WHERE reported_on = '2022-01-31'";
        assert_eq!(number(database, dated), i64::from(ROWS));
    });
}
