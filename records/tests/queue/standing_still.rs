//! Workers that stand still in a transaction, on PostgreSQL: SQLite's one writer keeps everybody out, whatever it does.

use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use ducha_records::importing::Stage;
use ducha_records::login::Limits;
use ducha_records::{Db, Login, Scope, inspections, migrate};

use super::support::Fresh;
use super::support::ledger::{ROUND, inspect};
use super::{claimed, queued, time_passes};

fn ready() -> (Fresh, Db) {
    let fresh = Fresh::postgres();
    let mut db = fresh.open();
    migrate::up(&mut db).unwrap();
    inspect(&mut db, ROUND);
    (fresh, db)
}

/// A connection whose transactions may stand still for so long.
fn worker(fresh: &Fresh, still: Duration) -> Db {
    let login = Login {
        limits: Some(Limits {
            idle_in_transaction: Some(still),
            ..Limits::default()
        }),
        ..Login::anybody(&fresh.url)
    };
    login.open_for(&Scope::Worker).unwrap()
}

#[derive(QueryableByName)]
struct Setting {
    #[diesel(sql_type = Text)]
    limit: String,
}

fn limit(db: &mut Db) -> String {
    let sql = "SELECT current_setting('idle_in_transaction_session_timeout') AS \"limit\"";
    diesel::sql_query(sql).get_result::<Setting>(db).unwrap().limit
}

#[test]
fn what_a_lost_worker_wrote_beside_its_import_does_not_hide_the_import() {
    let (fresh, mut db) = ready();
    let id = queued(&mut db, 'a');
    claimed(&mut db, "lost").unwrap();
    let mut lost = fresh.open();
    lost.batch_execute(&format!(
        "BEGIN; INSERT INTO import_files VALUES ('{id}', 1, 'a.xlsx', '{}', 1)",
        "a".repeat(64)
    ))
    .unwrap();
    time_passes(&mut db);
    assert_eq!(claimed(&mut db, "next").map(|import| import.id), Some(id));
}

#[test]
fn a_worker_that_stands_still_keeps_an_inspection_no_longer_than_it_may() {
    let (fresh, mut db) = ready();
    let mut still = worker(&fresh, Duration::from_millis(200));
    still.batch_execute("BEGIN").unwrap();
    inspections::hold(&mut still, ROUND).unwrap();
    // Waits for the lock.
    inspections::hold(&mut db, ROUND).unwrap();
    assert!(still.batch_execute("COMMIT").is_err(), "the transaction was ended");
}

#[test]
fn staging_may_wait_for_the_reader_longer_than_a_transaction_that_keeps_others_out() {
    let (fresh, mut db) = ready();
    let mut reading = worker(&fresh, Duration::from_millis(200));
    let stage = Stage::open(&mut reading).unwrap();
    // Time passes in the database, whose clock counts.
    diesel::sql_query("SELECT pg_sleep(0.6)").execute(&mut db).unwrap();
    drop(stage);
    assert_eq!(limit(&mut reading), "200ms", "its connection still stands");
}
