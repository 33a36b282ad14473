//! Foreign text in a template: it stays text.

use crate::account::text::one_line;

/// Begins the mark of a figure.
pub const FIGURE_START: char = '\u{E000}';
/// Ends the mark of a figure.
pub const FIGURE_END: char = '\u{E001}';

/// The mark for the figure at this place of [`super::super::document::Document::figures`].
#[must_use]
pub fn mark(index: usize) -> String {
    format!("{FIGURE_START}{index}{FIGURE_END}")
}

/// Text as Markdown that says the same and means nothing else: no heading, list, link, table or figure.
///
/// It comes back in one line. Line breaks and control characters become spaces, several spaces become one, and those at
/// the ends vanish; what no file can hold and the marks of figures become U+FFFD.
#[must_use]
pub fn escape(text: &str) -> String {
    let line = one_line(text);
    let mut escaped = String::with_capacity(line.len() + line.len() / 4);
    for letter in line.chars() {
        match letter {
            // A backslash would hide it from the text, but not from whoever counts the cells of a row.
            '|' => escaped.push_str("&#124;"),
            _ if letter.is_ascii_punctuation() => {
                escaped.push('\\');
                escaped.push(letter);
            }
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// Text as a string of TOML with its quotes, for the block of a chart. It comes back as [`escape`] says.
#[must_use]
pub fn quote(text: &str) -> String {
    toml::Value::String(one_line(text)).to_string()
}
