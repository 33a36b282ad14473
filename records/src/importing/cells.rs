//! What a cell says where its finding does not: a digest of the field as the record has it now, so that a reason for the
//! warning lapses when the cell changes and no text is kept twice.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, SmallInt, Text};
use sha2::{Digest, Sha256};

use super::plain;
use super::tables::Tables;
use crate::codes::RecordKind;
use crate::db::Db;
use crate::dialect;
use crate::hex::hex;
use crate::imports::Import;
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

/// The digest of a field as its record has it now; `None`: the field is not kept as it is written, or there is no record.
pub(crate) fn cell(
    db: &mut Db,
    inspection: &str,
    (kind, number, division): (i16, &str, &str),
    field: &str,
) -> QueryResult<Option<String>> {
    let Some((table, column, own)) = column(kind, field) else {
        return Ok(None);
    };
    let of_division = if own { "AND h.division = $3" } else { "AND $3 = $3" };
    let sql = format!(
        "SELECT h.number, '' AS division, COALESCE(CAST(h.{column} AS TEXT), '') AS text FROM {table} h
         WHERE h.inspection_id = $1 AND h.number = $2 {of_division}"
    );
    let said: Option<Said> = diesel::sql_query(sql)
        .bind::<Text, _>(inspection)
        .bind::<Text, _>(number)
        .bind::<Text, _>(division)
        .get_result(db)
        .optional()?;
    Ok(said.map(|said| digest(&said.text)))
}

/// Kind, number and division of a record.
pub(crate) type RecordKey = (i16, String, String);

/// The record that an import has in a row of a sheet, if it is from there still.
pub(crate) fn record_at(db: &mut Db, import: &Import, sheet: &str, row: Option<i64>) -> QueryResult<Option<RecordKey>> {
    let Some(row) = row else { return Ok(None) };
    let numbered = [RecordKind::Petition, RecordKind::Task].map(|kind| (kind.code(), Tables::of(kind).parts));
    let plain = plain::KINDS.iter().map(|kind| (kind.code(), kind.table));
    for (kind, table) in numbered.into_iter().chain(plain) {
        let sql = format!(
            "SELECT h.number, h.division, '' AS text FROM {table} h
             WHERE h.inspection_id = $1 AND h.import_id = $2 AND h.sheet = $3 AND h.row_number = $4 LIMIT 1"
        );
        let found: Option<Said> = diesel::sql_query(sql)
            .bind::<Text, _>(&import.inspection_id)
            .bind::<Text, _>(&import.id)
            .bind::<Text, _>(sheet)
            .bind::<BigInt, _>(row)
            .get_result(db)
            .optional()?;
        if let Some(found) = found {
            return Ok(Some((kind, found.number, found.division)));
        }
    }
    Ok(None)
}

fn digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
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
            cell: Some(digest(&said.text)),
        });
        dialect::stage_cells(db, &cells.collect::<Vec<_>>())?;
        if read < PIECE {
            return Ok(());
        }
        after += PIECE;
    }
}
