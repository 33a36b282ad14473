//! Telephone and identity numbers in texts that may be published.

use chrono::NaiveDate;

/// What kind of personal data a text holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonalData {
    /// A mainland mobile number: 11 digits, the first 1 and the second 3 to 9; also as `138-1234-5678`.
    Phone,
    /// An 18-digit identity number with a possible date of birth and the right check digit.
    IdentityCard,
}

/// Digits of a mobile number. No run of digits shorter than this is of interest.
const PHONE_DIGITS: usize = 11;
/// Digits of an identity number, its check digit included.
const IDENTITY_DIGITS: usize = 18;

/// What follows an amount written in full, such as `15000000000元`.
const AMOUNT_UNITS: [&str; 7] = ["元", "万", "吨", "千", "立方", "平方", "公"];

/// The first telephone or identity number of `text`, in digits of either width.
#[must_use]
pub fn personal_data(text: &str) -> Option<PersonalData> {
    let mut found = None;
    scan(text, |kind, _, _| {
        found = Some(kind);
        false
    });
    found
}

/// `text` with every telephone and identity number made unreadable but for its first digits; `None` when there is none.
#[must_use]
pub fn masked(text: &str) -> Option<String> {
    let mut hidden: Vec<(usize, usize)> = Vec::new();
    let wide = scan(text, |_, start, end| {
        hidden.push((start, end));
        true
    });
    if hidden.is_empty() {
        return None;
    }
    // Digits of either width are one character each, so that places are counted in characters.
    let searched = wide.as_deref().unwrap_or(text);
    let mut spans = hidden.into_iter().map(|(start, end)| {
        let first = searched[..start].chars().count();
        (first + LEFT, first + searched[start..end].chars().count())
    });
    let mut span = spans.next();
    let masked = text.chars().enumerate().map(|(at, letter)| {
        while span.is_some_and(|(_, end)| end <= at) {
            span = spans.next();
        }
        match span {
            Some((start, _)) if at >= start && letter != '-' => '*',
            _ => letter,
        }
    });
    Some(masked.collect())
}

/// Digits that are left of a number.
const LEFT: usize = 3;

/// Shows `found` every number's kind and its bounds in bytes, until it wants no more. Where the text has full-width digits
/// the bounds are those of the text that is given back, in which they are narrow.
///
/// A run of 11 digits covers a byte at some multiple of 11, so looking at every 11th byte finds it; the 33 bytes of 11
/// full-width digits cover the last byte of one of them.
fn scan(text: &str, mut found: impl FnMut(PersonalData, usize, usize) -> bool) -> Option<String> {
    let bytes = text.as_bytes();
    let mut at = PHONE_DIGITS - 1;
    while at < bytes.len() {
        if (0x90..=0x99).contains(&bytes[at]) && bytes[..at].ends_with(&[0xEF, 0xBC]) {
            let narrow = narrow_digits(text);
            scan_narrow(&narrow, &mut found);
            return Some(narrow);
        }
        at += PHONE_DIGITS;
    }
    scan_narrow(text, &mut found);
    None
}

fn scan_narrow(text: &str, found: &mut impl FnMut(PersonalData, usize, usize) -> bool) {
    let bytes = text.as_bytes();
    let mut at = PHONE_DIGITS - 1;
    while at < bytes.len() {
        if bytes[at].is_ascii_digit() || bytes[at] == b'-' {
            let (start, end) = run_around(bytes, at);
            for (kind, from, to) in judge(text, start, end) {
                if !found(kind, from, to) {
                    return;
                }
            }
            at = at.max(end);
        }
        at += PHONE_DIGITS;
    }
}

fn narrow_digits(text: &str) -> String {
    text.chars()
        .map(|character| match u32::from(character).checked_sub(u32::from('０')) {
            _ if matches!(character, 'Ｘ' | 'ｘ') => 'X',
            Some(digit @ 0..=9) => char::from_digit(digit, 10).unwrap_or(character),
            _ => character,
        })
        .collect()
}

/// Bounds of the run of digits and hyphens around the byte `at`.
fn run_around(bytes: &[u8], at: usize) -> (usize, usize) {
    let inside = |byte: &u8| byte.is_ascii_digit() || *byte == b'-';
    let start = bytes[..at]
        .iter()
        .rposition(|byte| !inside(byte))
        .map_or(0, |before| before + 1);
    let end = bytes[at..]
        .iter()
        .position(|byte| !inside(byte))
        .map_or(bytes.len(), |after| at + after);
    (start, end)
}

/// The numbers in a run of digits and hyphens, with their bounds.
fn judge(text: &str, start: usize, end: usize) -> Vec<(PersonalData, usize, usize)> {
    let (before, run, after) = (&text[..start], &text[start..end], &text[end..]);
    if is_hyphenated_phone(run) {
        return vec![(PersonalData::Phone, start, end)];
    }
    let mut found = Vec::new();
    let mut from = start;
    let mut parts = run.split('-').peekable();
    while let Some(part) = parts.next() {
        let to = from + part.len();
        let after = if parts.peek().is_none() { after } else { "-" };
        let before = if from == start { before } else { "-" };
        if is_identity_card(part, after) {
            // An X as the check digit stands behind the run.
            found.push((PersonalData::IdentityCard, from, from + IDENTITY_DIGITS));
        } else if is_phone(before, part, after) {
            found.push((PersonalData::Phone, from, to));
        }
        from = to + 1;
    }
    found
}

fn has_phone_digits(digits: &str) -> bool {
    matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..]) && digits.len() == PHONE_DIGITS
}

fn is_hyphenated_phone(run: &str) -> bool {
    let parts: Vec<_> = run.splitn(4, '-').collect();
    parts.iter().map(|part| part.len()).eq([3, 4, 4]) && has_phone_digits(&parts.concat())
}

fn is_phone(before: &str, digits: &str, after: &str) -> bool {
    let digits = digits
        .strip_prefix("86")
        .filter(|_| before.ends_with('+'))
        .unwrap_or(digits);
    let after_point = after
        .strip_prefix('.')
        .is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_digit()));
    let amount = before.ends_with('.') || after_point || AMOUNT_UNITS.iter().any(|unit| after.starts_with(unit));
    has_phone_digits(digits) && !amount
}

/// `digits` are 18, or 17 with an `X` after them; provinces are numbered 11 to 82.
fn is_identity_card(digits: &str, after: &str) -> bool {
    let last = match (digits.len(), after.as_bytes().first()) {
        (IDENTITY_DIGITS, _) => digits.as_bytes()[17],
        (17, Some(b'X' | b'x')) => b'X',
        _ => return false,
    };
    let number = |from: usize, to: usize| digits[from..to].parse::<u32>().unwrap_or_default();
    let born = i32::try_from(number(6, 10))
        .ok()
        .and_then(|year| NaiveDate::from_ymd_opt(year, number(10, 12), number(12, 14)));
    (11..=82).contains(&number(0, 2))
        && (1900..2100).contains(&number(6, 10))
        && born.is_some()
        && check_digit(digits) == last
}

/// Check digit of GB 11643: weights are the powers of 2 modulo 11.
fn check_digit(digits: &str) -> u8 {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits
        .bytes()
        .zip(WEIGHTS)
        .map(|(byte, weight)| u32::from(byte - b'0') * weight)
        .sum();
    b"10X98765432"[(sum % 11) as usize]
}

/// Words before the name of a complainant.
const COMPLAINANT: &str = "举报人";
/// What stands in place of the name where it is kept back.
const KEPT_BACK: [&str; 6] = ["匿名", "不详", "无", "保密", "未留", "要求"];

/// Whether `text` names who complained: 举报人：王某, 举报人姓名：王某.
#[must_use]
pub fn names_complainant(text: &str) -> bool {
    let mut rest = text;
    while let Some((_, behind)) = rest.split_once(COMPLAINANT) {
        rest = behind;
        let after = behind.strip_prefix("姓名").unwrap_or(behind);
        if let Some(name) = after.strip_prefix(['：', ':']) {
            let name = name.trim_start();
            let begins = name.starts_with(|first: char| ('\u{4E00}'..='\u{9FFF}').contains(&first));
            if begins && !KEPT_BACK.iter().any(|word| name.starts_with(word)) {
                return true;
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn phones_are_found_wherever_they_stand() {
        for filler in 0..25 {
            let front = "联".repeat(filler / 2) + &"a".repeat(filler % 2);
            for phone in [
                "13812345678",
                "１３８１２３４５６７８",
                "138-1234-5678",
                "+8613812345678",
            ] {
                let text = format!("{front}联系人：张某 {phone}，已回复");
                assert_eq!(personal_data(&text), Some(PersonalData::Phone), "{text}");
            }
        }
    }

    #[test]
    fn identity_numbers_need_their_check_digit_and_date() {
        // The example of the standard, which is nobody's.
        for text in [
            "身份证11010519491231002X。",
            "11010519491231002x",
            "１１０１０５１９４９１２３１００２Ｘ",
        ] {
            assert_eq!(personal_data(text), Some(PersonalData::IdentityCard), "{text}");
        }
        let wrong = [
            "110105194912310021",
            "11010519491331002X",
            "99010519491231002X",
            "11010519491231002",
            "110105194912310020X",
        ];
        for text in wrong {
            assert_eq!(personal_data(text), None, "{text}");
        }
    }

    #[test]
    fn other_long_numbers_are_not_personal() {
        let texts = [
            "D3SX202505280018",
            "X2GZ202112070001号",
            "投资15000000000元",
            "12812345678",
            "138123456789",
            "1381234567",
            "0851-85551234",
            "91520100MA6DJ12345",
            "13812345678.5",
            "2021-11-15至2021-12-15",
            "",
            "无",
        ];
        for text in texts {
            assert_eq!(personal_data(text), None, "{text}");
        }
    }

    #[test]
    fn a_masked_text_keeps_everything_but_the_numbers() {
        for (text, wanted) in [
            ("联系人张某 13812345678，已回复", "联系人张某 138********，已回复"),
            ("联系人１３８１２３４５６７８。", "联系人１３８********。"),
            ("138-1234-5678", "138-****-****"),
            ("身份证11010519491231002X，住", "身份证110***************，住"),
            (
                "13812345678-13912345678、13712345678",
                "138********-139********、137********",
            ),
            ("+8613812345678", "+861**********"),
        ] {
            assert_eq!(masked(text).as_deref(), Some(wanted), "{text}");
        }
        assert_eq!(masked("罚款15000000000元"), None);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>(), digits in "[-0-9０-９X.元 ]{0,60}") {
            let _ = (personal_data(&text), personal_data(&digits));
        }

        #[test]
        fn nothing_is_left_in_a_masked_text(digits in "[-0-9０-９X元 ，]{0,80}", phone in "1[3-9][0-9]{9}", back in "[，X元号]?") {
            let text = format!("{digits}，{phone}{back}，{phone}");
            let hidden = masked(&text).unwrap_or(text.clone());
            prop_assert_eq!(hidden.chars().count(), text.chars().count());
            prop_assert_eq!(personal_data(&hidden), None);
        }

        #[test]
        fn a_phone_in_prose_is_always_found(front in "[\\u{4E00}-\\u{4F00}a-z，]{0,40}", phone in "1[3-9][0-9]{9}", back in "[，。a-z]?[\\u{4E00}-\\u{4E10}]{0,9}") {
            prop_assert_eq!(personal_data(&format!("{front}{phone}，{back}")), Some(PersonalData::Phone));
        }
    }

    #[test]
    fn only_a_complainant_with_a_name_is_named() {
        for text in ["举报人：王某，住花果园。", "举报人姓名: 李某"] {
            assert!(names_complainant(text), "{text}");
        }
        for text in [
            "举报人反映噪声扰民。",
            "举报人：匿名",
            "举报人：",
            "已向举报人反馈：无异味",
        ] {
            assert!(!names_complainant(text), "{text}");
        }
    }
}
