//! What the plain kinds have in common: records of one division, in the order of division and key, listed in pages.

use std::collections::BTreeSet;

use diesel::QueryResult;
use ducha_records::page::Page;
use ducha_records::plain::{After, Recorded};
use ducha_records::{Database, Db, Reach, imports};

use crate::convert::FileNames;
use crate::error::CallError;
use crate::lookup;
use crate::page_token::Query;
use crate::pages::{self, Record, Shown};

/// Stands between the division and the key of a record in a token. No code of a division has one.
const BETWEEN: char = '|';

/// A plain kind of record.
pub trait Plain: Send + Sync + 'static {
    /// What the database has of one beside its key and its origin.
    type Content: Send + 'static;
    /// Which are asked for.
    type Filter: Send + 'static;
    /// What is sent of one.
    type Message: Record;

    /// A page of the records in reach behind `after`.
    ///
    /// # Errors
    /// The database's.
    fn list(
        db: &mut Db,
        reach: &Reach,
        inspection: &str,
        filter: &Self::Filter,
        after: &After,
        size: usize,
    ) -> QueryResult<Page<Recorded<Self::Content>>>;
    /// The record in full.
    fn message(row: Recorded<Self::Content>, names: &FileNames) -> Self::Message;
    /// The division codes of a filter, for the kinds that have them.
    fn divisions(filter: &mut Self::Filter) -> Option<&mut Vec<String>>;
}

/// A checked request for a page.
pub struct Asked<P: Plain> {
    /// The inspection.
    pub inspection: String,
    /// Which records; the divisions are as the request names them.
    pub filter: P::Filter,
    /// Whose records.
    pub reach: Reach,
    /// How each is shown.
    pub shown: Shown,
    /// Most records.
    pub size: usize,
    /// What the tokens are bound to.
    pub query: Query,
    /// The request's token, or empty text.
    pub token: String,
}

/// Records with their keys, and whether more follow.
type Keyed<M> = (Vec<(String, M)>, bool);

impl<P: Plain> Asked<P> {
    /// The records of the page, and the token of the next one or empty text.
    ///
    /// # Errors
    /// [`CallError::PageToken`], [`CallError::Fields`] naming unknown divisions, [`CallError::NoInspection`], the database's.
    pub async fn answer(self, database: &Database) -> Result<(Vec<P::Message>, String), CallError> {
        let query = self.query;
        let key = query.after(&self.token).ok_or(CallError::PageToken)?;
        let after = after(&key).ok_or(CallError::PageToken)?;
        let read = database.read(self.reach.clone(), move |db| self.read(db, &after));
        let (messages, more) = read.await?;
        let (keys, messages): (Vec<String>, Vec<P::Message>) = messages.into_iter().unzip();
        let (messages, next) = pages::page(messages, more, |_| String::new());
        // The token goes on behind the last record that fits into the answer.
        let last = next.and_then(|_| keys.get(messages.len().checked_sub(1)?));
        let token = last.map(|key| query.token(key)).unwrap_or_default();
        Ok((messages, token))
    }

    /// The records behind `after`.
    fn read(mut self, db: &mut Db, after: &After) -> Result<Keyed<P::Message>, CallError> {
        if let Some(divisions) = P::divisions(&mut self.filter) {
            *divisions = lookup::below(db, divisions)?;
        }
        let page = P::list(db, &self.reach, &self.inspection, &self.filter, after, self.size)?;
        if page.rows.is_empty() {
            lookup::inspection(db, &self.reach, &self.inspection)?;
        }
        let ids: BTreeSet<&String> = page.rows.iter().map(|row| &row.import_id).collect();
        let ids: Vec<String> = ids.into_iter().cloned().collect();
        let names = imports::file_names(db, &ids)?;
        let shown = self.shown;
        let message = |row: Recorded<P::Content>| {
            let key = format!("{}{BETWEEN}{}", row.division, row.number);
            (key, shown.of(P::message(row, &names)))
        };
        Ok((page.rows.into_iter().map(message).collect(), page.more))
    }
}

/// The record behind which a token's key goes on.
fn after(key: &str) -> Option<After> {
    if key.is_empty() {
        return Some(After::default());
    }
    let (division, number) = key.split_once(BETWEEN)?;
    Some(After {
        division: division.to_owned(),
        number: number.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_goes_back_to_its_division_and_number() {
        let found = after("520102|污水管网|2022年|").unwrap();
        assert_eq!(
            (found.division.as_str(), found.number.as_str()),
            ("520102", "污水管网|2022年|")
        );
        assert_eq!(after(""), Some(After::default()));
        assert_eq!(after("520102"), None);
    }
}
