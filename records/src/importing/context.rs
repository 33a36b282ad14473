//! The one row the merge's statements read their values from, so that they need no parameters.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::db::Db;
use crate::schema_stage::stage_context;

/// Values of the import, the same for every row of one kind.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = stage_context)]
pub(super) struct Context {
    pub inspection_id: String,
    pub import_id: String,
    pub reported_on: NaiveDate,
    pub at_utc: NaiveDateTime,
    pub actor: String,
    pub kind: i16,
    pub register: bool,
    pub has_register: bool,
    pub seen_before: bool,
    pub last_sequence: i64,
    pub no_hash: Vec<u8>,
}

impl Context {
    /// Makes these the values the statements see.
    pub fn set(&self, db: &mut Db) -> QueryResult<()> {
        diesel::delete(stage_context::table).execute(db)?;
        diesel::insert_into(stage_context::table)
            .values(self)
            .execute(db)
            .map(drop)
    }
}
