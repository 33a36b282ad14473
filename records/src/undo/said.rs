//! Rows of imports that changed nothing, taken apart: they are kept some hundred in a row.

use diesel::prelude::*;

use crate::db::Db;
use crate::dialect;
use crate::importing::SEPARATOR;
use crate::schema::said_again;
use crate::schema_undo::undo_said;

/// One row of an import that changed nothing.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = undo_said, treat_none_as_default_value = false)]
pub(crate) struct SaidRow {
    import_id: String,
    kind: i16,
    number: String,
    division: String,
}

/// Of which rows something is wanted: kinds, and the divisions whose parts they are.
pub(super) type Wanted<'a> = &'a dyn Fn(i16, &str) -> bool;

/// Rows that changed nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// They say what is stored.
    Same,
    /// They were older than what is stored.
    Late,
    /// Both.
    Any,
}

/// Puts rows of an import into `undo_said`.
pub(super) fn expand(db: &mut Db, inspection: &str, import: &str, which: Which, wanted: Wanted<'_>) -> QueryResult<()> {
    let pieces: Vec<(i16, String, bool)> = said_again::table
        .filter(
            said_again::inspection_id
                .eq(inspection)
                .and(said_again::import_id.eq(import)),
        )
        .select((said_again::kind, said_again::division, said_again::late))
        .distinct()
        .load(db)?;
    for (kind, division, is_late) in pieces {
        let other = if is_late { Which::Same } else { Which::Late };
        if which == other || !wanted(kind, &division) {
            continue;
        }
        let lists: Vec<String> = said_again::table
            .filter(
                said_again::inspection_id
                    .eq(inspection)
                    .and(said_again::import_id.eq(import)),
            )
            .filter(said_again::kind.eq(kind).and(said_again::division.eq(&division)))
            .filter(said_again::late.eq(is_late))
            .select(said_again::numbers)
            .load(db)?;
        for numbers in lists {
            let rows = numbers.split(SEPARATOR).map(|number| SaidRow {
                import_id: import.to_owned(),
                kind,
                number: number.to_owned(),
                division: division.clone(),
            });
            dialect::undo_said(db, &rows.collect::<Vec<_>>())?;
        }
    }
    Ok(())
}

/// Whether an import has any row that says what is stored.
pub(super) fn any(db: &mut Db, inspection: &str, import: &str) -> QueryResult<bool> {
    let rows = said_again::table
        .filter(
            said_again::inspection_id
                .eq(inspection)
                .and(said_again::import_id.eq(import)),
        )
        .filter(said_again::late.eq(false));
    diesel::select(diesel::dsl::exists(rows)).get_result(db)
}

/// Forgets the rows of an import that does not stand any more.
pub(super) fn forget(db: &mut Db, inspection: &str, import: &str) -> QueryResult<()> {
    let rows = said_again::table.filter(
        said_again::inspection_id
            .eq(inspection)
            .and(said_again::import_id.eq(import)),
    );
    diesel::delete(rows).execute(db).map(drop)
}
