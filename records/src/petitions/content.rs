//! What a ledger's row says of a petition: the wording, which one ledger owns, and one division's handling.
//!
//! Both stand in the staging table of an import and in the tables of records, with the same columns in the same order.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

/// What a petition is about. Owned by the province's list or, where there is none, by the first ledger to name it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Queryable)]
pub struct PetitionWording {
    /// Batch of the handover, counted from 1.
    pub batch: Option<i32>,
    /// [`crate::codes::Channel`].
    pub channel: Option<i16>,
    /// Day the inspection received it.
    pub received_on: Option<NaiveDate>,
    /// Marked as a key case.
    pub key_case: bool,
    /// Number of the petition it was merged into.
    pub merged_into: Option<String>,
    /// Number of the petition it repeats.
    pub duplicate_of: Option<String>,
    /// What is complained of.
    pub complaint: String,
    /// One bit for each [`crate::codes::PollutionKind`].
    pub pollution_kinds: i32,
}

/// What one division reports of one petition. Counts are absent where the ledger does not state them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Queryable)]
pub struct HandlingContent {
    /// What was found on the spot.
    pub investigation: Option<String>,
    /// [`crate::codes::Substantiated`].
    pub substantiated: Option<i16>,
    /// What was done.
    pub handling: Option<String>,
    /// Targets and measures.
    pub measures: Option<String>,
    /// The latest state.
    pub latest_progress: Option<String>,
    /// [`crate::codes::Conclusion`].
    pub conclusion: i16,
    /// Day of the conclusion.
    pub concluded_on: Option<NaiveDate>,
    /// Units responsible, separated by line breaks.
    pub units: Option<String>,
    /// What is said of its acceptance.
    pub acceptance: Option<String>,
    /// Who was held accountable, in words.
    pub accountability: Option<String>,
    /// Remarks.
    pub remarks: Option<String>,
    /// Enterprises ordered to rectify.
    pub ordered: Option<i32>,
    /// Penalty cases filed.
    pub penalised: Option<i32>,
    /// Fines, in fen (1 元 = 100 fen).
    pub fine_fen: Option<i64>,
    /// Criminal investigations opened.
    pub criminal_cases: Option<i32>,
    /// Persons in administrative detention.
    pub admin_detained: Option<i32>,
    /// Persons in criminal detention.
    pub criminal_detained: Option<i32>,
    /// Persons interviewed.
    pub interviewed: Option<i32>,
    /// Persons held accountable.
    pub accountable: Option<i32>,
}

/// The columns of [`PetitionWording`] in table `$table`, in its order.
macro_rules! wording_columns {
    ($table:ident) => {
        (
            $table::batch,
            $table::channel,
            $table::received_on,
            $table::key_case,
            $table::merged_into,
            $table::duplicate_of,
            $table::complaint,
            $table::pollution_kinds,
        )
    };
}

/// The columns of [`HandlingContent`] in table `$table`, in its order.
macro_rules! handling_columns {
    ($table:ident) => {
        (
            $table::investigation,
            $table::substantiated,
            $table::handling,
            $table::measures,
            $table::latest_progress,
            $table::conclusion,
            $table::concluded_on,
            $table::units,
            $table::acceptance,
            $table::accountability,
            $table::remarks,
            $table::ordered,
            $table::penalised,
            $table::fine_fen,
            $table::criminal_cases,
            $table::admin_detained,
            $table::criminal_detained,
            $table::interviewed,
            $table::accountable,
        )
    };
}

pub(crate) use {handling_columns, wording_columns};
