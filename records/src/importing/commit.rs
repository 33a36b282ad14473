//! The one transaction in which a file becomes records.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::context::Context;
use super::early::Early;
use super::forms::{self, LedgerForm};
use super::gone;
use super::known::Known;
use super::lock::{Locked, lock, unlock};
use super::outcome::RowCounts;
use super::plan::Planner;
use super::reasons::Came;
use super::refusals::{FieldPlaces, Teller};
use super::stage::Stage;
use super::terms::{CommitError, allowed, was_planned};
use super::{known_said, merge as numbered, plain, reasons};
use crate::codes::{ImportState, RecordKind, Severity};
use crate::db::Db;
use crate::dialect;
use crate::figures::{Counting, EarlyCounts};
use crate::findings::NewFinding;
use crate::imports::{self, Import};
use crate::queue;

/// A file whose rows are staged.
pub struct Ledger {
    /// The import as it will be stored; its counts and its state are filled in here.
    pub import: Import,
    /// Rows refused before they were staged, or taken out of the stage.
    pub refused: i64,
    /// It is the province's list, which owns every wording.
    pub register: bool,
    /// The ledger's reporting date.
    pub reported_on: NaiveDate,
    /// Now, UTC.
    pub at_utc: NaiveDateTime,
    /// Where fields stand, for findings against stored records.
    pub places: FieldPlaces,
    /// The forms of the kinds found.
    pub forms: Vec<LedgerForm>,
}

/// A file that has become records.
#[derive(Debug, Clone)]
pub struct Committed {
    /// The import as stored.
    pub import: Import,
    /// What became of its rows.
    pub rows: RowCounts,
    /// Revisions written.
    pub revisions: i64,
}

/// Does what a commit may leave for later: SQLite's log is copied into the database file. To be called once the commit
/// was told; a process that ends before loses nothing.
///
/// # Errors
/// The database's.
pub fn settle(db: &mut Db) -> QueryResult<()> {
    dialect::copy_now(db)
}

/// Makes records of what is staged: all of it or, on an error, nothing. `observe` sees each finding that only the stored
/// records could tell and, at the end, each warning whose reason is known once more with it.
///
/// # Errors
/// [`CommitError`].
pub fn commit(
    mut stage: Stage<'_>,
    ledger: Ledger,
    observe: &mut dyn FnMut(&NewFinding),
) -> Result<Committed, CommitError> {
    if stage.too_late {
        return Err(CommitError::Raced);
    }
    let (rows, plain, known, mut early) = (
        stage.rows,
        stage.plain,
        stage.known.take(),
        stage.early.take().filter(|early| early.rows > 0),
    );
    let db = &mut *stage.db;
    if early.is_none() {
        dialect::commit(db)?; // the staging transaction, which wrote temporary tables only
        dialect::put_off_copying(db)?;
    }
    let seen_before = imports::was_applied(db, &ledger.import.inspection_id, &ledger.import.file_sha256)?;
    let counts = RowCounts {
        inserted: early.as_ref().map_or(0, |early| early.rows),
        unchanged: known.as_ref().map_or(0, |known| known.rows),
        refused: ledger.refused,
        updated: 0,
    };
    let staged = Staged {
        rows,
        plain,
        seen_before,
        counts,
        early: early.as_mut().map(|early| std::mem::take(&mut early.counts)),
    };
    match early {
        None => dialect::write(db, |db| locked(db, known.as_ref(), None, staged, ledger, observe)),
        Some(early) => {
            dialect::early::end(db)?;
            // The transaction that merged rows early goes on; dropping the stage takes it back.
            let committed = locked(db, known.as_ref(), Some(&early), staged, ledger, observe)?;
            dialect::commit(db)?;
            Ok(committed)
        }
    }
}

/// What happens under the inspection's lock.
fn locked(
    db: &mut Db,
    known: Option<&Known>,
    early: Option<&Early>,
    staged: Staged,
    ledger: Ledger,
    observe: &mut dyn FnMut(&NewFinding),
) -> Result<Committed, CommitError> {
    dialect::join_in_memory(db)?;
    let mut state = lock(db, &ledger.import.inspection_id)?;
    let before = state.last_sequence;
    let moved = known.is_some_and(|known| known.sequence != before);
    let dated = early.is_none_or(|early| early.reported_on == Some(ledger.reported_on));
    if moved || !dated {
        return Err(CommitError::Raced);
    }
    if let Some(known) = known.filter(|known| known.rows > 0) {
        known_said::note(db, &ledger)?;
        known_said::again(db, known, &ledger)?;
    }
    if let Some(early) = early {
        state.last_sequence = early.sequence;
    }
    let mut silent = |_| {};
    let mut planner = was_planned(&ledger.import).then(|| Planner::new(&mut silent));
    let told = Told {
        finding: observe,
        planner: planner.as_mut(),
    };
    let merged = merge(db, state, staged, ledger, told)?;
    let import = &merged.committed.import;
    allowed(import, &merged.committed.rows, planner.map(Planner::hash))?;
    store(db, merged, before)
}

/// Who is told while rows are merged.
pub(super) struct Told<'t, 'p> {
    /// Of each finding that only the stored records could tell.
    pub finding: &'t mut dyn FnMut(&NewFinding),
    /// Of each row, when this is a plan.
    pub planner: Option<&'t mut Planner<'p>>,
}

/// What the commit begins with.
pub(super) struct Staged {
    /// Staged rows of petitions and of tasks.
    pub rows: [i64; 2],
    /// Staged rows of the plain kinds.
    pub plain: [i64; plain::KINDS.len()],
    /// The same bytes were applied before.
    pub seen_before: bool,
    /// Rows that are settled already.
    pub counts: RowCounts,
    /// What rows count that are petitions already.
    pub early: Option<EarlyCounts>,
}

/// Rows that are merged, and the inspection they are merged into.
pub(super) struct Merged {
    /// The import as it will be stored, and what became of its rows.
    pub committed: Committed,
    locked: Locked,
}

/// Merges what is staged, tells what only the stored records can tell, and counts. What is left is [`store`].
pub(super) fn merge(
    db: &mut Db,
    mut locked: Locked,
    staged: Staged,
    mut ledger: Ledger,
    mut told: Told<'_, '_>,
) -> QueryResult<Merged> {
    let mut counts = staged.counts;
    let mut counting = None;
    let mut until = ledger.reported_on;
    if staged.rows[0] > 0 || staged.early.is_some() {
        let begun = counting.insert(Counting::begin(db, &ledger.import.inspection_id, locked.is_empty)?);
        if let Some(early) = staged.early {
            until = early.gather(db, begun)?.map_or(until, |day| day.max(until));
        }
    }
    let came = Came {
        early: counts.inserted > 0,
        seen_before: staged.seen_before,
    };
    for (kind, rows) in [RecordKind::Petition, RecordKind::Task].into_iter().zip(staged.rows) {
        if rows > 0 {
            let counting = counting.as_mut().filter(|_| kind == RecordKind::Petition);
            let of = Kind {
                kind,
                counting,
                seen_before: staged.seen_before,
            };
            counts += merge_kind(db, of, &ledger, &mut locked, &mut told)?;
        }
    }
    if let Some(counting) = counting {
        counting.end(db, Some(until))?;
    }
    // Behind the tasks, which indicators and activities may name; issues before the decisions on them.
    for (kind, rows) in plain::KINDS.iter().zip(staged.plain) {
        if rows > 0 {
            context(&ledger, locked.last_sequence, (kind.code(), false), staged.seen_before).set(db)?;
            let (merged, revisions) = plain::merge(db, kind, &ledger, told.finding, told.planner.as_deref_mut())?;
            counts += merged;
            locked.last_sequence += revisions;
        }
    }
    let nothing_to_index = counts.inserted + counts.updated == 0;
    fill(&mut ledger.import, &counts, nothing_to_index);
    gone::tell(db, &ledger, &counts, told.finding)?;
    forms::tell(db, &ledger, told.finding)?;
    reasons::keep(db, &ledger, came, told.finding)?;
    count_findings(db, &mut ledger.import)?;
    Ok(Merged {
        committed: Committed {
            import: ledger.import,
            rows: counts,
            revisions: locked.last_sequence,
        },
        locked,
    })
}

/// Lets the inspection go on from its last revision, and stores the import with its findings. Its verdict stands behind
/// the revisions, which are those behind `before`.
fn store(db: &mut Db, mut merged: Merged, before: i64) -> Result<Committed, CommitError> {
    let import = &merged.committed.import;
    merged.committed.revisions -= before;
    unlock(db, &import.inspection_id, &merged.locked)?;
    queue::end(db, import, merged.committed.revisions)?;
    move_findings(db)?;
    Ok(merged.committed)
}

/// A kind whose rows are merged.
struct Kind<'c> {
    kind: RecordKind,
    /// Where what changes is counted.
    counting: Option<&'c mut Counting>,
    seen_before: bool,
}

fn merge_kind(
    db: &mut Db,
    of: Kind<'_>,
    ledger: &Ledger,
    locked: &mut Locked,
    told: &mut Told<'_, '_>,
) -> QueryResult<RowCounts> {
    let Kind {
        kind,
        counting,
        seen_before,
    } = of;
    let register = match kind {
        RecordKind::Petition => &mut locked.petition_register,
        RecordKind::Task => &mut locked.task_register,
    };
    context(ledger, locked.last_sequence, (kind.code(), *register), seen_before).set(db)?;
    let counts = numbered::judge(db, kind, ledger.register)?;
    let mut teller = Teller {
        import_id: &ledger.import.id,
        kind,
        reported_on: ledger.reported_on.to_string(),
        places: &ledger.places,
        observe: &mut *told.finding,
    };
    if !ledger.register {
        teller.judged(db)?;
    }
    let how = numbered::Merging {
        register: ledger.register,
        counting,
    };
    locked.last_sequence += numbered::apply(db, kind, how, &counts, &mut teller, told.planner.as_deref_mut())?;
    *register |= ledger.register;
    Ok(counts)
}

/// The values of one kind's statements; `kind` is its code and whether the province has listed its records.
pub(super) fn context(ledger: &Ledger, last_sequence: i64, kind: (i16, bool), seen_before: bool) -> Context {
    Context {
        inspection_id: ledger.import.inspection_id.clone(),
        import_id: ledger.import.id.clone(),
        reported_on: ledger.reported_on,
        at_utc: ledger.at_utc,
        actor: ledger.import.submitter.clone(),
        kind: kind.0,
        register: ledger.register,
        has_register: kind.1,
        seen_before,
        last_sequence,
        no_hash: Vec::new(),
    }
}

fn fill(import: &mut Import, counts: &RowCounts, nothing_to_index: bool) {
    import.rows_read = counts.read();
    import.inserted = counts.inserted;
    import.updated = counts.updated;
    import.unchanged = counts.unchanged;
    import.refused = counts.refused;
    import.indexed = nothing_to_index;
    let state = if counts.refused == 0 {
        ImportState::Applied
    } else {
        ImportState::AppliedInPart
    };
    import.state = state.code();
}

/// Counts the staged findings by severity.
fn count_findings(db: &mut Db, import: &mut Import) -> QueryResult<()> {
    use crate::schema_stage::stage_findings;
    let counted: Vec<(i16, i64)> = stage_findings::table
        .group_by(stage_findings::severity)
        .select((stage_findings::severity, diesel::dsl::count_star()))
        .load(db)?;
    for (severity, findings) in counted {
        match Severity::from_code(severity) {
            Some(Severity::Error) => import.errors = findings,
            Some(Severity::Warning) => import.warnings = findings,
            _ => import.notes = findings,
        }
    }
    Ok(())
}

/// Findings keep the order of the file: by sheet as staged, row and column.
pub(super) fn move_findings(db: &mut Db) -> QueryResult<()> {
    diesel::sql_query(
        "INSERT INTO findings (
            import_id, sheet, row_number, column_number, field, header, rule, severity, value, suggestion, params,
            kind, number, division, reason, cell
        )
        SELECT
            import_id, sheet, row_number, column_number, field, header, rule, severity, value, suggestion, params,
            kind, number, division, reason, cell
        FROM stage_findings ORDER BY sheet, row_number, column_number, rule",
    )
    .execute(db)
    .map(drop)
}
