//! Markdown: the plain text, its tables, charts as tables, and where the figures come from.

use super::check::check;
use super::error::RenderError;
use super::flow::{self, Piece};
use super::words;
use crate::account::document::{Block, Chart, Document, Table};
use crate::account::text::one_line;

/// Writes a document as Markdown.
///
/// # Errors
/// A document that contradicts itself.
pub fn markdown(document: &Document) -> Result<Vec<u8>, RenderError> {
    check(document)?;
    let mut page = Page {
        document,
        text: String::new(),
        tables: 0,
        charts: 0,
    };
    page.block(&format!("# {}", escaped(&one_line(&document.title))));
    page.block(&escaped(&words::as_of(document)));
    for block in &document.blocks {
        page.write(block);
    }
    page.figures();
    Ok(page.text.into_bytes())
}

struct Page<'d> {
    document: &'d Document,
    text: String,
    tables: usize,
    charts: usize,
}

impl Page<'_> {
    fn block(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(text.trim_end());
        self.text.push('\n');
    }

    fn write(&mut self, block: &Block) {
        match block {
            Block::Heading { level, text } => {
                let hashes = "#".repeat(usize::from(*level) + 1);
                let text = inline(&flow::pieces(self.document, text));
                self.block(&format!("{hashes} {text}"));
            }
            Block::Paragraph(text) => {
                let text = inline(&flow::pieces(self.document, text));
                self.block(&at_line_start(text));
            }
            Block::List { ordered, items } => {
                let items = (1..).zip(items).map(|(number, item)| {
                    let text = at_line_start(inline(&flow::pieces(self.document, item)));
                    match ordered {
                        true => format!("{number}. {text}\n"),
                        false => format!("- {text}\n"),
                    }
                });
                let list = items.collect::<String>();
                self.block(&list);
            }
            Block::Table(table) => self.table(table),
            Block::Chart(chart) => self.chart(chart),
        }
    }

    fn table(&mut self, table: &Table) {
        self.tables += 1;
        let title = words::table(self.document.language, self.tables, &table.title);
        let right = flow::number_columns(self.document, table);
        let heads = table.columns.iter().map(|head| escaped(&one_line(head)));
        let rows = table.rows.iter().map(|row| {
            let cells = row.iter();
            cells.map(|cell| inline(&flow::pieces(self.document, cell))).collect()
        });
        let text = grid(&heads.collect::<Vec<_>>(), &rows.collect::<Vec<_>>(), &right);
        self.titled(&title, &text);
    }

    fn chart(&mut self, chart: &Chart) {
        self.charts += 1;
        let language = self.document.language;
        let title = words::chart(language, self.charts, chart);
        if words::is_empty(chart) {
            return self.titled(&title, words::no_data(language));
        }
        let (heads, rows) = words::chart_table(language, chart);
        let heads = heads.iter().map(|head| escaped(head)).collect::<Vec<_>>();
        let rows = rows.iter().map(|row| row.iter().map(|cell| escaped(cell)).collect());
        let right = std::iter::once(false).chain(std::iter::repeat(true));
        let right = right.take(heads.len()).collect::<Vec<_>>();
        let text = grid(&heads, &rows.collect::<Vec<_>>(), &right);
        self.titled(&title, &text);
    }

    fn titled(&mut self, title: &str, text: &str) {
        self.block(&strong(title));
        self.block(text);
    }

    fn figures(&mut self) {
        let language = self.document.language;
        self.block(&format!("## {}", words::figures(language)));
        self.block(&escaped(words::figures_note(language)));
        if self.document.figures.is_empty() {
            return self.block(words::no_data(language));
        }
        let heads = words::figure_columns(language).map(str::to_owned);
        let figures = self.document.figures.iter();
        let figures = figures.map(|figure| words::figure_cells(language, figure));
        let rows = figures.map(|cells| cells.map(|cell| escaped(&cell)).to_vec());
        let text = grid(
            &heads,
            &rows.collect::<Vec<_>>(),
            &[false, true, false, false, true, false],
        );
        self.block(&text);
    }
}

/// A table; `right` says which columns have numbers.
fn grid(heads: &[String], rows: &[Vec<String>], right: &[bool]) -> String {
    let rule = right.iter().map(|right| if *right { "---:" } else { "---" }.to_owned());
    let mut text = String::new();
    for row in [heads, &rule.collect::<Vec<_>>()]
        .into_iter()
        .chain(rows.iter().map(Vec::as_slice))
    {
        text.push('|');
        for cell in row {
            text.push_str(&format!(" {} |", cell.trim()));
        }
        text.push('\n');
    }
    text
}

fn inline(pieces: &[Piece]) -> String {
    let mut text = String::new();
    for run in pieces.chunk_by(|one, other| one.strong == other.strong) {
        let said = flow::joined(run);
        match run.iter().any(|piece| piece.strong) {
            true => text.push_str(&strong(&said)),
            false => text.push_str(&escaped(&said)),
        }
    }
    text
}

/// Strong text. Punctuation and spaces at its ends stand outside, since Markdown takes stars beside them for stars where
/// Chinese goes on.
fn strong(text: &str) -> String {
    let inner = text.trim_matches(|letter: char| !letter.is_alphanumeric());
    let (before, behind) = text.split_once(inner).unwrap_or_default();
    match inner.is_empty() {
        true => escaped(text),
        false => format!("{}**{}**{}", escaped(before), escaped(inner), escaped(behind)),
    }
}

/// The text, with a backslash before what Markdown could take for its own anywhere in a line.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if "\\`*_[]<>&|~$".contains(letter) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// The text, with a backslash before what Markdown could take for its own at the beginning of a line.
fn at_line_start(text: String) -> String {
    let text = text.trim_start_matches(' ').to_owned();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let behind = text.get(digits..).unwrap_or_default();
    match text.chars().next() {
        Some('#' | '+' | '-' | '=') => format!("\\{text}"),
        _ if digits > 0 && behind.starts_with(['.', ')']) => {
            format!("{}\\{behind}", text.get(..digits).unwrap_or_default())
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::account::document::Span;
    use crate::account::parse::parse;
    use crate::account::render::sample;
    use crate::language::Language;

    fn written(document: &Document) -> String {
        String::from_utf8(markdown(document).unwrap()).unwrap()
    }

    #[test]
    fn the_account_in_chinese_is_this_text() {
        insta::assert_snapshot!(written(&sample::account(Language::Zh)));
    }

    #[test]
    fn the_account_in_english_is_this_text() {
        insta::assert_snapshot!(written(&sample::account(Language::En)));
    }

    #[test]
    fn strong_text_is_strong_to_every_reader() {
        for (text, wanted) in [
            ("一、总体情况。", "前**一、总体情况**。后"),
            ("“甲”：", "前“**甲**”：后"),
            ("*", "前\\*后"),
        ] {
            let mut document = sample::empty();
            let plain = |text: &str| Span::Text(text.to_owned());
            document.blocks = vec![Block::Paragraph(vec![
                plain("前"),
                Span::Strong(text.to_owned()),
                plain("后"),
            ])];
            let page = written(&document);
            assert!(page.contains(wanted), "{page}");
            let events = pulldown_cmark::Parser::new(wanted);
            let stars =
                events.filter(|event| matches!(event, pulldown_cmark::Event::Text(text) if text.contains("**")));
            assert_eq!(stars.count(), 0);
        }
    }

    #[test]
    fn an_account_of_nothing_says_so() {
        insta::assert_snapshot!(written(&sample::empty()));
    }

    #[test]
    fn hostile_text_stays_text() {
        let page = written(&sample::hostile());
        let said = |spans: &[Span]| match spans {
            [Span::Text(text)] => one_line(text),
            _ => String::new(),
        };
        let told = parse(&page).unwrap();
        let paragraphs = told.iter().filter_map(|block| match block {
            Block::Paragraph(text) => Some(said(text)),
            _ => None,
        });
        let cells = told.iter().filter_map(|block| match block {
            Block::Table(table) => Some(said(&table.rows[0][0])),
            _ => None,
        });
        let (paragraphs, cells) = (paragraphs.collect::<Vec<_>>(), cells.collect::<Vec<_>>());
        for printed in sample::printed_hostile() {
            assert!(paragraphs.contains(&printed), "{printed}\n{page}");
            assert!(cells.contains(&printed), "{printed}\n{page}");
        }
    }

    proptest! {
        #[test]
        fn a_reader_of_markdown_sees_the_text_as_it_was(text in "[\\PC#+=.)0-9|*_\\\\<>&`~ -]{1,30}") {
            let line = one_line(&text);
            prop_assume!(!line.trim().is_empty() && line.trim() == line);
            let mut document = sample::empty();
            let span = vec![Span::Text(line.clone())];
            document.blocks = vec![
                Block::Paragraph(span.clone()),
                Block::List { ordered: false, items: vec![span.clone()] },
            ];
            let told = parse(&written(&document)).unwrap();
            prop_assert_eq!(told.get(2), document.blocks.first());
            prop_assert_eq!(told.get(3), document.blocks.get(1));
        }
    }
}
