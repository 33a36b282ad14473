//! A database as a whole: one state of it, a copy of it, what is in it, and who else is. Both databases have all of this, and
//! none of it in the same way.

use std::collections::BTreeMap;
use std::path::Path;

use diesel::connection::{AnsiTransactionManager, SimpleConnection};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Text};

use super::{commit, rollback};
use crate::db::Db;

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = Text)]
    name: String,
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

#[derive(QueryableByName)]
struct Said {
    #[diesel(sql_type = Bool)]
    yes: bool,
}

#[derive(QueryableByName)]
struct Version {
    #[diesel(sql_type = Integer)]
    number: i32,
}

/// Runs `work` on one state of the database, while others may write; it may write temporary tables only.
///
/// # Errors
/// What `work` returns, or the database's.
pub fn one_state<T, E: From<diesel::result::Error>>(
    db: &mut Db,
    work: impl FnOnce(&mut Db) -> Result<T, E>,
) -> Result<T, E> {
    match db {
        // READ ONLY would forbid temporary tables as well.
        Db::Postgres(pg) => {
            AnsiTransactionManager::begin_transaction_sql(pg, "BEGIN ISOLATION LEVEL REPEATABLE READ")?;
        }
        Db::Sqlite(lite) => AnsiTransactionManager::begin_transaction_sql(lite, "BEGIN")?,
    }
    let outcome = work(db);
    match &outcome {
        Ok(_) => commit(db)?,
        // What went wrong before is what is to be told.
        Err(_) => drop(rollback(db)),
    }
    outcome
}

/// What SQLite finds wrong with its file. PostgreSQL keeps checksums of its own, and has pg_amcheck.
pub(crate) fn damages(db: &mut Db) -> QueryResult<Vec<String>> {
    let Db::Sqlite(lite) = db else { return Ok(Vec::new()) };
    let lines: Vec<Named> =
        diesel::sql_query("SELECT integrity_check AS name FROM pragma_integrity_check").load(lite)?;
    let mut found: Vec<String> = lines
        .into_iter()
        .map(|line| line.name)
        .filter(|line| line != "ok")
        .collect();
    let keys: Vec<Named> = diesel::sql_query(
        "SELECT \"table\" || ' ' || COALESCE(rowid, '') || ' -> ' || parent AS name FROM pragma_foreign_key_check LIMIT 100",
    )
    .load(lite)?;
    found.extend(keys.into_iter().map(|line| line.name));
    Ok(found)
}

/// Its tables, in order; those behind the search index of SQLite are the index's own.
pub(crate) fn tables(db: &mut Db) -> QueryResult<Vec<String>> {
    let sql = match db {
        Db::Postgres(_) => {
            "SELECT CAST(c.relname AS TEXT) AS name FROM pg_class c
             WHERE c.relnamespace = 'public'::REGNAMESPACE AND c.relkind IN ('r', 'p') ORDER BY c.relname COLLATE \"C\""
        }
        Db::Sqlite(_) => {
            "SELECT name FROM sqlite_master
             WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'search\\_tokens%' ESCAPE '\\'
             ORDER BY name"
        }
    };
    let named: Vec<Named> = diesel::sql_query(sql).load(db)?;
    Ok(named.into_iter().map(|one| one.name).collect())
}

/// Whether it has a table of this name.
pub(crate) fn has_table(db: &mut Db, name: &str) -> QueryResult<bool> {
    let sql = match db {
        Db::Postgres(_) => "SELECT to_regclass($1) IS NOT NULL AS yes",
        Db::Sqlite(_) => "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = ?) AS yes",
    };
    let said: Said = diesel::sql_query(sql).bind::<Text, _>(name).get_result(db)?;
    Ok(said.yes)
}

/// How many rows each table has.
///
/// # Errors
/// The database's.
pub fn rows(db: &mut Db) -> QueryResult<BTreeMap<String, i64>> {
    let mut rows = BTreeMap::new();
    for table in tables(db)? {
        let counted: Counted = diesel::sql_query(format!("SELECT COUNT(*) AS rows FROM \"{table}\"")).get_result(db)?;
        rows.insert(table, counted.rows);
    }
    Ok(rows)
}

/// Writes a copy of a SQLite database to `path`, which must not be there, as it is at this moment. Others may write meanwhile.
///
/// # Errors
/// The database's. On PostgreSQL nothing is done: pg_dump does it.
pub fn copy_to(db: &mut Db, path: &Path) -> QueryResult<()> {
    let Db::Sqlite(lite) = db else { return Ok(()) };
    diesel::sql_query("VACUUM INTO $1")
        .bind::<Text, _>(path.to_string_lossy())
        .execute(lite)
        .map(drop)
}

/// Has a SQLite database keep its log apart no more, so that its one file is all of it. It fails while anybody else has it open.
///
/// # Errors
/// The database's. On PostgreSQL nothing is done.
pub fn into_one_file(db: &mut Db) -> QueryResult<()> {
    let Db::Sqlite(lite) = db else { return Ok(()) };
    lite.batch_execute("PRAGMA busy_timeout = 1000; PRAGMA journal_mode = DELETE")
}

/// Lets pg_dump see what this transaction sees, until it ends: the name of its state. `None` on SQLite.
///
/// # Errors
/// The database's.
pub fn exported(db: &mut Db) -> QueryResult<Option<String>> {
    let Db::Postgres(pg) = db else { return Ok(None) };
    let named: Named = diesel::sql_query("SELECT pg_export_snapshot() AS name").get_result(pg)?;
    Ok(Some(named.name))
}

/// Major version of the PostgreSQL server; 0 on SQLite.
///
/// # Errors
/// The database's.
pub fn server_major(db: &mut Db) -> QueryResult<u32> {
    let Db::Postgres(pg) = db else { return Ok(0) };
    let version: Version =
        diesel::sql_query("SELECT current_setting('server_version_num')::INTEGER / 10000 AS number").get_result(pg)?;
    Ok(version.number.unsigned_abs())
}

/// The role that a connection to PostgreSQL works as, if it may not read every row of every table; `None`: it may.
///
/// # Errors
/// The database's.
pub fn sees_too_little(db: &mut Db) -> QueryResult<Option<String>> {
    let Db::Postgres(pg) = db else { return Ok(None) };
    let all: Said = diesel::sql_query(
        "SELECT (SELECT r.rolsuper OR r.rolbypassrls FROM pg_roles r WHERE r.rolname = current_user) AND NOT EXISTS (
            SELECT 1 FROM pg_class c
            WHERE c.relnamespace = 'public'::REGNAMESPACE AND c.relkind IN ('r', 'p', 'S')
                AND NOT CASE c.relkind
                    WHEN 'S' THEN has_sequence_privilege(c.oid, 'SELECT')
                    ELSE has_table_privilege(c.oid, 'SELECT')
                END
         ) AS yes",
    )
    .get_result(pg)?;
    if all.yes {
        return Ok(None);
    }
    let role: Named = diesel::sql_query("SELECT CAST(current_user AS TEXT) AS name").get_result(pg)?;
    Ok(Some(role.name))
}

/// How many others are connected to a PostgreSQL database; 0 on SQLite, which is asked by [`into_one_file`].
///
/// # Errors
/// The database's.
pub fn others(db: &mut Db) -> QueryResult<i64> {
    let Db::Postgres(pg) = db else { return Ok(0) };
    // One that has just gone is seen for a moment.
    for _ in 1..LOOKS {
        if count_others(pg)? == 0 {
            return Ok(0);
        }
        diesel::sql_query("SELECT pg_sleep(0.1)").execute(pg)?;
    }
    count_others(pg)
}

/// How often others are looked for, a tenth of a second apart.
const LOOKS: u8 = 20;

fn count_others(pg: &mut PgConnection) -> QueryResult<i64> {
    // What works for the server itself has no user.
    let counted: Counted = diesel::sql_query(
        "SELECT COUNT(*) AS rows FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid() AND usesysid IS NOT NULL",
    )
    .get_result(pg)?;
    Ok(counted.rows)
}

/// Takes everything out of a PostgreSQL database that a restored one brings with it: tables and routines of the schema
/// `public`, other than those of extensions.
///
/// # Errors
/// The database's; nothing changes then. On SQLite nothing is done: a file takes the place of the file.
pub fn clear(db: &mut Db) -> QueryResult<()> {
    let Db::Postgres(pg) = db else { return Ok(()) };
    pg.batch_execute(CLEAR)
}

const CLEAR: &str = "
DO $$
DECLARE
    gone RECORD;
BEGIN
    FOR gone IN
        SELECT c.oid::REGCLASS::TEXT AS name FROM pg_class c
        WHERE c.relnamespace = 'public'::REGNAMESPACE AND c.relkind IN ('r', 'p')
            AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    LOOP
        EXECUTE format('DROP TABLE IF EXISTS %s CASCADE', gone.name);
    END LOOP;
    FOR gone IN
        SELECT p.oid::REGPROCEDURE::TEXT AS name FROM pg_proc p
        WHERE p.pronamespace = 'public'::REGNAMESPACE
            AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    LOOP
        EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', gone.name);
    END LOOP;
END
$$";

/// What a restored PostgreSQL database still wants: rights that roles have no need of are taken back, since all tables were
/// made anew, and its planner is told what is in them.
///
/// # Errors
/// The database's. On SQLite nothing is done.
pub fn restored(db: &mut Db) -> QueryResult<()> {
    let Db::Postgres(pg) = db else { return Ok(()) };
    pg.batch_execute(
        "DO $$
         BEGIN
            IF to_regprocedure('ducha_restrict()') IS NOT NULL THEN
                CALL ducha_restrict();
            END IF;
         END
         $$;
         ANALYZE",
    )
}
