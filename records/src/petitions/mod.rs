//! Petitions and their handlings: the rows as stored, and what may be asked of them.

mod content;

pub use content::{HandlingContent, PetitionWording};
pub(crate) use content::{handling_columns, wording_columns};
