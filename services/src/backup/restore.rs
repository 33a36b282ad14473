//! `ducha-server restore`.

mod target;
mod whole;

use std::path::Path;

use ducha_records::codes::AuditOutcome;
use ducha_records::scope::for_session;
use ducha_records::store::Store;
use ducha_records::{Db, Login, Reach, feed, migrate};

use super::args::{Lang, Output, RestoreArgs};
use super::error::BackupError;
use super::manifest::Manifest;
use super::progress::Progress;
use super::sums;
use super::{configured, file_name, runtime};
use crate::access::{Caller, Change, event};
use crate::verify;

use target::Target;

/// Restores a backup.
///
/// # Errors
/// [`BackupError`], whose text is for the user.
pub fn run(command: RestoreArgs) -> Result<(), BackupError> {
    let (folder, lang) = (command.folder, command.both.lang);
    let config = configured(command.both)?;
    let url = &config.migrate_database.value;
    let progress = Progress::new(lang);
    // Everything that may be wrong is looked for before anything is changed.
    let manifest = whole::checked(&folder, &progress)?;
    let target = Target::found(url, &manifest, command.replace)?;
    target.readable(&folder)?;
    let store = Store::open(&config.store.value)?;
    // Files first: without a row they do no harm, while a row without its file does.
    put_back(&folder, &manifest, &store, &progress)?;
    progress.say("正在恢复数据库", "restoring the database");
    target.restore(&folder, &manifest)?;
    let mut db = Login::anybody(url).open_for(&Reach::All.into())?;
    drop(progress);
    tell(lang, &folder, &manifest);
    verify::report(&mut db, &store, lang, Output::Table)
}

fn put_back(folder: &Path, manifest: &Manifest, store: &Store, progress: &Progress) -> Result<(), BackupError> {
    let runtime = runtime()?;
    progress.bytes("正在恢复文件", "restoring files", manifest.files.bytes);
    let list = folder.join(sums::NAME);
    for sum in sums::lines(folder).map_err(BackupError::file(&list))? {
        let sum = sum.map_err(BackupError::file(&list))?;
        if sum.name != file_name(&sum.sha256) {
            continue; // the database and the manifest
        }
        let path = folder.join(&sum.name);
        runtime.block_on(store.put_back(&sum.sha256, &path))?;
        progress.add(std::fs::metadata(&path).map_err(BackupError::file(&path))?.len());
    }
    Ok(())
}

/// Brings a restored database to this program's schema, and has readers of its feed begin anew: numbers that they have seen
/// will be given to other revisions.
fn renew(db: &mut Db) -> Result<(), BackupError> {
    migrate::up(db)?;
    for_session(db, &Reach::All.into())?; // a migration ends with working for nobody
    let change = Change {
        method: "restore",
        inspection: None,
        records: &[],
        outcome: AuditOutcome::Changed,
        request_id: None,
    };
    feed::reset(db, &event(&Caller::command_line(), None::<&()>, change))?;
    Ok(())
}

fn tell(lang: Lang, folder: &Path, manifest: &Manifest) {
    let (folder, at) = (folder.display(), manifest.made_at_utc.format("%Y-%m-%d %H:%M:%S"));
    match lang {
        Lang::Zh => println!("已从 {folder} 恢复（备份于 {at} UTC）；变更流的读者将从头开始。"),
        Lang::En => println!("restored from {folder} (made at {at} UTC); readers of the feed begin anew."),
    }
}
