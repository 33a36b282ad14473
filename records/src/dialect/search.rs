//! The full-text indexes: a `tsvector` column with GIN on PostgreSQL, an FTS5 table on SQLite. They differ in how they
//! are written, filled and asked; what is asked and what is answered is the same.

use diesel::dsl::sql;
use diesel::expression::BoxableExpression;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, SmallInt, Text};
use diesel::{Connection, PgConnection, SqliteConnection};

use crate::codes::RecordKind;
use crate::db::{Backend, Db};
use crate::search::{Phrase, Source};

diesel::table! {
    search_pieces (id) {
        id -> BigInt, // SQLite's only
        inspection_id -> Text,
        kind -> SmallInt,
        number -> Text,
    }
}

diesel::table! {
    search_tokens (rowid) { // SQLite's only
        rowid -> BigInt,
        tokens -> Text,
    }
}

diesel::allow_tables_to_appear_in_same_query!(search_pieces, search_tokens);

/// Replaces the pieces of the records `numbers`. Pieces are tokens separated by spaces, each with its record's number.
pub(crate) fn replace(
    db: &mut Db,
    inspection: &str,
    kind: RecordKind,
    numbers: &[String],
    pieces: &[(&str, String)],
) -> QueryResult<()> {
    if numbers.is_empty() {
        return Ok(());
    }
    match db {
        Db::Postgres(pg) => replace_on_postgres(pg, inspection, kind.code(), numbers, pieces),
        Db::Sqlite(lite) => replace_on_sqlite(lite, inspection, kind.code(), numbers, pieces),
    }
}

/// Two statements for all. A `tsvector` written out with its positions spares PostgreSQL its parser.
fn replace_on_postgres(
    pg: &mut PgConnection,
    inspection: &str,
    kind: i16,
    numbers: &[String],
    pieces: &[(&str, String)],
) -> QueryResult<()> {
    diesel::sql_query("DELETE FROM search_pieces WHERE inspection_id = $1 AND kind = $2 AND number = ANY($3)")
        .bind::<Text, _>(inspection)
        .bind::<SmallInt, _>(kind)
        .bind::<Array<Text>, _>(numbers)
        .execute(pg)?;
    let (numbers, vectors): (Vec<_>, Vec<_>) = pieces.iter().map(|(number, piece)| (*number, vector(piece))).unzip();
    diesel::sql_query(
        "INSERT INTO search_pieces (inspection_id, kind, number, tokens)
         SELECT $1, $2, piece.number, CAST(piece.tokens AS TSVECTOR) FROM UNNEST($3, $4) AS piece (number, tokens)",
    )
    .bind::<Text, _>(inspection)
    .bind::<SmallInt, _>(kind)
    .bind::<Array<Text>, _>(numbers)
    .bind::<Array<Text>, _>(vectors)
    .execute(pg)
    .map(drop)
}

/// `aaaa bbbb` as `aaaa:1 bbbb:2`.
fn vector(piece: &str) -> String {
    let words: Vec<_> = (1..)
        .zip(piece.split(' '))
        .map(|(position, token)| format!("{token}:{position}"))
        .collect();
    words.join(" ")
}

/// Prepared statements one by one, as SQLite is fastest with. The rowids join both tables.
fn replace_on_sqlite(
    lite: &mut SqliteConnection,
    inspection: &str,
    kind: i16,
    numbers: &[String],
    pieces: &[(&str, String)],
) -> QueryResult<()> {
    for number in numbers {
        let of_record = search_pieces::table
            .filter(search_pieces::inspection_id.eq(inspection))
            .filter(search_pieces::kind.eq(kind))
            .filter(search_pieces::number.eq(number));
        diesel::delete(search_tokens::table)
            .filter(search_tokens::rowid.eq_any(of_record.select(search_pieces::id)))
            .execute(lite)?;
        diesel::delete(of_record).execute(lite)?;
    }
    let last: Option<i64> = search_pieces::table
        .select(diesel::dsl::max(search_pieces::id))
        .first(lite)?;
    for (id, (number, tokens)) in (last.unwrap_or(0) + 1..).zip(pieces) {
        diesel::insert_into(search_pieces::table)
            .values((
                search_pieces::id.eq(id),
                search_pieces::inspection_id.eq(inspection),
                search_pieces::kind.eq(kind),
                search_pieces::number.eq(number),
            ))
            .execute(lite)?;
        diesel::insert_into(search_tokens::table)
            .values((search_tokens::rowid.eq(id), search_tokens::tokens.eq(tokens)))
            .execute(lite)?;
    }
    Ok(())
}

/// A condition on a record.
pub(crate) type Condition<'a, Table> =
    Box<dyn BoxableExpression<Table, <Db as Connection>::Backend, SqlType = Bool> + 'a>;

/// That a record of table `records` is one of `source`'s, behind the number `after`.
pub(crate) fn is_of<'a, Table: 'a>(
    backend: Backend,
    records: &str,
    kind: RecordKind,
    inspection: &'a str,
    after: &'a str,
    source: &Source,
) -> Condition<'a, Table> {
    let kind = kind.code();
    let stale = |after: i64| {
        format!(
            "(SELECT r.number FROM revisions r WHERE r.sequence > {after} AND r.kind = {kind} AND r.inspection_id = "
        )
    };
    match source {
        Source::Stale { after: sequence } => Box::new(
            sql::<Bool>(&format!("{records}.number IN {}", stale(*sequence)))
                .bind::<Text, _>(inspection)
                .sql(" AND r.number > ")
                .bind::<Text, _>(after)
                .sql(")"),
        ),
        Source::Index { phrase, stale_after } => {
            // A condition that is always true keeps both cases of one type.
            let fresh = stale_after.map_or_else(
                || " AND '' <> ".to_owned(),
                |sequence| format!(" AND {records}.number NOT IN {}", stale(sequence)),
            );
            let end = if stale_after.is_some() { ")" } else { "" };
            let (hits, wanted, rest) = hits(backend, phrase, kind);
            Box::new(
                sql::<Bool>(&format!("{records}.number IN ({hits}"))
                    .bind::<Text, _>(wanted)
                    .sql(rest)
                    .bind::<Text, _>(inspection)
                    .sql(" AND s.number > ")
                    .bind::<Text, _>(after)
                    .sql(&format!("){fresh}"))
                    .bind::<Text, _>(inspection)
                    .sql(end),
            )
        }
    }
}

/// The statement that asks the index, around the phrase as it wants it.
fn hits(backend: Backend, phrase: &Phrase, kind: i16) -> (String, String, &'static str) {
    let tokens = phrase.tokens();
    match backend {
        Backend::Postgres => (
            format!("SELECT s.number FROM search_pieces s WHERE s.kind = {kind} AND s.tokens @@ CAST("),
            tokens.join(" <-> "),
            " AS TSQUERY) AND s.inspection_id = ",
        ),
        // CROSS JOIN: SQLite is to ask the index first, whatever it thinks of the number of pieces.
        Backend::Sqlite => (
            format!(
                "SELECT s.number FROM search_tokens t CROSS JOIN search_pieces s ON s.id = t.rowid
                 WHERE s.kind = {kind} AND t.search_tokens MATCH "
            ),
            format!("\"{}\"", tokens.join(" ")),
            " AND s.inspection_id = ",
        ),
    }
}
