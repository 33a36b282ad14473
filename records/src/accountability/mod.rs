//! Accountability: the issues handed over, and the decisions on organisations and persons.
//!
//! A decision names its issue by number. A ledger of decisions may carry the title too: it is kept with the decision,
//! and an issue that the province has not listed is made from it, so that both can be counted whichever ledger came.

mod decisions;
mod issues;

pub use decisions::{AccountabilityContent, AccountabilityFilter, StagedAccountability, list};
pub use issues::{IssueContent, IssueFilter, StagedIssue, list as list_issues};

pub(crate) use decisions::{deltas as decision_deltas, fields as decision_fields, hashed as decisions_hashed};
pub(crate) use issues::{deltas as issue_deltas, fields as issue_fields, hashed as issues_hashed};
