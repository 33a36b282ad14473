//! A checked row as it is staged: flat, since COPY wants one value for each column.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::petitions::{HandlingContent, PetitionWording};
use crate::schema_stage::{stage_assigned, stage_bases, stage_deltas, stage_petitions, stage_tasks};
use crate::tasks::{ProgressContent, TaskWording};

/// Where a row stands and which record it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowPlace {
    /// Counted from 1 over the whole file.
    pub row_id: i64,
    /// Name of the sheet.
    pub sheet: String,
    /// Row, counted from 1.
    pub row_number: i64,
    /// The record's number.
    pub number: String,
    /// Whose part it is; in the province's list, the province.
    pub division: String,
}

/// A row of a petition ledger: [`PetitionWording`] and [`HandlingContent`], each with its hash.
#[derive(Debug, Clone, PartialEq, Eq, Insertable)]
#[diesel(table_name = stage_petitions, treat_none_as_default_value = false)]
pub struct StagedPetition {
    pub(crate) row_id: i64,
    /// Of its revision, once it is to become a record before the commit.
    pub(crate) sequence: Option<i64>,
    pub(crate) sheet: String,
    pub(crate) row_number: i64,
    pub(crate) number: String,
    pub(crate) division: String,
    pub(crate) batch: Option<i32>,
    pub(crate) channel: Option<i16>,
    pub(crate) received_on: Option<NaiveDate>,
    pub(crate) key_case: bool,
    pub(crate) merged_into: Option<String>,
    pub(crate) duplicate_of: Option<String>,
    pub(crate) complaint: String,
    pub(crate) pollution_kinds: i32,
    pub(crate) wording_hash: Vec<u8>,
    pub(crate) investigation: Option<String>,
    pub(crate) substantiated: Option<i16>,
    pub(crate) handling: Option<String>,
    pub(crate) measures: Option<String>,
    pub(crate) latest_progress: Option<String>,
    pub(crate) conclusion: i16,
    pub(crate) concluded_on: Option<NaiveDate>,
    pub(crate) units: Option<String>,
    pub(crate) acceptance: Option<String>,
    pub(crate) accountability: Option<String>,
    pub(crate) remarks: Option<String>,
    pub(crate) ordered: Option<i32>,
    pub(crate) penalised: Option<i32>,
    pub(crate) fine_fen: Option<i64>,
    pub(crate) criminal_cases: Option<i32>,
    pub(crate) admin_detained: Option<i32>,
    pub(crate) criminal_detained: Option<i32>,
    pub(crate) interviewed: Option<i32>,
    pub(crate) accountable: Option<i32>,
    pub(crate) content_hash: Vec<u8>,
}

impl StagedPetition {
    /// Puts a row together. The hashes are of everything that must be stored again when it differs.
    #[must_use]
    pub fn new(
        place: RowPlace,
        wording: PetitionWording,
        wording_hash: Vec<u8>,
        content: HandlingContent,
        content_hash: Vec<u8>,
    ) -> Self {
        Self {
            row_id: place.row_id,
            sequence: None,
            sheet: place.sheet,
            row_number: place.row_number,
            number: place.number,
            division: place.division,
            batch: wording.batch,
            channel: wording.channel,
            received_on: wording.received_on,
            key_case: wording.key_case,
            merged_into: wording.merged_into,
            duplicate_of: wording.duplicate_of,
            complaint: wording.complaint,
            pollution_kinds: wording.pollution_kinds,
            wording_hash,
            investigation: content.investigation,
            substantiated: content.substantiated,
            handling: content.handling,
            measures: content.measures,
            latest_progress: content.latest_progress,
            conclusion: content.conclusion,
            concluded_on: content.concluded_on,
            units: content.units,
            acceptance: content.acceptance,
            accountability: content.accountability,
            remarks: content.remarks,
            ordered: content.ordered,
            penalised: content.penalised,
            fine_fen: content.fine_fen,
            criminal_cases: content.criminal_cases,
            admin_detained: content.admin_detained,
            criminal_detained: content.criminal_detained,
            interviewed: content.interviewed,
            accountable: content.accountable,
            content_hash,
        }
    }
}

/// A row of a task ledger: [`TaskWording`] and [`ProgressContent`], each with its hash.
#[derive(Debug, Clone, PartialEq, Eq, Insertable)]
#[diesel(table_name = stage_tasks, treat_none_as_default_value = false)]
pub struct StagedTask {
    pub(crate) row_id: i64,
    pub(crate) sheet: String,
    pub(crate) row_number: i64,
    pub(crate) number: String,
    pub(crate) division: String,
    parent: Option<String>,
    theme: Option<String>,
    topic: Option<String>,
    source: Option<i16>,
    case_name: Option<String>,
    plan_years: Option<String>,
    problem: String,
    target: Option<String>,
    measures: Option<String>,
    lead_unit: Option<String>,
    units: Option<String>,
    supervising_unit: Option<String>,
    accepting_unit: Option<String>,
    deadline_text: Option<String>,
    deadline_kind: i16,
    due_on: Option<NaiveDate>,
    long_term: bool,
    pub(crate) wording_hash: Vec<u8>,
    progress: Option<String>,
    status: i16,
    completed_on: Option<NaiveDate>,
    closure: i16,
    closed_on: Option<NaiveDate>,
    reason: Option<String>,
    remarks: Option<String>,
    pub(crate) content_hash: Vec<u8>,
}

impl StagedTask {
    /// Puts a row together. The hashes are of everything that must be stored again when it differs.
    #[must_use]
    pub fn new(
        place: RowPlace,
        wording: TaskWording,
        wording_hash: Vec<u8>,
        content: ProgressContent,
        content_hash: Vec<u8>,
    ) -> Self {
        Self {
            row_id: place.row_id,
            sheet: place.sheet,
            row_number: place.row_number,
            number: place.number,
            division: place.division,
            parent: wording.parent,
            theme: wording.theme,
            topic: wording.topic,
            source: wording.source,
            case_name: wording.case_name,
            plan_years: wording.plan_years,
            problem: wording.problem,
            target: wording.target,
            measures: wording.measures,
            lead_unit: wording.lead_unit,
            units: wording.units,
            supervising_unit: wording.supervising_unit,
            accepting_unit: wording.accepting_unit,
            deadline_text: wording.deadline_text,
            deadline_kind: wording.deadline_kind,
            due_on: wording.due_on,
            long_term: wording.long_term,
            wording_hash,
            progress: content.progress,
            status: content.status,
            completed_on: content.completed_on,
            closure: content.closure,
            closed_on: content.closed_on,
            reason: content.reason,
            remarks: content.remarks,
            content_hash,
        }
    }
}

/// A division a row names beside its own.
#[derive(Debug, Clone, PartialEq, Eq, Insertable)]
#[diesel(table_name = stage_assigned, treat_none_as_default_value = false)]
pub struct StagedAssignment {
    /// The row that names it.
    pub row_id: i64,
    /// The record's number.
    pub number: String,
    /// The division.
    pub division: String,
}

/// The state of the stored record on which a row was filled in.
#[derive(Debug, Clone, PartialEq, Eq, Insertable)]
#[diesel(table_name = stage_bases, treat_none_as_default_value = false)]
pub struct StagedBase {
    /// The row.
    pub row_id: i64,
    /// Version of the petition or task.
    pub record: i64,
    /// Version of the division's part in it.
    pub part: i64,
}

/// What a row changes in a record: JSON objects, field -> value.
#[derive(Debug, Clone, PartialEq, Eq, Insertable)]
#[diesel(table_name = stage_deltas, treat_none_as_default_value = false)]
pub struct StagedDelta {
    /// The row.
    pub row_id: i64,
    /// Old values.
    pub before: String,
    /// New values.
    pub after: String,
}
