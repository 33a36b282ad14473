//! Reading petitions with their parts: two statements each, whatever is asked.

use diesel::prelude::*;

use super::filter::{PetitionFilter, Query};
use super::row::{Handling, Petition, PetitionWithParts, handling_row, petition_row};
use super::{handling_columns, wording_columns};
use crate::codes::RecordKind;
use crate::db::Db;
use crate::dialect;
use crate::page::Page;
use crate::reach::Reach;
use crate::schema::{handlings, petitions};
use crate::search::{self, Source, Wanted};

const KIND: RecordKind = RecordKind::Petition;

/// The petition with this number and its parts, as far as they are in reach; none if none of it is.
///
/// # Errors
/// The database's.
pub fn get(db: &mut Db, reach: &Reach, inspection: &str, number: &str) -> QueryResult<Option<PetitionWithParts>> {
    let petition: Option<Petition> = petitions::table
        .find((inspection, number))
        .select(petition_row!())
        .first(db)
        .optional()?;
    let Some(petition) = petition else {
        return Ok(None);
    };
    let handlings = handlings::table
        .filter(
            handlings::inspection_id
                .eq(inspection)
                .and(handlings::number.eq(number)),
        )
        .order(handlings::division)
        .select(handling_row!())
        .load(db)?;
    Ok(within(reach, PetitionWithParts { petition, handlings }))
}

/// Those of these petitions that there are, by number, with their parts, as far as they are in reach.
///
/// # Errors
/// The database's.
pub fn batch(db: &mut Db, reach: &Reach, inspection: &str, numbers: &[String]) -> QueryResult<Vec<PetitionWithParts>> {
    let rows = petitions::table
        .filter(
            petitions::inspection_id
                .eq(inspection)
                .and(petitions::number.eq_any(numbers)),
        )
        .order(petitions::number)
        .select(petition_row!())
        .load(db)?;
    with_parts(db, reach, inspection, rows, false)
}

/// One page of an inspection's petitions by number, behind the number `after`, with their parts, as far
/// as they are in reach.
///
/// # Errors
/// The database's, and `QueryBuilderError` for a text that [`search::Phrase`] refuses.
pub fn list(
    db: &mut Db,
    reach: &Reach,
    inspection: &str,
    filter: &PetitionFilter,
    after: &str,
    size: usize,
) -> QueryResult<Page<PetitionWithParts>> {
    let Some(text) = &filter.text else {
        let rows = load(db, page_query(reach, inspection, filter, after, size + 1))?;
        let Page { rows, more } = Page::cut(rows, size);
        let gapless = *reach == Reach::All && *filter == PetitionFilter::default();
        let rows = with_parts(db, reach, inspection, rows, gapless)?;
        return Ok(Page { rows, more });
    };
    let wanted = Wanted {
        // The index knows the texts of all parts, those out of reach too.
        compare: *reach != Reach::All,
        inspection,
        kind: KIND,
        text,
        after,
        size,
    };
    search::page(db, &wanted, |db, source, after, rows| {
        let query = page_query(reach, inspection, filter, after, rows);
        let query = match source {
            Source::Known(numbers) => query.filter(petitions::number.eq_any(numbers)),
            Source::Common { phrase, stale_after } => query.filter(dialect::search::has_phrase(
                db.backend(),
                "petitions",
                KIND,
                inspection,
                phrase,
                *stale_after,
            )),
            Source::Stale { after: sequence } => query.filter(dialect::search::is_stale(
                "petitions",
                KIND,
                inspection,
                after,
                *sequence,
            )),
        };
        let rows = load(db, query)?;
        with_parts(db, reach, inspection, rows, false)
    })
}

/// The first rows behind the number `after`, all conditions but the text applied.
fn page_query<'a>(
    reach: &'a Reach,
    inspection: &'a str,
    filter: &'a PetitionFilter,
    after: &'a str,
    rows: usize,
) -> Query<'a> {
    let query = petitions::table
        .filter(petitions::inspection_id.eq(inspection).and(petitions::number.gt(after)))
        .order(petitions::number)
        .limit(rows as i64)
        .into_boxed();
    filter.narrow(query, reach, inspection, after)
}

fn load(db: &mut Db, query: Query<'_>) -> QueryResult<Vec<Petition>> {
    query.select(petition_row!()).load(db)
}

fn with_parts(
    db: &mut Db,
    reach: &Reach,
    inspection: &str,
    rows: Vec<Petition>,
    without_gaps: bool,
) -> QueryResult<Vec<PetitionWithParts>> {
    let parts = if without_gaps {
        parts_between(db, inspection, &rows)?
    } else {
        parts_of(db, inspection, &rows)?
    };
    Ok(joined(rows, parts)
        .into_iter()
        .filter_map(|record| within(reach, record))
        .collect())
}

/// What of a petition is in reach: its parts of divisions in reach, and its own fields when there is one or when they are from
/// a ledger in reach. Where they are from another ledger, that is not told.
fn within(reach: &Reach, mut record: PetitionWithParts) -> Option<PetitionWithParts> {
    if *reach == Reach::All {
        return Some(record);
    }
    record.handlings.retain(|part| reach.has(&part.division));
    let owned = reach.has(&record.petition.owner);
    if !owned {
        record.petition.import_id.clear();
        record.petition.sheet.clear();
    }
    (owned || !record.handlings.is_empty()).then_some(record)
}

/// Parts of petitions that follow each other without a gap: a range, which both databases prepare once.
fn parts_between(db: &mut Db, inspection: &str, rows: &[Petition]) -> QueryResult<Vec<Handling>> {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
        return Ok(Vec::new());
    };
    handlings::table
        .filter(handlings::inspection_id.eq(inspection))
        .filter(handlings::number.ge(&first.number))
        .filter(handlings::number.le(&last.number))
        .order((handlings::number, handlings::division))
        .select(handling_row!())
        .load(db)
}

/// Parts of any petitions. SQLite takes the list as one parameter for each number, and so prepares anew.
fn parts_of(db: &mut Db, inspection: &str, rows: &[Petition]) -> QueryResult<Vec<Handling>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    handlings::table
        .filter(handlings::inspection_id.eq(inspection))
        .filter(handlings::number.eq_any(rows.iter().map(|row| &row.number)))
        .order((handlings::number, handlings::division))
        .select(handling_row!())
        .load(db)
}

/// Gives each petition its parts; both come in the order of numbers.
fn joined(rows: Vec<Petition>, parts: Vec<Handling>) -> Vec<PetitionWithParts> {
    let mut parts = parts.into_iter().peekable();
    rows.into_iter()
        .map(|petition| {
            let mut handlings = Vec::new();
            while let Some(part) = parts.next_if(|part| part.number <= petition.number) {
                if part.number == petition.number {
                    handlings.push(part);
                }
            }
            PetitionWithParts { petition, handlings }
        })
        .collect()
}
