//! What the touched rows say: read before they are changed, and after.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use serde_json::{Map, Value};

use crate::codes::{PlainKind, RecordKind};
use crate::db::Db;
use crate::importing::PlainTable;
use crate::json::fields;
use crate::petitions::{self as petition, HandlingContent, PetitionWording};
use crate::schema::{handlings, petitions, task_progress, tasks};
use crate::schema_undo::undo_order;
use crate::tasks::{self as task, ProgressContent, TaskWording};

/// The field of the divisions that the province's list assigns a record to.
const ASSIGNED: &str = "assigned";

/// A touched row, in the order in which they are told.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = undo_order)]
pub(super) struct Touched {
    /// Counted from 1.
    pub position: i64,
    pub kind: i16,
    /// A division's part of a petition or a task.
    pub part: bool,
    pub number: String,
    pub division: String,
    /// Where the import has it, if a row of it made or changed this.
    pub sheet: Option<String>,
    pub row_number: Option<i64>,
    /// It is a petition or a task, and the import's row of it is the province's list's.
    pub listed: bool,
}

/// Fields with their values.
pub(super) type Fields = Map<String, Value>;

/// The next touched rows behind a position, at most `piece`.
pub(super) fn touched(db: &mut Db, after: i64, piece: i64) -> QueryResult<Vec<Touched>> {
    undo_order::table
        .filter(
            undo_order::position
                .gt(after)
                .and(undo_order::position.le(after + piece)),
        )
        .order(undo_order::position)
        .select(Touched::as_select())
        .load(db)
}

/// What these rows say at present, by their position; nothing of those that are not there.
pub(super) fn present(db: &mut Db, inspection: &str, rows: &[Touched]) -> QueryResult<BTreeMap<i64, Fields>> {
    let mut groups: BTreeMap<(i16, bool, &str), Vec<&Touched>> = BTreeMap::new();
    for row in rows {
        // Petitions and tasks have no division, so that all of a piece are read at once.
        groups.entry((row.kind, row.part, &row.division)).or_default().push(row);
    }
    let mut found = BTreeMap::new();
    for ((kind, part, division), rows) in groups {
        let numbers: Vec<String> = rows.iter().map(|row| row.number.clone()).collect();
        let mut said: BTreeMap<String, Fields> = read(db, inspection, (kind, part), division, &numbers)?
            .into_iter()
            .collect();
        if let Some(kind) = RecordKind::from_code(kind).filter(|_| !part) {
            add_assigned(db, inspection, kind, &rows, &mut said)?;
        }
        let present = rows
            .into_iter()
            .filter_map(|row| Some((row.position, said.remove(&row.number)?)));
        found.extend(present);
    }
    Ok(found)
}

fn read(
    db: &mut Db,
    inspection: &str,
    (kind, part): (i16, bool),
    division: &str,
    numbers: &[String],
) -> QueryResult<Vec<(String, Fields)>> {
    match (RecordKind::from_code(kind), part) {
        (Some(RecordKind::Petition), false) => wordings_of_petitions(db, inspection, numbers),
        (Some(RecordKind::Task), false) => wordings_of_tasks(db, inspection, numbers),
        (Some(RecordKind::Petition), true) => handled(db, inspection, division, numbers),
        (Some(RecordKind::Task), true) => progressed(db, inspection, division, numbers),
        (None, _) => match PlainKind::from_code(kind) {
            Some(kind) => PlainTable::of(kind).fields(db, inspection, division, numbers),
            None => Ok(Vec::new()),
        },
    }
}

fn wordings_of_petitions(db: &mut Db, inspection: &str, numbers: &[String]) -> QueryResult<Vec<(String, Fields)>> {
    let rows: Vec<(String, PetitionWording)> = petitions::table
        .filter(petitions::inspection_id.eq(inspection))
        .filter(petitions::number.eq_any(numbers))
        .select((petitions::number, petition::wording_columns!(petitions)))
        .load(db)?;
    Ok(rows.into_iter().map(|(number, said)| (number, fields(&said))).collect())
}

fn wordings_of_tasks(db: &mut Db, inspection: &str, numbers: &[String]) -> QueryResult<Vec<(String, Fields)>> {
    let rows: Vec<(String, TaskWording)> = tasks::table
        .filter(tasks::inspection_id.eq(inspection))
        .filter(tasks::number.eq_any(numbers))
        .select((tasks::number, task::wording_columns!(tasks)))
        .load(db)?;
    Ok(rows.into_iter().map(|(number, said)| (number, fields(&said))).collect())
}

fn handled(db: &mut Db, inspection: &str, division: &str, numbers: &[String]) -> QueryResult<Vec<(String, Fields)>> {
    let rows: Vec<(String, bool, HandlingContent)> = handlings::table
        .filter(
            handlings::inspection_id
                .eq(inspection)
                .and(handlings::division.eq(division)),
        )
        .filter(handlings::number.eq_any(numbers))
        .select((
            handlings::number,
            handlings::reported,
            petition::handling_columns!(handlings),
        ))
        .load(db)?;
    Ok(rows.into_iter().map(reported).collect())
}

fn progressed(db: &mut Db, inspection: &str, division: &str, numbers: &[String]) -> QueryResult<Vec<(String, Fields)>> {
    let rows: Vec<(String, bool, ProgressContent)> = task_progress::table
        .filter(
            task_progress::inspection_id
                .eq(inspection)
                .and(task_progress::division.eq(division)),
        )
        .filter(task_progress::number.eq_any(numbers))
        .select((
            task_progress::number,
            task_progress::reported,
            task::progress_columns!(task_progress),
        ))
        .load(db)?;
    Ok(rows.into_iter().map(reported).collect())
}

/// A part that is not reported says nothing.
fn reported<C: serde::Serialize>((number, reported, content): (String, bool, C)) -> (String, Fields) {
    let said = if reported { fields(&content) } else { Fields::new() };
    (number, said)
}

/// Adds the divisions that listed records are assigned to.
fn add_assigned(
    db: &mut Db,
    inspection: &str,
    kind: RecordKind,
    rows: &[&Touched],
    said: &mut BTreeMap<String, Fields>,
) -> QueryResult<()> {
    let listed: BTreeSet<&str> = rows
        .iter()
        .filter(|row| row.listed)
        .map(|row| row.number.as_str())
        .collect();
    if listed.is_empty() {
        return Ok(());
    }
    let mut assigned: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (number, division) in assignments(db, inspection, kind, &listed)? {
        assigned.entry(number).or_default().push(division);
    }
    for number in listed {
        if let Some(said) = said.get_mut(number) {
            let divisions = assigned.remove(number).unwrap_or_default();
            said.insert(ASSIGNED.to_owned(), divisions.into());
        }
    }
    Ok(())
}

fn assignments(
    db: &mut Db,
    inspection: &str,
    kind: RecordKind,
    numbers: &BTreeSet<&str>,
) -> QueryResult<Vec<(String, String)>> {
    match kind {
        RecordKind::Petition => handlings::table
            .filter(handlings::inspection_id.eq(inspection).and(handlings::assigned))
            .filter(handlings::number.eq_any(numbers.iter()))
            .order((handlings::number, handlings::division))
            .select((handlings::number, handlings::division))
            .load(db),
        RecordKind::Task => task_progress::table
            .filter(task_progress::inspection_id.eq(inspection).and(task_progress::assigned))
            .filter(task_progress::number.eq_any(numbers.iter()))
            .order((task_progress::number, task_progress::division))
            .select((task_progress::number, task_progress::division))
            .load(db),
    }
}
