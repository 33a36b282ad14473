//! The text of one block while it is read.

use super::error::Fault;
use super::escape::{FIGURE_END, FIGURE_START};
use crate::account::document::Span;
use crate::account::text::is_wide;

/// Stands for `**` while Markdown is read.
pub(super) const STRONG: char = '\u{E002}';

/// Text of a heading, a paragraph, a point or a cell.
#[derive(Debug, Default)]
pub(super) struct Run {
    spans: Vec<Span>,
    text: String,
    strong: bool,
    /// Digits of the figure whose mark is being read.
    mark: Option<String>,
    /// A line of the template ended here.
    broken: bool,
}

impl Run {
    /// Adds text in which the marks count.
    pub fn push(&mut self, text: &str) -> Result<(), Fault> {
        for letter in text.chars() {
            match (&mut self.mark, letter) {
                (Some(digits), FIGURE_END) => {
                    let digits = std::mem::take(digits);
                    self.figure(&digits)?;
                }
                (Some(digits), '0'..='9') => digits.push(letter),
                (Some(digits), _) => return Err(Fault::Mark(std::mem::take(digits))),
                (None, FIGURE_START) => self.mark = Some(String::new()),
                (None, FIGURE_END) => return Err(Fault::Mark(String::new())),
                (None, STRONG) => self.turn(),
                (None, '\n') => self.broken = true,
                (None, _) => self.letter(letter),
            }
        }
        Ok(())
    }

    /// Adds text in which `**` is nothing but stars.
    pub fn push_literally(&mut self, text: &str) -> Result<(), Fault> {
        self.push(&text.replace(STRONG, "**"))
    }

    /// Strong text begins or ends.
    pub fn turn(&mut self) {
        self.mend(None);
        self.cut();
        self.strong = !self.strong;
    }

    /// A line of the template ends.
    pub fn line_break(&mut self) {
        self.broken = true;
    }

    /// All of it.
    pub fn finish(mut self) -> Result<Vec<Span>, Fault> {
        if let Some(digits) = self.mark {
            return Err(Fault::Mark(digits));
        }
        if self.strong {
            return Err(Fault::UnclosedStrong);
        }
        self.cut();
        Ok(self.spans)
    }

    fn letter(&mut self, letter: char) {
        if self.broken && letter == ' ' {
            return;
        }
        self.mend(Some(letter));
        self.text.push(letter);
    }

    fn figure(&mut self, digits: &str) -> Result<(), Fault> {
        let index = digits.parse().map_err(|_| Fault::Mark(digits.to_owned()))?;
        self.mark = None;
        self.mend(None);
        self.cut();
        self.spans.push(Span::Figure(index));
        Ok(())
    }

    /// What is read so far becomes a span.
    fn cut(&mut self) {
        let text = std::mem::take(&mut self.text);
        match (self.spans.last_mut(), self.strong) {
            _ if text.is_empty() => {}
            // Strong text that ended, and began again at once.
            (Some(Span::Strong(last)), true) | (Some(Span::Text(last)), false) => last.push_str(&text),
            (_, true) => self.spans.push(Span::Strong(text)),
            (_, false) => self.spans.push(Span::Text(text)),
        }
    }

    /// A line that ended becomes a space, unless Chinese goes on in the next line: there a space would be seen.
    fn mend(&mut self, next: Option<char>) {
        if std::mem::take(&mut self.broken) && self.is_gap(next) {
            self.text.push(' ');
        }
    }

    /// `next` is nothing where a figure follows or strong text turns; these are as wide as what stands beside them.
    fn is_gap(&self, next: Option<char>) -> bool {
        let last = match (self.text.chars().next_back(), self.spans.last()) {
            (Some(letter), _) => Some(letter),
            (None, Some(Span::Text(text) | Span::Strong(text))) => text.chars().next_back(),
            (None, Some(Span::Figure(_))) => None,
            (None, None) => return false,
        };
        match (last.map(Side::of), next.map(Side::of)) {
            (Some(Side::Wide), Some(Side::Narrow)) | (Some(Side::Narrow), _) => true,
            (Some(Side::Wide), _) => false,
            (_, Some(Side::Wide)) => false,
            _ => true,
        }
    }
}

/// How wide a character beside a line break is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Wide,
    Narrow,
    /// Punctuation that both Chinese and English write.
    Either,
}

impl Side {
    fn of(letter: char) -> Self {
        match letter {
            '“' | '”' | '‘' | '’' | '—' | '…' | '·' => Self::Either,
            _ if is_wide(letter) => Self::Wide,
            _ => Self::Narrow,
        }
    }
}
