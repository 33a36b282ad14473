//! Times by the clock of the database, which is the one that all its workers share. SQLite keeps times as texts, which
//! are written here as diesel writes them, so that they compare.

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

/// Passes over rows that another transaction is about to claim; on SQLite there is no other.
pub(crate) const fn skip_locked(db: &Db) -> &'static str {
    match db {
        Db::Postgres(_) => "FOR UPDATE SKIP LOCKED",
        Db::Sqlite(_) => "",
    }
}
