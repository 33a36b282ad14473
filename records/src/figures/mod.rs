//! What figures are made of, as of a day: counts of petitions and of what was done about them, tasks, indicators, decisions,
//! activities and alerts.
//!
//! What has a day of its own counts from that day on: a petition from the day it was received and as concluded from
//! the day it was concluded on, a task as completed from its completion, a decision from its own day. What has none
//! (measures, statuses, indicators) counts from the reporting date of the ledger that first said it, until a ledger of a later
//! date says something else (`former_*` tables).
//!
//! A petition or a task that several divisions share is one petition of the province, of a prefecture and of each
//! of its counties. That is why a query counts for one [`Area`] at a time: sums over areas count shared ones twice.

mod area;
pub(crate) mod counts;
mod petitions;
mod plain;
mod schedule;
mod tasks;

pub use area::{Area, Areas, areas};
pub use counts::{Checked, Difference, check, forget_counts, recount};
pub(crate) use counts::{CountArea, Counting, EarlyCounts, MeasureChange, MeasureDay, PetitionChange, PetitionDay};
pub use petitions::{MeasureCell, PetitionCell, measure_records, measures, petition_records, petitions};
pub use plain::{
    ActivityFact, AlertFact, DecisionFact, IndicatorFact, IssueFact, activities, alerts, decisions, indicators, issues,
};
pub use schedule::{PartFact, filed, parts};
pub use tasks::{TaskFact, tasks};

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

/// A record behind figures.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Recorded<Fact> {
    /// What it counts as.
    #[diesel(embed)]
    pub fact: Fact,
    /// Number, or key within its division.
    #[diesel(sql_type = Text)]
    pub number: String,
    /// Division; empty: a petition or a task as a whole.
    #[diesel(sql_type = Text)]
    pub division: String,
    /// Where it was read.
    #[diesel(embed)]
    pub origin: Origin,
}

/// The row that a record was read from.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Origin {
    /// The import that wrote it.
    #[diesel(sql_type = Text)]
    pub import_id: String,
    /// Its sheet; empty where a later ledger has written it over.
    #[diesel(sql_type = Text)]
    pub sheet: String,
    /// Its row, counted from 1; 0 where a later ledger has written it over.
    #[diesel(sql_type = BigInt)]
    pub row_number: i64,
}

/// Binds the two values every statement of figures begins with: the inspection and the day.
macro_rules! as_of {
    ($sql:expr, $inspection:expr, $day:expr) => {
        diesel::sql_query($sql)
            .bind::<diesel::sql_types::Text, _>($inspection)
            .bind::<diesel::sql_types::Date, _>($day)
    };
}
use as_of;
