//! The written forms of one date, taken apart.

use std::borrow::Cow;

use crate::values::{numeral, text};

use super::DateFault;

/// The numbers of a date, not yet known to be a day that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(super) year: u32,
    pub(super) month: Option<u32>,
    pub(super) day: Option<u32>,
    pub(super) approximate: bool,
}

impl Parts {
    pub(crate) fn year(year: u32) -> Self {
        Self {
            year,
            month: None,
            day: None,
            approximate: false,
        }
    }

    pub(crate) fn month(year: u32, month: u32) -> Self {
        Self {
            month: Some(month),
            ..Self::year(year)
        }
    }

    pub(crate) fn day(year: u32, month: u32, day: u32) -> Self {
        Self {
            day: Some(day),
            ..Self::month(year, month)
        }
    }
}

/// Words behind a date that leave it as it is; its last day is meant anyway.
const ENDINGS: [&str; 8] = ["之前", "以前", "前", "底", "末", "内", "份", "止"];

/// Words that make a date approximate.
const ABOUT: [&str; 5] = ["左右", "前后", "大约", "约", "许"];

/// Marks and words between the two ends of a range.
const RANGE_MARKS: [char; 6] = ['至', '到', '~', '-', '—', '–'];

/// Stands for blanks between digits, so that `2022.1 2` is not December.
pub(super) const GAP: &str = "|";

/// Folds a date for reading: ASCII digits, no blanks, no time of day.
pub(crate) fn fold(text: &str) -> String {
    let cleaned = text::clean(text);
    let mut compact = text::compact(&text::mark_gaps(without_time(&cleaned), GAP));
    for (word, number) in [("元月", "1月"), ("元年", "1年")] {
        if compact.contains(word) {
            compact = compact.replace(word, number);
        }
    }
    match numeral::fold(&compact) {
        Cow::Owned(folded) => folded,
        Cow::Borrowed(_) => compact,
    }
}

/// Drops a time of day: `2022-03-18 08:30:00`, `2022-03-18T08:30`, `2022年3月18日 8:30`.
fn without_time(text: &str) -> &str {
    const COLONS: [char; 2] = [':', '：'];
    let Some(colon) = text.find(COLONS) else { return text };
    let digit = |character: char| character.is_ascii_digit();
    let before = text[..colon].trim_end_matches(digit);
    let is_time = text[before.len()..]
        .chars()
        .all(|character| digit(character) || COLONS.contains(&character) || matches!(character, '.' | 'Z'));
    match before.trim_end_matches([' ', 'T']) {
        date if is_time && (date.len() < before.len() || before.ends_with(['日', '号'])) => date,
        _ => text,
    }
}

/// Reads one folded date.
pub(super) fn parse(folded: &str) -> Result<Parts, DateFault> {
    let (bare, approximate) = without_words(folded);
    let parts = parse_bare(bare).map_err(|fault| if is_range(bare) { DateFault::Range } else { fault })?;
    Ok(Parts { approximate, ..parts })
}

fn without_words(folded: &str) -> (&str, bool) {
    let (mut bare, mut approximate) = (folded, false);
    loop {
        let about = ABOUT
            .iter()
            .find_map(|word| bare.strip_suffix(word).or_else(|| bare.strip_prefix(word)));
        let ending = || ENDINGS.iter().find_map(|word| bare.strip_suffix(word));
        match (about, ending()) {
            (Some(rest), _) => (bare, approximate) = (rest, true),
            (None, Some(rest)) => bare = rest,
            (None, None) => return (bare.trim_end_matches(['.', '。', ',', ';']), approximate),
        }
    }
}

/// A number and the mark behind it.
type Piece<'a> = (&'a str, &'a str);

/// At most three numbers with a mark behind each; `None` for anything else.
fn pieces(text: &str) -> Option<Vec<Piece<'_>>> {
    let mut pieces = Vec::with_capacity(3);
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest
            .find(|character: char| !character.is_ascii_digit())
            .unwrap_or(rest.len());
        let after = &rest[digits..];
        let mark = after
            .find(|character: char| character.is_ascii_digit())
            .unwrap_or(after.len());
        if digits == 0 || digits > 4 || pieces.len() == 3 {
            return None;
        }
        pieces.push((&rest[..digits], &after[..mark]));
        rest = &after[mark..];
    }
    Some(pieces)
}

fn parse_bare(text: &str) -> Result<Parts, DateFault> {
    let pieces = pieces(text).ok_or(DateFault::Unreadable)?;
    let separated = |mark: &str| matches!(mark, "." | "-" | "/" | "。" | "·" | "、" | "—" | "–");
    match pieces.as_slice() {
        // The year last: nobody can tell whether the month or the day stands first.
        [(_, first), (_, second), (year, "")] if separated(first) && first == second && year.len() == 4 => {
            Err(DateFault::Ambiguous)
        }
        [(year, "年"), (month, "月"), (day, "日" | "号" | "")] => day_of(year, month, day),
        [(year, first), (month, second), (day, "" | "日" | "号")] if separated(first) && first == second => {
            day_of(year, month, day)
        }
        [(year, "年"), (month, "月")] => month_of(year, month),
        [(year, mark), (month, "" | "月")] if separated(mark) && year.len() == 4 => month_of(year, month),
        [(year, "年" | "年度")] => year_of(year),
        [(month, "月"), (day, "日" | "号" | "")] => no_year(month, day),
        [(month, mark), (day, "" | "日")] if separated(mark) && month.len() <= 2 && day.len() <= 2 => {
            no_year(month, day)
        }
        [(month, "月" | "月份")] => no_year(month, "1"),
        _ => Err(DateFault::Unreadable),
    }
}

fn number(digits: &str) -> Result<u32, DateFault> {
    digits.parse().map_err(|_| DateFault::Unreadable)
}

/// A month or a day has at most two digits.
fn short(digits: &str) -> Result<u32, DateFault> {
    if digits.len() > 2 {
        Err(DateFault::Unreadable)
    } else {
        number(digits)
    }
}

fn day_of(year: &str, month: &str, day: &str) -> Result<Parts, DateFault> {
    Ok(Parts::day(full_year(year)?, short(month)?, short(day)?))
}

fn month_of(year: &str, month: &str) -> Result<Parts, DateFault> {
    Ok(Parts::month(full_year(year)?, short(month)?))
}

fn year_of(year: &str) -> Result<Parts, DateFault> {
    full_year(year).map(Parts::year)
}

fn full_year(digits: &str) -> Result<u32, DateFault> {
    match digits.len() {
        4 => number(digits),
        // 22 may be a year of any century, or the day.
        2 => Err(DateFault::Ambiguous),
        _ => Err(DateFault::Unreadable),
    }
}

fn no_year(month: &str, day: &str) -> Result<Parts, DateFault> {
    let plausible = (1..=12).contains(&short(month)?) && (1..=31).contains(&short(day)?);
    Err(if plausible {
        DateFault::NoYear
    } else {
        DateFault::Unreadable
    })
}

/// Whether the text is two dates with a mark between them. The second may leave out what it shares with the first.
fn is_range(text: &str) -> bool {
    text.char_indices()
        .filter(|(_, character)| RANGE_MARKS.contains(character))
        .any(|(at, mark)| {
            let (left, right) = (&text[..at], &text[at + mark.len_utf8()..]);
            let left_is_date = is_bare_year(left) || matches!(parse_bare(left), Ok(_) | Err(DateFault::NoYear));
            let right_is_date = is_bare_year(right)
                || matches!(parse_bare(right), Ok(_) | Err(DateFault::NoYear))
                || matches!(pieces(right).as_deref(), Some([(_, "" | "日" | "号" | "月")]));
            left_is_date && right_is_date
        })
}

fn is_bare_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}
