//! Indicators: what was reached, in numbers with a unit.

use diesel::prelude::*;

use crate::db::Db;
use crate::page::Page;
use crate::plain::{After, Recorded, plain_record};
use crate::reach::Reach;
use crate::schema_plain::{indicators, stage_indicators};

/// Decimal places of the amounts: they are stored in millionths of their unit.
pub const SCALE: u32 = 6;

plain_record! {
    /// What a ledger says of an indicator.
    IndicatorContent, StagedIndicator, indicators, stage_indicators,
    {
        /// What is counted or measured.
        name: String,
        /// The time it is of, in one spelling (`2022年`).
        period: Option<String>,
        /// Number of the task it measures.
        task: Option<String>,
        /// One of the inspection's themes.
        theme: Option<String>,
        /// Topic within the theme.
        topic: Option<String>,
        /// The unit, in its one spelling.
        unit: String,
        /// Reached, in millionths of the unit; may be below zero (a decrease in percent).
        done_millionths: Option<i64>,
        /// The same as written.
        done_text: Option<String>,
        /// To be reached, in millionths of the unit.
        total_millionths: Option<i64>,
        /// The same as written.
        total_text: Option<String>,
        /// [`crate::codes::IndicatorStage`].
        stage: Option<i16>,
        /// An amount was written as approximate.
        approximate: bool,
        /// [`crate::codes::Aggregation`].
        aggregation: i16,
        /// [`crate::codes::Basis`].
        basis: i16,
        /// Remarks.
        remarks: Option<String>,
    }
}

/// Which indicators are asked for. Conditions are joined by "and"; an empty one asks for all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IndicatorFilter {
    /// Whose. Codes match exactly: the caller names every division below as well.
    pub divisions: Vec<String>,
    /// Names.
    pub names: Vec<String>,
    /// Themes.
    pub themes: Vec<String>,
    /// Units.
    pub units: Vec<String>,
    /// Numbers of tasks.
    pub tasks: Vec<String>,
    /// Periods, in their one spelling.
    pub periods: Vec<String>,
}

impl IndicatorFilter {
    fn narrow<'a>(&'a self, mut query: Query<'a>) -> Query<'a> {
        if !self.divisions.is_empty() {
            query = query.filter(indicators::division.eq_any(&self.divisions));
        }
        if !self.names.is_empty() {
            query = query.filter(indicators::name.eq_any(&self.names));
        }
        if !self.themes.is_empty() {
            query = query.filter(indicators::theme.eq_any(&self.themes));
        }
        if !self.units.is_empty() {
            query = query.filter(indicators::unit.eq_any(&self.units));
        }
        if !self.tasks.is_empty() {
            query = query.filter(indicators::task.eq_any(&self.tasks));
        }
        if !self.periods.is_empty() {
            query = query.filter(indicators::period.eq_any(&self.periods));
        }
        query
    }
}

/// One page of an inspection's indicators in reach by division and number, behind `after`.
///
/// # Errors
/// The database's.
pub fn list(
    db: &mut Db,
    reach: &Reach,
    inspection: &str,
    filter: &IndicatorFilter,
    after: &After,
    size: usize,
) -> QueryResult<Page<Recorded<IndicatorContent>>> {
    page(db, filter.narrow(behind(reach, inspection, after, size)), size)
}
