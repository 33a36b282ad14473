//! Reading revisions: one statement each.

use std::collections::BTreeSet;

use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::row::{ChangeFilter, RecordKey, Revision, Stretch};
use super::seen::{conceal, in_reach};
use crate::codes::{Change, ImportState, PlainKind};
use crate::db::Db;
use crate::page::Page;
use crate::reach::Reach;
use crate::schema::{imports, revisions};
use crate::schema_plain::accountabilities;

/// Revisions that are looked through at once for those that a caller may see.
const WINDOW: i64 = 5_000;

/// One page of a record's revisions in reach, latest first, of those before the number `before`.
///
/// The inspection must be known to be in reach.
///
/// # Errors
/// The database's.
pub fn of_record(
    db: &mut Db,
    reach: &Reach,
    inspection: &str,
    key: &RecordKey,
    before: Option<i64>,
    size: usize,
) -> QueryResult<Page<Revision>> {
    let divisions: Vec<String> = key.division.iter().cloned().collect();
    // What an undone import said too late to change anything counts no more, and is no part of what the record was.
    let undone = imports::table
        .filter(imports::id.eq(revisions::import_id))
        .filter(imports::state.eq(ImportState::Undone.code()));
    let mut query = in_reach(revisions::table.into_boxed(), reach, &divisions)
        .filter(revisions::inspection_id.eq(inspection))
        .filter(revisions::number.eq(&key.number).and(revisions::kind.eq(key.kind)))
        .filter(revisions::change.ne(Change::Late.code()).or(not(exists(undone))));
    if let Some(before) = before {
        query = query.filter(revisions::sequence.lt(before));
    }
    let rows = query
        .order(revisions::sequence.desc())
        .limit(size as i64 + 1)
        .select(Revision::as_select())
        .load(db)?;
    let mut page = Page::cut(rows, size);
    page.rows.iter_mut().for_each(|revision| conceal(reach, revision));
    Ok(page)
}

/// The next revisions in reach behind the number `after`, at most `size`, of those up to `end`, the feed's end as it was
/// read before. A stretch without rows is not the end of the feed unless it goes up to there.
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
    (after, end): (i64, i64),
    size: usize,
) -> QueryResult<Stretch> {
    if after >= end {
        return Ok(Stretch {
            rows: Vec::new(),
            to: after,
        });
    }
    // However little of it is in reach, a statement looks at so many revisions only.
    let to = end.min(after.saturating_add(WINDOW));
    let mut query = in_reach(revisions::table.into_boxed(), reach, &filter.divisions)
        .filter(revisions::inspection_id.eq(inspection))
        .filter(revisions::sequence.gt(after).and(revisions::sequence.le(to)));
    if !filter.kinds.is_empty() {
        query = query.filter(revisions::kind.eq_any(&filter.kinds));
    }
    let mut rows = query
        .order(revisions::sequence)
        .limit(size as i64)
        .select(Revision::as_select())
        .load(db)?;
    let full = rows.last().filter(|_| rows.len() == size).map(|last| last.sequence);
    rows.iter_mut().for_each(|revision| conceal(reach, revision));
    Ok(Stretch {
        rows,
        to: full.unwrap_or(to),
    })
}

/// Every name that a decision's person has or had, as far as the history knows: so that its texts can be masked.
///
/// # Errors
/// The database's.
pub fn persons(db: &mut Db, inspection: &str, division: &str, number: &str) -> QueryResult<BTreeSet<String>> {
    let present: Option<Option<String>> = accountabilities::table
        .find((inspection, division, number))
        .select(accountabilities::name)
        .first(db)
        .optional()?;
    let changes: Vec<Revision> = revisions::table
        .filter(revisions::inspection_id.eq(inspection))
        .filter(revisions::number.eq(number).and(revisions::division.eq(division)))
        .filter(revisions::kind.eq(PlainKind::Accountability.code()))
        .filter(revisions::after.is_not_null())
        .select(Revision::as_select())
        .load(db)?;
    let former = changes.iter().flat_map(Revision::fields);
    let former = former
        .filter(|change| change.field == "name")
        .flat_map(|change| [change.before, change.after]);
    let former = former.filter_map(|name| name.as_str().map(str::to_owned));
    Ok(former
        .chain(present.flatten())
        .filter(|name| !name.is_empty())
        .collect())
}
