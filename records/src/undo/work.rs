//! The set of rows that is touched: known before anything changes, changed as a whole, and told.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::connection::SimpleConnection;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::tables::{Holds, Table};
use super::told::{self, As};
use crate::codes::RecordKind;
use crate::db::Db;
use crate::dialect;
use crate::figures::Counting;
use crate::importing::{Former, Tables, derived_sql, state_sql};
use crate::imports::Import;
use crate::schema_undo::undo_import;
use crate::verdicts::Span;

/// The temporary tables, in `tables.sql` and `watched.sql`.
const TABLES: [&str; 9] = [
    "undo_import",
    "undo_origins",
    "undo_rows",
    "undo_issues",
    "undo_later",
    "undo_changed",
    "undo_said",
    "undo_times",
    "undo_states",
];

/// What is taken back: an import, or what stands for one.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = undo_import, treat_none_as_default_value = false)]
pub(super) struct Subject<'a> {
    pub inspection_id: &'a str,
    /// Empty: a record is withdrawn.
    pub import_id: &'a str,
    pub reported_on: Option<NaiveDate>,
    /// The verdict that it was applied with.
    pub verdict: i64,
    /// Its revisions are those behind this one, up to `sequence`.
    pub after: i64,
    pub sequence: i64,
    pub at_utc: NaiveDateTime,
    no_hash: Vec<u8>,
}

impl<'a> Subject<'a> {
    /// An import that was applied.
    pub const fn import(import: &'a Import, span: Span, at_utc: NaiveDateTime) -> Self {
        Self {
            inspection_id: import.inspection_id.as_str(),
            import_id: import.id.as_str(),
            reported_on: import.reported_on,
            verdict: span.verdict,
            after: span.after,
            sequence: span.to,
            at_utc,
            no_hash: Vec::new(),
        }
    }

    /// One that is no import.
    pub const fn withdrawal(inspection_id: &'a str, at_utc: NaiveDateTime) -> Self {
        Self {
            inspection_id,
            import_id: "",
            reported_on: None,
            verdict: 0,
            after: 0,
            sequence: 0,
            at_utc,
            no_hash: Vec::new(),
        }
    }
}

/// Makes the tables, with the subject in them. In a transaction, which takes them along if it is taken back.
pub(super) fn begin(db: &mut Db, subject: &Subject<'_>) -> QueryResult<()> {
    end(db)?;
    let tables = include_str!("tables.sql").replace("{key}", dialect::key(db));
    db.batch_execute(&tables)?;
    diesel::insert_into(undo_import::table)
        .values(subject)
        .execute(db)
        .map(drop)
}

/// Takes the tables away.
pub(super) fn end(db: &mut Db) -> QueryResult<()> {
    for table in TABLES.iter().chain(&["undo_order", "undo_dates"]) {
        db.batch_execute(&format!("DROP TABLE IF EXISTS {table}"))?;
    }
    Ok(())
}

/// Changes the rows in `undo_rows` as it says, with everything that follows from them, and writes a revision of each.
/// Returns how many.
///
/// This is where records are taken back, by an undo as by a withdrawal: `undo_rows` has the kind, number and division of
/// every row that is touched, so that what is counted of petitions is taken off before and added after.
pub(super) fn change(db: &mut Db, tables: &[Table], by: &As<'_>, last_sequence: i64) -> QueryResult<i64> {
    db.batch_execute(include_str!("watched.sql"))?;
    dialect::analyze(db, "undo_rows")?;
    dialect::analyze(db, "undo_order")?;
    told::note_states(db, by.inspection_id)?;
    let counting = take_off(db, by.inspection_id)?;
    for table in tables {
        db.batch_execute(&table.fill(include_str!("change.sql")))?;
    }
    for table in tables {
        if let Holds::Parts(kind) = table.holds {
            let sql = Tables::of(kind).fill(&table.fill(include_str!("derive.sql")));
            db.batch_execute(&sql)?;
            db.batch_execute(derived_sql(kind))?;
            db.batch_execute(state_sql(kind))?;
            db.batch_execute("DROP TABLE derived; DROP TABLE verdicts; DROP TABLE stage_context")?;
        }
    }
    former(db)?;
    if let Some(mut counting) = counting {
        counting.add(db)?;
        counting.end(db, None)?;
    }
    db.batch_execute(include_str!("issues.sql"))?;
    told::write(db, by, last_sequence)
}

/// Takes off what the touched petitions count; `None`: no petition is touched.
fn take_off(db: &mut Db, inspection: &str) -> QueryResult<Option<Counting>> {
    let petitions = sql::<Bool>("EXISTS (SELECT 1 FROM undo_rows WHERE kind = 1)");
    if !diesel::select(petitions).get_result(db)? {
        return Ok(None);
    }
    let mut counting = Counting::begin(db, inspection, false)?;
    Counting::touch(db, "SELECT number FROM undo_rows WHERE kind = 1")?;
    counting.take_off(db)?;
    Ok(Some(counting))
}

/// Takes back what was said before, of what figures are made of.
fn former(db: &mut Db) -> QueryResult<()> {
    for (kind, former) in Former::all() {
        let part = if RecordKind::from_code(kind).is_some() {
            "TRUE"
        } else {
            "FALSE"
        };
        let sql = former
            .taken_back(include_str!("former.sql"))
            .replace("{kind}", &kind.to_string())
            .replace("{part}", part);
        db.batch_execute(&sql)?;
    }
    Ok(())
}
