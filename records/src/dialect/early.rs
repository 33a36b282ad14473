//! Rows that become records before the commit: PostgreSQL copies them into the three tables; SQLite binds the values of
//! a row once, and triggers write what it becomes.

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::{PUT_OFF, stage_petitions};
use crate::db::Db;
use crate::importing::StagedPetition;
use crate::importing::direct::{self, With};
use crate::schema::{handlings, petitions, revisions};

/// Rows of one statement: it has at most 65,535 values.
const AT_ONCE: usize = 1_000;

/// Lifts the limit for a transaction that does nothing, and keeps it for when it is wanted again.
pub(super) const MAY_STAND_STILL: &str = "
    SELECT set_config('ducha.standstill', current_setting('idle_in_transaction_session_timeout'), true);
    SET LOCAL idle_in_transaction_session_timeout = 0";
/// Rows that others would wait for are written from here on.
const MAY_NOT_STAND_STILL: &str =
    "SELECT set_config('idle_in_transaction_session_timeout', current_setting('ducha.standstill'), true)";

/// Makes the staging transaction one that writes records. On SQLite it takes the write lock, which it could not once
/// another connection wrote: the staging is committed, which wrote temporary tables only, and another begun.
pub(crate) fn begin(db: &mut Db, with: With<'_>) -> QueryResult<()> {
    match db {
        Db::Postgres(pg) => pg.batch_execute(MAY_NOT_STAND_STILL),
        Db::Sqlite(lite) => {
            AnsiTransactionManager::commit_transaction(lite)?;
            lite.batch_execute(PUT_OFF)?;
            AnsiTransactionManager::begin_transaction_sql(lite, "BEGIN IMMEDIATE")?;
            lite.batch_execute(include_str!("../importing/early_sqlite.sql"))?;
            with.set(db)
        }
    }
}

/// Makes records of rows that have their sequences.
pub(crate) fn write(db: &mut Db, rows: &[StagedPetition], with: With<'_>) -> QueryResult<()> {
    let Db::Postgres(pg) = db else {
        return stage_petitions(db, rows);
    };
    let petitions: Vec<_> = rows.iter().map(|row| direct::petition(row, with)).collect();
    let handlings: Vec<_> = rows.iter().map(|row| direct::handling(row, with)).collect();
    let revisions: Vec<_> = rows.iter().filter_map(|row| direct::revision(row, with)).collect();
    if is_guarded(pg)? {
        return insert(pg, &petitions, &handlings, &revisions);
    }
    diesel::copy_from(petitions::table)
        .from_insertable(petitions)
        .execute(pg)?;
    diesel::copy_from(handlings::table)
        .from_insertable(handlings)
        .execute(pg)?;
    diesel::copy_from(revisions::table)
        .from_insertable(revisions)
        .execute(pg)?;
    Ok(())
}

/// Whether policies hold for the role, as they do for whoever owns the tables: PostgreSQL copies nothing in then.
fn is_guarded(pg: &mut PgConnection) -> QueryResult<bool> {
    diesel::select(sql::<Bool>("row_security_active('petitions')")).get_result(pg)
}

fn insert(
    pg: &mut PgConnection,
    petitions: &[direct::NewPetition<'_>],
    handlings: &[direct::NewHandling<'_>],
    revisions: &[direct::NewRevision<'_>],
) -> QueryResult<()> {
    for rows in petitions.chunks(AT_ONCE) {
        diesel::insert_into(petitions::table).values(rows).execute(pg)?;
    }
    for rows in handlings.chunks(AT_ONCE) {
        diesel::insert_into(handlings::table).values(rows).execute(pg)?;
    }
    for rows in revisions.chunks(AT_ONCE) {
        diesel::insert_into(revisions::table).values(rows).execute(pg)?;
    }
    Ok(())
}

/// Makes the staging table a table again.
pub(crate) fn end(db: &mut Db) -> QueryResult<()> {
    match db {
        Db::Postgres(_) => Ok(()),
        Db::Sqlite(lite) => {
            lite.batch_execute("DROP VIEW stage_petitions; ALTER TABLE kept_petitions RENAME TO stage_petitions")
        }
    }
}
