//! Imports files: which ones, for which inspection and division, and each into the database in one transaction.
//!
//! ```text
//! child process      this thread               writer thread
//! reads the file --> recognises and checks --> stages rows (no lock yet)
//!                                              commits: compares, merges, writes history and findings
//! ```

mod begin;
mod change;
mod clock;
mod file;
pub mod files;
pub mod inspection;
pub mod report;
mod told;
mod writer;

pub use change::{Change, ChangedField, outcome_token};
pub use clock::{in_china, now};
pub use file::{FileError, GO_ON, Job, check_file, import_file, keep_file, plan_file};
pub use report::{FileRefused, FileReport, FileState, Reporter};
