//! What a cell says where its finding does not: a digest of the field as the record has it now, so that a reason for the
//! warning lapses when the cell changes and no text is kept twice.

use diesel::prelude::*;
use diesel::sql_types::{SmallInt, Text};
use sha2::{Digest, Sha256};

use super::plain;
use crate::codes::RecordKind;
use crate::db::Db;
use crate::dialect;
use crate::hex::hex;
use crate::json::names;
use crate::petitions::{HandlingContent, PetitionWording};
use crate::schema_stage::stage_cells;
use crate::tasks::{ProgressContent, TaskWording};

/// Cells are read in pieces of this many.
const PIECE: usize = 2_000;

/// A cell of a record: what its finding does not say.
#[derive(Debug, Clone, PartialEq, Eq, Insertable)]
#[diesel(table_name = stage_cells, treat_none_as_default_value = false)]
pub(crate) struct StagedCell {
    kind: i16,
    number: String,
    division: String,
    field: String,
    cell: Option<String>,
}

#[derive(QueryableByName)]
struct Said {
    #[diesel(sql_type = Text)]
    number: String,
    #[diesel(sql_type = Text)]
    division: String,
    #[diesel(sql_type = Text)]
    text: String,
}

/// Adds the digests of the cells in `stage_cells`, where their fields are kept as they are written.
pub(super) fn read(db: &mut Db) -> QueryResult<()> {
    let fields: Vec<(i16, String)> = stage_cells::table
        .select((stage_cells::kind, stage_cells::field))
        .distinct()
        .load(db)?;
    for (kind, field) in fields {
        if let Some(of) = column(kind, &field) {
            of_field(db, kind, &field, of)?;
        }
    }
    Ok(())
}

/// A column: its table, its name, and whether each division has its own.
type Column = (&'static str, String, bool);

fn column(kind: i16, field: &str) -> Option<Column> {
    let field = match field {
        "deadline" => "deadline_text",
        "done" => "done_text",
        "total" => "total_text",
        other => other,
    };
    let found = |table, own| Some((table, field.to_owned(), own));
    match RecordKind::from_code(kind) {
        Some(RecordKind::Petition) if names(&PetitionWording::default()).contains(field) => found("petitions", false),
        Some(RecordKind::Petition) if names(&HandlingContent::default()).contains(field) => found("handlings", true),
        Some(RecordKind::Task) if names(&TaskWording::default()).contains(field) => found("tasks", false),
        Some(RecordKind::Task) if names(&ProgressContent::default()).contains(field) => found("task_progress", true),
        Some(_) => None,
        None => {
            let plain = plain::KINDS.iter().find(|plain| plain.code() == kind)?;
            plain.columns().contains(&field).then(|| found(plain.table, true))?
        }
    }
}

fn of_field(db: &mut Db, kind: i16, field: &str, (table, column, own): Column) -> QueryResult<()> {
    let division = if own { "AND h.division = c.division" } else { "" };
    let sql = format!(
        "SELECT c.number, c.division, COALESCE(CAST(h.{column} AS TEXT), '') AS text
         FROM stage_cells c CROSS JOIN stage_import i
         JOIN {table} h ON h.inspection_id = i.inspection_id AND h.number = c.number {division}
         WHERE c.kind = $1 AND c.field = $2 AND c.cell IS NULL ORDER BY c.number, c.division LIMIT {PIECE} OFFSET "
    );
    let mut after = 0;
    loop {
        let said: Vec<Said> = diesel::sql_query(format!("{sql}{after}"))
            .bind::<SmallInt, _>(kind)
            .bind::<Text, _>(field)
            .load(db)?;
        let read = said.len();
        let cells = said.into_iter().map(|said| StagedCell {
            kind,
            number: said.number,
            division: said.division,
            field: field.to_owned(),
            cell: Some(hex(&Sha256::digest(said.text.as_bytes()))),
        });
        dialect::stage_cells(db, &cells.collect::<Vec<_>>())?;
        if read < PIECE {
            return Ok(());
        }
        after += PIECE;
    }
}
