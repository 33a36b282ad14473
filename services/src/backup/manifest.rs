//! `manifest.json`: what a backup is of.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::error::{BackupError, Refusal};

/// Its name in the folder.
pub const NAME: &str = "manifest.json";
/// Version of the form of a backup.
pub const FORMAT: u32 = 1;

/// What a backup is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT`]
    pub format: u32,
    /// Version of the program that made it.
    pub program: String,
    /// When it was begun, UTC.
    pub made_at_utc: NaiveDateTime,
    /// The database.
    pub database: DatabasePart,
    /// The files of the store.
    pub files: FilesPart,
}

/// The database of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatabasePart {
    /// `sqlite` or `postgres`.
    pub kind: String,
    /// Major version of the PostgreSQL server; 0 of SQLite.
    pub server_major: u32,
    /// Its newest migration.
    pub schema: String,
    /// How many rows each table has.
    pub rows: BTreeMap<String, i64>,
}

/// The files of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilesPart {
    /// How many there are.
    pub count: u64,
    /// Bytes of all of them.
    pub bytes: u64,
    /// Hashes of those that were missing or damaged in the store already.
    pub left_out: Vec<String>,
}

impl Manifest {
    /// Writes it into the folder of a backup.
    ///
    /// # Errors
    /// [`BackupError::File`].
    pub fn write(&self, folder: &Path) -> Result<(), BackupError> {
        let path = folder.join(NAME);
        let text = serde_json::to_string_pretty(self).map_err(|error| BackupError::File {
            path: path.clone(),
            error: error.into(),
        })?;
        std::fs::write(&path, text + "\n").map_err(BackupError::file(&path))
    }

    /// Reads it from the folder of a backup.
    ///
    /// # Errors
    /// [`Refusal::NotWhole`].
    pub fn read(folder: &Path) -> Result<Self, Refusal> {
        let refused = |why: String| Refusal::NotWhole {
            folder: folder.to_path_buf(),
            why: format!("{NAME}: {why}"),
        };
        let text = std::fs::read_to_string(folder.join(NAME)).map_err(|error| refused(error.to_string()))?;
        let manifest: Self = serde_json::from_str(&text).map_err(|error| refused(error.to_string()))?;
        match manifest.format {
            FORMAT => Ok(manifest),
            other => Err(refused(format!("its form is {other}, this program knows {FORMAT}"))),
        }
    }
}
