//! Reasons for warnings: written beside a row of a marked copy, kept by rule and record, and carried to the findings of
//! later ledgers for as long as the cell says the same.

use diesel::connection::SimpleConnection;
use diesel::dsl::exists;
use diesel::prelude::*;

use super::commit::Ledger;
use super::direct::With;
use crate::db::Db;
use crate::schema::reasons;
use crate::schema_stage::stage_reasons;

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

/// Gives the staged warnings their reasons, and keeps those for the ledgers to come.
pub(super) fn keep(db: &mut Db, ledger: &Ledger) -> QueryResult<()> {
    let inspection = &ledger.import.inspection_id;
    let said: bool = diesel::select(exists(stage_reasons::table.select(stage_reasons::row_number))).get_result(db)?;
    let of_inspection = reasons::table.filter(reasons::inspection_id.eq(inspection));
    if !said && !diesel::select(exists(of_inspection)).get_result(db)? {
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
    db.batch_execute(include_str!("reasons.sql"))
}
