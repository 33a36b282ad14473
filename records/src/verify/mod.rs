//! Whether a database is whole: every kept hash, state, count and number is made anew from the records and compared, and every
//! row that is referred to is looked for.
//!
//! All of it looks at one state of the database, so that imports may go on meanwhile. Records go by in pages, and what needs
//! many at once is a statement of the database: memory does not grow with them.

mod check;
mod counts;
mod files;
mod hashes;
mod references;
mod sequences;
mod states;

use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};

pub use check::Check;
pub use files::{StoredFile, begin as begin_files, page as files_behind};

use crate::db::Db;
use crate::dialect::whole;
use crate::inspections;

/// Faults that one statement names; a fault of the program makes one or thousands.
const MOST: usize = 1_000;

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What was checked.
    pub check: Check,
    /// The inspection; empty where it belongs to none.
    pub inspection: String,
    /// What it is about: a table and a key, or a file.
    pub subject: String,
    /// What is stored, where that says more.
    pub kept: Option<String>,
    /// What it should be.
    pub wanted: Option<String>,
}

/// Who is told.
pub trait Observer {
    /// So many more rows were looked at.
    fn looked(&mut self, check: Check, rows: u64);
    /// Something is not as it should be. Of one kind and place at most about 1,000 are named.
    fn found(&mut self, fault: Fault);
}

/// Checks all but the files: see [`begin_files`].
///
/// The connection must see all rows, and may write temporary tables only.
///
/// # Errors
/// The database's; what it cannot read at all is such an error.
pub fn records(db: &mut Db, out: &mut dyn Observer) -> QueryResult<()> {
    for line in whole::damages(db)? {
        out.found(Fault::new(Check::Storage, "", line));
    }
    out.looked(Check::Storage, 1);
    whole::one_state(db, |db| {
        for inspection in inspections::ids(db)? {
            hashes::check(db, &inspection, out)?;
            states::check(db, &inspection, out)?;
            counts::petitions(db, &inspection, out)?;
        }
        references::check(db, out)?;
        sequences::check(db, out)?;
        counts::imports(db, out)
    })
}

impl Fault {
    /// One of which nothing else is to be said.
    #[must_use]
    pub fn new(check: Check, inspection: &str, subject: impl Into<String>) -> Self {
        Self {
            check,
            inspection: inspection.to_owned(),
            subject: subject.into(),
            kept: None,
            wanted: None,
        }
    }

    /// With what is stored and what it should be.
    #[must_use]
    pub fn told(mut self, kept: impl Into<String>, wanted: impl Into<String>) -> Self {
        self.kept = Some(kept.into());
        self.wanted = Some(wanted.into());
        self
    }
}

/// A fault as a statement finds it.
#[derive(Debug, QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    inspection: String,
    #[diesel(sql_type = Text)]
    subject: String,
    #[diesel(sql_type = Nullable<Text>)]
    kept: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    wanted: Option<String>,
}

#[derive(QueryableByName)]
struct Rows {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    rows: i64,
}

/// Tells what a statement finds: rows of `inspection`, `subject`, `kept` and `wanted`.
fn find(db: &mut Db, check: Check, sql: &str, out: &mut dyn Observer) -> QueryResult<()> {
    let found: Vec<Found> = diesel::sql_query(format!("{sql} LIMIT {MOST}")).load(db)?;
    for one in found {
        out.found(Fault {
            check,
            inspection: one.inspection,
            subject: one.subject,
            kept: one.kept,
            wanted: one.wanted,
        });
    }
    Ok(())
}

/// Tells how many rows a table has; `of` may narrow them.
fn look(db: &mut Db, check: Check, of: &str, out: &mut dyn Observer) -> QueryResult<()> {
    let counted: Rows = diesel::sql_query(format!("SELECT COUNT(*) AS rows FROM {of}")).get_result(db)?;
    out.looked(check, counted.rows.unsigned_abs());
    Ok(())
}
