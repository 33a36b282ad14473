//! The worker room: reads county ledgers, checks them and imports them.
//!
//! ```text
//! reader     workbook -> rows, in a limited child process
//! recognise  rows -> which kind of ledger, which column is which field, by the profiles
//! check      rows -> checked rows and findings
//! run        the queue: claims imports, an inbox, a schedule
//! import     checked rows -> database, one transaction for each file
//! marked     the workbook handed back: cells coloured, notes, a status for each row, a summary
//! cli        the commands, tables and JSON lines
//! ```
//!
//! What may live here: everything that reads a workbook, or raises a rule about cells. What may not: SQL, which is in
//! `ducha-records`, what a form looks like, which is in `ducha-forms` and re-exported here, and gRPC.

pub mod check;
pub mod cli;
mod config;
#[cfg(any(test, feature = "fuzz"))]
pub mod fuzz;
pub mod import;
pub mod marked;
pub mod reader;
pub mod recognise;
pub mod run;

pub use ducha_forms::{cell, profile, template, values};
