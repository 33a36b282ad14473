//! What an undo did, from the revisions that it left: the same whenever it is asked for.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, SmallInt, Text};

use crate::codes::{Change, ImportState};
use crate::db::Db;
use crate::imports::Import;
use crate::revisions::Revision;
use crate::verdicts::{self, Span};

/// Rows of an undo that are told at once.
pub const MOST_ROWS: usize = 1_000;

/// What became of the records of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counted {
    /// [`crate::codes::RecordKind`] or [`crate::codes::PlainKind`].
    pub kind: i16,
    /// Records and parts that are again what they were.
    pub restored: i64,
    /// Records and parts that are gone.
    pub removed: i64,
}

/// An import that is undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The import.
    pub import: Import,
    /// What became of what its rows had made or changed, by kind. What went along, such as parts that nobody had reported,
    /// is not counted.
    pub counts: Vec<Counted>,
    /// The first of the revisions that are counted, in their order.
    pub rows: Vec<Revision>,
}

#[derive(QueryableByName)]
struct Group {
    #[diesel(sql_type = SmallInt)]
    kind: i16,
    #[diesel(sql_type = SmallInt)]
    change: i16,
    #[diesel(sql_type = BigInt)]
    revisions: i64,
}

/// The revisions of the undo that answer one of the import's.
const ANSWERING: &str = "FROM revisions r
    JOIN revisions m ON m.inspection_id = r.inspection_id AND m.number = r.number AND m.kind = r.kind
        AND m.division = r.division
    WHERE r.inspection_id = $1 AND r.sequence > $2 AND r.sequence <= $3
        AND m.sequence > $4 AND m.sequence <= $5 AND m.change IN (1, 2)";

/// What was done when this import was undone.
pub(super) fn of(db: &mut Db, import: Import) -> QueryResult<Undone> {
    let applied = verdicts::span(db, &import.id, &[ImportState::Applied, ImportState::AppliedInPart])?;
    let undone = verdicts::span(db, &import.id, &[ImportState::Undone])?;
    let (counts, rows) = match applied.zip(undone) {
        Some((applied, undone)) => (
            counts(db, &import, applied, undone)?,
            rows(db, &import, applied, undone)?,
        ),
        None => (Vec::new(), Vec::new()),
    };
    Ok(Undone { import, counts, rows })
}

fn counts(db: &mut Db, import: &Import, applied: Span, undone: Span) -> QueryResult<Vec<Counted>> {
    let groups: Vec<Group> = diesel::sql_query(format!(
        "SELECT r.kind, r.change, COUNT(*) AS revisions {ANSWERING} GROUP BY r.kind, r.change ORDER BY r.kind"
    ))
    .bind::<Text, _>(&import.inspection_id)
    .bind::<BigInt, _>(undone.after)
    .bind::<BigInt, _>(undone.to)
    .bind::<BigInt, _>(applied.after)
    .bind::<BigInt, _>(applied.to)
    .load(db)?;
    let mut counts: Vec<Counted> = Vec::new();
    for group in groups {
        if counts.last().is_none_or(|last| last.kind != group.kind) {
            counts.push(Counted {
                kind: group.kind,
                ..Counted::default()
            });
        }
        if let Some(count) = counts.last_mut() {
            if group.change == Change::Removed.code() {
                count.removed += group.revisions;
            } else {
                count.restored += group.revisions;
            }
        }
    }
    Ok(counts)
}

fn rows(db: &mut Db, import: &Import, applied: Span, undone: Span) -> QueryResult<Vec<Revision>> {
    diesel::sql_query(format!("SELECT r.* {ANSWERING} ORDER BY r.sequence LIMIT {MOST_ROWS}"))
        .bind::<Text, _>(&import.inspection_id)
        .bind::<BigInt, _>(undone.after)
        .bind::<BigInt, _>(undone.to)
        .bind::<BigInt, _>(applied.after)
        .bind::<BigInt, _>(applied.to)
        .load(db)
}
