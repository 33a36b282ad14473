//! Counts of petitions as the latest ledgers say, kept in the transaction that changes the records.
//!
//! Whatever changes petitions names those it touches: what they count is taken off before, and what they count then is
//! added after. So counts follow imports, undone imports and withdrawn records alike. They tell the present only; a figure
//! of an earlier day is counted from the records.

mod check;
mod early;
mod read;

use chrono::NaiveDate;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Date, Nullable, Text};

pub use check::{Difference, check, forget_counts, recount};
pub(crate) use early::{EarlyCounts, MeasureChange, PetitionChange};
pub(super) use read::{hold, measures, petitions};

use crate::db::Db;
use crate::dialect;
use crate::divisions::{self, Tree};
use crate::schema_counts::{count_areas, counted_inspections};

/// Parts of the division itself.
const OWN: i16 = 0;
/// Parts of all that lies below it as well.
const WHOLE: i16 = 1;

/// The sums of measures.
const SUMS: [&str; 10] = [
    "parts",
    "reported",
    "ordered",
    "penalised",
    "fine_fen",
    "criminal_cases",
    "admin_detained",
    "criminal_detained",
    "interviewed",
    "accountable",
];

/// Counts that a division's parts belong to.
#[derive(Debug, Clone, PartialEq, Eq, Insertable)]
#[diesel(table_name = count_areas, treat_none_as_default_value = false)]
pub(crate) struct CountArea {
    code: String,
    scope: i16,
    area: String,
}

#[derive(QueryableByName)]
struct Until {
    #[diesel(sql_type = Nullable<Date>)]
    day: Option<NaiveDate>,
}

/// An id of an inspection as a value in SQL.
fn literal(inspection: &str) -> String {
    format!("'{}'", inspection.replace('\'', "''"))
}

/// Begins to gather changes. `false`: the inspection was not counted before, and will be anew in [`end`].
///
/// # Errors
/// The database's.
pub(crate) fn begin(db: &mut Db, inspection: &str, is_empty: bool) -> QueryResult<bool> {
    for table in ["count_areas", "count_touched", "petition_changes", "measure_changes"] {
        db.batch_execute(&format!("DROP TABLE IF EXISTS {table}"))?;
    }
    db.batch_execute(&include_str!("stage.sql").replace("{key}", dialect::key(db)))?;
    let areas = areas(db)?;
    dialect::count_areas(db, &areas)?;
    dialect::analyze(db, "count_areas")?;
    let known = counted_inspections::table
        .find(inspection)
        .count()
        .get_result::<i64>(db)?
        > 0;
    Ok(known || is_empty)
}

/// Which counts each division's parts belong to: its own, those of all above it, and its own whole where others lie below.
fn areas(db: &mut Db) -> QueryResult<Vec<CountArea>> {
    let known = divisions::all(db)?;
    let tree = Tree::of(&known);
    let mut areas = Vec::new();
    for row in &known {
        let area = |scope, area: &str| CountArea {
            code: row.code.clone(),
            scope,
            area: area.to_owned(),
        };
        areas.push(area(OWN, &row.code));
        let own_whole = Some(row.code.as_str()).filter(|code| tree.has_below(code));
        areas.extend(
            own_whole
                .into_iter()
                .chain(tree.above(&row.code))
                .map(|code| area(WHOLE, code)),
        );
    }
    Ok(areas)
}

/// Names the petitions that are about to change: those of a query, which may name one twice.
///
/// # Errors
/// The database's.
pub(crate) fn touch(db: &mut Db, numbers: &str) -> QueryResult<()> {
    db.batch_execute(&format!(
        "DELETE FROM count_touched; INSERT INTO count_touched SELECT DISTINCT number FROM ({numbers}) touched"
    ))?;
    dialect::analyze(db, "count_touched")
}

/// Takes off what the touched petitions count now, before they change.
///
/// # Errors
/// The database's.
pub(crate) fn take_off(db: &mut Db, inspection: &str) -> QueryResult<()> {
    count(db, inspection, "-1")
}

/// Adds what the touched petitions count now, after they have changed.
///
/// # Errors
/// The database's.
pub(crate) fn add(db: &mut Db, inspection: &str) -> QueryResult<()> {
    count(db, inspection, "1")
}

fn count(db: &mut Db, inspection: &str, sign: &str) -> QueryResult<()> {
    let sql = include_str!("count.sql")
        .replace("{sign}", sign)
        .replace("{inspection}", &literal(inspection));
    dialect::by_keys(db, |db| db.batch_execute(&sql))
}

/// Applies what was gathered. `until` is the latest day that anything else that came counts from.
///
/// # Errors
/// The database's.
pub(crate) fn end(db: &mut Db, inspection: &str, counted: bool, until: Option<NaiveDate>) -> QueryResult<()> {
    if !counted {
        return recount(db, inspection);
    }
    let touched = latest(db, inspection)?;
    apply(db, inspection)?;
    match touched.max(until) {
        Some(until) => settle(db, inspection, until),
        None => Ok(()),
    }
}

/// The latest day that a touched petition counts from.
fn latest(db: &mut Db, inspection: &str) -> QueryResult<Option<NaiveDate>> {
    let query = diesel::sql_query(
        "SELECT MAX(day) AS day FROM (
            SELECT MAX(h.concluded_on) AS day FROM count_touched t
            CROSS JOIN handlings h WHERE h.inspection_id = $1 AND h.number = t.number
            UNION ALL
            SELECT MAX(h.reported_on) FROM count_touched t
            CROSS JOIN handlings h WHERE h.inspection_id = $1 AND h.number = t.number
            UNION ALL
            SELECT MAX(COALESCE(p.received_on, p.reported_on)) FROM count_touched t
            CROSS JOIN petitions p WHERE p.inspection_id = $1 AND p.number = t.number
        ) days",
    )
    .bind::<Text, _>(inspection);
    let found: Until = dialect::by_keys(db, |db| query.get_result(db))?;
    Ok(found.day)
}

fn apply(db: &mut Db, inspection: &str) -> QueryResult<()> {
    let all = |each: fn(&str) -> String| SUMS.map(each).join(", ");
    let sql = include_str!("apply.sql")
        .replace("{inspection}", &literal(inspection))
        .replace("{sums}", &all(|sum| format!("CAST(SUM({sum}) AS BIGINT) AS {sum}")))
        .replace("{added}", &all(|sum| format!("{sum} = measure_counts.{sum} + s.{sum}")))
        .replace("{summed}", &all(|sum| format!("s.{sum}")));
    db.batch_execute(&sql)
}

/// Remembers from which day on counts hold; it never becomes earlier.
fn settle(db: &mut Db, inspection: &str, until: NaiveDate) -> QueryResult<()> {
    let table = counted_inspections::table;
    let stored: Option<NaiveDate> = table
        .find(inspection)
        .select(counted_inspections::until_on)
        .first(db)
        .optional()?;
    match stored {
        Some(stored) if stored >= until => Ok(()),
        Some(_) => diesel::update(table.find(inspection))
            .set(counted_inspections::until_on.eq(until))
            .execute(db)
            .map(drop),
        None => diesel::insert_into(table)
            .values((
                counted_inspections::inspection_id.eq(inspection),
                counted_inspections::until_on.eq(until),
            ))
            .execute(db)
            .map(drop),
    }
}
