//! What rows count that become petitions while a file is still being read: each is a new petition with one part.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::days::{DayCounts, Handed, Said};
use super::{CountArea, Counting};
use crate::db::Db;
use crate::dialect;
use crate::importing::StagedPetition;
use crate::schema_counts::{measure_changes, petition_changes};

/// Division, what is told apart, conclusion, verdict.
type Key = (String, Handed, i16, i16);

/// Counts of rows that are alike.
#[derive(Debug, Default)]
struct Sums {
    petitions: i64,
    measures: [i64; 8],
}

/// Counts as they come together.
#[derive(Debug, Default)]
pub(crate) struct EarlyCounts {
    of: BTreeMap<Key, Sums>,
    /// The latest day that a row counts from.
    latest: Option<NaiveDate>,
    days: DayCounts,
}

/// A change of the counts of petitions.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = petition_changes, treat_none_as_default_value = false)]
pub(crate) struct PetitionChange {
    scope: i16,
    area: String,
    batch: i32,
    channel: i16,
    key_case: bool,
    pollution_kinds: i32,
    conclusion: i16,
    substantiated: i16,
    contradictory: bool,
    petitions: i64,
}

/// A change of the counts of measures.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = measure_changes, treat_none_as_default_value = false)]
pub(crate) struct MeasureChange {
    scope: i16,
    area: String,
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

impl EarlyCounts {
    /// Counts rows that became petitions, of a ledger of this reporting date.
    pub(crate) fn add(&mut self, db: &mut Db, rows: &[StagedPetition], reported_on: NaiveDate) -> QueryResult<()> {
        for row in rows {
            self.latest = self.latest.max(row.concluded_on).max(row.received_on);
            let handed = Handed::of(row.batch, row.channel, row.key_case, row.pollution_kinds);
            let key = (
                row.division.clone(),
                handed,
                row.conclusion,
                row.substantiated.unwrap_or(-1),
            );
            let sums = self.of.entry(key).or_default();
            sums.petitions += 1;
            let measures = [
                row.ordered.map(i64::from),
                row.penalised.map(i64::from),
                row.fine_fen,
                row.criminal_cases.map(i64::from),
                row.admin_detained.map(i64::from),
                row.criminal_detained.map(i64::from),
                row.interviewed.map(i64::from),
                row.accountable.map(i64::from),
            ]
            .map(|count| count.unwrap_or(0));
            for (sum, count) in sums.measures.iter_mut().zip(measures) {
                *sum += count;
            }
            self.by_day(row, handed, reported_on, measures);
        }
        if self.days.are_many() {
            self.days.stage(db)?;
        }
        Ok(())
    }

    fn by_day(&mut self, row: &StagedPetition, handed: Handed, reported_on: NaiveDate, measures: [i64; 8]) {
        let said = Said {
            since_on: reported_on,
            conclusion: row.conclusion,
            concluded_on: row.concluded_on,
            substantiated: row.substantiated,
            measures,
        };
        let come_in = row.received_on.unwrap_or(reported_on);
        self.days.alone(handed, come_in, (&row.division, &[said]), 1);
    }

    /// Hands the changes to a commit that has gathered nothing else yet, and tells the latest day that a row counts from.
    pub(crate) fn gather(self, db: &mut Db, counting: &mut Counting) -> QueryResult<Option<NaiveDate>> {
        let mut of: BTreeMap<&str, Vec<&CountArea>> = BTreeMap::new();
        for area in &counting.areas {
            of.entry(&area.code).or_default().push(area);
        }
        let (mut petitions, mut measures) = (Vec::new(), Vec::new());
        for (key, sums) in &self.of {
            for area in of.get(key.0.as_str()).into_iter().flatten() {
                petitions.push(petition_change(area, key, sums.petitions));
                measures.push(measure_change(area, key, sums));
            }
        }
        dialect::petition_changes(db, &petitions)?;
        dialect::measure_changes(db, &measures)?;
        counting.days = self.days;
        Ok(self.latest)
    }
}

fn petition_change(area: &CountArea, key: &Key, petitions: i64) -> PetitionChange {
    PetitionChange {
        scope: area.scope,
        area: area.area.clone(),
        batch: key.1.batch,
        channel: key.1.channel,
        key_case: key.1.key_case,
        pollution_kinds: key.1.pollution_kinds,
        conclusion: key.2,
        substantiated: key.3,
        contradictory: false,
        petitions,
    }
}

fn measure_change(area: &CountArea, key: &Key, sums: &Sums) -> MeasureChange {
    let [
        ordered,
        penalised,
        fine_fen,
        criminal_cases,
        admin_detained,
        criminal_detained,
        interviewed,
        accountable,
    ] = sums.measures;
    MeasureChange {
        scope: area.scope,
        area: area.area.clone(),
        batch: key.1.batch,
        channel: key.1.channel,
        key_case: key.1.key_case,
        pollution_kinds: key.1.pollution_kinds,
        parts: sums.petitions,
        reported: sums.petitions,
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
