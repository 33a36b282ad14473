//! Petition numbers (受理编号), such as `X3SX202506010011`: channel, round, province, day received, serial of that day.

use chrono::{Datelike, NaiveDate};
use regex::Regex;

use super::text;

/// Characters of a standard number.
const STANDARD_CHARS: usize = 16;

/// Channel, round and province take four bytes; a number as long as that and a year meant the standard form.
const SPOILED_FROM: usize = 8;

/// Longest number, in characters, that is kept.
const LONGEST_CHARS: usize = 64;

/// Years in which inspections of this kind received petitions.
const YEARS: std::ops::RangeInclusive<i32> = 2015..=2035;

/// Signs of a key case beside its number.
const STARS: [char; 6] = ['*', '★', '☆', '※', '✱', '⁎'];

/// Words of a key case beside its number, in brackets or at an end.
const KEY_WORDS: [&str; 6] = ["(重点件)", "(重点)", "[重点]", "【重点】", "重点件", "重点"];

/// What the inspection says about its numbers.
#[derive(Debug, Clone, Default)]
pub struct NumberPatterns {
    /// The two letters of the province (`GZ`); none takes any two.
    pub province_letters: Option<String>,
    /// Other forms its numbers may have, each of the whole number without blanks and marks, in upper case.
    pub others: Vec<Regex>,
}

impl NumberPatterns {
    /// A pattern of the whole number.
    ///
    /// # Errors
    /// Where `pattern` is no regular expression.
    pub fn pattern(pattern: &str) -> Result<Regex, regex::Error> {
        Regex::new(&format!("^(?:{pattern})$"))
    }
}

/// Letters of the provinces in petition numbers, by the first two digits of their codes (ISO 3166-2:CN).
const LETTERS: [(&str, &str); 31] = [
    ("11", "BJ"),
    ("12", "TJ"),
    ("13", "HE"),
    ("14", "SX"),
    ("15", "NM"),
    ("21", "LN"),
    ("22", "JL"),
    ("23", "HL"),
    ("31", "SH"),
    ("32", "JS"),
    ("33", "ZJ"),
    ("34", "AH"),
    ("35", "FJ"),
    ("36", "JX"),
    ("37", "SD"),
    ("41", "HA"),
    ("42", "HB"),
    ("43", "HN"),
    ("44", "GD"),
    ("45", "GX"),
    ("46", "HI"),
    ("50", "CQ"),
    ("51", "SC"),
    ("52", "GZ"),
    ("53", "YN"),
    ("54", "XZ"),
    ("61", "SN"),
    ("62", "GS"),
    ("63", "QH"),
    ("64", "NX"),
    ("65", "XJ"),
];

/// The letters that the numbers of a province have, by its division code.
#[must_use]
pub fn letters(province: &str) -> Option<&'static str> {
    let digits = province.get(..2)?;
    LETTERS
        .iter()
        .find(|(code, _)| *code == digits)
        .map(|(_, letters)| *letters)
}

/// A number that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PetitionNumber {
    /// The number without marks and blanks, in upper case and narrow characters.
    pub number: String,
    /// Whether a star or `重点` stood beside it.
    pub key_case: bool,
    /// `phone` (D) or `letter` (X), if the number is standard.
    pub channel: Option<&'static str>,
    /// Day of receipt, if the number is standard.
    pub received_on: Option<NaiveDate>,
    /// Round of the inspection, if the number is standard.
    pub round: Option<u8>,
    /// Whether a letter O was read as a zero, or a zero as an O.
    pub corrected: bool,
    /// Whether it has the form of the second and third rounds. Other tidy numbers are kept as they are.
    pub standard: bool,
    /// Whether it has another form that the inspection uses.
    pub listed: bool,
}

/// Why a number could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PetitionNumberFault {
    /// Nothing, or a word for nothing.
    #[error("found no petition number")]
    Empty,
    /// No digit, longer than 64 characters, damaged, or cut to an exponent by the spreadsheet (`2.02506E+11`).
    #[error("found no usable petition number")]
    Malformed,
}

/// Reads a number, whatever its width, case, blanks and stars, and with `O` for `0` or `0` for `O`.
///
/// # Errors
/// `Empty`, or `Malformed` where nothing usable is left, or where the standard form is begun and not kept. A tidy number of another form is no fault: `standard` is false.
pub fn read(text: &str, patterns: &NumberPatterns) -> Result<PetitionNumber, PetitionNumberFault> {
    if text.len() == STANDARD_CHARS
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
        && let Some(plain) = standard(text, patterns)
    {
        return Ok(plain); // as nearly every number is written
    }
    if super::blank::is_blank(text) {
        return Err(PetitionNumberFault::Empty);
    }
    let (number, key_case) = tidy(text);
    let usable = number.chars().any(|character| character.is_ascii_digit());
    if !usable || number.chars().count() > LONGEST_CHARS || text::has_damage(text) || is_exponent(&number) {
        return Err(PetitionNumberFault::Malformed);
    }
    let standard = standard(&number, patterns);
    let listed = standard.is_none() && patterns.others.iter().any(|pattern| pattern.is_match(&number));
    if standard.is_none()
        && !listed
        && is_spoiled(&number)
        && self::standard(&number, &NumberPatterns::default()).is_none()
    {
        return Err(PetitionNumberFault::Malformed);
    }
    Ok(standard.map_or_else(
        || PetitionNumber {
            number,
            key_case,
            channel: None,
            received_on: None,
            round: None,
            corrected: false,
            standard: false,
            listed,
        },
        |found| PetitionNumber { key_case, ..found },
    ))
}

/// Upper case, narrow, without blanks and marks; and whether there was a mark.
fn tidy(text: &str) -> (String, bool) {
    let mut number = text::compact(&text::clean(text));
    number.make_ascii_uppercase();
    let mut key_case = false;
    for word in KEY_WORDS {
        let bare = number
            .strip_prefix(word)
            .or_else(|| number.strip_suffix(word))
            .map(str::to_owned);
        if let Some(bare) = bare {
            (number, key_case) = (bare, true);
        }
    }
    if number.contains(STARS) {
        (number, key_case) = (number.replace(STARS, ""), true);
    }
    (number, key_case)
}

/// Whether a number has the beginning of the standard form but not the rest: digits are missing, too many, or no date.
fn is_spoiled(number: &str) -> bool {
    let bytes = number.as_bytes();
    bytes.len() > SPOILED_FROM
        && matches!(bytes[0], b'D' | b'X')
        && bytes[1].is_ascii_digit()
        && bytes[2..4].iter().all(u8::is_ascii_uppercase)
        && bytes[4..].iter().all(u8::is_ascii_digit)
}

/// What a spreadsheet leaves of a long number: its last digits are lost.
fn is_exponent(number: &str) -> bool {
    let Some((mantissa, exponent)) = number.split_once("E+") else {
        return false;
    };
    mantissa.parse::<f64>().is_ok() && exponent.parse::<u32>().is_ok()
}

fn standard(number: &str, patterns: &NumberPatterns) -> Option<PetitionNumber> {
    if !number.is_ascii() || number.len() != STANDARD_CHARS {
        return None;
    }
    let letter = |byte: u8| if byte == b'0' { 'O' } else { char::from(byte) };
    let digit = |byte: u8| if byte == b'O' { '0' } else { char::from(byte) };
    let bytes = number.bytes().enumerate();
    let fixed: String = bytes
        .map(|(at, byte)| {
            if matches!(at, 0 | 2 | 3) {
                letter(byte)
            } else {
                digit(byte)
            }
        })
        .collect();
    let channel = match &fixed[..1] {
        "D" => "phone",
        "X" => "letter",
        _ => return None,
    };
    let province = &fixed[2..4];
    let expected = patterns
        .province_letters
        .as_deref()
        .is_none_or(|letters| letters.eq_ignore_ascii_case(province));
    let all_digits = fixed[4..].bytes().all(|byte| byte.is_ascii_digit());
    if !expected || !all_digits || !province.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let round = fixed[1..2].parse().ok()?;
    let (month, day) = (fixed[8..10].parse().ok()?, fixed[10..12].parse().ok()?);
    let received_on = NaiveDate::from_ymd_opt(fixed[4..8].parse().ok()?, month, day)?;
    if !YEARS.contains(&received_on.year()) {
        return None;
    }
    Some(PetitionNumber {
        corrected: fixed != number,
        number: fixed,
        key_case: false,
        channel: Some(channel),
        received_on: Some(received_on),
        round: Some(round),
        listed: false,
        standard: true,
    })
}

#[cfg(test)]
mod tests;
