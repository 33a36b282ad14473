//! What the scheduling of a period is made of: parts of petitions one by one, and who filed.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::{Date, Integer, Nullable, Text};

use super::area::Areas;
use super::{as_of, petitions};
use crate::codes::ImportState;
use crate::db::Db;
use crate::schema::imports;

/// A division's part of a petition as of a day.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct PartFact {
    /// Number of the petition.
    #[diesel(sql_type = Text)]
    pub number: String,
    /// Division.
    #[diesel(sql_type = Text)]
    pub division: String,
    /// Day on which the petition was received.
    #[diesel(sql_type = Nullable<Date>)]
    pub received_on: Option<NaiveDate>,
    /// How far it is, as in `codes::Conclusion`.
    #[diesel(sql_type = Integer)]
    pub conclusion: i32,
}

/// Parts of the petitions of an inspection as of a day, by number and division.
///
/// # Errors
/// The database's.
pub fn parts(db: &mut Db, inspection: &str, day: NaiveDate, areas: &Areas) -> QueryResult<Vec<PartFact>> {
    as_of!(
        petitions::states(areas) + include_str!("petition_parts.sql"),
        inspection,
        day
    )
    .load(db)
}

/// Ledgers with a reporting date in a period that were applied: division, and when they came in (UTC).
///
/// # Errors
/// The database's.
pub fn filed(
    db: &mut Db,
    inspection: &str,
    first: NaiveDate,
    last: NaiveDate,
) -> QueryResult<Vec<(Option<String>, NaiveDateTime)>> {
    let applied = [ImportState::Applied.code(), ImportState::AppliedInPart.code()];
    imports::table
        .filter(imports::inspection_id.eq(inspection))
        .filter(imports::state.eq_any(applied))
        .filter(imports::reported_on.ge(first).and(imports::reported_on.le(last)))
        .order((imports::created_at_utc, imports::id))
        .select((imports::division, imports::created_at_utc))
        .load(db)
}
