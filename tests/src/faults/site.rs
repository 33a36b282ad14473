//! A database and a file store, with ledgers to import and what must hold afterwards.

use std::process::{Command, Stdio};

use chrono::NaiveDate;
use diesel::sql_types::{BigInt, Nullable, Text};
use diesel::{QueryableByName, RunQueryDsl};
use ducha_records::Db;
use ducha_records::codes::{Acceptance, ImportState, Mode};
use ducha_records::imports::{Import, NewImport};
use ducha_records::queue::{self, Received};
use ducha_records::store::Store;
use tempfile::TempDir;

use super::{PATIENCE, Tally, block_on, within};
use crate::ledger::{self, HEADER, Ledgers};
use crate::{Backend, INSPECTION, TestDatabase, inspection, program};

/// Petitions of one day have four digits.
const A_DAY: u32 = 9_000;

/// What a server allows a division, unless it is told otherwise.
const LIMITS: [&str; 6] = [
    "DUCHA_CREDENTIAL_CALLS_PER_SECOND",
    "DUCHA_CREDENTIAL_BURST_CALLS",
    "DUCHA_DIVISION_CALLS_PER_SECOND",
    "DUCHA_DIVISION_BURST_CALLS",
    "DUCHA_DIVISION_UPLOADS",
    "DUCHA_DIVISION_QUEUED_IMPORTS",
];

/// A database with the schema and an inspection, and an empty file store.
pub(super) struct Site {
    pub database: TestDatabase,
    files: TempDir,
    ledgers: Ledgers,
    /// Petitions whose numbers were given away.
    numbered: u32,
}

/// One number that a query gives.
#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = Nullable<BigInt>)]
    counted: Option<i64>,
}

/// An import in the queue, as far as faults have to do with it.
#[derive(QueryableByName, Debug, Clone)]
pub(super) struct Row {
    #[diesel(sql_type = Text)]
    pub id: String,
    #[diesel(sql_type = BigInt)]
    pub state: i64,
    #[diesel(sql_type = Text)]
    pub sha256: String,
}

impl Site {
    pub fn new(backend: Backend) -> Self {
        Self::over(TestDatabase::ready(backend))
    }

    /// Over a database with the schema.
    pub fn over(database: TestDatabase) -> Self {
        ducha_records::inspections::create(&mut database.open(), &inspection()).expect("the inspection");
        Self {
            database,
            files: tempfile::tempdir().expect("a folder for the file store"),
            ledgers: Ledgers::new(),
            numbered: 0,
        }
    }

    /// The URL of its file store.
    pub fn store(&self) -> String {
        format!("file://{}", self.files.path().display())
    }

    /// A worker of it, through this database URL.
    pub fn worker(&self, url: &str) -> Command {
        let mut command = program::command("ducha-worker");
        command
            .args(["run", "--database", url, "--store", &self.store()])
            .stdin(Stdio::null());
        command
    }

    /// Has a worker do what there is to do.
    pub fn worked(&self, tally: &mut Tally) {
        let said = program::run(self.worker(&self.database.url()).arg("--once"));
        tally.expect(said.status == Some(0), || format!("the worker: {said:?}"));
    }

    /// A server of it on a free port.
    pub fn server(&self) -> Command {
        let mut command = program::command("ducha-server");
        command
            .args(["serve", "--no-access-control", "--listen", "127.0.0.1:0"])
            .args(["--store", &self.store()])
            .env("DUCHA_DATABASE", self.database.server_url());
        // Faults are about what is promised to everybody who gets in.
        for limit in LIMITS {
            command.env(limit, "0");
        }
        command
    }

    /// The bytes of a ledger of petitions that no other ledger has.
    pub fn ledger(&mut self, rows: u32) -> Vec<u8> {
        let numbers: Vec<String> = (self.numbered..self.numbered + rows).map(number).collect();
        self.numbered += rows;
        let mut all = vec![HEADER];
        all.extend(numbers.iter().map(|number| ledger::good(number, "南明区")));
        std::fs::read(self.ledgers.sheet("台账.xlsx", &all)).expect("a workbook")
    }

    /// Puts a ledger into the store and the queue, as the server does; its import.
    pub fn put(&self, bytes: &[u8]) -> Received {
        let path = self.ledgers.path().join("put.xlsx");
        std::fs::write(&path, bytes).expect("a file");
        let store = self.opened();
        let stored = block_on(store.take(&path)).expect("a stored file");
        let new = NewImport {
            inspection_id: INSPECTION.to_owned(),
            division: Some("520102".to_owned()),
            file_name: "台账.xlsx".to_owned(),
            file_sha256: stored.sha256,
            file_bytes: stored.bytes as i64,
            submitter: "tester".to_owned(),
            request_id: None,
            mode: Mode::Apply,
            acceptance: Acceptance::ValidRows,
            max_refused_share: None,
            complete: false,
        };
        let import = Import {
            // Each claim that is lost counts; here they are lost on purpose.
            max_attempts: 100,
            ..new.received(crate::credentials::now())
        };
        queue::receive(&mut self.database.open(), import, |_, _| Ok(())).expect("a place in the queue")
    }

    /// The same with ledgers that no other has.
    pub fn put_new(&mut self, ledgers: usize, rows: u32) {
        for _ in 0..ledgers {
            let bytes = self.ledger(rows);
            self.put(&bytes);
        }
    }

    /// The file store.
    pub fn opened(&self) -> Store {
        Store::open(&self.store()).expect("the file store")
    }

    /// One number.
    pub fn counted(&self, sql: &str) -> i64 {
        counted(&mut self.database.open(), sql)
    }

    /// Every import, oldest first.
    pub fn imports(&self) -> Vec<Row> {
        let sql = "SELECT id, CAST(state AS BIGINT) AS state, file_sha256 AS sha256
                   FROM imports ORDER BY id";
        diesel::sql_query(sql).load(&mut self.database.open()).expect(sql)
    }

    /// Waits until nothing more becomes of any import, and no copy of one is due.
    pub fn settled(&self) -> bool {
        let mut db = self.database.open();
        let open = "SELECT COUNT(*) AS counted FROM imports WHERE state IN (1, 2, 5) OR copies_due";
        within(PATIENCE, || counted(&mut db, open) == 0)
    }

    /// What must hold once all is done: every petition that was numbered is there once and was revised once, by an import
    /// that was applied.
    pub fn whole(&self, imports: usize, tally: &mut Tally) {
        let rows = i64::from(self.numbered);
        let applied = ImportState::Applied.code();
        for (wanted, sql) in [
            (imports as i64, "SELECT COUNT(*) AS counted FROM imports".to_owned()),
            (
                imports as i64,
                format!("SELECT COUNT(*) AS counted FROM imports WHERE state = {applied} AND rows_read = inserted"),
            ),
            (
                rows,
                "SELECT CAST(SUM(inserted) AS BIGINT) AS counted FROM imports".to_owned(),
            ),
            (rows, "SELECT COUNT(*) AS counted FROM petitions".to_owned()),
            (rows, "SELECT COUNT(*) AS counted FROM handlings".to_owned()),
            (rows, "SELECT COUNT(*) AS counted FROM revisions".to_owned()),
            (
                rows,
                "SELECT COUNT(DISTINCT number) AS counted FROM revisions".to_owned(),
            ),
            (rows, "SELECT MAX(sequence) AS counted FROM revisions".to_owned()),
        ] {
            let found = self.counted(&sql);
            tally.expect(found == wanted, || format!("found {found}, wanted {wanted}: {sql}"));
        }
    }
}

/// One number.
pub(super) fn counted(db: &mut Db, sql: &str) -> i64 {
    let found = diesel::sql_query(sql).get_result::<Counted>(db).expect(sql);
    found.counted.unwrap_or_default()
}

fn number(at: u32) -> String {
    let first = NaiveDate::from_ymd_opt(2021, 12, 7).expect("a day");
    let day = first + chrono::Days::new(u64::from(at / A_DAY));
    format!("X2GZ{}{:04}", day.format("%Y%m%d"), at % A_DAY + 1)
}
