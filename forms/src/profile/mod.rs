//! Ledger profiles: which columns a kind of ledger has, how counties head them, and which values they take.
//!
//! A profile is data (`worker/profiles/*.toml`), embedded in the program and replaceable per kind by a directory, so
//! that a province adapts to the form of the next round without a new build. What a file may not do is name a field
//! the code does not know, or let one header stand for two columns: such a file is refused as a whole.

mod claims;
mod error;
mod error_zh;
mod fields;
mod file;
mod header;
mod same;
mod units;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

pub use claims::Match;
pub use error::{ProfileError, ProfileErrors, ProfileFault};
pub use fields::{
    ACCOUNTABILITY_FIELDS, ACTIVITY_FIELDS, ALERT_FIELDS, INDICATOR_FIELDS, ISSUE_FIELDS, PETITION_FIELDS, TASK_FIELDS,
};
pub use header::HeaderText;
pub use units::pieces as unit_pieces;

use crate::values::number::Units;
use crate::values::petition_no::NumberPatterns;
use crate::values::vocabulary::{Choice, Vocabulary};

/// The kinds of ledger that have a profile.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    Display,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum LedgerKind {
    /// Petitions handed over and their handling (群众信访举报转办和边督边改情况一览表).
    Petitions,
    /// Rectification tasks and their progress (督察反馈问题整改任务清单).
    Tasks,
    /// Measurable results (整改指标台账).
    Indicators,
    /// Issues handed over for accountability (移交责任追究问题清单).
    AccountabilityIssues,
    /// Decisions on organisations and persons (责任追究台账).
    Accountabilities,
    /// Meetings, visits, inspections, actions and documents (整改工作活动台账).
    Activities,
    /// Warnings of small hydropower stations and their disposal (小水电生态流量预警处置台账).
    Alerts,
}

impl LedgerKind {
    /// The name as profiles, the database and the command line write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The fields a profile of this kind must name, each exactly once.
    #[must_use]
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Petitions => PETITION_FIELDS,
            Self::Tasks => TASK_FIELDS,
            Self::Indicators => INDICATOR_FIELDS,
            Self::AccountabilityIssues => ISSUE_FIELDS,
            Self::Accountabilities => ACCOUNTABILITY_FIELDS,
            Self::Activities => ACTIVITY_FIELDS,
            Self::Alerts => ALERT_FIELDS,
        }
    }

    /// Whether each of its rows is a record by itself, of one division.
    #[must_use]
    pub const fn is_plain(self) -> bool {
        !matches!(self, Self::Petitions | Self::Tasks)
    }
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Display, EnumIter, EnumString)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ColumnKind {
    /// Free text.
    Text,
    /// The number of a petition, for example `X2GZ202112070001`.
    PetitionNumber,
    /// The number of a task, for example `12-3`.
    TaskNumber,
    /// A batch: 第二十六批, 第26批, `26`.
    Batch,
    /// One value of a vocabulary.
    Choice,
    /// Any number of values of a vocabulary.
    Choices,
    /// Yes or no, by a vocabulary.
    Flag,
    /// Names or codes of administrative divisions.
    Divisions,
    /// A day.
    Date,
    /// A deadline, which need not be a day (立行立改, 长期坚持).
    Deadline,
    /// A whole number of cases, firms or persons.
    Count,
    /// An amount of money.
    Money,
    /// An exact amount of any unit.
    Quantity,
    /// The unit of the row's quantities.
    Unit,
    /// Numbers of tasks.
    TaskNumbers,
    /// The time that amounts are of: 2022年, 2022年1-5月.
    Period,
}

impl ColumnKind {
    /// Whether the cells are read through a vocabulary.
    #[must_use]
    pub fn has_vocabulary(self) -> bool {
        matches!(self, Self::Choice | Self::Choices | Self::Flag)
    }
}

/// When a ledger must have the column, and each row a value in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Required {
    /// Never.
    No,
    /// Always.
    Always,
    /// Unless the ledger is the province's register, which tells no results.
    UnlessRegister,
    /// Unless the file as a whole was submitted for one division.
    UnlessFileDivision,
}

/// One column of a ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Name of the field it feeds, for example `fine_fen`.
    pub field: String,
    /// Header as a template prints it.
    pub header: String,
    /// Other ways of writing the header.
    pub aliases: Vec<String>,
    /// Headers taken only when no other column of the sheet feeds the field; the first one listed wins.
    pub fallback: Vec<String>,
    /// English name.
    pub label_en: String,
    /// What a cell may say, as a template shows it; none where the kind of column says enough.
    pub example: Option<String>,
    /// A template has the column. One that counties add to their own forms is known, and not asked for.
    pub template: bool,
    /// What its cells hold.
    pub kind: ColumnKind,
    /// Name of the vocabulary, for the kinds that have one.
    pub vocabulary: Option<String>,
    /// When the column must be there.
    pub required: Required,
    /// Longest text in characters (Unicode scalar values) the record keeps.
    pub max_chars: Option<usize>,
    /// Units its numbers may carry, for example 家 or 万元.
    pub units: Vec<String>,
    /// Personal data with no place in the record: recognised so that it can be left out.
    pub personal: bool,
    /// A header found in any table (序号, 备注), which says nothing about the kind of ledger.
    pub generic: bool,
    /// Several columns of a sheet may feed the field.
    pub repeatable: bool,
}

impl Column {
    /// Whether only the profile knows the field, so that its text goes into the remarks.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.field.starts_with(OWN_FIELD)
    }
}

/// Begins the name of a field that only the profile knows.
const OWN_FIELD: &str = "x_";

/// The profile of one kind of ledger. Only the loader makes one, so every profile has passed its checks.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Kind of ledger.
    pub kind: LedgerKind,
    /// Title as a template prints it.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Version of the form, stamped on its templates.
    pub version: String,
    /// Fields of which a sheet must have at least one to be this kind of ledger.
    pub identity: Vec<String>,
    /// Units which, in brackets in a header, say that the column counts things.
    pub counting_units: Vec<String>,
    /// Codes of the rules that are switched off for this form.
    pub rules_off: Vec<String>,
    /// Forms of petition numbers beside the standard one.
    pub number_patterns: NumberPatterns,
    /// Units of its quantities.
    pub units: Units,
    /// Days in which what is raised must be settled, for the kinds that raise something.
    pub open_days: Option<u32>,
    /// The columns, in the order of a template.
    pub columns: Vec<Column>,
    /// The vocabularies, by name.
    pub vocabularies: BTreeMap<String, Vocabulary>,
    claims: claims::Claims,
}

impl Profile {
    /// The column that feeds `field`.
    #[must_use]
    pub fn column(&self, field: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.field == field)
    }

    /// Whether the rule with this code is switched off for this form.
    #[must_use]
    pub fn is_off(&self, code: &str) -> bool {
        self.rules_off.iter().any(|off| off == code)
    }

    /// The word of `field`'s vocabulary that stands for `value`; none where there is no such word.
    #[must_use]
    pub fn choice(&self, field: &str, value: &str) -> Option<&Choice> {
        let vocabulary = self.vocabulary(self.column(field)?)?;
        vocabulary.choices().iter().find(|choice| choice.value == value)
    }

    /// The vocabulary of `column`; `None` for the kinds without one.
    #[must_use]
    pub fn vocabulary(&self, column: &Column) -> Option<&Vocabulary> {
        self.vocabularies.get(column.vocabulary.as_deref()?)
    }
}

/// One profile for each kind of ledger.
#[derive(Debug, Clone)]
pub struct Profiles(BTreeMap<LedgerKind, Profile>);

/// Name (for messages) and text of the profiles in the program.
const EMBEDDED: [(&str, &str); 7] = [
    ("petitions.toml", include_str!("../../profiles/petitions.toml")),
    ("tasks.toml", include_str!("../../profiles/tasks.toml")),
    ("indicators.toml", include_str!("../../profiles/indicators.toml")),
    (
        "accountability_issues.toml",
        include_str!("../../profiles/accountability_issues.toml"),
    ),
    (
        "accountabilities.toml",
        include_str!("../../profiles/accountabilities.toml"),
    ),
    ("activities.toml", include_str!("../../profiles/activities.toml")),
    ("alerts.toml", include_str!("../../profiles/alerts.toml")),
];

impl Profiles {
    /// The profiles in the program.
    #[must_use]
    #[expect(clippy::expect_used, reason = "the embedded files are fixed, and a test loads them")]
    pub fn embedded() -> Self {
        let profiles = EMBEDDED.map(|(name, text)| file::read(Path::new(name), text).expect("embedded profile"));
        Self(profiles.into_iter().map(|profile| (profile.kind, profile)).collect())
    }

    /// The profiles of `dir` (each `*.toml` in it), and the embedded ones for the kinds it has no file for.
    ///
    /// # Errors
    /// All mistakes of the first file that has any.
    pub fn load(dir: &Path) -> Result<Self, ProfileErrors> {
        let Self(mut profiles) = Self::embedded();
        let mut loaded: BTreeMap<LedgerKind, PathBuf> = BTreeMap::new();
        for path in toml_files(dir)? {
            let text = std::fs::read_to_string(&path).map_err(|cause| unreadable(&path, cause))?;
            let profile = file::read(&path, &text)?;
            if let Some(first) = loaded.insert(profile.kind, path.clone()) {
                let fault = ProfileFault::SecondFile {
                    kind: profile.kind,
                    first,
                };
                let line = file::line_of_key(&text, "kind");
                return Err(ProfileError {
                    file: path,
                    line,
                    fault,
                }
                .into());
            }
            let changed = same::check(&text, &profile, &profiles[&profile.kind]);
            let changed = changed.into_iter().map(|(line, fault)| ProfileError {
                file: path.clone(),
                line,
                fault,
            });
            if let Some(errors) = ProfileErrors::of(changed.collect()) {
                return Err(errors);
            }
            profiles.insert(profile.kind, profile);
        }
        if loaded.is_empty() {
            let fault = ProfileFault::NoFiles;
            return Err(ProfileError {
                file: dir.to_owned(),
                line: 0,
                fault,
            }
            .into());
        }
        Ok(Self(profiles))
    }

    /// The profile of `kind`.
    #[must_use]
    pub fn get(&self, kind: LedgerKind) -> &Profile {
        &self.0[&kind]
    }

    /// All profiles, petitions first.
    pub fn iter(&self) -> impl Iterator<Item = &Profile> {
        self.0.values()
    }
}

/// The profile files of `dir` by name, so that a message about two of them does not depend on the file system.
fn toml_files(dir: &Path) -> Result<Vec<PathBuf>, ProfileError> {
    let entries = std::fs::read_dir(dir).map_err(|cause| unreadable(dir, cause))?;
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(|cause| unreadable(dir, cause))?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn unreadable(file: &Path, cause: std::io::Error) -> ProfileError {
    ProfileError {
        file: file.to_owned(),
        line: 0,
        fault: ProfileFault::Unreadable(cause),
    }
}

#[cfg(test)]
mod tests;
