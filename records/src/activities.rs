//! Activities: meetings, visits, inspections, actions, and documents issued.

use chrono::NaiveDate;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use crate::db::Db;
use crate::page::{DateSpan, Page};
use crate::plain::{After, Recorded, plain_record};
use crate::reach::Reach;
use crate::schema_plain::{activities, stage_activities};

plain_record! {
    /// What a ledger says of an activity.
    ActivityContent, StagedActivity, activities, stage_activities,
    {
        /// [`crate::codes::ActivityKind`].
        kind: i16,
        /// Its day; the first one of several.
        held_on: NaiveDate,
        /// Who held it or issued the document.
        organiser: Option<String>,
        /// Where, separated by line breaks.
        places: Option<String>,
        /// What it was about; of a document, its title.
        topic: String,
        /// Numbers of tasks, separated by line breaks.
        tasks: Option<String>,
        /// What came of it.
        result: Option<String>,
        /// Remarks.
        remarks: Option<String>,
    }
}

/// Which activities are asked for. Conditions are joined by "and"; an empty one asks for all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ActivityFilter {
    /// Whose. Codes match exactly: the caller names every division below as well.
    pub divisions: Vec<String>,
    /// [`crate::codes::ActivityKind`]s.
    pub kinds: Vec<i16>,
    /// Its day.
    pub held: DateSpan,
    /// Number of a task it was about.
    pub task: Option<String>,
}

impl ActivityFilter {
    fn narrow<'a>(&'a self, mut query: Query<'a>) -> Query<'a> {
        if !self.divisions.is_empty() {
            query = query.filter(activities::division.eq_any(&self.divisions));
        }
        if !self.kinds.is_empty() {
            query = query.filter(activities::kind.eq_any(&self.kinds));
        }
        if let Some(first) = self.held.first {
            query = query.filter(activities::held_on.ge(first));
        }
        if let Some(last) = self.held.last {
            query = query.filter(activities::held_on.le(last));
        }
        if let Some(task) = &self.task {
            // The numbers are the lines of one text. Diesel's concatenation knows no line break on both sides.
            query = query.filter(
                sql::<Bool>("('\n' || activities.tasks || '\n') LIKE ")
                    .bind::<Text, _>(format!("%\n{}\n%", escaped(task)))
                    .sql(" ESCAPE '!'"),
            );
        }
        query
    }
}

/// A text in which LIKE finds no wildcard.
fn escaped(text: &str) -> String {
    text.replace('!', "!!").replace('%', "!%").replace('_', "!_")
}

/// One page of an inspection's activities in reach by division and number, behind `after`.
///
/// # Errors
/// The database's.
pub fn list(
    db: &mut Db,
    reach: &Reach,
    inspection: &str,
    filter: &ActivityFilter,
    after: &After,
    size: usize,
) -> QueryResult<Page<Recorded<ActivityContent>>> {
    page(db, filter.narrow(behind(reach, inspection, after, size)), size)
}
