//! The time that amounts are of, in one spelling: `2022年`, `2022年1-5月`, `2023年5月`.

use chrono::Datelike;

use super::text;
use crate::cell::Value;

/// Reads a period. A year alone gets its 年, and a date the form of a month. None for a number that is no year: 2022.1
/// may be January or October.
#[must_use]
pub fn read(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) if number.fract() == 0.0 && (1000.0..10_000.0).contains(number) => {
            Some(format!("{number}年"))
        }
        Value::Number(_) | Value::Bool(_) | Value::Error(_) => None,
        Value::DateTime(moment) => Some(format!("{}年{}月", moment.date().year(), moment.date().month())),
        Value::Text(written) => {
            let period = text::compact(&text::clean(written)).replace(['—', '–', '至', '~', '～'], "-");
            let period = period
                .strip_suffix('度')
                .filter(|rest| rest.ends_with('年'))
                .unwrap_or(&period);
            let is_year = period.len() == 4 && period.bytes().all(|byte| byte.is_ascii_digit());
            Some(if is_year {
                format!("{period}年")
            } else {
                period.to_owned()
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_period_has_one_spelling() {
        for (written, period) in [
            ("2022年", "2022年"),
            ("2022", "2022年"),
            ("２０２２", "2022年"),
            ("2022 年度", "2022年"),
            ("2022年1至5月", "2022年1-5月"),
            ("2022年1—5月", "2022年1-5月"),
            ("2023年5月", "2023年5月"),
        ] {
            assert_eq!(
                read(&Value::Text(written.to_owned())).as_deref(),
                Some(period),
                "{written}"
            );
        }
        assert_eq!(read(&Value::Number(2022.0)).as_deref(), Some("2022年"));
        assert_eq!(read(&Value::Number(2022.1)), None);
    }

    proptest! {
        #[test]
        fn what_was_read_is_read_again(written in any::<String>(), sour in "[0-9年月度至~— -]{0,12}") {
            for text in [written, sour] {
                let Some(once) = read(&Value::Text(text)) else { continue };
                prop_assert_eq!(read(&Value::Text(once.clone())), Some(once));
            }
        }
    }
}
