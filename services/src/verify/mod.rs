//! `ducha-server verify`: whether a database and its files are whole.

mod accounts;
mod files;
mod told;

use ducha_records::store::Store;
use ducha_records::verify::{self, Observer};
use ducha_records::{Db, Login, Reach, migrate};

use crate::backup::{BackupError, Lang, Output, Progress, Refusal, VerifyArgs, configured};

use told::Told;

/// Checks a database and its files.
///
/// # Errors
/// [`BackupError`], whose text is for the user; [`BackupError::Faults`] when something is not whole.
pub fn run(command: VerifyArgs) -> Result<(), BackupError> {
    let (lang, output) = (command.both.lang, command.output);
    let config = configured(command.both)?;
    // As the owner: it may read every table, and says that it works for all divisions.
    let mut db = Login::anybody(&config.migrate_database.value).open_for(&Reach::All.into())?;
    let store = Store::open(&config.store.value)?;
    report(&mut db, &store, lang, output)
}

/// Checks, and prints what was found.
pub(crate) fn report(db: &mut Db, store: &Store, lang: Lang, output: Output) -> Result<(), BackupError> {
    if let Some(schema) = migrate::newest(db)?
        && !migrate::knows(&schema)?
    {
        return Err(Refusal::Newer(schema).into());
    }
    if migrate::pending(db)? {
        return Err(Refusal::Older.into());
    }
    let progress = Progress::new(lang);
    let mut told = Told::new(lang, output, &progress);
    progress.say("正在核对记录", "checking records");
    verify::records(db, &mut told)?;
    accounts::check(db, &mut told)?;
    files::check(db, store, &progress, &mut told)?;
    match told.end() {
        0 => Ok(()),
        faults => Err(BackupError::Faults(faults)),
    }
}

/// Who is told, where the kind of observer does not matter.
type Out<'o> = &'o mut dyn Observer;
