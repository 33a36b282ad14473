//! `ducha-server`: the gRPC services of [`ducha::v1`] over the records of [`ducha_records`].
//!
//! What lives here: the checks of requests (`request`), the conversion of rows to messages (`convert`), one module for
//! each service, and what a server needs to run: its command line, its configuration, health and shutdown. What may
//! not: SQL, which belongs to `records`, and workbooks, which only the worker opens.
//!
//! A handler checks its request, asks `records`, and answers. Whatever goes wrong is a [`error::CallError`]; it becomes
//! a status with `google.rpc` details in the caller's language in one place.

pub mod access;
pub mod account;
pub mod accountability;
pub mod admission;
pub mod answer;
pub mod backup;
pub mod banner;
pub mod cli;
mod clock;
pub mod commands;
pub mod commands_account;
pub mod commands_figures;
pub mod commands_token;
pub mod commands_webhook;
pub mod config;
pub mod connections;
pub mod convert;
pub mod error;
pub mod export;
pub mod health;
pub mod history;
pub mod inspection;
pub mod language;
pub mod ledger;
pub mod limits;
pub mod logging;
pub mod lookup;
pub mod numbered;
pub mod observe;
pub mod page_token;
pub mod pages;
pub mod petition;
pub mod plain;
pub mod progress;
pub mod rectification;
mod refusal;
pub mod request;
pub mod serve;
pub mod tls;
pub mod verify;
