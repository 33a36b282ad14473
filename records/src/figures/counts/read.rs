//! Figures from kept counts.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::super::area::Areas;
use super::super::petitions::{MeasureCell, PetitionCell};
use super::SUMS;
use crate::db::Db;
use crate::schema_counts::counted_inspections;

/// Which counts are kept that tell a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::figures) enum Kept {
    /// Those of the present: it is not before any day that a record counts from.
    Present,
    /// Those by day.
    ByDay,
    /// None: the inspection was not counted yet, or not by day.
    Nothing,
}

/// Which counts tell this day.
///
/// # Errors
/// The database's.
pub(in crate::figures) fn kept(db: &mut Db, inspection: &str, day: NaiveDate) -> QueryResult<Kept> {
    let kept: Option<(NaiveDate, bool)> = counted_inspections::table
        .find(inspection)
        .select((counted_inspections::until_on, counted_inspections::by_day))
        .first(db)
        .optional()?;
    Ok(match kept {
        Some((until, _)) if day >= until => Kept::Present,
        Some((_, true)) => Kept::ByDay,
        Some((_, false)) | None => Kept::Nothing,
    })
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
