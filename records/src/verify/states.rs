//! States of petitions and tasks, derived anew from their parts by the merge's own statements.

use diesel::QueryResult;
use diesel::connection::SimpleConnection;

use super::{Check, Observer, find, look};
use crate::codes::RecordKind;
use crate::db::Db;
use crate::dialect::literal;
use crate::importing::{Tables, derived_sql};

pub(super) fn check(db: &mut Db, inspection: &str, out: &mut dyn Observer) -> QueryResult<()> {
    for kind in [RecordKind::Petition, RecordKind::Task] {
        let tables = Tables::of(kind);
        let of = literal(inspection);
        // What the statement reads: every record, as if each had been changed. Copied columns keep their collation.
        db.batch_execute(&tables.fill(&format!(
            "DROP TABLE IF EXISTS stage_context; DROP TABLE IF EXISTS verdicts; DROP TABLE IF EXISTS derived;
             CREATE TEMP TABLE stage_context AS SELECT id AS inspection_id FROM inspections WHERE id = {of};
             CREATE TEMP TABLE verdicts AS
             SELECT number, FALSE AS creates, 0 AS row_id, 2 AS outcome FROM {{records}} WHERE inspection_id = {of}"
        )))?;
        db.batch_execute(derived_sql(kind))?;
        let compared = compared(kind, &of);
        find(db, Check::State, &compared, out)?;
        look(db, Check::State, "verdicts", out)?;
        db.batch_execute("DROP TABLE derived; DROP TABLE verdicts; DROP TABLE stage_context")?;
    }
    Ok(())
}

/// The columns of a state.
const fn columns(kind: RecordKind) -> &'static [&'static str] {
    match kind {
        RecordKind::Petition => &["conclusion", "substantiated", "contradictory", "concluded_on"],
        RecordKind::Task => &["status", "completed_on", "closure", "closed_on"],
    }
}

/// The statement that finds records whose state is another.
fn compared(kind: RecordKind, inspection: &str) -> String {
    let told = |of: &str| {
        let each = columns(kind)
            .iter()
            .map(|column| format!("'{column} ' || COALESCE(CAST({of}.{column} AS TEXT), '-')"));
        each.collect::<Vec<_>>().join(" || ' ' || ")
    };
    let differs = columns(kind)
        .iter()
        .map(|column| format!("t.{column} IS DISTINCT FROM d.{column}"));
    Tables::of(kind).fill(&format!(
        "SELECT t.inspection_id AS inspection, '{{records}} ' || t.number AS subject, {} AS kept, {} AS wanted
         FROM derived d CROSS JOIN {{records}} t
         WHERE t.inspection_id = {inspection} AND t.number = d.number AND ({})",
        told("t"),
        told("d"),
        differs.collect::<Vec<_>>().join(" OR ")
    ))
}
