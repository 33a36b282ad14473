//! Petitions and their handlings: the rows as stored, and what may be asked of them.

mod content;
mod filter;
mod query;
mod row;

pub use content::{HandlingContent, PetitionWording};
pub(crate) use content::{handling_columns, wording_columns};
pub use filter::PetitionFilter;
pub use query::{batch, get, list};
pub use row::{Handling, Petition, PetitionWithParts};
