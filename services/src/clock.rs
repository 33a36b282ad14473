//! The time, as records have it.

use chrono::{NaiveDate, NaiveDateTime, SubsecRound, TimeDelta, Utc};

/// Now in UTC, as exactly as both databases keep it.
#[must_use]
pub fn now() -> NaiveDateTime {
    Utc::now().naive_utc().trunc_subsecs(6)
}

/// Today in China, where days of figures are counted.
#[must_use]
pub fn today() -> NaiveDate {
    (Utc::now() + TimeDelta::hours(8)).date_naive()
}
