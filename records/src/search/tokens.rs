//! Texts as tokens that both full-text indexes keep whole.

use unicode_normalization::UnicodeNormalization;

/// Shortest text that can be searched for, in characters: one token.
pub const SHORTEST: usize = 2;
/// Longest text that can be searched for, in characters; every such text lies inside one piece.
pub const LONGEST: usize = 64;
/// Characters of a piece. A `tsvector` keeps at most 256 positions of one token.
const PIECE: usize = 256;
/// How far the next piece begins behind a piece: they share all but one of the longest text's characters.
const STEP: usize = PIECE - (LONGEST - 1);
/// Stands between two texts of one record, and in no text.
const SEPARATOR: char = '\0';

/// Why a text cannot be searched for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("wanted {SHORTEST} to {LONGEST} characters to search for, not counting white space, found {found}")]
pub struct PhraseError {
    /// Characters found, without white space.
    pub found: usize,
}

/// A text to search for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase(String);

impl Phrase {
    /// Takes a text to search for.
    ///
    /// # Errors
    /// [`PhraseError`] when it is too short or too long.
    pub fn parse(text: &str) -> Result<Self, PhraseError> {
        let text = normalised(text);
        match text.chars().count() {
            SHORTEST..=LONGEST => Ok(Self(text)),
            found => Err(PhraseError { found }),
        }
    }

    /// Whether one of `texts` has it.
    pub(crate) fn is_in<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> bool {
        texts.into_iter().any(|text| normalised(text).contains(&self.0))
    }

    /// Its tokens in order.
    pub(crate) fn tokens(&self) -> Vec<String> {
        let characters: Vec<char> = self.0.chars().collect();
        characters.windows(2).map(token).collect()
    }
}

/// NFKC in lower case, without white space and without characters that cannot be seen.
fn normalised(text: &str) -> String {
    let invisible = |character: &char| {
        character.is_whitespace() || character.is_control() || matches!(character, '\u{200b}'..='\u{200f}' | '\u{feff}')
    };
    text.nfkc()
        .flat_map(char::to_lowercase)
        .filter(|character| !invisible(character))
        .collect()
}

/// The texts of one record as pieces of tokens separated by spaces.
pub(crate) fn pieces<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut characters = Vec::new();
    for text in texts {
        if !characters.is_empty() {
            characters.push(SEPARATOR);
        }
        characters.extend(normalised(text).chars());
    }
    let mut pieces = Vec::new();
    let mut rest = characters.as_slice();
    while rest.len() >= SHORTEST {
        let piece = &rest[..rest.len().min(PIECE)];
        pieces.push(piece.windows(2).map(token).collect::<Vec<_>>().join(" "));
        if rest.len() <= PIECE {
            break;
        }
        rest = &rest[STEP..];
    }
    pieces
}

/// Two characters as letters from a to z.
///
/// A character of the basic plane takes four letters, of which the first is at most `d`; any other takes five and begins
/// with `e` or later. So no two pairs share a token.
fn token(pair: &[char]) -> String {
    const LETTERS: u32 = 26;
    let mut token = String::with_capacity(10);
    for &character in pair {
        let code = u32::from(character);
        if code > 0xffff {
            token.push(letter(4 + code / LETTERS.pow(4)));
        }
        for place in [3, 2, 1, 0] {
            token.push(letter(code / LETTERS.pow(place) % LETTERS));
        }
    }
    token
}

fn letter(number: u32) -> char {
    char::from_digit(10 + number, 36).unwrap_or('a') // 10 + 0..26 is a digit of base 36
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn tokens_are_letters_and_differ_between_pairs() {
        let characters = [
            '\0',
            'a',
            'z',
            '0',
            '污',
            '染',
            '\u{ffff}',
            '\u{10000}',
            '𬭼',
            '\u{10ffff}',
        ];
        let mut seen = HashSet::new();
        for first in characters {
            for second in characters {
                let token = token(&[first, second]);
                assert!(token.bytes().all(|byte| byte.is_ascii_lowercase()), "{token}");
                assert!(seen.insert(token), "{first:?} {second:?}");
            }
        }
    }

    #[test]
    fn every_phrase_lies_inside_one_piece_and_no_piece_is_too_long() {
        let text: String = (0..1_000).filter_map(|index| char::from_u32(0x4e00 + index)).collect();
        let pieces = pieces([text.as_str()]);
        assert!(pieces.iter().all(|piece| piece.split(' ').count() < PIECE));
        let characters: Vec<char> = text.chars().collect();
        for start in 0..=characters.len() - LONGEST {
            let phrase = Phrase::parse(&characters[start..start + LONGEST].iter().collect::<String>()).unwrap();
            let tokens = phrase.tokens().join(" ");
            assert!(pieces.iter().any(|piece| piece.contains(&tokens)), "from {start}");
        }
    }

    #[test]
    fn white_space_case_and_width_make_no_difference() {
        for (text, phrase) in [
            ("污水直\n 排河道", "直排"),
            ("ＰＭ２．５超标", "pm2.5"),
            ("a\u{200b}b\u{a0}c", "ABC"),
            ("㎡", "m2"),
        ] {
            assert!(Phrase::parse(phrase).unwrap().is_in([text]), "{phrase:?} in {text:?}");
            assert!(
                pieces([text])
                    .concat()
                    .contains(&Phrase::parse(phrase).unwrap().tokens().join(" "))
            );
        }
        assert!(
            !Phrase::parse("水污")
                .unwrap()
                .is_in(["污", "水污染".split_at(3).1, "污水"])
        );
    }

    #[test]
    fn a_phrase_has_two_to_sixty_four_characters() {
        assert_eq!(Phrase::parse(" 水\n"), Err(PhraseError { found: 1 }));
        assert_eq!(Phrase::parse(&"水".repeat(65)), Err(PhraseError { found: 65 }));
        assert!(Phrase::parse(&"水 ".repeat(64)).is_ok());
        assert!(PhraseError { found: 1 }.to_string().contains("found 1"));
    }

    #[test]
    fn texts_without_two_characters_have_no_pieces() {
        assert!(pieces([]).is_empty());
        assert!(pieces(["水"]).is_empty());
        assert!(pieces([" ", "\n"]).is_empty());
    }
}
