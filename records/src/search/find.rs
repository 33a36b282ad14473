//! One page of the records that have a text.

use diesel::prelude::*;

use super::texts::Searched;
use super::tokens::Phrase;
use crate::codes::RecordKind;
use crate::db::Db;
use crate::dialect;
use crate::page::Page;
use crate::schema::{inspections, search_progress};

/// Records read at once to be compared.
const CHUNK: usize = 200;
/// Up to this many pieces with a phrase are taken from the index at once; a phrase with more is common, and a page of it
/// is soon found by walking through the records.
const FEW: usize = 1_000;

/// Where records come from while they are searched.
pub(crate) enum Source {
    /// All that the index has a rare phrase for, by number, and nothing changed them since.
    Known(Vec<String>),
    /// The index has the phrase for them, and nothing changed them since.
    Common {
        /// What is searched for.
        phrase: Phrase,
        /// The last revision in the index; absent when no later one is.
        stale_after: Option<i64>,
    },
    /// Changed by a later revision, whatever they say.
    Stale {
        /// The last revision in the index.
        after: i64,
    },
}

/// What is searched for, and which page of it is wanted.
pub(crate) struct Wanted<'a> {
    /// What the index names is compared with its texts as they were loaded: it may have been found by others.
    pub compare: bool,
    /// The inspection whose records are searched.
    pub inspection: &'a str,
    /// Their kind.
    pub kind: RecordKind,
    /// The text.
    pub text: &'a str,
    /// The page begins behind this number.
    pub after: &'a str,
    /// Records of the page.
    pub size: usize,
}

/// One page by number of the records that have a text.
///
/// `load` gives records of a source by number: those behind a number, at most so many.
///
/// # Errors
/// The database's, and `QueryBuilderError` for a text that [`Phrase::parse`] refuses.
pub(crate) fn page<T: Searched>(
    db: &mut Db,
    wanted: &Wanted<'_>,
    load: impl Fn(&mut Db, &Source, &str, usize) -> QueryResult<Vec<T>>,
) -> QueryResult<Page<T>> {
    let &Wanted {
        compare,
        inspection,
        kind,
        text,
        after,
        size,
    } = wanted;
    let phrase = Phrase::parse(text).map_err(|error| diesel::result::Error::QueryBuilderError(error.into()))?;
    dialect::snapshot(db, |db| {
        let stale_after = stale_after(db, inspection)?;
        let source = match dialect::search::few(db, inspection, kind, &phrase, stale_after, FEW)? {
            Some(numbers) => Source::Known(numbers),
            None => Source::Common {
                phrase: phrase.clone(),
                stale_after,
            },
        };
        let mut found = if compare {
            compared(db, &phrase, after, None, size + 1, |db, after, rows| {
                load(db, &source, after, rows)
            })?
        } else {
            load(db, &source, after, size + 1)?
        };
        if let Some(sequence) = stale_after {
            let last = found.get(size).map(|record| record.number().to_owned());
            let source = Source::Stale { after: sequence };
            let mut compared = compared(db, &phrase, after, last.as_deref(), size + 1, |db, after, rows| {
                load(db, &source, after, rows)
            })?;
            found.append(&mut compared);
            found.sort_by(|one, other| one.number().cmp(other.number()));
        }
        Ok(Page::cut(found, size))
    })
}

/// The last revision in the index, where there are later ones.
fn stale_after(db: &mut Db, inspection: &str) -> QueryResult<Option<i64>> {
    let found: Option<(i64, Option<i64>)> = inspections::table
        .find(inspection)
        .left_join(search_progress::table)
        .select((inspections::last_sequence, search_progress::sequence.nullable()))
        .first(db)
        .optional()?;
    Ok(found.and_then(|(last, indexed)| {
        let indexed = indexed.unwrap_or(0);
        (indexed < last).then_some(indexed)
    }))
}

/// Reads records piece by piece and keeps those that have the phrase, until there are enough or all up to `last` are
/// seen.
fn compared<T: Searched>(
    db: &mut Db,
    phrase: &Phrase,
    after: &str,
    last: Option<&str>,
    enough: usize,
    load: impl Fn(&mut Db, &str, usize) -> QueryResult<Vec<T>>,
) -> QueryResult<Vec<T>> {
    let mut found = Vec::new();
    let mut after = after.to_owned();
    loop {
        let records = load(db, &after, CHUNK)?;
        let ended = records.len() < CHUNK;
        if let Some(record) = records.last() {
            record.number().clone_into(&mut after);
        }
        found.extend(records.into_iter().filter(|record| phrase.is_in(record.texts())));
        if ended || found.len() >= enough || last.is_some_and(|last| after.as_str() >= last) {
            return Ok(found);
        }
    }
}
