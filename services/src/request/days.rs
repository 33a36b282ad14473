//! Days of a request: ISO 8601 text, in China.

use chrono::{NaiveDate, NaiveDateTime};
use ducha::v1::DateRange;
use ducha_records::page::DateSpan;

use super::Checks;
use crate::clock;
use crate::language::Text;

/// A day as the contract writes it.
#[must_use]
pub fn day_text(day: Option<NaiveDate>) -> String {
    day.map(|day| day.format("%Y-%m-%d").to_string()).unwrap_or_default()
}

/// The moment in UTC at which a day begins in China. `None` at the end of the calendar.
#[must_use]
pub fn local_midnight(day: NaiveDate) -> Option<NaiveDateTime> {
    day.and_hms_opt(0, 0, 0)?.checked_sub_signed(clock::AHEAD)
}

/// Reads `YYYY-MM-DD` and nothing else.
fn parse(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let day = shaped.then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())??;
    // The year 0000 is no year of either database.
    (text >= "0001-01-01").then_some(day)
}

impl Checks {
    /// A day; `None` when it is empty, or wrong.
    pub fn day(&mut self, field: &str, text: &str) -> Option<NaiveDate> {
        if text.is_empty() {
            return None;
        }
        let day = parse(text);
        if day.is_none() {
            let wanted = Text::new("YYYY-MM-DD 格式的日期", "a day as YYYY-MM-DD");
            self.refuse(field, wanted, text);
        }
        day
    }

    /// A day that must be there.
    pub fn required_day(&mut self, field: &str, text: &str) -> Option<NaiveDate> {
        if text.is_empty() {
            let wanted = Text::new("YYYY-MM-DD 格式的日期", "a day as YYYY-MM-DD");
            self.refuse(field, wanted, text);
        }
        self.day(field, text)
    }

    /// A range of days. An absent one restricts nothing.
    pub(super) fn span(&mut self, field: &str, range: Option<&DateRange>) -> DateSpan {
        let Some(range) = range else {
            return DateSpan::default();
        };
        let first = self.day(&format!("{field}.first"), &range.first);
        let last = self.day(&format!("{field}.last"), &range.last);
        if first.zip(last).is_some_and(|(first, last)| last < first) {
            let wanted = Text::new(format!("不早于 {}", range.first), format!("not before {}", range.first));
            self.refuse(format!("{field}.last"), wanted, &range.last);
        }
        DateSpan { first, last }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_days_in_the_contracts_form_are_read() {
        for (text, real) in [
            ("2021-12-07", true),
            ("2024-02-29", true),
            ("2023-02-29", false),
            ("2021-12-7", false),
            ("20211207", false),
            ("2021/12/07", false),
            (" 2021-12-07", false),
            ("0000-01-01", false),
            ("+021-12-07", false),
            ("２０２１-12-07", false),
        ] {
            assert_eq!(parse(text).is_some(), real, "{text:?}");
        }
    }

    #[test]
    fn a_day_in_china_begins_at_four_in_the_afternoon_before() {
        let day = parse("2021-12-07").unwrap();
        assert_eq!(local_midnight(day).unwrap().to_string(), "2021-12-06 16:00:00");
    }

    #[test]
    fn a_range_ends_after_it_begins() {
        let range = |first: &str, last: &str| DateRange {
            first: first.into(),
            last: last.into(),
        };
        for (range, fits) in [
            (range("2021-12-07", "2021-12-07"), true),
            (range("2021-12-08", "2021-12-07"), false),
            (range("", ""), true),
            (range("2021-12-08", ""), true),
            (range("", "x"), false),
        ] {
            let mut checks = Checks::default();
            checks.span("received", Some(&range));
            assert_eq!(checks.done().is_ok(), fits, "{range:?}");
        }
    }
}
