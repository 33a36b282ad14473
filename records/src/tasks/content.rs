//! What a ledger's row says of a task: the wording, which one ledger owns, and one division's progress.
//!
//! Both stand in the staging table of an import and in the tables of records, with the same columns in the same order.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

/// What a task demands. Owned by the province's list or, where there is none, by the first ledger to name it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Queryable)]
pub struct TaskWording {
    /// Number of the task it is part of.
    pub parent: Option<String>,
    /// One of the inspection's themes.
    pub theme: Option<String>,
    /// Project or topic.
    pub topic: Option<String>,
    /// [`crate::codes::TaskSource`].
    pub source: Option<i16>,
    /// The typical case it answers.
    pub case_name: Option<String>,
    /// Years of the plan it stands in.
    pub plan_years: Option<String>,
    /// The problem found.
    pub problem: String,
    /// What is to be reached.
    pub target: Option<String>,
    /// What is to be done.
    pub measures: Option<String>,
    /// Unit in the lead.
    pub lead_unit: Option<String>,
    /// Other units, separated by line breaks.
    pub units: Option<String>,
    /// Who supervises.
    pub supervising_unit: Option<String>,
    /// Who accepts the result.
    pub accepting_unit: Option<String>,
    /// The deadline as written.
    pub deadline_text: Option<String>,
    /// [`crate::codes::DeadlineKind`].
    pub deadline_kind: i16,
    /// Last day of the deadline, where it has one.
    pub due_on: Option<NaiveDate>,
    /// To be kept up for good.
    pub long_term: bool,
}

/// What one division reports of one task.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Queryable)]
pub struct ProgressContent {
    /// The state in words.
    pub progress: Option<String>,
    /// [`crate::codes::TaskStatus`].
    pub status: i16,
    /// Day of completion.
    pub completed_on: Option<NaiveDate>,
    /// [`crate::codes::Closure`].
    pub closure: i16,
    /// Day of striking off.
    pub closed_on: Option<NaiveDate>,
    /// Why it is late.
    pub reason: Option<String>,
    /// Remarks.
    pub remarks: Option<String>,
}

/// The columns of [`TaskWording`] in table `$table`, in its order.
macro_rules! wording_columns {
    ($table:ident) => {
        (
            $table::parent,
            $table::theme,
            $table::topic,
            $table::source,
            $table::case_name,
            $table::plan_years,
            $table::problem,
            $table::target,
            $table::measures,
            $table::lead_unit,
            $table::units,
            $table::supervising_unit,
            $table::accepting_unit,
            $table::deadline_text,
            $table::deadline_kind,
            $table::due_on,
            $table::long_term,
        )
    };
}

/// The columns of [`ProgressContent`] in table `$table`, in its order.
macro_rules! progress_columns {
    ($table:ident) => {
        (
            $table::progress,
            $table::status,
            $table::completed_on,
            $table::closure,
            $table::closed_on,
            $table::reason,
            $table::remarks,
        )
    };
}

pub(crate) use {progress_columns, wording_columns};
