//! Changes by day, gathered in temporary tables and added to what is kept.

use chrono::{Datelike, NaiveDate};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::super::SUMS;
use super::{DayCounts, MeasureKey, PetitionKey};
use crate::db::Db;
use crate::dialect::{self, literal};
use crate::schema_counts::{measure_day_changes, petition_day_changes};

/// How many petitions more are in a state from a day on.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = petition_day_changes, treat_none_as_default_value = false)]
pub(crate) struct PetitionDay {
    place: String,
    month_on: NaiveDate,
    day_on: NaiveDate,
    batch: i32,
    channel: i16,
    key_case: bool,
    pollution_kinds: i32,
    conclusion: i16,
    substantiated: i16,
    contradictory: bool,
    petitions: i64,
}

/// What more was done, from a day on.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = measure_day_changes, treat_none_as_default_value = false)]
pub(crate) struct MeasureDay {
    place: String,
    month_on: NaiveDate,
    day_on: NaiveDate,
    batch: i32,
    channel: i16,
    key_case: bool,
    pollution_kinds: i32,
    parts: i64,
    reported: i64,
    ordered: i64,
    penalised: i64,
    fine_fen: i64,
    criminal_cases: i64,
    admin_detained: i64,
    criminal_detained: i64,
    interviewed: i64,
    accountable: i64,
}

/// The first day of a day's month.
pub(super) fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day) // every month has a first
}

/// Leaves out what was staged: everything is counted anew.
pub(in crate::figures::counts) fn clear(db: &mut Db) -> QueryResult<()> {
    make_tables(db)?;
    db.batch_execute("DELETE FROM petition_day_changes; DELETE FROM measure_day_changes")
}

fn make_tables(db: &mut Db) -> QueryResult<()> {
    db.batch_execute(&include_str!("stage.sql").replace("{key}", dialect::key(db)))
}

impl DayCounts {
    /// Moves the changes into the temporary tables, in the order of what they are added to.
    pub fn stage(&mut self, db: &mut Db) -> QueryResult<()> {
        make_tables(db)?;
        let places = &self.places;
        let changed = self.petitions.drain().filter(|(_, petitions)| *petitions != 0);
        let mut changed: Vec<_> = changed.collect();
        changed.sort_unstable();
        let rows: Vec<PetitionDay> = changed
            .into_iter()
            .map(|(key, petitions)| PetitionDay::of(&places[key.0 as usize], key, petitions))
            .collect();
        dialect::petition_days(db, &rows)?;
        let changed = self
            .measures
            .drain()
            .filter(|(_, sums)| sums.iter().any(|sum| *sum != 0));
        let mut changed: Vec<_> = changed.collect();
        changed.sort_unstable();
        let rows: Vec<MeasureDay> = changed
            .into_iter()
            .map(|(key, sums)| MeasureDay::of(&places[key.0 as usize], key, sums))
            .collect();
        dialect::measure_days(db, &rows)
    }

    /// Adds the changes to what is kept of an inspection.
    pub fn apply(&mut self, db: &mut Db, inspection: &str) -> QueryResult<()> {
        self.stage(db)?;
        db.batch_execute(&apply_sql(inspection, dialect::adds_once(db)))
    }
}

/// `apply.sql`; `once`: what is added to one row is summed before.
fn apply_sql(inspection: &str, once: bool) -> String {
    let [petitions_once, measures_once] = match once {
        true => [
            "GROUP BY 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12",
            "GROUP BY 2, 3, 4, 5, 6, 7, 8, 9",
        ],
        false => [""; 2],
    };
    let sum = |name: &str| match once {
        true => format!("CAST(SUM(c.{name}) AS BIGINT)"),
        false => format!("c.{name}"),
    };
    let added = |name: &str| format!("{name} = measure_count_days.{name} + excluded.{name}");
    include_str!("apply.sql")
        .replace("{inspection}", &literal(inspection))
        .replace("{petitions}", &sum("petitions"))
        .replace("{petitions_once}", petitions_once)
        .replace("{measures_once}", measures_once)
        .replace("{columns}", &SUMS.join(", "))
        .replace("{sums}", &SUMS.map(sum).join(", "))
        .replace("{added}", &SUMS.map(added).join(", "))
        .replace("{empty}", &SUMS.map(|name| format!("{name} = 0")).join(" AND "))
}

impl PetitionDay {
    fn of(place: &str, (_, day_on, handed, state): PetitionKey, petitions: i64) -> Self {
        Self {
            place: place.to_owned(),
            month_on: first_of_month(day_on),
            day_on,
            batch: handed.batch,
            channel: handed.channel,
            key_case: handed.key_case,
            pollution_kinds: handed.pollution_kinds,
            conclusion: state.conclusion,
            substantiated: state.substantiated,
            contradictory: state.contradictory,
            petitions,
        }
    }
}

impl MeasureDay {
    fn of(place: &str, (_, day_on, handed): MeasureKey, sums: [i64; SUMS.len()]) -> Self {
        let [
            parts,
            reported,
            ordered,
            penalised,
            fine_fen,
            criminal_cases,
            admin_detained,
            criminal_detained,
            interviewed,
            accountable,
        ] = sums;
        Self {
            place: place.to_owned(),
            month_on: first_of_month(day_on),
            day_on,
            batch: handed.batch,
            channel: handed.channel,
            key_case: handed.key_case,
            pollution_kinds: handed.pollution_kinds,
            parts,
            reported,
            ordered,
            penalised,
            fine_fen,
            criminal_cases,
            admin_detained,
            criminal_detained,
            interviewed,
            accountable,
        }
    }
}
