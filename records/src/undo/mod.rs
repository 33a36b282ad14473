//! What was done is taken back: an import is undone, or a record is withdrawn.
//!
//! An import keeps of each row that it writes over an **image**, in the tables `before_…`, and of the rows that said what was
//! stored a list (`said_again`). To undo it, what it made goes and the images take their places; states are derived anew by
//! the merge's own statements; forms, reasons and reporting dates are what the imports that stand leave. The database then
//! holds what it would hold had the import never been, so that its file can be handed in again. Only versions go on: who has
//! read one that was undone must not take another for it. Where an import that was applied later has a word on the same
//! rows, nothing is undone.
//!
//! All of it is one transaction under the inspection's lock, with a revision of each row, as a commit is.

mod answer;
mod keys;
mod later;
mod said;
mod states;
mod tables;
mod times;
mod told;
mod withdraw;
mod work;

use chrono::NaiveDateTime;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use crate::codes::{Change, ImportState, RecordKind};
use crate::db::Db;
use crate::dialect::scope;
use crate::importing::Tables;
use crate::imports::{self, Import};
use crate::reach::Reach;
use crate::schema::{imports as table, inspections};
use crate::verdicts::{self, Fell, Span};
use crate::{dialect, importing};

pub use answer::{Counted, MOST_ROWS, Undone};
pub use later::{ChangedRecord, ChangedSince};
pub use withdraw::{WithdrawError, Withdrawal, withdraw};

pub(crate) use said::SaidRow;
pub(crate) use told::{NotedState, ToldRevision};

use self::tables::Table;
use self::told::As;
use self::work::Subject;

/// Which import is to be undone, and by whom.
#[derive(Debug, Clone, Copy)]
pub struct Undo<'a> {
    /// The import.
    pub import_id: &'a str,
    /// As far as which later imports are named.
    pub reach: &'a Reach,
    /// Who does it.
    pub actor: &'a str,
    /// Why, in their words.
    pub note: Option<&'a str>,
    /// Now, UTC.
    pub at_utc: NaiveDateTime,
    /// Only tells what would be done.
    pub validate_only: bool,
}

/// Why an import was not undone.
#[derive(Debug, thiserror::Error)]
pub enum UndoError {
    /// There is none with this id.
    #[error("there is no such import")]
    Unknown,
    /// Its state does not allow it.
    #[error("the import is in state {0:?}")]
    State(Option<ImportState>),
    /// It was applied before images were kept.
    #[error("the import was applied by a version that could not undo it")]
    TooOld,
    /// Later imports have a word on the same records.
    #[error("later imports changed the same records")]
    ChangedSince(Box<ChangedSince>),
    /// The database failed.
    #[error(transparent)]
    Query(#[from] diesel::result::Error),
}

/// Undoes an import that was applied. One that was undone before is told as it was then. `also` runs in the same
/// transaction, when anything changes.
///
/// # Errors
/// [`UndoError`]; nothing changes then.
pub fn undo(
    db: &mut Db,
    wanted: Undo<'_>,
    also: impl FnOnce(&mut Db, &Import) -> QueryResult<()>,
) -> Result<Undone, UndoError> {
    let import = imports::get(db, wanted.import_id)?.ok_or(UndoError::Unknown)?;
    let ended = dialect::write(db, |db| -> Result<Undone, TakenBack> {
        dialect::join_in_memory(db)?;
        let last_sequence = importing::lock(db, &import.inspection_id)?.last_sequence;
        // As it is under the lock.
        let import = imports::get(db, wanted.import_id)?.ok_or(UndoError::Unknown)?;
        match ImportState::from_code(import.state) {
            Some(ImportState::Applied | ImportState::AppliedInPart) => {}
            Some(ImportState::Undone) => return Ok(answer::of(db, import)?),
            state => return Err(UndoError::State(state).into()),
        }
        let applied = [ImportState::Applied, ImportState::AppliedInPart];
        let span = verdicts::span(db, &import.id, &applied)?.ok_or(UndoError::TooOld)?;
        // States of shared records are derived from all their parts, whoever reaches them.
        let undone = scope::for_all(db, |db| take_back(db, &import, span, last_sequence, wanted))?;
        if wanted.validate_only {
            return Err(TakenBack::Checked(Box::new(undone)));
        }
        also(db, &import)?;
        Ok(undone)
    });
    match ended {
        Ok(undone) => Ok(undone),
        Err(TakenBack::Checked(undone)) => Ok(*undone),
        Err(TakenBack::Failed(error)) => Err(error),
    }
}

/// Why the transaction is taken back.
enum TakenBack {
    Checked(Box<Undone>),
    Failed(UndoError),
}

impl From<UndoError> for TakenBack {
    fn from(error: UndoError) -> Self {
        Self::Failed(error)
    }
}

impl From<diesel::result::Error> for TakenBack {
    fn from(error: diesel::result::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// What happens under the inspection's lock.
fn take_back(
    db: &mut Db,
    import: &Import,
    span: Span,
    last_sequence: i64,
    wanted: Undo<'_>,
) -> Result<Undone, UndoError> {
    let tables = Table::all();
    work::begin(db, &Subject::import(import, span, wanted.at_utc))?;
    later::find(db)?;
    keys::of_import(db, &tables)?;
    if let Some(changed) = later::changed(db, &tables, import, wanted.reach)? {
        return Err(UndoError::ChangedSince(Box::new(changed)));
    }
    let by = As {
        inspection_id: &import.inspection_id,
        import_id: &import.id,
        actor: wanted.actor,
        reason: wanted.note,
        at_utc: wanted.at_utc,
        back: Change::Undone,
        gone: Change::Removed,
    };
    let revisions = work::change(db, &tables, &by, last_sequence)?;
    let undone = Import {
        state: ImportState::Undone.code(),
        indexed: import.indexed && revisions == 0,
        ..import.clone()
    };
    diesel::update(table::table.find(&undone.id))
        .set((table::state.eq(undone.state), table::indexed.eq(undone.indexed)))
        .execute(db)?;
    leave_nothing(db, &tables, import)?;
    number(db, &import.inspection_id, last_sequence + revisions)?;
    verdicts::write(
        db,
        Fell {
            actor: wanted.actor,
            note: wanted.note,
            ..Fell::of(&undone, revisions)
        },
    )?;
    work::end(db)?;
    Ok(answer::of(db, undone)?)
}

/// What the import left beside the records. Its state says that it does not stand any more.
fn leave_nothing(db: &mut Db, tables: &[Table], import: &Import) -> QueryResult<()> {
    times::restore(db, tables, import)?;
    db.batch_execute(include_str!("reasons.sql"))?;
    importing::renew_forms(db, import)?;
    for (kind, register) in REGISTERS {
        let sql = include_str!("registers.sql")
            .replace("{kind}", &kind.code().to_string())
            .replace("{register}", register);
        db.batch_execute(&Tables::of(kind).fill(&sql))?;
    }
    for table in tables {
        db.batch_execute(&table.fill(
            "DELETE FROM before_{table}
             WHERE inspection_id = (SELECT inspection_id FROM undo_import)
                 AND before_import = (SELECT import_id FROM undo_import)",
        ))?;
    }
    said::forget(db, &import.inspection_id, &import.id)
}

/// The kinds that a province lists, and where an inspection says that it has.
const REGISTERS: [(RecordKind, &str); 2] = [
    (RecordKind::Petition, "petition_register"),
    (RecordKind::Task, "task_register"),
];

/// Lets the inspection go on from its last revision.
fn number(db: &mut Db, inspection: &str, last_sequence: i64) -> QueryResult<()> {
    diesel::update(inspections::table.find(inspection))
        .set(inspections::last_sequence.eq(last_sequence))
        .execute(db)
        .map(drop)
}
