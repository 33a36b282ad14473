//! Tasks and progress as they are read: everything but the hashes, which only the merge compares.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::{ProgressContent, TaskWording};

/// One rectification task. Its state is derived from its parts.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Task {
    /// The inspection it belongs to.
    pub inspection_id: String,
    /// Number in the rectification plan.
    pub number: String,
    /// What it demands.
    pub wording: TaskWording,
    /// The province's list has it.
    pub registered: bool,
    /// Division whose ledger the wording is from.
    pub owner: String,
    /// [`crate::codes::TaskStatus`] of the part that has come least far.
    pub status: i16,
    /// Day the last part was completed, once every part is completed and dated.
    pub completed_on: Option<NaiveDate>,
    /// [`crate::codes::Closure`] of the part that has come least far.
    pub closure: i16,
    /// Day the last part was struck off, once every part is struck off and dated.
    pub closed_on: Option<NaiveDate>,
    /// Reporting date of the ledger the wording is from.
    pub reported_on: NaiveDate,
    /// Counted from 1, raised whenever it or a part of it changes.
    pub version: i64,
    /// Import the wording is from; empty where that is out of reach.
    pub import_id: String,
    /// Sheet of that import.
    pub sheet: String,
    /// Row of that sheet, counted from 1.
    pub row_number: i64,
    /// When it or a part of it last changed, UTC.
    pub updated_at_utc: NaiveDateTime,
}

/// One division's part in one task.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Progress {
    /// The task.
    pub number: String,
    /// Code of the division.
    pub division: String,
    /// Given to it by the province's list, or named by another division.
    pub assigned: bool,
    /// The division has reported; without that the content is empty.
    pub reported: bool,
    /// What it reports.
    pub content: ProgressContent,
    /// Reporting date of the ledger it is from.
    pub reported_on: NaiveDate,
    /// Counted from 1.
    pub version: i64,
    /// The version at which its content was written: an undo brings the old one back, while the version rises.
    pub edition: i64,
    /// Import it is from.
    pub import_id: String,
    /// Sheet of that import.
    pub sheet: String,
    /// Row of that sheet, counted from 1.
    pub row_number: i64,
}

/// A task and all its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskWithParts {
    /// The task.
    pub task: Task,
    /// Its parts, by division code.
    pub progress: Vec<Progress>,
}

/// The columns of [`Task`], in its order.
macro_rules! task_row {
    () => {
        (
            tasks::inspection_id,
            tasks::number,
            wording_columns!(tasks),
            tasks::registered,
            tasks::owner,
            tasks::status,
            tasks::completed_on,
            tasks::closure,
            tasks::closed_on,
            tasks::reported_on,
            tasks::version,
            tasks::import_id,
            tasks::sheet,
            tasks::row_number,
            tasks::updated_at_utc,
        )
    };
}

/// The columns of [`Progress`], in its order.
macro_rules! progress_row {
    () => {
        (
            task_progress::number,
            task_progress::division,
            task_progress::assigned,
            task_progress::reported,
            progress_columns!(task_progress),
            task_progress::reported_on,
            task_progress::version,
            task_progress::edition,
            task_progress::import_id,
            task_progress::sheet,
            task_progress::row_number,
        )
    };
}

pub(super) use {progress_row, task_row};
