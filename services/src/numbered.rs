//! What petitions and tasks have in common: records of an inspection that have a number, parts of several divisions, and
//! the same four ways to be read.

use std::collections::{BTreeSet, HashMap};

use diesel::QueryResult;
use ducha_records::imports::ImportNames;
use ducha_records::page::Page;
use ducha_records::{Database, Db, Reach};

use crate::answer::Call;
use crate::convert::FileNames;
use crate::error::{CallError, Numbered};
use crate::history;
use crate::lookup;
use crate::pages::{self, Record, Shown, View};

/// A kind of numbered record.
pub trait Kind: Send + Sync + 'static {
    /// What the database has of one, with its parts.
    type Row: Send + 'static;
    /// Which are asked for.
    type Filter: Clone + Send + Sync + 'static;
    /// What is sent of one.
    type Message: Record + Clone + 'static;
    /// The kind, for errors.
    const NUMBERED: Numbered;
    /// The rpc that streams them.
    const EXPORT: &'static str;

    /// The record with this number, as far as it is in reach.
    ///
    /// # Errors
    /// The database's.
    fn get(db: &mut Db, reach: &Reach, inspection: &str, number: &str) -> QueryResult<Option<Self::Row>>;
    /// Those of these records that are in reach.
    ///
    /// # Errors
    /// The database's.
    fn batch(db: &mut Db, reach: &Reach, inspection: &str, numbers: &[String]) -> QueryResult<Vec<Self::Row>>;
    /// A page of the records in reach by number, behind `after`.
    ///
    /// # Errors
    /// The database's.
    fn list(
        db: &mut Db,
        reach: &Reach,
        inspection: &str,
        filter: &Self::Filter,
        after: &str,
        size: usize,
    ) -> QueryResult<Page<Self::Row>>;
    /// The imports that a record and its parts were read from.
    fn imports(row: &Self::Row) -> impl Iterator<Item = &String>;
    /// The record in full.
    fn message(row: Self::Row, names: &FileNames) -> Self::Message;
    /// The division codes of a filter.
    fn divisions(filter: &mut Self::Filter) -> &mut Vec<String>;
}

/// Rows as they come from the database, with the names of the files they were read from.
struct Found<K: Kind> {
    rows: Vec<K::Row>,
    names: FileNames,
    more: bool,
}

impl<K: Kind> Found<K> {
    fn named(db: &mut Db, names: &ImportNames, page: Page<K::Row>) -> QueryResult<Self> {
        let ids: BTreeSet<&String> = page.rows.iter().flat_map(K::imports).collect();
        let ids: Vec<String> = ids.into_iter().cloned().collect();
        Ok(Self {
            names: names.of(db, ids)?,
            rows: page.rows,
            more: page.more,
        })
    }

    fn messages(self, shown: Shown) -> Vec<K::Message> {
        let Self { rows, names, .. } = self;
        rows.into_iter().map(|row| shown.of(K::message(row, &names))).collect()
    }
}

/// The record with this number.
///
/// # Errors
/// [`CallError::NoRecord`], or [`CallError::NoInspection`] when there is not even that.
pub async fn get<K: Kind>(
    database: &Database,
    call: &Call,
    inspection: String,
    number: String,
    view: View,
) -> Result<K::Message, CallError> {
    let (reach, names) = (call.reach(), database.import_names());
    let read = database.read(reach.clone(), move |db| -> Result<_, CallError> {
        match K::get(db, &reach, &inspection, &number)? {
            Some(row) => {
                let rows = vec![row];
                Ok(Found::<K>::named(db, &names, Page { rows, more: false })?)
            }
            None => {
                lookup::inspection(db, &reach, &inspection)?;
                Err(CallError::NoRecord(K::NUMBERED, vec![number]))
            }
        }
    });
    let found = read.await?.messages(call.shown(view)).pop();
    found.ok_or_else(|| CallError::Internal("a record was read and is not there".into()))
}

/// The records with these numbers, in their order.
///
/// # Errors
/// [`CallError::NoRecord`] naming those that are missing; [`CallError::TooLarge`].
pub async fn batch<K: Kind>(
    database: &Database,
    call: &Call,
    inspection: String,
    numbers: Vec<String>,
    view: View,
) -> Result<Vec<K::Message>, CallError> {
    let different: BTreeSet<String> = numbers.iter().cloned().collect();
    let different: Vec<String> = different.into_iter().collect();
    let (reach, names) = (call.reach(), database.import_names());
    let read = database.read(reach.clone(), move |db| -> Result<_, CallError> {
        let rows = K::batch(db, &reach, &inspection, &different)?;
        if rows.len() < different.len() {
            lookup::inspection(db, &reach, &inspection)?;
        }
        Ok(Found::<K>::named(db, &names, Page { rows, more: false })?)
    });
    let found = read.await?.messages(call.shown(view));
    in_order::<K>(found, numbers)
}

fn in_order<K: Kind>(found: Vec<K::Message>, numbers: Vec<String>) -> Result<Vec<K::Message>, CallError> {
    let found: HashMap<String, K::Message> = found
        .into_iter()
        .map(|record| (record.key().to_owned(), record))
        .collect();
    let mut records = Vec::with_capacity(numbers.len());
    let mut missing = Vec::new();
    for number in numbers {
        match found.get(&number) {
            Some(record) => records.push(record.clone()),
            None => missing.push(number),
        }
    }
    if !missing.is_empty() {
        return Err(CallError::NoRecord(K::NUMBERED, missing));
    }
    if pages::size(&records) > pages::RECORD_LIMIT {
        return Err(CallError::TooLarge { export: K::EXPORT });
    }
    Ok(records)
}

/// Records of a listing.
pub struct Read<M> {
    /// The records.
    pub records: Vec<M>,
    /// Whether more follow.
    pub more: bool,
    /// Cursor of the feed from which it goes on without a gap.
    pub cursor: String,
}

/// Where a listing stands, and what it asks for.
pub struct Listing<K: Kind> {
    /// The inspection.
    pub inspection: String,
    /// Which records.
    pub filter: K::Filter,
    /// Whose records.
    pub reach: Reach,
    /// How each is shown.
    pub shown: Shown,
}

impl<K: Kind> Listing<K> {
    /// Records behind `after`, at most `size`. The filter's divisions are taken as they are.
    ///
    /// # Errors
    /// The database's.
    pub async fn read(&self, database: &Database, after: String, size: usize) -> Result<Read<K::Message>, CallError> {
        let (inspection, filter, reach) = (self.inspection.clone(), self.filter.clone(), self.reach.clone());
        let names = database.import_names();
        let read = database.read(reach.clone(), move |db| -> Result<_, CallError> {
            // Before the records: what changes from here on comes behind the cursor.
            let cursor = history::present(db, &inspection)?;
            let page = K::list(db, &reach, &inspection, &filter, &after, size)?;
            if page.rows.is_empty() {
                lookup::inspection(db, &reach, &inspection)?;
            }
            Ok((Found::<K>::named(db, &names, page)?, cursor))
        });
        let (found, cursor) = read.await?;
        Ok(Read {
            more: found.more,
            records: found.messages(self.shown),
            cursor,
        })
    }

    /// Makes sure that the inspection is there.
    ///
    /// # Errors
    /// [`CallError::NoInspection`] when it is not.
    pub async fn found(self, database: &Database) -> Result<Self, CallError> {
        let (id, reach) = (self.inspection.clone(), self.reach.clone());
        let found = database.read(reach.clone(), move |db| lookup::inspection(db, &reach, &id));
        found.await?;
        Ok(self)
    }

    /// Puts what lies below the filter's divisions into it.
    ///
    /// # Errors
    /// [`CallError::Fields`] naming the codes that no division has.
    pub async fn expanded(mut self, database: &Database) -> Result<Self, CallError> {
        let codes = std::mem::take(K::divisions(&mut self.filter));
        if !codes.is_empty() {
            let below = database.read(self.reach.clone(), move |db| lookup::below(db, &codes));
            *K::divisions(&mut self.filter) = below.await?;
        }
        Ok(self)
    }
}
