//! kill -9 in the middle of an import leaves nothing behind, and a second run completes it.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use diesel::sql_types::BigInt;
use diesel::{QueryableByName, RunQueryDsl};
use ducha_tests::ledger::{self, HEADER, Ledgers};
use ducha_tests::{Backend, TestDatabase, program};

/// Rows of the ledger: many pieces of a thousand.
const ROWS: u32 = 12_000;
/// Every row breaks a rule that only warns, so that the worker's output tells how far it is.
const WARNED: &str = "请拨打13800000000联系。";

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

fn rows(database: &TestDatabase, table: &str) -> i64 {
    let sql = format!("SELECT COUNT(*) AS rows FROM {table}");
    diesel::sql_query(&sql)
        .get_result::<Count>(&mut database.open())
        .expect(&sql)
        .rows
}

fn large_ledger(ledgers: &Ledgers) {
    let numbers: Vec<String> = (0..ROWS)
        .map(|row| format!("X2GZ202112{:02}{:04}", 6 + row / 9_000, row % 9_000 + 1))
        .collect();
    let mut all = vec![HEADER.map(str::to_owned)];
    all.extend(numbers.iter().map(|number| {
        let mut row = ledger::good(number, "南明区").map(str::to_owned);
        row[5] = format!("{WARNED}{number}");
        row
    }));
    ledgers.sheet("520102-台账.xlsx", &all);
}

/// Starts the import and kills the worker once it has told of `lines` findings.
fn kill_after(database: &TestDatabase, ledgers: &Ledgers, lines: usize) {
    let mut command = program::command("ducha-worker");
    command
        .args(["import", "--output", "json", "--database", &database.url()])
        .arg(ledgers.path());
    let mut worker = command.stdout(Stdio::piped()).spawn().expect("the worker starts");
    let output = BufReader::new(worker.stdout.take().expect("its output"));
    for line in output.lines().take(lines) {
        let line = line.expect("a line");
        assert!(
            line.contains("\"type\":\"finding\""),
            "the worker was done too soon: {line}"
        );
    }
    worker.kill().expect("SIGKILL");
    worker.wait().expect("its end");
}

#[test]
fn a_killed_import_leaves_nothing_behind_and_a_second_run_completes_it() {
    let ledgers = Ledgers::new();
    large_ledger(&ledgers);
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let database = TestDatabase::ready(backend);
        for lines in [1, 3_000, 9_000] {
            kill_after(&database, &ledgers, lines);
            for table in ["petitions", "handlings", "revisions", "findings", "imports"] {
                assert_eq!(
                    rows(&database, table),
                    0,
                    "{table} on {backend:?} after {lines} findings"
                );
            }
        }
        let told = ledger::import(&database.url(), &[], ledgers.path());
        assert_eq!(told.said.status, Some(0), "{}", told.said.err);
        assert_eq!(told.files[0]["inserted"], ROWS);
        assert_eq!(rows(&database, "petitions"), i64::from(ROWS));
        assert_eq!(rows(&database, "revisions"), i64::from(ROWS));
    }
}
