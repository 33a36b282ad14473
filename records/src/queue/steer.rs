//! What people decide about an import.

use diesel::prelude::*;

use crate::codes::{ImportState, Mode};
use crate::db::Db;
use crate::dialect;
use crate::imports::{self, Import};
use crate::inspections;
use crate::schema::imports as table;
use crate::verdicts::{self, Fell};

/// Why an import could not be steered.
#[derive(Debug, thiserror::Error)]
pub enum SteerError {
    /// There is none with this id.
    #[error("there is no such import")]
    Unknown,
    /// Its state does not allow it.
    #[error("the import is in state {0:?}")]
    State(Option<ImportState>),
    /// Its plan is another one.
    #[error("the plan has another hash")]
    OtherPlan(Box<Import>),
    /// The database failed.
    #[error(transparent)]
    Query(#[from] diesel::result::Error),
}

/// Calls an import off, in the name of `actor`: whoever works on it changes nothing any more. One that was called off before
/// stays so. `also` runs in the same transaction, when anything changes.
///
/// # Errors
/// [`SteerError`]; once records are being written it is too late.
pub fn cancel(
    db: &mut Db,
    id: &str,
    actor: &str,
    also: impl FnOnce(&mut Db, &Import) -> QueryResult<()>,
) -> Result<Import, SteerError> {
    let import = imports::get(db, id)?.ok_or(SteerError::Unknown)?;
    dialect::write(db, |db| {
        inspections::hold(db, &import.inspection_id)?;
        let import = imports::get(db, id)?.ok_or(SteerError::Unknown)?;
        let open = [ImportState::Received, ImportState::Checking, ImportState::Planned].map(ImportState::code);
        if import.state == ImportState::Cancelled.code() {
            return Ok(import);
        }
        let now = chrono::Utc::now().naive_utc();
        let cancelled = diesel::update(table::table.find(id).filter(table::state.eq_any(open)))
            .set((
                table::state.eq(ImportState::Cancelled.code()),
                table::finished_at_utc.eq(now),
                table::lease_token.eq(table::lease_token + 1),
                table::copies_due.eq(false),
                table::lease_until_utc.eq(None::<chrono::NaiveDateTime>),
            ))
            .execute(db)?;
        match cancelled {
            0 => Err(SteerError::State(state_of(db, id)?)),
            _ => {
                also(db, &import)?;
                let import = imports::get(db, id)?.ok_or(SteerError::Unknown)?;
                verdicts::write(
                    db,
                    Fell {
                        actor,
                        ..Fell::of(&import, 0)
                    },
                )?;
                Ok(import)
            }
        }
    })
}

/// Has the plan that `hash` stands for applied. Doing it again changes nothing. `also` runs in the same transaction, when
/// anything changes.
///
/// # Errors
/// [`SteerError`].
pub fn commit_plan(
    db: &mut Db,
    id: &str,
    hash: &str,
    also: impl FnOnce(&mut Db, &Import) -> QueryResult<()>,
) -> Result<Import, SteerError> {
    dialect::write(db, |db| {
        let import = imports::get(db, id)?.ok_or(SteerError::Unknown)?;
        let (state, same) = (
            ImportState::from_code(import.state),
            import.plan_hash.as_deref() == Some(hash),
        );
        let planned = import.mode == Mode::Plan.code();
        match state {
            _ if !planned => Err(SteerError::State(state)),
            Some(ImportState::Planned) if !same => Err(SteerError::OtherPlan(Box::new(import))),
            Some(ImportState::Applying | ImportState::Applied | ImportState::AppliedInPart) if same => Ok(import),
            Some(ImportState::Planned) => {
                also(db, &import)?;
                apply(db, import)
            }
            _ => Err(SteerError::State(state)),
        }
    })
}

/// Puts a planned import back into the queue, to be applied.
fn apply(db: &mut Db, import: Import) -> Result<Import, SteerError> {
    let planned = table::table
        .find(&import.id)
        .filter(table::state.eq(ImportState::Planned.code()));
    let queued = diesel::update(planned)
        .set((
            table::state.eq(ImportState::Applying.code()),
            table::attempt.eq(0),
            table::lease_token.eq(table::lease_token + 1),
            table::copies_due.eq(false),
            table::lease_until_utc.eq(None::<chrono::NaiveDateTime>),
            table::error_code.eq(None::<String>),
            table::error_zh.eq(None::<String>),
            table::error_en.eq(None::<String>),
            table::finished_at_utc.eq(None::<chrono::NaiveDateTime>),
        ))
        .execute(db)?;
    match queued {
        // Someone else steered it between the two statements.
        0 => Err(SteerError::State(state_of(db, &import.id)?)),
        _ => {
            dialect::notify(db)?;
            imports::get(db, &import.id)?.ok_or(SteerError::Unknown)
        }
    }
}

fn state_of(db: &mut Db, id: &str) -> QueryResult<Option<ImportState>> {
    let state: i16 = table::table.find(id).select(table::state).first(db)?;
    Ok(ImportState::from_code(state))
}
