//! Reasons for warnings: written beside a row of a marked copy, kept by rule and record, and carried to the findings of
//! later ledgers for as long as the cell says the same.

use chrono::NaiveDateTime;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::commit::Ledger;
use crate::codes::Severity;
use crate::db::Db;
use crate::schema_stage::{stage_findings, stage_inspection, stage_reasons};

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

/// Whose reasons they are.
#[derive(Debug, Insertable)]
#[diesel(table_name = stage_inspection)]
struct Given<'l> {
    inspection_id: &'l str,
    import_id: &'l str,
    actor: &'l str,
    at_utc: NaiveDateTime,
}

/// Gives the staged warnings their reasons, and keeps those for the ledgers to come.
pub(super) fn keep(db: &mut Db, ledger: &Ledger) -> QueryResult<()> {
    let warnings = stage_findings::table.filter(stage_findings::severity.eq(Severity::Warning.code()));
    if !diesel::select(diesel::dsl::exists(warnings)).get_result(db)? {
        return Ok(());
    }
    diesel::delete(stage_inspection::table).execute(db)?;
    diesel::insert_into(stage_inspection::table)
        .values(Given {
            inspection_id: &ledger.import.inspection_id,
            import_id: &ledger.import.id,
            actor: &ledger.import.submitter,
            at_utc: ledger.at_utc,
        })
        .execute(db)?;
    db.batch_execute(include_str!("reasons.sql"))
}
