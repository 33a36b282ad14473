//! Issues handed over for accountability. They are the province's.

use chrono::NaiveDate;
use diesel::dsl::exists;
use diesel::prelude::*;

use crate::db::Db;
use crate::page::{DateSpan, Page};
use crate::plain::{After, Recorded, plain_record};
use crate::reach::Reach;
use crate::schema_plain::{accountabilities, accountability_issues, stage_issues};

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

/// One page of an inspection's issues by number, behind `after`: those of a province in reach, and those that a decision of
/// a division in reach answers. Of the latter it is not told which ledger they are from.
///
/// # Errors
/// The database's.
pub fn list(
    db: &mut Db,
    reach: &Reach,
    inspection: &str,
    filter: &IssueFilter,
    after: &After,
    size: usize,
) -> QueryResult<Page<Recorded<IssueContent>>> {
    let mut query = behind(&Reach::All, inspection, after, size);
    if !filter.numbers.is_empty() {
        query = query.filter(accountability_issues::number.eq_any(&filter.numbers));
    }
    if let Some(first) = filter.handed_over.first {
        query = query.filter(accountability_issues::handed_over_on.ge(first));
    }
    if let Some(last) = filter.handed_over.last {
        query = query.filter(accountability_issues::handed_over_on.le(last));
    }
    let Some(codes) = reach.codes() else {
        return page(db, query, size);
    };
    let answered = accountabilities::table
        .filter(accountabilities::inspection_id.eq(inspection))
        .filter(accountabilities::issue.eq(accountability_issues::number.nullable()))
        .filter(accountabilities::division.eq_any(codes));
    query = query.filter(accountability_issues::division.eq_any(codes).or(exists(answered)));
    let mut found = page(db, query, size)?;
    for issue in found.rows.iter_mut().filter(|issue| !reach.has(&issue.division)) {
        issue.import_id.clear();
        issue.sheet.clear();
    }
    Ok(found)
}
