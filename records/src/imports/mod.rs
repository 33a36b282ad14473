//! Imports: one row for each file handed in.

pub mod files;
mod names;
mod new;
pub mod planned;

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::codes::ImportState;
use crate::db::Db;
use crate::dialect;
use crate::page::Page;
use crate::reach::Reach;
use crate::schema::imports;
use crate::scope::{Whole, beyond};

pub use names::ImportNames;
pub use new::{MAX_ATTEMPTS, NewImport};

/// One file and what became of it. Times are UTC.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, QueryableByName, Selectable, Insertable)]
#[diesel(table_name = imports)]
pub struct Import {
    /// uuid version 7.
    pub id: String,
    /// The inspection it belongs to.
    pub inspection_id: String,
    /// Whose ledger it is; absent where the file does not say.
    pub division: Option<String>,
    /// As the client called it.
    pub file_name: String,
    /// 64 lower-case hexadecimal digits.
    pub file_sha256: String,
    /// Size of the file.
    pub file_bytes: i64,
    /// Who handed it in.
    pub submitter: String,
    /// Of the call that handed it in.
    pub request_id: Option<String>,
    /// [`crate::codes::Mode`].
    pub mode: i16,
    /// [`crate::codes::Acceptance`].
    pub acceptance: i16,
    /// Most rows that may be refused, in ten-thousandths of those read; any if absent.
    pub max_refused_share: Option<i32>,
    /// Whether its bytes are in the file store.
    pub stored: bool,
    /// [`ImportState`].
    pub state: i16,
    /// Whether it claims to hold every row; only a complete ledger can miss one.
    pub complete: bool,
    /// Ledger kinds found, separated by `|`.
    pub kinds: String,
    /// JSON: what became of each sheet.
    pub sheets: String,
    /// The reporting date written in the ledger, else the day of the import.
    pub reported_on: Option<NaiveDate>,
    /// Data rows: the sum of the four below.
    pub rows_read: i64,
    /// Rows whose record or part was not there.
    pub inserted: i64,
    /// Rows that changed something.
    pub updated: i64,
    /// Rows that say what is stored.
    pub unchanged: i64,
    /// Rows that were not taken.
    pub refused: i64,
    /// Findings that refuse.
    pub errors: i64,
    /// Findings that want a reason.
    pub warnings: i64,
    /// Findings to be known.
    pub notes: i64,
    /// Why the file as a whole was refused.
    pub error_code: Option<String>,
    /// The same in zh-CN.
    pub error_zh: Option<String>,
    /// The same in English.
    pub error_en: Option<String>,
    /// Whether its texts are in the search index.
    pub indexed: bool,
    /// What stands for everything that it changes; present once it was planned.
    pub plan_hash: Option<String>,
    /// Whether its verdict stands and the workbooks made of it are still to be written.
    pub copies_due: bool,
    /// Not to be claimed before.
    pub run_at_utc: NaiveDateTime,
    /// Claims after which it has failed.
    pub max_attempts: i32,
    /// Claims so far.
    pub attempt: i32,
    /// Raised by every claim.
    pub lease_token: i64,
    /// Until when its worker holds it.
    pub lease_until_utc: Option<NaiveDateTime>,
    /// Who holds it.
    pub worker: Option<String>,
    /// When it was handed in.
    pub created_at_utc: NaiveDateTime,
    /// When reading began.
    pub started_at_utc: Option<NaiveDateTime>,
    /// When it ended.
    pub finished_at_utc: Option<NaiveDateTime>,
}

/// Which imports are asked for; an empty list asks for all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportFilter {
    /// Division codes, matched exactly.
    pub divisions: Vec<String>,
    /// [`ImportState`]s.
    pub states: Vec<i16>,
    /// Not before this moment, UTC.
    pub created_from: Option<NaiveDateTime>,
    /// Before this moment, UTC.
    pub created_before: Option<NaiveDateTime>,
}

/// The import with this id.
///
/// # Errors
/// The database's.
pub fn get(db: &mut Db, id: &str) -> QueryResult<Option<Import>> {
    imports::table.find(id).select(Import::as_select()).first(db).optional()
}

/// Stores an import.
///
/// # Errors
/// The database's.
pub fn create(db: &mut Db, import: &Import) -> QueryResult<()> {
    diesel::insert_into(imports::table).values(import).execute(db).map(drop)
}

/// One page of an inspection's imports in reach, newest first, of those older than the id `before`.
///
/// # Errors
/// The database's.
pub fn list(
    db: &mut Db,
    reach: &Reach,
    inspection: &str,
    filter: &ImportFilter,
    before: Option<&str>,
    size: usize,
) -> QueryResult<Page<Import>> {
    let mut query = imports::table
        .filter(imports::inspection_id.eq(inspection))
        .into_boxed();
    if let Some(codes) = reach.codes() {
        query = query.filter(imports::division.eq_any(codes));
    }
    if let Some(before) = before {
        query = query.filter(imports::id.lt(before));
    }
    if !filter.divisions.is_empty() {
        query = query.filter(imports::division.eq_any(&filter.divisions));
    }
    if !filter.states.is_empty() {
        query = query.filter(imports::state.eq_any(&filter.states));
    }
    if let Some(from) = filter.created_from {
        query = query.filter(imports::created_at_utc.ge(from));
    }
    if let Some(until) = filter.created_before {
        query = query.filter(imports::created_at_utc.lt(until));
    }
    let rows = query
        .order(imports::id.desc())
        .limit(size as i64 + 1)
        .select(Import::as_select())
        .load(db)?;
    Ok(Page::cut(rows, size))
}

/// Whether the same bytes were applied to this inspection before.
///
/// # Errors
/// The database's.
pub fn was_applied(db: &mut Db, inspection: &str, file_sha256: &str) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(
        imports::table
            .filter(imports::inspection_id.eq(inspection))
            .filter(imports::file_sha256.eq(file_sha256))
            .filter(imports::state.eq_any([ImportState::Applied.code(), ImportState::AppliedInPart.code()])),
    ))
    .get_result(db)
}

/// How many ids one statement asks for: well below SQLite's limit of 32,766 parameters.
const IDS: usize = 1_000;

/// What the files of these imports were called, by import. It is told of records in reach, which may have come with the
/// ledger of a division above.
///
/// # Errors
/// The database's.
pub fn file_names(db: &mut Db, ids: &[String]) -> QueryResult<HashMap<String, String>> {
    let mut names = HashMap::with_capacity(ids.len());
    for ids in ids.chunks(IDS) {
        names.extend(dialect::file_names(db, ids)?);
    }
    Ok(names)
}

/// How many imports of the queue wait that came before this one, whoever's they are.
///
/// # Errors
/// The database's.
pub fn waiting_before(db: &mut Db, id: &str) -> QueryResult<i64> {
    beyond(db, Whole::Imports, |db| {
        imports::table
            .filter(imports::state.eq(ImportState::Received.code()))
            .filter(imports::stored)
            .filter(imports::id.lt(id))
            .count()
            .get_result(db)
    })
}

/// How many rows the ledger had that was applied last for the division of this import.
///
/// # Errors
/// The database's.
pub fn rows_of_last(db: &mut Db, import: &Import) -> QueryResult<Option<i64>> {
    imports::table
        .filter(imports::inspection_id.eq(&import.inspection_id))
        .filter(imports::division.eq(&import.division))
        .filter(imports::state.eq_any([ImportState::Applied.code(), ImportState::AppliedInPart.code()]))
        .filter(imports::id.lt(&import.id))
        .order(imports::id.desc())
        .select(imports::rows_read)
        .first(db)
        .optional()
}
