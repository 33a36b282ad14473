//! Rows that say what is stored are told while the file is still being read, so that their texts need not be staged.
//!
//! What was found this way holds only if the records did not change before the commit: under the inspection's lock its
//! last revision must be the one it was, else the file is read again and staged in full.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{StagedPetition, StagedTask};
use crate::codes::RecordKind;
use crate::db::Db;
use crate::dialect;
use crate::schema::{handlings, inspections, petitions, task_progress, tasks};
use crate::schema_stage::stage_known;

/// What is remembered of an inspection and of the rows that say what it holds.
#[derive(Debug, Clone)]
pub(super) struct Known {
    inspection: String,
    /// Sequence of the inspection's last revision when the file was begun.
    pub sequence: i64,
    pub has_register: [bool; 2],
    /// Rows that say what is stored.
    pub rows: i64,
    /// The oldest reporting date among their stored parts.
    pub oldest: Option<NaiveDate>,
    /// The youngest day since when a stored part was said.
    pub youngest: Option<NaiveDate>,
}

/// A row that says what is stored; its part is as young as the ledger from now on.
#[derive(Debug, Clone, PartialEq, Eq, Insertable)]
#[diesel(table_name = stage_known, treat_none_as_default_value = false)]
pub struct KnownRow {
    row_id: i64,
    kind: i16,
    number: String,
    division: String,
}

/// A stored part and the record it belongs to.
#[derive(Queryable)]
struct Stored {
    number: String,
    division: String,
    content_hash: Vec<u8>,
    assigned: bool,
    reported_on: NaiveDate,
    since_on: Option<NaiveDate>,
    registered: bool,
    owner: String,
    wording_hash: Vec<u8>,
}

/// What a staged row is compared by.
struct Key<'r> {
    row_id: i64,
    number: &'r str,
    division: &'r str,
    wording_hash: &'r [u8],
    content_hash: &'r [u8],
}

impl Known {
    /// Nothing is known yet.
    pub fn of(db: &mut Db, inspection: &str) -> QueryResult<Self> {
        let (sequence, petition_register, task_register): (i64, bool, bool) = inspections::table
            .find(inspection)
            .select((
                inspections::last_sequence,
                inspections::petition_register,
                inspections::task_register,
            ))
            .first(db)?;
        Ok(Self {
            inspection: inspection.to_owned(),
            sequence,
            has_register: [petition_register, task_register],
            rows: 0,
            oldest: None,
            youngest: None,
        })
    }

    /// Whether no row can say what is stored, since nothing is.
    const fn is_hopeless(&self) -> bool {
        self.sequence == 0
    }

    /// The ids of rows that say what is stored.
    pub fn petitions(&mut self, db: &mut Db, rows: &[StagedPetition]) -> QueryResult<HashSet<i64>> {
        if rows.is_empty() || self.is_hopeless() {
            return Ok(HashSet::new());
        }
        let keys: Vec<Key<'_>> = rows.iter().map(StagedPetition::key).collect();
        let numbers: Vec<&str> = keys.iter().map(|key| key.number).collect();
        let same = petitions::inspection_id
            .eq(handlings::inspection_id)
            .and(petitions::number.eq(handlings::number));
        let stored = handlings::table
            .inner_join(petitions::table.on(same))
            .filter(
                handlings::inspection_id
                    .eq(&self.inspection)
                    .and(handlings::number.eq_any(numbers)),
            )
            .filter(handlings::reported)
            .select((
                handlings::number,
                handlings::division,
                handlings::content_hash,
                handlings::assigned,
                handlings::reported_on,
                handlings::since_on,
                petitions::registered,
                petitions::owner,
                petitions::wording_hash,
            ))
            .load(db)?;
        self.take(db, RecordKind::Petition, &keys, stored)
    }

    /// The same for tasks.
    pub fn tasks(&mut self, db: &mut Db, rows: &[StagedTask]) -> QueryResult<HashSet<i64>> {
        if rows.is_empty() || self.is_hopeless() {
            return Ok(HashSet::new());
        }
        let keys: Vec<Key<'_>> = rows.iter().map(StagedTask::key).collect();
        let numbers: Vec<&str> = keys.iter().map(|key| key.number).collect();
        let same = tasks::inspection_id
            .eq(task_progress::inspection_id)
            .and(tasks::number.eq(task_progress::number));
        let stored = task_progress::table
            .inner_join(tasks::table.on(same))
            .filter(
                task_progress::inspection_id
                    .eq(&self.inspection)
                    .and(task_progress::number.eq_any(numbers)),
            )
            .filter(task_progress::reported)
            .select((
                task_progress::number,
                task_progress::division,
                task_progress::content_hash,
                task_progress::assigned,
                task_progress::reported_on,
                task_progress::since_on,
                tasks::registered,
                tasks::owner,
                tasks::wording_hash,
            ))
            .load(db)?;
        self.take(db, RecordKind::Task, &keys, stored)
    }

    /// Keeps the rows that say what is stored, and returns their ids.
    fn take(
        &mut self,
        db: &mut Db,
        kind: RecordKind,
        keys: &[Key<'_>],
        stored: Vec<Stored>,
    ) -> QueryResult<HashSet<i64>> {
        let parts: HashMap<(&str, &str), &Stored> = stored
            .iter()
            .map(|part| ((part.number.as_str(), part.division.as_str()), part))
            .collect();
        let has_register = self.has_register[kind.code() as usize - 1];
        let mut same = Vec::new();
        for key in keys {
            let part = parts
                .get(&(key.number, key.division))
                .filter(|part| says_the_same(key, part, has_register));
            if let Some(part) = part {
                let (oldest, youngest) = (part.reported_on, part.since_on.unwrap_or(part.reported_on));
                self.oldest = Some(self.oldest.map_or(oldest, |day| day.min(oldest)));
                self.youngest = self.youngest.max(Some(youngest));
                same.push(KnownRow {
                    row_id: key.row_id,
                    kind: kind.code(),
                    number: key.number.to_owned(),
                    division: key.division.to_owned(),
                });
            }
        }
        self.rows += same.len() as i64;
        dialect::stage_known(db, &same)?;
        Ok(same.into_iter().map(|row| row.row_id).collect())
    }
}

/// The condition of outcome 0 in `*_verdicts.sql`.
fn says_the_same(key: &Key<'_>, part: &Stored, has_register: bool) -> bool {
    let listed = !has_register || (part.registered && part.assigned);
    let wording = part.registered || part.owner != key.division || part.wording_hash == key.wording_hash;
    listed && wording && part.content_hash == key.content_hash
}

impl StagedPetition {
    fn key(&self) -> Key<'_> {
        Key {
            row_id: self.row_id,
            number: &self.number,
            division: &self.division,
            wording_hash: &self.wording_hash,
            content_hash: &self.content_hash,
        }
    }
}

impl StagedTask {
    fn key(&self) -> Key<'_> {
        Key {
            row_id: self.row_id,
            number: &self.number,
            division: &self.division,
            wording_hash: &self.wording_hash,
            content_hash: &self.content_hash,
        }
    }
}
