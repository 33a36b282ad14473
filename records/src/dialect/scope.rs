//! Whom a transaction is for, said to PostgreSQL in settings that end with it. SQLite keeps no rows back, and its
//! transactions begin where `records` wants them.

use diesel::RunQueryDsl;
use diesel::connection::{AnsiTransactionManager, SimpleConnection};
use diesel::dsl::sql;
use diesel::result::Error as QueryError;
use diesel::sql_types::{Nullable, Text};

use super::{commit, in_transaction, rollback};
use crate::db::Db;
use crate::scope::{Scope, WHOLE, Whole};

/// What a transaction is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// It reads one state of the database, and can change nothing.
    Read,
    /// It may change something.
    Write,
}

impl Access {
    const fn begin(self) -> &'static str {
        match self {
            Self::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            Self::Write => "BEGIN",
        }
    }
}

/// Runs `work` for whom `scope` says: all of it in one transaction.
pub(crate) fn within<T, E: From<QueryError>>(
    db: &mut Db,
    scope: &Scope,
    access: Access,
    work: impl FnOnce(&mut Db) -> Result<T, E>,
) -> Result<T, E> {
    match db {
        // A transaction here would keep a writer inside from taking its lock at once.
        Db::Sqlite(_) => return work(db),
        // One message to the server: it costs no more time than to begin.
        Db::Postgres(pg) => {
            let sql = format!("{}{}", access.begin(), said(scope, "SET LOCAL"));
            AnsiTransactionManager::begin_transaction_sql(pg, &sql)?;
        }
    }
    let outcome = work(db);
    match &outcome {
        Ok(_) => commit(db)?,
        // What went wrong before is what is to be told.
        Err(_) => drop(rollback(db)),
    }
    outcome
}

/// Says for whom a connection works until it is closed. It must not be one that is lent to others.
///
/// # Errors
/// The database's.
pub fn for_session(db: &mut Db, scope: &Scope) -> Result<(), QueryError> {
    match db {
        Db::Postgres(pg) => pg.batch_execute(&format!("SELECT 1{}", said(scope, "SET"))),
        Db::Sqlite(_) => Ok(()),
    }
}

/// Asks something about all rows of one table, inside a caller's transaction. What is found must not reach the caller.
///
/// # Errors
/// What `work` returns, or the database's.
pub fn beyond<T, E: From<QueryError>>(
    db: &mut Db,
    whole: Whole,
    work: impl FnOnce(&mut Db) -> Result<T, E>,
) -> Result<T, E> {
    if !in_transaction(db) {
        return work(db); // a connection of one program's own, which has said for whom it works
    }
    set_whole(db, whole.table())?;
    let outcome = work(db);
    match &outcome {
        Ok(_) => set_whole(db, "")?,
        // Where the transaction is broken it cannot be said, and need not be: nothing else is done in it.
        Err(_) => drop(set_whole(db, "")),
    }
    outcome
}

/// Works for all divisions, inside a caller's transaction: for what a change of one division's rows does to what others share.
/// That the caller may have it done was found before, and what others' rows say must not reach the caller.
pub(crate) fn for_all<T, E: From<QueryError>>(db: &mut Db, work: impl FnOnce(&mut Db) -> Result<T, E>) -> Result<T, E> {
    if !in_transaction(db) {
        return work(db); // a connection of one program's own, which has said for whom it works
    }
    let role = role(db)?;
    set_role(db, "everything")?;
    let outcome = work(db);
    match &outcome {
        Ok(_) => set_role(db, &role)?,
        // As in `beyond`: a savepoint that is taken back takes the setting back as well.
        Err(_) => drop(set_role(db, &role)),
    }
    outcome
}

/// For whom the transaction works: a plain word, or nothing.
fn role(db: &mut Db) -> Result<String, QueryError> {
    match db {
        Db::Postgres(pg) => {
            let said = sql::<Nullable<Text>>("current_setting('ducha.role', true)");
            Ok(diesel::select(said)
                .get_result::<Option<String>>(pg)?
                .unwrap_or_default())
        }
        Db::Sqlite(_) => Ok(String::new()),
    }
}

fn set_role(db: &mut Db, role: &str) -> Result<(), QueryError> {
    match db {
        Db::Postgres(pg) => pg.batch_execute(&format!("SET LOCAL ducha.role = '{role}'")),
        Db::Sqlite(_) => Ok(()),
    }
}

fn set_whole(db: &mut Db, table: &str) -> Result<(), QueryError> {
    match db {
        Db::Postgres(pg) => pg.batch_execute(&format!("SET LOCAL {WHOLE} = '{table}'")),
        Db::Sqlite(_) => Ok(()),
    }
}

/// The statements that say a scope. Its values hold nothing that could end the quotes.
fn said(scope: &Scope, set: &str) -> String {
    let settings = scope.settings().into_iter();
    settings
        .map(|(name, value)| format!("; {set} {name} = '{value}'"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reach::Reach;

    #[test]
    fn nobody_is_said_by_nothing() {
        assert_eq!(said(&Scope::Nobody, "SET LOCAL"), "");
        assert_eq!(
            said(&Scope::from(Reach::All), "SET LOCAL"),
            "; SET LOCAL ducha.role = 'everything'"
        );
        assert_eq!(
            said(&Scope::Table(Whole::Tokens), "SET"),
            "; SET ducha.whole = 'tokens'"
        );
    }
}
