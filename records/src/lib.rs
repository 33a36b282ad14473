//! The database room: tables, row types, queries and migrations of ducha, for PostgreSQL and SQLite.
//!
//! What may live here: everything that says SQL, the closed lists of the domain (`codes`), and the catalogue of rules,
//! since a finding stores a rule's code and not its text. What may not: spreadsheets, gRPC, and decisions about what a
//! cell means.

pub mod accountability;
pub mod accounts;
pub mod activities;
pub mod address;
pub mod alerts;
pub mod audit;
pub mod backup;
pub mod codes;
pub mod content_hash;
pub mod db;
mod dialect;
pub mod divisions;
pub mod exposition;
pub mod feed;
mod field_change;
pub mod figures;
pub mod findings;
pub mod hex;
pub mod importing;
pub mod imports;
pub mod indicators;
pub mod inspections;
mod json;
pub mod login;
pub mod memory;
pub mod migrate;
pub mod page;
pub mod personal;
pub mod petitions;
pub mod plain;
pub mod pool;
pub mod queue;
pub mod reach;
pub mod reasons;
pub mod revisions;
pub mod rules;
mod schema;
mod schema_access;
mod schema_accounts;
mod schema_counts;
mod schema_plain;
mod schema_stage;
mod schema_undo;
mod schema_webhooks;
pub mod scope;
pub mod search;
pub mod store;
pub mod tasks;
pub mod tokens;
pub mod undo;
pub mod verdicts;
pub mod verify;
pub mod webhooks;

pub use db::Db;
pub use dialect::write as in_transaction;
pub use login::Login;
pub use pool::{Database, DatabaseError};
pub use reach::Reach;
pub use scope::Scope;

// Linked for the C libraries they build; no code of theirs is called.
use libsqlite3_sys as _;
use openssl_sys as _;
use pq_sys as _;
use reqwest as _; // for its feature, see Cargo.toml
