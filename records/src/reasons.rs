//! Reasons that are given for the warnings of an import after its verdict, as the reason column of a marked copy gives them
//! with a ledger: kept by rule and record, and carried to later ledgers while the cell says the same.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::{SmallInt, Text};

use crate::codes::{ImportState, Severity};
use crate::db::Db;
use crate::dialect;
use crate::findings::Finding;
use crate::imports::Import;
use crate::schema::{findings, import_files, imports, reasons, revisions};
use crate::{importing, verdicts};

/// Which findings a reason is given for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// This one.
    Finding(i64),
    /// Those of a place.
    Place {
        /// Sheet.
        sheet: String,
        /// Row, counted from 1.
        row: i64,
        /// Column, counted from 0; absent: any, and the row as a whole.
        column: Option<i32>,
        /// Code of the rule; absent: any.
        rule: Option<String>,
    },
}

/// A reason, and what it is given for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Which findings.
    pub which: Which,
    /// In words.
    pub reason: String,
}

/// Why reasons were not taken; which of them, counted from 0.
#[derive(Debug, thiserror::Error)]
pub enum GiveError {
    /// The import has no such finding.
    #[error("there is no such finding")]
    Unknown(usize),
    /// The finding is no warning.
    #[error("the finding is no warning")]
    NoWarning(usize),
    /// The database failed.
    #[error(transparent)]
    Query(#[from] diesel::result::Error),
}

/// What a reason is kept with.
struct Kept {
    kind: i16,
    number: String,
    division: String,
    /// Of the cell, or what stands for it; absent: it is not known any more, so that no later ledger can be held against it.
    value: Option<String>,
}

/// Gives reasons for warnings of an import, all of them or none, and has its marked copy made again. Returns the findings,
/// with their reasons, in the order in which they were recorded. `also` runs in the same transaction.
///
/// # Errors
/// [`GiveError`].
pub fn give(
    db: &mut Db,
    import: &Import,
    given: &[Given],
    by: (&str, NaiveDateTime),
    also: impl FnOnce(&mut Db) -> QueryResult<()>,
) -> Result<Vec<Finding>, GiveError> {
    dialect::write(db, |db| {
        // Reasons are written by commits too, which hold this lock.
        importing::lock(db, &import.inspection_id)?;
        let mut chosen: BTreeMap<i64, &str> = BTreeMap::new();
        for (at, given) in given.iter().enumerate() {
            for id in warnings(db, &import.id, &given.which, at)? {
                chosen.insert(id, &given.reason);
            }
        }
        let mut told = Vec::with_capacity(chosen.len());
        for (id, reason) in chosen {
            diesel::update(findings::table.find(id))
                .set(findings::reason.eq(reason))
                .execute(db)?;
            let (finding, cell): (Finding, Option<String>) = findings::table
                .find(id)
                .select((Finding::as_select(), findings::cell))
                .first(db)?;
            if let Some(kept) = record(db, import, &finding, cell)? {
                keep(db, import, &finding, &kept, reason, by)?;
            }
            told.push(finding);
        }
        mark_again(db, import)?;
        also(db)?;
        Ok(told)
    })
}

/// The warnings that are meant.
fn warnings(db: &mut Db, import: &str, which: &Which, at: usize) -> Result<BTreeSet<i64>, GiveError> {
    let mut query = findings::table.filter(findings::import_id.eq(import)).into_boxed();
    match which {
        Which::Finding(id) => query = query.filter(findings::id.eq(id)),
        Which::Place {
            sheet,
            row,
            column,
            rule,
        } => {
            query = query.filter(findings::sheet.eq(sheet).and(findings::row_number.eq(row)));
            if let Some(column) = column {
                query = query.filter(findings::column_number.eq(column));
            }
            if let Some(rule) = rule {
                query = query.filter(findings::rule.eq(rule));
            }
        }
    }
    let found: Vec<(i64, i16)> = query.select((findings::id, findings::severity)).load(db)?;
    if found.is_empty() {
        return Err(GiveError::Unknown(at));
    }
    let warning = Severity::Warning.code();
    let meant: BTreeSet<i64> = found
        .into_iter()
        .filter(|(_, severity)| *severity == warning)
        .map(|(id, _)| id)
        .collect();
    if meant.is_empty() {
        return Err(GiveError::NoWarning(at));
    }
    Ok(meant)
}

/// The record that a finding is about, and what stands for its cell; `None`: it is about no record.
fn record(db: &mut Db, import: &Import, finding: &Finding, cell: Option<String>) -> QueryResult<Option<Kept>> {
    let known = finding.kind.zip(finding.number.clone()).zip(finding.division.clone());
    let key = match known {
        Some(((kind, number), division)) => Some((kind, number, division)),
        None => importing::record_at(db, import, &finding.sheet, finding.row_number)?,
    };
    let Some((kind, number, division)) = key else {
        return Ok(None);
    };
    let whole = !finding.value.is_empty() && !finding.value.ends_with('…');
    let value = match cell {
        Some(cell) => Some(cell),
        None if whole => Some(finding.value.clone()),
        None if !as_left(db, import, kind, &number)? => None,
        None => {
            let cell = importing::cell(db, &import.inspection_id, (kind, &number, &division), &finding.field)?;
            Some(cell.unwrap_or_else(|| finding.value.clone()))
        }
    };
    Ok(Some(Kept {
        kind,
        number,
        division,
        value,
    }))
}

const APPLIED: [ImportState; 2] = [ImportState::Applied, ImportState::AppliedInPart];

fn is_applied(import: &Import) -> bool {
    APPLIED.iter().any(|state| state.code() == import.state)
}

/// Whether a record is as an import left it that was applied.
fn as_left(db: &mut Db, import: &Import, kind: i16, number: &str) -> QueryResult<bool> {
    if !is_applied(import) {
        return Ok(false);
    }
    let Some(span) = verdicts::span(db, &import.id, &APPLIED)? else {
        return Ok(false);
    };
    let later = revisions::table
        .filter(revisions::inspection_id.eq(&import.inspection_id))
        .filter(revisions::number.eq(number).and(revisions::kind.eq(kind)))
        .filter(revisions::sequence.gt(span.to));
    let moved: bool = diesel::select(diesel::dsl::exists(later)).get_result(db)?;
    Ok(!moved)
}

/// Keeps a reason for later ledgers. One that it takes the place of comes back if the import is undone that it was given for.
fn keep(
    db: &mut Db,
    import: &Import,
    finding: &Finding,
    kept: &Kept,
    reason: &str,
    (actor, at_utc): (&str, NaiveDateTime),
) -> QueryResult<()> {
    let key = (
        import.inspection_id.as_str(),
        kept.number.as_str(),
        kept.division.as_str(),
        kept.kind,
        finding.rule.as_str(),
        finding.field.as_str(),
    );
    let before: Option<String> = reasons::table
        .find(key)
        .select(reasons::import_id)
        .first(db)
        .optional()?;
    if before.is_some_and(|before| before != import.id) && is_applied(import) {
        note_before(db, import, finding, kept)?;
    }
    diesel::delete(reasons::table.find(key)).execute(db)?;
    let Some(value) = &kept.value else { return Ok(()) };
    diesel::insert_into(reasons::table)
        .values((
            reasons::inspection_id.eq(key.0),
            reasons::number.eq(key.1),
            reasons::division.eq(key.2),
            reasons::kind.eq(key.3),
            reasons::rule.eq(key.4),
            reasons::field.eq(key.5),
            reasons::value.eq(value),
            reasons::reason.eq(reason),
            reasons::given_by.eq(actor),
            reasons::given_at_utc.eq(at_utc),
            reasons::import_id.eq(&import.id),
        ))
        .execute(db)
        .map(drop)
}

fn note_before(db: &mut Db, import: &Import, finding: &Finding, kept: &Kept) -> QueryResult<()> {
    diesel::sql_query(
        "INSERT INTO before_reasons
         SELECT $1, r.* FROM reasons r
         WHERE r.inspection_id = $2 AND r.number = $3 AND r.division = $4 AND r.kind = $5 AND r.rule = $6 AND r.field = $7
             AND NOT EXISTS (
                 SELECT 1 FROM before_reasons b
                 WHERE b.inspection_id = r.inspection_id AND b.before_import = $1 AND b.number = r.number
                     AND b.division = r.division AND b.kind = r.kind AND b.rule = r.rule AND b.field = r.field
             )",
    )
    .bind::<Text, _>(&import.id)
    .bind::<Text, _>(&import.inspection_id)
    .bind::<Text, _>(&kept.number)
    .bind::<Text, _>(&kept.division)
    .bind::<SmallInt, _>(kept.kind)
    .bind::<Text, _>(&finding.rule)
    .bind::<Text, _>(&finding.field)
    .execute(db)
    .map(drop)
}

/// Has the workbooks of an import made again that has some: they show the reasons.
fn mark_again(db: &mut Db, import: &Import) -> QueryResult<()> {
    let copies = import_files::table.filter(import_files::import_id.eq(&import.id));
    let has_copies: bool = diesel::select(diesel::dsl::exists(copies)).get_result(db)?;
    if !has_copies || !import.stored {
        return Ok(());
    }
    let shown = [
        ImportState::Checked,
        ImportState::Planned,
        ImportState::Applied,
        ImportState::AppliedInPart,
        ImportState::Rejected,
    ];
    let settled = imports::table
        .find(&import.id)
        .filter(imports::copies_due.eq(false))
        .filter(imports::state.eq_any(shown.map(ImportState::code)));
    diesel::update(settled)
        .set((
            imports::copies_due.eq(true),
            imports::attempt.eq(0),
            imports::lease_until_utc.eq(None::<NaiveDateTime>),
        ))
        .execute(db)?;
    dialect::notify(db)
}
