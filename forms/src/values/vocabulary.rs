//! The controlled words of a column, and every way of writing them.

use std::collections::HashMap;

use serde::Deserialize;

use super::{pieces, similar, text};

/// Most suffixes dropped from one word: `水类污染问题`.
const MOST_SUFFIXES: usize = 3;

/// One word of a vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What the records keep: `water`.
    pub value: String,
    /// What templates and reports print: `水`.
    pub label: String,
    /// The English label.
    pub label_en: String,
    /// Other ways of writing it. Its value and both labels are accepted anyway.
    pub accepts: Vec<String>,
}

/// Why choices make no vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VocabularyError {
    /// Two choices accept the same text.
    #[error("both {first:?} and {second:?} accept {text:?}")]
    Shared {
        /// The text, folded.
        text: String,
        /// Value of one choice.
        first: String,
        /// Value of the other.
        second: String,
    },
    /// A choice accepts a text of blanks.
    #[error("{value:?} accepts a blank text")]
    Blank {
        /// Value of the choice.
        value: String,
    },
}

/// Choices by everything that they accept.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    choices: Vec<Choice>,
    /// Positions in `choices` by folded text.
    by_key: HashMap<String, usize>,
    /// Folded; the longer ones first.
    suffixes: Vec<String>,
}

impl Vocabulary {
    /// Collects the texts of all choices. Words that are not found are looked up again without one of `strip_suffixes`.
    ///
    /// # Errors
    /// Where two choices accept the same text, or one accepts a blank.
    pub fn new(choices: Vec<Choice>, strip_suffixes: Vec<String>) -> Result<Self, VocabularyError> {
        let mut by_key: HashMap<String, usize> = HashMap::new();
        for (at, choice) in choices.iter().enumerate() {
            for written in [&choice.value, &choice.label, &choice.label_en]
                .into_iter()
                .chain(&choice.accepts)
            {
                let key = text::key(written);
                if key.is_empty() {
                    return Err(VocabularyError::Blank {
                        value: choice.value.clone(),
                    });
                }
                if let Some(&other) = by_key.get(&key).filter(|&&other| other != at) {
                    let (first, second) = (choices[other].value.clone(), choice.value.clone());
                    return Err(VocabularyError::Shared {
                        text: key,
                        first,
                        second,
                    });
                }
                by_key.insert(key, at);
            }
        }
        let mut suffixes: Vec<_> = strip_suffixes.iter().map(|suffix| text::key(suffix)).collect();
        suffixes.retain(|suffix| !suffix.is_empty());
        suffixes.sort_by_key(|suffix| std::cmp::Reverse(suffix.len()));
        Ok(Self {
            choices,
            by_key,
            suffixes,
        })
    }

    /// All choices, in the order of the profile.
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        &self.choices
    }

    /// The choice that `text` names.
    #[must_use]
    pub fn read_one(&self, text: &str) -> Option<&Choice> {
        if let Some(&at) = self.by_key.get(text) {
            return Some(&self.choices[at]);
        }
        let key = text::key(text);
        self.by_folded(&key)
            .or_else(|| self.by_folded(key.trim_end_matches(['。', '.', ';', ',', '、'])))
    }

    fn by_folded(&self, key: &str) -> Option<&Choice> {
        let mut word = key;
        for _ in 0..=MOST_SUFFIXES {
            if let Some(&at) = self.by_key.get(word) {
                return Some(&self.choices[at]);
            }
            word = self
                .suffixes
                .iter()
                .find_map(|suffix| word.strip_suffix(suffix.as_str()))?;
        }
        None
    }

    /// The choices that `text` names, each once, in the order of the text: the whole of it is tried first, then its
    /// parts between `、` `,` `;` `/`, line breaks, `和` and `及`.
    ///
    /// # Errors
    /// The first part that names no choice.
    pub fn read_many(&self, text: &str) -> Result<Vec<&Choice>, String> {
        self.read_pieces(text).map(Self::distinct)
    }

    /// The same, with each part as written, and not each choice once ([`Self::distinct`]).
    ///
    /// # Errors
    /// The first part that names no choice.
    pub fn read_pieces(&self, text: &str) -> Result<Vec<(String, &Choice)>, String> {
        let mut read = |piece: &str| match self.read_one(piece) {
            Some(choice) => Ok((piece.to_owned(), choice)),
            None => Err(piece.to_owned()),
        };
        pieces::read_all(&text::clean(text), &mut read)
    }

    /// The choices, each once.
    #[must_use]
    pub fn distinct(read: Vec<(String, &Choice)>) -> Vec<&Choice> {
        let mut choices: Vec<&Choice> = Vec::with_capacity(read.len());
        for (_, choice) in read {
            if !choices.iter().any(|known| known.value == choice.value) {
                choices.push(choice);
            }
        }
        choices
    }

    /// The choice that may have been meant, as a suggestion; none if none is near or two are equally near.
    #[must_use]
    pub fn nearest(&self, text: &str) -> Option<&Choice> {
        let words = self.by_key.iter().map(|(word, at)| (word.as_str(), *at));
        similar::nearest(&text::key(text), words).map(|at| &self.choices[at])
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn choice(value: &str, label: &str, accepts: &[&str]) -> Choice {
        let accepts = accepts.iter().map(|&text| text.to_owned()).collect();
        Choice {
            value: value.to_owned(),
            label: label.to_owned(),
            label_en: value.replace('_', " "),
            accepts,
        }
    }

    fn pollution() -> Vocabulary {
        let choices = vec![
            choice("water", "水", &["水环境"]),
            choice("air", "大气", &["废气"]),
            choice("noise", "噪声", &["噪音"]),
            choice("ecology", "生态", &["生态破坏"]),
            choice("heavy_metal", "重金属", &[]),
            choice("other", "其他", &["其它", "N/K"]),
        ];
        let suffixes = ["类污染", "污染", "问题", "类"].map(str::to_owned).to_vec();
        Vocabulary::new(choices, suffixes).unwrap()
    }

    #[test]
    fn a_choice_is_read_in_every_writing() {
        let words = pollution();
        let cases = [
            ("水", "water"),
            (" 水 ", "water"),
            ("水污染", "water"),
            ("水类污染", "water"),
            ("水类污染问题", "water"),
            ("水环境问题", "water"),
            ("Water", "water"),
            ("重 金 属", "heavy_metal"),
            ("heavy metal", "heavy_metal"),
            ("噪音", "noise"),
            ("n/k", "other"),
            ("大气。", "air"),
            ("生态破坏问题", "ecology"),
        ];
        for (text, value) in cases {
            assert_eq!(
                words.read_one(text).map(|choice| choice.value.as_str()),
                Some(value),
                "{text}"
            );
        }
        for text in ["", "火", "污染", "水火", "水、大气"] {
            assert_eq!(words.read_one(text), None, "{text}");
        }
    }

    #[test]
    fn several_choices_are_parted_and_kept_once() {
        let words = pollution();
        for text in [
            "水、大气",
            "水污染，大气污染",
            "水和大气",
            "水及废气",
            "水\n大气",
            "水;大气",
            "水/大气、水",
            "水、大气、",
        ] {
            let values: Vec<_> = words
                .read_many(text)
                .unwrap()
                .iter()
                .map(|choice| choice.value.as_str())
                .collect();
            assert_eq!(values, ["water", "air"], "{text}");
        }
        assert_eq!(
            words.read_many("其它/N/K").map_err(|piece| piece.len()),
            Err(1),
            "a mark inside a word parts it"
        );
        assert_eq!(
            words.read_many("N/K").unwrap().len(),
            1,
            "but not where the whole text is the word"
        );
        assert_eq!(words.read_many("水、火"), Err("火".to_owned()));
    }

    #[test]
    fn a_slip_has_a_suggestion_and_a_stranger_none() {
        let words = pollution();
        assert_eq!(words.nearest("噪生").map(|choice| choice.value.as_str()), Some("noise"));
        assert_eq!(
            words.nearest("重金禹").map(|choice| choice.value.as_str()),
            Some("heavy_metal")
        );
        assert_eq!(words.nearest("道路交通"), None);
    }

    #[test]
    fn choices_that_share_a_text_make_no_vocabulary() {
        let shared = Vocabulary::new(vec![choice("a", "甲", &["丙"]), choice("b", "乙", &["丙 "])], vec![]);
        let wanted = VocabularyError::Shared {
            text: "丙".to_owned(),
            first: "a".to_owned(),
            second: "b".to_owned(),
        };
        assert_eq!(shared.unwrap_err(), wanted);
        let blank = Vocabulary::new(vec![choice("a", "甲", &["\u{3000}"])], vec![]);
        assert_eq!(blank.unwrap_err(), VocabularyError::Blank { value: "a".to_owned() });
        assert!(Vocabulary::new(vec![choice("a", "甲", &["甲", "A"])], vec![]).is_ok());
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>(), sour in "[水大气污染类和及、/ ]{0,12}") {
            let words = pollution();
            for text in [text, sour] {
                let _ = (words.read_one(&text), words.read_many(&text), words.nearest(&text));
            }
        }
    }
}
