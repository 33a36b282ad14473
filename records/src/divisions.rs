//! Administrative divisions: loaded from a CSV, so that a second province needs no new build.

use std::collections::{BTreeMap, BTreeSet};

use diesel::dsl::exists;
use diesel::prelude::*;
use serde::Deserialize;

use crate::db::Db;
use crate::dialect;
use crate::page::Page;
use crate::schema::divisions;

/// The divisions every new database begins with: those of Guizhou.
pub const BUILT_IN: &str = include_str!("../data/guizhou-divisions.csv");

/// One division. Lists are separated by `|`.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = divisions, treat_none_as_null = true)]
pub struct Division {
    /// GB/T 2260 code (6 digits), or a local one such as `52Z001`.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Code of the division it lies in; none for a province.
    pub parent: Option<String>,
    /// The code is not one of GB/T 2260.
    pub local: bool,
    /// Other names in use now.
    pub short_names: String,
    /// Codes it had before.
    pub former_codes: String,
    /// Names it had before.
    pub former_names: String,
}

/// Why a CSV of divisions was refused.
#[derive(Debug, thiserror::Error)]
pub enum CsvError {
    /// It is no such CSV.
    #[error("not a CSV of divisions (wanted the columns code,name,parent): {0}")]
    Csv(#[from] csv::Error),
    /// A code stands twice.
    #[error("line {line}: the code {code} stands twice")]
    Twice {
        /// Line, counted from 1.
        line: u64,
        /// The code.
        code: String,
    },
    /// A code of another form.
    #[error(
        "line {line}: a code is six digits or capital letters, two digits first, such as 520102 or 52Z001; found {code:?}"
    )]
    Code {
        /// Line, counted from 1.
        line: u64,
        /// What stands there.
        code: String,
    },
    /// A cell that must be filled is empty.
    #[error("line {line}: {column} is empty")]
    Empty {
        /// Line, counted from 1.
        line: u64,
        /// Column.
        column: &'static str,
    },
    /// A parent that is not in the file.
    #[error("{code}: its parent {parent} is not in the file")]
    Orphan {
        /// The division.
        code: String,
        /// The parent it names.
        parent: String,
    },
}

#[derive(Deserialize)]
struct Line {
    code: String,
    name: String,
    parent: Option<String>,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    short_names: String,
    #[serde(default)]
    former_codes: String,
    #[serde(default)]
    former_names: String,
}

/// Reads a CSV with the columns `code,name,parent` and, where known, `kind` (`gb` or `local`), `short_names`,
/// `former_codes` and `former_names` (each separated by `|`).
///
/// # Errors
/// [`CsvError`] naming the line.
pub fn parse_csv(text: &str) -> Result<Vec<Division>, CsvError> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut seen = BTreeSet::new();
    let mut divisions = Vec::new();
    for (at, line) in reader.deserialize::<Line>().enumerate() {
        let line_number = at as u64 + 2; // the header is line 1
        let line = line?;
        for (column, value) in [("code", &line.code), ("name", &line.name)] {
            if value.is_empty() {
                return Err(CsvError::Empty {
                    line: line_number,
                    column,
                });
            }
        }
        if !is_code(&line.code) {
            return Err(CsvError::Code {
                line: line_number,
                code: line.code,
            });
        }
        if !seen.insert(line.code.clone()) {
            return Err(CsvError::Twice {
                line: line_number,
                code: line.code,
            });
        }
        divisions.push(division(line));
    }
    match divisions.iter().find_map(|division| orphan(division, &seen)) {
        Some(error) => Err(error),
        None => Ok(divisions),
    }
}

fn is_code(code: &str) -> bool {
    let bytes = code.as_bytes();
    bytes.len() == 6
        && bytes[..2].iter().all(u8::is_ascii_digit)
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
}

fn division(line: Line) -> Division {
    Division {
        local: line.kind == "local" || !line.code.bytes().all(|byte| byte.is_ascii_digit()),
        code: line.code,
        name: line.name,
        parent: line.parent.filter(|parent| !parent.is_empty()),
        short_names: line.short_names,
        former_codes: line.former_codes,
        former_names: line.former_names,
    }
}

fn orphan(division: &Division, codes: &BTreeSet<String>) -> Option<CsvError> {
    let parent = division.parent.as_ref().filter(|parent| !codes.contains(*parent))?;
    Some(CsvError::Orphan {
        code: division.code.clone(),
        parent: parent.clone(),
    })
}

/// Puts divisions into the database; one that is there already is brought up to date. Returns how many were given.
///
/// # Errors
/// The database's; nothing is changed then.
pub fn load(db: &mut Db, rows: &[Division]) -> QueryResult<usize> {
    dialect::write(db, |db| {
        for row in rows {
            let known = diesel::update(divisions::table.find(&row.code)).set(row).execute(db)?;
            if known == 0 {
                diesel::insert_into(divisions::table).values(row).execute(db)?;
            }
        }
        Ok(rows.len())
    })
}

/// Which division lies in which.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tree {
    parents: BTreeMap<String, String>,
    with_below: BTreeSet<String>,
}

impl Tree {
    /// The tree of these divisions.
    #[must_use]
    pub fn of(divisions: &[Division]) -> Self {
        let parents: BTreeMap<String, String> = divisions
            .iter()
            .filter_map(|row| Some((row.code.clone(), row.parent.clone()?)))
            .collect();
        Self {
            with_below: parents.values().cloned().collect(),
            parents,
        }
    }

    /// The divisions above one, nearest first. A CSV could name two as each other's parents: each stands there once.
    #[must_use]
    pub fn above<'t>(&'t self, code: &'t str) -> Vec<&'t str> {
        let mut path = vec![code];
        while let Some(parent) = self
            .parents
            .get(path[path.len() - 1])
            .filter(|parent| !path.contains(&parent.as_str()))
        {
            path.push(parent);
        }
        path.split_off(1)
    }

    /// Whether a division lies somewhere within another one.
    #[must_use]
    pub fn is_above(&self, above: &str, code: &str) -> bool {
        self.above(code).contains(&above)
    }

    /// Whether divisions lie in this one.
    #[must_use]
    pub fn has_below(&self, code: &str) -> bool {
        self.with_below.contains(code)
    }
}

/// Every division, by code.
///
/// # Errors
/// The database's.
pub fn all(db: &mut Db) -> QueryResult<Vec<Division>> {
    divisions::table
        .order(divisions::code)
        .select(Division::as_select())
        .load(db)
}

/// One page of divisions by code, behind the code `after`, of all or of those directly within `parent`.
///
/// # Errors
/// The database's.
pub fn list(db: &mut Db, parent: Option<&str>, after: &str, size: usize) -> QueryResult<Page<Division>> {
    let mut query = divisions::table.filter(divisions::code.gt(after)).into_boxed();
    if let Some(parent) = parent {
        query = query.filter(divisions::parent.eq(parent));
    }
    let rows = query
        .order(divisions::code)
        .limit(size as i64 + 1)
        .select(Division::as_select())
        .load(db)?;
    Ok(Page::cut(rows, size))
}

/// Whether there is a division with this code.
///
/// # Errors
/// The database's.
pub fn is_known(db: &mut Db, code: &str) -> QueryResult<bool> {
    diesel::select(exists(divisions::table.find(code))).get_result(db)
}

/// The codes of `roots` and of every division below them.
///
/// # Errors
/// The database's.
pub fn within(db: &mut Db, roots: &[String]) -> QueryResult<Vec<String>> {
    let mut found: BTreeSet<String> = roots.iter().cloned().collect();
    let mut level: Vec<String> = roots.to_vec();
    while !level.is_empty() {
        let below: Vec<String> = divisions::table
            .filter(divisions::parent.eq_any(&level))
            .select(divisions::code)
            .load(db)?;
        level = below.into_iter().filter(|code| found.insert(code.clone())).collect();
    }
    Ok(found.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_divisions_are_guizhous() {
        let divisions = parse_csv(BUILT_IN).unwrap();
        let counties = divisions
            .iter()
            .filter(|division| !division.local && !division.code.ends_with("00"))
            .count();
        assert_eq!(counties, 88);
    }

    #[test]
    fn a_walk_up_ends_even_where_two_divisions_lie_in_each_other() {
        let rows = parse_csv("code,name,parent\n520000,a,520100\n520100,b,520000\n520102,c,520100\n").unwrap();
        let tree = Tree::of(&rows);
        assert_eq!(tree.above("520102"), ["520100", "520000"]);
        assert_eq!(tree.above("520000"), ["520100"]);
        assert!(tree.is_above("520000", "520102") && !tree.is_above("520102", "520000"));
        assert!(tree.has_below("520100") && !tree.has_below("520102"));
    }

    #[test]
    fn a_csv_with_a_mistake_is_refused_with_its_line() {
        let twice = parse_csv("code,name,parent\n520000,贵州省,\n520000,贵州省,\n")
            .unwrap_err()
            .to_string();
        assert_eq!(twice, "line 3: the code 520000 stands twice");
        let orphan = parse_csv("code,name,parent\n520100,贵阳市,520000\n")
            .unwrap_err()
            .to_string();
        assert_eq!(orphan, "520100: its parent 520000 is not in the file");
        let short = parse_csv("code,name,parent\n5101,成都市,\n").unwrap_err().to_string();
        assert!(short.starts_with("line 2: a code is six digits"), "{short}");
        assert!(parse_csv("name\n贵阳市\n").is_err());
    }
}
