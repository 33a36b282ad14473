//! How the checked rows of one file become records.
//!
//! Rows are **staged** in temporary tables while the file is still being read: that takes no lock, and a process that
//! dies leaves nothing. Then one transaction **commits** the file: it locks the inspection, compares the staged rows
//! with what is stored, writes records, parts, history, findings and the import itself, and numbers the revisions. The
//! comparison and the writing are sets of rows in `*.sql`, the same text for both databases.

mod cells;
mod commit;
mod context;
mod deltas;
pub(crate) mod direct;
mod early;
mod form_drift;
mod former;
mod forms;
mod gone;
mod judged;
mod kept;
mod known;
mod known_said;
mod lock;
mod merge;
mod outcome;
mod plain;
mod plain_told;
mod plan;
mod reasons;
mod refusals;
mod rows;
mod stage;
mod tables;
mod terms;

pub use crate::field_change::FieldChange;
pub(crate) use cells::{StagedCell, cell, record_at};
pub use commit::{Committed, Ledger, commit, settle};
pub(crate) use deltas::{Delta, delta};
pub(crate) use former::Former;
pub(crate) use forms::renew as renew_forms;
pub use forms::{FormColumn, FormWord, LedgerForm, MOST_WORDS};
pub use kept::{Kept, keep};
pub use known::KnownRow;
pub(crate) use lock::lock;
pub(crate) use merge::{SEPARATOR, derived_sql, state_sql};
pub use outcome::{Outcome, RowCounts};
pub use plain::StagedPlain;
pub(crate) use plain::{KINDS as PLAIN_KINDS, Kind as PlainTable};
pub use plan::{Planned, PlannedKind, PlannedRow, plan};
pub use reasons::StagedReason;
pub use refusals::{FieldPlace, FieldPlaces};
pub use rows::{RowPlace, StagedAssignment, StagedBase, StagedDelta, StagedPetition, StagedTask};
pub use stage::Stage;
pub(crate) use tables::Tables;
pub use terms::CommitError;
