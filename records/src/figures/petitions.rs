//! Petitions and the measures taken on them, counted by everything they are told apart by.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, SmallInt, Text};

use super::area::Areas;
use super::counts::Kept;
use super::{Recorded, as_of, counts};
use crate::db::Db;

/// Petitions that are alike.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct PetitionCell {
    /// Area they count for.
    #[diesel(sql_type = Text)]
    pub area: String,
    /// Batch.
    #[diesel(sql_type = Nullable<Integer>)]
    pub batch: Option<i32>,
    /// Channel, as in `codes::Channel`.
    #[diesel(sql_type = Nullable<SmallInt>)]
    pub channel: Option<i16>,
    /// Key case.
    #[diesel(sql_type = Bool)]
    pub key_case: bool,
    /// Pollution kinds, one bit for each.
    #[diesel(sql_type = Integer)]
    pub pollution_kinds: i32,
    /// State as of the day, as in `codes::Conclusion`: the least of its parts in the area.
    #[diesel(sql_type = Integer)]
    pub conclusion: i32,
    /// Whether it was found to be so, as in `codes::Substantiated`; none: not told, or told in contradiction.
    #[diesel(sql_type = Nullable<Integer>)]
    pub substantiated: Option<i32>,
    /// One part says no, another does not.
    #[diesel(sql_type = Bool)]
    pub contradictory: bool,
    /// How many petitions.
    #[diesel(sql_type = BigInt)]
    pub petitions: i64,
}

/// Parts of petitions that are alike, and what was done.
#[derive(Debug, Clone, PartialEq, Eq, Default, QueryableByName)]
pub struct MeasureCell {
    /// Area they count for.
    #[diesel(sql_type = Text)]
    pub area: String,
    /// Batch.
    #[diesel(sql_type = Nullable<Integer>)]
    pub batch: Option<i32>,
    /// Channel.
    #[diesel(sql_type = Nullable<SmallInt>)]
    pub channel: Option<i16>,
    /// Key case.
    #[diesel(sql_type = Bool)]
    pub key_case: bool,
    /// Pollution kinds.
    #[diesel(sql_type = Integer)]
    pub pollution_kinds: i32,
    /// Parts, reported or not.
    #[diesel(sql_type = BigInt)]
    pub parts: i64,
    /// Parts that are reported.
    #[diesel(sql_type = BigInt)]
    pub reported: i64,
    /// Enterprises ordered to rectify.
    #[diesel(sql_type = BigInt)]
    pub ordered: i64,
    /// Penalty cases filed.
    #[diesel(sql_type = BigInt)]
    pub penalised: i64,
    /// Fines, in fen.
    #[diesel(sql_type = BigInt)]
    pub fine_fen: i64,
    /// Criminal cases.
    #[diesel(sql_type = BigInt)]
    pub criminal_cases: i64,
    /// Persons in administrative detention.
    #[diesel(sql_type = BigInt)]
    pub admin_detained: i64,
    /// Persons in criminal detention.
    #[diesel(sql_type = BigInt)]
    pub criminal_detained: i64,
    /// Persons interviewed.
    #[diesel(sql_type = BigInt)]
    pub interviewed: i64,
    /// Persons held accountable on the spot.
    #[diesel(sql_type = BigInt)]
    pub accountable: i64,
}

impl MeasureCell {
    /// Both together.
    #[must_use]
    pub fn plus(mut self, other: &Self) -> Self {
        self.parts += other.parts;
        self.reported += other.reported;
        self.ordered += other.ordered;
        self.penalised += other.penalised;
        self.fine_fen += other.fine_fen;
        self.criminal_cases += other.criminal_cases;
        self.admin_detained += other.admin_detained;
        self.criminal_detained += other.criminal_detained;
        self.interviewed += other.interviewed;
        self.accountable += other.accountable;
        self
    }
}

/// Petitions of an inspection as of a day.
///
/// # Errors
/// The database's.
pub fn petitions(db: &mut Db, inspection: &str, day: NaiveDate, areas: &Areas) -> QueryResult<Vec<PetitionCell>> {
    match counts::kept(db, inspection, day)? {
        Kept::Present => counts::petitions(db, inspection, areas),
        Kept::ByDay => counts::days::petitions(db, inspection, day, areas),
        Kept::Nothing => recorded_petitions(db, inspection, day, areas),
    }
}

/// What was done about petitions, as of a day.
///
/// # Errors
/// The database's.
pub fn measures(db: &mut Db, inspection: &str, day: NaiveDate, areas: &Areas) -> QueryResult<Vec<MeasureCell>> {
    match counts::kept(db, inspection, day)? {
        Kept::Present => counts::measures(db, inspection, areas),
        Kept::ByDay => counts::days::measures(db, inspection, day, areas),
        Kept::Nothing => recorded_measures(db, inspection, day, areas),
    }
}

/// [`petitions`], counted from the records: what kept counts are held against.
pub(super) fn recorded_petitions(
    db: &mut Db,
    inspection: &str,
    day: NaiveDate,
    areas: &Areas,
) -> QueryResult<Vec<PetitionCell>> {
    as_of!(states(areas) + include_str!("petitions.sql"), inspection, day).load(db)
}

/// [`measures`], counted from the records.
pub(super) fn recorded_measures(
    db: &mut Db,
    inspection: &str,
    day: NaiveDate,
    areas: &Areas,
) -> QueryResult<Vec<MeasureCell>> {
    as_of!(said(areas) + include_str!("measures.sql"), inspection, day).load(db)
}

/// The petitions behind [`petitions`], one by one and by number.
///
/// # Errors
/// The database's.
pub fn petition_records(
    db: &mut Db,
    inspection: &str,
    day: NaiveDate,
    areas: &Areas,
) -> QueryResult<Vec<Recorded<PetitionCell>>> {
    as_of!(states(areas) + include_str!("petition_records.sql"), inspection, day).load(db)
}

/// The reported parts behind [`measures`], one by one, by number and division.
///
/// # Errors
/// The database's.
pub fn measure_records(
    db: &mut Db,
    inspection: &str,
    day: NaiveDate,
    areas: &Areas,
) -> QueryResult<Vec<Recorded<MeasureCell>>> {
    as_of!(said(areas) + include_str!("measure_records.sql"), inspection, day).load(db)
}

pub(super) fn states(areas: &Areas) -> String {
    include_str!("petition_states.sql")
        .replace("{areas}", &areas.sql())
        .replace(
            "{unassigned}",
            &unassigned(areas, include_str!("petitions_unassigned.sql")),
        )
}

fn said(areas: &Areas) -> String {
    include_str!("measures_said.sql").replace("{areas}", &areas.sql())
}

/// What no division has a part in counts for the province.
pub(super) fn unassigned(areas: &Areas, sql: &str) -> String {
    if areas.provincial {
        sql.replace("{root}", &areas.root)
    } else {
        String::new()
    }
}
