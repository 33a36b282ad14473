//! The full-text indexes: a `tsvector` column with GIN on PostgreSQL, an FTS5 table on SQLite. They differ in how they
//! are written, filled and asked; what is asked and what is answered is the same.

use std::collections::BTreeSet;

use diesel::dsl::sql;
use diesel::expression::BoxableExpression;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, SmallInt, Text};
use diesel::{Connection, PgConnection, SqliteConnection};

use crate::codes::RecordKind;
use crate::db::{Backend, Db};
use crate::schema::revisions;
use crate::search::Phrase;

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

#[derive(QueryableByName)]
struct Hit {
    #[diesel(sql_type = Text)]
    number: String,
}

/// The numbers of all records that the index has `phrase` for, in order, those changed by revisions behind `stale_after`
/// left out; `None` where the index has more than `most` pieces with it.
///
/// PostgreSQL has functions for the index, which holds the texts of all divisions and is read by no caller.
pub(crate) fn few(
    db: &mut Db,
    inspection: &str,
    kind: RecordKind,
    phrase: &Phrase,
    stale_after: Option<i64>,
    most: usize,
) -> QueryResult<Option<Vec<String>>> {
    let (kind, rows) = (kind.code(), i64::try_from(most + 1).unwrap_or(i64::MAX));
    let hits: Vec<Hit> = match db {
        Db::Postgres(pg) => {
            diesel::sql_query("SELECT s.number FROM search_hits(CAST($1 AS TSQUERY), $2, $3, $4) AS s (number)")
                .bind::<Text, _>(on_postgres(phrase))
                .bind::<Text, _>(inspection)
                .bind::<SmallInt, _>(kind)
                .bind::<BigInt, _>(rows)
                .load(pg)?
        }
        // CROSS JOIN: the index first, then the pieces it names.
        Db::Sqlite(lite) => diesel::sql_query(
            "SELECT s.number FROM search_tokens CROSS JOIN search_pieces s ON s.id = search_tokens.rowid
             WHERE search_tokens MATCH ?1 AND s.inspection_id = ?2 AND s.kind = ?3 LIMIT ?4",
        )
        .bind::<Text, _>(on_sqlite(phrase))
        .bind::<Text, _>(inspection)
        .bind::<SmallInt, _>(kind)
        .bind::<BigInt, _>(rows)
        .load(lite)?,
    };
    if hits.len() > most {
        return Ok(None);
    }
    let mut numbers: BTreeSet<String> = hits.into_iter().map(|hit| hit.number).collect();
    if let Some(sequence) = stale_after {
        let changed: Vec<String> = revisions::table
            .filter(revisions::inspection_id.eq(inspection).and(revisions::kind.eq(kind)))
            .filter(revisions::sequence.gt(sequence))
            .filter(revisions::number.eq_any(&numbers))
            .select(revisions::number)
            .load(db)?;
        numbers.retain(|number| !changed.contains(number));
    }
    Ok(Some(numbers.into_iter().collect()))
}

fn on_postgres(phrase: &Phrase) -> String {
    phrase.tokens().join(" <-> ")
}

fn on_sqlite(phrase: &Phrase) -> String {
    format!("\"{}\"", phrase.tokens().join(" "))
}

/// A condition on a record.
pub(crate) type Condition<'a, Table> =
    Box<dyn BoxableExpression<Table, <Db as Connection>::Backend, SqlType = Bool> + 'a>;

/// That a record of table `records` was changed by a revision behind `sequence`. Inside, `after` is the listing's own: it
/// keeps the numbers few.
pub(crate) fn is_stale<'a, Table: 'a>(
    records: &str,
    kind: RecordKind,
    inspection: &'a str,
    after: &'a str,
    sequence: i64,
) -> Condition<'a, Table> {
    Box::new(
        sql::<Bool>(&format!("{records}.number IN {}", stale(kind, sequence)))
            .bind::<Text, _>(inspection)
            .sql(" AND r.number > ")
            .bind::<Text, _>(after)
            .sql(")"),
    )
}

/// That the index has a common `phrase` for a record of table `records`, one by one: a listing in the order of numbers
/// stops when its page is full, while the phrase has hits without end.
pub(crate) fn has_phrase<'a, Table: 'a>(
    backend: Backend,
    records: &str,
    kind: RecordKind,
    inspection: &'a str,
    phrase: &Phrase,
    stale_after: Option<i64>,
) -> Condition<'a, Table> {
    let code = kind.code();
    let (before, phrase, between, close) = match backend {
        Backend::Postgres => (
            "search_has(CAST(",
            on_postgres(phrase),
            format!(" AS TSQUERY), CAST({code} AS SMALLINT), {records}.number, "),
            ")",
        ),
        // CROSS JOIN: the pieces of the record first, then their tokens by rowid.
        Backend::Sqlite => (
            "EXISTS (SELECT 1 FROM search_pieces s CROSS JOIN search_tokens ON search_tokens.rowid = s.id
                WHERE search_tokens MATCH ",
            on_sqlite(phrase),
            format!(" AND s.kind = {code} AND s.number = {records}.number AND s.inspection_id = "),
            ")",
        ),
    };
    let found = sql::<Bool>(before)
        .bind::<Text, _>(phrase)
        .sql(&between)
        .bind::<Text, _>(inspection);
    match stale_after {
        None => Box::new(found.sql(close)),
        Some(sequence) => Box::new(
            found
                .sql(&format!(
                    "{close} AND {records}.number NOT IN {}",
                    stale(kind, sequence)
                ))
                .bind::<Text, _>(inspection)
                .sql(")"),
        ),
    }
}

/// The numbers of records changed by revisions behind `sequence`, up to where the inspection is to be bound.
fn stale(kind: RecordKind, sequence: i64) -> String {
    let kind = kind.code();
    format!(
        "(SELECT r.number FROM revisions r WHERE r.sequence > {sequence} AND r.kind = {kind} AND r.inspection_id = "
    )
}
