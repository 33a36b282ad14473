//! Deadlines (整改时限) as plans write them: days, ends of periods, several stages, and words such as `立行立改`.

use chrono::NaiveDate;

use crate::cell::Value;

use super::date::{self, DateContext, DateFault};
use super::text;

mod scan;
#[cfg(test)]
mod tests;

/// What sort of deadline it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeadlineKind {
    /// A day, the end of a period, or the last of several.
    Date,
    /// No end: `长期坚持`.
    OpenEnded,
    /// At once: `立行立改`.
    Immediate,
    /// Said to be settled elsewhere or later: `待定`.
    Unknown,
}

/// A deadline that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// The text of the cell, cleaned.
    pub raw: String,
    /// What sort it is.
    pub kind: DeadlineKind,
    /// The last day on which the work is in time (`前` and `底前` include it); only for a date.
    pub due: Option<NaiveDate>,
    /// Whether the work goes on afterwards: `长期坚持`.
    pub long_term: bool,
    /// Whether several different dates are named, as stages or as the months of a range; `due` is the last of them.
    pub staged: bool,
}

/// Why a deadline could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DeadlineFault {
    /// No known form of a deadline.
    #[error("found no form of a deadline")]
    Unreadable,
    /// `今年底前`: which year is not known.
    #[error("found a deadline that needs the year of the report")]
    RelativeYear,
    /// It holds a date with a fault.
    #[error(transparent)]
    Date(#[from] DateFault),
}

/// Words for work without an end.
const LONG_TERM: [&str; 6] = ["长期", "持续推进", "持续坚持", "持续整改", "持续巩固", "常态化"];

/// Words for work at once.
const IMMEDIATE: [&str; 8] = [
    "立行立改",
    "立即整改",
    "立知立改",
    "立整立改",
    "即知即改",
    "即行即改",
    "边督边改",
    "立即完成",
];

/// Words for a deadline that is settled elsewhere or later.
const UNKNOWN: [&str; 6] = ["待定", "另行", "未定", "未明确", "视情", "待明确"];

/// Reads a deadline. `report_year` is the year that `今年` means. Blank cells are the caller's.
///
/// # Errors
/// `RelativeYear` where that year is wanted and not known, `Date` for a date with a fault, else `Unreadable`.
pub fn read(value: &Value, report_year: Option<i32>, context: &DateContext) -> Result<Deadline, DeadlineFault> {
    let written = value.as_written();
    let raw = text::clean(&written).into_owned();
    match date::read(value, context) {
        Ok(reading) => return Ok(dated(raw, &[reading.date])),
        Err(DateFault::Unreadable | DateFault::Range) => {}
        Err(fault) => return Err(fault.into()),
    }
    let Value::Text(text) = value else {
        return Err(DeadlineFault::Unreadable);
    };
    let dates = scan::dates(&date::fold(text), report_year, context)?;
    if dates.is_empty() {
        without_date(raw)
    } else {
        Ok(dated(raw, &dates))
    }
}

fn dated(raw: String, dates: &[NaiveDate]) -> Deadline {
    Deadline {
        kind: DeadlineKind::Date,
        due: dates.iter().max().copied(),
        long_term: has_any(&raw, &LONG_TERM),
        staged: dates.windows(2).any(|pair| pair[0] != pair[1]),
        raw,
    }
}

fn without_date(raw: String) -> Result<Deadline, DeadlineFault> {
    let compact: String = raw.split_whitespace().collect();
    let long_term = has_any(&compact, &LONG_TERM);
    let kind = if has_any(&compact, &IMMEDIATE) {
        DeadlineKind::Immediate
    } else if long_term {
        DeadlineKind::OpenEnded
    } else if has_any(&compact, &UNKNOWN) {
        DeadlineKind::Unknown
    } else {
        return Err(DeadlineFault::Unreadable);
    };
    Ok(Deadline {
        raw,
        kind,
        due: None,
        long_term,
        staged: false,
    })
}

fn has_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}
