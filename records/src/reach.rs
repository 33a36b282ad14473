//! Whose records a caller may see.
//!
//! Every query that answers a caller takes a [`Reach`], so that none can forget it: there is no default. It comes from the
//! caller's credential and never from a request. A record out of reach is to its caller as if it were not there.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use diesel::prelude::*;

use crate::db::Db;
use crate::divisions;
use crate::schema::divisions as table;

/// The divisions whose records may be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// Every division, and what is of none.
    All,
    /// A division and all below it.
    Within(Arc<Realm>),
}

/// A division, what lies below it, and what lies above it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Realm {
    /// Codes of the division and all below it, in order.
    codes: Vec<String>,
    /// Codes of those it lies in; none for a province.
    above: Vec<String>,
    /// The fewest beginnings that the codes in reach have and no other code has, in order: what PostgreSQL compares with.
    beginnings: Vec<String>,
}

impl Realm {
    pub(crate) fn beginnings(&self) -> &[String] {
        &self.beginnings
    }

    pub(crate) fn above(&self) -> &[String] {
        &self.above
    }
}

impl Reach {
    /// The reach of a credential of this division; of every division where it has none.
    ///
    /// # Errors
    /// The database's.
    pub fn of(db: &mut Db, division: Option<&str>) -> QueryResult<Self> {
        let Some(division) = division else {
            return Ok(Self::All);
        };
        let codes = divisions::within(db, &[division.to_owned()])?;
        let mut above: Vec<String> = Vec::new();
        let mut below = division.to_owned();
        // A CSV could name two divisions as each other's parents.
        while let Some(parent) = parent(db, &below)?.filter(|code| !above.contains(code)) {
            below.clone_from(&parent);
            above.push(parent);
        }
        let known: Vec<String> = table::table.select(table::code).load(db)?;
        Ok(Self::Within(Arc::new(Realm {
            beginnings: beginnings(&codes, &known),
            codes,
            above,
        })))
    }

    /// Whether the records of a division may be seen.
    #[must_use]
    pub fn has(&self, division: &str) -> bool {
        match self {
            Self::All => true,
            Self::Within(realm) => realm.codes.binary_search_by(|code| code.as_str().cmp(division)).is_ok(),
        }
    }

    /// The same for what may be of no division: only who sees all sees that.
    #[must_use]
    pub fn has_any(&self, division: Option<&str>) -> bool {
        match division {
            Some(division) => self.has(division),
            None => *self == Self::All,
        }
    }

    /// Whether an inspection of this province may be seen: by the province, by all that lies in it, and by whatever lies
    /// above it.
    #[must_use]
    pub fn has_inspection(&self, province: &str) -> bool {
        match self {
            Self::All => true,
            Self::Within(realm) => self.has(province) || realm.above.iter().any(|code| code == province),
        }
    }

    /// The codes in reach; `None`: every one.
    #[must_use]
    pub fn codes(&self) -> Option<&[String]> {
        match self {
            Self::All => None,
            Self::Within(realm) => Some(&realm.codes),
        }
    }

    /// The provinces whose inspections may be seen; `None`: every one.
    pub(crate) fn provinces(&self) -> Option<Vec<&str>> {
        match self {
            Self::All => None,
            Self::Within(realm) => Some(realm.codes.iter().chain(&realm.above).map(String::as_str).collect()),
        }
    }

    /// The codes that both a filter and the reach allow; `None`: every one. An empty filter allows all, and an answer
    /// without codes means that nothing is to be found.
    pub(crate) fn narrowed<'a>(&'a self, filter: &'a [String]) -> Option<Vec<&'a str>> {
        match (self, filter) {
            (Self::All, []) => None,
            (Self::Within(realm), []) => Some(realm.codes.iter().map(String::as_str).collect()),
            (_, filter) => {
                let filter = filter.iter().map(String::as_str);
                Some(filter.filter(|code| self.has(code)).collect())
            }
        }
    }

    /// Whether it is a whole province's. Only a province's list has records that no division has a part in yet.
    #[must_use]
    pub fn is_provincial(&self) -> bool {
        match self {
            Self::All => true,
            Self::Within(realm) => realm.above.is_empty(),
        }
    }
}

/// How long a beginning of a code may be, in characters: that of a province, of a city, or the whole code.
const BEGINNINGS: [usize; 2] = [2, 4];

/// The shortest beginnings that codes in reach have and no other of the known ones has.
fn beginnings(codes: &[String], known: &[String]) -> Vec<String> {
    let mut found = BTreeSet::new();
    let counted = BEGINNINGS.map(|length| (length, count(codes, length), count(known, length)));
    for code in codes {
        let shortest = counted.iter().find_map(|(length, reached, known)| {
            let beginning = code.get(..*length)?;
            (reached.get(beginning) >= known.get(beginning)).then_some(beginning)
        });
        found.insert(shortest.unwrap_or(code).to_owned());
    }
    found.into_iter().collect()
}

/// How many of these codes have a beginning of so many characters in common.
fn count(codes: &[String], length: usize) -> HashMap<&str, usize> {
    let mut counts = HashMap::new();
    for beginning in codes.iter().filter_map(|code| code.get(..length)) {
        *counts.entry(beginning).or_default() += 1;
    }
    counts
}

fn parent(db: &mut Db, code: &str) -> QueryResult<Option<String>> {
    let found: Option<Option<String>> = table::table.find(code).select(table::parent).first(db).optional()?;
    Ok(found.flatten())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guiyang() -> Reach {
        Reach::Within(Arc::new(Realm {
            codes: vec!["520100".into(), "520102".into(), "520103".into()],
            above: vec!["520000".into()],
            beginnings: vec!["5201".into()],
        }))
    }

    #[test]
    fn beginnings_are_short_and_are_those_of_no_code_out_of_reach() {
        let codes = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let known = codes("520000 520100 520102 520103 520302 52Z001 520201");
        for (reached, wanted) in [
            ("520000 520100 520102 520103 520302 52Z001 520201", "52"),
            ("520100 520102 520103", "5201"),
            ("520100 520102 520103 52Z001", "5201 52Z0"),
            ("520102", "520102"),
            ("520100 520102", "520100 520102"),
            ("999999", "99"), // known to nobody, as after a division was taken away
        ] {
            assert_eq!(beginnings(&codes(reached), &known), codes(wanted), "{reached}");
        }
    }

    #[test]
    fn a_filter_can_only_narrow_the_reach() {
        let reach = guiyang();
        let own = ["520102".to_owned(), "520200".to_owned()];
        assert_eq!(reach.narrowed(&own), Some(vec!["520102"]));
        let foreign = ["520200".to_owned()];
        assert_eq!(reach.narrowed(&foreign), Some(vec![]), "nothing, and not everything");
        assert_eq!(reach.narrowed(&[]).map(|codes| codes.len()), Some(3));
        assert_eq!(Reach::All.narrowed(&foreign), Some(vec!["520200"]));
        assert_eq!(Reach::All.narrowed(&[]), None);
    }

    #[test]
    fn an_inspection_is_seen_from_within_its_province() {
        let reach = guiyang();
        assert!(reach.has_inspection("520000") && !reach.has("520000"));
        assert!(!reach.has_inspection("510000"));
        assert!(!reach.has_any(None) && Reach::All.has_any(None));
    }
}
