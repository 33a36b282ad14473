//! How a program goes into its database: under which role, and with which limits.
//!
//! What keeps the rows of a division from the others (`migrations/postgres/…_row_security`) does not hold for a superuser, nor
//! for a role with BYPASSRLS, and the owner of a table could take it away. So no server goes in as one. A worker may have
//! BYPASSRLS: it works for all divisions, and PostgreSQL copies nothing into tables that are guarded.

mod file;

use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

pub use file::{DatabaseTable, database_table};

use crate::db::{Db, OpenError};
use crate::scope::{Scope, for_session};

/// Whether a privileged role may go in, unless someone says so: no.
pub const ALLOW_OWNER: bool = false;

/// How a program goes into its database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// URL of the database.
    pub url: String,
    /// Whether a role may go in that owns tables, is a superuser or has BYPASSRLS (which a worker's may): for development.
    pub allow_owner: bool,
    /// What a connection may do for how long; none: as the database has it.
    pub limits: Option<Limits>,
}

/// For how long PostgreSQL lets a connection go on. Zero: for ever; none: as the database has it.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// One statement.
    pub statement: Option<Duration>,
    /// Waiting for a lock.
    pub lock: Option<Duration>,
    /// Doing nothing inside a transaction.
    pub idle_in_transaction: Option<Duration>,
}

impl Login {
    /// As whoever the URL names, without limits.
    #[must_use]
    pub fn anybody(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            allow_owner: true,
            limits: None,
        }
    }

    /// Opens one connection.
    ///
    /// # Errors
    /// [`OpenError::Privileged`] where the role may not go in; the others of [`Db::open`].
    pub fn open(&self) -> Result<Db, OpenError> {
        self.admitted(false)
    }

    fn admitted(&self, may_bypass: bool) -> Result<Db, OpenError> {
        let mut db = Db::open(&self.url)?;
        if !self.allow_owner {
            admitted(&mut db, may_bypass)?;
        }
        if let (Some(limits), Db::Postgres(pg)) = (self.limits, &mut db) {
            pg.batch_execute(&limits.settings())?;
        }
        Ok(db)
    }

    /// Opens a connection that works for one purpose alone.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_for(&self, scope: &Scope) -> Result<Db, OpenError> {
        let mut db = self.admitted(*scope == Scope::Worker)?;
        for_session(&mut db, scope)?;
        Ok(db)
    }
}

impl Limits {
    fn settings(self) -> String {
        [
            ("statement_timeout", self.statement),
            ("lock_timeout", self.lock),
            ("idle_in_transaction_session_timeout", self.idle_in_transaction),
        ]
        .into_iter()
        .filter_map(|(name, limit)| Some(format!("SET {name} = {};", limit?.as_millis())))
        .collect()
    }
}

#[derive(QueryableByName)]
struct Role {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Bool)]
    privileged: bool,
    #[diesel(sql_type = Bool)]
    bypasses: bool,
    #[diesel(sql_type = Bool)]
    owns: bool,
}

/// What the role is, and what it could become by `SET ROLE`.
const ROLE: &str = "
    SELECT CAST(session_user AS TEXT) AS name,
        EXISTS (
            SELECT 1 FROM pg_roles r
            WHERE r.rolsuper
                AND (pg_has_role(session_user, r.oid, 'MEMBER') OR r.rolname = current_user)
        ) AS privileged,
        EXISTS (
            SELECT 1 FROM pg_roles r
            WHERE r.rolbypassrls
                AND (pg_has_role(session_user, r.oid, 'MEMBER') OR r.rolname = current_user)
        ) AS bypasses,
        EXISTS (
            SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
                AND pg_has_role(session_user, c.relowner, 'MEMBER')
        ) AS owns";

/// Refuses a role for which row-level security would not hold, unless it `may_bypass` that.
fn admitted(db: &mut Db, may_bypass: bool) -> Result<(), OpenError> {
    let Db::Postgres(pg) = db else { return Ok(()) };
    let role: Role = diesel::sql_query(ROLE).get_result(pg)?;
    if role.privileged || role.owns || role.bypasses && !may_bypass {
        return Err(OpenError::Privileged { role: role.name });
    }
    Ok(())
}
