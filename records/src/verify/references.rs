//! Rows that others refer to. The tables of records have no foreign keys, since a check of every row would cost as much as the
//! row; here each is looked for. On SQLite the others are looked at as well, since keys may be off for who wrote.

use diesel::QueryResult;

use super::{Check, Observer, find, look};
use crate::db::Db;

/// Tables of an inspection that name an import, and how a row of theirs is called.
const OF_IMPORTS: [(&str, &str); 19] = [
    ("petitions", "t.number"),
    ("handlings", PART),
    ("tasks", "t.number"),
    ("task_progress", PART),
    ("indicators", PART),
    ("accountability_issues", PART),
    ("accountabilities", PART),
    ("activities", PART),
    ("alerts", PART),
    ("revisions", "t.sequence"),
    ("reasons", PART),
    ("forms", "t.division || ' ' || t.kind"),
    ("import_forms", "t.division || ' ' || t.kind"),
    ("former_handlings", PART),
    ("former_progress", PART),
    ("former_indicators", PART),
    ("said_again", "t.kind || ' ' || t.division"),
    ("import_verdicts", "t.verdict"),
    ("before_since", PART),
];
const PART: &str = "t.number || ' ' || t.division";

/// Tables of rows that belong to one import, and how a row of theirs is called.
const WITH_IMPORTS: [(&str, &str); 4] = [
    ("findings", "t.id"),
    ("import_files", "t.kind"),
    ("planned_rows", "t.position"),
    ("webhook_deliveries", "t.id"),
];

/// Parts and what they are parts of.
const PARTS: [(&str, &str); 2] = [("handlings", "petitions"), ("task_progress", "tasks")];

/// Columns with the code of a division; empty or absent where there is none.
const DIVISIONS: [(&str, &str, &str); 12] = [
    ("petitions", "owner", "t.number"),
    ("handlings", "division", PART),
    ("tasks", "owner", "t.number"),
    ("task_progress", "division", PART),
    ("indicators", "division", PART),
    ("accountability_issues", "division", PART),
    ("accountabilities", "division", PART),
    ("activities", "division", PART),
    ("alerts", "division", PART),
    ("revisions", "division", "t.sequence"),
    ("petition_counts", "area", "t.area"),
    ("measure_counts", "area", "t.area"),
];

pub(super) fn check(db: &mut Db, out: &mut dyn Observer) -> QueryResult<()> {
    for (table, row) in OF_IMPORTS {
        let import = if table == "before_since" {
            "before_import"
        } else {
            "import_id"
        };
        find(db, Check::Reference, &of_import(table, import, row), out)?;
        find(db, Check::Reference, &of_inspection(table, row), out)?;
        look(db, Check::Reference, table, out)?;
    }
    for (table, row) in WITH_IMPORTS {
        let sql = format!(
            "SELECT '' AS inspection, '{table} ' || {row} AS subject, NULL AS kept, 'imports ' || t.import_id AS wanted
             FROM {table} t WHERE NOT EXISTS (SELECT 1 FROM imports i WHERE i.id = t.import_id)"
        );
        find(db, Check::Reference, &sql, out)?;
        look(db, Check::Reference, table, out)?;
    }
    for (parts, records) in PARTS {
        let sql = format!(
            "SELECT t.inspection_id AS inspection, '{parts} ' || {PART} AS subject, NULL AS kept,
                '{records} ' || t.number AS wanted
             FROM {parts} t WHERE NOT EXISTS (
                SELECT 1 FROM {records} r WHERE r.inspection_id = t.inspection_id AND r.number = t.number
             )"
        );
        find(db, Check::Reference, &sql, out)?;
    }
    for (table, column, row) in DIVISIONS {
        let sql = format!(
            "SELECT t.inspection_id AS inspection, '{table} ' || {row} AS subject, t.{column} AS kept, NULL AS wanted
             FROM {table} t
             WHERE t.{column} <> '' AND NOT EXISTS (SELECT 1 FROM divisions d WHERE d.code = t.{column})"
        );
        find(db, Check::Division, &sql, out)?;
        look(db, Check::Division, table, out)?;
    }
    Ok(())
}

/// Rows whose import is not there. A revision of a withdrawal has none.
fn of_import(table: &str, import: &str, row: &str) -> String {
    format!(
        "SELECT t.inspection_id AS inspection, '{table} ' || {row} AS subject, NULL AS kept,
            'imports ' || t.{import} AS wanted
         FROM {table} t WHERE t.{import} <> '' AND NOT EXISTS (
            SELECT 1 FROM imports i WHERE i.id = t.{import} AND i.inspection_id = t.inspection_id
         )"
    )
}

fn of_inspection(table: &str, row: &str) -> String {
    format!(
        "SELECT t.inspection_id AS inspection, '{table} ' || {row} AS subject, NULL AS kept,
            'inspections ' || t.inspection_id AS wanted
         FROM {table} t WHERE NOT EXISTS (SELECT 1 FROM inspections i WHERE i.id = t.inspection_id)"
    )
}
