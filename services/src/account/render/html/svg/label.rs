//! How wide a text is drawn, as far as one can tell without its font.

use super::draw::SIZE;
use crate::account::text::is_wide;

/// Width of a text, in units of the drawing; rather too much than too little.
pub(super) fn width(text: &str) -> f64 {
    text.chars().map(wide).sum::<f64>() * SIZE
}

fn wide(letter: char) -> f64 {
    match letter {
        _ if is_wide(letter) => 1.0,
        'i' | 'j' | 'l' | 't' | 'f' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | ' ' | '(' | ')' | '-' => 0.36,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 0.95,
        'A'..='Z' => 0.74,
        _ => 0.6,
    }
}

/// The text, or its beginning and an ellipsis where it is wider than `most`.
pub(super) fn shortened(text: &str, most: f64) -> Option<String> {
    if width(text) <= most {
        return None;
    }
    let mut used = SIZE;
    let fits = text.chars().take_while(|letter| {
        used += wide(*letter) * SIZE;
        used <= most
    });
    Some(fits.collect::<String>() + "…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_too_wide_is_cut_and_one_that_fits_is_not() {
        assert_eq!(shortened("贵阳市", 39.0), None);
        assert_eq!(shortened("黔西南布依族", 39.0), Some("黔西…".to_owned()));
        assert!(width("iii") < width("mmm"));
    }
}
