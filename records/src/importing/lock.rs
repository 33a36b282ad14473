//! The inspection's lock, under which ledgers become records.

use diesel::prelude::*;

use crate::db::Db;
use crate::inspections;
use crate::schema::inspections as table;

/// An inspection that is locked.
pub(crate) struct Locked {
    /// Sequence of its last revision.
    pub last_sequence: i64,
    /// The province has listed its petitions.
    pub petition_register: bool,
    /// The province has listed its tasks.
    pub task_register: bool,
    /// It has no record yet.
    pub is_empty: bool,
}

/// Takes the inspection's lock: from here on, imports of one inspection follow each other, and so do their revisions.
pub(crate) fn lock(db: &mut Db, inspection: &str) -> QueryResult<Locked> {
    inspections::hold(db, inspection)?;
    let (last_sequence, petition_register, task_register) = table::table
        .find(inspection)
        .select((table::last_sequence, table::petition_register, table::task_register))
        .first(db)?;
    Ok(Locked {
        last_sequence,
        petition_register,
        task_register,
        is_empty: last_sequence == 0,
    })
}

/// Lets the inspection go on from its last revision.
pub(super) fn unlock(db: &mut Db, inspection: &str, locked: &Locked) -> QueryResult<()> {
    diesel::update(table::table.find(inspection))
        .set((
            table::last_sequence.eq(locked.last_sequence),
            table::petition_register.eq(locked.petition_register),
            table::task_register.eq(locked.task_register),
        ))
        .execute(db)
        .map(drop)
}
