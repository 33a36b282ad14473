//! The time, as records have it.

use chrono::{NaiveDate, NaiveDateTime, SubsecRound, TimeDelta, Utc};

/// China is this far ahead of UTC, all year.
pub const AHEAD: TimeDelta = TimeDelta::hours(8);

/// Now in UTC, as exactly as both databases keep it.
#[must_use]
pub fn now() -> NaiveDateTime {
    Utc::now().naive_utc().trunc_subsecs(6)
}

/// Today in China, where days of figures are counted.
#[must_use]
pub fn today() -> NaiveDate {
    day_in_china(Utc::now().naive_utc())
}

/// The day in China of a moment in UTC.
#[must_use]
pub fn day_in_china(at_utc: NaiveDateTime) -> NaiveDate {
    (at_utc + AHEAD).date()
}
