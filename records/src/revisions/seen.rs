//! What of the revisions is in reach.

use std::collections::BTreeSet;

use diesel::Connection;
use diesel::dsl::exists;
use diesel::prelude::*;
use serde_json::{Map, Value};

use super::row::Revision;
use crate::codes::{Change, PlainKind, RecordKind};
use crate::db::Db;
use crate::json::names;
use crate::petitions::PetitionWording;
use crate::reach::Reach;
use crate::schema::{handlings, revisions, task_progress};
use crate::schema_plain::accountabilities;
use crate::tasks::TaskWording;

/// The field of the divisions that the province's list assigns a record to.
const ASSIGNED: &str = "assigned";

type Query<'a> = revisions::BoxedQuery<'a, <Db as Connection>::Backend>;

/// Narrows `query` to the parts of these divisions, as far as they are in reach. Without divisions: to what is in reach, and
/// to what others changed of records that somebody in reach has a part in.
pub(super) fn in_reach<'a>(query: Query<'a>, reach: &'a Reach, divisions: &'a [String]) -> Query<'a> {
    let Some(codes) = reach.narrowed(divisions) else {
        return query;
    };
    if !divisions.is_empty() {
        return query.filter(revisions::division.eq_any(codes));
    }
    if reach.is_provincial() {
        return query.filter(revisions::division.eq_any(codes).or(revisions::division.eq("")));
    }
    let petitions = handlings::table
        .filter(handlings::inspection_id.eq(revisions::inspection_id))
        .filter(handlings::number.eq(revisions::number))
        .filter(handlings::division.eq_any(codes.clone()));
    let tasks = task_progress::table
        .filter(task_progress::inspection_id.eq(revisions::inspection_id))
        .filter(task_progress::number.eq(revisions::number))
        .filter(task_progress::division.eq_any(codes.clone()));
    let answered = accountabilities::table
        .filter(accountabilities::inspection_id.eq(revisions::inspection_id))
        .filter(accountabilities::issue.eq(revisions::number.nullable()))
        .filter(accountabilities::division.eq_any(codes.clone()));
    // What came late changed nothing of what others see.
    let of_others = revisions::change.ne(Change::Late.code()).and(
        revisions::kind
            .eq(RecordKind::Petition.code())
            .and(exists(petitions))
            .or(revisions::kind.eq(RecordKind::Task.code()).and(exists(tasks)))
            .or(revisions::kind
                .eq(PlainKind::AccountabilityIssue.code())
                .and(exists(answered))),
    );
    query.filter(revisions::division.eq_any(codes).or(of_others))
}

/// Leaves of what others changed what is seen of a record that others have a part in: its wording, and the divisions in reach
/// that it is assigned to.
pub(super) fn conceal(reach: &Reach, revision: &mut Revision) {
    let own = reach.has(&revision.division) || revision.division.is_empty() && reach.is_provincial();
    if own {
        return;
    }
    let wording = wording(revision.kind);
    let (mut before, mut after) = (Map::new(), Map::new());
    for mut change in revision.fields() {
        if change.field == ASSIGNED {
            leave_own(reach, &mut change.before);
            leave_own(reach, &mut change.after);
        } else if wording.as_ref().is_some_and(|fields| !fields.contains(&change.field)) {
            continue;
        }
        if change.before != change.after {
            before.insert(change.field.clone(), change.before);
            after.insert(change.field, change.after);
        }
    }
    let kept = revision.after.is_some();
    revision.before = kept.then(|| Value::Object(before).to_string());
    revision.after = kept.then(|| Value::Object(after).to_string());
    for text in [
        &mut revision.division,
        &mut revision.import_id,
        &mut revision.sheet,
        &mut revision.actor,
    ] {
        text.clear();
    }
    revision.row_number = 0;
    revision.reason = None;
    // That another's part is gone is not told as what becomes of the record: without a division it would be taken for that.
    if [Change::Removed, Change::Withdrawn]
        .map(Change::code)
        .contains(&revision.change)
    {
        revision.change = Change::Updated.code();
    }
}

/// The fields that everybody sees who has a part in the record; `None`: all.
fn wording(kind: i16) -> Option<BTreeSet<String>> {
    if kind == RecordKind::Petition.code() {
        Some(names(&PetitionWording::default()))
    } else if kind == RecordKind::Task.code() {
        Some(names(&TaskWording::default()))
    } else {
        None
    }
}

fn leave_own(reach: &Reach, assigned: &mut Value) {
    if let Value::Array(codes) = assigned {
        codes.retain(|code| code.as_str().is_some_and(|code| reach.has(code)));
    }
}
