//! Which rows of the tables of records are touched.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::tables::Table;
use crate::db::Db;
use crate::dialect;

/// Fills `undo_rows` with what an import made and wrote over. Later imports are known.
pub(super) fn of_import(db: &mut Db, tables: &[Table]) -> QueryResult<()> {
    db.batch_execute(
        "INSERT INTO undo_origins (kind, number, division, sheet, row_number)
         SELECT r.kind, r.number, r.division, MIN(r.sheet), MIN(r.row_number)
         FROM undo_import u
         JOIN revisions r ON r.inspection_id = u.inspection_id
         WHERE r.sequence > u.after AND r.sequence <= u.sequence AND r.change IN (1, 2)
         GROUP BY r.kind, r.number, r.division",
    )?;
    dialect::analyze(db, "undo_origins")?;
    for table in tables {
        db.batch_execute(&table.fill(include_str!("keys.sql")))?;
    }
    db.batch_execute(
        "INSERT INTO undo_rows (kind, part, number, division, does, wide, version)
         SELECT b.kind, b.kind <= 2, b.number, b.division, 3, FALSE, 0
         FROM undo_import u
         JOIN before_since b ON b.inspection_id = u.inspection_id AND b.before_import = u.import_id",
    )?;
    for table in tables.iter().filter(|table| table.is_parts()) {
        db.batch_execute(&table.fill(include_str!("keys_withdrawn.sql")))?;
    }
    db.batch_execute(include_str!("keys_end.sql"))
}
