//! Working days. Which holidays there are is decided each year, so they are data: a file of the administrator's.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Deserializer};

/// Days that are no working days though they fall on Monday to Friday, and the other way round.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// No working days.
    #[serde(default, deserialize_with = "days")]
    holidays: BTreeSet<NaiveDate>,
    /// Saturdays and Sundays that are worked.
    #[serde(default, deserialize_with = "days")]
    workdays: BTreeSet<NaiveDate>,
}

/// Why a calendar was refused.
#[derive(Debug, thiserror::Error)]
pub enum CalendarError {
    /// It cannot be read.
    #[error("cannot read the calendar {path}: {error}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// It is not what it should be; the text names line and column.
    #[error("in the calendar {path}: {error}")]
    Toml {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        error: Box<toml::de::Error>,
    },
}

fn days<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeSet<NaiveDate>, D::Error> {
    let written: Vec<toml::value::Datetime> = Vec::deserialize(deserializer)?;
    let day = |written: toml::value::Datetime| {
        let date = written.date.filter(|_| written.time.is_none())?;
        NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
    };
    let days: Option<BTreeSet<NaiveDate>> = written.into_iter().map(day).collect();
    days.ok_or_else(|| serde::de::Error::custom("wanted days such as 2023-10-01"))
}

impl Calendar {
    /// Reads a file: `holidays = [2023-10-02]`, `workdays = [2023-10-07]`.
    ///
    /// # Errors
    /// [`CalendarError`].
    pub fn read(path: &Path) -> Result<Self, CalendarError> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => {
                let path = path.to_owned();
                return Err(CalendarError::Read { path, error });
            }
        };
        toml::from_str(&text).map_err(|error| CalendarError::Toml {
            path: path.to_owned(),
            error: Box::new(error),
        })
    }

    fn is_worked(&self, day: NaiveDate) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        self.workdays.contains(&day) || (!weekend && !self.holidays.contains(&day))
    }

    /// The day that is so many working days after another. `None` at the end of the calendar.
    #[must_use]
    pub fn after(&self, day: NaiveDate, working_days: u32) -> Option<NaiveDate> {
        let mut day = day;
        let mut left = working_days;
        while left > 0 {
            day = day.succ_opt()?;
            left -= u32::from(self.is_worked(day));
        }
        Some(day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn weekends_and_holidays_are_passed_over_and_worked_weekends_are_not() {
        let plain = Calendar::default();
        assert_eq!(plain.after(day("2023-09-28"), 5), Some(day("2023-10-05")));
        assert_eq!(
            plain.after(day("2023-09-30"), 1),
            Some(day("2023-10-02")),
            "from a Saturday"
        );
        let text = "holidays = [2023-09-29, 2023-10-02, 2023-10-03, 2023-10-04, 2023-10-05, 2023-10-06]\n\
            workdays = [2023-10-07, 2023-10-08]\n";
        let calendar: Calendar = toml::from_str(text).unwrap();
        assert_eq!(calendar.after(day("2023-09-28"), 1), Some(day("2023-10-07")));
        assert_eq!(calendar.after(day("2023-09-28"), 3), Some(day("2023-10-09")));
        assert_eq!(calendar.after(day("2023-09-28"), 0), Some(day("2023-09-28")));
    }

    #[test]
    fn a_calendar_with_a_mistake_is_refused() {
        for text in [
            "holidays = [\"soon\"]",
            "holidays = [2023-10-01T12:00:00]",
            "feasts = []",
            "holidays = 3",
        ] {
            assert!(toml::from_str::<Calendar>(text).is_err(), "{text}");
        }
    }
}
