//! `ducha-server backup`.

use std::fs;
use std::path::Path;

use ducha_records::db::Backend;
use ducha_records::store::{Store, StoreError};
use ducha_records::verify::{self, StoredFile};
use ducha_records::{Db, Login, backup, hex, migrate};
use tempfile::TempDir;

use super::args::{BackupArgs, Lang};
use super::error::{BackupError, Refusal};
use super::manifest::{self, DatabasePart, FORMAT, FilesPart, Manifest};
use super::postgres::{Address, Program};
use super::progress::Progress;
use super::sums::Sums;
use super::{POSTGRES, SQLITE, configured, database_file, file_name, parent, runtime, sqlite, sync};
use crate::clock::now;

/// Files whose names are read at once.
const PAGE: u16 = 1_000;

/// A database that was copied.
struct Taken {
    /// A connection that knows which files the copy refers to.
    db: Db,
    part: DatabasePart,
    /// How many files it refers to, and their bytes.
    files: (u64, u64),
}

/// Makes a backup.
///
/// # Errors
/// [`BackupError`], whose text is for the user.
pub fn run(command: BackupArgs) -> Result<(), BackupError> {
    let (folder, lang) = (command.folder, command.both.lang);
    let config = configured(command.both)?;
    if fs::symlink_metadata(&folder).is_ok() {
        return Err(Refusal::There(folder).into());
    }
    let made_at_utc = now();
    let work = begin(&folder)?;
    let progress = Progress::new(lang);
    progress.say("正在复制数据库", "copying the database");
    let url = &config.backup_database.value;
    let taken = match Backend::of(url)? {
        Backend::Sqlite => from_sqlite(url, work.path())?,
        Backend::Postgres => from_postgres(url, work.path())?,
    };
    let store = Store::open(&config.store.value)?;
    let kept = Kept {
        folder: work.path(),
        progress: &progress,
    };
    let manifest = kept.fill(taken, &store, (command.skip_damaged, made_at_utc))?;
    drop(progress);
    finish(work, &folder)?;
    tell(lang, &folder, &manifest);
    match manifest.files.left_out {
        files if files.is_empty() => Ok(()),
        files => Err(BackupError::Files { files, made: true }),
    }
}

/// A folder beside the one that is wanted. It is removed if this fails; a process that is killed leaves it, and neither its name
/// nor what is in it looks like a backup. Nobody else may read it.
fn begin(folder: &Path) -> Result<TempDir, BackupError> {
    let parent = parent(folder);
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    tempfile::Builder::new()
        .prefix(&format!(".{name}."))
        .suffix(".unfinished")
        .tempdir_in(parent)
        .map_err(BackupError::file(parent))
}

/// Gives the folder its name, once everything in it is on the disk.
fn finish(work: TempDir, folder: &Path) -> Result<(), BackupError> {
    sync(work.path())?;
    fs::rename(work.path(), folder).map_err(BackupError::file(folder))?;
    // What was to be removed is not there under its old name any more.
    drop(work.keep());
    sync(parent(folder))
}

fn from_sqlite(url: &str, folder: &Path) -> Result<Taken, BackupError> {
    // Opened, it would be made.
    if !sqlite::path_of(url).is_file() {
        return Err(Refusal::NoDatabase(url.to_owned()).into());
    }
    let path = folder.join(database_file(SQLITE));
    backup::copy_to(&mut Db::open(url)?, &path)?;
    let mut db = Db::open(&sqlite::url_of(&path))?;
    let part = part(&mut db, SQLITE, 0)?;
    let files = verify::begin_files(&mut db)?;
    Ok(Taken { db, part, files })
}

fn from_postgres(url: &str, folder: &Path) -> Result<Taken, BackupError> {
    let mut db = Login::anybody(url).open()?;
    if let Some(role) = backup::sees_too_little(&mut db)? {
        return Err(Refusal::Role(role).into());
    }
    let major = backup::server_major(&mut db)?;
    let dump = Program::find("pg_dump", major)?;
    let path = folder.join(database_file(POSTGRES));
    let (part, files) = backup::one_state(&mut db, |db| -> Result<_, BackupError> {
        // pg_dump and what is counted here see the same state.
        let state = backup::exported(db)?.unwrap_or_default();
        let arguments = [
            "--format=custom".into(),
            format!("--snapshot={state}").into(),
            "--file".into(),
            path.into_os_string(),
        ];
        dump.run(Some(&Address::of(url)), &arguments)?;
        Ok((part(db, POSTGRES, major)?, verify::begin_files(db)?))
    })?;
    Ok(Taken { db, part, files })
}

fn part(db: &mut Db, kind: &str, server_major: u32) -> Result<DatabasePart, BackupError> {
    Ok(DatabasePart {
        kind: kind.to_owned(),
        server_major,
        schema: migrate::newest(db)?.ok_or(Refusal::Older)?,
        rows: backup::rows(db)?,
    })
}

/// The folder that is being filled.
struct Kept<'k> {
    folder: &'k Path,
    progress: &'k Progress,
}

impl Kept<'_> {
    /// Copies the files, and writes what the backup is of.
    fn fill(
        &self,
        mut taken: Taken,
        store: &Store,
        (skip_damaged, made_at_utc): (bool, chrono::NaiveDateTime),
    ) -> Result<Manifest, BackupError> {
        let mut sums = Sums::begin(self.folder)?;
        let (_, bytes) = taken.files;
        self.progress.bytes("正在复制文件", "copying files", bytes);
        let files = self.files(&mut taken.db, store, &mut sums)?;
        if !files.left_out.is_empty() && !skip_damaged {
            return Err(BackupError::Files {
                files: files.left_out,
                made: false,
            });
        }
        backup::into_one_file(&mut taken.db)?;
        drop(taken.db);
        let manifest = Manifest {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            made_at_utc,
            database: taken.part,
            files,
        };
        manifest.write(self.folder)?;
        self.progress.say("正在计算哈希", "hashing");
        for name in [database_file(&manifest.database.kind), manifest::NAME] {
            let path = self.folder.join(name);
            sync(&path)?;
            sums.add(
                &hex::of_file(&path, &mut |_| ()).map_err(BackupError::file(&path))?,
                name,
            )?;
        }
        sums.end()?;
        Ok(manifest)
    }

    fn files(&self, db: &mut Db, store: &Store, sums: &mut Sums) -> Result<FilesPart, BackupError> {
        let runtime = runtime()?;
        let (mut after, mut part) = (
            String::new(),
            FilesPart {
                count: 0,
                bytes: 0,
                left_out: Vec::new(),
            },
        );
        loop {
            let page = verify::files_behind(db, "", &after, PAGE)?;
            let Some(last) = page.last() else { return Ok(part) };
            after.clone_from(&last.sha256);
            for file in page {
                match runtime.block_on(self.fetch(store, &file)) {
                    Ok(bytes) => {
                        sums.add(&file.sha256, &file_name(&file.sha256))?;
                        part.count += 1;
                        part.bytes += bytes;
                    }
                    Err(BackupError::Store(StoreError::Missing(_) | StoreError::Damaged(_))) => {
                        part.left_out.push(file.sha256);
                    }
                    Err(error) => return Err(error),
                }
                self.progress.add(file.bytes.unsigned_abs());
            }
        }
    }

    /// Copies a file that is what its hash says; its size.
    async fn fetch(&self, store: &Store, file: &StoredFile) -> Result<u64, BackupError> {
        let path = self.folder.join(file_name(&file.sha256));
        let folder = parent(&path);
        fs::create_dir_all(folder).map_err(BackupError::file(folder))?;
        let fetched = store.fetch(&file.sha256, &path).await.inspect_err(|_| {
            drop(fs::remove_file(&path)); // it is not in the list, and may not be there at all
        });
        let bytes = fetched?;
        sync(&path)?;
        sync(folder)?;
        Ok(bytes)
    }
}

fn tell(lang: Lang, folder: &Path, manifest: &Manifest) {
    let (folder, files) = (folder.display(), &manifest.files);
    let rows: i64 = manifest.database.rows.values().sum();
    match lang {
        Lang::Zh => println!(
            "已备份到 {folder}：数据库 {rows} 行，文件 {} 个（{} 字节）",
            files.count, files.bytes
        ),
        Lang::En => println!(
            "backed up to {folder}: {rows} rows, {} files of {} bytes",
            files.count, files.bytes
        ),
    }
}
