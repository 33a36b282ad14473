//! The revisions of what is taken back: each says what its row said before and after, so that a record's history can be read
//! backwards past it. Of a row that is gone it keeps all there was, for the revision that made it keeps no copy.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::{Map, Value};

use super::states::{self, Fields, Touched};
use crate::codes::Change;
use crate::db::Db;
use crate::dialect;
use crate::json;
use crate::schema::revisions;
use crate::schema_undo::undo_states;

/// Rows are read and told in pieces of this many.
const PIECE: i64 = 1_000;

/// As what it is told.
#[derive(Debug, Clone, Copy)]
pub(super) struct As<'a> {
    pub inspection_id: &'a str,
    /// The import that is undone; empty: none.
    pub import_id: &'a str,
    /// Who did it.
    pub actor: &'a str,
    /// Why, in their words.
    pub reason: Option<&'a str>,
    pub at_utc: NaiveDateTime,
    /// What is said of a row that is there afterwards, and of one that is gone.
    pub back: Change,
    pub gone: Change,
}

/// What a row said before it was changed.
#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = undo_states, treat_none_as_default_value = false)]
pub(crate) struct NotedState {
    position: i64,
    fields: String,
}

/// A revision that is written by itself.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = revisions, treat_none_as_default_value = false)]
pub(crate) struct ToldRevision {
    inspection_id: String,
    sequence: i64,
    kind: i16,
    number: String,
    division: String,
    change: i16,
    before: Option<String>,
    after: Option<String>,
    import_id: String,
    sheet: String,
    row_number: i64,
    actor: String,
    at_utc: NaiveDateTime,
    reason: Option<String>,
}

/// Notes what the touched rows say before they are changed.
pub(super) fn note_states(db: &mut Db, inspection: &str) -> QueryResult<()> {
    let mut after = 0;
    loop {
        let rows = states::touched(db, after, PIECE)?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.position;
        let noted: Vec<NotedState> = states::present(db, inspection, &rows)?
            .into_iter()
            .map(|(position, fields)| NotedState {
                position,
                fields: Value::Object(fields).to_string(),
            })
            .collect();
        dialect::undo_states(db, &noted)?;
    }
}

/// Writes a revision of each touched row that is another now, or not there any more. Returns how many.
pub(super) fn write(db: &mut Db, by: &As<'_>, last_sequence: i64) -> QueryResult<i64> {
    let (mut after, mut sequence) = (0, last_sequence);
    loop {
        let rows = states::touched(db, after, PIECE)?;
        let Some(last) = rows.last() else {
            return Ok(sequence - last_sequence);
        };
        let mut before = noted(db, after, last.position)?;
        let mut now = states::present(db, by.inspection_id, &rows)?;
        after = last.position;
        let mut told = Vec::with_capacity(rows.len());
        for row in rows {
            let (before, now) = (before.remove(&row.position), now.remove(&row.position));
            if let Some((change, before, after)) = changed(&row, before, now, by) {
                sequence += 1;
                told.push(by.revision(sequence, row, change, before, after));
            }
        }
        dialect::told_revisions(db, &told)?;
    }
}

fn noted(db: &mut Db, after: i64, to: i64) -> QueryResult<BTreeMap<i64, Fields>> {
    let noted: Vec<NotedState> = undo_states::table
        .filter(undo_states::position.gt(after).and(undo_states::position.le(to)))
        .load(db)?;
    noted
        .into_iter()
        .map(|state| Ok((state.position, json::parse(&state.fields)?)))
        .collect()
}

/// What became of a row, with the fields that differ; nothing, if neither it nor the import has anything to say.
fn changed(
    row: &Touched,
    before: Option<Fields>,
    now: Option<Fields>,
    by: &As<'_>,
) -> Option<(Change, Fields, Fields)> {
    let was_there = before.is_some();
    let (change, gone) = match now {
        Some(_) => (by.back, false),
        None => (by.gone, true),
    };
    let (mut old, mut new) = (Map::new(), Map::new());
    let (mut before, mut now) = (before.unwrap_or_default(), now.unwrap_or_default());
    let names: Vec<String> = before.keys().chain(now.keys()).cloned().collect();
    for name in names {
        let (was, is) = (
            before.remove(&name).unwrap_or_default(),
            now.remove(&name).unwrap_or_default(),
        );
        if was != is {
            old.insert(name.clone(), was);
            new.insert(name, is);
        }
    }
    let told = if gone {
        was_there
    } else {
        !new.is_empty() || row.sheet.is_some()
    };
    told.then_some((change, old, new))
}

impl As<'_> {
    fn revision(&self, sequence: i64, row: Touched, change: Change, before: Fields, after: Fields) -> ToldRevision {
        ToldRevision {
            inspection_id: self.inspection_id.to_owned(),
            sequence,
            kind: row.kind,
            number: row.number,
            division: row.division,
            change: change.code(),
            before: Some(Value::Object(before).to_string()),
            after: Some(Value::Object(after).to_string()),
            import_id: self.import_id.to_owned(),
            sheet: row.sheet.unwrap_or_default(),
            row_number: row.row_number.unwrap_or_default(),
            actor: self.actor.to_owned(),
            at_utc: self.at_utc,
            reason: self.reason.map(str::to_owned),
        }
    }
}
