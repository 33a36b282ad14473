//! Reasons for warnings: written beside a row of a marked copy, kept by rule and record, and carried to the findings of
//! later ledgers for as long as the cell says the same.

use diesel::connection::SimpleConnection;
use diesel::dsl::exists;
use diesel::prelude::*;

use super::cells;
use super::commit::Ledger;
use super::direct::With;
use crate::codes::{Mode, Severity};
use crate::db::Db;
use crate::findings::NewFinding;
use crate::schema::reasons;
use crate::schema_stage::{stage_findings, stage_reasons};

/// Warnings are read in pieces of this many.
const PIECE: i64 = 10_000;

/// What a clerk wrote beside a row.
#[derive(Debug, Clone, PartialEq, Eq, Insertable)]
#[diesel(table_name = stage_reasons, treat_none_as_default_value = false)]
pub struct StagedReason {
    /// Sheet.
    pub sheet: String,
    /// Row, counted from 1.
    pub row_number: i64,
    /// In the clerk's words.
    pub reason: String,
}

/// Cells of warnings for which a reason is given, or was.
const CELLS_OF_REASONS: &str = include_str!("reasons_cells.sql");
/// Cells of all warnings, should a reason be given later.
const CELLS_OF_ALL: &str = "INSERT INTO stage_cells (kind, number, division, field, cell)
    SELECT DISTINCT f.kind, f.number, f.division, f.field, CAST(NULL AS TEXT)
    FROM stage_findings f
    WHERE f.severity = 2 AND f.number IS NOT NULL AND f.cell IS NULL AND (f.value = '' OR f.value LIKE '%…')";

/// How the ledger came.
#[derive(Debug, Clone, Copy)]
pub(super) struct Came {
    /// Some of its rows became records before the commit.
    pub early: bool,
    /// The same bytes were applied before: what they say was heard then.
    pub seen_before: bool,
}

/// Gives the staged warnings their reasons, keeps those for the ledgers to come, and tells each warning that has one. Must
/// run after the merges: cells are compared as the records have them.
pub(super) fn keep(db: &mut Db, ledger: &Ledger, came: Came, observe: &mut dyn FnMut(&NewFinding)) -> QueryResult<()> {
    let inspection = &ledger.import.inspection_id;
    if came.seen_before {
        diesel::delete(stage_reasons::table).execute(db)?;
    }
    let warnings = stage_findings::table.filter(stage_findings::severity.eq(Severity::Warning.code()));
    if !diesel::select(exists(warnings)).get_result(db)? {
        return Ok(());
    }
    With {
        inspection_id: inspection,
        import_id: &ledger.import.id,
        actor: &ledger.import.submitter,
        at_utc: ledger.at_utc,
        reported_on: ledger.reported_on,
    }
    .set(db)?;
    // Whoever gives a reason later finds the record of each warning.
    if diesel::select(exists(warnings.filter(stage_findings::number.is_null()))).get_result(db)? {
        db.batch_execute(include_str!("reasons_records.sql"))?;
    }
    let said: bool = diesel::select(exists(stage_reasons::table.select(stage_reasons::row_number))).get_result(db)?;
    let of_inspection = reasons::table.filter(reasons::inspection_id.eq(inspection));
    let asked = said || diesel::select(exists(of_inspection)).get_result(db)?;
    // What is not applied leaves no record in which a cell could be looked up later.
    let kept = ledger.import.mode != Mode::Apply.code();
    if !asked && !kept {
        return Ok(());
    }
    if came.early {
        db.batch_execute(include_str!("reasons_early.sql"))?;
    }
    db.batch_execute(include_str!("reasons_said.sql"))?;
    db.batch_execute(if kept { CELLS_OF_ALL } else { CELLS_OF_REASONS })?;
    cells::read(db)?;
    db.batch_execute(include_str!("reasons.sql"))?;
    tell(db, observe)
}

/// Tells each warning whose reason is known once more, with it.
fn tell(db: &mut Db, observe: &mut dyn FnMut(&NewFinding)) -> QueryResult<()> {
    let mut after = 0;
    loop {
        let rows: Vec<NewFinding> = diesel::sql_query(format!(
            "SELECT * FROM stage_findings WHERE reason IS NOT NULL
             ORDER BY sheet, row_number, column_number, rule, value LIMIT {PIECE} OFFSET {after}"
        ))
        .load(db)?;
        let read = rows.len() as i64;
        for row in rows {
            observe(&NewFinding {
                suggestion: String::new(), // the finding itself has told it
                ..row
            });
        }
        if read < PIECE {
            return Ok(());
        }
        after += PIECE;
    }
}
