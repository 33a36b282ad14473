//! The thread that writes: it stages what was checked and, when the file ends well, commits it.

use std::sync::Mutex;
use std::sync::mpsc::Receiver;

use chrono::{NaiveDate, NaiveDateTime};
use ducha_records::Db;
use ducha_records::importing::{self, CommitError, Committed, Ledger, Stage};
use ducha_records::imports::Import;

use super::report::Reporter;
use crate::check::finding::from_stored;
use crate::check::{Checked, Piece};

/// What the checking thread sends. Without an `End` nothing is written.
pub(super) enum Message {
    Piece(Box<Piece>),
    End(Box<Checked>),
}

/// What is known of an import before its file is read.
pub(super) struct Opening<'a> {
    pub import: Import,
    pub register: bool,
    /// Rows that say what is stored need not be staged.
    pub known: bool,
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
) -> Result<Option<Committed>, CommitError> {
    let mut stage = match opening.known {
        true => Stage::open_beside(db, &opening.import)?,
        false => Stage::open(db)?,
    };
    while let Ok(message) = messages.recv() {
        match message {
            Message::Piece(piece) => take(&mut stage, *piece, &opening)?,
            Message::End(checked) => return commit(stage, *checked, opening, reporter).map(Some),
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
    stage.findings(&findings)?;
    stage.withdraw(&piece.withdrawn)?;
    Ok(())
}

fn commit(
    stage: Stage<'_>,
    checked: Checked,
    opening: Opening<'_>,
    reporter: &Mutex<&mut dyn Reporter>,
) -> Result<Committed, CommitError> {
    let reported_on = checked.reported_on.unwrap_or(opening.today);
    let mut import = opening.import;
    import.kinds = checked
        .kinds
        .iter()
        .map(|kind| kind.as_str())
        .collect::<Vec<_>>()
        .join("|");
    import.sheets = checked.sheets;
    import.reported_on = Some(reported_on);
    import.finished_at_utc = Some(chrono::Utc::now().naive_utc());
    let ledger = Ledger {
        import,
        refused: checked.refused as i64, // at most the rows of a file
        register: opening.register,
        reported_on,
        at_utc: opening.now,
        places: checked.places,
    };
    importing::commit(stage, ledger, &mut |finding| {
        if let (Some(finding), Ok(mut reporter)) = (from_stored(finding), reporter.lock()) {
            reporter.finding(opening.file, &finding);
        }
    })
}
