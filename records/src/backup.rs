//! What a backup and a restore ask of the database. How they go is the business of `ducha-server`.

use diesel::prelude::*;

use crate::db::Db;
use crate::dialect::whole::{has_table, tables};

pub use crate::dialect::whole::{
    clear, copy_to, exported, into_one_file, one_state, others, restored, rows, sees_too_little, server_major,
};

/// Whether there is nothing in the database yet.
///
/// # Errors
/// The database's.
pub fn is_empty(db: &mut Db) -> QueryResult<bool> {
    Ok(tables(db)?.is_empty())
}

/// Whether the database is one of ducha, whatever its version.
///
/// # Errors
/// The database's.
pub fn is_ours(db: &mut Db) -> QueryResult<bool> {
    for table in ["__diesel_schema_migrations", "inspections", "imports"] {
        if !has_table(db, table)? {
            return Ok(false);
        }
    }
    Ok(true)
}
