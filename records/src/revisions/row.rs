//! Revisions, and which of them are asked for.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::{Map, Value};

use crate::field_change::{FieldChange, changes};
use crate::schema::revisions;

/// One change of one record.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, QueryableByName, Selectable)]
#[diesel(table_name = revisions)]
pub struct Revision {
    /// Counted from 1 in its inspection.
    pub sequence: i64,
    /// [`crate::codes::RecordKind`] or [`crate::codes::PlainKind`].
    pub kind: i16,
    /// Number of the record, or its key within the division.
    pub number: String,
    /// Whose part; empty: the record itself.
    pub division: String,
    /// [`crate::codes::Change`].
    pub change: i16,
    /// JSON object: field -> old value. A creation has none.
    pub before: Option<String>,
    /// JSON object: field -> new value. A creation has none.
    pub after: Option<String>,
    /// The import that changed it; empty where the caller may not know.
    pub import_id: String,
    /// Sheet of that import.
    pub sheet: String,
    /// Row of that sheet, counted from 1.
    pub row_number: i64,
    /// Who handed it in; empty where the caller may not know.
    pub actor: String,
    /// When, UTC.
    pub at_utc: NaiveDateTime,
    /// Why it was undone or withdrawn, in the words of who did it.
    pub reason: Option<String>,
}

impl Revision {
    /// The fields that differ, by name.
    #[must_use]
    pub fn fields(&self) -> Vec<FieldChange> {
        changes(object(self.before.as_deref()), object(self.after.as_deref()))
    }
}

fn object(json: Option<&str>) -> Map<String, Value> {
    json.and_then(|json| serde_json::from_str(json).ok())
        .unwrap_or_default()
}

/// Which record's history is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordKey {
    /// [`crate::codes::RecordKind`] or [`crate::codes::PlainKind`].
    pub kind: i16,
    /// Number of the record, or its key within the division.
    pub number: String,
    /// Whose part or record; absent: any.
    pub division: Option<String>,
}

/// Which revisions are asked for; what is empty asks for all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChangeFilter {
    /// Divisions whose parts changed. Codes match exactly: the caller names every division below as well.
    pub divisions: Vec<String>,
    /// [`crate::codes::RecordKind`]s and [`crate::codes::PlainKind`]s.
    pub kinds: Vec<i16>,
}

/// A stretch of the feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// What of it is in reach and asked for, in order.
    pub rows: Vec<Revision>,
    /// Number of the last revision of the stretch, in reach or not.
    pub to: i64,
}
