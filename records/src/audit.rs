//! The audit: one row for each call that may change something, written in the transaction of the change.
//!
//! Rows are only ever added; both databases refuse anything else.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::Db;
use crate::page::Page;
use crate::reach::Reach;
use crate::schema_access::audit_events;

/// Who changed what. Times are UTC.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = audit_events)]
pub struct AuditEvent {
    /// uuid version 7.
    pub id: String,
    /// When.
    pub at_utc: NaiveDateTime,
    /// The credential; absent for the command line, and where there is no access control.
    pub token_id: Option<String>,
    /// Its name.
    pub actor: String,
    /// [`crate::codes::Role`].
    pub role: Option<i16>,
    /// The credential's division.
    pub division: Option<String>,
    /// `package.Service/Method`, or the command.
    pub method: String,
    /// The inspection that it was about.
    pub inspection_id: Option<String>,
    /// JSON array of the ids of what was changed.
    pub records: String,
    /// [`crate::codes::AuditOutcome`].
    pub outcome: i16,
    /// The request's own id.
    pub request_id: Option<String>,
    /// SHA-256 of the request, 64 lower-case hexadecimal digits.
    pub request_sha256: Option<String>,
}

impl AuditEvent {
    /// The ids of what was changed.
    #[must_use]
    pub fn records(&self) -> Vec<String> {
        serde_json::from_str(&self.records).unwrap_or_default()
    }
}

/// Which events are asked for; what is empty or absent asks for all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuditFilter {
    /// `package.Service/Method`s and commands.
    pub methods: Vec<String>,
    /// Credentials.
    pub tokens: Vec<String>,
    /// Not before this moment, UTC.
    pub from: Option<NaiveDateTime>,
    /// Before this moment, UTC.
    pub before: Option<NaiveDateTime>,
}

/// Adds an event. To be called in the transaction of the change.
///
/// # Errors
/// The database's.
pub fn write(db: &mut Db, event: &AuditEvent) -> QueryResult<()> {
    diesel::insert_into(audit_events::table)
        .values(event)
        .execute(db)
        .map(drop)
}

/// One page of the events of credentials in reach, latest first, of those older than the id `before`.
///
/// # Errors
/// The database's.
pub fn list(
    db: &mut Db,
    reach: &Reach,
    filter: &AuditFilter,
    before: Option<&str>,
    size: usize,
) -> QueryResult<Page<AuditEvent>> {
    let mut query = audit_events::table.into_boxed();
    if let Some(codes) = reach.codes() {
        query = query.filter(audit_events::division.eq_any(codes));
    }
    if let Some(before) = before {
        query = query.filter(audit_events::id.lt(before));
    }
    if !filter.methods.is_empty() {
        query = query.filter(audit_events::method.eq_any(&filter.methods));
    }
    if !filter.tokens.is_empty() {
        query = query.filter(audit_events::token_id.eq_any(&filter.tokens));
    }
    if let Some(from) = filter.from {
        query = query.filter(audit_events::at_utc.ge(from));
    }
    if let Some(until) = filter.before {
        query = query.filter(audit_events::at_utc.lt(until));
    }
    let rows = query
        .order(audit_events::id.desc())
        .limit(size as i64 + 1)
        .select(AuditEvent::as_select())
        .load(db)?;
    Ok(Page::cut(rows, size))
}
