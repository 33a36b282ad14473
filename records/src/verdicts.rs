//! Verdicts on imports, in the order in which they fell: what the feed tells of an import, between the revisions.
//!
//! They are counted by themselves, under the inspection's lock. Each knows how many revisions were there before it, so that
//! revisions and verdicts have one order, while a verdict that changes no record leaves the number of the last revision as
//! it is: whoever took rows for known, or wrote some early, need not read its file again.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::codes::ImportState;
use crate::db::Db;
use crate::imports::Import;
use crate::reach::Reach;
use crate::schema::{import_verdicts, imports, inspections};
use crate::scope::{Whole, beyond};

/// A state that an import reached and that no worker changes.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Verdict {
    /// Counted from 1 in its inspection.
    pub verdict: i64,
    /// Number of the last revision before it.
    pub sequence: i64,
    /// The import.
    pub import_id: String,
    /// [`ImportState`].
    pub state: i16,
    /// Whose ledger it was by then.
    pub division: Option<String>,
    /// Who decided it; empty: a worker found it.
    pub actor: String,
    /// In the words of who decided it.
    pub note: Option<String>,
    /// When, UTC.
    pub at_utc: NaiveDateTime,
    /// As the file was called.
    pub file_name: String,
    /// Ledger kinds found, separated by `|`.
    pub kinds: String,
}

/// What was decided of an import.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fell<'a> {
    pub import_id: &'a str,
    pub inspection_id: &'a str,
    pub division: Option<&'a str>,
    pub state: i16,
    /// Revisions written with it: the last of the inspection.
    pub revisions: i64,
    pub actor: &'a str,
    pub note: Option<&'a str>,
}

impl<'a> Fell<'a> {
    /// What a worker found.
    pub fn of(import: &'a Import, revisions: i64) -> Self {
        Self {
            import_id: &import.id,
            inspection_id: &import.inspection_id,
            division: import.division.as_deref(),
            state: import.state,
            revisions,
            actor: "",
            note: None,
        }
    }
}

/// The revisions that an import wrote: those behind `after`, up to `to`; and the verdict that came with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub verdict: i64,
    pub after: i64,
    pub to: i64,
}

/// Writes a verdict behind all others and behind all revisions there are. The inspection is locked.
pub(crate) fn write(db: &mut Db, fell: Fell<'_>) -> QueryResult<()> {
    diesel::update(inspections::table.find(fell.inspection_id))
        .set(inspections::last_verdict.eq(inspections::last_verdict + 1))
        .execute(db)?;
    let (number, sequence): (i64, i64) = inspections::table
        .find(fell.inspection_id)
        .select((inspections::last_verdict, inspections::last_sequence))
        .first(db)?;
    diesel::insert_into(import_verdicts::table)
        .values((
            import_verdicts::inspection_id.eq(fell.inspection_id),
            import_verdicts::verdict.eq(number),
            import_verdicts::sequence.eq(sequence),
            import_verdicts::revisions.eq(fell.revisions),
            import_verdicts::import_id.eq(fell.import_id),
            import_verdicts::state.eq(fell.state),
            import_verdicts::division.eq(fell.division),
            import_verdicts::actor.eq(fell.actor),
            import_verdicts::note.eq(fell.note),
            import_verdicts::at_utc.eq(chrono::Utc::now().naive_utc()),
        ))
        .execute(db)
        .map(drop)
}

/// What an import wrote when it reached one of these states; `None`: it was before verdicts were kept.
pub(crate) fn span(db: &mut Db, import: &str, states: &[ImportState]) -> QueryResult<Option<Span>> {
    let states: Vec<i16> = states.iter().map(|state| state.code()).collect();
    let found: Option<(i64, i64, i64)> = import_verdicts::table
        .filter(import_verdicts::import_id.eq(import))
        .filter(import_verdicts::state.eq_any(states))
        .order(import_verdicts::verdict.desc())
        .select((
            import_verdicts::verdict,
            import_verdicts::sequence,
            import_verdicts::revisions,
        ))
        .first(db)
        .optional()?;
    Ok(found.map(|(verdict, sequence, revisions)| Span {
        verdict,
        after: sequence - revisions,
        to: sequence,
    }))
}

/// The next verdicts in reach behind the number `after`, at most `size`, of those up to `end` that fell before any revision
/// behind `sequence`. Without divisions: of all.
pub(crate) fn behind(
    db: &mut Db,
    reach: &Reach,
    inspection: &str,
    divisions: &[String],
    (after, end, sequence): (i64, i64, i64),
    size: usize,
) -> QueryResult<Vec<Verdict>> {
    let mut query = import_verdicts::table
        .inner_join(imports::table)
        .filter(import_verdicts::inspection_id.eq(inspection))
        .filter(import_verdicts::verdict.gt(after).and(import_verdicts::verdict.le(end)))
        .filter(import_verdicts::sequence.le(sequence))
        .into_boxed();
    if let Some(codes) = reach.narrowed(divisions) {
        query = query.filter(import_verdicts::division.eq_any(codes));
    }
    query
        .order(import_verdicts::verdict)
        .limit(size as i64)
        .select((
            import_verdicts::verdict,
            import_verdicts::sequence,
            import_verdicts::import_id,
            import_verdicts::state,
            import_verdicts::division,
            import_verdicts::actor,
            import_verdicts::note,
            import_verdicts::at_utc,
            imports::file_name,
            imports::kinds,
        ))
        .load(db)
}

/// The last verdict up to `end` that fell before any revision behind `sequence`, and at least `after`; whosever it is.
pub(crate) fn last(db: &mut Db, inspection: &str, (after, end, sequence): (i64, i64, i64)) -> QueryResult<i64> {
    let last = beyond(db, Whole::Verdicts, |db| {
        import_verdicts::table
            .filter(import_verdicts::inspection_id.eq(inspection))
            .filter(import_verdicts::verdict.gt(after).and(import_verdicts::verdict.le(end)))
            .filter(import_verdicts::sequence.le(sequence))
            .order(import_verdicts::verdict.desc())
            .select(import_verdicts::verdict)
            .first(db)
            .optional()
    });
    Ok(last?.unwrap_or(after))
}
