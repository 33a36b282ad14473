//! Rectification tasks and their progress: the rows as stored, and what may be asked of them.

mod content;
mod filter;
mod query;
mod row;

pub use content::{ProgressContent, TaskWording};
pub(crate) use content::{progress_columns, wording_columns};
pub use filter::TaskFilter;
pub use query::{batch, get, list};
pub use row::{Progress, Task, TaskWithParts};
