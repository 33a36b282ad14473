//! Indicators, decisions, activities and alerts, one by one.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Integer, Nullable, SmallInt, Text};

use super::{Origin, as_of};
use crate::db::Db;

/// What a division says of an indicator.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct IndicatorFact {
    /// Division.
    #[diesel(sql_type = Text)]
    pub division: String,
    /// Key within the division.
    #[diesel(sql_type = Text)]
    pub number: String,
    /// Name.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// Period it is of.
    #[diesel(sql_type = Nullable<Text>)]
    pub period: Option<String>,
    /// Number of the task it measures.
    #[diesel(sql_type = Nullable<Text>)]
    pub task: Option<String>,
    /// Theme.
    #[diesel(sql_type = Nullable<Text>)]
    pub theme: Option<String>,
    /// Topic.
    #[diesel(sql_type = Nullable<Text>)]
    pub topic: Option<String>,
    /// Unit.
    #[diesel(sql_type = Text)]
    pub unit: String,
    /// What is done, in millionths of the unit.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub done_millionths: Option<i64>,
    /// What is to be done, in millionths of the unit.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub total_millionths: Option<i64>,
    /// Stage, as in `codes::IndicatorStage`.
    #[diesel(sql_type = Nullable<SmallInt>)]
    pub stage: Option<i16>,
    /// About.
    #[diesel(sql_type = Bool)]
    pub approximate: bool,
    /// How it adds up, as in `codes::Aggregation`.
    #[diesel(sql_type = SmallInt)]
    pub aggregation: i16,
    /// What it counts, as in `codes::Basis`.
    #[diesel(sql_type = SmallInt)]
    pub basis: i16,
    /// Reporting date of the ledger that said it first.
    #[diesel(sql_type = Date)]
    pub since_on: NaiveDate,
    /// Where it was read.
    #[diesel(embed)]
    pub origin: Origin,
}

/// A decision on an organisation or a person.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct DecisionFact {
    /// Division.
    #[diesel(sql_type = Text)]
    pub division: String,
    /// Key within the division.
    #[diesel(sql_type = Text)]
    pub number: String,
    /// Number of the issue it answers.
    #[diesel(sql_type = Nullable<Text>)]
    pub issue: Option<String>,
    /// On whom, as in `codes::Subject`.
    #[diesel(sql_type = SmallInt)]
    pub subject: i16,
    /// Level, as in `codes::CadreLevel`.
    #[diesel(sql_type = Nullable<SmallInt>)]
    pub level: Option<i16>,
    /// Kinds of penalty, one bit for each.
    #[diesel(sql_type = Integer)]
    pub kinds: i32,
    /// Where it comes from, as in `codes::AccountabilitySource`.
    #[diesel(sql_type = SmallInt)]
    pub source: i16,
    /// Where it was read.
    #[diesel(embed)]
    pub origin: Origin,
}

/// An issue handed over.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct IssueFact {
    /// Division, which is the province.
    #[diesel(sql_type = Text)]
    pub division: String,
    /// Number.
    #[diesel(sql_type = Text)]
    pub number: String,
    /// Title.
    #[diesel(sql_type = Text)]
    pub title: String,
    /// Where it was read.
    #[diesel(embed)]
    pub origin: Origin,
}

/// A meeting, a visit, an action or a document.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct ActivityFact {
    /// Division.
    #[diesel(sql_type = Text)]
    pub division: String,
    /// Key within the division.
    #[diesel(sql_type = Text)]
    pub number: String,
    /// Kind, as in `codes::ActivityKind`.
    #[diesel(sql_type = SmallInt)]
    pub kind: i16,
    /// Day.
    #[diesel(sql_type = Date)]
    pub held_on: NaiveDate,
    /// Places, separated by line breaks.
    #[diesel(sql_type = Nullable<Text>)]
    pub places: Option<String>,
    /// Topic.
    #[diesel(sql_type = Text)]
    pub topic: String,
    /// Where it was read.
    #[diesel(embed)]
    pub origin: Origin,
}

/// A warning of a station's flow.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct AlertFact {
    /// Division.
    #[diesel(sql_type = Text)]
    pub division: String,
    /// Key within the division.
    #[diesel(sql_type = Text)]
    pub number: String,
    /// Kind, as in `codes::AlertKind`.
    #[diesel(sql_type = SmallInt)]
    pub kind: i16,
    /// Whether it was settled by the day.
    #[diesel(sql_type = Bool)]
    pub settled: bool,
    /// Where it was read.
    #[diesel(embed)]
    pub origin: Origin,
}

/// Indicators of an inspection as its divisions had reported them by a day.
///
/// # Errors
/// The database's.
pub fn indicators(db: &mut Db, inspection: &str, day: NaiveDate) -> QueryResult<Vec<IndicatorFact>> {
    as_of!(include_str!("indicators.sql"), inspection, day).load(db)
}

/// Decisions taken by a day, or reported by then where they say no day.
///
/// # Errors
/// The database's.
pub fn decisions(db: &mut Db, inspection: &str, day: NaiveDate) -> QueryResult<Vec<DecisionFact>> {
    let sql = "SELECT division, number, issue, subject, level, kinds, source, import_id, sheet, row_number FROM accountabilities
        WHERE inspection_id = $1 AND COALESCE(decided_on, since_on, reported_on) <= $2 ORDER BY division, number";
    as_of!(sql, inspection, day).load(db)
}

/// Issues handed over by a day.
///
/// # Errors
/// The database's.
pub fn issues(db: &mut Db, inspection: &str, day: NaiveDate) -> QueryResult<Vec<IssueFact>> {
    let sql = "SELECT division, number, title, import_id, sheet, row_number FROM accountability_issues
        WHERE inspection_id = $1 AND COALESCE(handed_over_on, since_on, reported_on) <= $2 ORDER BY division, number";
    as_of!(sql, inspection, day).load(db)
}

/// Activities up to a day.
///
/// # Errors
/// The database's.
pub fn activities(db: &mut Db, inspection: &str, day: NaiveDate) -> QueryResult<Vec<ActivityFact>> {
    let sql = "SELECT division, number, kind, held_on, places, topic, import_id, sheet, row_number FROM activities
        WHERE inspection_id = $1 AND held_on <= $2 ORDER BY held_on, division, number";
    as_of!(sql, inspection, day).load(db)
}

/// Alerts raised by a day.
///
/// # Errors
/// The database's.
pub fn alerts(db: &mut Db, inspection: &str, day: NaiveDate) -> QueryResult<Vec<AlertFact>> {
    let sql = "SELECT division, number, kind, settled_on IS NOT NULL AND settled_on <= $2 AS settled,
        import_id, sheet, row_number FROM alerts
        WHERE inspection_id = $1 AND raised_on <= $2 ORDER BY division, number";
    as_of!(sql, inspection, day).load(db)
}
