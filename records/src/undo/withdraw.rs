//! A reviewer takes out what a division reported, or a whole record.
//!
//! What is taken out is gone; whose part it is, the province's list goes on to say. Later ledgers may report it again. Imports
//! that reported it before are undone without it from then on.

use chrono::NaiveDateTime;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, SmallInt, Text};

use super::number;
use super::tables::{Holds, Table, not_begun};
use super::told::As;
use super::work::{self, Subject};
use crate::codes::{Change, RecordKind};
use crate::db::Db;
use crate::dialect;
use crate::dialect::scope;
use crate::importing;
use crate::revisions::Revision;
use crate::schema::{reasons, revisions};

/// What is to be withdrawn, and by whom.
#[derive(Debug, Clone, Copy)]
pub struct Withdrawal<'a> {
    /// The inspection.
    pub inspection_id: &'a str,
    /// [`RecordKind`] or [`crate::codes::PlainKind`].
    pub kind: i16,
    /// Number of the record.
    pub number: &'a str,
    /// Whose part; empty: a petition or a task with all its parts.
    pub division: &'a str,
    /// Who does it.
    pub actor: &'a str,
    /// Why, in their words.
    pub reason: &'a str,
    /// Now, UTC.
    pub at_utc: NaiveDateTime,
}

/// Why nothing was withdrawn.
#[derive(Debug, thiserror::Error)]
pub enum WithdrawError {
    /// There is no such record, or the division has reported nothing of it.
    #[error("there is no such record")]
    Unknown,
    /// The database failed.
    #[error(transparent)]
    Query(#[from] diesel::result::Error),
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

/// Withdraws a record, or a division's part of one. Returns the revisions that say so. `also` runs in the same transaction.
///
/// # Errors
/// [`WithdrawError`]; nothing changes then.
pub fn withdraw(
    db: &mut Db,
    wanted: Withdrawal<'_>,
    also: impl FnOnce(&mut Db) -> QueryResult<()>,
) -> Result<Vec<Revision>, WithdrawError> {
    dialect::write(db, |db| {
        let last_sequence = importing::lock(db, wanted.inspection_id)?.last_sequence;
        // The state of a shared record is derived from all its parts, whoever reaches them.
        scope::for_all(db, |db| take(db, wanted, last_sequence))?;
        also(db)?;
        let told = revisions::table
            .filter(revisions::inspection_id.eq(wanted.inspection_id))
            .filter(revisions::sequence.gt(last_sequence))
            .order(revisions::sequence)
            .select(Revision::as_select())
            .load(db)?;
        Ok(told)
    })
}

/// What happens under the inspection's lock.
fn take(db: &mut Db, wanted: Withdrawal<'_>, last_sequence: i64) -> Result<(), WithdrawError> {
    let tables = Table::all();
    work::begin(db, &Subject::withdrawal(wanted.inspection_id, wanted.at_utc))?;
    if !take_out(db, &tables, wanted)? {
        return Err(WithdrawError::Unknown);
    }
    let by = As {
        inspection_id: wanted.inspection_id,
        import_id: "",
        actor: wanted.actor,
        reason: Some(wanted.reason),
        at_utc: wanted.at_utc,
        back: Change::Withdrawn,
        gone: Change::Withdrawn,
    };
    let written = work::change(db, &tables, &by, last_sequence)?;
    forget(db, &tables, wanted)?;
    number(db, wanted.inspection_id, last_sequence + written)?;
    work::end(db)?;
    Ok(())
}

/// Notes the rows that go. Whether there are any.
fn take_out(db: &mut Db, tables: &[Table], wanted: Withdrawal<'_>) -> QueryResult<bool> {
    diesel::sql_query(
        "INSERT INTO undo_origins (kind, number, division, sheet, row_number) VALUES ($1, $2, $3, '', 0)",
    )
    .bind::<SmallInt, _>(wanted.kind)
    .bind::<Text, _>(wanted.number)
    .bind::<Text, _>(wanted.division)
    .execute(db)?;
    let whole = wanted.division.is_empty();
    for table in tables.iter().filter(|table| table.holds.kind() == wanted.kind) {
        match table.holds {
            Holds::Records(_) if !whole => {}
            Holds::Parts(kind) if !whole => db.batch_execute(&of_part(table, kind))?,
            Holds::Records(_) | Holds::Parts(_) => {
                db.batch_execute(&table.fill(include_str!("withdraw_record.sql")))?
            }
            Holds::Plain(_) => db.batch_execute(&table.fill(include_str!("withdraw_plain.sql")))?,
        }
    }
    let found: Found = diesel::sql_query("SELECT COUNT(*) AS rows FROM undo_rows").get_result(db)?;
    Ok(found.rows > 0)
}

fn of_part(table: &Table, kind: RecordKind) -> String {
    let states = not_begun(kind);
    importing::Tables::of(kind)
        .fill(&table.fill(include_str!("withdraw_part.sql")))
        .replace("{states}", &states.join(", "))
        .replace("{not_begun}", &vec!["0"; states.len()].join(", "))
}

/// What was kept with the rows that are gone: the image of a part that goes back to being assigned, and reasons.
fn forget(db: &mut Db, tables: &[Table], wanted: Withdrawal<'_>) -> QueryResult<()> {
    for table in tables {
        db.batch_execute(&table.fill("DELETE FROM before_{table} WHERE before_import = ''"))?;
    }
    let of_record = reasons::table
        .filter(reasons::inspection_id.eq(wanted.inspection_id))
        .filter(reasons::number.eq(wanted.number).and(reasons::kind.eq(wanted.kind)));
    if wanted.division.is_empty() {
        return diesel::delete(of_record).execute(db).map(drop);
    }
    diesel::delete(of_record.filter(reasons::division.eq(wanted.division)))
        .execute(db)
        .map(drop)
}
