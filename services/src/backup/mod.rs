//! `ducha-server backup` and `restore`: a database and its files, into a folder and out of it.
//!
//! ```text
//! DIR/SHA256SUMS                        hash and name of every other file, as `sha256sum --check` reads them
//! DIR/manifest.json                     what the backup is of
//! DIR/database.sqlite, database.dump    the database: by VACUUM INTO, by pg_dump in its custom format
//! DIR/files/ab/abcd…                    the files that the database refers to, each under its hash
//! ```
//!
//! The database comes first, as it is at one moment, and its files after it: files are added to the store before a row refers
//! to them, never changed and never removed, so that all which that moment refers to are there later as well.

pub mod args;
pub mod error;
mod make;
pub mod manifest;
mod percent;
mod postgres;
mod progress;
mod restore;
mod sqlite;
mod sums;

use std::path::Path;

use tokio::runtime::{Builder, Runtime};

pub use args::{BackupArgs, Lang, Output, RestoreArgs, VerifyArgs};
pub use error::{BackupError, Refusal};
pub use make::run as backup;
pub use progress::Progress;
pub use restore::run as restore;

use crate::commands;
use crate::config::{Config, Flags};
use crate::logging;

/// The database in a backup.
fn database_file(kind: &str) -> &'static str {
    match kind {
        SQLITE => "database.sqlite",
        _ => "database.dump",
    }
}

const SQLITE: &str = "sqlite";
const POSTGRES: &str = "postgres";

/// Where a file of the store lies in a backup.
fn file_name(sha256: &str) -> String {
    format!("files/{}/{sha256}", sha256.get(..2).unwrap_or_default())
}

/// The configuration, with the log started.
pub(crate) fn configured(flags: impl Into<Flags>) -> Result<Config, BackupError> {
    let config = commands::config(flags.into())?;
    logging::start(config.log.value);
    Ok(config)
}

/// What the file store is asked through.
pub(crate) fn runtime() -> Result<Runtime, BackupError> {
    Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(BackupError::file(Path::new("tokio")))
}

/// Has a file, or the names in a folder, on the disk.
fn sync(path: &Path) -> Result<(), BackupError> {
    std::fs::File::open(path)
        .and_then(|file| file.sync_all())
        .map_err(BackupError::file(path))
}

/// The folder that a path lies in.
fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}
