//! The feed: an inspection's revisions in the order of their commits, and how far they go.
//!
//! Revisions are numbered under the inspection's lock, which is held until the commit. Whoever sees one therefore sees all
//! before it, so that a number is all a reader has to remember. The epoch tells the lives of a database apart: after a
//! restore, the same number is another revision.

use diesel::prelude::*;
use uuid::Uuid;

use crate::audit::{self, AuditEvent};
use crate::db::Db;
use crate::dialect;
use crate::schema::{feed, inspections};

/// A place in the feed of an inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The life of the database, 32 lower-case hexadecimal digits.
    pub epoch: String,
    /// Revisions before the place; the next one has the number above.
    pub sequence: i64,
}

impl Position {
    /// Whether revisions behind this place follow those that were read before it, where the feed ends at `end`. A place that
    /// is not reached yet was one of revisions that are lost.
    #[must_use]
    pub fn leads_to(&self, end: &Self) -> bool {
        self.epoch == end.epoch && self.sequence <= end.sequence
    }
}

/// The present end of an inspection's feed; `None`: there is no such inspection.
///
/// What is read from the database afterwards holds at least all changes before it.
///
/// # Errors
/// The database's.
pub fn end(db: &mut Db, inspection: &str) -> QueryResult<Option<Position>> {
    let found: Option<(i64, Option<String>)> = inspections::table
        .find(inspection)
        .select((
            inspections::last_sequence,
            feed::table.select(feed::epoch).single_value(),
        ))
        .first(db)
        .optional()?;
    match found {
        None => Ok(None),
        Some((_, None)) => Err(diesel::result::Error::NotFound),
        Some((sequence, Some(epoch))) => Ok(Some(Position { epoch, sequence })),
    }
}

/// Begins a new epoch, in which no place of an earlier one is known, and writes `event` with it. Returns the epoch.
///
/// # Errors
/// The database's.
pub fn reset(db: &mut Db, event: &AuditEvent) -> QueryResult<String> {
    let epoch = Uuid::now_v7().simple().to_string();
    dialect::write(db, |db| {
        diesel::update(feed::table).set(feed::epoch.eq(&epoch)).execute(db)?;
        audit::write(db, event)
    })?;
    Ok(epoch)
}
