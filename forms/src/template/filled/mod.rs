//! The rows of one division that are not finished, as the records have them, with the base version of each.
//!
//! A version is `record.part`: the version of the petition or task, which any division may raise, and that of this
//! division's part in it. A row that comes back with an older one was filled in on a state that is gone.

mod petitions;
mod tasks;

use chrono::NaiveDate;
use diesel::QueryResult;
use ducha_records::{Db, Reach};

use super::{FilledRow, FilledValue, Form};
use crate::profile::{LedgerKind, Profile};
use crate::values::base_version::BaseVersion;
use crate::values::division::Gazetteer;

/// Records read at a time.
const PAGE: usize = 500;

/// Whose records are filled in.
#[derive(Debug, Clone, Copy)]
pub struct Whose<'a> {
    /// The inspection.
    pub inspection: &'a str,
    /// Code of the division; the parts of those below it are its own as well.
    pub division: &'a str,
    /// Divisions, for their names.
    pub gazetteer: &'a Gazetteer,
    /// What the asker may see.
    pub reach: &'a Reach,
}

impl Whose<'_> {
    fn has(&self, division: &str) -> bool {
        self.gazetteer.is_within(division, self.division)
    }

    /// The codes of the division and of those below it.
    fn codes(&self) -> Vec<String> {
        self.gazetteer.within(self.division)
    }

    /// The names of the division and of those below it.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.codes().iter().map(|code| self.name(code)).collect()
    }

    fn name(&self, code: &str) -> String {
        self.gazetteer
            .by_code(code)
            .map_or_else(|| code.to_owned(), |division| division.name.clone())
    }
}

/// Whether divisions below a province fill in ledgers of this kind: the issues handed over are listed by the province alone.
#[must_use]
pub fn is_filled_in_below(kind: LedgerKind) -> bool {
    kind != LedgerKind::AccountabilityIssues
}

/// The form of a division, with its rows.
///
/// # Errors
/// The database's.
pub fn form<'p>(db: &mut Db, profile: &'p Profile, whose: &Whose<'_>) -> QueryResult<Form<'p>> {
    Ok(Form {
        profile,
        office: Some(whose.name(whose.division)),
        divisions: whose.names(),
        rows: rows(db, profile, whose)?,
    })
}

/// The rows of a form. A kind whose records are not filled in has none.
fn rows(db: &mut Db, profile: &Profile, whose: &Whose<'_>) -> QueryResult<Vec<FilledRow>> {
    let mut rows = if profile.kind == LedgerKind::Petitions {
        petitions::rows(db, profile, whose)?
    } else if profile.kind == LedgerKind::Tasks {
        tasks::rows(db, profile, whose)?
    } else {
        Vec::new()
    };
    for (line, row) in (1..).zip(&mut rows) {
        row.count("seq", Some(line));
    }
    Ok(rows)
}

impl FilledRow {
    fn new(version: BaseVersion) -> Self {
        Self {
            version: Some(version.to_string()),
            ..Self::default()
        }
    }

    fn text(&mut self, field: &str, text: Option<&String>) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.cells.insert(field.to_owned(), FilledValue::Text(text.clone()));
        }
    }

    fn day(&mut self, field: &str, day: Option<NaiveDate>) {
        if let Some(day) = day {
            self.cells.insert(field.to_owned(), FilledValue::Day(day));
        }
    }

    fn count(&mut self, field: &str, count: Option<i32>) {
        if let Some(count) = count {
            self.cells
                .insert(field.to_owned(), FilledValue::Number(f64::from(count)));
        }
    }

    /// The word of the profile for a value; nothing where the profile has none.
    fn word(&mut self, profile: &Profile, field: &str, value: Option<&str>) {
        let label = value.and_then(|value| label(profile, field, value));
        self.text(field, label.as_ref());
    }
}

/// The label of `value` in the vocabulary of `field`.
fn label(profile: &Profile, field: &str, value: &str) -> Option<String> {
    profile.choice(field, value).map(|choice| choice.label.clone())
}
