//! `inspection.toml` beside the ledgers: which inspection they belong to.

use std::path::{Path, PathBuf};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::QueryResult;
use diesel::result::{DatabaseErrorKind, Error};
use ducha_records::Db;
use ducha_records::accounts::{self, AccountSettings};
use ducha_records::codes::Level;
use ducha_records::inspections::{self, Inspection};
use serde::{Deserialize, Deserializer};

use super::now;

/// Name of the file.
pub const FILE: &str = "inspection.toml";

/// The file's keys, and no others.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InspectionFile {
    /// For example `gz-2021`.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Who inspects.
    pub level: FileLevel,
    /// Counted from 1.
    pub round: u16,
    /// Division code of the province.
    pub province: String,
    /// First day.
    #[serde(deserialize_with = "date")]
    pub started_on: NaiveDate,
    /// Last day.
    #[serde(deserialize_with = "date")]
    pub ended_on: NaiveDate,
    /// Day of the feedback.
    #[serde(deserialize_with = "date")]
    pub feedback_on: NaiveDate,
    /// The date in the petition numbers of batch 1.
    #[serde(deserialize_with = "date")]
    pub first_received_on: NaiveDate,
    /// The inspection group.
    pub group: Option<String>,
    /// Themes, in order.
    #[serde(default)]
    pub themes: Vec<String>,
    /// Title, paragraphs and terms of the public account.
    pub account: Option<AccountSettings>,
}

/// Who inspects, as the file writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FileLevel {
    /// `central`
    Central,
    /// `provincial`
    Provincial,
}

/// Why an `inspection.toml` was refused.
#[derive(Debug, thiserror::Error)]
pub enum InspectionFileError {
    /// It cannot be read.
    #[error("cannot read {path}: {error}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// It is not what it should be; the text names line and column.
    #[error("{path}: {error}")]
    Toml {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        error: Box<toml::de::Error>,
    },
    /// A value breaks a bound of the contract, so that the inspection could not be asked for later.
    #[error("{path}: {key} must be {wanted}, found {found:?}")]
    Value {
        /// The file.
        path: PathBuf,
        /// Its key.
        key: &'static str,
        /// What is possible.
        wanted: &'static str,
        /// What it says.
        found: String,
    },
}

fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    let written = toml::value::Datetime::deserialize(deserializer)?;
    let date = written.date.filter(|_| written.time.is_none());
    date.and_then(|date| NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into()))
        .ok_or_else(|| serde::de::Error::custom(format!("wanted a date such as 2021-12-06, found {written}")))
}

/// The `inspection.toml` in the folder of a file or in one above it, up to the folder that was given.
///
/// # Errors
/// [`InspectionFileError`] when there is one and it cannot be used.
pub fn beside(path: &Path, root: &Path) -> Result<Option<InspectionFile>, InspectionFileError> {
    let folders = path.ancestors().skip(1).take_while(|folder| folder.starts_with(root));
    match folders.map(|folder| folder.join(FILE)).find(|file| file.is_file()) {
        Some(file) => read(file).map(Some),
        None => Ok(None),
    }
}

fn read(path: PathBuf) -> Result<InspectionFile, InspectionFileError> {
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => return Err(InspectionFileError::Read { path, error }),
    };
    parse(path, &text)
}

/// An `inspection.toml` from its text; `path` is for errors.
///
/// # Errors
/// [`InspectionFileError`].
pub fn parse(path: PathBuf, text: &str) -> Result<InspectionFile, InspectionFileError> {
    let file: InspectionFile = match toml::from_str(text) {
        Ok(file) => file,
        Err(error) => {
            let error = Box::new(error);
            return Err(InspectionFileError::Toml { path, error });
        }
    };
    match file.fault() {
        Some((key, wanted, found)) => Err(InspectionFileError::Value {
            path,
            key,
            wanted,
            found,
        }),
        None => Ok(file),
    }
}

/// The inspection of a file as it is stored, made if it is new. What it says of the account is stored each time.
///
/// # Errors
/// The database's.
pub fn made(db: &mut Db, file: &InspectionFile) -> QueryResult<Inspection> {
    let inspection = known_or_new(db, file)?;
    if let Some(settings) = &file.account
        && accounts::settings(db, &file.id)? != *settings
    {
        accounts::set(db, &file.id, settings)?;
    }
    Ok(inspection)
}

fn known_or_new(db: &mut Db, file: &InspectionFile) -> QueryResult<Inspection> {
    if let Some(known) = inspections::get(db, &file.id)? {
        return Ok(known);
    }
    let new = file.inspection(now().0);
    match inspections::create(db, &new) {
        // Another worker made it a moment ago.
        Err(Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => {
            inspections::get(db, &file.id)?.ok_or(Error::NotFound)
        }
        created => created.map(|()| new),
    }
}

impl InspectionFile {
    /// The first bound of the contract's `CreateInspection` that is broken: key, what is wanted, what is there.
    fn fault(&self) -> Option<(&'static str, &'static str, String)> {
        let named = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let id = (2..=32).contains(&self.id.len())
            && self.id.bytes().all(named)
            && self.id.starts_with(|first: char| first.is_ascii_lowercase())
            && !self.id.ends_with('-');
        let province = self.province.len() == 6
            && self.province.bytes().all(|byte| byte.is_ascii_digit())
            && self.province.ends_with("0000");
        let started = self.started_on;
        let ends = [("ended_on", self.ended_on), ("feedback_on", self.feedback_on)];
        if !id {
            let wanted = "2 to 32 characters out of a-z, 0-9 and -, beginning with a letter, such as gz-2021";
            return Some(("id", wanted, self.id.clone()));
        }
        if !(1..=200).contains(&self.name.chars().count()) {
            return Some(("name", "1 to 200 characters", self.name.clone()));
        }
        if !(1..=99).contains(&self.round) {
            return Some(("round", "1 to 99", self.round.to_string()));
        }
        if !province {
            return Some((
                "province",
                "the code of a province, such as 520000",
                self.province.clone(),
            ));
        }
        let early = ends.into_iter().find(|(_, day)| *day < started);
        early.map(|(key, day)| (key, "no day before started_on", day.to_string()))
    }

    /// Whether a stored inspection says the same as the file.
    #[must_use]
    pub fn is_as_stored(&self, stored: &Inspection) -> bool {
        let file = self.inspection(stored.created_at_utc);
        let told = |one: &Inspection| {
            let dates = (one.started_on, one.ended_on, one.feedback_on, one.first_received_on);
            (
                one.name.clone(),
                one.level,
                one.round,
                one.province.clone(),
                one.team.clone(),
                dates,
                one.themes.clone(),
            )
        };
        told(&file) == told(stored)
    }

    /// The inspection as it is stored when new.
    #[must_use]
    pub fn inspection(&self, now: NaiveDateTime) -> Inspection {
        Inspection {
            id: self.id.clone(),
            name: self.name.clone(),
            level: match self.level {
                FileLevel::Central => Level::Central,
                FileLevel::Provincial => Level::Provincial,
            }
            .code(),
            round: self.round.into(),
            province: self.province.clone(),
            team: self.group.clone(),
            started_on: self.started_on,
            ended_on: Some(self.ended_on),
            feedback_on: Some(self.feedback_on),
            first_received_on: Some(self.first_received_on),
            themes: serde_json::json!(self.themes).to_string(),
            petition_register: false,
            task_register: false,
            last_sequence: 0,
            version: 1,
            request_id: None,
            created_at_utc: now,
            updated_at_utc: now,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = r#"
        id = "gz-2021"
        name = "督察"
        level = "central"
        round = 2
        province = "520000"
        started_on = 2021-12-05
        ended_on = 2022-01-05
        feedback_on = 2022-03-18
        first_received_on = 2021-12-06
    "#;

    #[test]
    fn every_key_is_read_and_a_key_too_many_is_refused_with_its_line() {
        let read: InspectionFile = toml::from_str(WHOLE).unwrap();
        assert_eq!(read.first_received_on.to_string(), "2021-12-06");
        let refused = toml::from_str::<InspectionFile>(&format!("{WHOLE}\nrounds = 3"))
            .unwrap_err()
            .to_string();
        assert!(refused.contains("rounds") && refused.contains("line 12"), "{refused}");
    }

    #[test]
    fn a_value_outside_the_contracts_bounds_is_told_with_its_key() {
        for (from, to, key) in [
            ("gz-2021", "GZ 2021!", "id"),
            ("round = 2", "round = 0", "round"),
            ("520000", "520102", "province"),
            ("2022-01-05", "2021-01-05", "ended_on"),
        ] {
            let read: InspectionFile = toml::from_str(&WHOLE.replace(from, to)).unwrap();
            assert_eq!(read.fault().map(|fault| fault.0), Some(key));
        }
        assert_eq!(toml::from_str::<InspectionFile>(WHOLE).unwrap().fault(), None);
    }

    #[test]
    fn a_date_with_a_time_is_refused() {
        let timed = WHOLE.replace("2021-12-05", "2021-12-05T08:00:00");
        assert!(toml::from_str::<InspectionFile>(&timed).is_err());
    }
}
