//! What each row changes: the old and the new value of every field that differs, for the history.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use serde::Serialize;
use serde_json::{Map, Value};

use super::StagedDelta;
use super::outcome::Outcome;
use crate::codes::RecordKind;
use crate::db::Db;
use crate::dialect;
use crate::petitions::{self, HandlingContent, PetitionWording};
use crate::schema::{handlings, petitions as petitions_table, task_progress, tasks as tasks_table};
use crate::schema_stage::{stage_context, stage_petitions, stage_tasks, verdicts};
use crate::tasks::{self, ProgressContent, TaskWording};

/// Rows are compared in pieces of this many.
pub(super) const PIECE: i64 = 2_000;

/// A staged row beside what is stored: its key, whether the wording is the row's to change, and both pairs.
type Pair<W, C> = (i64, bool, W, C, W, Option<C>);

/// Stages the deltas of updated and late rows. Returns how many late rows go into the history.
pub(super) fn stage(db: &mut Db, kind: RecordKind, register: bool) -> QueryResult<i64> {
    let seen_before: bool = stage_context::table.select(stage_context::seen_before).first(db)?;
    let mut outcomes = vec![Outcome::Updated as i32];
    if !seen_before {
        outcomes.push(Outcome::Late as i32);
    }
    let mut after = 0;
    loop {
        let deltas = match kind {
            RecordKind::Petition => deltas(&petition_pairs(db, &outcomes, after)?, register),
            RecordKind::Task => deltas(&task_pairs(db, &outcomes, after)?, register),
        };
        let Some(last) = deltas.last().map(|delta| delta.0) else {
            break;
        };
        store(db, kind, register, deltas)?;
        after = last;
    }
    if seen_before {
        return Ok(0);
    }
    verdicts::table
        .filter(verdicts::outcome.eq(Outcome::Late as i32))
        .count()
        .get_result(db)
}

fn petition_pairs(
    db: &mut Db,
    outcomes: &[i32],
    after: i64,
) -> QueryResult<Vec<Pair<PetitionWording, HandlingContent>>> {
    let inspection: String = stage_context::table.select(stage_context::inspection_id).first(db)?;
    verdicts::table
        .inner_join(stage_petitions::table.on(stage_petitions::row_id.eq(verdicts::row_id)))
        .inner_join(
            petitions_table::table.on(petitions_table::inspection_id
                .eq(inspection.clone())
                .and(petitions_table::number.eq(verdicts::number))),
        )
        .left_join(
            handlings::table.on(handlings::inspection_id
                .eq(inspection)
                .and(handlings::number.eq(verdicts::number))
                .and(handlings::division.eq(verdicts::division))),
        )
        .filter(
            verdicts::outcome
                .eq_any(outcomes.to_vec())
                .and(verdicts::row_id.gt(after)),
        )
        .order(verdicts::row_id)
        .limit(PIECE)
        .select((
            verdicts::row_id,
            verdicts::owns,
            petitions::wording_columns!(stage_petitions),
            petitions::handling_columns!(stage_petitions),
            petitions::wording_columns!(petitions_table),
            petitions::handling_columns!(handlings).nullable(),
        ))
        .load(db)
}

fn task_pairs(db: &mut Db, outcomes: &[i32], after: i64) -> QueryResult<Vec<Pair<TaskWording, ProgressContent>>> {
    let inspection: String = stage_context::table.select(stage_context::inspection_id).first(db)?;
    verdicts::table
        .inner_join(stage_tasks::table.on(stage_tasks::row_id.eq(verdicts::row_id)))
        .inner_join(
            tasks_table::table.on(tasks_table::inspection_id
                .eq(inspection.clone())
                .and(tasks_table::number.eq(verdicts::number))),
        )
        .left_join(
            task_progress::table.on(task_progress::inspection_id
                .eq(inspection)
                .and(task_progress::number.eq(verdicts::number))
                .and(task_progress::division.eq(verdicts::division))),
        )
        .filter(
            verdicts::outcome
                .eq_any(outcomes.to_vec())
                .and(verdicts::row_id.gt(after)),
        )
        .order(verdicts::row_id)
        .limit(PIECE)
        .select((
            verdicts::row_id,
            verdicts::owns,
            tasks::wording_columns!(stage_tasks),
            tasks::progress_columns!(stage_tasks),
            tasks::wording_columns!(tasks_table),
            tasks::progress_columns!(task_progress).nullable(),
        ))
        .load(db)
}

/// A row, and the old and the new values of the fields it changes.
pub(crate) type Delta = (i64, Map<String, Value>, Map<String, Value>);

/// What a row changes in a record that it says everything of.
pub(crate) fn delta<C: Serialize>(row_id: i64, stored: &C, staged: &C) -> Delta {
    let mut delta = (row_id, Map::new(), Map::new());
    differ(stored, staged, &mut delta);
    delta
}

/// Stages deltas.
pub(super) fn stage_all(db: &mut Db, deltas: Vec<Delta>) -> QueryResult<()> {
    let rows: Vec<_> = deltas.into_iter().map(staged).collect();
    dialect::stage_deltas(db, &rows)
}

fn staged((row_id, before, after): Delta) -> StagedDelta {
    StagedDelta {
        row_id,
        before: Value::Object(before).to_string(),
        after: Value::Object(after).to_string(),
    }
}

fn deltas<W: Serialize, C: Serialize>(pairs: &[Pair<W, C>], register: bool) -> Vec<Delta> {
    pairs
        .iter()
        .map(
            |(row_id, owns, staged_wording, staged_part, stored_wording, stored_part)| {
                let mut delta = (*row_id, Map::new(), Map::new());
                if *owns {
                    differ(stored_wording, staged_wording, &mut delta);
                }
                if let (Some(stored_part), false) = (stored_part, register) {
                    differ(stored_part, staged_part, &mut delta);
                }
                delta
            },
        )
        .collect()
}

/// Adds the fields whose values differ. Both structs are plain, so they always turn into JSON objects.
fn differ<T: Serialize>(stored: &T, staged: &T, delta: &mut Delta) {
    if let (Ok(Value::Object(old)), Ok(Value::Object(new))) =
        (serde_json::to_value(stored), serde_json::to_value(staged))
    {
        for (field, value) in new {
            let before = old.get(&field).cloned().unwrap_or(Value::Null);
            if before != value {
                delta.1.insert(field.clone(), before);
                delta.2.insert(field, value);
            }
        }
    }
}

fn store(db: &mut Db, kind: RecordKind, register: bool, mut deltas: Vec<Delta>) -> QueryResult<()> {
    if register {
        let (first, last) = match (deltas.first(), deltas.last()) {
            (Some(first), Some(last)) => (first.0, last.0),
            _ => return Ok(()),
        };
        let mut before = assigned_before(db, kind, first, last)?;
        let mut after = assigned_after(db, first, last)?;
        for delta in &mut deltas {
            let (old, new) = (
                before.remove(&delta.0).unwrap_or_default(),
                after.remove(&delta.0).unwrap_or_default(),
            );
            if old != new {
                delta.1.insert("assigned".to_owned(), old.into());
                delta.2.insert("assigned".to_owned(), new.into());
            }
        }
    }
    stage_all(db, deltas)
}

#[derive(QueryableByName)]
struct Assigned {
    #[diesel(sql_type = BigInt)]
    row_id: i64,
    #[diesel(sql_type = Text)]
    division: String,
}

fn grouped(rows: Vec<Assigned>) -> BTreeMap<i64, Vec<String>> {
    let mut by_row: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for row in rows {
        by_row.entry(row.row_id).or_default().push(row.division);
    }
    by_row
}

fn assigned_before(db: &mut Db, kind: RecordKind, first: i64, last: i64) -> QueryResult<BTreeMap<i64, Vec<String>>> {
    let part = match kind {
        RecordKind::Petition => "handlings",
        RecordKind::Task => "task_progress",
    };
    let rows = diesel::sql_query(format!(
        "SELECT v.row_id, h.division FROM verdicts v CROSS JOIN stage_context c
         JOIN {part} h ON h.inspection_id = c.inspection_id AND h.number = v.number
         WHERE h.assigned AND v.row_id BETWEEN {first} AND {last} ORDER BY v.row_id, h.division"
    ))
    .load(db)?;
    Ok(grouped(rows))
}

fn assigned_after(db: &mut Db, first: i64, last: i64) -> QueryResult<BTreeMap<i64, Vec<String>>> {
    let rows = diesel::sql_query(format!(
        "SELECT row_id, division FROM stage_assigned WHERE row_id BETWEEN {first} AND {last} ORDER BY row_id, division"
    ))
    .load(db)?;
    Ok(grouped(rows))
}
