//! Sheets as grids of cells, and their way into an xlsx file that is the same byte by byte in every run.

use std::path::Path;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};

use crate::model::Cell;
use crate::spell::serial;

/// One sheet.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// The name on its tab.
    pub name: String,
    /// Not shown to the user.
    pub hidden: bool,
    /// Rows from the top, row 1 first.
    pub rows: Vec<Vec<Cell>>,
    /// Merged blocks: first row, first column, last row, last column, all counted from 0. The value is top left.
    pub merges: Vec<(u32, u16, u32, u16)>,
    /// Rows above the body, which are bold and centred.
    pub head: usize,
    /// Column widths in characters.
    pub widths: Vec<f64>,
}

impl Sheet {
    /// A sheet of plain lines of text, such as instructions.
    pub fn of_lines(name: &str, lines: &[&str]) -> Self {
        let rows = lines.iter().map(|line| vec![Cell::text(*line)]).collect();
        Self {
            name: name.to_owned(),
            rows,
            widths: vec![80.0],
            ..Self::default()
        }
    }
}

struct Formats {
    head: Format,
    body: Format,
    date: Format,
}

impl Formats {
    fn new() -> Self {
        let body = Format::new()
            .set_border(FormatBorder::Thin)
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter);
        Self {
            head: body.clone().set_bold().set_align(FormatAlign::Center),
            date: body.clone().set_num_format("yyyy-mm-dd"),
            body,
        }
    }
}

/// Writes `sheets` to `path`, whose folder is made when it is missing.
pub fn write(path: &Path, sheets: &[Sheet]) -> Result<(), Box<dyn std::error::Error>> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut workbook = Workbook::new();
    // A fixed time, since the day of the run would change the bytes.
    let created = ExcelDateTime::from_ymd(2023, 5, 31)?;
    workbook.set_properties(
        &DocProperties::new()
            .set_author("填报人员001")
            .set_creation_datetime(&created),
    );
    let formats = Formats::new();
    for sheet in sheets {
        fill(workbook.add_worksheet(), sheet, &formats)?;
    }
    workbook.save(path)?;
    Ok(())
}

fn fill(worksheet: &mut Worksheet, sheet: &Sheet, formats: &Formats) -> Result<(), XlsxError> {
    worksheet.set_name(&sheet.name)?;
    worksheet.set_hidden(sheet.hidden);
    for (column, &width) in sheet.widths.iter().enumerate() {
        worksheet.set_column_width(column as u16, width)?;
    }
    for &(first_row, first_column, last_row, last_column) in &sheet.merges {
        let format = if (first_row as usize) < sheet.head {
            &formats.head
        } else {
            &formats.body
        };
        worksheet.merge_range(first_row, first_column, last_row, last_column, "", format)?;
    }
    for (row, cells) in sheet.rows.iter().enumerate() {
        let format = if row < sheet.head { &formats.head } else { &formats.body };
        for (column, cell) in cells.iter().enumerate() {
            put(worksheet, row as u32, column as u16, cell, format, &formats.date)?;
        }
    }
    Ok(())
}

fn put(
    worksheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    format: &Format,
    date_format: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            worksheet.write_string_with_format(row, column, text, format)?;
        }
        Cell::Number(number) => {
            worksheet.write_number_with_format(row, column, *number, format)?;
        }
        Cell::Date(date) => {
            worksheet.write_number_with_format(row, column, serial(*date), date_format)?;
        }
        Cell::Error(error) => {
            let formula = Formula::new(format!("={error}")).set_result(*error);
            worksheet.write_formula_with_format(row, column, formula, format)?;
        }
    }
    Ok(())
}

/// A cell's address, for example `C5`; row and column counted from 0.
pub fn address(row: usize, column: usize) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    format!("{letters}{}", row + 1)
}
