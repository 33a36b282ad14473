//! Issues handed over for accountability. They are the province's.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::Db;
use crate::page::{DateSpan, Page};
use crate::plain::{After, Recorded, plain_record};
use crate::schema_plain::{accountability_issues, stage_issues};

plain_record! {
    /// What the province's list says of an issue.
    IssueContent, StagedIssue, accountability_issues, stage_issues,
    {
        /// The issue in words; empty where only a decision names its number.
        title: String,
        /// Day it was handed over.
        handed_over_on: Option<NaiveDate>,
        /// Remarks.
        remarks: Option<String>,
    }
}

/// Which issues are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IssueFilter {
    /// Their numbers; empty: any.
    pub numbers: Vec<String>,
    /// Day they were handed over.
    pub handed_over: DateSpan,
}

/// One page of an inspection's issues by number, behind `after`.
///
/// # Errors
/// The database's.
pub fn list(
    db: &mut Db,
    inspection: &str,
    filter: &IssueFilter,
    after: &After,
    size: usize,
) -> QueryResult<Page<Recorded<IssueContent>>> {
    let mut query = behind(inspection, after, size);
    if !filter.numbers.is_empty() {
        query = query.filter(accountability_issues::number.eq_any(&filter.numbers));
    }
    if let Some(first) = filter.handed_over.first {
        query = query.filter(accountability_issues::handed_over_on.ge(first));
    }
    if let Some(last) = filter.handed_over.last {
        query = query.filter(accountability_issues::handed_over_on.le(last));
    }
    page(db, query, size)
}
