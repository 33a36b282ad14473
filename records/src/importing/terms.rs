//! What a commit holds a ledger to: its claim, its plan, and the terms under which it was handed in.

use super::outcome::RowCounts;
use crate::codes::{Acceptance, Mode};
use crate::imports::Import;

/// Why a file did not become records. Nothing of it is stored.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// Rows were taken for known, and the inspection's records changed since: the file must be read again and staged in
    /// full.
    #[error("the records changed while the file was read")]
    Raced,
    /// The import was claimed by another worker, or called off.
    #[error("the claim on the import does not hold any more")]
    LostLease,
    /// What would change is not what the plan said.
    #[error("the records changed since the plan was made")]
    PlanChanged,
    /// The terms of the import refuse the ledger as a whole.
    #[error("too many rows were refused")]
    TermsBroken,
    /// The database failed.
    #[error(transparent)]
    Query(diesel::result::Error),
}

impl From<diesel::result::Error> for CommitError {
    fn from(error: diesel::result::Error) -> Self {
        match error {
            diesel::result::Error::RollbackTransaction => Self::LostLease, // see `queue::end`
            error => Self::Query(error),
        }
    }
}

/// Whether an import is applied because its plan was accepted.
pub(super) fn was_planned(import: &Import) -> bool {
    import.mode == Mode::Plan.code()
}

/// Whether what was planned, and the terms under which the ledger was handed in, allow what was merged.
pub(super) fn allowed(import: &Import, rows: &RowCounts, hash: Option<String>) -> Result<(), CommitError> {
    if hash.is_some() && hash != import.plan_hash {
        return Err(CommitError::PlanChanged);
    }
    if terms_broken(import, rows) {
        return Err(CommitError::TermsBroken);
    }
    Ok(())
}

/// Whether more rows were refused than the terms of the import allow.
pub(super) fn terms_broken(import: &Import, rows: &RowCounts) -> bool {
    let none = import.acceptance == Acceptance::AllOrNothing.code() && rows.refused > 0;
    let most = import.max_refused_share.map_or(i64::MAX, i64::from);
    none || rows.refused.saturating_mul(TEN_THOUSAND) > most.saturating_mul(rows.read())
}

/// `Import::max_refused_share` counts parts of it.
const TEN_THOUSAND: i64 = 10_000;
