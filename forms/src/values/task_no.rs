//! Task numbers (任务编号): `12`, `12-3`, and the other ways of writing them (`十二`, `12.3`, `12（3）`, `第12号`).

use super::{numeral, text};

/// Longest number, in characters, that is kept.
const LONGEST_CHARS: usize = 64;

/// The plain form of a task number: parts of digits or letters joined with `-`. `None` where there is no number in it, or
/// more than one can be.
///
/// A number cell shows 12.10 as 12.1, so that `12.1` is ambiguous in a number cell; ledgers that go beyond nine parts
/// write text.
#[must_use]
pub fn read(written: &str) -> Option<String> {
    let key = text::key(written).to_uppercase();
    let bare = key.strip_prefix('第').unwrap_or(&key);
    let bare = bare.trim_end_matches(['号', '项', '条', '、', '.']);
    let parts: Vec<&str> = bare
        .split(['-', '.', '(', ')', '—', '–', '_', '/'])
        .filter(|part| !part.is_empty())
        .collect();
    let plain = parts.into_iter().map(part).collect::<Option<Vec<String>>>()?.join("-");
    (!plain.is_empty() && plain.chars().count() <= LONGEST_CHARS && plain.chars().any(|c| c.is_ascii_digit()))
        .then_some(plain)
}

/// One part: leading zeros fall, and a Chinese numeral becomes digits.
fn part(part: &str) -> Option<String> {
    let trimmed = part.trim_start_matches('0');
    if trimmed.is_empty() {
        return Some("0".to_owned());
    }
    if let Some(number) = numeral::read(trimmed) {
        return Some(number.to_string());
    }
    trimmed.chars().all(char::is_alphanumeric).then(|| trimmed.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_way_of_writing_a_task_number_has_one_plain_form() {
        for (written, plain) in [
            ("12", "12"),
            ("12-3", "12-3"),
            ("12.3", "12-3"),
            ("12（3）", "12-3"),
            ("１２－３", "12-3"),
            ("十二", "12"),
            ("第十二号", "12"),
            ("012", "12"),
            (" 12 — 3 ", "12-3"),
            ("GZ-07", "GZ-7"),
        ] {
            assert_eq!(read(written).as_deref(), Some(plain), "{written}");
        }
    }

    #[test]
    fn what_holds_no_number_is_none() {
        for written in ["", "无", "整改任务", "12;13", "合计", "---"] {
            assert_eq!(read(written), None, "{written}");
        }
    }

    proptest! {
        #[test]
        fn what_was_read_reads_as_itself(written in "\\PC{0,30}", sour in "第?[0-9一二十GZ（）.—-]{0,16}号?") {
            for text in [written, sour] {
                if let Some(number) = read(&text) {
                    prop_assert_eq!(read(&number), Some(number.clone()), "{}", text);
                }
            }
        }
    }
}
