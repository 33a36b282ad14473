//! The sheet of the figures.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::sheets::figure;
use super::style::{Styles, number_format};
use super::{LINE, page, set_height, write};
use crate::account::document::Document;
use crate::account::render::words;
use crate::language::Language;

const WIDTHS: [f64; 6] = [42.0, 16.0, 10.0, 44.0, 10.0, 50.0];
const VALUE: u16 = 1;
const RECORDS: u16 = 4;

/// Writes it.
pub(super) fn sheet(document: &Document, name: &str, styles: &Styles) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(name)?;
    let heads = words::figure_columns(document.language);
    for ((column, head), width) in (0..).zip(heads).zip(WIDTHS) {
        write(&mut sheet, 0, column, head, &styles.head)?;
        sheet.set_column_width(column, width)?;
    }
    let whole = styles
        .number
        .clone()
        .set_num_format(number_format(0, document.language == Language::En, ""));
    for (row, one) in (1..).zip(&document.figures) {
        let cells = words::figure_cells(document.language, one);
        let texts = cells.iter().map(String::as_str).zip(WIDTHS).collect::<Vec<_>>();
        set_height(&mut sheet, row, &texts, LINE)?;
        for (column, said) in (0..).zip(&cells) {
            match (column, one.records) {
                (VALUE, _) => figure(&mut sheet, [row, column.into()], one, said, "", styles)?,
                // Counts of records are far below the 53 bits that a cell holds exactly.
                (RECORDS, Some(records)) => {
                    sheet.write_number_with_format(row, column, records as f64, &whole)?;
                }
                _ => write(&mut sheet, row, column, said, &styles.cell)?,
            }
        }
    }
    let last = u32::try_from(document.figures.len()).unwrap_or(u32::MAX).max(1);
    sheet.autofilter(0, 0, last, heads.len() as u16 - 1)?;
    page(&mut sheet, document, 0)?;
    Ok(sheet)
}
