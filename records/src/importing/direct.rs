//! Rows of a petition ledger as the records they make when nothing is known of them. What PostgreSQL puts in so is
//! what the triggers of `early_sqlite.sql` write.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::StagedPetition;
use crate::codes::{Change, Conclusion, RecordKind};
use crate::db::Db;
use crate::schema::{handlings, petitions, revisions};
use crate::schema_stage::stage_import;

/// What is the same for all rows of a ledger.
#[derive(Debug, Clone, Copy, Insertable)]
#[diesel(table_name = stage_import)]
pub(crate) struct With<'r> {
    pub inspection_id: &'r str,
    pub import_id: &'r str,
    pub actor: &'r str,
    pub at_utc: NaiveDateTime,
    pub reported_on: NaiveDate,
}

impl With<'_> {
    /// Makes these the values that triggers and statements see.
    pub(crate) fn set(self, db: &mut Db) -> QueryResult<()> {
        diesel::delete(stage_import::table).execute(db)?;
        diesel::insert_into(stage_import::table)
            .values(self)
            .execute(db)
            .map(drop)
    }
}

/// A petition whose only part is the row's.
#[derive(Debug, Insertable)]
#[diesel(table_name = petitions, treat_none_as_default_value = false)]
pub(crate) struct NewPetition<'r> {
    inspection_id: &'r str,
    number: &'r str,
    batch: Option<i32>,
    channel: Option<i16>,
    received_on: Option<NaiveDate>,
    key_case: bool,
    merged_into: Option<&'r str>,
    duplicate_of: Option<&'r str>,
    complaint: &'r str,
    pollution_kinds: i32,
    registered: bool,
    owner: &'r str,
    wording_hash: &'r [u8],
    conclusion: i16,
    substantiated: Option<i16>,
    contradictory: bool,
    concluded_on: Option<NaiveDate>,
    reported_on: NaiveDate,
    version: i64,
    import_id: &'r str,
    sheet: &'r str,
    row_number: i64,
    updated_at_utc: NaiveDateTime,
}

/// The part.
#[derive(Debug, Insertable)]
#[diesel(table_name = handlings, treat_none_as_default_value = false)]
pub(crate) struct NewHandling<'r> {
    inspection_id: &'r str,
    number: &'r str,
    division: &'r str,
    assigned: bool,
    reported: bool,
    investigation: Option<&'r str>,
    substantiated: Option<i16>,
    handling: Option<&'r str>,
    measures: Option<&'r str>,
    latest_progress: Option<&'r str>,
    conclusion: i16,
    concluded_on: Option<NaiveDate>,
    units: Option<&'r str>,
    acceptance: Option<&'r str>,
    accountability: Option<&'r str>,
    remarks: Option<&'r str>,
    ordered: Option<i32>,
    penalised: Option<i32>,
    fine_fen: Option<i64>,
    criminal_cases: Option<i32>,
    admin_detained: Option<i32>,
    criminal_detained: Option<i32>,
    interviewed: Option<i32>,
    accountable: Option<i32>,
    content_hash: &'r [u8],
    reported_on: NaiveDate,
    version: i64,
    import_id: &'r str,
    sheet: &'r str,
    row_number: i64,
}

/// The creation, in the history.
#[derive(Debug, Insertable)]
#[diesel(table_name = revisions, treat_none_as_default_value = false)]
pub(crate) struct NewRevision<'r> {
    inspection_id: &'r str,
    sequence: i64,
    kind: i16,
    number: &'r str,
    division: &'r str,
    change: i16,
    before: Option<&'r str>,
    after: Option<&'r str>,
    import_id: &'r str,
    sheet: &'r str,
    row_number: i64,
    actor: &'r str,
    at_utc: NaiveDateTime,
}

/// The petition a row makes: its state is that of its only part.
pub(crate) fn petition<'r>(row: &'r StagedPetition, with: With<'r>) -> NewPetition<'r> {
    NewPetition {
        inspection_id: with.inspection_id,
        number: &row.number,
        batch: row.batch,
        channel: row.channel,
        received_on: row.received_on,
        key_case: row.key_case,
        merged_into: row.merged_into.as_deref(),
        duplicate_of: row.duplicate_of.as_deref(),
        complaint: &row.complaint,
        pollution_kinds: row.pollution_kinds,
        registered: false,
        owner: &row.division,
        wording_hash: &row.wording_hash,
        conclusion: row.conclusion,
        substantiated: row.substantiated,
        contradictory: false,
        concluded_on: row
            .concluded_on
            .filter(|_| row.conclusion >= Conclusion::Concluded.code()),
        reported_on: with.reported_on,
        version: 1,
        import_id: with.import_id,
        sheet: &row.sheet,
        row_number: row.row_number,
        updated_at_utc: with.at_utc,
    }
}

/// The part a row makes.
pub(crate) fn handling<'r>(row: &'r StagedPetition, with: With<'r>) -> NewHandling<'r> {
    NewHandling {
        inspection_id: with.inspection_id,
        number: &row.number,
        division: &row.division,
        assigned: false,
        reported: true,
        investigation: row.investigation.as_deref(),
        substantiated: row.substantiated,
        handling: row.handling.as_deref(),
        measures: row.measures.as_deref(),
        latest_progress: row.latest_progress.as_deref(),
        conclusion: row.conclusion,
        concluded_on: row.concluded_on,
        units: row.units.as_deref(),
        acceptance: row.acceptance.as_deref(),
        accountability: row.accountability.as_deref(),
        remarks: row.remarks.as_deref(),
        ordered: row.ordered,
        penalised: row.penalised,
        fine_fen: row.fine_fen,
        criminal_cases: row.criminal_cases,
        admin_detained: row.admin_detained,
        criminal_detained: row.criminal_detained,
        interviewed: row.interviewed,
        accountable: row.accountable,
        content_hash: &row.content_hash,
        reported_on: with.reported_on,
        version: 1,
        import_id: with.import_id,
        sheet: &row.sheet,
        row_number: row.row_number,
    }
}

/// The revision a row makes that has its sequence.
pub(crate) fn revision<'r>(row: &'r StagedPetition, with: With<'r>) -> Option<NewRevision<'r>> {
    Some(NewRevision {
        inspection_id: with.inspection_id,
        sequence: row.sequence?,
        kind: RecordKind::Petition.code(),
        number: &row.number,
        division: &row.division,
        change: Change::Created.code(),
        before: None,
        after: None,
        import_id: with.import_id,
        sheet: &row.sheet,
        row_number: row.row_number,
        actor: with.actor,
        at_utc: with.at_utc,
    })
}
