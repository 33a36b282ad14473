//! What rows change that say what is stored, and were told so while the file was read ([`Known`]).

use diesel::prelude::*;
use diesel::sql_types::{Date, SmallInt, Text};

use super::commit::{Ledger, context};
use super::former::Former;
use super::known::Known;
use super::merge::SEPARATOR;
use crate::codes::RecordKind;
use crate::db::Db;
use crate::figures::Counting;

/// Notes the known rows as rows that change nothing.
pub(super) fn note(db: &mut Db, ledger: &Ledger) -> QueryResult<()> {
    diesel::sql_query(include_str!("said_known.sql").replace("{separator}", SEPARATOR))
        .bind::<Text, _>(&ledger.import.inspection_id)
        .bind::<Text, _>(&ledger.import.id)
        .execute(db)
        .map(drop)
}

/// Known rows make their parts as young as the ledger that says them again.
pub(super) fn again(db: &mut Db, known: &Known, ledger: &Ledger) -> QueryResult<()> {
    if known.youngest.is_some_and(|youngest| youngest > ledger.reported_on) {
        before(db, known, ledger)?;
    }
    if known.oldest.is_none_or(|oldest| oldest >= ledger.reported_on) {
        return Ok(());
    }
    for kind in [RecordKind::Petition, RecordKind::Task] {
        let part = Former::numbered(kind).part;
        let sql = format!(
            "UPDATE {part} SET since_on = COALESCE({part}.since_on, {part}.reported_on), reported_on = $1
             FROM stage_known k
             WHERE {part}.inspection_id = $2 AND k.kind = $3 AND {part}.number = k.number
                 AND {part}.division = k.division AND {part}.reported_on < $1"
        );
        diesel::sql_query(sql)
            .bind::<Date, _>(ledger.reported_on)
            .bind::<Text, _>(&ledger.import.inspection_id)
            .bind::<SmallInt, _>(kind.code())
            .execute(db)?;
    }
    Ok(())
}

/// Known rows of an older ledger say since when their parts say what they do: that is counted by day.
fn before(db: &mut Db, known: &Known, ledger: &Ledger) -> QueryResult<()> {
    let mut counting = Counting::begin(db, &ledger.import.inspection_id, false)?;
    let petitions = RecordKind::Petition.code();
    Counting::touch(db, &format!("SELECT number FROM stage_known WHERE kind = {petitions}"))?;
    counting.take_off(db)?;
    for kind in [RecordKind::Petition, RecordKind::Task] {
        context(ledger, known.sequence, (kind.code(), false), false).set(db)?;
        Former::numbered(kind).known(db, kind)?;
    }
    if counting.is_kept() {
        counting.add(db)?;
        counting.end(db, None)?;
    }
    Ok(())
}
