//! The schema: migrations of both databases are embedded, and go up and down.

use diesel::backend::Backend;
use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::sqlite::Sqlite;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::db::Db;
use crate::dialect::whole::has_table;
use crate::divisions;
use crate::scope::{Scope, for_session};

const POSTGRES: EmbeddedMigrations = embed_migrations!("../migrations/postgres");
const SQLITE: EmbeddedMigrations = embed_migrations!("../migrations/sqlite");

/// Key of the PostgreSQL advisory lock that lets one process migrate at a time ("ducha" in ASCII).
const LOCK: i64 = 0x64_75_63_68_61;

/// Why the schema could not be brought to where it should be.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// A migration failed.
    #[error("a migration failed: {0}")]
    Migration(Box<dyn std::error::Error + Send + Sync>),
    /// A statement around the migrations failed.
    #[error("cannot prepare the database: {0}")]
    Query(#[from] diesel::result::Error),
    /// The embedded divisions are damaged.
    #[error("the built-in divisions cannot be read: {0}")]
    Divisions(#[from] divisions::CsvError),
}

/// Brings the schema to the newest version and loads the built-in divisions. Doing it again changes nothing.
///
/// Returns the versions that were applied.
///
/// # Errors
/// [`MigrateError`]; the version before the failing one stands.
pub fn up(db: &mut Db) -> Result<Vec<String>, MigrateError> {
    let applied = locked(db, |db| match db {
        Db::Postgres(pg) => versions(pg.run_pending_migrations(POSTGRES)),
        Db::Sqlite(lite) => versions(lite.run_pending_migrations(SQLITE)),
    })?;
    if !applied.is_empty() {
        let built_in = divisions::parse_csv(divisions::BUILT_IN)?;
        divisions::load(db, &built_in)?;
    }
    Ok(applied)
}

/// Takes every migration back: an empty database remains.
///
/// # Errors
/// [`MigrateError`]; the version before the failing one stands.
pub fn down(db: &mut Db) -> Result<Vec<String>, MigrateError> {
    locked(db, |db| match db {
        Db::Postgres(pg) => versions(pg.revert_all_migrations(POSTGRES)),
        Db::Sqlite(lite) => versions(lite.revert_all_migrations(SQLITE)),
    })
}

/// Whether this program has migrations that the database has not. It only reads: diesel's own question would make the
/// table that lists them, in the middle of somebody's `migrate`, and a server's role may not.
///
/// # Errors
/// [`MigrateError`] when the database cannot be asked.
pub fn pending(db: &mut Db) -> Result<bool, MigrateError> {
    if !is_listed(db)? {
        return Ok(true);
    }
    let known = match db {
        Db::Postgres(_) => names(MigrationSource::<Pg>::migrations(&POSTGRES)),
        Db::Sqlite(_) => names(MigrationSource::<Sqlite>::migrations(&SQLITE)),
    }?;
    let applied: Vec<Applied> = diesel::sql_query("SELECT version FROM __diesel_schema_migrations").load(db)?;
    Ok(known
        .iter()
        .any(|known| applied.iter().all(|applied| applied.version != *known)))
}

/// The newest migration that a database has; `None`: it has none.
///
/// # Errors
/// [`MigrateError`] when the database cannot be asked.
pub fn newest(db: &mut Db) -> Result<Option<String>, MigrateError> {
    if !is_listed(db)? {
        return Ok(None);
    }
    let applied: Vec<Applied> =
        diesel::sql_query("SELECT version FROM __diesel_schema_migrations ORDER BY version DESC LIMIT 1").load(db)?;
    Ok(applied.into_iter().next().map(|applied| applied.version))
}

/// Whether this program has a migration of this version.
///
/// # Errors
/// [`MigrateError`] when its own migrations cannot be read.
pub fn knows(version: &str) -> Result<bool, MigrateError> {
    // Both databases have migrations of the same names.
    let known = names(MigrationSource::<Sqlite>::migrations(&SQLITE))?;
    Ok(known.iter().any(|known| known == version))
}

fn names<B: Backend>(
    embedded: diesel::migration::Result<Vec<Box<dyn Migration<B>>>>,
) -> Result<Vec<String>, MigrateError> {
    let embedded = embedded.map_err(MigrateError::Migration)?;
    Ok(embedded.iter().map(|one| one.name().version().to_string()).collect())
}

#[derive(QueryableByName)]
struct Applied {
    #[diesel(sql_type = Text)]
    version: String,
}

/// Whether the table that lists the applied migrations is there.
fn is_listed(db: &mut Db) -> QueryResult<bool> {
    has_table(db, "__diesel_schema_migrations")
}

type Outcome<'a> = diesel::migration::Result<Vec<diesel::migration::MigrationVersion<'a>>>;

fn versions(outcome: Outcome<'_>) -> Result<Vec<String>, MigrateError> {
    let versions = outcome.map_err(MigrateError::Migration)?;
    Ok(versions.iter().map(ToString::to_string).collect())
}

/// Two processes that start together must not both migrate. SQLite's own file lock is enough there. A migration that changes
/// rows does so for all divisions.
fn locked<T>(db: &mut Db, work: impl FnOnce(&mut Db) -> Result<T, MigrateError>) -> Result<T, MigrateError> {
    if let Db::Postgres(pg) = db {
        pg.batch_execute(&format!("SELECT pg_advisory_lock({LOCK})"))?;
    }
    for_session(db, &Scope::Migration)?;
    let outcome = work(db);
    if let Db::Postgres(pg) = db {
        pg.batch_execute(&format!("RESET ducha.role; SELECT pg_advisory_unlock({LOCK})"))?;
    }
    outcome
}
