//! Reporting dates that an import moved by saying again what was stored.
//!
//! What is said again is as young as the ledger that says it. When that ledger goes, the row has the date of the ledger that
//! wrote it, or of the last other one that said it again; and so have the images of it that later imports keep.

use std::collections::BTreeSet;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, SmallInt, Text};

use super::said::{self, Which};
use super::tables::Table;
use crate::db::Db;
use crate::imports::Import;

#[derive(QueryableByName)]
struct Place {
    #[diesel(sql_type = SmallInt)]
    kind: i16,
    #[diesel(sql_type = Text)]
    division: String,
    #[diesel(sql_type = BigInt)]
    low: i64,
}

#[derive(QueryableByName)]
struct Other {
    #[diesel(sql_type = Text)]
    import_id: String,
}

/// Gives rows and images back the dates they have without the import. Later imports are known.
pub(super) fn restore(db: &mut Db, tables: &[Table], import: &Import) -> QueryResult<()> {
    let inspection = &import.inspection_id;
    if !said::any(db, inspection, &import.id)? {
        return Ok(());
    }
    said::expand(db, inspection, &import.id, Which::Same, &|_, _| true)?;
    for table in tables {
        db.batch_execute(&table.fill(include_str!("times.sql")))?;
    }
    db.batch_execute("DELETE FROM undo_said")?;
    let places: Vec<Place> =
        diesel::sql_query("SELECT kind, division, MIN(low) AS low FROM undo_times GROUP BY kind, division").load(db)?;
    let Some(low) = places.iter().map(|place| place.low).min() else {
        return Ok(());
    };
    let own: BTreeSet<(i16, &str)> = places
        .iter()
        .map(|place| (place.kind, place.division.as_str()))
        .collect();
    for other in others(db, import, low)? {
        said::expand(db, inspection, &other.import_id, Which::Same, &|kind, division| {
            own.contains(&(kind, division))
        })?;
    }
    db.batch_execute(include_str!("times_others.sql"))?;
    for table in tables {
        db.batch_execute(&table.fill(include_str!("times_set.sql")))?;
    }
    Ok(())
}

/// Other imports applied behind the verdict `low` that stand.
fn others(db: &mut Db, import: &Import, low: i64) -> QueryResult<Vec<Other>> {
    diesel::sql_query(
        "SELECT v.import_id FROM import_verdicts v JOIN imports i ON i.id = v.import_id
         WHERE v.inspection_id = $1 AND v.verdict > $2 AND v.import_id <> $3 AND v.state IN (6, 7) AND i.state IN (6, 7)",
    )
    .bind::<Text, _>(&import.inspection_id)
    .bind::<BigInt, _>(low)
    .bind::<Text, _>(&import.id)
    .load(db)
}
