//! What the whole-system tests stand on: a server with a database of its own ([`TestApp`]), ledgers to fill it with
//! ([`Seed`]), and the real program ([`program`]).
//!
//! A test runs on both databases ([`on_both`]) and waits for events, never for time. A missing database or program is a
//! failure that says what to do, never a skip.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "support code of tests: a failed preparation is a failed test"
)]

mod app;
pub mod backup;
pub mod county_book;
pub mod credentials;
mod database;
pub mod faults;
pub mod hostile;
pub mod ledger;
pub mod office;
pub mod program;
pub mod python;
pub mod raw;
pub mod receiver;
pub mod scrape;
mod seed;
pub mod tenants;
pub mod upload;
pub mod worker;

pub use app::{TestApp, on_both, on_both_guarded, serving};
pub use database::{Backend, TestDatabase};
pub use seed::{INSPECTION, Seed, inspection, petition, task};
