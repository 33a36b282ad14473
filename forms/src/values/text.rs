//! Text of a cell: cleaned for keeping, folded for matching, and searched for damage and personal data.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

mod stand_in;

pub use ducha_records::personal::{PersonalData, names_complainant, personal_data};
pub use stand_in::{StandIn, points_elsewhere, stand_in};

/// How a workbook writes a carriage return that its XML could not hold.
const ESCAPED_RETURN: &str = "_x000D_";

/// Whether `character` takes no room: zero-width spaces and joiners, direction marks, the byte order mark, soft hyphens.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
}

/// Whether `character` is a space of another width, or the kind that does not break.
fn is_odd_space(character: char) -> bool {
    matches!(
        character,
        '\u{A0}' | '\u{3000}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}'
    )
}

/// Cleans prose and keeps its punctuation: no blanks at either end, one kind of line break (`\n`), one kind of space,
/// nothing invisible, and no apostrophe in front (a spreadsheet's sign for "this is text").
///
/// `_x000D_` counts as the carriage return it stands for. Clean text is borrowed.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    let trimmed = trim(text);
    if needs_no_rewrite(trimmed) {
        return Cow::Borrowed(trimmed);
    }
    let unescaped = trimmed.replace(ESCAPED_RETURN, "\r").replace("\r\n", "\n");
    let kept: String = unescaped
        .chars()
        .filter(|&character| !is_invisible(character))
        .map(plain_space)
        .collect();
    Cow::Owned(trim(&kept).to_owned())
}

fn plain_space(character: char) -> char {
    match character {
        '\r' | '\u{2028}' | '\u{2029}' => '\n',
        odd if is_odd_space(odd) => ' ',
        plain => plain,
    }
}

/// Drops blanks at both ends and the apostrophe in front. A quotation (`'a' and b`) keeps its apostrophes.
fn trim(text: &str) -> &str {
    let blank = |character: char| character.is_whitespace() || is_invisible(character);
    let trimmed = text.trim_matches(blank);
    match trimmed.strip_prefix(['\'', '’']) {
        Some(marked) if !marked.contains(['\'', '’']) => marked.trim_start_matches(blank),
        _ => trimmed,
    }
}

/// Whether `text` (trimmed) holds nothing that [`clean`] changes. Every byte is looked at in the same way, without an
/// early end, so that the compiler can take many at once.
fn needs_no_rewrite(text: &str) -> bool {
    let found = triples(text.as_bytes()).fold(false, |found, (first, second, third)| {
        let marks = (first == b'\r') | ((first == b'_') & (second == b'x') & (third == b'0'));
        let latin = (first == 0xC2) & ((second == 0xA0) | (second == 0xAD));
        // U+2000 to U+206F but dashes, quotation marks and the ellipsis.
        let general = (second == 0x80) & ((third < 0x90) | (0xA8..0xB0).contains(&third));
        let joiners = (second == 0x81) & ((third == 0x9F) | (third == 0xA0));
        let wide = (first == 0xE3) & (second == 0x80) & (third == 0x80);
        let order = (first == 0xEF) & (second == 0xBB) & (third == 0xBF);
        found | marks | latin | ((first == 0xE2) & (general | joiners)) | wide | order
    });
    !found
}

/// Each byte that has two more behind it, with those two.
fn triples(bytes: &[u8]) -> impl Iterator<Item = (u8, u8, u8)> {
    let (second, third) = (bytes.get(1..).unwrap_or_default(), bytes.get(2..).unwrap_or_default());
    bytes
        .iter()
        .zip(second)
        .zip(third)
        .map(|((first, second), third)| (*first, *second, *third))
}

/// Whether nothing in `text` can be seen.
pub(super) fn is_invisible_text(text: &str) -> bool {
    text.chars()
        .all(|character| character.is_whitespace() || is_invisible(character))
}

/// Unifies compatibility forms (NFKC) of cleaned text and drops its whitespace: `２０２２ 年` becomes `2022年`.
pub(super) fn compact(cleaned: &str) -> String {
    let seen = |character: &char| !character.is_whitespace() && !is_invisible(*character);
    let simple: Option<String> = cleaned.chars().filter(seen).map(simply_narrow).collect();
    // Without the blanks, an accent may stand behind another letter: compose again.
    simple.unwrap_or_else(|| cleaned.nfkc().filter(seen).nfc().collect())
}

/// Puts `mark` in place of the whitespace between two digits, which [`compact`] would join to another number.
pub(super) fn mark_gaps<'a>(cleaned: &'a str, mark: &str) -> Cow<'a, str> {
    let mut marked = String::new();
    let mut rest = cleaned;
    while let Some(start) = rest.find(char::is_whitespace) {
        let (before, blanks) = rest.split_at(start);
        let behind = blanks.trim_start();
        marked.push_str(before);
        if before.ends_with(char::is_numeric) && behind.starts_with(char::is_numeric) {
            marked.push_str(mark);
        }
        rest = behind;
    }
    if rest.len() == cleaned.len() {
        return Cow::Borrowed(cleaned);
    }
    Cow::Owned(marked + rest)
}

/// The compatibility form of the characters that ledgers are made of; none for those that need the tables.
fn simply_narrow(character: char) -> Option<char> {
    match character {
        '!'..='~' | '\u{4E00}'..='\u{9FFF}' => Some(character),
        '、' | '。' | '〇' | '《' | '》' | '【' | '】' | '“' | '”' | '‘' | '’' | '—' | '★' => {
            Some(character)
        }
        '！'..='～' => char::from_u32(u32::from(character) - u32::from('！') + u32::from('!')),
        _ => None,
    }
}

/// The first `chars` characters of a text, and a sign that there were more.
#[must_use]
pub fn shortened(text: &str, chars: usize) -> Cow<'_, str> {
    match text.char_indices().nth(chars) {
        None => Cow::Borrowed(text),
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
    }
}

/// Folds text for matching: compatibility forms unified (NFKC), lower case, no whitespace and nothing invisible.
#[must_use]
pub fn key(text: &str) -> String {
    let mut key = compact(&clean(text));
    key.make_ascii_lowercase();
    if key.chars().any(char::is_uppercase) {
        // Lower case may be another compatibility form.
        key = compact(&key.to_lowercase());
    }
    key
}

/// Whether the text was damaged on its way: a NUL, a replacement character, or a control character that is no line
/// break and no tab.
#[must_use]
pub fn has_damage(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Like needs_no_rewrite, without an early end.
    let control = bytes.iter().fold(false, |found, &byte| {
        let layout = (byte == b'\t') | (byte == b'\n') | (byte == b'\r');
        found | ((byte < 0x20) & !layout) | (byte == 0x7F)
    });
    // U+0080 to U+009F, also as the last character, and U+FFFD.
    let is_c1 = |first: u8, second: u8| (first == 0xC2) & (second < 0xA0);
    let last_is_c1 = matches!(bytes, [.., first, second] if is_c1(*first, *second));
    control
        || last_is_c1
        || triples(bytes).fold(false, |found, (first, second, third)| {
            found | is_c1(first, second) | ((first == 0xEF) & (second == 0xBF) & (third == 0xBD))
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn prose_is_cleaned_and_keeps_its_punctuation() {
        let cases = [
            ("  属实 \t", "属实"),
            ("第一行\r\n第二行", "第一行\n第二行"),
            ("第一行\r第二行", "第一行\n第二行"),
            ("第一行_x000D_\n第二行", "第一行\n第二行"),
            ("第一行_x000D_", "第一行"),
            ("a\u{A0}b\u{3000}c", "a b c"),
            ("\u{3000}\u{3000}经查，属实。", "经查，属实。"),
            ("\u{FEFF}属\u{200B}实", "属实"),
            ("'520102", "520102"),
            ("’ 520102", "520102"),
            ("'甲'与乙", "'甲'与乙"),
            ("“甲”——乙…", "“甲”——乙…"),
            ("a_b", "a_b"),
            ("", ""),
        ];
        for (text, wanted) in cases {
            assert_eq!(clean(text), wanted, "{text:?}");
        }
    }

    #[test]
    fn clean_text_is_borrowed() {
        for text in [
            "经现场核查，群众反映的问题部分属实——“扬尘”…\n已整改。",
            "  属实  ",
            "'123",
            "a_x b",
        ] {
            assert!(matches!(clean(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn keys_do_not_depend_on_width_case_or_blanks() {
        for text in ["N/A", "ｎ／ａ", " n / A ", "N\u{200B}/\nA"] {
            assert_eq!(key(text), "n/a", "{text:?}");
        }
        assert_eq!(key("罚款金额（万元）"), "罚款金额(万元)");
        assert_eq!(key("㎡"), "m2");
    }

    #[test]
    fn gaps_between_digits_are_marked_and_others_closed() {
        for (text, wanted) in [
            ("3 5家", "3|5家"),
            ("２０２２ 年 ３ 月", "２０２２年３月"),
            ("1 \n2", "1|2"),
            ("无 缝", "无缝"),
            ("a", "a"),
        ] {
            assert_eq!(mark_gaps(text, "|"), wanted, "{text}");
        }
    }

    #[test]
    fn damage_is_seen_and_layout_is_not_damage() {
        for text in ["a\0b", "属\u{FFFD}实", "\u{1}", "\u{7f}", "\u{85}"] {
            assert!(has_damage(text), "{text:?}");
        }
        for text in ["", "属实，\r\n\t好", "ﬁ\u{FEFF}é", "￥"] {
            assert!(!has_damage(text), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn cleaning_and_folding_twice_changes_nothing(text in any::<String>(), sour in "[ _x0D\r\n\u{A0}\u{3000}\u{200B}属Ａa]{0,24}") {
            for text in [text, sour] {
                // An apostrophe before an apostrophe is a quotation the first time and a mark the second.
                let text = text.replace(['\'', '’'], "");
                let once = clean(&text).into_owned();
                prop_assert_eq!(&clean(&once), &once);
                let folded = key(&text);
                prop_assert_eq!(key(&folded), folded);
            }
        }

        #[test]
        fn damage_is_what_the_character_tables_call_control(text in any::<String>()) {
            let wanted = text.chars().any(|c| c == '\u{FFFD}' || (c.is_control() && !matches!(c, '\t' | '\n' | '\r')));
            prop_assert_eq!(has_damage(&text), wanted);
        }
    }
}
