//! Numbers in texts.

use crate::account::number::grouped;
use crate::language::Language;

/// A number that a cell of a table says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number {
    /// Its value; hundredths of what is written if it is in percent.
    pub value: f64,
    /// Digits behind the point.
    pub decimals: usize,
    /// It is written with `%`.
    pub percent: bool,
    /// It is written with commas.
    pub commas: bool,
}

/// The longest number that a workbook keeps exactly, in digits; longer ones are codes.
const MOST_DIGITS: usize = 15;

/// The number that a text says and nothing else, such as `2,291`, `-3.50` or `99.3%`. A leading zero makes a code.
pub(super) fn number(text: &str) -> Option<Number> {
    let text = text.trim();
    let (text, percent) = match text.strip_suffix('%') {
        Some(text) => (text, true),
        None => (text, false),
    };
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = ungrouped(whole)?;
    let is_code = digits.len() > 1 && digits.starts_with('0');
    let is_fraction = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    if is_code || !is_fraction || digits.len() + fraction.len() > MOST_DIGITS {
        return None;
    }
    let sign = if text.starts_with('-') { "-" } else { "" };
    let value: f64 = format!("{sign}{digits}.{fraction}").parse().ok()?;
    Some(Number {
        value: if percent { value / 100.0 } else { value },
        decimals: decimals(unsigned),
        percent,
        commas: whole.contains(','),
    })
}

/// The digits of a whole number, whose commas must stand where they belong.
fn ungrouped(whole: &str) -> Option<String> {
    let groups = whole.split(',').collect::<Vec<_>>();
    let is_right = |(at, group): (usize, &&str)| {
        let length = match (groups.len(), at) {
            (1, _) => !group.is_empty(),
            (_, 0) => (1..=3).contains(&group.len()),
            _ => group.len() == 3,
        };
        length && group.bytes().all(|byte| byte.is_ascii_digit())
    };
    groups.iter().enumerate().all(is_right).then(|| groups.concat())
}

/// Digits behind the point of a number as it is printed.
pub(super) fn decimals(printed: &str) -> usize {
    let behind = printed.rsplit_once('.').map_or("", |(_, behind)| behind);
    behind.bytes().take_while(u8::is_ascii_digit).count()
}

/// A whole number as the language writes it.
pub(super) fn whole(number: i128, language: Language) -> String {
    let digits = number.unsigned_abs().to_string();
    let sign = if number < 0 { "-" } else { "" };
    match language {
        Language::Zh => format!("{sign}{digits}"),
        Language::En => format!("{sign}{}", grouped(&digits)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_a_number_throughout_is_one() {
        let read = |text| number(text).map(|number| (number.value, number.decimals, number.percent));
        assert_eq!(read("2,291"), Some((2291.0, 0, false)));
        assert_eq!(read(" -3.50 "), Some((-3.5, 2, false)));
        assert_eq!(read("99.3%"), Some((0.993, 1, true)));
        assert_eq!(read("0.5"), Some((0.5, 1, false)));
        assert_eq!(read("0"), Some((0.0, 0, false)));
        for other in [
            "",
            "-",
            "%",
            "1,2",
            ",100",
            "1,0000",
            "012",
            "1.",
            ".5",
            "1e3",
            "2291件",
            "1 2",
            "--1",
            "1234567890123456",
            "〔缺〕",
            "=1",
            "+1",
        ] {
            assert_eq!(read(other), None, "{other}");
        }
    }

    #[test]
    fn whole_numbers_are_written_as_the_language_writes_them() {
        let all = [0, 999, 1000, -1_234_567].map(|number| whole(number, Language::En));
        assert_eq!(all, ["0", "999", "1,000", "-1,234,567"]);
        assert_eq!(whole(-1_234_567, Language::Zh), "-1234567");
        assert_eq!((decimals("1,848.55"), decimals("12"), decimals("约1.5万")), (2, 0, 1));
    }
}
