//! What is kept of a ledger that changes no record, because it was handed in to be checked or planned, or because its
//! terms refuse it: the import, its findings, and the rows of its plan.
//!
//! The verdicts come from the commit's own statements in a transaction that is taken back. What it found is copied out
//! before, into files without a name, so that memory does not grow with it.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Seek, Write};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::commit::{Committed, Ledger, move_findings};
use super::outcome::RowCounts;
use super::plan::{PlannedRow, Planner, dry};
use super::stage::Stage;
use super::terms::{CommitError, terms_broken};
use crate::codes::{ImportState, Mode};
use crate::db::Db;
use crate::dialect;
use crate::findings::NewFinding;
use crate::imports::Import;
use crate::imports::planned::StoredRow;
use crate::queue;
use crate::schema_stage::stage_findings;

/// Findings and rows are read and written in pieces of this many.
const PIECE: usize = 1_000;

/// Code of an import that its own terms refused.
pub const TERMS_BROKEN: &str = "TOO_MANY_REFUSED";

/// What was kept.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The import as stored: checked, planned or rejected.
    pub import: Import,
    /// What would become of its rows, or became of them if it was rejected.
    pub rows: RowCounts,
}

/// Keeps the verdicts on what is staged, and changes no record. `observe` sees each finding that only the stored records
/// could tell, `tell` each row that says anything new. The stage must be one that stages every row ([`Stage::open`]).
///
/// # Errors
/// [`CommitError::LostLease`], or the database's; nothing is kept then.
pub fn keep(
    mut stage: Stage<'_>,
    ledger: Ledger,
    observe: &mut dyn FnMut(&NewFinding),
    tell: &mut dyn FnMut(&PlannedRow),
) -> Result<Kept, CommitError> {
    let (mut findings, mut rows) = (Spool::new()?, Spool::new()?);
    let planning = ledger.import.mode == Mode::Plan.code();
    let mut failed = None;
    let mut position = 0;
    let mut told = |row: PlannedRow| {
        tell(&row);
        if planning && failed.is_none() {
            position += 1;
            failed = rows.push(&StoredRow::of("", position, &row)).err();
        }
    };
    let mut planner = Planner::new(&mut told);
    let committed = dry(&mut stage, ledger, None, observe, &mut planner, &mut |db| {
        copy_out(db, &mut findings)
    })?;
    let hash = planner.hash();
    if let Some(error) = failed {
        return Err(error.into());
    }
    let kept = verdict(committed, hash);
    dialect::write(stage.db, |db| {
        queue::end(db, &kept.import, 0)?;
        diesel::delete(stage_findings::table).execute(db)?;
        findings.each(|piece: Vec<NewFinding>| dialect::stage_findings(db, &piece))?;
        move_findings(db)?;
        crate::imports::planned::forget(db, &kept.import.id)?;
        if kept.import.state == ImportState::Planned.code() {
            rows.each(|mut piece: Vec<StoredRow>| {
                piece
                    .iter_mut()
                    .for_each(|row| row.import_id.clone_from(&kept.import.id));
                dialect::planned_rows(db, &piece)
            })?;
        }
        Ok(kept)
    })
}

/// The import as it ends.
fn verdict(committed: Committed, hash: String) -> Kept {
    let Committed { mut import, rows, .. } = committed;
    let planned = import.mode == Mode::Plan.code();
    import.indexed = true;
    import.plan_hash = planned.then_some(hash);
    if import.mode == Mode::Check.code() {
        import.state = ImportState::Checked.code();
        return Kept { import, rows };
    }
    if !terms_broken(&import, &rows) {
        import.state = ImportState::Planned.code();
        import.finished_at_utc = None;
        return Kept { import, rows };
    }
    let none = RowCounts {
        refused: rows.read(),
        ..RowCounts::default()
    };
    import.state = ImportState::Rejected.code();
    import.error_code = Some(TERMS_BROKEN.to_owned());
    import.error_zh = Some(format!(
        "共 {} 行，其中 {} 行有错误，超出报送时约定的范围，整本台账没有导入。请改正后重新报送。",
        rows.read(),
        rows.refused
    ));
    import.error_en = Some(format!(
        "{} of {} rows have errors, more than the terms of this import allow, so that no row was taken. Correct them and \
         send the ledger again.",
        rows.refused,
        rows.read()
    ));
    import.refused = none.refused;
    (import.inserted, import.updated, import.unchanged) = (0, 0, 0);
    Kept { import, rows: none }
}

/// Copies the staged findings out, in the order of the file.
fn copy_out(db: &mut Db, spool: &mut Spool) -> QueryResult<()> {
    let mut after = 0;
    db.batch_execute(
        "CREATE TEMP TABLE told_findings AS
            SELECT ROW_NUMBER() OVER (ORDER BY sheet, row_number, column_number, rule) AS position, f.*
            FROM stage_findings f;
         CREATE INDEX told_findings_by_position ON told_findings (position)",
    )?;
    loop {
        let last = after + PIECE as i64;
        let piece: Vec<NewFinding> = diesel::sql_query(format!(
            "SELECT * FROM told_findings WHERE position > {after} AND position <= {last} ORDER BY position"
        ))
        .load(db)?;
        if piece.is_empty() {
            return db.batch_execute("DROP TABLE told_findings");
        }
        after = last;
        piece.iter().try_for_each(|finding| spool.push(finding))?;
    }
}

/// Values that wait in a file without a name, one JSON text in a line.
struct Spool(BufWriter<File>);

impl Spool {
    fn new() -> QueryResult<Self> {
        tempfile::tempfile()
            .map(|file| Self(BufWriter::new(file)))
            .map_err(system)
    }

    fn push(&mut self, value: &impl Serialize) -> QueryResult<()> {
        serde_json::to_writer(&mut self.0, value).map_err(|error| system(error.into()))?;
        self.0.write_all(b"\n").map_err(system)
    }

    /// Takes the values back, in pieces.
    fn each<T: DeserializeOwned>(self, mut take: impl FnMut(Vec<T>) -> QueryResult<()>) -> QueryResult<()> {
        let mut file = self.0.into_inner().map_err(|error| system(error.into_error()))?;
        file.rewind().map_err(system)?;
        let mut piece = Vec::with_capacity(PIECE);
        for line in BufReader::new(file).lines() {
            let value = serde_json::from_str(&line.map_err(system)?);
            piece.push(value.map_err(|error| system(error.into()))?);
            if piece.len() == PIECE {
                take(std::mem::take(&mut piece))?;
            }
        }
        take(piece)
    }
}

/// The machine's fault, as the error of the statement that could not be made.
fn system(error: io::Error) -> diesel::result::Error {
    diesel::result::Error::QueryBuilderError(error.into())
}
