//! Inspections: what the records of one round of one province belong to.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::db::Db;
use crate::page::Page;
use crate::reach::Reach;
use crate::schema::inspections;

/// One inspection.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = inspections, treat_none_as_null = true)]
pub struct Inspection {
    /// For example `gz-2021`.
    pub id: String,
    /// Full name.
    pub name: String,
    /// [`crate::codes::Level`].
    pub level: i16,
    /// Counted from 1.
    pub round: i32,
    /// Division code of the province.
    pub province: String,
    /// The inspection group.
    pub team: Option<String>,
    /// First day.
    pub started_on: NaiveDate,
    /// Last day.
    pub ended_on: Option<NaiveDate>,
    /// Day of the feedback.
    pub feedback_on: Option<NaiveDate>,
    /// The date in the petition numbers of batch 1.
    pub first_received_on: Option<NaiveDate>,
    /// JSON array of texts, in order.
    pub themes: String,
    /// The province has listed the petitions.
    pub petition_register: bool,
    /// The province has listed the tasks.
    pub task_register: bool,
    /// Sequence of the last revision.
    pub last_sequence: i64,
    /// Counted from 1; raised by every change.
    pub version: i64,
    /// Of the call that created it.
    pub request_id: Option<String>,
    /// When it was made, UTC.
    pub created_at_utc: NaiveDateTime,
    /// When it was last changed, UTC.
    pub updated_at_utc: NaiveDateTime,
}

impl Inspection {
    /// The themes in order.
    #[must_use]
    pub fn themes(&self) -> Vec<String> {
        serde_json::from_str(&self.themes).unwrap_or_default()
    }
}

/// The inspection with this id.
///
/// # Errors
/// The database's.
pub fn get(db: &mut Db, id: &str) -> QueryResult<Option<Inspection>> {
    inspections::table
        .find(id)
        .select(Inspection::as_select())
        .first(db)
        .optional()
}

/// The inspection a call with this `request_id` created.
///
/// # Errors
/// The database's.
pub fn by_request(db: &mut Db, request_id: &str) -> QueryResult<Option<Inspection>> {
    inspections::table
        .filter(inspections::request_id.eq(request_id))
        .select(Inspection::as_select())
        .first(db)
        .optional()
}

/// One page of the inspections that may be seen by id, behind the id `after`.
///
/// # Errors
/// The database's.
pub fn list(db: &mut Db, reach: &Reach, after: &str, size: usize) -> QueryResult<Page<Inspection>> {
    let mut query = inspections::table.filter(inspections::id.gt(after)).into_boxed();
    if let Some(provinces) = reach.provinces() {
        query = query.filter(inspections::province.eq_any(provinces));
    }
    let rows = query
        .order(inspections::id)
        .limit(size as i64 + 1)
        .select(Inspection::as_select())
        .load(db)?;
    Ok(Page::cut(rows, size))
}

/// Stores a new inspection.
///
/// # Errors
/// The database's: a unique violation when the id is taken, a foreign key violation when the province is unknown.
pub fn create(db: &mut Db, inspection: &Inspection) -> QueryResult<()> {
    diesel::insert_into(inspections::table)
        .values(inspection)
        .execute(db)
        .map(drop)
}

/// The ids of all inspections.
///
/// # Errors
/// The database's.
pub fn ids(db: &mut Db) -> QueryResult<Vec<String>> {
    inspections::table
        .order(inspections::id)
        .select(inspections::id)
        .load(db)
}

/// Takes the inspection's lock: no ledger of it is committed until this transaction ends. To be called before an import's row
/// is touched whose verdict may follow, as commits do: two that take the rows in another order would wait for each other.
///
/// # Errors
/// The database's.
pub fn hold(db: &mut Db, id: &str) -> QueryResult<()> {
    diesel::update(inspections::table.find(id))
        .set(inspections::last_sequence.eq(inspections::last_sequence))
        .execute(db)
        .map(drop)
}

/// Stores what an inspection is now if it is still at `version`, and raises the version. `false`: it is not.
///
/// The registers and the sequence belong to the imports and are left as they are.
///
/// # Errors
/// The database's.
pub fn update(db: &mut Db, inspection: &Inspection, version: i64) -> QueryResult<bool> {
    let changed = diesel::update(
        inspections::table
            .find(&inspection.id)
            .filter(inspections::version.eq(version)),
    )
    .set((
        inspections::name.eq(&inspection.name),
        inspections::level.eq(inspection.level),
        inspections::round.eq(inspection.round),
        inspections::province.eq(&inspection.province),
        inspections::team.eq(&inspection.team),
        inspections::started_on.eq(inspection.started_on),
        inspections::ended_on.eq(inspection.ended_on),
        inspections::feedback_on.eq(inspection.feedback_on),
        inspections::first_received_on.eq(inspection.first_received_on),
        inspections::themes.eq(&inspection.themes),
        inspections::version.eq(version + 1),
        inspections::updated_at_utc.eq(inspection.updated_at_utc),
    ))
    .execute(db)?;
    Ok(changed == 1)
}
