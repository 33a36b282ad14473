//! `inspection.toml` beside the ledgers: which inspection they belong to.

use std::path::{Path, PathBuf};

use chrono::{NaiveDate, NaiveDateTime};
use ducha_records::codes::Level;
use ducha_records::inspections::Inspection;
use serde::{Deserialize, Deserializer};

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
    toml::from_str(&text).map_err(|error| InspectionFileError::Toml {
        path,
        error: Box::new(error),
    })
}

impl InspectionFile {
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
    fn a_date_with_a_time_is_refused() {
        let timed = WHOLE.replace("2021-12-05", "2021-12-05T08:00:00");
        assert!(toml::from_str::<InspectionFile>(&timed).is_err());
    }
}
