//! Whom a transaction is for. PostgreSQL lets each see its rows and no others (`migrations/postgres/…_row_security`), whatever
//! a query forgets to ask; SQLite leaves it to the queries.

use crate::reach::Reach;

pub use crate::dialect::scope::{beyond, for_session};

/// Whom a transaction is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Nobody: it sees no record, and writes none.
    Nobody,
    /// A caller, who sees what is in reach.
    Caller(Reach),
    /// A question about all rows of one table, and of nothing else.
    Table(Whole),
    /// The worker, which works for all divisions.
    Worker,
    /// A change of the schema, and of what is stored with it.
    Migration,
}

/// A table that is asked as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    /// How the queue stands, and whether a request was made before.
    Imports,
    /// Who presents a credential, and whether a request was made before.
    Tokens,
    /// Whether an id is taken, and whether a request was made before.
    Inspections,
    /// How far the feed has come.
    Verdicts,
}

impl From<Reach> for Scope {
    fn from(reach: Reach) -> Self {
        Self::Caller(reach)
    }
}

impl Whole {
    /// The name of the table.
    pub(crate) const fn table(self) -> &'static str {
        match self {
            Self::Imports => "imports",
            Self::Tokens => "tokens",
            Self::Inspections => "inspections",
            Self::Verdicts => "import_verdicts",
        }
    }
}

impl Scope {
    /// The settings that say it: names and values. What is not named is not set.
    pub(crate) fn settings(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Nobody => Vec::new(),
            Self::Caller(Reach::All) => vec![role("everything")],
            Self::Caller(Reach::Within(realm)) => vec![
                role("caller"),
                ("ducha.reach", list(realm.beginnings())),
                ("ducha.above", list(realm.above())),
            ],
            Self::Table(whole) => vec![(WHOLE, whole.table().to_owned())],
            Self::Worker => vec![role("worker")],
            Self::Migration => vec![role("migration")],
        }
    }
}

/// The setting that names a table to be seen whole.
pub(crate) const WHOLE: &str = "ducha.whole";

fn role(name: &str) -> (&'static str, String) {
    ("ducha.role", name.to_owned())
}

/// Codes as one setting holds them. A code with anything but digits and letters is no code, and reaches nothing.
fn list(codes: &[String]) -> String {
    let plain = |code: &&String| !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let codes: Vec<&str> = codes.iter().filter(plain).map(String::as_str).collect();
    codes.join(",")
}
