//! Counts that are kept, against what they count.

use diesel::QueryResult;

use super::{Check, Fault, MOST, Observer, find, look};
use crate::codes::{ImportState, Severity};
use crate::db::Db;
use crate::dialect::literal;
use crate::figures;

/// Kept counts of petitions and measures.
pub(super) fn petitions(db: &mut Db, inspection: &str, out: &mut dyn Observer) -> QueryResult<()> {
    for difference in figures::check(db, inspection)?.differences.into_iter().take(MOST) {
        let fault = Fault::new(Check::PetitionCount, inspection, difference.what);
        out.found(fault.told(difference.kept.to_string(), difference.counted.to_string()));
    }
    for table in ["petition_counts", "measure_counts"] {
        let of = format!("{table} WHERE inspection_id = {}", literal(inspection));
        look(db, Check::PetitionCount, &of, out)?;
    }
    Ok(())
}

/// Imports whose findings are all stored: those of checks are forgotten after a while.
const WITH_FINDINGS: [ImportState; 4] = [
    ImportState::Planned,
    ImportState::Applied,
    ImportState::AppliedInPart,
    ImportState::Rejected,
];

/// Rows and findings of imports.
pub(super) fn imports(db: &mut Db, out: &mut dyn Observer) -> QueryResult<()> {
    let states = WITH_FINDINGS.map(|state| state.code().to_string()).join(", ");
    find(db, Check::ImportCount, &ROWS.replace("{states}", &states), out)?;
    for (column, severity) in [
        ("errors", Severity::Error),
        ("warnings", Severity::Warning),
        ("notes", Severity::Note),
    ] {
        let counted = format!(
            "(SELECT COUNT(*) FROM findings f WHERE f.import_id = i.id AND f.severity = {})",
            severity.code()
        );
        let sql = format!(
            "SELECT i.inspection_id AS inspection, 'imports ' || i.id || ' {column}' AS subject,
                CAST(i.{column} AS TEXT) AS kept, CAST({counted} AS TEXT) AS wanted
             FROM imports i WHERE i.state IN ({states}) AND i.{column} <> {counted}"
        );
        find(db, Check::ImportCount, &sql, out)?;
    }
    look(db, Check::ImportCount, "imports", out)
}

/// Rows read are inserted, updated, unchanged or refused, once there is a verdict: before, they tell how far the reading is.
const ROWS: &str = "
    SELECT i.inspection_id AS inspection, 'imports ' || i.id || ' rows_read' AS subject, CAST(i.rows_read AS TEXT) AS kept,
        CAST(i.inserted + i.updated + i.unchanged + i.refused AS TEXT) AS wanted
    FROM imports i
    WHERE i.state IN ({states}) AND i.rows_read <> i.inserted + i.updated + i.unchanged + i.refused";
