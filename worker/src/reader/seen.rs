//! From what calamine hands out to a value of ours, borrowed as long as possible: shared strings go from the table into
//! the frame without a copy in between.

use std::borrow::Cow;

use calamine::{CellErrorType, Data, DataRef, ExcelDateTime, ExcelDateTimeType};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use crate::cell::Value;

/// A cell's value on its way out; the borrowed twin of [`Value`].
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Seen<'a> {
    Text(Cow<'a, str>),
    Number(f64),
    DateTime(NaiveDateTime),
    Bool(bool),
    Error(Cow<'a, str>),
}

impl<'a> From<&'a Value> for Seen<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Text(text) => Self::Text(Cow::Borrowed(text)),
            Value::Number(number) => Self::Number(*number),
            Value::DateTime(moment) => Self::DateTime(*moment),
            Value::Bool(truth) => Self::Bool(*truth),
            Value::Error(name) => Self::Error(Cow::Borrowed(name)),
        }
    }
}

/// First serial that is a day, and first that is beyond 9999-12-31, counted from the 1900 epoch. What lies outside is a
/// time of day, a negative number or a long id under a date format, and stays a number.
const SERIALS: std::ops::Range<f64> = 1.0..2_958_466.0;
/// Days between the epochs of 1900 and 1904.
const DAYS_TO_1904: f64 = 1_462.0;

/// The value of a streamed cell; `None` for an empty one. calamine keeps the cell to itself, so a text that is not
/// shared is copied.
pub(super) fn of_streamed<'a>(value: &DataRef<'a>) -> Option<Seen<'a>> {
    match value {
        DataRef::SharedString(text) => text_of(Cow::Borrowed(*text)),
        DataRef::String(text) | DataRef::DurationIso(text) => text_of(Cow::Owned(text.clone())),
        DataRef::Float(number) => Some(Seen::Number(*number)),
        DataRef::Int(number) => Some(Seen::Number(*number as f64)),
        DataRef::Bool(truth) => Some(Seen::Bool(*truth)),
        DataRef::DateTime(serial) => Some(of_serial(*serial)),
        DataRef::DateTimeIso(text) => of_iso(Cow::Owned(text.clone())),
        DataRef::Error(error) => Some(of_error(error)),
        DataRef::Empty => None,
    }
}

/// The value of a cell of a format that is read whole; `None` for an empty one.
pub(super) fn of_stored(value: &Data) -> Option<Seen<'_>> {
    match value {
        Data::String(text) | Data::DurationIso(text) => text_of(Cow::Borrowed(text)),
        Data::Float(number) => Some(Seen::Number(*number)),
        Data::Int(number) => Some(Seen::Number(*number as f64)),
        Data::Bool(truth) => Some(Seen::Bool(*truth)),
        Data::DateTime(serial) => Some(of_serial(*serial)),
        Data::DateTimeIso(text) => of_iso(Cow::Borrowed(text)),
        Data::Error(error) => Some(of_error(error)),
        Data::Empty => None,
    }
}

/// The value of a cell of an ods, where calamine hands out errors as the text they are shown as.
pub(super) fn of_open_document(value: &Data) -> Option<Seen<'_>> {
    match value {
        Data::String(text) if ERRORS.contains(&text.as_str()) || is_numbered_error(text) => {
            Some(Seen::Error(Cow::Borrowed(text)))
        }
        other => of_stored(other),
    }
}

const ERRORS: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];

/// `Err:502`, as LibreOffice shows what has no name in Excel.
fn is_numbered_error(text: &str) -> bool {
    let number = text.strip_prefix("Err:");
    number.is_some_and(|digits| digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

fn text_of(text: Cow<'_, str>) -> Option<Seen<'_>> {
    (!text.is_empty()).then_some(Seen::Text(text))
}

/// A number under a date format. Clamped first: conversion panicked on serials beyond Excel's range in the past.
fn of_serial(serial: ExcelDateTime) -> Seen<'static> {
    let number = serial.as_f64();
    // The epoch has no getter; two serials are equal only if they share it.
    let is_1904 = serial == ExcelDateTime::new(number, ExcelDateTimeType::DateTime, true);
    let days = if is_1904 { number + DAYS_TO_1904 } else { number };
    if serial.is_duration() || !SERIALS.contains(&days) {
        return Seen::Number(number);
    }
    serial
        .as_datetime()
        .map_or(Seen::Number(number), |moment| Seen::DateTime(whole_seconds(moment)))
}

/// Serials are fractions of a day and miss the second by a few milliseconds.
fn whole_seconds(moment: NaiveDateTime) -> NaiveDateTime {
    let rounded = moment + chrono::Duration::milliseconds(500);
    rounded.with_nanosecond(0).unwrap_or(moment)
}

/// Dates of ods, and of xlsx written with `t="d"`. What is no date stays the text that it is.
fn of_iso(text: Cow<'_, str>) -> Option<Seen<'_>> {
    let bare = text.trim_end_matches('Z');
    let moment = bare
        .parse::<NaiveDateTime>()
        .or_else(|_| bare.parse::<NaiveDate>().map(|day| day.and_time(NaiveTime::MIN)));
    match moment {
        Ok(moment) => Some(Seen::DateTime(moment)),
        Err(_) => text_of(text),
    }
}

/// An Excel error as it is shown in the cell.
pub(super) fn of_error(error: &CellErrorType) -> Seen<'static> {
    Seen::Error(Cow::Borrowed(match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType::{DateTime, TimeDelta};

    fn serial(number: f64, kind: ExcelDateTimeType, is_1904: bool) -> Value {
        let seen = of_streamed(&DataRef::DateTime(ExcelDateTime::new(number, kind, is_1904)));
        match seen.unwrap() {
            Seen::Number(number) => Value::Number(number),
            Seen::DateTime(moment) => Value::DateTime(moment),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_serial_is_a_day_by_the_epoch_of_its_workbook() {
        for (number, is_1904, wanted) in [
            (44_638.0, false, "2022-03-18"),
            (43_176.0, true, "2022-03-18"),
            (44_638.5, false, "2022-03-18 12:00:00"),
            (44_638.999_999_99, false, "2022-03-19"),
            (1.0, false, "1900-01-01"),
            (0.0, true, "1904-01-01"),
            (2_958_465.0, false, "9999-12-31"),
        ] {
            assert_eq!(serial(number, DateTime, is_1904).as_written(), wanted, "{number}");
        }
    }

    #[test]
    fn what_is_no_day_of_the_calendar_stays_a_number() {
        for number in [
            0.0,
            0.75,
            -1.0,
            2_958_466.0,
            520_103_198_001_011_234.0,
            1e300,
            f64::INFINITY,
        ] {
            assert_eq!(serial(number, DateTime, false), Value::Number(number));
        }
        assert_eq!(serial(1.5, TimeDelta, false), Value::Number(1.5));
        assert!(matches!(serial(f64::NAN, DateTime, false), Value::Number(number) if number.is_nan()));
    }

    #[test]
    fn iso_dates_become_dates_and_other_texts_stay() {
        let of = |text: &str| of_stored(&Data::DateTimeIso(text.into())).map(|seen| format!("{seen:?}"));
        assert_eq!(of("2022-03-18").unwrap(), "DateTime(2022-03-18T00:00:00)");
        assert_eq!(of("2022-03-18T08:30:00").unwrap(), "DateTime(2022-03-18T08:30:00)");
        assert_eq!(of("2022-03").unwrap(), r#"Text("2022-03")"#);
        assert_eq!(of(""), None);
    }

    #[test]
    fn errors_of_an_ods_are_told_from_texts() {
        let is_error = |text: &str| matches!(of_open_document(&Data::String(text.into())), Some(Seen::Error(_)));
        assert!(["#DIV/0!", "#REF!", "Err:502"].into_iter().all(is_error));
        assert!(!["#REF", "Err:", "Err:5O2", "见#REF!"].into_iter().any(is_error));
    }

    #[test]
    fn an_empty_text_is_an_empty_cell_and_a_blank_is_not() {
        assert_eq!(of_streamed(&DataRef::SharedString("")), None);
        assert_eq!(of_streamed(&DataRef::SharedString(" ")), Some(Seen::Text(" ".into())));
    }
}
