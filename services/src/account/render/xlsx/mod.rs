//! XLSX: the text, a sheet for each table and each chart, and a sheet of the figures.
//!
//! Numbers are numbers, with the format they are printed in. Nothing is ever a formula: a text that begins like one is
//! written as text, and marked as such so that it stays text when its cell is edited.

mod figures;
mod names;
mod sheets;
mod style;
#[cfg(test)]
mod tests;
mod text;

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use self::names::Names;
use self::style::Styles;
use super::check::check;
use super::error::RenderError;
use super::{native, words};
use crate::account::document::{Block, Document};
use crate::account::text::digits_wide;

/// The highest that a row may be, in points.
const MOST_HEIGHT: f64 = 409.0;
/// Height of a line of text, in points.
const LINE: f64 = 14.5;
/// Characters that a cell holds, in units of UTF-16.
const MOST_TEXT: usize = 32_767;

/// Writes a document as a workbook.
///
/// # Errors
/// A document that contradicts itself; what the library for workbooks refuses.
pub fn xlsx(document: &Document) -> Result<Vec<u8>, RenderError> {
    check(document)?;
    Ok(workbook(document)?.save_to_buffer()?)
}

fn workbook(document: &Document) -> Result<Workbook, XlsxError> {
    let language = document.language;
    let styles = Styles::new(language);
    let mut names = Names::default();
    let mut book = Workbook::new();
    book.set_properties(&native::properties(document)?);

    let main = names.free(language.pick("正文", "Text"));
    let last = names.free(language.pick("数据来源", "Figures"));
    let (mut tables, mut charts, mut behind) = (0, 0, Vec::new());
    let mut places = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Table(table) => {
                tables += 1;
                let title = words::table(language, tables, &table.title);
                let name = names.free(&title);
                behind.push(sheets::table(document, table, &title, &name, &styles)?);
                places.push(Some((title, name)));
            }
            Block::Chart(chart) => {
                charts += 1;
                let title = words::chart(language, charts, chart);
                let name = names.free(&words::chart_name(language, charts, chart));
                behind.push(sheets::chart(document, chart, &title, &name, &styles)?);
                places.push(Some((title, name)));
            }
            Block::Heading { .. } | Block::Paragraph(_) | Block::List { .. } => places.push(None),
        }
    }
    book.push_worksheet(text::sheet(document, &places, &main, &styles)?);
    for sheet in behind {
        book.push_worksheet(sheet);
    }
    book.push_worksheet(figures::sheet(document, &last, &styles)?);
    Ok(book)
}

/// Writes text, and never a formula.
fn write(sheet: &mut Worksheet, row: u32, column: u16, said: &str, format: &Format) -> Result<(), XlsxError> {
    let said = fitting(said).0;
    if said.is_empty() {
        sheet.write_blank(row, column, format)?;
    } else if said.starts_with(['=', '+', '-', '@']) {
        sheet.write_string_with_format(row, column, said, &format.clone().set_quote_prefix())?;
    } else {
        sheet.write_string_with_format(row, column, said, format)?;
    }
    Ok(())
}

/// Height of a row, in points, that shows texts of these widths in digits in columns as wide as that. Excel finds it by
/// itself; others show one line of what they are not told to show.
fn set_height(sheet: &mut Worksheet, row: u32, texts: &[(&str, f64)], line: f64) -> Result<(), XlsxError> {
    let lines = texts.iter().map(|(text, width)| lines(text, *width));
    let most = lines.max().unwrap_or(1);
    if most > 1 {
        sheet.set_row_height(row, (most as f64 * line + 4.0).min(MOST_HEIGHT))?;
    }
    Ok(())
}

/// Lines that a text takes in a column of a width in digits.
fn lines(text: &str, width: f64) -> usize {
    // A wide letter that does not fit leaves half of its place free.
    let room = (width - 2.0).max(2.0);
    let lines = text
        .split('\n')
        .map(|line| (digits_wide(line) as f64 / room).ceil().max(1.0) as usize);
    lines.sum()
}

/// What fits into one cell, and the rest.
fn fitting(text: &str) -> (&str, &str) {
    let mut units = 0;
    for (at, letter) in text.char_indices() {
        units += letter.len_utf16();
        if units > MOST_TEXT {
            return text.split_at(at);
        }
    }
    (text, "")
}

/// Paper and print of a sheet: as wide as the page, the head on each, with page numbers.
fn page(sheet: &mut Worksheet, document: &Document, head: u32) -> Result<(), XlsxError> {
    let footer = document.language.pick("&C第 &P 页，共 &N 页", "&CPage &P of &N");
    sheet.set_freeze_panes(head + 1, 0)?;
    sheet.set_repeat_rows(head, head)?;
    sheet
        .set_paper_size(9) // A4
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_footer(footer);
    Ok(())
}
