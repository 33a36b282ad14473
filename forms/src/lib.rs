//! The forms room: what a ledger looks like, for the program that reads ledgers and for the one that hands out forms.
//!
//! ```text
//! profile    which kinds of ledger there are, by which headers their columns go, and what a column wants
//! cell       what a workbook's cells hold, free of any file format
//! values     one cell -> one value, or a typed fault
//! template   profile -> a workbook to fill in, empty or with a division's open records
//! ```
//!
//! What may live here: what both programs must agree on about a form. What may not: anything that reads a workbook, which is in
//! `ducha-worker` alone.

pub mod cell;
pub mod profile;
pub mod template;
pub mod values;
