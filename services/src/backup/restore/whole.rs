//! Whether a backup is whole: every file is there and has its hash.

use std::io;
use std::path::Path;

use ducha_records::{hex, migrate};

use super::super::error::{BackupError, Refusal};
use super::super::manifest::{self, Manifest};
use super::super::progress::Progress;
use super::super::sums::{self, Sum};
use super::super::{database_file, file_name};

/// What the list of hashes has.
#[derive(Debug, Default)]
struct Seen {
    database: bool,
    manifest: bool,
    files: u64,
}

/// The manifest of a backup in which everything is as it was made, and that this program understands.
///
/// # Errors
/// [`Refusal::NotWhole`], [`Refusal::Newer`].
pub(super) fn checked(folder: &Path, progress: &Progress) -> Result<Manifest, BackupError> {
    let manifest = Manifest::read(folder)?;
    if !migrate::knows(&manifest.database.schema)? {
        return Err(Refusal::Newer(manifest.database.schema).into());
    }
    progress.bytes("正在核对备份", "checking the backup", size(folder, &manifest));
    let database = database_file(&manifest.database.kind);
    let mut seen = Seen::default();
    let list = sums::lines(folder).map_err(|error| not_whole(folder, sums::NAME, &error))?;
    for sum in list {
        let sum = sum.map_err(|error| not_whole(folder, sums::NAME, &error))?;
        same(folder, &sum, progress)?;
        match sum.name.as_str() {
            name if name == database => seen.database = true,
            manifest::NAME => seen.manifest = true,
            name if name == file_name(&sum.sha256) => seen.files += 1,
            name => {
                return Err(wrong(
                    folder,
                    format!("{} has {name:?}, which belongs to no backup", sums::NAME),
                )
                .into());
            }
        }
    }
    let files = manifest.files.count;
    if !seen.database || !seen.manifest || seen.files != files {
        let why = format!(
            "{} is not whole: it has {} files, {} has {files}",
            sums::NAME,
            seen.files,
            manifest::NAME
        );
        return Err(wrong(folder, why).into());
    }
    Ok(manifest)
}

/// Bytes there are to read.
fn size(folder: &Path, manifest: &Manifest) -> u64 {
    let database = std::fs::metadata(folder.join(database_file(&manifest.database.kind)));
    manifest.files.bytes + database.map_or(0, |database| database.len())
}

fn same(folder: &Path, sum: &Sum, progress: &Progress) -> Result<(), Refusal> {
    let found = hex::of_file(&folder.join(&sum.name), &mut |bytes| progress.add(bytes));
    match found {
        Ok(found) if found == sum.sha256 => Ok(()),
        Ok(found) => {
            let why = format!(
                "{} is damaged: its SHA-256 is {found}, {} has {}",
                sum.name,
                sums::NAME,
                sum.sha256
            );
            Err(wrong(folder, why))
        }
        Err(error) => Err(not_whole(folder, &sum.name, &error)),
    }
}

fn not_whole(folder: &Path, name: &str, error: &io::Error) -> Refusal {
    wrong(folder, format!("{name}: {error}"))
}

fn wrong(folder: &Path, why: String) -> Refusal {
    Refusal::NotWhole {
        folder: folder.to_path_buf(),
        why,
    }
}
