//! The thread that writes: it stages what was checked and, when the file ends well, commits it.

use std::sync::Mutex;
use std::sync::mpsc::Receiver;

use chrono::{NaiveDate, NaiveDateTime};
use ducha_records::Db;
use ducha_records::findings::NewFinding;
use ducha_records::importing::{
    self, CommitError, Committed, Kept, Ledger, Planned, PlannedRow, Stage, StagedBase, StagedReason,
};
use ducha_records::imports::Import;
use ducha_records::inspections::Inspection;

use super::change::Words;
use super::report::Reporter;
use crate::check::finding::from_stored;
use crate::check::{Checked, Piece};
use crate::profile::Profiles;
use crate::values::base_version::BaseVersion;

/// What the checking thread sends. Without an `End` nothing is written.
pub(super) enum Message {
    Piece(Box<Piece>),
    End(Box<Checked>),
}

/// How the writing ended.
pub(super) enum Written {
    Committed(Box<Committed>),
    Planned(Planned),
    Kept(Box<Kept>),
}

/// What a plan is told with.
#[derive(Clone, Copy)]
pub(super) struct Planning<'a> {
    /// Has the words.
    pub profiles: &'a Profiles,
    /// The inspection, if it is not stored yet.
    pub new: Option<&'a Inspection>,
}

/// What is known of an import before its file is read.
pub(super) struct Opening<'a> {
    pub import: Import,
    pub register: bool,
    /// Rows that say what is stored need not be staged.
    pub known: bool,
    /// The verdict is kept, and no record changes.
    pub keep: bool,
    /// Only tells what would change.
    pub plan: Option<Planning<'a>>,
    pub today: NaiveDate,
    pub now: NaiveDateTime,
    pub file: &'a str,
}

/// Takes what comes, and commits it at the end. `None`: the other side gave up, and nothing was written.
pub(super) fn run(
    db: &mut Db,
    messages: &Receiver<Message>,
    opening: Opening<'_>,
    reporter: &Mutex<&mut dyn Reporter>,
) -> Result<Option<Written>, CommitError> {
    let mut stage = match opening.known {
        true => Stage::open_beside(db, &opening.import)?,
        false => Stage::open(db)?,
    };
    while let Ok(message) = messages.recv() {
        match message {
            Message::Piece(piece) => take(&mut stage, *piece, &opening)?,
            Message::End(checked) => return end(stage, *checked, opening, reporter).map(Some),
        }
    }
    Ok(None)
}

fn take(stage: &mut Stage<'_>, piece: Piece, opening: &Opening<'_>) -> Result<(), CommitError> {
    let import_id = &opening.import.id;
    stage.reported_on(piece.reported_on.unwrap_or(opening.today));
    let findings: Vec<_> = piece.findings.iter().map(|finding| finding.stored(import_id)).collect();
    stage.assigned(&piece.assigned)?;
    stage.petitions(piece.petitions)?;
    stage.tasks(piece.tasks)?;
    stage.plain(&piece.plain)?;
    stage.bases(&bases(&piece.base_versions))?;
    stage.findings(&findings)?;
    let reasons = piece.reasons.into_iter().map(|reason| StagedReason {
        sheet: reason.sheet.to_string(),
        row_number: reason.row.into(),
        reason: reason.text,
    });
    stage.reasons(&reasons.collect::<Vec<_>>())?;
    stage.withdraw(&piece.withdrawn)?;
    Ok(())
}

fn bases(versions: &[(i64, BaseVersion)]) -> Vec<StagedBase> {
    let base = |(row_id, version): &(i64, BaseVersion)| StagedBase {
        row_id: *row_id,
        record: version.record,
        part: version.part,
    };
    versions.iter().map(base).collect()
}

fn end(
    stage: Stage<'_>,
    checked: Checked,
    opening: Opening<'_>,
    reporter: &Mutex<&mut dyn Reporter>,
) -> Result<Written, CommitError> {
    let (file, plan, keep) = (opening.file, opening.plan, opening.keep);
    let ledger = ledger(checked, opening);
    let mut observe = |finding: &NewFinding| {
        if let (Some(told), Ok(mut reporter)) = (from_stored(finding), reporter.lock()) {
            match &finding.reason {
                None => reporter.finding(file, &told),
                Some(reason) => reporter.reason(file, &told, reason),
            }
        }
    };
    if keep {
        let kept = importing::keep(stage, ledger, &mut observe, &mut |_| {})?;
        return Ok(Written::Kept(Box::new(kept)));
    }
    let Some(planning) = plan else {
        let committed = importing::commit(stage, ledger, &mut observe)?;
        return Ok(Written::Committed(Box::new(committed)));
    };
    let words = Words {
        profiles: planning.profiles,
        places: ledger.places.clone(),
    };
    let mut tell = |row: PlannedRow| {
        if let Ok(mut reporter) = reporter.lock() {
            reporter.change(file, &words.change(row));
        }
    };
    let planned = importing::plan(stage, ledger, planning.new, &mut observe, &mut tell)?;
    Ok(Written::Planned(planned))
}

/// The ledger as it goes into the records.
fn ledger(checked: Checked, opening: Opening<'_>) -> Ledger {
    let reported_on = checked.reported_on.unwrap_or(opening.today);
    let mut import = opening.import;
    import.kinds = checked
        .kinds
        .iter()
        .map(|kind| kind.as_str())
        .collect::<Vec<_>>()
        .join("|");
    import.sheets = checked.sheets;
    // What was marked and sent back may be a part of the ledger only.
    import.complete &= !checked.marked;
    import.reported_on = Some(reported_on);
    import.finished_at_utc = Some(chrono::Utc::now().naive_utc());
    Ledger {
        import,
        refused: checked.refused as i64, // at most the rows of a file
        register: opening.register,
        reported_on,
        at_utc: opening.now,
        places: checked.places,
        forms: checked.forms,
    }
}
