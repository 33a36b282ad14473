//! A date somewhere in a title, a preamble or a footer.

use chrono::NaiveDate;

use crate::values::{numeral, text};

use super::DateContext;
use super::parts::{GAP, Parts};

/// The first full and plausible date in `text`: `填报日期：2023年5月31日`, `（第二十八批2021年9月30日）`, `2023.5.31`, `20230531`.
#[must_use]
pub fn find_in_text(text: &str, context: &DateContext) -> Option<NaiveDate> {
    let narrow = text::compact(&text::mark_gaps(&text::clean(text), GAP));
    let folded = numeral::fold(&narrow);
    let mut rest = folded.as_ref();
    while let Some(start) = rest.find(|character: char| character.is_ascii_digit()) {
        let within_word = rest[..start].ends_with(|character: char| character.is_ascii_alphabetic());
        rest = &rest[start..];
        let (digits, after) = split_digits(rest);
        if !within_word
            && let Some(parts) = date_at(digits, after)
            && let Ok(reading) = context.finish(parts)
        {
            return Some(reading.date);
        }
        rest = after;
    }
    None
}

/// The date that begins with the run `digits`.
fn date_at(digits: &str, after: &str) -> Option<Parts> {
    let year = digits.get(..4)?.parse().ok()?;
    if digits.len() == 8 {
        return Some(Parts::day(year, digits[4..6].parse().ok()?, digits[6..].parse().ok()?));
    }
    let mark = after.chars().next().filter(|_| digits.len() == 4)?;
    let (month, behind_month) = split_digits(after.strip_prefix(mark)?);
    let second = if mark == '年' { '月' } else { mark };
    if !matches!(mark, '年' | '.' | '-' | '/') {
        return None;
    }
    let (day, behind_day) = split_digits(behind_month.strip_prefix(second)?);
    let ended = if mark == '年' {
        behind_day.starts_with(['日', '号'])
    } else {
        !behind_day.starts_with(mark) || mark == '-'
    };
    let short = |digits: &str| if digits.len() > 2 { None } else { digits.parse().ok() };
    Some(Parts::day(year, short(month)?, short(day)?)).filter(|_| ended)
}

fn split_digits(text: &str) -> (&str, &str) {
    text.split_at(
        text.find(|character: char| !character.is_ascii_digit())
            .unwrap_or(text.len()),
    )
}
