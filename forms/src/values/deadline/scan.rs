//! The dates inside the text of a deadline.
//!
//! Only a year (written, or meant by `今年`) begins a date; other digits (`完成30%`, `3台`) are passed over. A year whose
//! continuation is not understood is a fault, since its last day would be a guess.

use chrono::{Datelike, NaiveDate};

use crate::values::date::{DateContext, DateFault, last_day};

use super::DeadlineFault;

/// Words that stand for a year, and how far it is from the year of the report. `年底` leaves its tail in place.
const RELATIVE: [(&str, i32); 3] = [("今年", 0), ("本年", 0), ("明年", 1)];

/// Ends of a year that is not named.
const UNNAMED_YEAR_ENDS: [&str; 4] = ["年底", "年末", "年内", "年终"];

/// What may follow a bare year that is a deadline.
const AFTER_YEAR: [&str; 18] = [
    "年底", "年末", "年内", "底", "末", "内", "终", "前", "之前", "以前", "完成", "全面", "全部", "整改", "基本",
    "建成", "并", "左右",
];

/// Marks and words between the first and the last of a range.
const TO: [char; 6] = ['-', '~', '至', '到', '—', '–'];

/// A date, or none for the start of a range or of a lasting effort (`2023年起`), and the text behind it.
type Step<'a> = (Option<NaiveDate>, &'a str);

/// All dates in `text` (folded), in its order.
pub(super) fn dates(
    text: &str,
    report_year: Option<i32>,
    context: &DateContext,
) -> Result<Vec<NaiveDate>, DeadlineFault> {
    let mut dates: Vec<NaiveDate> = Vec::new();
    let (mut before, mut rest) = ("", text);
    while let Some(start) = next_start(rest) {
        let must_be_date =
            !dates.is_empty() && start > 0 && rest[..start].chars().all(|character| TO.contains(&character));
        if start > 0 {
            before = &rest[..start];
        }
        rest = &rest[start..];
        let step = date_at(rest, before, report_year, dates.last().copied())?;
        if step.is_none() && must_be_date {
            return Err(DeadlineFault::Unreadable);
        }
        let (date, behind) = step.unwrap_or_else(|| (None, skip(rest)));
        if let Some(date) = date.filter(|_| !runs_on(behind)) {
            dates.push(context.plausible(date)?);
        }
        before = &rest[..rest.len() - behind.len()];
        rest = behind;
    }
    Ok(dates)
}

/// Where the next digit or the next word for a year stands.
fn next_start(text: &str) -> Option<usize> {
    let digit = text.find(|character: char| character.is_ascii_digit());
    let words = RELATIVE.iter().map(|(word, _)| *word).chain(UNNAMED_YEAR_ENDS);
    words.filter_map(|word| text.find(word)).chain(digit).min()
}

/// Passes over digits that begin no date and the measure of years behind them (`3年内`), or over one character.
fn skip(text: &str) -> &str {
    let (digits, behind) = split_digits(text);
    if digits.is_empty() {
        return text.strip_prefix(|_: char| true).unwrap_or_default();
    }
    behind.strip_prefix('年').unwrap_or(behind)
}

/// The date that begins at the start of `text`, if one does.
fn date_at<'a>(
    text: &'a str,
    before: &str,
    report_year: Option<i32>,
    previous: Option<NaiveDate>,
) -> Result<Option<Step<'a>>, DeadlineFault> {
    let (digits, behind) = split_digits(text);
    if before.ends_with(|character: char| character.is_ascii_alphabetic() || character == '.') {
        return Ok(None);
    }
    match digits.len() {
        0 => relative(text, before, report_year),
        4 => of_written_year(digits, behind).map(Some),
        8 => eight_digits(digits).map(|date| Some((Some(date), behind))),
        1 | 2 if behind.starts_with('月') && !before.ends_with('每') => month_alone(text, previous).map(Some),
        2 if digits >= "15" && is_short_year(behind) => Err(DateFault::Ambiguous.into()),
        _ => Ok(None),
    }
}

/// `年底` or `年` and a month, behind two digits.
fn is_short_year(behind: &str) -> bool {
    let Some(tail) = behind.strip_prefix('年') else {
        return false;
    };
    tail.starts_with(['底', '末', '上', '下'])
        || split_digits(tail).1.starts_with('月') && !split_digits(tail).0.is_empty()
}

fn relative<'a>(text: &'a str, before: &str, report_year: Option<i32>) -> Result<Option<Step<'a>>, DeadlineFault> {
    // 每年底, 半年内 and 多年内 are no year.
    if before.ends_with(['每', '半', '全', '多', '几', '逐', '两', '周', '往']) {
        return Ok(None);
    }
    let (distance, tail) = match RELATIVE
        .iter()
        .find_map(|(word, distance)| Some((*distance, text.strip_prefix(word)?)))
    {
        Some(found) => found,
        None => (0, text.strip_prefix('年').ok_or(DeadlineFault::Unreadable)?),
    };
    let year = report_year.ok_or(DeadlineFault::RelativeYear)?.saturating_add(distance);
    of_year(year, tail).map(Some)
}

fn of_written_year<'a>(digits: &str, behind: &'a str) -> Result<Step<'a>, DeadlineFault> {
    let year: i32 = digits.parse().map_err(|_| DeadlineFault::Unreadable)?;
    if let Some(tail) = behind.strip_prefix('年') {
        return of_year(year, tail);
    }
    if starts_range_of_years(behind) {
        return Ok((None, behind));
    }
    let separator = behind.chars().next().filter(|mark| matches!(mark, '.' | '-' | '/'));
    match separator.and_then(|mark| behind.strip_prefix(mark).map(|tail| (mark, tail))) {
        Some((mark, tail)) => separated(year, mark, tail),
        None => Err(DeadlineFault::Unreadable),
    }
}

/// `-2025年` behind a year.
fn starts_range_of_years(behind: &str) -> bool {
    behind
        .strip_prefix(TO)
        .is_some_and(|tail| split_digits(tail).0.len() == 4)
}

/// `12.31` or `12` behind `2023.`.
fn separated(year: i32, mark: char, tail: &str) -> Result<Step<'_>, DeadlineFault> {
    let (month, behind) = short_number(tail)?;
    let day = behind
        .strip_prefix(mark)
        .map(split_digits)
        .filter(|(digits, _)| matches!(digits.len(), 1 | 2));
    let (date, behind) = match day {
        // 2023-6-9 is a day; 2023.6-9 is not read here, since its marks differ.
        Some((digits, behind)) => (
            NaiveDate::from_ymd_opt(year, month, digits.parse().unwrap_or(0)),
            behind,
        ),
        None => (last_day(year, month), behind.strip_prefix('月').unwrap_or(behind)),
    };
    end_of_date(date, behind)
}

fn eight_digits(digits: &str) -> Result<NaiveDate, DeadlineFault> {
    NaiveDate::parse_from_str(digits, "%Y%m%d").map_err(|_| DateFault::Impossible.into())
}

/// A month behind an earlier date lies in its year, if that makes it a later date.
fn month_alone(text: &str, previous: Option<NaiveDate>) -> Result<Step<'_>, DeadlineFault> {
    let previous = previous.ok_or(DateFault::NoYear)?;
    match of_month(previous.year(), text)? {
        (Some(date), _) if date <= previous => Err(DateFault::NoYear.into()),
        step => Ok(step),
    }
}

/// Reads what stands behind a year and `年`.
fn of_year(year: i32, tail: &str) -> Result<Step<'_>, DeadlineFault> {
    let tail = tail.strip_prefix('度').unwrap_or(tail);
    if is_start(tail) || starts_range_of_years(tail) {
        return Ok((None, tail));
    }
    if split_digits(tail).1.starts_with('月') && tail.starts_with(|first: char| first.is_ascii_digit()) {
        return of_month(year, tail);
    }
    if let Some((quarter, behind)) = quarter(tail) {
        return end_of_date(last_day(year, quarter * 3), behind);
    }
    for (half, month) in [("上半年", 6), ("下半年", 12)] {
        if let Some(behind) = tail.strip_prefix(half) {
            return end_of_date(last_day(year, month), behind);
        }
    }
    if tail.starts_with(['初', '中']) && !tail.starts_with("中央") {
        return Err(DateFault::Ambiguous.into());
    }
    let ends = tail.chars().next().is_none_or(|next| !next.is_alphanumeric());
    match AFTER_YEAR.iter().find_map(|word| tail.strip_prefix(word)) {
        Some(behind) if !behind.starts_with(|next: char| next.is_ascii_digit() || next == '第') => {
            Ok((last_day(year, 12), behind))
        }
        None if ends => end_of_date(last_day(year, 12), tail),
        _ => Err(DeadlineFault::Unreadable),
    }
}

/// `—长期坚持` behind a date makes it the start of a range without an end.
fn runs_on(behind: &str) -> bool {
    behind
        .strip_prefix(TO)
        .is_some_and(|tail| ["长期", "持续", "今后"].iter().any(|word| tail.starts_with(word)))
}

/// `2023年起` begins something and ends nothing.
fn is_start(behind: &str) -> bool {
    ["起", "开始", "启动", "开工", "以来", "以后", "之后"]
        .iter()
        .any(|word| behind.starts_with(word))
}

/// `一季度`, `第1季度` and `前3季度` behind a year; 1 to 4.
fn quarter(tail: &str) -> Option<(u32, &str)> {
    let (digits, behind) = split_digits(tail.trim_start_matches(['前', '第']));
    let behind = behind.strip_prefix("季度")?;
    digits
        .parse()
        .ok()
        .filter(|quarter| (1..=4).contains(quarter))
        .map(|quarter| (quarter, behind))
}

/// Reads `6月底`, `9月下旬`, `12月31日` behind a year.
fn of_month(year: i32, tail: &str) -> Result<Step<'_>, DeadlineFault> {
    let (month, behind) = short_number(tail)?;
    let behind = behind.strip_prefix('月').ok_or(DeadlineFault::Unreadable)?;
    if is_start(behind) {
        return Ok((None, behind));
    }
    for (third, day) in [("上旬", Some(10)), ("中旬", Some(20)), ("下旬", None)] {
        if let Some(behind) = behind.strip_prefix(third) {
            let date = day.map_or_else(
                || last_day(year, month),
                |day| NaiveDate::from_ymd_opt(year, month, day),
            );
            return end_of_date(date, behind);
        }
    }
    if behind.starts_with(['初', '中']) {
        return Err(DateFault::Ambiguous.into());
    }
    let (digits, after_day) = split_digits(behind);
    if digits.is_empty() {
        return end_of_date(last_day(year, month), behind);
    }
    let (day, _) = short_number(behind)?;
    let date = NaiveDate::from_ymd_opt(year, month, day);
    match after_day.strip_prefix(['日', '号']) {
        Some(behind) if is_start(behind) => Ok((None, behind)),
        Some(behind) => end_of_date(date, behind),
        None if after_day
            .chars()
            .next()
            .is_none_or(|next| !next.is_alphanumeric() || next == '前') =>
        {
            end_of_date(date, after_day)
        }
        None => Err(DeadlineFault::Unreadable),
    }
}

/// A date ends where no digit follows.
fn end_of_date(date: Option<NaiveDate>, behind: &str) -> Result<Step<'_>, DeadlineFault> {
    if behind.starts_with(|next: char| next.is_ascii_digit()) {
        return Err(DeadlineFault::Unreadable);
    }
    Ok((Some(date.ok_or(DateFault::Impossible)?), behind))
}

/// A month or a day: one or two digits.
fn short_number(text: &str) -> Result<(u32, &str), DeadlineFault> {
    let (digits, behind) = split_digits(text);
    match digits.len() {
        1 | 2 => Ok((digits.parse().map_err(|_| DeadlineFault::Unreadable)?, behind)),
        _ => Err(DeadlineFault::Unreadable),
    }
}

fn split_digits(text: &str) -> (&str, &str) {
    text.split_at(
        text.find(|character: char| !character.is_ascii_digit())
            .unwrap_or(text.len()),
    )
}
