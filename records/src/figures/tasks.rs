//! Tasks, one by one: an inspection has some hundred.

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Date, Integer, Nullable, SmallInt, Text};

use super::area::Areas;
use super::{Origin, as_of, petitions};
use crate::codes::{TaskSource, TaskStatus};
use crate::db::Db;

/// A task is due soon for so many days.
const SOON: TimeDelta = TimeDelta::days(30);

/// A task as one area has it.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct TaskFact {
    /// Area it counts for.
    #[diesel(sql_type = Text)]
    pub area: String,
    /// Number.
    #[diesel(sql_type = Text)]
    pub number: String,
    /// Number of the task it is a part of.
    #[diesel(sql_type = Nullable<Text>)]
    pub parent: Option<String>,
    /// Theme.
    #[diesel(sql_type = Nullable<Text>)]
    pub theme: Option<String>,
    /// Topic.
    #[diesel(sql_type = Nullable<Text>)]
    pub topic: Option<String>,
    /// Source, as in `codes::TaskSource`.
    #[diesel(sql_type = Nullable<SmallInt>)]
    pub source: Option<i16>,
    /// Name of the typical case.
    #[diesel(sql_type = Nullable<Text>)]
    pub case_name: Option<String>,
    /// Years of the plan.
    #[diesel(sql_type = Nullable<Text>)]
    pub plan_years: Option<String>,
    /// Kind of its deadline, as in `codes::DeadlineKind`.
    #[diesel(sql_type = SmallInt)]
    pub deadline_kind: i16,
    /// Last day of its deadline.
    #[diesel(sql_type = Nullable<Date>)]
    pub due_on: Option<NaiveDate>,
    /// It goes on for good.
    #[diesel(sql_type = Bool)]
    pub long_term: bool,
    /// State as of the day, as in `codes::TaskStatus`: the least of its parts in the area.
    #[diesel(sql_type = Integer)]
    pub status: i32,
    /// Day since when it is completed.
    #[diesel(sql_type = Nullable<Date>)]
    pub completed_on: Option<NaiveDate>,
    /// Closure as of the day, as in `codes::Closure`: the least of its parts.
    #[diesel(sql_type = Integer)]
    pub closure: i32,
    /// Where it was read.
    #[diesel(embed)]
    pub origin: Origin,
}

impl TaskFact {
    /// Completed as of the day.
    #[must_use]
    pub fn is_completed(&self) -> bool {
        self.status == i32::from(TaskStatus::Completed.code())
    }

    /// It is not completed, and its deadline is `day` or within the 30 days after it.
    #[must_use]
    pub fn is_due_soon(&self, day: NaiveDate) -> bool {
        let soon = |due: NaiveDate| due >= day && due - day <= SOON;
        !self.is_completed() && self.due_on.is_some_and(soon)
    }

    /// Name of the typical case that it comes from.
    #[must_use]
    pub fn typical_case(&self) -> Option<&String> {
        let typical = self.source == Some(TaskSource::TypicalCase.code());
        self.case_name.as_ref().filter(|_| typical)
    }

    /// Its deadline passed before `day`, and it is not completed.
    #[must_use]
    pub fn is_overdue(&self, day: NaiveDate) -> bool {
        !self.is_completed() && self.due_on.is_some_and(|due| due < day)
    }
}

/// Tasks of an inspection as of a day, by area and number.
///
/// # Errors
/// The database's.
pub fn tasks(db: &mut Db, inspection: &str, day: NaiveDate, areas: &Areas) -> QueryResult<Vec<TaskFact>> {
    let sql = include_str!("tasks.sql").replace("{areas}", &areas.sql()).replace(
        "{unassigned}",
        &petitions::unassigned(areas, include_str!("tasks_unassigned.sql")),
    );
    as_of!(sql, inspection, day).load(db)
}
