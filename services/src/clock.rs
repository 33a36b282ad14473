//! The time, as records have it.

use chrono::{NaiveDateTime, SubsecRound, Utc};

/// Now in UTC, as exactly as both databases keep it.
#[must_use]
pub fn now() -> NaiveDateTime {
    Utc::now().naive_utc().trunc_subsecs(6)
}
