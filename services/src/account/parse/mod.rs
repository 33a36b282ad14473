//! Markdown, as templates write it, becomes blocks.
//!
//! What there is: headings of three levels, paragraphs, `**strong**` text, lists of one level, tables, and charts:
//!
//! ```text
//! # One section, with a figure of <U+E000>12<U+E001> pieces
//!
//! Table: What the next table shows
//!
//! | Prefecture | Concluded |
//! |---|---|
//! | Guiyang | <U+E000>13<U+E001> |
//!
//! ~~~chart
//! title = "Petitions by kind"
//! kind = "bars"            # or "stacked_bars", "lines"
//! unit = "pieces"
//! categories = ["Water", "Air"]
//! [[series]]
//! name = "Concluded"
//! values = [12, ""]        # "" is a gap
//! ~~~
//! ```
//!
//! `**` begins and ends strong text wherever it stands: by the rules of Markdown it would not where Chinese punctuation
//! is beside it. Raw HTML is text. Links and images are reduced to their text. Everything else is an error that names the
//! line. Where a line of a paragraph ends there is a space, unless Chinese goes on in the next line.
//!
//! Text that is not the template's own goes through [`escape`], or [`quote`] within a chart; the test below them shows
//! that it comes back as it was and makes nothing.

mod chart;
mod error;
mod escape;
mod run;
mod table;
#[cfg(test)]
mod tests;

use std::iter::Peekable;
use std::ops::Range;
use std::vec::IntoIter;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

pub use self::error::{Fault, ParseError};
pub use self::escape::{FIGURE_END, FIGURE_START, escape, mark, quote};
use self::run::{Run, STRONG};
use super::document::{Block, Span};

/// Before the title of a table.
const TITLE: &str = "Table:";

/// Reads the blocks of a template whose values are put in.
///
/// # Errors
/// Markdown that an account has no place for, with its line. Whether a figure that is named exists is not known here.
pub fn parse(markdown: &str) -> Result<Vec<Block>, ParseError> {
    let text = with_strong_marked(markdown);
    let parser = Parser::new_ext(&text, Options::ENABLE_TABLES);
    let definitions = parser.reference_definitions().iter();
    let defined = definitions.map(|(_, definition)| definition.span.start).min();
    let events = parser.into_offset_iter().collect::<Vec<_>>().into_iter().peekable();
    let mut reader = Reader { text: &text, events };
    match defined {
        Some(at) => Err(reader.error(at, Fault::LinkDefinition)),
        None => reader.blocks(),
    }
}

/// `**` that no backslash stands before, as one character that Markdown knows nothing of.
fn with_strong_marked(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut rest = markdown.chars().peekable();
    let mut escaped = false;
    while let Some(letter) = rest.next() {
        if letter == '*' && !escaped && rest.next_if_eq(&'*').is_some() {
            text.push(STRONG);
            continue;
        }
        escaped = letter == '\\' && !escaped;
        text.push(letter);
    }
    text
}

type At = Range<usize>;

struct Reader<'t> {
    text: &'t str,
    events: Peekable<IntoIter<(Event<'t>, At)>>,
}

impl<'t> Reader<'t> {
    fn blocks(&mut self) -> Result<Vec<Block>, ParseError> {
        let mut blocks = Vec::new();
        while let Some((event, at)) = self.events.next() {
            blocks.push(match event {
                Event::Start(Tag::Heading { level, .. }) => self.heading(level, &at)?,
                Event::Start(Tag::Paragraph) => self.paragraph(&at)?,
                Event::Start(Tag::HtmlBlock) => Block::Paragraph(self.run(TagEnd::HtmlBlock, &at)?),
                Event::Start(Tag::List(first)) => self.list(first, &at)?,
                Event::Start(Tag::Table(_)) => self.table(String::new())?,
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(word))) if word.trim() == "chart" => {
                    self.chart(&at)?
                }
                other => return Err(self.unknown(&other, &at)),
            });
        }
        Ok(blocks)
    }

    fn heading(&mut self, level: HeadingLevel, at: &At) -> Result<Block, ParseError> {
        let known = match level {
            HeadingLevel::H1 => 1,
            HeadingLevel::H2 => 2,
            HeadingLevel::H3 => 3,
            _ => return Err(self.error(at.start, Fault::Unknown("a heading of more than three levels"))),
        };
        let text = self.run(TagEnd::Heading(level), at)?;
        match text.is_empty() {
            true => Err(self.error(at.start, Fault::EmptyHeading)),
            false => Ok(Block::Heading { level: known, text }),
        }
    }

    /// A paragraph, or the title of a table and the table.
    fn paragraph(&mut self, at: &At) -> Result<Block, ParseError> {
        let written = self.text.get(at.clone()).unwrap_or_default();
        if written.starts_with('|') {
            return Err(self.error(at.start, Fault::BrokenTable));
        }
        let is_title = written.starts_with(TITLE);
        let spans = self.run(TagEnd::Paragraph, at)?;
        if !is_title {
            return Ok(Block::Paragraph(spans));
        }
        let title = self.plain(spans, "the title of a table", at)?;
        let title = title.strip_prefix(TITLE).unwrap_or(&title).trim_matches(' ').to_owned();
        match self.events.next() {
            Some((Event::Start(Tag::Table(_)), _)) => self.table(title),
            _ => Err(self.error(at.start, Fault::TitleWithoutTable)),
        }
    }

    fn list(&mut self, first: Option<u64>, at: &At) -> Result<Block, ParseError> {
        if let Some(number) = first.filter(|number| *number != 1) {
            return Err(self.error(at.start, Fault::ListStart(number)));
        }
        let mut items = Vec::new();
        while let Some((event, at)) = self.events.next() {
            match event {
                Event::Start(Tag::Item) => items.push(self.item(&at)?),
                Event::End(TagEnd::List(_)) => break,
                other => return Err(self.unknown(&other, &at)),
            }
        }
        let ordered = first.is_some();
        Ok(Block::List { ordered, items })
    }

    fn item(&mut self, at: &At) -> Result<Vec<Span>, ParseError> {
        let mut run = Run::default();
        let mut paragraphs = 0;
        while let Some((event, within)) = self.events.next() {
            match event {
                Event::End(TagEnd::Item) => break,
                Event::Start(Tag::Paragraph | Tag::HtmlBlock) if paragraphs == 0 => paragraphs += 1,
                Event::Start(Tag::Paragraph | Tag::HtmlBlock) => {
                    return Err(self.error(within.start, Fault::Unknown("a second paragraph in a point of a list")));
                }
                Event::End(TagEnd::Paragraph | TagEnd::HtmlBlock) => {}
                other => self.inline(&mut run, other, &within)?,
            }
        }
        run.finish().map_err(|fault| self.error(at.start, fault))
    }

    /// The text up to the end of what began at `at`.
    fn run(&mut self, end: TagEnd, at: &At) -> Result<Vec<Span>, ParseError> {
        let mut run = Run::default();
        while let Some((event, within)) = self.events.next() {
            if event == Event::End(end) {
                break;
            }
            self.inline(&mut run, event, &within)?;
        }
        run.finish().map_err(|fault| self.error(at.start, fault))
    }

    fn inline(&self, run: &mut Run, event: Event<'_>, at: &At) -> Result<(), ParseError> {
        let pushed = match event {
            Event::Text(text) => run.push(&text),
            Event::Html(html) | Event::InlineHtml(html) => run.push_literally(&html),
            Event::SoftBreak | Event::HardBreak => {
                run.line_break();
                Ok(())
            }
            // Written with underscores.
            Event::Start(Tag::Strong) | Event::End(TagEnd::Strong) => {
                run.turn();
                Ok(())
            }
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) | Event::End(TagEnd::Link | TagEnd::Image) => Ok(()),
            other => return Err(self.unknown(&other, at)),
        };
        pushed.map_err(|fault| self.error(at.start, fault))
    }

    /// Text without figures; `place` says where.
    fn plain(&self, spans: Vec<Span>, place: &'static str, at: &At) -> Result<String, ParseError> {
        let mut plain = String::new();
        for span in spans {
            match span {
                Span::Text(text) | Span::Strong(text) => plain.push_str(&text),
                Span::Figure(_) => return Err(self.error(at.start, Fault::PlacedFigure(place))),
            }
        }
        Ok(plain)
    }

    fn unknown(&self, event: &Event<'_>, at: &At) -> ParseError {
        let what = match event {
            Event::Start(Tag::BlockQuote(_)) => "a quotation (>)",
            Event::Start(Tag::CodeBlock(_)) => "a block of code that is no chart",
            Event::Start(Tag::Emphasis) => "emphasis with one star or underscore",
            Event::Start(Tag::List(_)) => "a list within a list",
            Event::Start(Tag::Table(_)) => "a table within a list",
            Event::Start(Tag::Heading { .. }) => "a heading within a list",
            Event::Code(_) => "code in backticks",
            Event::Rule => "a line across the page",
            _ => "something else",
        };
        self.error(at.start, Fault::Unknown(what))
    }

    /// A fault at a place of the text, in bytes.
    fn error(&self, at: usize, fault: Fault) -> ParseError {
        let before = self.text.bytes().take(at);
        let line = before.filter(|byte| *byte == b'\n').count() + 1;
        ParseError { line, fault }
    }
}
