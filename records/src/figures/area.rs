//! The divisions that figures are counted for, and which divisions' parts belong to each.

use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::Reach;
use crate::db::Db;
use crate::divisions::{self, Tree};

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
    /// Which division lies in which.
    pub tree: Tree,
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
        format!("(scope, area) IN ({})", self.counted())
    }

    /// Scopes and areas of the kept counts that are those of these areas, as rows of values.
    pub(super) fn counted(&self) -> String {
        let of = |area: &str| match self.by {
            // What reports by itself, and of a division in the middle its own parts only.
            Area::Each => (0, area.to_owned()),
            Area::Below if area == self.root => (0, area.to_owned()),
            Area::Whole | Area::Below => (i16::from(self.tree.has_below(area)), area.to_owned()),
        };
        let rows: Vec<_> = self
            .names()
            .into_iter()
            .map(of)
            .map(|(scope, area)| format!("({scope}, '{area}')"))
            .collect();
        rows.join(", ")
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
    let tree = Tree::of(&known);
    if !reach.has(division) || !known.iter().any(|row| row.code == division) {
        return Ok(None);
    }
    let area_of = |code: &str| {
        let above = tree.above(code);
        let steps = above.iter().position(|step| *step == division);
        let area = match (by, steps) {
            _ if code == division => division,
            (_, None) => return None,
            (Area::Whole, _) => division,
            (Area::Below, Some(0)) | (Area::Each, _) => code,
            (Area::Below, Some(steps)) => above[steps - 1],
        };
        Some(area.to_owned())
    };
    let of = known
        .iter()
        .filter_map(|row| Some((row.code.clone(), area_of(&row.code)?)));
    let of = of.collect();
    let provincial_root = tree.above(division).is_empty();
    Ok(Some(Areas {
        of,
        by,
        provincial: by == Area::Whole && provincial_root,
        provincial_root,
        root: division.to_owned(),
        tree,
    }))
}
