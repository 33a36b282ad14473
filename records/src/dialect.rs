//! What the multi type cannot do, or what one database needs said differently. Every `match` on the backend outside
//! `db` and `migrate` stands here, with the reason.

pub(crate) mod clock;
pub(crate) mod early;
pub(crate) mod scope;
pub(crate) mod search;
pub(crate) mod whole;

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::prelude::*;
use diesel::sql_types::{Array, Text};

use crate::accountability::{StagedAccountability, StagedIssue};
use crate::activities::StagedActivity;
use crate::alerts::StagedAlert;
use crate::db::Db;
use crate::figures::{CountArea, MeasureChange, MeasureDay, PetitionChange, PetitionDay};
use crate::findings::NewFinding;
use crate::importing::{
    KnownRow, StagedAssignment, StagedBase, StagedCell, StagedDelta, StagedPetition, StagedReason, StagedTask,
};
use crate::imports::planned::StoredRow;
use crate::indicators::StagedIndicator;
use crate::schema::{imports, planned_rows, revisions};
use crate::schema_counts::{count_areas, measure_changes, measure_day_changes, petition_changes, petition_day_changes};
use crate::schema_plain::{stage_accountabilities, stage_activities, stage_alerts, stage_indicators, stage_issues};
use crate::schema_stage::{
    stage_assigned, stage_bases, stage_cells, stage_deltas, stage_findings, stage_known, stage_petitions,
    stage_reasons, stage_tasks,
};
use crate::schema_undo::{undo_said, undo_states};
use crate::undo::{NotedState, SaidRow, ToldRevision};

/// Runs `work` in a transaction that writes. All of it happens, or none.
///
/// SQLite takes its write lock at once: a transaction that reads first and then finds another writer could not go on.
///
/// # Errors
/// What `work` returns, or the database's.
pub fn write<T, E: From<diesel::result::Error>>(
    db: &mut Db,
    work: impl FnOnce(&mut Db) -> Result<T, E>,
) -> Result<T, E> {
    match db {
        Db::Postgres(pg) => AnsiTransactionManager::begin_transaction(pg)?,
        Db::Sqlite(lite) => AnsiTransactionManager::begin_transaction_sql(lite, "BEGIN IMMEDIATE")?,
    }
    let outcome = work(db);
    match &outcome {
        Ok(_) => commit(db)?,
        Err(_) => rollback(db)?,
    }
    outcome
}

/// SQLite copies its log into the database file at the end of a large transaction, before that returns. A ledger is
/// committed when the log is on the disk; the copying can wait until that was told.
pub(crate) fn put_off_copying(db: &mut Db) -> QueryResult<()> {
    match db {
        Db::Postgres(_) => Ok(()),
        Db::Sqlite(lite) => lite.batch_execute(PUT_OFF),
    }
}

const PUT_OFF: &str = "PRAGMA wal_autocheckpoint = 0";

/// Lets PostgreSQL join a ledger's rows in memory for the rest of this transaction; with its default of 4 MB it would
/// write both sides of each join to disk. SQLite joins by keys.
pub(crate) fn join_in_memory(db: &mut Db) -> QueryResult<()> {
    match db {
        Db::Postgres(pg) => pg.batch_execute("SET LOCAL work_mem = '64MB'"),
        Db::Sqlite(_) => Ok(()),
    }
}

/// Lets transactions that concern the same bytes follow each other, until this one ends. SQLite has one writer anyway.
pub(crate) fn lock_bytes(db: &mut Db, sha256: &str) -> QueryResult<()> {
    match db {
        Db::Postgres(pg) => diesel::sql_query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))")
            .bind::<Text, _>(sha256)
            .execute(pg)
            .map(drop),
        Db::Sqlite(_) => Ok(()),
    }
}

/// The channel on which PostgreSQL tells workers that something was put into the queue.
pub(crate) const CHANNEL: &str = "ducha_imports";

/// Wakes the workers once this transaction is committed. Workers on SQLite look by themselves.
pub(crate) fn notify(db: &mut Db) -> QueryResult<()> {
    match db {
        Db::Postgres(pg) => pg.batch_execute(&format!("NOTIFY {CHANNEL}")),
        Db::Sqlite(_) => Ok(()),
    }
}

/// Has this connection hear of [`notify`].
pub(crate) fn listen(db: &mut Db) -> QueryResult<()> {
    match db {
        Db::Postgres(pg) => pg.batch_execute(&format!("LISTEN {CHANNEL}")),
        Db::Sqlite(_) => Ok(()),
    }
}

/// Whether anything was heard since the last time. It asks no database: what has arrived lies at the socket.
pub(crate) fn heard(db: &mut Db) -> QueryResult<bool> {
    match db {
        Db::Postgres(pg) => {
            let mut heard = false;
            for told in pg.notifications_iter() {
                told?;
                heard = true;
            }
            Ok(heard)
        }
        Db::Sqlite(_) => Ok(false),
    }
}

/// What the files of these imports were called. PostgreSQL has a function for it, since a caller may not see the imports.
pub(crate) fn file_names(db: &mut Db, ids: &[String]) -> QueryResult<Vec<(String, String)>> {
    match db {
        Db::Postgres(pg) => {
            let named: Vec<FileName> = diesel::sql_query("SELECT import_id, name FROM import_file_names($1)")
                .bind::<Array<Text>, _>(ids)
                .load(pg)?;
            Ok(named.into_iter().map(|one| (one.import_id, one.name)).collect())
        }
        Db::Sqlite(lite) => imports::table
            .filter(imports::id.eq_any(ids))
            .select((imports::id, imports::file_name))
            .load(lite),
    }
}

#[derive(QueryableByName)]
struct FileName {
    #[diesel(sql_type = Text)]
    import_id: String,
    #[diesel(sql_type = Text)]
    name: String,
}

/// Does what [`put_off_copying`] put off.
pub(crate) fn copy_now(db: &mut Db) -> QueryResult<()> {
    match db {
        Db::Postgres(_) => Ok(()),
        Db::Sqlite(lite) => lite.batch_execute("PRAGMA wal_checkpoint(PASSIVE); PRAGMA wal_autocheckpoint = 1000"),
    }
}

/// Begins a transaction that writes to temporary tables only, and so takes no lock. It may stand still for as long as the
/// reader takes, which may be longer than one that keeps others out.
pub(crate) fn begin_staging(db: &mut Db) -> QueryResult<()> {
    match db {
        Db::Postgres(pg) => {
            AnsiTransactionManager::begin_transaction(pg)?;
            pg.batch_execute(early::MAY_STAND_STILL)
        }
        Db::Sqlite(lite) => AnsiTransactionManager::begin_transaction(lite),
    }
}

pub(crate) fn commit(db: &mut Db) -> QueryResult<()> {
    match db {
        Db::Postgres(pg) => AnsiTransactionManager::commit_transaction(pg),
        Db::Sqlite(lite) => AnsiTransactionManager::commit_transaction(lite),
    }
}

fn rollback(db: &mut Db) -> QueryResult<()> {
    match db {
        Db::Postgres(pg) => AnsiTransactionManager::rollback_transaction(pg),
        Db::Sqlite(lite) => AnsiTransactionManager::rollback_transaction(lite),
    }
}

/// Takes back the staging transaction of a file that will not be committed; without one it does nothing.
pub(crate) fn abandon_staging(db: &mut Db) -> QueryResult<()> {
    if in_transaction(db) { rollback(db) } else { Ok(()) }
}

fn in_transaction(db: &mut Db) -> bool {
    let depth = match db {
        Db::Postgres(pg) => AnsiTransactionManager::transaction_manager_status_mut(pg).transaction_depth(),
        Db::Sqlite(lite) => AnsiTransactionManager::transaction_manager_status_mut(lite).transaction_depth(),
    };
    !matches!(depth, Ok(None)) // an error says that one is open and broken
}

/// Runs `work`, which only reads, on one state of the database: what others commit meanwhile is not seen.
pub(crate) fn snapshot<T>(db: &mut Db, work: impl FnOnce(&mut Db) -> QueryResult<T>) -> QueryResult<T> {
    if in_transaction(db) {
        return work(db);
    }
    match db {
        // Unless told otherwise, PostgreSQL looks anew with each statement; SQLite never does inside a transaction.
        Db::Postgres(pg) => {
            AnsiTransactionManager::begin_transaction_sql(pg, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?;
        }
        Db::Sqlite(lite) => AnsiTransactionManager::begin_transaction(lite)?,
    }
    let outcome = work(db);
    match &outcome {
        Ok(_) => commit(db)?,
        Err(_) => rollback(db)?,
    }
    outcome
}

/// An id as a value in SQL.
pub(crate) fn literal(id: &str) -> String {
    format!("'{}'", id.replace('\'', "''"))
}

/// How the first parameter of a statement in plain SQL is written.
pub(crate) const fn placeholder(db: &Db) -> &'static str {
    match db {
        Db::Postgres(_) => "$1",
        Db::Sqlite(_) => "?",
    }
}

/// The type of a staging table's key: SQLite keeps rows in the order of an `INTEGER PRIMARY KEY` for nothing, while an
/// index on PostgreSQL would cost and its joins hash anyway.
pub(crate) const fn row_key(db: &Db) -> &'static str {
    match db {
        Db::Postgres(_) => "BIGINT NOT NULL",
        Db::Sqlite(_) => "INTEGER PRIMARY KEY",
    }
}

/// The type of a record's key in a staging table: PostgreSQL refuses to compare texts of different collations.
pub(crate) const fn key(db: &Db) -> &'static str {
    match db {
        Db::Postgres(_) => "TEXT COLLATE \"C\"",
        Db::Sqlite(_) => "TEXT",
    }
}

/// Whether an insert that adds to rows which are there may come to each of them once only. PostgreSQL refuses another time; SQLite
/// would sort all of it to bring together what it adds to one row.
pub(crate) const fn adds_once(db: &Db) -> bool {
    matches!(db, Db::Postgres(_))
}

/// Tells PostgreSQL's planner how large the staged rows are; SQLite follows the order of the joins.
pub(crate) fn analyze(db: &mut Db, table: &str) -> QueryResult<()> {
    match db {
        Db::Postgres(pg) => pg.batch_execute(&format!("ANALYZE {table}")),
        Db::Sqlite(_) => Ok(()),
    }
}

/// Writes many rows into a temporary table at once: by COPY on PostgreSQL, by one prepared statement on SQLite, where a multi-row insert would
/// not be prepared.
macro_rules! bulk {
    ($name:ident, $row:ty, $table:expr) => {
        pub(crate) fn $name(db: &mut Db, rows: &[$row]) -> QueryResult<()> {
            if rows.is_empty() {
                return Ok(());
            }
            match db {
                Db::Postgres(pg) => {
                    diesel::copy_from($table).from_insertable(rows).execute(pg)?;
                }
                Db::Sqlite(lite) => {
                    for row in rows {
                        diesel::insert_into($table).values(row).execute(lite)?;
                    }
                }
            }
            Ok(())
        }
    };
}

bulk!(stage_petitions, StagedPetition, stage_petitions::table);
bulk!(stage_tasks, StagedTask, stage_tasks::table);
bulk!(stage_assigned, StagedAssignment, stage_assigned::table);
bulk!(stage_bases, StagedBase, stage_bases::table);
bulk!(stage_indicators, StagedIndicator, stage_indicators::table);
bulk!(stage_issues, StagedIssue, stage_issues::table);
bulk!(
    stage_accountabilities,
    StagedAccountability,
    stage_accountabilities::table
);
bulk!(stage_activities, StagedActivity, stage_activities::table);
bulk!(stage_alerts, StagedAlert, stage_alerts::table);
bulk!(stage_deltas, StagedDelta, stage_deltas::table);
bulk!(stage_known, KnownRow, stage_known::table);
bulk!(stage_findings, NewFinding, stage_findings::table);
bulk!(stage_reasons, StagedReason, stage_reasons::table);
bulk!(count_areas, CountArea, count_areas::table);
bulk!(petition_changes, PetitionChange, petition_changes::table);
bulk!(measure_changes, MeasureChange, measure_changes::table);
bulk!(petition_days, PetitionDay, petition_day_changes::table);
bulk!(measure_days, MeasureDay, measure_day_changes::table);
bulk!(stage_cells, StagedCell, stage_cells::table);
bulk!(undo_said, SaidRow, undo_said::table);
bulk!(undo_states, NotedState, undo_states::table);

/// Writes many rows into a table of records. PostgreSQL copies nothing into a table whose rows are guarded, and SQLite
/// prepares no statement of many rows.
macro_rules! many {
    ($name:ident, $row:ty, $table:expr) => {
        pub(crate) fn $name(db: &mut Db, rows: &[$row]) -> QueryResult<()> {
            match db {
                Db::Postgres(pg) => {
                    // A statement has at most 65,535 parameters.
                    for rows in rows.chunks(1000) {
                        diesel::insert_into($table).values(rows).execute(pg)?;
                    }
                }
                Db::Sqlite(lite) => {
                    for row in rows {
                        diesel::insert_into($table).values(row).execute(lite)?;
                    }
                }
            }
            Ok(())
        }
    };
}

many!(planned_rows, StoredRow, planned_rows::table);
many!(told_revisions, ToldRevision, revisions::table);
