//! Figures of a day from the counts by day.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Date, Text};

use super::super::super::area::Areas;
use super::super::super::petitions::{MeasureCell, PetitionCell};
use super::super::{SUMS, first_day};
use super::apply::first_of_month;
use crate::db::Db;

/// Binds the ends of the months and of the days that a day's figures are the sum of, and the inspection.
macro_rules! as_of {
    ($sql:expr, $inspection:expr, $day:expr) => {
        diesel::sql_query($sql)
            .bind::<Date, _>(first_day())
            .bind::<Date, _>(first_of_month($day))
            .bind::<Date, _>($day.succ_opt().unwrap_or($day))
            .bind::<Text, _>($inspection)
    };
}

/// Counts of petitions as of a day.
///
/// # Errors
/// The database's.
pub(crate) fn petitions(
    db: &mut Db,
    inspection: &str,
    day: NaiveDate,
    areas: &Areas,
) -> QueryResult<Vec<PetitionCell>> {
    let sql = include_str!("petitions.sql").replace("{areas}", &areas.counted());
    as_of!(sql, inspection, day).load(db)
}

/// Counts of measures as of a day.
///
/// # Errors
/// The database's.
pub(crate) fn measures(db: &mut Db, inspection: &str, day: NaiveDate, areas: &Areas) -> QueryResult<Vec<MeasureCell>> {
    let sums = SUMS.map(|sum| format!("CAST(SUM(d.{sum}) AS BIGINT) AS {sum}"));
    let sql = include_str!("measures.sql")
        .replace("{areas}", &areas.counted())
        .replace("{sums}", &sums.join(", "));
    as_of!(sql, inspection, day).load(db)
}
