//! Rectification tasks and their progress: the rows as stored, and what may be asked of them.

mod content;

pub use content::{ProgressContent, TaskWording};
pub(crate) use content::{progress_columns, wording_columns};
