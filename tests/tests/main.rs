//! Whole-system tests: one file for each promise, all in one program.
#![allow(missing_docs, reason = "tests say what they promise in their names")]
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "helpers of tests: a failed preparation is a failed test"
)]

mod access;
mod access_tokens;
mod account;
mod account_files;
mod account_kinds;
mod backup;
mod backup_refused;
mod batch;
mod bucket;
mod county;
mod database_away;
mod errors;
mod export;
mod faults;
mod feed;
mod feed_verdicts;
mod files_as_they_arrive;
mod filter;
mod flood;
mod foreign_client;
mod get;
mod give_reasons;
mod health;
mod history;
mod hostile;
mod import_checks;
mod import_files;
mod import_form;
mod import_killed;
mod import_kinds;
mod import_large;
mod import_plan;
mod import_reasons;
mod import_reasons_kept;
mod import_samples;
mod import_sheets;
mod import_stored;
mod inbox;
mod inspections;
mod ledgers;
mod limits;
mod list;
mod marked;
mod masking;
mod observed;
mod paging;
mod profiles;
mod program;
mod progress;
mod row_security;
mod schedule;
mod submission;
mod templates;
mod tenants;
mod tls;
mod tokens;
mod undo;
mod upgrade;
mod verify;
mod webhooks;
mod withdraw;
