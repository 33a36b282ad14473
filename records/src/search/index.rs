//! Brings the search index up to the last revision.
//!
//! The index is behind by whole revisions, so that one number says how far it is: a process may be killed anywhere, and
//! another goes on from there. Each step is one short transaction under a lock of the inspection's own; two that index
//! at once take turns.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::Text;

use super::texts::Searched;
use super::tokens::pieces;
use crate::codes::RecordKind;
use crate::db::Db;
use crate::dialect;
use crate::reach::Reach;
use crate::schema::{imports, inspections, revisions, search_progress};
use crate::{petitions, tasks};

/// Revisions of one step: enough to make its transaction cheap, few enough for all their texts to be in memory.
const STEP: usize = 256;

/// Indexes the texts of every record that was changed since they were indexed last, in the order of changes, and marks
/// the imports that are done. `progress` is told how many records there are so far after each step. Returns how many.
///
/// # Errors
/// The database's; the steps before stand.
pub fn index_pending(db: &mut Db, progress: &mut dyn FnMut(u64)) -> QueryResult<u64> {
    let mut indexed = 0;
    for inspection in behind(db)? {
        prepare(db, &inspection)?;
        while let Some(records) = dialect::write(db, |db| step(db, &inspection))? {
            indexed += records as u64;
            progress(indexed);
        }
    }
    Ok(indexed)
}

/// Inspections with revisions that are not in the index.
fn behind(db: &mut Db) -> QueryResult<Vec<String>> {
    inspections::table
        .left_join(search_progress::table)
        .filter(inspections::last_sequence.gt(0))
        .filter(
            search_progress::sequence.is_null().or(search_progress::sequence
                .assume_not_null()
                .lt(inspections::last_sequence)),
        )
        .order(inspections::id)
        .select(inspections::id)
        .load(db)
}

/// Makes the row that says how far the index is. Both databases have the clause, which the multi type has not.
fn prepare(db: &mut Db, inspection: &str) -> QueryResult<()> {
    diesel::sql_query(format!(
        "INSERT INTO search_progress VALUES ({}, 0) ON CONFLICT DO NOTHING",
        dialect::placeholder(db)
    ))
    .bind::<Text, _>(inspection)
    .execute(db)
    .map(drop)
}

#[derive(Queryable)]
struct Changed {
    sequence: i64,
    kind: i16,
    number: String,
    import_id: String,
}

/// Indexes the records of the next revisions. `None`: there are no more.
fn step(db: &mut Db, inspection: &str) -> QueryResult<Option<usize>> {
    // Locks the row on PostgreSQL; SQLite has one writer anyway.
    diesel::update(search_progress::table.find(inspection))
        .set(search_progress::sequence.eq(search_progress::sequence))
        .execute(db)?;
    let done: i64 = search_progress::table
        .find(inspection)
        .select(search_progress::sequence)
        .first(db)?;
    let mut changed: Vec<Changed> = revisions::table
        .filter(
            revisions::inspection_id
                .eq(inspection)
                .and(revisions::sequence.gt(done)),
        )
        .order(revisions::sequence)
        .limit(STEP as i64 + 1)
        .select((
            revisions::sequence,
            revisions::kind,
            revisions::number,
            revisions::import_id,
        ))
        .load(db)?;
    let next = if changed.len() > STEP { changed.pop() } else { None };
    let Some(last) = changed.last() else {
        return Ok(None);
    };
    let sequence = last.sequence;
    let records = replace(db, inspection, &changed)?;
    diesel::update(search_progress::table.find(inspection))
        .set(search_progress::sequence.eq(sequence))
        .execute(db)?;
    mark(db, changed, next)?;
    Ok(Some(records))
}

/// Replaces the pieces of the changed records.
fn replace(db: &mut Db, inspection: &str, changed: &[Changed]) -> QueryResult<usize> {
    let numbers = |kind: RecordKind| -> Vec<String> {
        let numbers: BTreeSet<_> = changed
            .iter()
            .filter(|change| change.kind == kind.code())
            .map(|change| &change.number)
            .collect();
        numbers.into_iter().cloned().collect()
    };
    let petitions = numbers(RecordKind::Petition);
    let records = petitions::batch(db, &Reach::All, inspection, &petitions)?;
    dialect::search::replace(db, inspection, RecordKind::Petition, &petitions, &all_pieces(&records))?;
    let tasks = numbers(RecordKind::Task);
    let records = tasks::batch(db, &Reach::All, inspection, &tasks)?;
    dialect::search::replace(db, inspection, RecordKind::Task, &tasks, &all_pieces(&records))?;
    Ok(petitions.len() + tasks.len())
}

/// The pieces of all records, each with its record's number.
fn all_pieces<T: Searched>(records: &[T]) -> Vec<(&str, String)> {
    records
        .iter()
        .flat_map(|record| pieces(record.texts()).into_iter().map(|piece| (record.number(), piece)))
        .collect()
}

/// Marks the imports whose last revision is done: an import's revisions follow each other.
fn mark(db: &mut Db, changed: Vec<Changed>, next: Option<Changed>) -> QueryResult<()> {
    let mut done: BTreeSet<String> = changed.into_iter().map(|change| change.import_id).collect();
    if let Some(next) = next {
        done.remove(&next.import_id);
    }
    if done.is_empty() {
        return Ok(());
    }
    diesel::update(imports::table.filter(imports::id.eq_any(done)))
        .set(imports::indexed.eq(true))
        .execute(db)
        .map(drop)
}
