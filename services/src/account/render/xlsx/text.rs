//! The sheet of the text: one row for each block.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::style::Styles;
use super::{LINE, fitting, page, set_height, write};
use crate::account::document::{Block, Document, Span};
use crate::account::render::flow;
use crate::account::render::words;
use crate::account::text::one_line;

const KIND: u16 = 0;
const TEXT: u16 = 1;
/// Width of the text, in digits.
const WIDTH: f64 = 110.0;
/// Points of a line of a heading.
const HEADING_LINE: f64 = 20.0;

/// Writes it. `places` has the title and the sheet of each block that has a sheet of its own.
pub(super) fn sheet(
    document: &Document,
    places: &[Option<(String, String)>],
    name: &str,
    styles: &Styles,
) -> Result<Worksheet, XlsxError> {
    let language = document.language;
    let mut sheet = Worksheet::new();
    sheet.set_name(name)?;
    sheet.set_column_width(KIND, 12)?.set_column_width(TEXT, WIDTH)?;
    write(&mut sheet, 0, KIND, language.pick("类型", "Kind"), &styles.head)?;
    write(&mut sheet, 0, TEXT, language.pick("内容", "Text"), &styles.head)?;
    let mut row = 1;
    let mut add = |kind: &str, text: &str, format: &Format, line: f64| -> Result<(), XlsxError> {
        let mut rest = text;
        // A text that no cell can hold goes on in the next row.
        loop {
            let (first, behind) = fitting(rest);
            write(&mut sheet, row, KIND, kind, &styles.cell)?;
            write(&mut sheet, row, TEXT, first, format)?;
            set_height(&mut sheet, row, &[(first, WIDTH)], line)?;
            (row, rest) = (row + 1, behind);
            if rest.is_empty() {
                return Ok(());
            }
        }
    };
    let [first, ..] = &styles.headings;
    add(
        language.pick("标题", "Title"),
        &one_line(&document.title),
        first,
        HEADING_LINE,
    )?;
    add(
        language.pick("日期", "Date"),
        &words::as_of(document),
        &styles.cell,
        LINE,
    )?;
    for (block, place) in document.blocks.iter().zip(places) {
        let text = match place {
            Some((title, name)) => see(document, title, name),
            None => said(document, block),
        };
        let format = match block {
            Block::Heading { level, .. } => styles.headings.get(usize::from(level - 1)),
            _ => None,
        };
        let line = if format.is_some() { HEADING_LINE } else { LINE };
        let format = format.unwrap_or(&styles.cell);
        add(words::kind(language, block), &text, format, line)?;
    }
    page(&mut sheet, document, 0)?;
    Ok(sheet)
}

fn see(document: &Document, title: &str, name: &str) -> String {
    match document.language {
        crate::language::Language::Zh => format!("{title}（见工作表“{name}”）"),
        crate::language::Language::En => format!("{title} (see the sheet “{name}”)"),
    }
}

fn said(document: &Document, block: &Block) -> String {
    match block {
        Block::Heading { text, .. } | Block::Paragraph(text) => flow::plain(document, text),
        Block::List { ordered, items } => list(document, *ordered, items),
        // They have sheets of their own.
        Block::Table(_) | Block::Chart(_) => String::new(),
    }
}

fn list(document: &Document, ordered: bool, items: &[Vec<Span>]) -> String {
    let items = (1..).zip(items).map(|(number, item)| {
        let text = flow::plain(document, item);
        match ordered {
            true => format!("{number}. {text}"),
            false => format!("• {text}"),
        }
    });
    items.collect::<Vec<_>>().join("\n")
}
