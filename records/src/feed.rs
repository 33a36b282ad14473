//! The feed: an inspection's revisions, and the verdicts on its imports between them, in the order of their commits; and how
//! far they go.
//!
//! Both are numbered under the inspection's lock, which is held until the commit. Whoever sees one therefore sees all before
//! it, so that two numbers are all a reader has to remember. A verdict knows the last revision before it, which gives both
//! one order. The epoch tells the lives of a database apart: after a restore, the same number is another revision.

use diesel::prelude::*;
use uuid::Uuid;

use crate::audit::{self, AuditEvent};
use crate::db::Db;
use crate::dialect;
use crate::reach::Reach;
use crate::revisions::{self, ChangeFilter, Revision};
use crate::schema::{feed, inspections};
use crate::verdicts::{self, Verdict};

/// A place in the feed of an inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The life of the database, 32 lower-case hexadecimal digits.
    pub epoch: String,
    /// Revisions before the place; the next one has the number above.
    pub sequence: i64,
    /// Verdicts before the place.
    pub verdict: i64,
}

/// A stretch of the feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// What of the revisions is in reach and asked for, in order.
    pub revisions: Vec<Revision>,
    /// The same of the verdicts. One comes behind the revisions up to its `sequence`, and before the next.
    pub verdicts: Vec<Verdict>,
    /// Where the stretch ends, whatever of it is in reach.
    pub to: Position,
}

impl Position {
    /// Whether what is behind this place follows what was read before it, where the feed ends at `end`. A place that is not
    /// reached yet was one of revisions or verdicts that are lost.
    #[must_use]
    pub fn leads_to(&self, end: &Self) -> bool {
        self.epoch == end.epoch && self.sequence <= end.sequence && self.verdict <= end.verdict
    }
}

/// The present end of an inspection's feed; `None`: there is no such inspection.
///
/// What is read from the database afterwards holds at least all changes before it.
///
/// # Errors
/// The database's.
pub fn end(db: &mut Db, inspection: &str) -> QueryResult<Option<Position>> {
    let found: Option<(i64, i64, Option<String>)> = inspections::table
        .find(inspection)
        .select((
            inspections::last_sequence,
            inspections::last_verdict,
            feed::table.select(feed::epoch).single_value(),
        ))
        .first(db)
        .optional()?;
    match found {
        None => Ok(None),
        Some((_, _, None)) => Err(diesel::result::Error::NotFound),
        Some((sequence, verdict, Some(epoch))) => Ok(Some(Position {
            epoch,
            sequence,
            verdict,
        })),
    }
}

/// The next revisions and verdicts in reach behind the place `from`, at most `size` of each, of those up to `end`, the feed's
/// end as it was read before. A stretch that brings none is not the end of the feed unless it goes up to there.
///
/// The inspection must be known to be in reach.
///
/// # Errors
/// The database's.
pub fn behind(
    db: &mut Db,
    reach: &Reach,
    inspection: &str,
    filter: &ChangeFilter,
    (from, end): (&Position, &Position),
    size: usize,
) -> QueryResult<Stretch> {
    let span = (from.sequence, end.sequence);
    let mut found = revisions::behind(db, reach, inspection, filter, span, size)?;
    let span = (from.verdict, end.verdict, found.to);
    let verdicts = verdicts::behind(db, reach, inspection, &filter.divisions, span, size)?;
    // As many as are read at once: there may be more before the end of the revisions, which must not come before those.
    let verdict = match verdicts.last().filter(|_| verdicts.len() == size) {
        Some(last) => {
            found.rows.retain(|revision| revision.sequence <= last.sequence);
            // A place from before verdicts were told lies behind revisions that came after some.
            found.to = last.sequence.max(from.sequence);
            last.verdict
        }
        None => verdicts::last(db, inspection, span)?,
    };
    Ok(Stretch {
        revisions: found.rows,
        verdicts,
        to: Position {
            epoch: end.epoch.clone(),
            sequence: found.to,
            verdict,
        },
    })
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
