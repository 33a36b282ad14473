//! The time, as imports tell it.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeZone, Utc};

/// Seconds that China's time is ahead of UTC, all year.
const CHINA: i32 = 8 * 3_600;

/// Now in UTC, and today in China.
#[must_use]
pub fn now() -> (NaiveDateTime, NaiveDate) {
    let utc: DateTime<Utc> = Utc::now();
    (utc.naive_utc(), in_china(utc.naive_utc()).date())
}

/// A moment of UTC as a clock in China shows it.
#[must_use]
pub fn in_china(utc: NaiveDateTime) -> NaiveDateTime {
    FixedOffset::east_opt(CHINA).map_or(utc, |zone| zone.from_utc_datetime(&utc).naive_local())
}
