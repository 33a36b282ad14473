//! Backups of a server's database and files, and what is restored of them.

use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use tempfile::TempDir;

use crate::ledger::{Ledgers, good};
use crate::program::{Said, command, run};
use crate::upload::metadata;
use crate::worker::work_once;
use crate::{Backend, TestApp, TestDatabase};

/// Runs `ducha-server` with these arguments, in English.
#[must_use]
pub fn server(arguments: &[&str]) -> Said {
    run(command("ducha-server").args(arguments).env("DUCHA_LANG", "en"))
}

/// Has a server take in one ledger, of which a row is good and one is refused.
pub async fn filled(app: &TestApp) {
    let ledgers = Ledgers::new();
    let mut bad = good("X2GZ202112060002", "南明区");
    bad[4] = "也许属实";
    let file = ledgers.petitions("台账.xlsx", &[good("X2GZ202112060001", "南明区"), bad]);
    let bytes = std::fs::read(file).expect("a workbook");
    app.upload(metadata("台账.xlsx"), &bytes).await.expect("an import");
    assert_eq!(work_once(app, &[]).await, Some(1), "one row was refused");
}

/// A folder in which a backup is made.
pub struct Backup {
    folder: TempDir,
}

impl Backup {
    /// A folder without one.
    #[must_use]
    pub fn planned() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    /// Where it is to be.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("backup")
    }

    /// The folder around it.
    #[must_use]
    pub fn around(&self) -> &Path {
        self.folder.path()
    }

    /// Makes it of a database and a store.
    #[must_use]
    pub fn make(&self, database: &TestDatabase, store: &str, more: &[&str]) -> Said {
        let path = self.path();
        let mut arguments = vec!["backup", path.to_str().expect("a path")];
        let url = database.backup_url();
        arguments.extend(["--database", &url, "--store", store]);
        arguments.extend(more);
        server(&arguments)
    }

    /// One that is made of a server's database and store.
    #[must_use]
    pub fn of(app: &TestApp) -> Self {
        let backup = Self::planned();
        let said = backup.make(app.database(), &app.store(), &[]);
        assert_eq!(said.status, Some(0), "{}", said.err);
        backup
    }

    /// A copy that may be spoilt.
    #[must_use]
    pub fn copied(&self) -> Self {
        let copy = Self::planned();
        copy_folder(&self.path(), &copy.path());
        copy
    }
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let (path, place) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy_folder(&path, &place);
        } else {
            std::fs::copy(&path, &place).expect("a copy");
        }
    }
}

/// A database and a store of their own, into which backups are restored.
pub struct Elsewhere {
    /// The database: empty at first, with its roles.
    pub database: TestDatabase,
    files: TempDir,
}

impl Elsewhere {
    /// Makes them.
    #[must_use]
    pub fn new(backend: Backend) -> Self {
        let database = TestDatabase::planned(backend);
        database.make();
        Self {
            database,
            files: tempfile::tempdir().expect("a folder for the file store"),
        }
    }

    /// The URL of the store.
    #[must_use]
    pub fn store(&self) -> String {
        format!("file://{}", self.files.path().display())
    }

    /// Restores a backup.
    #[must_use]
    pub fn restore(&self, backup: &Backup, more: &[&str]) -> Said {
        let path = backup.path();
        let mut arguments = vec!["restore", path.to_str().expect("a path")];
        let (url, store) = (self.database.owner_url(), self.store());
        arguments.extend(["--database", &url, "--store", &store]);
        arguments.extend(more);
        server(&arguments)
    }

    /// A server over what was restored.
    pub async fn serve(self) -> (TestApp, TempDir) {
        let store = self.store();
        let app = TestApp::over(self.database, |settings| settings.store = store).await;
        crate::serving(&app.channel).await;
        (app, self.files)
    }
}

/// What `ducha-server verify` finds.
pub struct Verified {
    /// Its exit status and texts.
    pub said: Said,
    /// Lines of faults and notes.
    pub found: Vec<Json>,
    /// Lines of checks.
    pub checks: Vec<Json>,
}

impl Verified {
    /// Runs it.
    #[must_use]
    pub fn of(database: &TestDatabase, store: &str) -> Self {
        let url = database.owner_url();
        let said = server(&["verify", "--output", "json", "--database", &url, "--store", store]);
        let lines = said
            .out
            .lines()
            .map(|line| serde_json::from_str::<Json>(line).expect("a line of JSON"));
        let (checks, found) = lines.partition(|line| line["type"] == "check");
        Self { said, found, checks }
    }

    /// The checks that found something, each once.
    #[must_use]
    pub fn faulty(&self) -> Vec<&str> {
        let mut checks: Vec<&str> = self.found.iter().filter_map(|line| line["check"].as_str()).collect();
        checks.sort_unstable();
        checks.dedup();
        checks
    }
}
