//! The sheets of tables and charts.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::style::{Styles, number_format};
use super::{LINE, page, set_height, write};
use crate::account::document::{Chart, ChartKind, Document, Figure, Table};
use crate::account::render::flow::{self, Value};
use crate::account::render::number::{self, Number};
use crate::account::render::{native, words};
use crate::account::text::{digits_wide, one_line};

/// Rows, counted from 0: the title, and below it the heads.
const TITLE: u32 = 0;
const HEAD: u32 = 1;
/// Widths of columns, in digits.
const LEAST_WIDE: usize = 10;
const MOST_WIDE: usize = 60;
/// Size of a chart in pixels.
const CHART_WIDTH: u32 = 760;
const LEAST_HEIGHT: u32 = 320;
const MOST_HEIGHT: u32 = 1_600;

/// The sheet of a table.
pub(super) fn table(
    document: &Document,
    table: &Table,
    title: &str,
    name: &str,
    styles: &Styles,
) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(name)?;
    write(&mut sheet, TITLE, 0, title, &styles.title)?;
    let said = table.rows.iter().map(|row| {
        let cells = row.iter().map(|cell| flow::plain(document, cell));
        cells.collect::<Vec<_>>()
    });
    let said = said.collect::<Vec<_>>();
    let widths = widths(&table.columns, &said);
    for ((column, head), width) in (0..).zip(&table.columns).zip(&widths) {
        write(&mut sheet, HEAD, column, &one_line(head), &styles.head)?;
        sheet.set_column_width(column, *width)?;
    }
    for ((row, cells), said) in (HEAD + 1..).zip(&table.rows).zip(&said) {
        let texts = said.iter().map(String::as_str).zip(widths.iter().copied());
        set_height(&mut sheet, row, &texts.collect::<Vec<_>>(), LINE)?;
        for ((column, cell), said) in (0..).zip(cells).zip(said) {
            let value = flow::value(document, cell);
            self::cell(&mut sheet, [row, column], value, said, styles)?;
        }
    }
    page(&mut sheet, document, HEAD)?;
    Ok(sheet)
}

/// Widths of the columns, in digits.
fn widths(heads: &[String], said: &[Vec<String>]) -> Vec<f64> {
    let width = |(column, head): (usize, &String)| {
        let cells = said.iter().filter_map(|row| row.get(column));
        let widest = cells.map(|cell| digits_wide(cell)).max().unwrap_or_default();
        widest.max(digits_wide(head)).clamp(LEAST_WIDE, MOST_WIDE) as f64 + 2.0
    };
    heads.iter().enumerate().map(width).collect()
}

fn cell(
    sheet: &mut Worksheet,
    [row, column]: [u32; 2],
    value: Value<'_>,
    said: &str,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let column = column as u16; // the library refused a table of more columns before
    match value {
        Value::Figure(figure) => {
            let printed = one_line(&figure.text);
            let unit = said.strip_prefix(&printed).unwrap_or_default();
            self::figure(sheet, [row, column.into()], figure, said, unit, styles)?;
        }
        // The first cell names the row, also by a number.
        Value::Number(number) if column > 0 => {
            let format = styles.number.clone().set_num_format(format_of(number));
            sheet.write_number_with_format(row, column, number.value, &format)?;
        }
        Value::Number(_) | Value::Words => write(sheet, row, column, said, &styles.cell)?,
    }
    Ok(())
}

fn format_of(number: Number) -> String {
    let unit = if number.percent { "%" } else { "" };
    // Not within quotes: the sign multiplies by a hundred.
    number_format(number.decimals, number.commas, "") + unit
}

/// Writes a figure as a number in the format it is printed in, or its mark where it is missing.
pub(super) fn figure(
    sheet: &mut Worksheet,
    [row, column]: [u32; 2],
    figure: &Figure,
    said: &str,
    unit: &str,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let column = column as u16; // as above
    let Some(millionths) = figure.millionths else {
        return write(sheet, row, column, said, &styles.missing);
    };
    let format = number_format(number::decimals(&figure.text), figure.text.contains(','), unit);
    let format = styles.number.clone().set_num_format(format);
    // A cell holds 15 digits exactly; a figure has fewer.
    sheet.write_number_with_format(row, column, millionths as f64 / 1e6, &format)?;
    Ok(())
}

/// The sheet of a chart: its values, and the chart beside them.
pub(super) fn chart(
    document: &Document,
    chart: &Chart,
    title: &str,
    name: &str,
    styles: &Styles,
) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(name)?;
    write(&mut sheet, TITLE, 0, title, &styles.title)?;
    let whole = styles
        .number
        .clone()
        .set_num_format(native::whole_format(document.language));
    native::values(
        &mut sheet,
        HEAD,
        chart,
        document.language,
        [&styles.head, &styles.cell, &whole],
    )?;
    let names = chart.categories.iter().map(|name| digits_wide(name)).max();
    sheet.set_column_width(0, names.unwrap_or_default().clamp(LEAST_WIDE, MOST_WIDE) as f64 + 2.0)?;
    for (column, series) in (1..).zip(&chart.series) {
        let wide = digits_wide(&series.name).clamp(LEAST_WIDE, MOST_WIDE);
        sheet.set_column_width(column, wide as f64 + 2.0)?;
    }
    page(&mut sheet, document, HEAD)?;
    if words::is_empty(chart) {
        let below = HEAD + 1 + chart.categories.len() as u32; // far fewer than a sheet has rows
        write(&mut sheet, below, 0, words::no_data(document.language), &Format::new())?;
        return Ok(sheet);
    }
    let mut drawn = native::chart(chart, name, HEAD, styles.font, document.language);
    drawn.set_width(CHART_WIDTH).set_height(height(chart));
    let beside = chart.series.len() as u16 + 2; // far fewer than a sheet has columns
    sheet.insert_chart(HEAD, beside, &drawn)?;
    Ok(sheet)
}

fn height(chart: &Chart) -> u32 {
    let bars = match chart.kind {
        ChartKind::Bars => chart.categories.len() * (chart.series.len() + 1),
        ChartKind::StackedBars => chart.categories.len() * 2,
        ChartKind::Lines => 0,
    };
    let bars = u32::try_from(bars).unwrap_or(MOST_HEIGHT);
    bars.saturating_mul(16)
        .saturating_add(90)
        .clamp(LEAST_HEIGHT, MOST_HEIGHT)
}
