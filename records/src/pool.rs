//! The pool of connections an asynchronous server works with.
//!
//! diesel is synchronous: a query runs on a blocking thread through `interact`. A connection is pinged before it is
//! lent again only when it has rested for a second or its last use failed, so that a busy pool costs no extra queries
//! and a database that went away and came back is noticed.

use std::time::Duration;

use deadpool::Runtime;
use deadpool::managed::{self, Metrics, PoolError, RecycleError, RecycleResult, TimeoutType};
use deadpool_sync::SyncWrapper;
use diesel::RunQueryDsl;
use diesel::result::{DatabaseErrorKind, Error as QueryError};

use crate::db::{Db, OpenError};
use crate::dialect::scope::{Access, within};
use crate::imports::ImportNames;
use crate::login::Login;
use crate::scope::Scope;

/// How long a connection may rest before it is pinged.
const REST: Duration = Duration::from_secs(1);
/// How long a caller waits for a free connection before it is told that the database is busy.
const WAIT: Duration = Duration::from_secs(5);

/// Why a query through the pool gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// No connection could be had.
    #[error("the database cannot be reached: {0}")]
    Unavailable(String),
    /// Every connection was in use for too long.
    #[error("no connection came free within {} s", WAIT.as_secs())]
    Busy,
    /// The query failed.
    #[error("a database query failed: {0}")]
    Query(#[from] QueryError),
}

impl DatabaseError {
    /// Whether the database, and not the query, is what failed.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        match self {
            Self::Unavailable(_) | Self::Query(QueryError::BrokenTransactionManager) => true,
            Self::Query(QueryError::DatabaseError(kind, info)) => match kind {
                DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand => true,
                // What libpq says when the server goes away in the middle of a query, and SQLite of a lock held too long.
                DatabaseErrorKind::Unknown => says(info.message(), &AWAY),
                _ => false,
            },
            Self::Query(_) | Self::Busy => false,
        }
    }

    /// Whether the query had to wait for too long, for a connection or a lock, or took too long.
    #[must_use]
    pub fn is_overloaded(&self) -> bool {
        match self {
            Self::Busy => true,
            Self::Query(QueryError::DatabaseError(_, info)) => says(info.message(), &SLOW),
            _ => false,
        }
    }

    /// Whether a table or a column is not there: the database was not brought to the newest schema.
    #[must_use]
    pub fn lacks_schema(&self) -> bool {
        match self {
            Self::Query(QueryError::DatabaseError(_, info)) => says(info.message(), &MISSING),
            _ => false,
        }
    }
}

const AWAY: [&str; 6] = [
    "closed the connection",
    "no connection to the server",
    "terminating connection",
    "shutting down",
    "starting up",
    "database is locked",
];
/// What PostgreSQL says when a limit of its connection ends a statement.
const SLOW: [&str; 2] = ["due to statement timeout", "due to lock timeout"];
/// What SQLite and PostgreSQL say; diesel has no kind of its own for it.
const MISSING: [&str; 3] = ["no such table", "no such column", "does not exist"];

fn says(message: &str, signs: &[&str]) -> bool {
    signs.iter().any(|sign| message.contains(sign))
}

/// A connection of the pool.
struct Lent {
    db: Db,
    /// The last use ended in an error that may be the connection's.
    suspect: bool,
}

struct Manager {
    login: Login,
}

impl managed::Manager for Manager {
    type Type = SyncWrapper<Lent>;
    type Error = OpenError;

    async fn create(&self) -> Result<Self::Type, OpenError> {
        let login = self.login.clone();
        SyncWrapper::new(Runtime::Tokio1, move || {
            Ok(Lent {
                db: login.open()?,
                suspect: false,
            })
        })
        .await
    }

    async fn recycle(&self, lent: &mut Self::Type, metrics: &Metrics) -> RecycleResult<OpenError> {
        let suspect = match lent.try_lock() {
            Ok(lent) => lent.suspect,
            Err(_) => return Err(RecycleError::message("the connection was lost in a panic")),
        };
        if !suspect && metrics.last_used() < REST {
            return Ok(());
        }
        let pinged = lent.interact(|lent| {
            diesel::sql_query("SELECT 1").execute(&mut lent.db)?;
            lent.suspect = false;
            Ok::<(), QueryError>(())
        });
        match pinged.await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(RecycleError::Backend(error.into())),
            Err(_) => Err(RecycleError::message("the connection was lost in a panic")),
        }
    }
}

/// How a pool is used at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolUse {
    /// Connections that queries run on.
    pub in_use: usize,
    /// Connections that are open and rest.
    pub idle: usize,
    /// Queries that wait for a connection.
    pub waiting: usize,
}

/// A pool of connections to one database.
#[derive(Clone)]
pub struct Database {
    pool: managed::Pool<Manager>,
    names: ImportNames,
}

impl Database {
    /// A pool of up to `size` connections. None is opened yet: a database that is down is found by the first query.
    ///
    /// # Errors
    /// [`OpenError::UnknownUrl`] when the URL is no database's.
    pub fn new(login: Login, size: usize) -> Result<Self, OpenError> {
        crate::db::Backend::of(&login.url)?;
        let pool = managed::Pool::builder(Manager { login })
            .max_size(size)
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(WAIT))
            .create_timeout(Some(WAIT))
            .recycle_timeout(Some(WAIT))
            .build()
            .map_err(|error| OpenError::Refused(diesel::ConnectionError::BadConnection(error.to_string())))?;
        Ok(Self {
            pool,
            names: ImportNames::default(),
        })
    }

    /// What the files of its imports are called.
    #[must_use]
    pub fn import_names(&self) -> ImportNames {
        self.names.clone()
    }

    /// How it is used now.
    #[must_use]
    pub fn in_use(&self) -> PoolUse {
        let status = self.pool.status();
        PoolUse {
            in_use: status.size.saturating_sub(status.available),
            idle: status.available,
            waiting: status.waiting,
        }
    }

    /// Runs `query`, which only reads, for whom `scope` says, on a connection of the pool and a thread that may block. On
    /// PostgreSQL all of it sees one state of the database.
    ///
    /// # Errors
    /// [`DatabaseError`] turned into the caller's error when no connection can be had; else what `query` returns.
    pub async fn read<T, E>(
        &self,
        scope: impl Into<Scope>,
        query: impl FnOnce(&mut Db) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DatabaseError> + From<QueryError> + Send + 'static,
    {
        self.run(scope.into(), Access::Read, query).await
    }

    /// The same for a `query` that may change something. On PostgreSQL all of it happens, or none.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub async fn write<T, E>(
        &self,
        scope: impl Into<Scope>,
        query: impl FnOnce(&mut Db) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DatabaseError> + From<QueryError> + Send + 'static,
    {
        self.run(scope.into(), Access::Write, query).await
    }

    async fn run<T, E>(
        &self,
        scope: Scope,
        access: Access,
        query: impl FnOnce(&mut Db) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DatabaseError> + From<QueryError> + Send + 'static,
    {
        let lent = self.pool.get().await.map_err(|error| unavailable(&error))?;
        // What is logged on the other thread still belongs to the call.
        let span = tracing::Span::current();
        let answer = lent.interact(move |lent| {
            let _inside = span.entered();
            let answer = within(&mut lent.db, &scope, access, query);
            lent.suspect = answer.is_err();
            answer
        });
        answer
            .await
            .unwrap_or_else(|error| Err(DatabaseError::Unavailable(error.to_string()).into()))
    }
}

fn unavailable(error: &PoolError<OpenError>) -> DatabaseError {
    match error {
        PoolError::Timeout(TimeoutType::Wait) => DatabaseError::Busy,
        other => DatabaseError::Unavailable(other.to_string()),
    }
}
