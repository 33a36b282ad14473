//! What counts as an empty cell.

use super::text;

/// Bytes of the longest way to say "nothing", with room for blanks around it.
const LONGEST_BYTES: usize = 64;

/// Whether the cell says nothing: empty, or `无`, `/`, `\`, `-`, `—`, `——`, `--`, `暂无`, `不涉及`, `N/A`, in any width.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    if text.len() > LONGEST_BYTES {
        return text::is_invisible_text(text);
    }
    if text.chars().next().is_some_and(begins_something) {
        return false;
    }
    let key = text::key(text);
    let only_dashes = key
        .chars()
        .all(|character| matches!(character, '-' | '—' | '–' | '―' | '─' | '−'));
    only_dashes || matches!(key.as_str(), "/" | "\\" | "n/a") || is_none_key(&key)
}

/// Whether no way to say "nothing" begins with this character. Nearly every cell is told by it.
fn begins_something(first: char) -> bool {
    match first {
        'n' | 'N' | '无' | '暂' | '不' => false,
        '0'..='9' | 'A'..='Z' | 'a'..='z' | '\u{4E00}'..='\u{9FFF}' => true,
        _ => false,
    }
}

/// Whether the cell says "none", which is an answer in some columns (no one was punished): `无`, `暂无`, `不涉及`.
#[must_use]
pub fn is_none_word(text: &str) -> bool {
    text.len() <= LONGEST_BYTES && is_none_key(&text::key(text))
}

fn is_none_key(key: &str) -> bool {
    matches!(key.strip_suffix('。').unwrap_or(key), "无" | "暂无" | "不涉及")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_say_nothing_is_blank() {
        let blanks = [
            "",
            " ",
            "\u{3000}\n",
            "无",
            "/",
            "／",
            "\\",
            "＼",
            "-",
            "－",
            "—",
            "——",
            "--",
            "暂无",
            "不涉及",
            "N/A",
            "n/a",
            " 无 ",
            "'无",
            "无。",
            "\u{200B}",
        ];
        for text in blanks {
            assert!(is_blank(text), "{text:?}");
        }
        assert!(is_blank(&"\u{3000}".repeat(90)));
    }

    #[test]
    fn what_says_something_is_not_blank() {
        for text in ["0", "否", "无异味", "不涉及问责", "1/2", "a", "-1", "无/有"] {
            assert!(!is_blank(text), "{text}");
            assert!(!is_none_word(text), "{text}");
        }
    }

    #[test]
    fn only_words_are_none_words() {
        for text in ["无", " 暂无", "不涉及"] {
            assert!(is_none_word(text), "{text}");
        }
        for text in ["", "/", "——", "N/A"] {
            assert!(!is_none_word(text), "{text}");
        }
    }
}
