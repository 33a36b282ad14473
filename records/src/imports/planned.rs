//! The rows of a plan, as they are kept until it is committed or given up.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::db::Db;
use crate::importing::{FieldChange, PlannedRow};
use crate::page::Page;
use crate::schema::planned_rows;

/// One row that says something new.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Serialize, Deserialize)]
#[diesel(table_name = planned_rows, treat_none_as_default_value = false)]
pub struct StoredRow {
    /// The import.
    pub import_id: String,
    /// In the order of the plan, counted from 1.
    pub position: i64,
    /// Kind of its record.
    pub kind: String,
    /// Where it stands.
    pub sheet: String,
    /// Counted from 1.
    pub row_number: i64,
    /// Number of its record.
    pub number: String,
    /// Whose part; empty in the province's list.
    pub division: String,
    /// The number of an [`crate::importing::Outcome`].
    pub outcome: i16,
    /// JSON array of [`FieldChange`].
    pub changes: String,
}

impl StoredRow {
    pub(crate) fn of(import_id: &str, position: i64, row: &PlannedRow) -> Self {
        Self {
            import_id: import_id.to_owned(),
            position,
            kind: row.kind.token().to_owned(),
            sheet: row.sheet.clone(),
            row_number: row.row_number,
            number: row.number.clone(),
            division: row.division.clone(),
            outcome: row.outcome as i16,
            // Plain values; serialising them cannot fail.
            changes: serde_json::to_string(&row.changes).unwrap_or_default(),
        }
    }

    /// The fields that differ.
    #[must_use]
    pub fn changes(&self) -> Vec<FieldChange> {
        serde_json::from_str(&self.changes).unwrap_or_default()
    }
}

/// One page of a plan's rows behind the position `after`.
///
/// # Errors
/// The database's.
pub fn list(db: &mut Db, import: &str, after: i64, size: usize) -> QueryResult<Page<StoredRow>> {
    let rows = planned_rows::table
        .filter(planned_rows::import_id.eq(import).and(planned_rows::position.gt(after)))
        .order(planned_rows::position)
        .limit(size as i64 + 1)
        .select(StoredRow::as_select())
        .load(db)?;
    Ok(Page::cut(rows, size))
}

/// Removes the rows of a plan that holds no more.
pub(crate) fn forget(db: &mut Db, import: &str) -> QueryResult<()> {
    diesel::delete(planned_rows::table.filter(planned_rows::import_id.eq(import)))
        .execute(db)
        .map(drop)
}
