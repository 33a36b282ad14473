//! From a cell to an amount and the unit written behind it.

use crate::cell::Value;
use crate::values::{numeral, text};

use super::{Decimal, NumberFault};

/// An amount as written: multiplied out, its unit folded but not yet put into one spelling.
pub(super) struct Amount {
    pub(super) amount: Decimal,
    pub(super) unit: String,
    pub(super) approximate: bool,
    /// Whether a word such as `万` multiplied it.
    pub(super) multiplied: bool,
}

/// Powers of ten behind a number, the longer words first.
const MULTIPLIERS: [(&str, u32); 8] = [
    ("万亿", 12),
    ("千亿", 11),
    ("百亿", 10),
    ("亿", 8),
    ("千万", 7),
    ("百万", 6),
    ("十万", 5),
    ("万", 4),
];

/// Words in front of an amount that is not exact.
const ABOUT_BEFORE: [&str; 8] = ["大约", "约为", "约", "接近", "近", "超过", "超", "逾"];

/// Words behind the digits of an amount that is not exact.
const ABOUT_BEHIND: [&str; 2] = ["余", "多"];

/// The amount that a cell holds, as a number or as text.
pub(super) fn value(value: &Value) -> Result<Amount, NumberFault> {
    match value {
        Value::Number(number) => Ok(Amount {
            amount: Decimal::from_f64(*number)?,
            unit: String::new(),
            approximate: false,
            multiplied: false,
        }),
        Value::Text(text) => amount(text),
        Value::DateTime(_) | Value::Bool(_) | Value::Error(_) => Err(NumberFault::Unreadable),
    }
}

/// Reads `约 24.85 万余吨/日`: words, sign, digits, multiplier and unit, in that order.
pub(super) fn amount(written: &str) -> Result<Amount, NumberFault> {
    let folded = fold(written);
    let (about_before, rest) = strip_any(&folded, &ABOUT_BEFORE);
    let (digits, rest) = split_digits(rest);
    let number = Decimal::parse(&without_separators(digits)?)?;
    let (about_digits, rest) = strip_any(rest, &ABOUT_BEHIND);
    let (power, rest) = multiplier(rest);
    let (about_power, rest) = strip_any(rest, &ABOUT_BEHIND);
    let unit = rest
        .strip_suffix("左右")
        .or_else(|| rest.strip_suffix("以上"))
        .unwrap_or(rest);
    if has_stray_digit(unit) || unit.ends_with("以下") || unit.ends_with("以内") {
        return Err(NumberFault::Unreadable);
    }
    let approximate = about_before || about_digits || about_power || unit.len() < rest.len();
    Ok(Amount {
        amount: number.times_ten_to(power)?,
        unit: unit.to_owned(),
        approximate,
        multiplied: power > 0,
    })
}

/// Like [`amount`], and also a Chinese numeral alone or before a unit that `known` accepts.
pub(super) fn text_or_numeral(written: &str, known: impl Fn(&str) -> bool) -> Result<Amount, NumberFault> {
    let fault = match amount(written) {
        Err(NumberFault::Unreadable) => NumberFault::Unreadable,
        other => return other,
    };
    let folded = fold(written);
    let end = folded
        .find(|character| !numeral::is_numeral(character))
        .unwrap_or(folded.len());
    // 三五家 is three to five of them.
    let digits_alone = end > '三'.len_utf8() && folded[..end].chars().all(numeral::is_digit);
    match numeral::read(&folded[..end]).filter(|_| !digits_alone) {
        Some(number) if end == folded.len() || known(&folded[end..]) => Ok(Amount {
            amount: Decimal::new(number.into(), 0),
            unit: folded[end..].to_owned(),
            approximate: false,
            multiplied: false,
        }),
        _ => Err(fault),
    }
}

/// Compatibility forms unified, no blanks, one minus sign. A blank between digits counts as a separator of groups. Case stays: `MW` is not `mW`.
pub(super) fn fold(written: &str) -> String {
    text::compact(&text::mark_gaps(&text::clean(written), ",")).replace(['−', '–'], "-")
}

/// Whether `unit` could be one: letters, signs of shares and of fractions, and not too many.
pub(super) fn is_word(unit: &str) -> bool {
    let fits =
        |letter: char| letter.is_alphabetic() || matches!(letter, '/' | '%' | '‰' | '°' | '·' | '(' | ')' | '2' | '3');
    unit.chars().count() <= 8 && unit.chars().all(fits) && !unit.starts_with('/') && !unit.ends_with('/')
}

/// Whether the unit holds a digit that is not the power of a metre (`m2`, `hm2`, `m3`).
fn has_stray_digit(unit: &str) -> bool {
    let power = |at: usize, character: char| matches!(character, '2' | '3') && unit[..at].ends_with('m');
    unit.char_indices()
        .any(|(at, character)| character.is_numeric() && !power(at, character))
}

fn strip_any<'a>(text: &'a str, words: &[&str]) -> (bool, &'a str) {
    match words.iter().find_map(|word| text.strip_prefix(word)) {
        Some(rest) => (true, rest),
        None => (false, text),
    }
}

/// The sign, digits, separators and exponent in front, and what follows them.
fn split_digits(text: &str) -> (&str, &str) {
    let signed = text.strip_prefix(['-', '+']).unwrap_or(text);
    let plain = signed.find(|character: char| !character.is_ascii_digit() && !matches!(character, '.' | ','));
    let plain = plain.unwrap_or(signed.len());
    let end = text.len() - signed.len() + plain + exponent_bytes(&signed[plain..]);
    text.split_at(end)
}

/// Bytes of an exponent such as `E+05` at the start of `text`. The sign tells it from a unit.
fn exponent_bytes(text: &str) -> usize {
    let Some(rest) = text
        .strip_prefix(['E', 'e'])
        .and_then(|rest| rest.strip_prefix(['+', '-']))
    else {
        return 0;
    };
    match rest.bytes().take_while(u8::is_ascii_digit).count() {
        0 => 0,
        digits => 2 + digits,
    }
}

/// Drops the commas of `1,466`, which must part groups of three.
fn without_separators(digits: &str) -> Result<String, NumberFault> {
    let whole_end = digits.find(['.', 'E', 'e']).unwrap_or(digits.len());
    let (whole, rest) = digits.split_at(whole_end);
    let mut groups = whole.trim_start_matches(['-', '+']).split(',');
    let first = groups.next().map_or(0, str::len);
    let grouped = whole.contains(',');
    if rest.contains(',') || (grouped && !(1..=3).contains(&first)) || !groups.all(|group| group.len() == 3) {
        return Err(NumberFault::Unreadable);
    }
    Ok(whole.replace(',', "") + rest)
}

/// The power of ten said by the word in front. `万` alone never belongs to a unit.
pub(super) fn multiplier(text: &str) -> (u32, &str) {
    MULTIPLIERS
        .iter()
        .find_map(|(word, power)| Some((*power, text.strip_prefix(word)?)))
        .unwrap_or((0, text))
}
