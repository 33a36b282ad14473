//! The days of petitions from their records.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::{Handed, Part, Petition, Said};
use crate::db::Db;
use crate::schema::{handlings, petitions};
use crate::schema_counts::former_handlings as former;

/// Petitions that are read at once.
const PIECE: i64 = 1_000;

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = Text)]
    number: String,
}

/// The next touched petitions, behind a number.
///
/// # Errors
/// The database's.
pub(crate) fn numbers(db: &mut Db, after: &str) -> QueryResult<Vec<String>> {
    let numbers: Vec<Number> =
        diesel::sql_query("SELECT number FROM count_touched WHERE number > $1 ORDER BY number LIMIT $2")
            .bind::<Text, _>(after)
            .bind::<BigInt, _>(PIECE)
            .load(db)?;
    Ok(numbers.into_iter().map(|row| row.number).collect())
}

#[derive(Queryable)]
struct PetitionRow {
    number: String,
    batch: Option<i32>,
    channel: Option<i16>,
    key_case: bool,
    pollution_kinds: i32,
    received_on: Option<NaiveDate>,
    since_on: Option<NaiveDate>,
    reported_on: NaiveDate,
}

/// Of a part: where it stands, and since when it says that.
#[derive(Queryable)]
struct PartRow {
    number: String,
    division: String,
    reported: bool,
    since_on: Option<NaiveDate>,
    reported_on: NaiveDate,
    says: Says,
}

#[derive(Queryable)]
struct FormerRow {
    number: String,
    division: String,
    since_on: NaiveDate,
    says: Says,
}

/// What it says.
#[derive(Queryable)]
struct Says {
    conclusion: i16,
    concluded_on: Option<NaiveDate>,
    substantiated: Option<i16>,
    ordered: Option<i32>,
    penalised: Option<i32>,
    fine_fen: Option<i64>,
    criminal_cases: Option<i32>,
    admin_detained: Option<i32>,
    criminal_detained: Option<i32>,
    interviewed: Option<i32>,
    accountable: Option<i32>,
}

/// Petitions as their days follow from them; numbers that have no record are left out.
///
/// # Errors
/// The database's.
pub(crate) fn of(db: &mut Db, inspection: &str, numbers: &[String]) -> QueryResult<Vec<Petition>> {
    let mut parts = parts(db, inspection, numbers)?;
    for row in former_rows(db, inspection, numbers)? {
        // What was said of a part that is not there any more counts no more.
        let of_number = parts.get_mut(&row.number).into_iter().flatten();
        if let Some(part) = of_number.into_iter().find(|part| part.division == row.division) {
            part.said.push(row.says.since(row.since_on));
            part.said.sort_by_key(|said| said.since_on);
        }
    }
    let rows: Vec<PetitionRow> = petitions::table
        .filter(petitions::inspection_id.eq(inspection))
        .filter(petitions::number.eq_any(numbers))
        .select((
            petitions::number,
            petitions::batch,
            petitions::channel,
            petitions::key_case,
            petitions::pollution_kinds,
            petitions::received_on,
            petitions::since_on,
            petitions::reported_on,
        ))
        .load(db)?;
    let petition = |row: PetitionRow| Petition {
        handed: Handed::of(row.batch, row.channel, row.key_case, row.pollution_kinds),
        come_in: row.received_on.or(row.since_on).unwrap_or(row.reported_on),
        parts: parts.remove(&row.number).unwrap_or_default(),
    };
    Ok(rows.into_iter().map(petition).collect())
}

/// The parts of petitions, with what they say now.
fn parts(db: &mut Db, inspection: &str, numbers: &[String]) -> QueryResult<HashMap<String, Vec<Part>>> {
    let rows: Vec<PartRow> = handlings::table
        .filter(handlings::inspection_id.eq(inspection))
        .filter(handlings::number.eq_any(numbers))
        .select((
            handlings::number,
            handlings::division,
            handlings::reported,
            handlings::since_on,
            handlings::reported_on,
            (
                handlings::conclusion,
                handlings::concluded_on,
                handlings::substantiated,
                handlings::ordered,
                handlings::penalised,
                handlings::fine_fen,
                handlings::criminal_cases,
                handlings::admin_detained,
                handlings::criminal_detained,
                handlings::interviewed,
                handlings::accountable,
            ),
        ))
        .load(db)?;
    let mut parts: HashMap<String, Vec<Part>> = HashMap::new();
    for row in rows {
        let since_on = row.since_on.unwrap_or(row.reported_on);
        let said = row.reported.then(|| row.says.since(since_on));
        parts.entry(row.number).or_default().push(Part {
            division: row.division,
            said: said.into_iter().collect(),
        });
    }
    Ok(parts)
}

fn former_rows(db: &mut Db, inspection: &str, numbers: &[String]) -> QueryResult<Vec<FormerRow>> {
    former::table
        .filter(former::inspection_id.eq(inspection))
        .filter(former::number.eq_any(numbers))
        .select((
            former::number,
            former::division,
            former::since_on,
            (
                former::conclusion,
                former::concluded_on,
                former::substantiated,
                former::ordered,
                former::penalised,
                former::fine_fen,
                former::criminal_cases,
                former::admin_detained,
                former::criminal_detained,
                former::interviewed,
                former::accountable,
            ),
        ))
        .load(db)
}

impl Says {
    fn since(self, since_on: NaiveDate) -> Said {
        let count = |count: Option<i32>| count.map_or(0, i64::from);
        Said {
            since_on,
            conclusion: self.conclusion,
            concluded_on: self.concluded_on,
            substantiated: self.substantiated,
            measures: [
                count(self.ordered),
                count(self.penalised),
                self.fine_fen.unwrap_or(0),
                count(self.criminal_cases),
                count(self.admin_detained),
                count(self.criminal_detained),
                count(self.interviewed),
                count(self.accountable),
            ],
        }
    }
}
