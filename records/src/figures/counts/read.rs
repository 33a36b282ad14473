//! Figures from kept counts.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::super::area::Areas;
use super::super::petitions::{MeasureCell, PetitionCell};
use super::SUMS;
use crate::db::Db;
use crate::schema_counts::counted_inspections;

/// Whether the kept counts are the figures of this day: it is not before any day that a record counts from.
///
/// # Errors
/// The database's.
pub(crate) fn hold(db: &mut Db, inspection: &str, day: NaiveDate) -> QueryResult<bool> {
    let until: Option<NaiveDate> = counted_inspections::table
        .find(inspection)
        .select(counted_inspections::until_on)
        .first(db)
        .optional()?;
    Ok(until.is_some_and(|until| day >= until))
}

/// Counts of petitions.
///
/// # Errors
/// The database's.
pub(crate) fn petitions(db: &mut Db, inspection: &str, areas: &Areas) -> QueryResult<Vec<PetitionCell>> {
    let sql = format!(
        "SELECT area, NULLIF(batch, -1) AS batch, NULLIF(channel, 0) AS channel, key_case, pollution_kinds,
            CAST(conclusion AS INTEGER) AS conclusion, CAST(NULLIF(substantiated, -1) AS INTEGER) AS substantiated,
            contradictory, petitions
        FROM petition_counts WHERE inspection_id = $1 AND {}
        ORDER BY area, batch, channel, key_case, pollution_kinds, conclusion, substantiated, contradictory",
        areas.counts_sql()
    );
    diesel::sql_query(sql).bind::<Text, _>(inspection).load(db)
}

/// Counts of measures.
///
/// # Errors
/// The database's.
pub(crate) fn measures(db: &mut Db, inspection: &str, areas: &Areas) -> QueryResult<Vec<MeasureCell>> {
    let sql = format!(
        "SELECT area, NULLIF(batch, -1) AS batch, NULLIF(channel, 0) AS channel, key_case, pollution_kinds, {}
        FROM measure_counts WHERE inspection_id = $1 AND {}
        ORDER BY area, batch, channel, key_case, pollution_kinds",
        SUMS.join(", "),
        areas.counts_sql()
    );
    diesel::sql_query(sql).bind::<Text, _>(inspection).load(db)
}
