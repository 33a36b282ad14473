//! Numbers as an account prints them.

use crate::convert::decimal;
use crate::language::Language;

/// An amount in millionths without zeros at its end: `248500` in Chinese, `248,500` in English, `1848.55`, `-10`.
#[must_use]
pub fn number(millionths: i64, language: Language) -> String {
    let plain = decimal(millionths);
    if language == Language::Zh {
        return plain;
    }
    let (sign, digits) = plain
        .strip_prefix('-')
        .map_or(("", plain.as_str()), |digits| ("-", digits));
    let (whole, places) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    format!("{sign}{}{places}", grouped(whole))
}

/// Digits in groups of three.
pub(super) fn grouped(digits: &str) -> String {
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_exactly_and_as_each_language_writes_them() {
        for (millionths, zh, en) in [
            (2_291_000_000, "2291", "2,291"),
            (248_500_000_000, "248500", "248,500"),
            (1_848_550_000, "1848.55", "1,848.55"),
            (9_898_000, "9.898", "9.898"),
            (-10_000_000, "-10", "-10"),
            (0, "0", "0"),
            (1, "0.000001", "0.000001"),
            (i64::MIN, "-9223372036854.775808", "-9,223,372,036,854.775808"),
        ] {
            assert_eq!(number(millionths, Language::Zh), zh);
            assert_eq!(number(millionths, Language::En), en);
        }
    }
}
