//! The database that a backup is restored into.

use std::fs;
use std::path::{Path, PathBuf};

use ducha_records::db::Backend;
use ducha_records::scope::for_session;
use ducha_records::{Db, Login, Reach, backup};

use super::super::error::{BackupError, Refusal};
use super::super::manifest::Manifest;
use super::super::postgres::{Address, Program};
use super::super::{POSTGRES, SQLITE, database_file, parent, sqlite, sync};
use super::renew;

/// The database that a backup is restored into.
pub(super) enum Target {
    /// The file that it is to be.
    Sqlite(PathBuf),
    /// A database of a server, and what restores into it.
    Postgres {
        /// Its URL, for its owner.
        url: String,
        /// pg_restore.
        program: Program,
        /// What is in it goes.
        replaces: bool,
    },
}

impl Target {
    /// Looks at the database. Nothing is changed.
    ///
    /// # Errors
    /// [`Refusal`]: of another kind, not empty, in use, somebody else's, or too old.
    pub fn found(url: &str, manifest: &Manifest, replace: bool) -> Result<Self, BackupError> {
        let backend = Backend::of(url)?;
        let kind = match backend {
            Backend::Sqlite => SQLITE,
            Backend::Postgres => POSTGRES,
        };
        if manifest.database.kind != kind {
            return Err(Refusal::OtherKind {
                backup: manifest.database.kind.clone(),
                database: kind.to_owned(),
            }
            .into());
        }
        match backend {
            Backend::Sqlite => file(url, replace),
            Backend::Postgres => server(url, manifest, replace),
        }
    }

    /// Looks whether pg_restore can read the dump. SQLite's file is what its hash says.
    ///
    /// # Errors
    /// [`BackupError::Program`].
    pub fn readable(&self, folder: &Path) -> Result<(), BackupError> {
        let Self::Postgres { program, .. } = self else {
            return Ok(());
        };
        let dump = folder.join(database_file(POSTGRES)).into_os_string();
        program.run(None, &["--list".into(), dump]).map(drop)
    }

    /// Puts the database in its place, in this program's schema and with a new epoch of its feed.
    ///
    /// # Errors
    /// [`BackupError`]. A SQLite database stays as it was then; one of PostgreSQL is empty, or what was restored so far.
    pub fn restore(&self, folder: &Path, manifest: &Manifest) -> Result<(), BackupError> {
        match self {
            Self::Sqlite(path) => into_file(path, &folder.join(database_file(SQLITE)), manifest),
            Self::Postgres { url, program, replaces } => {
                let mut db = Db::open(url)?;
                if *replaces {
                    backup::clear(&mut db)?;
                }
                let arguments = [
                    "--single-transaction".into(),
                    "--exit-on-error".into(),
                    // The role that restores owns the tables; others have the rights that deploy/postgres.sql gives them.
                    "--no-owner".into(),
                    "--no-privileges".into(),
                    folder.join(database_file(POSTGRES)).into_os_string(),
                ];
                program.run(Some(&Address::of(url)), &arguments)?;
                for_session(&mut db, &Reach::All.into())?;
                same_rows(&mut db, manifest)?;
                backup::restored(&mut db)?;
                renew(&mut db)
            }
        }
    }
}

fn file(url: &str, replace: bool) -> Result<Target, BackupError> {
    let path = sqlite::path_of(url);
    if path.exists() {
        let mut db = Db::open(url)?;
        allowed(&mut db, replace)?;
        // Whoever has it open would go on with a file that has no name any more.
        backup::into_one_file(&mut db).map_err(|_| Refusal::InUse)?;
    } else if !replace && sqlite::logs_of(&path).any(|log| log.exists()) {
        return Err(Refusal::NotEmpty.into()); // a log without its database holds what was committed last
    }
    Ok(Target::Sqlite(path))
}

fn server(url: &str, manifest: &Manifest, replace: bool) -> Result<Target, BackupError> {
    let mut db = Login::anybody(url).open()?;
    let major = backup::server_major(&mut db)?;
    if major < manifest.database.server_major {
        return Err(Refusal::OldServer {
            backup: manifest.database.server_major,
            server: major,
        }
        .into());
    }
    let program = Program::find("pg_restore", major)?;
    let replaces = !allowed(&mut db, replace)?;
    if backup::others(&mut db)? > 0 {
        return Err(Refusal::InUse.into());
    }
    Ok(Target::Postgres {
        url: url.to_owned(),
        program,
        replaces,
    })
}

/// Whether the database is empty. One that is not may be replaced only if that was said, and if it is ours.
fn allowed(db: &mut Db, replace: bool) -> Result<bool, BackupError> {
    if backup::is_empty(db)? {
        return Ok(true);
    }
    if !backup::is_ours(db)? {
        return Err(Refusal::NotOurs.into());
    }
    if !replace {
        return Err(Refusal::NotEmpty.into());
    }
    Ok(false)
}

/// Makes the new file beside its place, and puts it there when it is done.
fn into_file(path: &Path, from: &Path, manifest: &Manifest) -> Result<(), BackupError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".restoring");
    let beside = PathBuf::from(name);
    forget_logs(&beside)?; // of a restore that was killed
    fs::copy(from, &beside).map_err(BackupError::file(&beside))?;
    let mut db = Db::open(&sqlite::url_of(&beside))?;
    same_rows(&mut db, manifest)?;
    renew(&mut db)?;
    backup::into_one_file(&mut db)?;
    drop(db);
    sync(&beside)?;
    forget_logs(path)?;
    fs::rename(&beside, path).map_err(BackupError::file(path))?;
    sync(parent(path))
}

/// Removes logs that SQLite would take for those of a file that is put beside them.
fn forget_logs(path: &Path) -> Result<(), BackupError> {
    for log in sqlite::logs_of(path).filter(|log| log.exists()) {
        fs::remove_file(&log).map_err(BackupError::file(&log))?;
    }
    Ok(())
}

/// Every table has as many rows as it had.
fn same_rows(db: &mut Db, manifest: &Manifest) -> Result<(), BackupError> {
    let rows = backup::rows(db)?;
    for (table, wanted) in &manifest.database.rows {
        let found = rows.get(table).copied().unwrap_or(0);
        if found != *wanted {
            return Err(BackupError::Rows {
                table: table.clone(),
                found,
                wanted: *wanted,
            });
        }
    }
    Ok(())
}
