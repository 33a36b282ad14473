//! Rows that become records before the commit: PostgreSQL copies them into temporary tables and inserts them from there,
//! since it copies nothing into tables whose rows are guarded; SQLite binds the values of a row once, and triggers write
//! what it becomes.

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::prelude::*;

use super::{PUT_OFF, stage_petitions};
use crate::db::Db;
use crate::importing::StagedPetition;
use crate::importing::direct::{self, With};
use crate::schema_early::{early_handlings, early_petitions, early_revisions};

/// Makes the staging transaction one that writes records. On SQLite it takes the write lock, which it could not once
/// another connection wrote: the staging is committed, which wrote temporary tables only, and another begun.
pub(crate) fn begin(db: &mut Db, with: With<'_>) -> QueryResult<()> {
    match db {
        Db::Postgres(pg) => pg.batch_execute(TABLES),
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
    let new: Vec<_> = rows.iter().map(|row| direct::petition(row, with)).collect();
    diesel::copy_from(early_petitions::table)
        .from_insertable(new)
        .execute(pg)?;
    let new: Vec<_> = rows.iter().map(|row| direct::handling(row, with)).collect();
    diesel::copy_from(early_handlings::table)
        .from_insertable(new)
        .execute(pg)?;
    let new: Vec<_> = rows.iter().filter_map(|row| direct::revision(row, with)).collect();
    diesel::copy_from(early_revisions::table)
        .from_insertable(new)
        .execute(pg)?;
    pg.batch_execute(MOVE)
}

/// Each has the columns of its table, in their order.
const TABLES: &str = "
    CREATE TEMPORARY TABLE IF NOT EXISTS early_petitions (LIKE petitions INCLUDING DEFAULTS);
    CREATE TEMPORARY TABLE IF NOT EXISTS early_handlings (LIKE handlings INCLUDING DEFAULTS);
    CREATE TEMPORARY TABLE IF NOT EXISTS early_revisions (LIKE revisions INCLUDING DEFAULTS);
    TRUNCATE early_petitions, early_handlings, early_revisions";
const MOVE: &str = "
    INSERT INTO petitions SELECT * FROM early_petitions;
    INSERT INTO handlings SELECT * FROM early_handlings;
    INSERT INTO revisions SELECT * FROM early_revisions;
    TRUNCATE early_petitions, early_handlings, early_revisions";

/// Makes the staging table a table again.
pub(crate) fn end(db: &mut Db) -> QueryResult<()> {
    match db {
        Db::Postgres(_) => Ok(()),
        Db::Sqlite(lite) => {
            lite.batch_execute("DROP VIEW stage_petitions; ALTER TABLE kept_petitions RENAME TO stage_petitions")
        }
    }
}
