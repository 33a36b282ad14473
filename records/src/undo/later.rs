//! What stands in the way of an undo: imports applied later that wrote over the same rows, or said the same again. Without
//! them an undo leaves what would be there had the import never been; with them it would take from under them what they
//! say too.

use std::collections::BTreeSet;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, SmallInt, Text};

use super::said::{self, Which};
use super::tables::{Holds, Table};
use crate::db::Db;
use crate::dialect;
use crate::importing::Tables;
use crate::imports::Import;
use crate::reach::Reach;

/// Imports and records that are named; whoever wants more asks again once those are dealt with.
const MOST_NAMED: usize = 10;

/// Why an import cannot be undone by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedSince {
    /// Ids of later imports in reach that must be undone before it, at most ten, the earliest first.
    pub imports: Vec<String>,
    /// Records that they have a word on, at most ten.
    pub records: Vec<ChangedRecord>,
}

/// A record, or a division's part of one.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct ChangedRecord {
    /// [`crate::codes::RecordKind`] or [`crate::codes::PlainKind`].
    #[diesel(sql_type = SmallInt)]
    pub kind: i16,
    /// Its number.
    #[diesel(sql_type = Text)]
    pub number: String,
    /// Whose part; empty: the record itself.
    #[diesel(sql_type = Text)]
    pub division: String,
}

#[derive(QueryableByName)]
struct Later {
    #[diesel(sql_type = Text)]
    import_id: String,
    #[diesel(sql_type = Nullable<Text>)]
    division: Option<String>,
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    imports: i64,
}

#[derive(QueryableByName)]
struct Place {
    #[diesel(sql_type = SmallInt)]
    kind: i16,
    #[diesel(sql_type = Text)]
    division: String,
    #[diesel(sql_type = diesel::sql_types::Bool)]
    wide: bool,
}

#[derive(QueryableByName)]
struct Said {
    #[diesel(sql_type = SmallInt)]
    kind: i16,
    #[diesel(sql_type = Text)]
    division: String,
}

/// Finds the imports that were applied later, and stand.
pub(super) fn find(db: &mut Db) -> QueryResult<()> {
    db.batch_execute(
        "INSERT INTO undo_later (import_id, verdict)
         SELECT v.import_id, MAX(v.verdict)
         FROM undo_import u
         JOIN import_verdicts v ON v.inspection_id = u.inspection_id
         JOIN imports i ON i.id = v.import_id
         WHERE v.verdict > u.verdict AND v.state IN (6, 7) AND i.state IN (6, 7)
         GROUP BY v.import_id",
    )
}

/// What of the rows in `undo_rows` they have a word on, as far as it may be told; `None`: nothing.
pub(super) fn changed(
    db: &mut Db,
    tables: &[Table],
    Import {
        id: subject,
        inspection_id: inspection,
        ..
    }: &Import,
    reach: &Reach,
) -> QueryResult<Option<ChangedSince>> {
    let later: Vec<Later> = diesel::sql_query(
        "SELECT l.import_id, i.division FROM undo_later l JOIN imports i ON i.id = l.import_id ORDER BY l.verdict",
    )
    .load(db)?;
    if later.is_empty() {
        return Ok(None);
    }
    dialect::analyze(db, "undo_rows")?;
    for table in tables {
        db.batch_execute(&table.fill(include_str!("later.sql")))?;
        if let Holds::Records(kind) = table.holds {
            db.batch_execute(&Tables::of(kind).fill(&table.fill(include_str!("later_wide.sql"))))?;
        }
    }
    said_too(db, inspection, &later)?;
    kept_late(db, inspection, subject, &later)?;
    let changed: Vec<Later> = diesel::sql_query(
        "SELECT l.import_id, i.division FROM undo_later l JOIN imports i ON i.id = l.import_id
         WHERE l.import_id IN (SELECT import_id FROM undo_changed) ORDER BY l.verdict",
    )
    .load(db)?;
    if changed.is_empty() {
        return Ok(None);
    }
    let records: Vec<ChangedRecord> = diesel::sql_query(format!(
        "SELECT DISTINCT kind, number, division FROM undo_changed ORDER BY kind, number, division LIMIT {}",
        MOST_NAMED * MOST_NAMED
    ))
    .load(db)?;
    let seen = |record: &ChangedRecord| record.division.is_empty() || reach.has(&record.division);
    Ok(Some(ChangedSince {
        imports: changed
            .into_iter()
            .filter(|import| reach.has_any(import.division.as_deref()))
            .map(|import| import.import_id)
            .take(MOST_NAMED)
            .collect(),
        records: records.into_iter().filter(seen).take(MOST_NAMED).collect(),
    }))
}

/// Adds what later imports said again or too late. Enough of them end the search: they must be dealt with first.
fn said_too(db: &mut Db, inspection: &str, later: &[Later]) -> QueryResult<()> {
    let places: Vec<Place> =
        diesel::sql_query("SELECT DISTINCT kind, division, wide FROM undo_rows WHERE does > 0").load(db)?;
    let wide: BTreeSet<i16> = places
        .iter()
        .filter(|place| place.wide)
        .map(|place| place.kind)
        .collect();
    let own: BTreeSet<(i16, &str)> = places
        .iter()
        .map(|place| (place.kind, place.division.as_str()))
        .collect();
    let wanted = |kind: i16, division: &str| wide.contains(&kind) || own.contains(&(kind, division));
    for import in later {
        let found: Counted =
            diesel::sql_query("SELECT COUNT(DISTINCT import_id) AS imports FROM undo_changed").get_result(db)?;
        if found.imports >= MOST_NAMED as i64 {
            return Ok(());
        }
        said::expand(db, inspection, &import.import_id, Which::Any, &wanted)?;
        db.batch_execute(include_str!("later_said.sql"))?;
    }
    Ok(())
}

/// Adds what later imports said too late of rows that the import said again: without it they may have been in time.
fn kept_late(db: &mut Db, inspection: &str, subject: &str, later: &[Later]) -> QueryResult<()> {
    if !said::any(db, inspection, subject)? {
        return Ok(());
    }
    for import in later {
        said::expand(db, inspection, &import.import_id, Which::Late, &|_, _| true)?;
    }
    let late: Vec<Said> = diesel::sql_query("SELECT DISTINCT kind, division FROM undo_said").load(db)?;
    let late: BTreeSet<(i16, &str)> = late.iter().map(|said| (said.kind, said.division.as_str())).collect();
    if !late.is_empty() {
        said::expand(db, inspection, subject, Which::Same, &|kind, division| {
            late.contains(&(kind, division))
        })?;
        db.batch_execute(include_str!("later_late.sql"))?;
    }
    db.batch_execute("DELETE FROM undo_said")
}
