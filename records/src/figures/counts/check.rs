//! Counts everything anew, and tells where the kept counts differ.

use chrono::NaiveDate;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::{SUMS, add, apply, begin, latest, literal, settle, touch};
use crate::db::Db;
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

/// Counts all petitions of an inspection anew. In a transaction that holds its lock.
///
/// # Errors
/// The database's.
pub fn recount(db: &mut Db, inspection: &str) -> QueryResult<()> {
    forget_counts(db, inspection)?;
    all(db, inspection)?;
    let until = latest(db, inspection)?;
    apply(db, inspection)?;
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
         DELETE FROM counted_inspections WHERE inspection_id = {of}"
    ))
}

/// A day before any record.
fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(1, 1, 1).unwrap_or_default()
}

/// Gathers what all petitions of an inspection count.
fn all(db: &mut Db, inspection: &str) -> QueryResult<()> {
    begin(db, inspection, true)?;
    let numbers = format!(
        "SELECT number FROM petitions WHERE inspection_id = {}",
        literal(inspection)
    );
    touch(db, &numbers)?;
    add(db, inspection)
}

/// Where kept counts differ from the records; none where the inspection is not counted yet. Writes temporary tables only.
///
/// # Errors
/// The database's.
pub fn check(db: &mut Db, inspection: &str) -> QueryResult<Vec<Difference>> {
    let counted: i64 = counted_inspections::table.find(inspection).count().get_result(db)?;
    if counted == 0 {
        return Ok(Vec::new());
    }
    all(db, inspection)?;
    let of = literal(inspection);
    let handed =
        "scope || ' ' || area || ' ' || batch || ' ' || channel || ' ' || CASE WHEN key_case THEN 'key' ELSE '-' END
        || ' ' || pollution_kinds";
    let petitions = format!(
        "{handed} || ' ' || conclusion || ' ' || substantiated || CASE WHEN contradictory THEN ' contradictory' ELSE '' END"
    );
    let mut differences = compared(db, &of, "petition", &petitions, "petitions")?;
    for sum in SUMS {
        differences.extend(compared(db, &of, "measure", &format!("'{sum} ' || {handed}"), sum)?);
    }
    Ok(differences)
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
