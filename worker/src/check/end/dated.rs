//! Dates of rows that only the ledger's reporting date decides about.

use chrono::{Days, NaiveDate};
use ducha_records::rules::{self, Rule};

use super::out::Places;
use crate::check::Finding;
use crate::check::across::RowId;
use crate::check::plan::Field;
use crate::check::task::Late;

/// A date of a row that the ledger's reporting date is held against.
#[derive(Debug, Clone)]
pub(in crate::check) struct Dated {
    pub(super) id: RowId,
    date: NaiveDate,
    what: What,
}

/// What the reporting date decides about a date.
#[derive(Debug, Clone)]
pub(in crate::check) enum What {
    Silent,
    /// With the status as written.
    ClaimsOnTrack(Box<str>),
    /// With the status as written.
    SaysInProgress(Box<str>),
    /// It is not yet: the rule, its field and how its text calls the date.
    InFuture(&'static Rule, Field, &'static str),
    /// Open since the date, and may be for so many days.
    OpenFor(u32),
}

impl Dated {
    pub const fn concluded(id: RowId, date: NaiveDate) -> Self {
        let what = What::InFuture(&rules::CONCLUDED_IN_FUTURE, Field::ConcludedOn, "concluded");
        Self { id, date, what }
    }

    pub const fn completed(id: RowId, date: NaiveDate) -> Self {
        let what = What::InFuture(&rules::COMPLETED_IN_FUTURE, Field::CompletedOn, "completed");
        Self { id, date, what }
    }

    pub const fn closed(id: RowId, date: NaiveDate) -> Self {
        let what = What::InFuture(&rules::CLOSED_IN_FUTURE, Field::ClosedOn, "closed");
        Self { id, date, what }
    }

    pub fn late(id: RowId, due: NaiveDate, late: Late, status: &str) -> Self {
        let what = match late {
            Late::Silent => What::Silent,
            Late::ClaimsOnTrack => What::ClaimsOnTrack(status.into()),
            Late::SaysInProgress => What::SaysInProgress(status.into()),
        };
        Self { id, date: due, what }
    }

    pub const fn new(id: RowId, date: NaiveDate, what: What) -> Self {
        Self { id, date, what }
    }

    /// The finding there is if the ledger's date is `reported`.
    pub(super) fn finding(&self, reported: NaiveDate, places: &Places) -> Option<Finding> {
        let (date, shown) = (self.date, self.date.to_string());
        let (rule, field, value, params): (&'static Rule, Field, String, _) = match &self.what {
            What::InFuture(rule, field, name) if date > reported => {
                let params = vec![(*name, shown.clone()), ("reported", reported.to_string())];
                (*rule, *field, shown, params)
            }
            What::OpenFor(days) if date + Days::new(u64::from(*days)) < reported => {
                let params = vec![
                    ("raised", shown),
                    ("reported", reported.to_string()),
                    ("limit", days.to_string()),
                ];
                (&rules::OPEN_PAST_LIMIT, Field::SettledOn, String::new(), params)
            }
            What::Silent if date < reported => (
                &rules::OVERDUE_SILENT,
                Field::Reason,
                String::new(),
                vec![("due", shown)],
            ),
            What::ClaimsOnTrack(status) if date < reported => {
                let params = vec![("due", shown), ("found", status.to_string())];
                (&rules::ON_TRACK_OVERDUE, Field::Status, status.to_string(), params)
            }
            What::SaysInProgress(status) if date < reported => {
                let params = vec![("due", shown), ("found", status.to_string())];
                (&rules::IN_PROGRESS_OVERDUE, Field::Status, status.to_string(), params)
            }
            _ => return None,
        };
        let mut finding = places.finding(rule, self.id, field, &value, []);
        finding
            .params
            .extend(params.into_iter().map(|(name, value)| (name.to_owned(), value)));
        Some(finding)
    }
}
