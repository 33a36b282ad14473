//! Alerts: warnings of the ecological flow below small hydropower stations.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::Db;
use crate::page::{DateSpan, Page};
use crate::plain::{After, Recorded, plain_record};
use crate::reach::Reach;
use crate::schema_plain::{alerts, stage_alerts};

plain_record! {
    /// What a ledger says of an alert.
    AlertContent, StagedAlert, alerts, stage_alerts,
    {
        /// The station.
        station: String,
        /// Day of the warning.
        raised_on: NaiveDate,
        /// [`crate::codes::AlertKind`].
        kind: i16,
        /// What was done about it.
        handling: Option<String>,
        /// Day it was settled; absent: open.
        settled_on: Option<NaiveDate>,
        /// Remarks.
        remarks: Option<String>,
    }
}

/// Which alerts are asked for. Conditions are joined by "and"; an empty one asks for all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AlertFilter {
    /// Whose. Codes match exactly: the caller names every division below as well.
    pub divisions: Vec<String>,
    /// Stations.
    pub stations: Vec<String>,
    /// [`crate::codes::AlertKind`]s.
    pub kinds: Vec<i16>,
    /// Day of the warning.
    pub raised: DateSpan,
    /// Raised on this day or before, and not settled on it or before.
    pub open_as_of: Option<NaiveDate>,
}

impl AlertFilter {
    fn narrow<'a>(&'a self, mut query: Query<'a>) -> Query<'a> {
        if !self.divisions.is_empty() {
            query = query.filter(alerts::division.eq_any(&self.divisions));
        }
        if !self.stations.is_empty() {
            query = query.filter(alerts::station.eq_any(&self.stations));
        }
        if !self.kinds.is_empty() {
            query = query.filter(alerts::kind.eq_any(&self.kinds));
        }
        if let Some(first) = self.raised.first {
            query = query.filter(alerts::raised_on.ge(first));
        }
        if let Some(last) = self.raised.last {
            query = query.filter(alerts::raised_on.le(last));
        }
        if let Some(day) = self.open_as_of {
            let open = alerts::settled_on
                .is_null()
                .or(alerts::settled_on.assume_not_null().gt(day));
            query = query.filter(alerts::raised_on.le(day)).filter(open);
        }
        query
    }
}

/// One page of an inspection's alerts in reach by division and number, behind `after`.
///
/// # Errors
/// The database's.
pub fn list(
    db: &mut Db,
    reach: &Reach,
    inspection: &str,
    filter: &AlertFilter,
    after: &After,
    size: usize,
) -> QueryResult<Page<Recorded<AlertContent>>> {
    page(db, filter.narrow(behind(reach, inspection, after, size)), size)
}
