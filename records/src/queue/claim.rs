//! Who works on what, and for how long.

use std::time::Duration;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::codes::ImportState;
use crate::db::Db;
use crate::dialect;
use crate::imports::Import;
use crate::inspections;
use crate::verdicts::{self, Fell};

/// Seconds that a claim holds without being renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease(pub u32);

impl Lease {
    /// Unless it is said otherwise. A worker that dies holds its import up for so long.
    pub const DEFAULT: Self = Self(60);

    /// How long a transaction of whoever claims may stand still while it keeps others out: a third longer than the claim
    /// holds, so that a worker which lives has failed to renew before, and one that stands still gives way soon after.
    #[must_use]
    pub fn standstill(self) -> Duration {
        Duration::from_secs(self.0.into()) * 4 / 3
    }
}

/// Takes up the next import that waits, or whose worker was lost; `None` if there is none. Divisions take turns, so that a
/// county with many files does not hold up the others: first comes one of the division that is worked on least at the
/// moment, then of the one whose last turn is longest ago, then the oldest. One in a final state, or planned, has its verdict and wants only the workbooks made of it.
///
/// # Errors
/// The database's.
pub fn claim(db: &mut Db, worker: &str, lease: Lease) -> QueryResult<Option<Import>> {
    let (now, until, skip) = (
        dialect::clock::now(db),
        dialect::clock::in_seconds(db, lease.0.into()),
        dialect::clock::skip_locked(db),
    );
    let never = dialect::clock::LONG_AGO;
    let sql = format!(
        "UPDATE imports SET
            state = CASE WHEN state = 1 THEN 2 ELSE state END,
            attempt = attempt + 1, lease_token = lease_token + 1, lease_until_utc = {until}, worker = $1,
            started_at_utc = CASE WHEN copies_due THEN started_at_utc ELSE {now} END,
            rows_read = CASE WHEN copies_due THEN rows_read ELSE 0 END,
            error_code = CASE WHEN copies_due THEN error_code END,
            error_zh = CASE WHEN copies_due THEN error_zh END,
            error_en = CASE WHEN copies_due THEN error_en END
         WHERE id = (
            SELECT w.id FROM imports w
            WHERE w.stored AND (w.state IN (1, 2, 5) OR w.copies_due) AND (w.attempt = 0 OR w.run_at_utc <= {now})
                AND w.attempt < w.max_attempts
                AND (w.state = 1 OR w.lease_until_utc IS NULL OR w.lease_until_utc < {now})
            ORDER BY (
                SELECT COUNT(*) FROM imports b
                WHERE b.lease_until_utc >= {now} AND b.division IS NOT DISTINCT FROM w.division
            ), COALESCE(CASE WHEN w.division IS NULL
                THEN (SELECT MAX(l.started_at_utc) FROM imports l WHERE l.division IS NULL)
                ELSE (SELECT MAX(l.started_at_utc) FROM imports l WHERE l.division = w.division)
            END, {never}), w.id
            LIMIT 1 {skip}
         )
         RETURNING *"
    );
    dialect::write(db, |db| {
        diesel::sql_query(sql).bind::<Text, _>(worker).get_result(db).optional()
    })
}

/// Makes a claim hold for another lease from now, and says how many rows its worker has read. Whether it still held: if
/// not, another has the import, or it was called off.
///
/// # Errors
/// The database's.
pub fn renew(db: &mut Db, id: &str, token: i64, lease: Lease, rows_read: i64) -> QueryResult<bool> {
    let sql = format!(
        "UPDATE imports SET lease_until_utc = {},
            rows_read = CASE WHEN state IN (2, 5) THEN $1 ELSE rows_read END
         WHERE id = $2 AND lease_token = $3 AND (state IN (2, 5) OR copies_due)",
        dialect::clock::in_seconds(db, lease.0.into())
    );
    let renewed = diesel::sql_query(sql)
        .bind::<BigInt, _>(rows_read)
        .bind::<Text, _>(id)
        .bind::<BigInt, _>(token)
        .execute(db)?;
    Ok(renewed == 1)
}

/// Lets go of a claim as if it had not been made: the worker is told to stop. Whether it still held.
///
/// # Errors
/// The database's.
pub fn give_back(db: &mut Db, id: &str, token: i64) -> QueryResult<bool> {
    let given = diesel::sql_query(
        "UPDATE imports SET
            state = CASE WHEN copies_due OR (state = 5 AND mode = 2) THEN state ELSE 1 END,
            rows_read = CASE WHEN copies_due THEN rows_read ELSE 0 END,
            attempt = attempt - 1, lease_until_utc = NULL, worker = NULL
         WHERE id = $1 AND lease_token = $2 AND (state IN (2, 5) OR copies_due)",
    )
    .bind::<Text, _>(id)
    .bind::<BigInt, _>(token)
    .execute(db)?;
    Ok(given == 1)
}

/// Ends the imports whose last worker was lost on the last attempt: as failed, or without copies if their verdict
/// stands. How many.
///
/// # Errors
/// The database's.
pub fn reap(db: &mut Db) -> QueryResult<usize> {
    let now = dialect::clock::now(db);
    let lost = format!("stored AND attempt >= max_attempts AND lease_until_utc < {now}");
    let failed: Vec<Import> =
        diesel::sql_query(format!("SELECT * FROM imports WHERE {lost} AND state IN (2, 5)")).load(db)?;
    let mut reaped = 0;
    for import in failed {
        reaped += dialect::write(db, |db| give_up(db, &import, &lost))?;
    }
    let bare = diesel::sql_query(format!(
        "UPDATE imports SET copies_due = FALSE, lease_token = lease_token + 1, lease_until_utc = NULL
         WHERE {lost} AND copies_due"
    ));
    Ok(reaped + bare.execute(db)?)
}

/// Ends an import as failed, if it is still `lost`. How many that are.
fn give_up(db: &mut Db, import: &Import, lost: &str) -> QueryResult<usize> {
    inspections::hold(db, &import.inspection_id)?;
    let now = dialect::clock::now(db);
    let failed = diesel::sql_query(format!(
        "UPDATE imports SET
            state = 9, finished_at_utc = {now}, lease_token = lease_token + 1, lease_until_utc = NULL,
            error_code = 'WORKER_LOST',
            error_zh = '处理本文件的程序多次中断，文件没有导入。请联系管理员。',
            error_en = 'The program that worked on this file was lost several times, so that nothing was imported. Ask the administrator.'
         WHERE id = $1 AND {lost} AND state IN (2, 5)"
    ))
    .bind::<Text, _>(&import.id)
    .execute(db)?;
    if failed > 0 {
        let import = Import {
            state: ImportState::Failed.code(),
            ..import.clone()
        };
        verdicts::write(db, Fell::of(&import, 0))?;
    }
    Ok(failed)
}
