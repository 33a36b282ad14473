//! From a claimed import to its verdict.

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use ducha_records::codes::{ImportState, Mode};
use ducha_records::importing::RowCounts;
use ducha_records::imports::Import;
use ducha_records::inspections::{self, Inspection};
use ducha_records::{Db, divisions};

use super::Shop;
use super::copies;
use super::error::AttemptError;
use super::held::Holding;
use crate::check::{Context, Finding};
use crate::import::files;
use crate::import::{FileReport, Job, Reporter, import_file, keep_file};
use crate::marked::{Watched, ending};
use crate::values::division::Gazetteer;

/// How an import ended, for the log and the metrics.
pub(super) struct Outcome {
    pub state: &'static str,
    pub rows: RowCounts,
}

/// Reads, checks and, as far as it shall go, applies an import; then writes the workbooks made of it. One that has its
/// verdict wants only the workbooks.
pub(super) fn process(shop: &Shop, db: &mut Db, import: &Import, holding: &Holding) -> Result<Outcome, AttemptError> {
    let folder = tempfile::tempdir().map_err(AttemptError::Folder)?;
    let path = fetched(shop, import, folder.path())?;
    let inspection = inspections::get(db, &import.inspection_id)?;
    let inspection = inspection.ok_or_else(|| AttemptError::Inspection(import.inspection_id.clone()))?;
    let gazetteer = Gazetteer::from(divisions::all(db)?);
    let claimed = Import {
        division: import
            .division
            .clone()
            .or_else(|| files::division_named(&import.file_name, &gazetteer)),
        ..import.clone()
    };
    let job = job(shop, &path, &claimed, &inspection, &gazetteer, holding);
    if claimed.copies_due {
        return copies::again(shop, db, &job, &claimed);
    }
    let marker = copies::marker(folder.path());
    let mut marking = marker.begin().map_err(AttemptError::Folder)?;
    let mut counter = Counter(holding);
    let watched = &mut Watched::new(&mut counter, marking.as_mut());
    let report = match goes_on(&claimed) {
        true => import_file(db, &job, watched)?,
        false => keep_file(db, &job, watched)?,
    };
    let outcome = outcome(&report);
    // What cannot be read cannot be marked, and has been let go of with its verdict.
    let readable = report.error.as_ref().is_none_or(|error| !error.code.starts_with('F'));
    if let Some(marking) = marking.filter(|_| readable) {
        copies::write(shop, db, &job, &claimed, &report, (marker, marking));
    }
    Ok(outcome)
}

/// Whether records shall change: the ledger is to be applied, or its plan was accepted.
fn goes_on(import: &Import) -> bool {
    import.mode == Mode::Apply.code()
        || (import.mode == Mode::Plan.code() && import.state == ImportState::Applying.code())
}

/// The file on this machine, under a name whose ending says whether it has macros.
fn fetched(shop: &Shop, import: &Import, folder: &Path) -> Result<PathBuf, AttemptError> {
    let path = folder
        .join("ledger")
        .with_extension(ending(Path::new(&import.file_name)));
    shop.runtime.block_on(shop.store.fetch(&import.file_sha256, &path))?;
    Ok(path)
}

fn job<'a>(
    shop: &'a Shop,
    path: &'a Path,
    import: &'a Import,
    inspection: &'a Inspection,
    gazetteer: &'a Gazetteer,
    holding: &'a Holding,
) -> Job<'a> {
    let (now, today) = crate::import::now();
    let division = import.division.clone();
    let context = Context::within(inspection, &shop.profiles, gazetteer, division, today);
    Job {
        path,
        name: &import.file_name,
        context,
        program: &shop.program,
        limits: &shop.limits,
        inspection: &inspection.id,
        submitter: &import.submitter,
        complete: import.complete,
        now,
        today,
        claimed: Some(import),
        stop: &holding.stop,
    }
}

/// Counts the rows for who renews the claim.
struct Counter<'a>(&'a Holding);

impl Reporter for Counter<'_> {
    fn rows_read(&mut self, rows: u64) {
        self.0.rows.fetch_add(rows as i64, Ordering::Relaxed);
    }

    fn finding(&mut self, _file: &str, _finding: &Finding) {}

    fn file(&mut self, _report: FileReport) {}
}

/// What the log says of a file.
pub(super) fn outcome(report: &FileReport) -> Outcome {
    Outcome {
        state: report.state.into(),
        rows: report.rows,
    }
}
