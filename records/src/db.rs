//! One connection to either database, and how it is opened.

use diesel::connection::SimpleConnection;
use diesel::{Connection, ConnectionError, PgConnection, SqliteConnection};

pub use multi::Db;

mod multi {
    #![allow(missing_docs, reason = "the derive writes public items without documentation")]

    use diesel::{PgConnection, SqliteConnection};

    /// A connection to PostgreSQL or to SQLite. A query written for it runs on both; what cannot be is in `dialect`.
    #[derive(diesel::MultiConnection)]
    pub enum Db {
        /// Production.
        Postgres(PgConnection),
        /// The embedded default.
        Sqlite(SqliteConnection),
    }
}

/// Which database a URL names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// `postgres://…` or `postgresql://…`
    Postgres,
    /// `sqlite://path`
    Sqlite,
}

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The URL names neither database.
    #[error(
        "the database URL must begin with sqlite:// or postgres://, found {found:?}; for example sqlite://ducha.db or postgres://user@host/ducha"
    )]
    UnknownUrl {
        /// What stood before the colon; the rest may hold a password.
        found: String,
    },
    /// The database did not answer, or refused.
    #[error("cannot open the database: {0}")]
    Refused(#[from] ConnectionError),
    /// The role could see rows that its caller does not reach.
    #[error(
        "the database role {role:?} is a superuser, has BYPASSRLS, or owns tables, so that row-level security would not hold. \
         Use a role that owns nothing, as deploy/postgres.sql makes them, or say `allow_owner = true` under [database] for \
         development.\n数据库角色“{role}”是超级用户、具有 BYPASSRLS 或拥有数据表，行级安全对它不起作用。请改用不拥有任何数据表的角色（见 \
         deploy/postgres.sql）；仅开发环境可在 [database] 下设置 allow_owner = true。"
    )]
    Privileged {
        /// The role.
        role: String,
    },
    /// It answered, but would not take our settings.
    #[error("cannot set up the database connection: {0}")]
    Settings(#[from] diesel::result::Error),
}

impl Backend {
    /// Reads the scheme of a database URL.
    ///
    /// # Errors
    /// [`OpenError::UnknownUrl`] for any other scheme.
    pub fn of(url: &str) -> Result<Self, OpenError> {
        match url.split_once("://").map(|(scheme, _)| scheme) {
            Some("postgres" | "postgresql") => Ok(Self::Postgres),
            Some("sqlite") => Ok(Self::Sqlite),
            other => Err(OpenError::UnknownUrl {
                found: other.unwrap_or("no scheme").to_owned(),
            }),
        }
    }
}

/// What every PostgreSQL connection says for itself: compiling a statement (jit) costs more than any of ours takes.
const POSTGRES_SETTINGS: &str = "SET client_min_messages = warning; SET TIME ZONE 'UTC'; SET jit = off";

/// What every SQLite connection must say for itself: a writer waits for another one for 30 s, a commit is on the disk
/// when it returns, readers never wait, and foreign keys hold.
///
/// A new file has pages of 16 KiB, which hold ten or more records each: measured on a ledger of 100,000 rows, a tenth less work
/// than with 4 KiB. A file keeps the size it was made with.
const SQLITE_SETTINGS: &str = "PRAGMA busy_timeout = 30000;
    PRAGMA page_size = 16384;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA cache_size = -16000;";

impl Db {
    /// Opens one connection. A missing SQLite file is made; its folder must exist.
    ///
    /// # Errors
    /// [`OpenError`] when the URL is no database's, or the database cannot be reached.
    pub fn open(url: &str) -> Result<Self, OpenError> {
        Ok(match Backend::of(url)? {
            Backend::Postgres => {
                let mut connection = PgConnection::establish(url)?;
                connection.batch_execute(POSTGRES_SETTINGS)?;
                Self::Postgres(connection)
            }
            Backend::Sqlite => {
                let mut connection = SqliteConnection::establish(url)?;
                connection.batch_execute(SQLITE_SETTINGS)?;
                Self::Sqlite(connection)
            }
        })
    }

    /// Which database this is.
    #[must_use]
    pub const fn backend(&self) -> Backend {
        match self {
            Self::Postgres(_) => Backend::Postgres,
            Self::Sqlite(_) => Backend::Sqlite,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_database_url_is_refused_without_repeating_its_password() {
        let refused = Backend::of("mysql://root:secret@host/db").unwrap_err().to_string();
        assert!(
            refused.contains("\"mysql\"") && !refused.contains("secret"),
            "{refused}"
        );
        assert!(Backend::of("ducha.db").is_err());
    }
}
