//! Hashes of records, made anew from their columns.

use std::collections::HashMap;

use diesel::prelude::*;
use serde::Serialize;

use super::{Check, Fault, Observer};
use crate::content_hash::ContentHasher;
use crate::db::Db;
use crate::hex::hex;
use crate::petitions::{self, HandlingContent, PetitionWording};
use crate::plain::After;
use crate::schema::{handlings, petitions as petition_rows, task_progress, tasks as task_rows};
use crate::tasks::{self, ProgressContent, TaskWording};
use crate::{accountability, activities, alerts, indicators};

/// Records that are read at once.
const PAGE: usize = 1_000;

/// Divisions that are assigned a record, by its number.
type Assigned = HashMap<String, Vec<String>>;

/// The next contents of a table behind a key, with the hashes they are stored with.
type Page<C> = fn(&mut Db, &str, &After, usize) -> QueryResult<Vec<(String, String, Vec<u8>, C)>>;

/// Number, whether the province lists it, the stored hash, and what it is of.
type Wording<W> = (String, bool, Vec<u8>, W);

/// The next wordings behind a number.
type Wordings<W> = fn(&mut Db, &str, &str) -> QueryResult<Vec<Wording<W>>>;

/// Number, division, whether it is reported, the stored hash, and what it is of.
type Part<C> = (String, String, bool, Vec<u8>, C);

/// The next parts behind a key.
type Parts<C> = fn(&mut Db, &str, &After) -> QueryResult<Vec<Part<C>>>;

/// Who is told of hashes.
struct Hashes<'h> {
    inspection: &'h str,
    hasher: ContentHasher,
    out: &'h mut dyn Observer,
}

/// Checks the hashes of all records of an inspection.
pub(super) fn check(db: &mut Db, inspection: &str, out: &mut dyn Observer) -> QueryResult<()> {
    let mut hashes = Hashes {
        inspection,
        hasher: ContentHasher::default(),
        out,
    };
    hashes.wordings(db, "petitions", petition_wordings, assigned_petitions)?;
    hashes.parts(db, "handlings", petition_parts)?;
    hashes.wordings(db, "tasks", task_wordings, assigned_tasks)?;
    hashes.parts(db, "task_progress", task_parts)?;
    hashes.plain(db, "indicators", indicators::hashed)?;
    hashes.plain(db, "accountability_issues", accountability::issues_hashed)?;
    hashes.plain(db, "accountabilities", accountability::decisions_hashed)?;
    hashes.plain(db, "activities", activities::hashed)?;
    hashes.plain(db, "alerts", alerts::hashed)
}

impl Hashes<'_> {
    fn wordings<W: Serialize>(
        &mut self,
        db: &mut Db,
        table: &str,
        page: Wordings<W>,
        assigned: fn(&mut Db, &str, &[String]) -> QueryResult<Assigned>,
    ) -> QueryResult<()> {
        let mut after = String::new();
        loop {
            let rows = page(db, self.inspection, &after)?;
            let Some((last, ..)) = rows.last() else { return Ok(()) };
            after.clone_from(last);
            let listed = rows.iter().filter(|row| row.1).map(|row| row.0.clone());
            let mut parts = assigned(db, self.inspection, &listed.collect::<Vec<_>>())?;
            self.out.looked(Check::WordingHash, rows.len() as u64);
            for (number, registered, stored, wording) in rows {
                // In the province's list, whose parts there are belongs to what is said.
                let listed = registered.then(|| {
                    let mut divisions = parts.remove(&number).unwrap_or_default();
                    divisions.sort_unstable();
                    divisions
                });
                let wanted = self.hasher.wording(&wording, listed.as_deref());
                self.compare(Check::WordingHash, format!("{table} {number}"), &stored, &wanted);
            }
        }
    }

    fn parts<C: Serialize + Default + PartialEq>(
        &mut self,
        db: &mut Db,
        table: &str,
        page: Parts<C>,
    ) -> QueryResult<()> {
        let mut after = After::default();
        loop {
            let rows = page(db, self.inspection, &after)?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = After {
                number: last.0.clone(),
                division: last.1.clone(),
            };
            self.out.looked(Check::ContentHash, rows.len() as u64);
            for (number, division, reported, stored, content) in rows {
                let subject = format!("{table} {number} {division}");
                if reported {
                    let wanted = self.hasher.content(&content);
                    self.compare(Check::ContentHash, subject, &stored, &wanted);
                } else if content != C::default() {
                    self.out.found(Fault::new(Check::ContentHash, self.inspection, subject));
                } else {
                    self.compare(Check::ContentHash, subject, &stored, &[]);
                }
            }
        }
    }

    fn plain<C: Serialize>(&mut self, db: &mut Db, table: &str, page: Page<C>) -> QueryResult<()> {
        let mut after = After::default();
        loop {
            let rows = page(db, self.inspection, &after, PAGE)?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = After {
                division: last.0.clone(),
                number: last.1.clone(),
            };
            self.out.looked(Check::ContentHash, rows.len() as u64);
            for (division, number, stored, content) in rows {
                // An issue that only a decision names was in no list.
                if stored.is_empty() && table == "accountability_issues" {
                    continue;
                }
                let wanted = self.hasher.content(&content);
                let subject = format!("{table} {number} {division}");
                self.compare(Check::ContentHash, subject, &stored, &wanted);
            }
        }
    }

    fn compare(&mut self, check: Check, subject: String, stored: &[u8], wanted: &[u8]) {
        if stored != wanted {
            let fault = Fault::new(check, self.inspection, subject).told(hex(stored), hex(wanted));
            self.out.found(fault);
        }
    }
}

fn petition_wordings(db: &mut Db, inspection: &str, after: &str) -> QueryResult<Vec<Wording<PetitionWording>>> {
    petition_rows::table
        .filter(
            petition_rows::inspection_id
                .eq(inspection)
                .and(petition_rows::number.gt(after)),
        )
        .order(petition_rows::number)
        .limit(PAGE as i64)
        .select((
            petition_rows::number,
            petition_rows::registered,
            petition_rows::wording_hash,
            petitions::wording_columns!(petition_rows),
        ))
        .load(db)
}

fn task_wordings(db: &mut Db, inspection: &str, after: &str) -> QueryResult<Vec<Wording<TaskWording>>> {
    task_rows::table
        .filter(task_rows::inspection_id.eq(inspection).and(task_rows::number.gt(after)))
        .order(task_rows::number)
        .limit(PAGE as i64)
        .select((
            task_rows::number,
            task_rows::registered,
            task_rows::wording_hash,
            tasks::wording_columns!(task_rows),
        ))
        .load(db)
}

fn assigned_petitions(db: &mut Db, inspection: &str, numbers: &[String]) -> QueryResult<Assigned> {
    let rows = handlings::table
        .filter(
            handlings::inspection_id
                .eq(inspection)
                .and(handlings::assigned.eq(true)),
        )
        .filter(handlings::number.eq_any(numbers))
        .select((handlings::number, handlings::division))
        .load(db)?;
    Ok(by_number(rows))
}

fn assigned_tasks(db: &mut Db, inspection: &str, numbers: &[String]) -> QueryResult<Assigned> {
    let rows = task_progress::table
        .filter(
            task_progress::inspection_id
                .eq(inspection)
                .and(task_progress::assigned.eq(true)),
        )
        .filter(task_progress::number.eq_any(numbers))
        .select((task_progress::number, task_progress::division))
        .load(db)?;
    Ok(by_number(rows))
}

fn by_number(rows: Vec<(String, String)>) -> Assigned {
    let mut assigned = Assigned::new();
    for (number, division) in rows {
        assigned.entry(number).or_default().push(division);
    }
    assigned
}

fn petition_parts(db: &mut Db, inspection: &str, after: &After) -> QueryResult<Vec<Part<HandlingContent>>> {
    handlings::table
        .filter(
            handlings::inspection_id
                .eq(inspection)
                .and(handlings::number.ge(&after.number)),
        )
        .filter(
            handlings::number
                .gt(&after.number)
                .or(handlings::division.gt(&after.division)),
        )
        .order((handlings::number, handlings::division))
        .limit(PAGE as i64)
        .select((
            handlings::number,
            handlings::division,
            handlings::reported,
            handlings::content_hash,
            petitions::handling_columns!(handlings),
        ))
        .load(db)
}

fn task_parts(db: &mut Db, inspection: &str, after: &After) -> QueryResult<Vec<Part<ProgressContent>>> {
    task_progress::table
        .filter(
            task_progress::inspection_id
                .eq(inspection)
                .and(task_progress::number.ge(&after.number)),
        )
        .filter(
            task_progress::number
                .gt(&after.number)
                .or(task_progress::division.gt(&after.division)),
        )
        .order((task_progress::number, task_progress::division))
        .limit(PAGE as i64)
        .select((
            task_progress::number,
            task_progress::division,
            task_progress::reported,
            task_progress::content_hash,
            tasks::progress_columns!(task_progress),
        ))
        .load(db)
}
