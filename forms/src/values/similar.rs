//! The known word nearest to one that is not known, as a suggestion to a person and never as an answer.

use strsim::{jaro_winkler, osa_distance};

/// Words longer than this (in characters) may differ in more than one of them.
const SHORT_CHARS: usize = 5;

/// Jaro-Winkler similarity from which two long words are near.
const LONG_WORDS_NEAR: f64 = 0.88;

/// The owner of the word nearest to `text` (folded, like the words); none when no word is near or two owners tie.
pub(crate) fn nearest<'a, T: PartialEq>(text: &str, words: impl IntoIterator<Item = (&'a str, T)>) -> Option<T> {
    let length = text.chars().count();
    let mut best: Option<(usize, T)> = None;
    let mut tied = false;
    for (word, owner) in words {
        let Some(distance) = distance_if_near(text, length, word) else {
            continue;
        };
        match &best {
            Some((least, _)) if distance > *least => {}
            Some((least, holder)) if distance == *least => tied |= *holder != owner,
            _ => (best, tied) = (Some((distance, owner)), false),
        }
    }
    best.filter(|_| !tied).map(|(_, owner)| owner)
}

/// Edits between the two, if they are near. One edit in a word of one character would be another word.
fn distance_if_near(text: &str, length: usize, word: &str) -> Option<usize> {
    let (word_length, longer) = (word.chars().count(), length.max(word.chars().count()));
    if length.min(word_length) < 2 || length.abs_diff(word_length) > longer / 2 {
        return None;
    }
    // A cheap test before the costly ones: near words share at least half of their characters.
    if text.chars().filter(|character| word.contains(*character)).count() * 2 < length {
        return None;
    }
    let distance = osa_distance(text, word);
    let near = distance <= 1 || (longer > SHORT_CHARS && jaro_winkler(text, word) >= LONG_WORDS_NEAR);
    near.then_some(distance)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: [(&str, u8); 6] = [
        ("大气", 0),
        ("噪声", 1),
        ("噪音", 1),
        ("阶段性办结", 2),
        ("未达到序时进度", 3),
        ("达到序时进度", 4),
    ];

    #[test]
    fn a_slip_of_one_character_is_near() {
        for (text, owner) in [
            ("大汽", 0),
            ("噪生", 1),
            ("阶段办结", 2),
            ("未达到时序进度", 3),
            ("达到时序进度", 4),
        ] {
            assert_eq!(nearest(text, WORDS), Some(owner), "{text}");
        }
    }

    #[test]
    fn ties_and_strangers_have_no_nearest() {
        assert_eq!(nearest("甲乙", [("甲丙", 0), ("甲丁", 1)]), None);
        assert_eq!(nearest("水", [("气", 0)]), None);
        assert_eq!(nearest("完全不同的文字", WORDS), None);
    }
}
