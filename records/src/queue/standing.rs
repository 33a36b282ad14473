//! How the queue stands, for who watches over it.

use chrono::{NaiveDateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, SmallInt};
use strum::IntoEnumIterator;

use crate::codes::ImportState;
use crate::db::Db;
use crate::schema::imports;

/// How many imports are in which state, and how long the oldest of the queue has been there.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Imports by state; a state without any has 0.
    pub imports: Vec<(ImportState, i64)>,
    /// Rows that made or changed a record, of all applied ledgers.
    pub rows: i64,
    /// Seconds since the oldest was handed in that waits or is worked on; 0 without any.
    pub oldest_seconds: f64,
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = SmallInt)]
    state: i16,
    #[diesel(sql_type = BigInt)]
    imports: i64,
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

/// From an index that has these columns.
const COUNT: &str = "
    SELECT state, COUNT(*) AS imports, CAST(SUM(inserted + updated) AS BIGINT) AS rows FROM imports GROUP BY state";

/// How the queue stands now.
///
/// # Errors
/// The database's.
pub fn standing(db: &mut Db) -> QueryResult<Standing> {
    let counted: Vec<Counted> = diesel::sql_query(COUNT).load(db)?;
    let of_state = |state: ImportState| counted.iter().find(|one| one.state == state.code());
    let applied = [ImportState::Applied, ImportState::AppliedInPart];
    let oldest: Option<NaiveDateTime> = imports::table
        .filter(imports::stored)
        .filter(imports::state.eq_any(WAITING.map(ImportState::code)))
        .select(diesel::dsl::min(imports::created_at_utc))
        .first(db)?;
    Ok(Standing {
        imports: ImportState::iter()
            .map(|state| (state, of_state(state).map_or(0, |one| one.imports)))
            .collect(),
        rows: applied
            .iter()
            .filter_map(|state| of_state(*state))
            .map(|one| one.rows)
            .sum(),
        oldest_seconds: oldest.map_or(0.0, |oldest| {
            (Utc::now().naive_utc() - oldest).as_seconds_f64().max(0.0)
        }),
    })
}

/// How many imports of a division wait for a worker, counted up to `most`.
///
/// # Errors
/// The database's.
pub fn waiting_of(db: &mut Db, division: &str, most: u32) -> QueryResult<u32> {
    let waiting: Vec<i16> = imports::table
        .filter(imports::state.eq(ImportState::Received.code()))
        .filter(imports::division.eq(division))
        .select(imports::state)
        .limit(i64::from(most))
        .load(db)?;
    Ok(u32::try_from(waiting.len()).unwrap_or(u32::MAX))
}

const WAITING: [ImportState; 3] = [ImportState::Received, ImportState::Checking, ImportState::Applying];
