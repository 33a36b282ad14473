//! The workbooks made of an import: written once its verdict stands, and kept in the file store.

use std::path::Path;

use ducha_records::codes::CopyKind;
use ducha_records::importing::RowCounts;
use ducha_records::imports::Import;
use ducha_records::imports::files::ImportFile;
use ducha_records::{Db, findings, queue};

use super::Shop;
use super::error::AttemptError;
use super::process::{Outcome, outcome};
use crate::check::Finding;
use crate::check::finding::of_stored;
use crate::import::{FileRefused, FileReport, FileState, Job, Reporter, check_file};
use crate::marked::{MARKED_END, Marker, Marking, REFUSED_END, Watched, bare_stem};

/// Folders below the temporary one into which the copies are written first.
const MARKED: &str = "marked";
const REFUSED: &str = "refused";
/// Findings are read back in pieces of this many.
const PIECE: usize = 1_000;

/// Who writes them.
pub(super) fn marker(folder: &Path) -> Marker {
    Marker::new(Some(folder.join(MARKED)), Some(folder.join(REFUSED)))
}

/// Writes the copies of an import whose verdict stands, and lets go of it. A copy that fails leaves the verdict as it is.
pub(super) fn write(
    shop: &Shop,
    db: &mut Db,
    job: &Job<'_>,
    import: &Import,
    report: &FileReport,
    (mut marker, marking): (Marker, Marking),
) {
    let written = marker.write(job, report, marking).unwrap_or_else(|error| {
        tracing::error!(import = import.id, %error, "the marked copy could not be made");
        Vec::new()
    });
    let copies = written.iter().map(|path| stored(shop, import, path));
    let copies: Result<Vec<ImportFile>, _> = copies.collect();
    let done = match copies {
        Ok(copies) => queue::copies_done(db, import, &copies).map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    match done {
        Ok(true) => {}
        Ok(false) => tracing::warn!(import = import.id, "the copies belong to who has the import now"),
        Err(error) => {
            tracing::error!(
                import = import.id,
                error,
                "the copies are not stored; they are made again later"
            );
        }
    }
}

/// Puts a copy into the store, under a name that tells whose copy it is.
fn stored(shop: &Shop, import: &Import, path: &Path) -> Result<ImportFile, AttemptError> {
    let refused = path.parent().is_some_and(|folder| folder.ends_with(REFUSED));
    let (kind, end) = match refused {
        true => (CopyKind::RefusedRows, REFUSED_END),
        false => (CopyKind::Marked, MARKED_END),
    };
    let stored = shop.runtime.block_on(shop.store.take(path))?;
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    Ok(ImportFile {
        import_id: import.id.clone(),
        kind: kind.code(),
        file_name: format!("{}{end}.{ending}", bare_stem(Path::new(&import.file_name))),
        file_sha256: stored.sha256,
        file_bytes: i64::try_from(stored.bytes).unwrap_or(i64::MAX),
    })
}

/// Writes the copies of an import whose worker was lost after the verdict: its findings are those that are stored.
pub(super) fn again(shop: &Shop, db: &mut Db, job: &Job<'_>, import: &Import) -> Result<Outcome, AttemptError> {
    let folder = tempfile::tempdir().map_err(AttemptError::Folder)?;
    let marker = marker(folder.path());
    let marking = marker.begin().map_err(AttemptError::Folder)?;
    let (mut silent, mut after) = (Silent, 0);
    let report = as_stored(import, &mut silent, job)?;
    let outcome = outcome(&report);
    let Some(mut marking) = marking else { return Ok(outcome) };
    loop {
        let page = findings::list(db, &import.id, &findings::FindingFilter::default(), after, PIECE)?;
        let mut watched = Watched::new(&mut silent, Some(&mut marking));
        for row in &page.rows {
            after = row.id;
            if let Some(finding) = of_stored(row) {
                watched.finding(job.name, &finding);
                if let Some(reason) = &row.reason {
                    watched.reason(job.name, &finding, reason);
                }
            }
        }
        if !page.more {
            break;
        }
    }
    write(shop, db, job, import, &report, (marker, marking));
    Ok(outcome)
}

/// What is told of a file, with the counts and the verdict that are stored.
fn as_stored(import: &Import, silent: &mut Silent, job: &Job<'_>) -> Result<FileReport, AttemptError> {
    let report = check_file(job, silent)?;
    Ok(FileReport {
        import_id: Some(import.id.clone()),
        state: FileState::of(import),
        rows: RowCounts {
            inserted: import.inserted,
            updated: import.updated,
            unchanged: import.unchanged,
            refused: import.refused,
        },
        warnings: import.warnings.unsigned_abs(),
        error: FileRefused::of(import),
        ..report
    })
}

/// Hears nothing.
struct Silent;

impl Reporter for Silent {
    fn rows_read(&mut self, _rows: u64) {}

    fn finding(&mut self, _file: &str, _finding: &Finding) {}

    fn file(&mut self, _report: FileReport) {}
}
