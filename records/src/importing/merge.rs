//! Compares the staged rows of one kind with what is stored, and writes what differs.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};

use super::deltas;
use super::former::Former;
use super::outcome::{Outcome, RowCounts};
use super::plan::{PlannedKind, Planner};
use super::refusals::Teller;
use super::tables::Tables;
use crate::codes::RecordKind;
use crate::db::Db;
use crate::dialect;
use crate::figures::Counting;
use crate::schema_stage::verdicts;

/// Stands between the numbers of `said_again`; no workbook can hold it.
pub(crate) const SEPARATOR: &str = "\u{1f}";

#[derive(QueryableByName)]
struct OutcomeCount {
    #[diesel(sql_type = Integer)]
    outcome: i32,
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

const fn verdicts_sql(kind: RecordKind, register: bool) -> &'static str {
    match (kind, register) {
        (RecordKind::Petition, false) => include_str!("petitions_verdicts.sql"),
        (RecordKind::Petition, true) => include_str!("petitions_register_verdicts.sql"),
        (RecordKind::Task, false) => include_str!("tasks_verdicts.sql"),
        (RecordKind::Task, true) => include_str!("tasks_register_verdicts.sql"),
    }
}

/// The parts and the states of a kind: of a county's ledger, or of the province's list.
const fn parts_sql(kind: RecordKind, register: bool) -> [&'static str; 2] {
    match (kind, register) {
        (RecordKind::Petition, false) => [
            include_str!("petitions_parts.sql"),
            include_str!("petitions_derived.sql"),
        ],
        (RecordKind::Petition, true) => [
            include_str!("petitions_register_parts.sql"),
            include_str!("petitions_register_derived.sql"),
        ],
        (RecordKind::Task, false) => [include_str!("tasks_parts.sql"), include_str!("tasks_derived.sql")],
        (RecordKind::Task, true) => [
            include_str!("tasks_register_parts.sql"),
            include_str!("tasks_register_derived.sql"),
        ],
    }
}

/// What is about to be written over.
const fn before_sql(register: bool) -> &'static str {
    if register {
        include_str!("before_register.sql")
    } else {
        include_str!("before_county.sql")
    }
}

/// The records of a kind that were there before: their state, and the wordings that change.
const fn existing_sql(kind: RecordKind) -> [&'static str; 2] {
    let wordings = match kind {
        RecordKind::Petition => include_str!("petitions_existing.sql"),
        RecordKind::Task => include_str!("tasks_existing.sql"),
    };
    [state_sql(kind), wordings]
}

/// The state of records of which a part changed, from the table `derived`.
pub(crate) const fn state_sql(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Petition => include_str!("petitions_state.sql"),
        RecordKind::Task => include_str!("tasks_state.sql"),
    }
}

/// Makes the table `derived`, from all parts of the records in `verdicts`.
pub(crate) const fn derived_sql(kind: RecordKind) -> &'static str {
    parts_sql(kind, true)[1]
}

/// The records of a kind that are new.
const fn new_sql(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Petition => include_str!("petitions_new.sql"),
        RecordKind::Task => include_str!("tasks_new.sql"),
    }
}

/// What is said again is as young as the ledger that says it again, so that nothing older overwrites it later. No new
/// version: the record says the same.
const fn said_again_sql(kind: RecordKind, register: bool) -> &'static str {
    match (kind, register) {
        (RecordKind::Petition, false) => {
            "UPDATE handlings SET since_on = COALESCE(handlings.since_on, handlings.reported_on), reported_on = c.reported_on
             FROM verdicts v CROSS JOIN stage_context c
             WHERE v.outcome = 0 AND v.newer AND handlings.inspection_id = c.inspection_id
                 AND handlings.number = v.number AND handlings.division = v.division"
        }
        (RecordKind::Task, false) => {
            "UPDATE task_progress SET since_on = COALESCE(task_progress.since_on, task_progress.reported_on), reported_on = c.reported_on
             FROM verdicts v CROSS JOIN stage_context c
             WHERE v.outcome = 0 AND v.newer AND task_progress.inspection_id = c.inspection_id
                 AND task_progress.number = v.number AND task_progress.division = v.division"
        }
        (RecordKind::Petition, true) => {
            "UPDATE petitions SET since_on = COALESCE(petitions.since_on, petitions.reported_on), reported_on = c.reported_on
             FROM verdicts v CROSS JOIN stage_context c
             WHERE v.outcome = 0 AND v.newer AND petitions.inspection_id = c.inspection_id
                 AND petitions.number = v.number"
        }
        (RecordKind::Task, true) => {
            "UPDATE tasks SET since_on = COALESCE(tasks.since_on, tasks.reported_on), reported_on = c.reported_on
             FROM verdicts v CROSS JOIN stage_context c
             WHERE v.outcome = 0 AND v.newer AND tasks.inspection_id = c.inspection_id AND tasks.number = v.number"
        }
    }
}

/// Makes the table `verdicts` and counts it.
pub(super) fn judge(db: &mut Db, kind: RecordKind, register: bool) -> QueryResult<RowCounts> {
    db.batch_execute(verdicts_sql(kind, register))?;
    counted(db)
}

/// Counts the table `verdicts`.
pub(super) fn counted(db: &mut Db) -> QueryResult<RowCounts> {
    let counted: Vec<OutcomeCount> =
        diesel::sql_query("SELECT outcome, COUNT(*) AS rows FROM verdicts GROUP BY outcome").load(db)?;
    let mut counts = RowCounts::default();
    for OutcomeCount { outcome, rows } in counted {
        counts.add(Outcome::of_verdict(outcome)?, rows);
    }
    Ok(counts)
}

/// How rows are merged.
#[derive(Debug)]
pub(super) struct Merging<'c> {
    /// They are the province's list.
    pub register: bool,
    /// Where what changes is counted.
    pub counting: Option<&'c mut Counting>,
}

/// Writes what the verdicts say, unless they say that nothing changes, and drops them. Returns how many revisions.
pub(super) fn apply(
    db: &mut Db,
    kind: RecordKind,
    Merging { register, mut counting }: Merging<'_>,
    counts: &RowCounts,
    teller: &mut Teller<'_>,
    planner: Option<&mut Planner<'_>>,
) -> QueryResult<i64> {
    let late = deltas::stage(db, kind, register)?;
    if let Some(planner) = planner {
        planner.rows(db, PlannedKind::Numbered(kind))?;
    }
    let mut revisions = 0;
    let former = Former::numbered(kind);
    if let Some(counting) = &mut counting {
        count_before(db, counting, register)?;
    }
    if counts.unchanged > 0 {
        note_said(db)?;
    }
    if counts.unchanged > late {
        if !register {
            former.same(db)?;
        }
        db.batch_execute(said_again_sql(kind, register))?;
    }
    if counts.inserted + counts.updated + late > 0 {
        dialect::analyze(db, "verdicts")?;
        if !register && counts.updated + late > 0 {
            former.keep(db)?;
        }
        let existing = touches_existing(db)?;
        if existing {
            db.batch_execute(&Tables::of(kind).fill(before_sql(register)))?;
        }
        for statements in parts_sql(kind, register) {
            db.batch_execute(&statements.replace("{since}", &former.since()))?;
        }
        if existing {
            for statements in existing_sql(kind) {
                db.batch_execute(statements)?;
            }
        }
        db.batch_execute(new_sql(kind))?;
        db.batch_execute(include_str!("revisions.sql"))?;
        if kind == RecordKind::Petition {
            teller.contradicting(db)?;
        }
        db.batch_execute("DROP TABLE derived")?;
        revisions = counts.inserted + counts.updated + late;
    }
    if let Some(counting) = counting {
        counting.add(db)?;
    }
    db.batch_execute("DROP TABLE verdicts; DELETE FROM stage_deltas")?;
    Ok(revisions)
}

/// Names the petitions that change, and those of which only earlier days do: a late row says something of them, and so
/// does one of an older ledger that says what is stored. Takes off what those count that were there before.
fn count_before(db: &mut Db, counting: &mut Counting, register: bool) -> QueryResult<()> {
    let changed = "SELECT number FROM verdicts WHERE outcome IN (1, 2, 3)";
    let older = "SELECT v.number FROM verdicts v CROSS JOIN stage_context c
        JOIN handlings h ON h.inspection_id = c.inspection_id AND h.number = v.number AND h.division = v.division
        WHERE v.outcome = 0 AND NOT v.newer AND COALESCE(h.since_on, h.reported_on) > c.reported_on";
    if register {
        Counting::touch(db, changed)?;
    } else {
        Counting::touch(db, &format!("{changed} UNION ALL {older}"))?;
    }
    let existing = verdicts::table.filter(verdicts::creates.eq(false));
    if diesel::select(diesel::dsl::exists(existing)).get_result(db)? {
        counting.take_off(db)?;
    }
    Ok(())
}

/// Notes the rows that change nothing, from the table `verdicts`.
pub(super) fn note_said(db: &mut Db) -> QueryResult<()> {
    db.batch_execute(&include_str!("said_again.sql").replace("{separator}", SEPARATOR))
}

/// Whether a record that was there before is touched: a first ledger touches none, and need not look for them.
fn touches_existing(db: &mut Db) -> QueryResult<bool> {
    let touched = verdicts::outcome.eq_any([Outcome::Inserted as i32, Outcome::Updated as i32]);
    diesel::select(diesel::dsl::exists(
        verdicts::table.filter(touched).filter(verdicts::creates.eq(false)),
    ))
    .get_result(db)
}
