//! What a division reported before and its complete ledger does not have any more.
//!
//! Told only where every row of the file was taken: a row that was refused is not gone, and its number may not even be
//! known.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Text};

use super::commit::Ledger;
use super::outcome::RowCounts;
use crate::codes::RecordKind;
use crate::db::Db;
use crate::dialect;
use crate::findings::NewFinding;
use crate::rules::{self, Params};

/// Findings are made in pieces of this many, so that a ledger that lost all its rows need not fit in memory.
const PIECE: i64 = 10_000;

/// The file's division and all below it.
const BELOW: &str = "WITH RECURSIVE below(code) AS (
    SELECT code FROM divisions WHERE code = $1
    UNION ALL SELECT d.code FROM divisions d JOIN below b ON d.parent = b.code
)";

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    parts: i64,
}

#[derive(QueryableByName)]
struct Gone {
    #[diesel(sql_type = Text)]
    number: String,
    #[diesel(sql_type = Text)]
    division: String,
}

/// Stages a finding for each part that is gone. Must run after the merge.
pub(super) fn tell(
    db: &mut Db,
    ledger: &Ledger,
    counts: &RowCounts,
    observe: &mut dyn FnMut(&NewFinding),
) -> QueryResult<()> {
    let import = &ledger.import;
    let Some(division) = import
        .division
        .as_deref()
        .filter(|_| import.complete && !ledger.register)
    else {
        return Ok(());
    };
    let kinds: Vec<RecordKind> = [(RecordKind::Petition, "petitions"), (RecordKind::Task, "tasks")]
        .into_iter()
        .filter(|(_, name)| import.kinds.split('|').any(|kind| kind == *name))
        .map(|(kind, _)| kind)
        .collect();
    if counts.refused > 0 {
        return Ok(());
    }
    let mut stored = 0;
    for kind in &kinds {
        stored += parts(db, *kind, division, &import.inspection_id)?;
    }
    // Every row of the file has its part now; where there are no others, nothing need be looked for.
    if stored == counts.read() {
        return Ok(());
    }
    for kind in kinds {
        of_kind(db, kind, division, ledger, observe)?;
    }
    Ok(())
}

const fn tables(kind: RecordKind) -> [&'static str; 2] {
    match kind {
        RecordKind::Petition => ["handlings", "stage_petitions"],
        RecordKind::Task => ["task_progress", "stage_tasks"],
    }
}

fn parts(db: &mut Db, kind: RecordKind, division: &str, inspection: &str) -> QueryResult<i64> {
    let [part, _] = tables(kind);
    let sql = format!(
        "{BELOW} SELECT COUNT(*) AS parts FROM {part} h JOIN below b ON b.code = h.division
         WHERE h.inspection_id = $2 AND h.reported"
    );
    let counted: Counted = diesel::sql_query(sql)
        .bind::<Text, _>(division)
        .bind::<Text, _>(inspection)
        .get_result(db)?;
    Ok(counted.parts)
}

fn of_kind(
    db: &mut Db,
    kind: RecordKind,
    division: &str,
    ledger: &Ledger,
    observe: &mut dyn FnMut(&NewFinding),
) -> QueryResult<()> {
    let [part, stage] = tables(kind);
    // What a newer ledger reported need not be in an older one.
    let sql = format!(
        "{BELOW} SELECT h.number, d.name AS division FROM {part} h
         JOIN below b ON b.code = h.division
         JOIN divisions d ON d.code = h.division
         LEFT JOIN {stage} s ON s.number = h.number AND s.division = h.division
         LEFT JOIN stage_known k ON k.kind = {code} AND k.number = h.number AND k.division = h.division
         WHERE h.inspection_id = $2 AND h.reported AND h.import_id <> $3 AND h.reported_on <= $4
             AND s.number IS NULL AND k.number IS NULL
         ORDER BY h.division, h.number LIMIT {PIECE} OFFSET $5",
        code = kind.code()
    );
    let mut after = 0;
    loop {
        let gone: Vec<Gone> = diesel::sql_query(&sql)
            .bind::<Text, _>(division)
            .bind::<Text, _>(&ledger.import.inspection_id)
            .bind::<Text, _>(&ledger.import.id)
            .bind::<Date, _>(ledger.reported_on)
            .bind::<BigInt, _>(after)
            .load(db)?;
        let findings: Vec<NewFinding> = gone.iter().map(|gone| finding(&ledger.import.id, gone)).collect();
        findings.iter().for_each(&mut *observe);
        dialect::stage_findings(db, &findings)?;
        if (gone.len() as i64) < PIECE {
            return Ok(());
        }
        after += PIECE;
    }
}

fn finding(import_id: &str, gone: &Gone) -> NewFinding {
    let rule = &rules::ROW_GONE;
    let params: Params = [("found", &gone.number), ("division", &gone.division)]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.clone()))
        .collect();
    NewFinding {
        import_id: import_id.to_owned(),
        sheet: String::new(),
        row_number: None,
        column_number: None,
        field: "number".to_owned(),
        header: String::new(),
        rule: rule.code.to_owned(),
        severity: rule.severity.code(),
        value: gone.number.clone(),
        suggestion: String::new(),
        params: serde_json::json!(params).to_string(),
        ..NewFinding::default()
    }
}
