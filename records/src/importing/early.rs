//! Large petition ledgers: rows whose numbers nobody knows become records while the file is still being read, so that
//! both cores work and the commit is short.
//!
//! This happens in the transaction that will commit the file, without the inspection's lock, and holds only if at the
//! commit the inspection's last revision is still the one it was; else all of it is taken back and the file is read
//! again. SQLite's one writer is held up as long. The first rows of every file are staged, so that ledgers of ordinary
//! size are all compared and merged at the commit; and so are, in a large one, rows that name a known number or several
//! divisions.

use std::collections::HashSet;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::direct::With;
use super::{StagedAssignment, StagedPetition};
use crate::db::Db;
use crate::dialect;
use crate::figures::EarlyCounts;
use crate::imports::Import;
use crate::schema::petitions;

/// Rows that are staged before any becomes a record early.
const STAGED_FIRST: usize = 5_000;

/// What rows become records with.
#[derive(Debug)]
pub(super) struct Early {
    inspection: String,
    import_id: String,
    actor: String,
    at_utc: NaiveDateTime,
    /// The reporting date as far as it is known; the commit must come to the same.
    pub reported_on: Option<NaiveDate>,
    /// Nothing is stored of the inspection, so that no number need be looked for.
    nothing_stored: bool,
    /// Sequence of the inspection's last revision, with those of the rows that are records.
    pub sequence: i64,
    /// Rows that are records.
    pub rows: i64,
    /// What they count.
    pub counts: EarlyCounts,
    /// Numbers of rows in the stage.
    staged: HashSet<String>,
    /// Rows that name divisions beside their own.
    shared: HashSet<i64>,
}

impl Early {
    /// `None` where the province has listed the petitions: what is new then is refused.
    pub fn new(import: &Import, sequence: i64, has_register: bool) -> Option<Self> {
        (!has_register).then(|| Self {
            inspection: import.inspection_id.clone(),
            import_id: import.id.clone(),
            actor: import.submitter.clone(),
            at_utc: import.created_at_utc,
            reported_on: None,
            nothing_stored: sequence == 0,
            sequence,
            rows: 0,
            counts: EarlyCounts::default(),
            staged: HashSet::new(),
            shared: HashSet::new(),
        })
    }

    /// Remembers which rows name divisions beside their own.
    pub fn shared(&mut self, rows: &[StagedAssignment]) {
        self.shared.extend(rows.iter().map(|row| row.row_id));
    }

    /// Makes records of the rows that may become one now, and returns the others.
    pub fn take(&mut self, db: &mut Db, rows: Vec<StagedPetition>) -> QueryResult<Vec<StagedPetition>> {
        let Some(reported_on) = self.reported_on.filter(|_| self.staged.len() >= STAGED_FIRST) else {
            self.staged.extend(rows.iter().map(|row| row.number.clone()));
            return Ok(rows);
        };
        let stored = self.stored(db, &rows)?;
        let mut seen = HashSet::new();
        let (new, others): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| {
            let known = stored.contains(&row.number) || self.staged.contains(&row.number);
            !known && !self.shared.contains(&row.row_id) && seen.insert(row.number.clone())
        });
        self.staged.extend(others.iter().map(|row| row.number.clone()));
        self.store(db, new, reported_on)?;
        Ok(others)
    }

    /// Numbers that have a record. Where nothing is stored only earlier rows of this ledger can have one; that is rare,
    /// and the key of the records refuses it.
    fn stored(&self, db: &mut Db, rows: &[StagedPetition]) -> QueryResult<HashSet<String>> {
        if self.nothing_stored {
            return Ok(HashSet::new());
        }
        let numbers: Vec<&str> = rows.iter().map(|row| row.number.as_str()).collect();
        let stored: Vec<String> = petitions::table
            .filter(
                petitions::inspection_id
                    .eq(&self.inspection)
                    .and(petitions::number.eq_any(numbers)),
            )
            .select(petitions::number)
            .load(db)?;
        Ok(stored.into_iter().collect())
    }

    fn store(&mut self, db: &mut Db, mut rows: Vec<StagedPetition>, reported_on: NaiveDate) -> QueryResult<()> {
        if rows.is_empty() {
            return Ok(());
        }
        let with = With {
            inspection_id: &self.inspection,
            import_id: &self.import_id,
            actor: &self.actor,
            at_utc: self.at_utc,
            reported_on,
        };
        if self.rows == 0 {
            dialect::early::begin(db, with)?;
        }
        for (row, sequence) in rows.iter_mut().zip(self.sequence + 1..) {
            row.sequence = Some(sequence);
        }
        dialect::early::write(db, &rows, with)?;
        self.counts.add(db, &rows, reported_on)?;
        self.sequence += rows.len() as i64;
        self.rows += rows.len() as i64;
        Ok(())
    }
}
