//! How an import ends.

use diesel::prelude::*;
use diesel::result::Error;
use diesel::sql_types::{BigInt, Text};

use crate::codes::ImportState;
use crate::db::Db;
use crate::dialect;
use crate::imports::files::{self, ImportFile};
use crate::imports::{self, Import};
use crate::inspections;
use crate::schema::imports as table;
use crate::verdicts::{self, Fell};

/// Why an attempt failed, for a reason outside the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// In upper case.
    pub code: &'static str,
    /// zh-CN.
    pub zh: String,
    /// English.
    pub en: String,
}

/// Stores how an import ended: a new row for one that was not claimed, else in its row, if the claim still holds; and the
/// verdict, behind the `revisions` that were written with it. To be called in a transaction.
///
/// # Errors
/// [`Error::RollbackTransaction`] if the claim does not hold any more, so that the transaction this is part of comes to
/// nothing; else the database's.
pub fn end(db: &mut Db, import: &Import, revisions: i64) -> QueryResult<()> {
    inspections::hold(db, &import.inspection_id)?;
    if import.lease_token == 0 {
        imports::create(db, import)?;
    } else if !settle(db, import)? {
        return Err(Error::RollbackTransaction);
    }
    verdicts::write(db, Fell::of(import, revisions))
}

/// Stores how a claimed import ended, and no verdict; whether its claim still held. The claim is kept if copies are due.
///
/// # Errors
/// The database's.
pub fn settle(db: &mut Db, import: &Import) -> QueryResult<bool> {
    let claimed = table::table
        .find(&import.id)
        .filter(table::lease_token.eq(import.lease_token))
        .filter(table::state.eq_any([ImportState::Checking.code(), ImportState::Applying.code()]));
    let settled = diesel::update(claimed)
        .set((
            table::division.eq(&import.division),
            table::state.eq(import.state),
            table::complete.eq(import.complete),
            table::kinds.eq(&import.kinds),
            table::sheets.eq(&import.sheets),
            table::reported_on.eq(import.reported_on),
            table::rows_read.eq(import.rows_read),
            table::inserted.eq(import.inserted),
            table::updated.eq(import.updated),
            table::unchanged.eq(import.unchanged),
            table::refused.eq(import.refused),
            table::errors.eq(import.errors),
            table::warnings.eq(import.warnings),
            table::notes.eq(import.notes),
            table::error_code.eq(&import.error_code),
            table::error_zh.eq(&import.error_zh),
            table::error_en.eq(&import.error_en),
            table::indexed.eq(import.indexed),
            table::plan_hash.eq(&import.plan_hash),
            table::finished_at_utc.eq(import.finished_at_utc),
            table::copies_due.eq(import.copies_due),
            // The workbooks made of it have as many attempts as the verdict had.
            table::attempt.eq(if import.copies_due { 1 } else { import.attempt }),
        ))
        .execute(db)?;
    if settled == 1 && !import.copies_due {
        let row = table::table.find(&import.id);
        let free = table::lease_until_utc.eq(None::<chrono::NaiveDateTime>);
        diesel::update(row).set(free).execute(db)?;
    }
    Ok(settled == 1)
}

/// Stores the workbooks made of an import and lets go of it; whether its claim still held.
///
/// # Errors
/// The database's.
pub fn copies_done(db: &mut Db, import: &Import, copies: &[ImportFile]) -> QueryResult<bool> {
    dialect::write(db, |db| {
        let due = table::table
            .find(&import.id)
            .filter(table::lease_token.eq(import.lease_token))
            .filter(table::copies_due);
        let done = (
            table::copies_due.eq(false),
            table::lease_until_utc.eq(None::<chrono::NaiveDateTime>),
        );
        if diesel::update(due).set(done).execute(db)? == 0 {
            return Ok(false);
        }
        files::replace(db, &import.id, copies)?;
        Ok(true)
    })
}

/// Ends an attempt that failed: the import waits for `pause` seconds and is then claimed again, or has failed if its
/// attempts are used up. `None` if the claim did not hold any more.
///
/// # Errors
/// The database's.
pub fn fail(db: &mut Db, id: &str, token: i64, why: &Failure, pause: u32) -> QueryResult<Option<ImportState>> {
    let Some(import) = imports::get(db, id)? else {
        return Ok(None);
    };
    dialect::write(db, |db| {
        inspections::hold(db, &import.inspection_id)?;
        let state = attempted(db, id, token, why, pause)?;
        if state == Some(ImportState::Failed) {
            let failed = imports::get(db, id)?.unwrap_or(import);
            verdicts::write(db, Fell::of(&failed, 0))?;
        }
        Ok(state)
    })
}

/// Ends the attempt in the import's row.
fn attempted(db: &mut Db, id: &str, token: i64, why: &Failure, pause: u32) -> QueryResult<Option<ImportState>> {
    let (now, then) = (dialect::clock::now(db), dialect::clock::in_seconds(db, pause.into()));
    let sql = format!(
        "UPDATE imports SET
            state = CASE WHEN attempt >= max_attempts THEN 9 WHEN state = 5 AND mode = 2 THEN 5 ELSE 1 END,
            finished_at_utc = CASE WHEN attempt >= max_attempts THEN {now} END,
            run_at_utc = {then}, lease_until_utc = NULL, rows_read = 0,
            error_code = $1, error_zh = $2, error_en = $3
         WHERE id = $4 AND lease_token = $5 AND state IN (2, 5)"
    );
    let failed = diesel::sql_query(sql)
        .bind::<Text, _>(why.code)
        .bind::<Text, _>(&why.zh)
        .bind::<Text, _>(&why.en)
        .bind::<Text, _>(id)
        .bind::<BigInt, _>(token)
        .execute(db)?;
    if failed == 0 {
        return Ok(None);
    }
    let state: i16 = table::table.find(id).select(table::state).first(db)?;
    Ok(ImportState::from_code(state))
}
