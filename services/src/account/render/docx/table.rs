//! Tables.

use std::io::Result;

use super::body::pieces;
use super::xml::{Out, element, empty, paragraph, run, value};
use crate::account::document::{Document, Table};
use crate::account::render::flow::{self, Value};
use crate::account::render::words;
use crate::account::text::{digits_wide, one_line};

/// Width of the text, in twentieths of a point.
const WIDTH: usize = 11_906 - 2 * 1_474;
/// Widths of the columns of the list of figures, in hundredths of the whole.
const FIGURES: [usize; 6] = [26, 12, 11, 24, 10, 17];

/// The least and the most that a column asks for, in digits.
const LEAST_WIDE: usize = 8;
const MOST_WIDE: usize = 40;

/// Writes a table with its title above.
pub(super) fn table(out: &mut Out, document: &Document, title: &str, table: &Table) -> Result<()> {
    paragraph(out, "Caption", |out| run(out, None, title))?;
    let widths = widths(document, table);
    grid(out, title, &widths, |out| {
        head(out, &table.columns, &widths, "TableHead")?;
        for row in &table.rows {
            element(out, "w:tr", &[], |out| {
                element(out, "w:trPr", &[], |out| empty(out, "w:cantSplit", &[]))?;
                for ((at, cell), width) in row.iter().enumerate().zip(&widths) {
                    let is_number = at > 0 && flow::value(document, cell) != Value::Words;
                    let style = if is_number { "TableNumber" } else { "TableText" };
                    let said = flow::pieces(document, cell);
                    self::cell(out, *width, style, |out| pieces(out, document, &said))?;
                }
                Ok(())
            })?;
        }
        Ok(())
    })
}

/// Widths of the columns, as their longest texts want it, though none takes all from the others.
fn widths(document: &Document, table: &Table) -> Vec<usize> {
    let wanted = |(at, head): (usize, &String)| {
        let cells = table.rows.iter().filter_map(|row| row.get(at));
        let cells = cells.map(|cell| digits_wide(&flow::plain(document, cell)));
        let longest = cells.max().unwrap_or_default().max(digits_wide(head));
        longest.clamp(LEAST_WIDE, MOST_WIDE)
    };
    let wanted = table.columns.iter().enumerate().map(wanted).collect::<Vec<_>>();
    let sum = wanted.iter().sum::<usize>().max(1);
    wanted.into_iter().map(|wide| WIDTH * wide / sum).collect()
}

/// Writes the list of figures.
pub(super) fn figures(out: &mut Out, document: &Document) -> Result<()> {
    let widths = FIGURES.map(|share| WIDTH * share / 100);
    let heads = words::figure_columns(document.language).map(str::to_owned);
    grid(out, words::figures(document.language), &widths, |out| {
        head(out, &heads, &widths, "SmallHead")?;
        for figure in &document.figures {
            element(out, "w:tr", &[], |out| {
                element(out, "w:trPr", &[], |out| empty(out, "w:cantSplit", &[]))?;
                for (at, (said, width)) in words::figure_cells(document.language, figure)
                    .iter()
                    .zip(widths)
                    .enumerate()
                {
                    let style = match at {
                        1 | 4 => "SmallNumber",
                        _ => "SmallText",
                    };
                    let missing = (at == 1 && figure.millionths.is_none()).then_some("Missing");
                    cell(out, width, style, |out| run(out, missing, said))?;
                }
                Ok(())
            })?;
        }
        Ok(())
    })
}

fn grid(out: &mut Out, title: &str, widths: &[usize], rows: impl FnOnce(&mut Out) -> Result<()>) -> Result<()> {
    element(out, "w:tbl", &[], |out| {
        element(out, "w:tblPr", &[], |out| {
            value(out, "w:tblStyle", "AccountTable")?;
            let width = widths.iter().sum::<usize>().to_string();
            empty(out, "w:tblW", &[("w:w", &width), ("w:type", "dxa")])?;
            empty(out, "w:tblLayout", &[("w:type", "fixed")])?;
            let look = [("w:val", "0420"), ("w:firstRow", "1"), ("w:noVBand", "1")];
            empty(out, "w:tblLook", &look)?;
            value(out, "w:tblCaption", title)
        })?;
        element(out, "w:tblGrid", &[], |out| {
            for width in widths {
                empty(out, "w:gridCol", &[("w:w", &width.to_string())])?;
            }
            Ok(())
        })?;
        rows(out)
    })?;
    // Two tables with nothing between them would become one.
    paragraph(out, "Behind", |_| Ok(()))
}

/// The head, which stands again on each page.
fn head(out: &mut Out, heads: &[String], widths: &[usize], style: &str) -> Result<()> {
    element(out, "w:tr", &[], |out| {
        element(out, "w:trPr", &[], |out| {
            empty(out, "w:cantSplit", &[])?;
            empty(out, "w:tblHeader", &[])
        })?;
        for (said, width) in heads.iter().zip(widths) {
            cell(out, *width, style, |out| run(out, None, &one_line(said)))?;
        }
        Ok(())
    })
}

fn cell(out: &mut Out, width: usize, style: &str, inner: impl FnOnce(&mut Out) -> Result<()>) -> Result<()> {
    element(out, "w:tc", &[], |out| {
        element(out, "w:tcPr", &[], |out| {
            empty(out, "w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")])
        })?;
        paragraph(out, style, inner)
    })
}
