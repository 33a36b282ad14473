//! What a backup and a restore ask of the database. How they go is the business of `ducha-server`.

use diesel::prelude::*;

use crate::db::Db;

pub use crate::dialect::whole::{
    clear, copy_to, exported, into_one_file, one_state, others, restored, rows, sees_too_little, server_major,
};

/// Whether there is nothing in the database yet.
///
/// # Errors
/// The database's.
pub fn is_empty(db: &mut Db) -> QueryResult<bool> {
    Ok(crate::dialect::whole::tables(db)?.is_empty())
}

/// Whether the database is one of ducha, whatever its version.
///
/// # Errors
/// The database's.
pub fn is_ours(db: &mut Db) -> QueryResult<bool> {
    let tables = crate::dialect::whole::tables(db)?;
    let has = |name: &str| tables.iter().any(|table| table == name);
    Ok(has("__diesel_schema_migrations") && has("inspections") && has("imports"))
}
