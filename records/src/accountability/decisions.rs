//! Decisions on organisations and persons.

use chrono::NaiveDate;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Integer};

use crate::db::Db;
use crate::page::{DateSpan, Page};
use crate::plain::{After, Recorded, plain_record};
use crate::reach::Reach;
use crate::schema_plain::{accountabilities, stage_accountabilities};

plain_record! {
    /// What a ledger says of a decision.
    AccountabilityContent, StagedAccountability, accountabilities, stage_accountabilities,
    {
        /// Number of the issue handed over that it answers.
        issue: Option<String>,
        /// Title of the issue, where the ledger carries it.
        issue_title: Option<String>,
        /// [`crate::codes::Subject`].
        subject: i16,
        /// The organisation, or the person's.
        unit: Option<String>,
        /// The person's name: personal data.
        name: Option<String>,
        /// The person's post.
        post: Option<String>,
        /// [`crate::codes::CadreLevel`].
        level: Option<i16>,
        /// One bit for each [`crate::codes::Penalty`].
        kinds: i32,
        /// [`crate::codes::AccountabilitySource`].
        source: i16,
        /// Day of the decision.
        decided_on: Option<NaiveDate>,
        /// What for.
        reason: Option<String>,
        /// Remarks.
        remarks: Option<String>,
    }
}

/// Which decisions are asked for. Conditions are joined by "and"; an empty one asks for all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AccountabilityFilter {
    /// Whose. Codes match exactly: the caller names every division below as well.
    pub divisions: Vec<String>,
    /// Numbers of issues.
    pub issues: Vec<String>,
    /// [`crate::codes::Subject`]s.
    pub subjects: Vec<i16>,
    /// [`crate::codes::CadreLevel`]s.
    pub levels: Vec<i16>,
    /// At least one of these [`crate::codes::Penalty`] bits; 0: any.
    pub kinds: i32,
    /// [`crate::codes::AccountabilitySource`]s.
    pub sources: Vec<i16>,
    /// Day of the decision.
    pub decided: DateSpan,
}

impl AccountabilityFilter {
    fn narrow<'a>(&'a self, mut query: Query<'a>) -> Query<'a> {
        if !self.divisions.is_empty() {
            query = query.filter(accountabilities::division.eq_any(&self.divisions));
        }
        if !self.issues.is_empty() {
            query = query.filter(accountabilities::issue.eq_any(&self.issues));
        }
        if !self.subjects.is_empty() {
            query = query.filter(accountabilities::subject.eq_any(&self.subjects));
        }
        if !self.levels.is_empty() {
            query = query.filter(accountabilities::level.eq_any(&self.levels));
        }
        if self.kinds != 0 {
            // Diesel has no bit operator for the multi type; both databases write it like this.
            query = query.filter(
                sql::<Bool>("(accountabilities.kinds & ")
                    .bind::<Integer, _>(self.kinds)
                    .sql(") <> 0"),
            );
        }
        if !self.sources.is_empty() {
            query = query.filter(accountabilities::source.eq_any(&self.sources));
        }
        if let Some(first) = self.decided.first {
            query = query.filter(accountabilities::decided_on.ge(first));
        }
        if let Some(last) = self.decided.last {
            query = query.filter(accountabilities::decided_on.le(last));
        }
        query
    }
}

/// One page of an inspection's decisions in reach by division and number, behind `after`.
///
/// # Errors
/// The database's.
pub fn list(
    db: &mut Db,
    reach: &Reach,
    inspection: &str,
    filter: &AccountabilityFilter,
    after: &After,
    size: usize,
) -> QueryResult<Page<Recorded<AccountabilityContent>>> {
    page(db, filter.narrow(behind(reach, inspection, after, size)), size)
}
