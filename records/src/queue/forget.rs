//! What was checked only is kept for a while.

use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::db::Db;
use crate::dialect;
use crate::schema::{findings, import_files};

/// How long what a check found, and the workbooks made of it, are kept, in days.
pub const CHECKS_KEPT_DAYS: u16 = 30;
/// Checks that are forgotten in one transaction.
const AT_ONCE: usize = 100;

#[derive(QueryableByName)]
struct Old {
    #[diesel(sql_type = Text)]
    id: String,
}

/// Forgets what checks found that ended more than so many days ago, and which workbooks were made of them. Their imports
/// stay, with their counts. How many checks that are; there may be more.
///
/// # Errors
/// The database's.
pub fn forget_checks(db: &mut Db, days: u16) -> QueryResult<usize> {
    let then = dialect::clock::in_seconds(db, -i64::from(days) * 24 * 60 * 60);
    let old: Vec<Old> = diesel::sql_query(format!(
        "SELECT id FROM imports i
         WHERE state = 3 AND finished_at_utc < {then} AND NOT copies_due AND (
            EXISTS (SELECT 1 FROM findings f WHERE f.import_id = i.id)
            OR EXISTS (SELECT 1 FROM import_files c WHERE c.import_id = i.id)
         )
         LIMIT {AT_ONCE}"
    ))
    .load(db)?;
    let ids: Vec<String> = old.into_iter().map(|import| import.id).collect();
    if ids.is_empty() {
        return Ok(0);
    }
    dialect::write(db, |db| {
        diesel::delete(findings::table.filter(findings::import_id.eq_any(&ids))).execute(db)?;
        diesel::delete(import_files::table.filter(import_files::import_id.eq_any(&ids))).execute(db)?;
        Ok(ids.len())
    })
}
