//! Which tasks are asked for.

use chrono::NaiveDate;
use diesel::Connection;
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use crate::codes::TaskStatus;
use crate::db::Db;
use crate::page::DateSpan;
use crate::reach::Reach;
use crate::schema::{task_progress, tasks};

/// A city has up to 20 divisions.
const FEW_DIVISIONS: usize = 32;

/// Which tasks are asked for. Conditions are joined by "and"; an empty one asks for all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TaskFilter {
    /// A part is one of these divisions'. Codes match exactly: the caller names every division below as well.
    pub divisions: Vec<String>,
    /// Themes of the inspection.
    pub themes: Vec<String>,
    /// [`crate::codes::TaskSource`]s.
    pub sources: Vec<i16>,
    /// [`TaskStatus`]es of the whole.
    pub statuses: Vec<i16>,
    /// [`crate::codes::Closure`]s of the whole.
    pub closures: Vec<i16>,
    /// Last day of the deadline.
    pub due: DateSpan,
    /// The deadline ended before this day, on which the task was not completed. What is completed without a day counts
    /// as completed on any day.
    pub overdue_as_of: Option<NaiveDate>,
    /// To be kept up for good, or not.
    pub long_term: Option<bool>,
    /// Stands in the problem, the target or the measures, or in a part's progress; see [`crate::search`].
    pub text: Option<String>,
}

pub(super) type Query<'a> = tasks::BoxedQuery<'a, <Db as Connection>::Backend>;

impl TaskFilter {
    /// Narrows `query` to what is in reach and asked for, all but the text.
    ///
    /// `inspection` and `after` are the query's own. A stored part is assigned or reported, so that every row of a division counts.
    pub(super) fn narrow<'a>(
        &'a self,
        mut query: Query<'a>,
        reach: &'a Reach,
        inspection: &'a str,
        after: &'a str,
    ) -> Query<'a> {
        query = self.of_divisions(query, reach, inspection, after);
        if !self.themes.is_empty() {
            query = query.filter(tasks::theme.eq_any(&self.themes));
        }
        if !self.sources.is_empty() {
            query = query.filter(tasks::source.eq_any(&self.sources));
        }
        if !self.statuses.is_empty() {
            query = query.filter(tasks::status.eq_any(&self.statuses));
        }
        if !self.closures.is_empty() {
            query = query.filter(tasks::closure.eq_any(&self.closures));
        }
        if let Some(long_term) = self.long_term {
            query = query.filter(tasks::long_term.eq(long_term));
        }
        self.between_dates(query)
    }

    /// Few divisions: their parts, which are a short range of the index. Many, so that most records have a part of one:
    /// record by record, until the page is full.
    fn of_divisions<'a>(
        &'a self,
        query: Query<'a>,
        reach: &'a Reach,
        inspection: &'a str,
        after: &'a str,
    ) -> Query<'a> {
        let Some(wanted) = reach.narrowed(&self.divisions) else {
            return query;
        };
        let few = wanted.len() <= FEW_DIVISIONS;
        let parts = task_progress::table
            .filter(task_progress::inspection_id.eq(inspection))
            .filter(task_progress::division.eq_any(wanted.clone()));
        if self.divisions.is_empty() && reach.is_provincial() {
            // What the province's list assigns to nobody yet is the province's.
            let assigned = exists(parts.filter(task_progress::number.eq(tasks::number)));
            return query.filter(tasks::owner.eq_any(wanted).or(assigned));
        }
        if few {
            query.filter(
                tasks::number.eq_any(
                    parts
                        .filter(task_progress::number.gt(after))
                        .select(task_progress::number),
                ),
            )
        } else {
            query.filter(exists(parts.filter(task_progress::number.eq(tasks::number))))
        }
    }

    fn between_dates<'a>(&'a self, mut query: Query<'a>) -> Query<'a> {
        if let Some(first) = self.due.first {
            query = query.filter(tasks::due_on.ge(first));
        }
        if let Some(last) = self.due.last {
            query = query.filter(tasks::due_on.le(last));
        }
        if let Some(day) = self.overdue_as_of {
            let completed = tasks::status.eq(TaskStatus::Completed.code()).and(
                tasks::completed_on
                    .is_null()
                    .or(tasks::completed_on.assume_not_null().le(day)),
            );
            query = query.filter(tasks::due_on.lt(day)).filter(not(completed));
        }
        query
    }
}
