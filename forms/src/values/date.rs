//! Dates as counties write them.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::cell::Value;

mod find;
mod parts;
#[cfg(test)]
mod tests;

pub use find::find_in_text;
pub(crate) use parts::fold;

use parts::Parts;

/// How much of the date was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// Year, month and day.
    Day,
    /// Year and month.
    Month,
    /// The year alone.
    Year,
}

/// A date that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateReading {
    /// The day; of a month or a year its **last** day, with or without `底` or `前` behind it.
    pub date: NaiveDate,
    /// How much of it was written.
    pub precision: Precision,
    /// Whether the cell says `左右`, `约` or `前后`.
    pub approximate: bool,
}

/// What the sheet and the inspection say about dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateContext {
    /// First day that is plausible.
    pub earliest: NaiveDate,
    /// Last day that is plausible.
    pub latest: NaiveDate,
    /// Whether the workbook counts its days from 1904 (old Macintosh workbooks) and not from 1900.
    pub date_1904: bool,
}

impl Default for DateContext {
    /// 2015-01-01 to 2035-12-31, counted from 1900: serials 42005 to 49674.
    fn default() -> Self {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
        Self {
            earliest: day(2015, 1, 1),
            latest: day(2035, 12, 31),
            date_1904: false,
        }
    }
}

/// Why a date could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DateFault {
    /// No known form of a date.
    #[error("found no form of a date")]
    Unreadable,
    /// `3月18日`: the year is missing.
    #[error("found a date without a year")]
    NoYear,
    /// Two dates are written the same way: `2022.10` as a number, a year of two digits, the day before the year.
    #[error("found a date that can be read in two ways")]
    Ambiguous,
    /// A date, but not a plausible one.
    #[error("found {0}, which is outside the plausible dates")]
    OutsideWindow(NaiveDate),
    /// No such day: `2023年2月30日`.
    #[error("found a day that does not exist")]
    Impossible,
    /// Two dates, the first and the last of a time.
    #[error("found a range of dates, wanted one date")]
    Range,
}

/// Reads one date. A bare whole number within the window is a serial, 8 digits are `YYYYMMDD`, 6 digits `YYYYMM` and 4 a
/// year. A time of day is dropped. Blank cells are the caller's.
///
/// # Errors
/// See [`DateFault`]; Excel errors and TRUE or FALSE are `Unreadable`.
pub fn read(value: &Value, context: &DateContext) -> Result<DateReading, DateFault> {
    match value {
        Value::DateTime(moment) => context.reading(moment.date(), Precision::Day, false),
        Value::Number(number) => read_number(*number, context),
        Value::Text(text) => read_text(text, context),
        Value::Bool(_) | Value::Error(_) => Err(DateFault::Unreadable),
    }
}

/// Largest number that is looked at: 8 digits.
const LARGEST_NUMBER: f64 = 99_999_999.0;

fn read_number(number: f64, context: &DateContext) -> Result<DateReading, DateFault> {
    if !(0.0..=LARGEST_NUMBER).contains(&number) {
        return Err(DateFault::Unreadable);
    }
    let shortest = number.to_string();
    match shortest.split_once('.') {
        None => read_digits(&shortest, context),
        // A day with a time that lost its format: the time is dropped.
        Some((day, _)) if day.len() == 5 => read_digits(day, context),
        // 2022.10 and 2022.1 are the same number.
        Some((year, "1")) if year.len() == 4 => Err(DateFault::Ambiguous),
        Some(_) => read_text(&shortest, context),
    }
}

/// Reads a run of nothing but digits.
fn read_digits(digits: &str, context: &DateContext) -> Result<DateReading, DateFault> {
    let number: u32 = digits.parse().map_err(|_| DateFault::Unreadable)?;
    match digits.len() {
        8 => context.finish(Parts::day(number / 10_000, number / 100 % 100, number % 100)),
        6 => context.finish(Parts::month(number / 100, number % 100)),
        5 => context.reading(context.of_serial(number), Precision::Day, false),
        4 => context.finish(Parts::year(number)),
        _ => Err(DateFault::Unreadable),
    }
}

fn read_text(text: &str, context: &DateContext) -> Result<DateReading, DateFault> {
    let folded = fold(text);
    if !folded.is_empty() && folded.bytes().all(|byte| byte.is_ascii_digit()) {
        return read_digits(&folded, context);
    }
    context.finish(parts::parse(&folded)?)
}

impl DateContext {
    /// The day with this serial number: 1900 counts from 1899-12-30, since it takes 1900 for a leap year.
    fn of_serial(&self, serial: u32) -> NaiveDate {
        let epoch = if self.date_1904 {
            NaiveDate::from_ymd_opt(1904, 1, 1)
        } else {
            NaiveDate::from_ymd_opt(1899, 12, 30)
        };
        epoch
            .and_then(|epoch| epoch.checked_add_days(Days::new(serial.into())))
            .unwrap_or_default()
    }

    /// The day itself, if it is plausible.
    pub fn plausible(&self, date: NaiveDate) -> Result<NaiveDate, DateFault> {
        self.reading(date, Precision::Day, false).map(|reading| reading.date)
    }

    /// `date`, if it is plausible.
    fn reading(&self, date: NaiveDate, precision: Precision, approximate: bool) -> Result<DateReading, DateFault> {
        let date_within = (self.earliest..=self.latest).contains(&date);
        // The last day of a month that the window cuts is still that month.
        let touches = precision != Precision::Day && date > self.latest && first_day(date, precision) <= self.latest;
        if date_within || touches {
            Ok(DateReading {
                date,
                precision,
                approximate,
            })
        } else {
            Err(DateFault::OutsideWindow(date))
        }
    }

    fn finish(&self, parts: Parts) -> Result<DateReading, DateFault> {
        let year = i32::try_from(parts.year).map_err(|_| DateFault::Impossible)?;
        let (date, precision) = match (parts.month, parts.day) {
            (Some(month), Some(day)) => (NaiveDate::from_ymd_opt(year, month, day), Precision::Day),
            (Some(month), None) => (last_day(year, month), Precision::Month),
            (None, _) => (last_day(year, 12), Precision::Year),
        };
        self.reading(date.ok_or(DateFault::Impossible)?, precision, parts.approximate)
    }
}

/// First day of the month or the year of `date`.
fn first_day(date: NaiveDate, precision: Precision) -> NaiveDate {
    let month = if precision == Precision::Year { 1 } else { date.month() };
    NaiveDate::from_ymd_opt(date.year(), month, 1).unwrap_or(date)
}

/// Last day of a month, counted from 1.
pub fn last_day(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, 1)?
        .checked_add_months(Months::new(1))?
        .pred_opt()
}
