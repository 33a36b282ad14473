//! Times by the clock of the database, which is the one that all its workers share. SQLite keeps times as texts, which
//! are written here as diesel writes them, so that they compare.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::Timestamp;

use crate::db::Db;

/// Now, UTC.
pub(crate) fn now(db: &Db) -> String {
    in_seconds(db, 0)
}

/// So many seconds from now, UTC.
pub(crate) fn in_seconds(db: &Db, seconds: i64) -> String {
    match db {
        Db::Postgres(_) => format!("(clock_timestamp() AT TIME ZONE 'UTC' + INTERVAL '{seconds} seconds')"),
        Db::Sqlite(_) => format!("strftime('%Y-%m-%d %H:%M:%f', 'now', '{seconds:+} seconds')"),
    }
}

/// The moment itself, UTC.
pub(crate) fn read(db: &mut Db) -> QueryResult<NaiveDateTime> {
    let sql = format!("SELECT {} AS now", now(db));
    Ok(diesel::sql_query(sql).get_result::<Now>(db)?.now)
}

#[derive(QueryableByName)]
struct Now {
    #[diesel(sql_type = Timestamp)]
    now: NaiveDateTime,
}

/// A moment before all others, as both databases take it.
pub(crate) const LONG_AGO: &str = "'1970-01-01 00:00:00'";

/// Passes over rows that another transaction is about to claim; on SQLite there is no other. A lost worker's transaction
/// that only wrote rows which refer to its import is no such one, and `FOR UPDATE` would pass over the import for its sake.
pub(crate) const fn skip_locked(db: &Db) -> &'static str {
    match db {
        Db::Postgres(_) => "FOR NO KEY UPDATE SKIP LOCKED",
        Db::Sqlite(_) => "",
    }
}
