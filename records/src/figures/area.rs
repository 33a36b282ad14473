//! The divisions that figures are counted for, and which divisions' parts belong to each.

use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::Reach;
use crate::db::Db;
use crate::divisions;

/// How figures are told apart by division.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Area {
    /// Not at all: one figure for all of it.
    Whole,
    /// By the divisions directly below it.
    Below,
    /// By each division that reports.
    Each,
}

/// Which division's parts count for which area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Areas {
    /// Reporting division -> the area it counts for.
    of: BTreeMap<String, String>,
    parents: BTreeMap<String, String>,
    by: Area,
    /// It is all of a province: what no division has a part in counts as well.
    pub provincial: bool,
    /// The division all of it lies in is a province.
    pub provincial_root: bool,
    /// The division all of it lies in.
    pub root: String,
}

impl Areas {
    /// The area of a reporting division; `None`: it is not counted.
    #[must_use]
    pub fn of(&self, division: &str) -> Option<&str> {
        self.of.get(division).map(String::as_str)
    }

    /// Whether a division lies somewhere within another one.
    #[must_use]
    pub fn is_above(&self, above: &str, division: &str) -> bool {
        let mut at = division;
        // As many steps as there are divisions: a CSV could name two as each other's parents.
        for _ in 0..self.parents.len() {
            match self.parents.get(at) {
                Some(parent) if parent == above => return true,
                Some(parent) => at = parent,
                None => return false,
            }
        }
        false
    }

    /// The divisions above one, nearest first.
    #[must_use]
    pub fn above(&self, division: &str) -> Vec<&str> {
        let mut above: Vec<&str> = Vec::new();
        let mut at = division;
        while let Some(parent) = self.parents.get(at).filter(|parent| !above.contains(&parent.as_str())) {
            above.push(parent);
            at = parent;
        }
        above
    }

    /// The areas.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.of.values().map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Which kept counts are those of these areas.
    pub(super) fn counts_sql(&self) -> String {
        let has_below = |code: &str| self.parents.values().any(|parent| parent == code);
        let of = |area: &str| match self.by {
            // What reports by itself, and of a division in the middle its own parts only.
            Area::Each => (0, area.to_owned()),
            Area::Below if area == self.root => (0, area.to_owned()),
            Area::Whole | Area::Below => (i16::from(has_below(area)), area.to_owned()),
        };
        let rows: Vec<_> = self
            .names()
            .into_iter()
            .map(of)
            .map(|(scope, area)| format!("({scope}, '{area}')"))
            .collect();
        format!("(scope, area) IN ({})", rows.join(", "))
    }

    /// `area(code, name)` as a common table expression. Codes have no quotes: `divisions::parse_csv` sees to that.
    pub(super) fn sql(&self) -> String {
        let rows: Vec<_> = self
            .of
            .iter()
            .map(|(code, area)| format!("('{code}', '{area}')"))
            .collect();
        format!("area(code, name) AS (VALUES {})", rows.join(", "))
    }
}

/// The areas within a division, as far as they are in reach; `None`: the division is not.
///
/// # Errors
/// The database's.
pub fn areas(db: &mut Db, reach: &Reach, division: &str, by: Area) -> QueryResult<Option<Areas>> {
    let known = divisions::all(db)?;
    let parents: BTreeMap<&str, Option<&str>> = known
        .iter()
        .map(|row| (row.code.as_str(), row.parent.as_deref()))
        .collect();
    if !reach.has(division) || !parents.contains_key(division) {
        return Ok(None);
    }
    let mut of = BTreeMap::new();
    for code in parents.keys() {
        let path = path(&parents, code);
        let Some(at) = path.iter().position(|step| *step == division) else {
            continue;
        };
        let area = match by {
            Area::Whole => division,
            Area::Below => path[at.saturating_sub(1)],
            Area::Each => code,
        };
        of.insert((*code).to_owned(), area.to_owned());
    }
    let within = |(code, parent): (&&str, &Option<&str>)| Some(((*code).to_owned(), (*parent)?.to_owned()));
    Ok(Some(Areas {
        of,
        by,
        parents: parents.iter().filter_map(within).collect(),
        provincial: by == Area::Whole && parents.get(division) == Some(&None),
        provincial_root: parents.get(division) == Some(&None),
        root: division.to_owned(),
    }))
}

/// A division and those above it, lowest first. A CSV could name two divisions as each other's parents.
fn path<'a>(parents: &BTreeMap<&'a str, Option<&'a str>>, code: &'a str) -> Vec<&'a str> {
    let mut path = vec![code];
    let mut at = code;
    while let Some(parent) = parents
        .get(at)
        .copied()
        .flatten()
        .filter(|parent| !path.contains(parent))
    {
        path.push(parent);
        at = parent;
    }
    path
}
