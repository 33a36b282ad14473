//! Counts everything anew, and tells where the kept counts differ.

use chrono::NaiveDate;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::{Counting, SUMS, apply, count, days, first_day, latest, settle};
use crate::db::Db;
use crate::dialect::literal;
use crate::schema_counts::counted_inspections;

/// A count that is not what the records say.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Difference {
    /// Which count: area, batch, channel, key case, kinds and, of petitions, conclusion and verdict.
    #[diesel(sql_type = Text)]
    pub what: String,
    /// What is kept.
    #[diesel(sql_type = BigInt)]
    pub kept: i64,
    /// What the records say.
    #[diesel(sql_type = BigInt)]
    pub counted: i64,
}

/// What was held against the records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Counts that are not what the records say.
    pub differences: Vec<Difference>,
    /// Days as of which counts by day were held against the records, ten at most.
    pub days: Vec<NaiveDate>,
    /// Days on which anything changes.
    pub changing: i64,
}

/// Counts all petitions of an inspection anew. In a transaction that holds its lock.
///
/// # Errors
/// The database's.
pub fn recount(db: &mut Db, inspection: &str) -> QueryResult<()> {
    forget_counts(db, inspection)?;
    let mut counting = begin_with_all(db, inspection)?;
    count(db, inspection, 1)?;
    counting.count_days(db, 1)?;
    let until = latest(db, inspection)?;
    apply(db, inspection)?;
    counting.days.apply(db, inspection)?;
    settle(db, inspection, until.unwrap_or_else(first_day))
}

/// Keeps no counts of an inspection any more, until its next ledger: figures are counted from its records.
///
/// # Errors
/// The database's.
pub fn forget_counts(db: &mut Db, inspection: &str) -> QueryResult<()> {
    let of = literal(inspection);
    db.batch_execute(&format!(
        "DELETE FROM petition_counts WHERE inspection_id = {of};
         DELETE FROM measure_counts WHERE inspection_id = {of};
         DELETE FROM petition_count_days WHERE inspection_id = {of};
         DELETE FROM measure_count_days WHERE inspection_id = {of};
         DELETE FROM counted_inspections WHERE inspection_id = {of}"
    ))
}

/// Touches all petitions of an inspection.
fn begin_with_all(db: &mut Db, inspection: &str) -> QueryResult<Counting> {
    let counting = Counting::begin(db, inspection, true)?;
    let of = literal(inspection);
    Counting::touch(db, &format!("SELECT number FROM petitions WHERE inspection_id = {of}"))?;
    Ok(counting)
}

/// Where kept counts differ from the records; nothing where the inspection is not counted yet. Writes temporary tables only.
///
/// # Errors
/// The database's.
pub fn check(db: &mut Db, inspection: &str) -> QueryResult<Checked> {
    let by_day: Option<bool> = counted_inspections::table
        .find(inspection)
        .select(counted_inspections::by_day)
        .first(db)
        .optional()?;
    let mut checked = Checked {
        differences: Vec::new(),
        days: Vec::new(),
        changing: 0,
    };
    let Some(by_day) = by_day else { return Ok(checked) };
    present(db, inspection, &mut checked.differences)?;
    if by_day {
        days::check(db, inspection, &mut checked)?;
    }
    Ok(checked)
}

/// Where the counts of the present differ.
fn present(db: &mut Db, inspection: &str, differences: &mut Vec<Difference>) -> QueryResult<()> {
    drop(begin_with_all(db, inspection)?);
    count(db, inspection, 1)?;
    let of = literal(inspection);
    let handed =
        "scope || ' ' || area || ' ' || batch || ' ' || channel || ' ' || CASE WHEN key_case THEN 'key' ELSE '-' END
        || ' ' || pollution_kinds";
    let petitions = format!(
        "{handed} || ' ' || conclusion || ' ' || substantiated || CASE WHEN contradictory THEN ' contradictory' ELSE '' END"
    );
    differences.extend(compared(db, &of, "petition", &petitions, "petitions")?);
    for sum in SUMS {
        differences.extend(compared(db, &of, "measure", &format!("'{sum} ' || {handed}"), sum)?);
    }
    Ok(())
}

fn compared(db: &mut Db, inspection: &str, kind: &str, what: &str, sum: &str) -> QueryResult<Vec<Difference>> {
    diesel::sql_query(format!(
        "SELECT what, CAST(SUM(kept) AS BIGINT) AS kept, CAST(SUM(counted) AS BIGINT) AS counted FROM (
            SELECT {what} AS what, {sum} AS kept, 0 AS counted FROM {kind}_counts WHERE inspection_id = {inspection}
            UNION ALL
            SELECT {what}, 0, {sum} FROM {kind}_changes
        ) both_counted GROUP BY what HAVING SUM(kept) <> SUM(counted) ORDER BY what"
    ))
    .load(db)
}
