//! What a ledger would change, told row by row. The plan is made by the statements of the commit itself, in a transaction
//! that is then taken back, so that it cannot say anything else than what a commit would do.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text};
use sha2::{Digest, Sha256};

use super::commit::{Committed, Ledger, Staged, Told, merge};
use super::lock::lock;
use super::outcome::{Outcome, RowCounts};
use super::stage::Stage;
use crate::codes::{PlainKind, RecordKind};
use crate::db::Db;
use crate::dialect;
use crate::field_change::{FieldChange, changes};
use crate::findings::NewFinding;
use crate::hex::hex;
use crate::imports;
use crate::inspections::{self, Inspection};
use crate::json;

/// Rows are read in pieces of this many.
const PIECE: i64 = 2_000;

/// Whose row it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlannedKind {
    /// Petitions or tasks.
    Numbered(RecordKind),
    /// One of the plain kinds.
    Plain(PlainKind),
}

impl PlannedKind {
    /// The word for it.
    #[must_use]
    pub fn token(self) -> &'static str {
        match self {
            Self::Numbered(kind) => kind.token(),
            Self::Plain(kind) => kind.token(),
        }
    }
}

/// What one row would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedRow {
    /// Of its record.
    pub kind: PlannedKind,
    /// Where it stands.
    pub sheet: String,
    /// Counted from 1.
    pub row_number: i64,
    /// Number of its record.
    pub number: String,
    /// Whose part; empty in the province's list.
    pub division: String,
    /// What would become of it.
    pub outcome: Outcome,
    /// The fields that differ, for a row that updates; as the records name them, values as they keep them.
    pub changes: Vec<FieldChange>,
}

/// What a ledger would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// What would become of its rows.
    pub rows: RowCounts,
    /// Warnings, those against stored records included.
    pub warnings: i64,
    /// SHA-256 of everything that would change, in 64 lower-case hexadecimal digits: the same ledger against the same
    /// records has the same plan.
    pub hash: String,
}

/// Who is told of the rows of a plan, and its hash so far.
pub(super) struct Planner<'a> {
    tell: &'a mut dyn FnMut(PlannedRow),
    hasher: Sha256,
}

/// Tells what a commit would do: `tell` sees each row that says anything new, `observe` each finding that only the stored
/// records could tell and, at the end, each warning whose reason is known once more with it. Nothing is written, nor is
/// `new`, an inspection that is not stored yet. The stage must be one that stages every row ([`Stage::open`]).
///
/// # Errors
/// The database's.
pub fn plan(
    mut stage: Stage<'_>,
    ledger: Ledger,
    new: Option<&Inspection>,
    observe: &mut dyn FnMut(&NewFinding),
    tell: &mut dyn FnMut(PlannedRow),
) -> QueryResult<Planned> {
    let mut planner = Planner::new(tell);
    let committed = dry(&mut stage, ledger, new, observe, &mut planner, &mut |_| Ok(()))?;
    Ok(planned(&committed, planner))
}

/// Does what a commit does, looks at the outcome (`before_it_is_gone`), and takes everything back.
pub(super) fn dry(
    stage: &mut Stage<'_>,
    ledger: Ledger,
    new: Option<&Inspection>,
    observe: &mut dyn FnMut(&NewFinding),
    planner: &mut Planner<'_>,
    before_it_is_gone: &mut dyn FnMut(&mut Db) -> QueryResult<()>,
) -> QueryResult<Committed> {
    let (rows, plain) = (stage.rows, stage.plain);
    let db = &mut *stage.db;
    dialect::commit(db)?; // the staging transaction, which wrote temporary tables only
    let seen_before = imports::was_applied(db, &ledger.import.inspection_id, &ledger.import.file_sha256)?;
    let counts = RowCounts {
        refused: ledger.refused,
        ..RowCounts::default()
    };
    let staged = Staged {
        rows,
        plain,
        seen_before,
        counts,
        early: None,
    };
    let ended = dialect::write(db, |db| -> Result<Committed, TakenBack> {
        dialect::join_in_memory(db)?;
        if let Some(inspection) = new {
            inspections::create(db, inspection)?;
        }
        let state = lock(db, &ledger.import.inspection_id)?;
        let told = Told {
            finding: observe,
            planner: Some(planner),
        };
        let committed = merge(db, state, staged, ledger, told)?.committed;
        before_it_is_gone(db)?;
        Err(TakenBack::Planned(Box::new(committed)))
    });
    match ended {
        Ok(committed) => Ok(committed),
        Err(TakenBack::Planned(committed)) => Ok(*committed),
        Err(TakenBack::Failed(error)) => Err(error),
    }
}

fn planned(committed: &Committed, planner: Planner<'_>) -> Planned {
    Planned {
        rows: committed.rows,
        warnings: committed.import.warnings,
        hash: planner.hash(),
    }
}

/// Why the transaction of a plan is taken back: it always is.
enum TakenBack {
    Planned(Box<Committed>),
    Failed(diesel::result::Error),
}

impl From<diesel::result::Error> for TakenBack {
    fn from(error: diesel::result::Error) -> Self {
        Self::Failed(error)
    }
}

#[derive(QueryableByName)]
struct Judged {
    #[diesel(sql_type = BigInt)]
    row_id: i64,
    #[diesel(sql_type = Text)]
    sheet: String,
    #[diesel(sql_type = BigInt)]
    row_number: i64,
    #[diesel(sql_type = Text)]
    number: String,
    #[diesel(sql_type = Text)]
    division: String,
    #[diesel(sql_type = Integer)]
    outcome: i32,
    #[diesel(sql_type = Nullable<Text>)]
    before: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    after: Option<String>,
}

impl<'a> Planner<'a> {
    pub fn new(tell: &'a mut dyn FnMut(PlannedRow)) -> Self {
        Self {
            tell,
            hasher: Sha256::new(),
        }
    }

    /// Tells the rows of one kind from the tables `verdicts` and `stage_deltas`.
    pub fn rows(&mut self, db: &mut Db, kind: PlannedKind) -> QueryResult<()> {
        let mut after = 0;
        loop {
            let rows: Vec<Judged> = diesel::sql_query(format!(
                "SELECT v.row_id, v.sheet, v.row_number, v.number, v.division, v.outcome, d.before, d.after
                 FROM verdicts v LEFT JOIN stage_deltas d ON d.row_id = v.row_id
                 WHERE v.row_id > {after} ORDER BY v.row_id LIMIT {PIECE}"
            ))
            .load(db)?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = last.row_id;
            for row in rows {
                self.row(kind, row)?;
            }
        }
    }

    fn row(&mut self, kind: PlannedKind, row: Judged) -> QueryResult<()> {
        let outcome = Outcome::of_verdict(row.outcome)?;
        let (before, after) = (
            row.before.unwrap_or_else(|| "{}".to_owned()),
            row.after.unwrap_or_else(|| "{}".to_owned()),
        );
        for piece in [
            kind.token(),
            &row.number,
            &row.division,
            &row.outcome.to_string(),
            &before,
            &after,
        ] {
            self.hasher.update((piece.len() as u64).to_le_bytes());
            self.hasher.update(piece);
        }
        if outcome == Outcome::Unchanged {
            return Ok(());
        }
        (self.tell)(PlannedRow {
            kind,
            sheet: row.sheet,
            row_number: row.row_number,
            number: row.number,
            division: row.division,
            outcome,
            changes: changes(json::parse(&before)?, json::parse(&after)?),
        });
        Ok(())
    }

    /// The hash of everything told.
    pub fn hash(self) -> String {
        hex(&self.hasher.finalize())
    }
}
