//! Texts as they may stand in a file: what no format can hold, or what only deceives the eye, is taken out.

/// Stands for a character that may not be printed.
const REPLACEMENT: char = '\u{FFFD}';

/// The text without what may not stand in a file: line breaks and control characters become spaces; what XML forbids and
/// the marks of templates become U+FFFD; what turns the direction of writing or is a byte order mark vanishes.
pub(crate) fn printable(text: &str) -> String {
    text.chars().filter_map(printed).collect()
}

/// [`printable`], with single spaces, and none at the ends.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for letter in text.chars().filter_map(printed) {
        if letter != ' ' || !(line.is_empty() || line.ends_with(' ')) {
            line.push(letter);
        }
    }
    line.truncate(line.trim_end_matches(' ').len());
    line
}

fn printed(letter: char) -> Option<char> {
    match letter {
        _ if letter.is_control() => Some(' '),
        '\u{2028}' | '\u{2029}' => Some(' '),
        // The marks of templates, and characters that are none.
        '\u{E000}'..='\u{E002}' | '\u{FDD0}'..='\u{FDEF}' => Some(REPLACEMENT),
        _ if u32::from(letter) & 0xFFFE == 0xFFFE => Some(REPLACEMENT),
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' => None,
        _ => Some(letter),
    }
}

/// Whether the character is as wide as it is high, as Chinese characters and their punctuation are.
pub(crate) const fn is_wide(letter: char) -> bool {
    matches!(
        letter,
        '\u{1100}'..='\u{115F}'
            | '\u{2E80}'..='\u{A4CF}'
            | '\u{AC00}'..='\u{D7A3}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{FE30}'..='\u{FE4F}'
            | '\u{FF00}'..='\u{FF60}'
            | '\u{FFE0}'..='\u{FFE6}'
            | '\u{20000}'..='\u{3FFFD}'
    )
}

/// Width of a text in digits: a Chinese character is as wide as two.
pub(crate) fn digits_wide(text: &str) -> usize {
    text.chars().map(|letter| if is_wide(letter) { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_file_can_hold_is_taken_out() {
        assert_eq!(
            printable("a\r\n\u{0}b\u{E000}5\u{E001}\u{FFFF}\u{202E}c"),
            "a   b\u{FFFD}5\u{FFFD}\u{FFFD}c"
        );
        assert_eq!(one_line(" \t a \n\n b\u{3000} "), "a b\u{3000}");
        assert_eq!(printable("〔缺〕 2,291 𠮷"), "〔缺〕 2,291 𠮷");
    }

    #[test]
    fn chinese_is_wide_and_digits_are_not() {
        assert!("督，（。𠮷".chars().all(is_wide));
        assert!(!"a1,(—".chars().any(is_wide));
    }
}
