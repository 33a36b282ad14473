//! The history: what of it a caller may see, of one record and of all in turn.

mod query;
mod row;
mod seen;

pub use crate::field_change::FieldChange;
pub use query::{behind, of_record, persons};
pub use row::{ChangeFilter, RecordKey, Revision, Stretch};
