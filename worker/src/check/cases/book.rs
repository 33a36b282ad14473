//! Ledgers for the cases: honest ones to begin with, and a way to spoil them cell by cell.

use chrono::NaiveDate;
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

use crate::cell::address;

/// What is put into a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Put {
    Text(String),
    Number(f64),
    Date(NaiveDate),
    /// A formula with this error as its value.
    Error(&'static str),
    Blank,
}

impl From<&str> for Put {
    fn from(text: &str) -> Self {
        if text.is_empty() {
            Self::Blank
        } else {
            Self::Text(text.to_owned())
        }
    }
}

impl From<f64> for Put {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<NaiveDate> for Put {
    fn from(date: NaiveDate) -> Self {
        Self::Date(date)
    }
}

/// One sheet: a title in row 1, the header in row 2, rows from 3 on, and lines below them.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub name: String,
    title: Option<String>,
    header: Vec<String>,
    rows: Vec<Vec<Put>>,
    footers: Vec<String>,
    hidden: bool,
}

/// Row of the first row of data.
pub(super) const FIRST: u32 = 3;

impl Sheet {
    pub fn new(title: &str, header: &[&str], rows: &[&[&str]]) -> Self {
        Self {
            name: "台账".to_owned(),
            title: Some(title.to_owned()),
            header: header.iter().map(|text| (*text).to_owned()).collect(),
            rows: rows
                .iter()
                .map(|row| row.iter().map(|text| Put::from(*text)).collect())
                .collect(),
            footers: vec!["填报日期：2023年5月31日".to_owned()],
            hidden: false,
        }
    }

    /// Column of a header, counted from 0.
    pub fn column(&self, header: &str) -> u32 {
        let at = self.header.iter().position(|known| known == header);
        at.unwrap_or_else(|| panic!("no column {header}")) as u32
    }

    /// Address of a cell by its row, counted from 1, and its header.
    pub fn address(&self, row: u32, header: &str) -> String {
        address(row, self.column(header))
    }

    /// Puts a value into a row, counted as the sheet shows it.
    pub fn set(mut self, row: u32, header: &str, value: impl Into<Put>) -> Self {
        let column = self.column(header) as usize;
        self.rows[(row - FIRST) as usize][column] = value.into();
        self
    }

    /// The same in every row.
    pub fn all(mut self, header: &str, value: &str) -> Self {
        let column = self.column(header) as usize;
        self.rows.iter_mut().for_each(|row| row[column] = value.into());
        self
    }

    /// Takes columns away.
    pub fn without(mut self, headers: &[&str]) -> Self {
        for header in headers {
            let column = self.column(header) as usize;
            self.header.remove(column);
            self.rows.iter_mut().for_each(|row| drop(row.remove(column)));
        }
        self
    }

    /// Adds a column, the same in every row.
    pub fn with(mut self, header: &str, value: &str) -> Self {
        self.header.push(header.to_owned());
        self.rows.iter_mut().for_each(|row| row.push(value.into()));
        self
    }

    pub fn renamed(mut self, header: &str, other: &str) -> Self {
        let column = self.column(header) as usize;
        other.clone_into(&mut self.header[column]);
        self
    }

    pub fn named(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }

    pub fn hidden(mut self) -> Self {
        self.hidden = true;
        self
    }

    /// Lines below the rows.
    pub fn footers(mut self, lines: &[&str]) -> Self {
        self.footers = lines.iter().map(|line| (*line).to_owned()).collect();
        self
    }

    /// Keeps the first rows only.
    pub fn rows(mut self, rows: usize) -> Self {
        self.rows.truncate(rows);
        self
    }

    /// A row below the last one, like `row`; the sheet shows it as the one behind the last.
    pub fn again(mut self, row: u32) -> Self {
        self.rows.push(self.rows[(row - FIRST) as usize].clone());
        self
    }

    /// A row of totals.
    pub fn total(mut self, values: &[(&str, f64)]) -> Self {
        let mut row = vec![Put::Blank; self.header.len()];
        row[0] = "合计".into();
        for (header, value) in values {
            row[self.column(header) as usize] = (*value).into();
        }
        self.rows.push(row);
        self
    }

    fn write(&self, sheet: &mut Worksheet) {
        sheet.set_name(&self.name).unwrap().set_hidden(self.hidden);
        if let Some(title) = &self.title {
            sheet.write(0, 0, title).unwrap();
        }
        for (column, header) in (0..).zip(&self.header) {
            sheet.write(FIRST - 2, column, header).unwrap();
        }
        for (row, values) in (FIRST - 1..).zip(&self.rows) {
            for (column, value) in (0..).zip(values) {
                put(sheet, row, column, value);
            }
        }
        for (row, line) in (FIRST - 1 + self.rows.len() as u32..).zip(&self.footers) {
            sheet.write(row, 0, line).unwrap();
        }
    }
}

fn put(sheet: &mut Worksheet, row: u32, column: u16, value: &Put) {
    let written = match value {
        Put::Text(text) => sheet.write(row, column, text).map(drop),
        Put::Number(number) => sheet.write(row, column, *number).map(drop),
        Put::Date(date) => {
            let format = Format::new().set_num_format("yyyy-mm-dd");
            sheet.write_with_format(row, column, serial(*date), &format).map(drop)
        }
        Put::Error(error) => sheet
            .write_formula(row, column, Formula::new("=A1/0").set_result(*error))
            .map(drop),
        Put::Blank => Ok(()),
    };
    written.unwrap();
}

/// Days since the epoch of 1900, as a spreadsheet keeps a date.
fn serial(date: NaiveDate) -> f64 {
    let epoch = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();
    (date - epoch).num_days() as f64
}

/// The bytes of a workbook of these sheets.
pub(super) fn bytes(sheets: &[Sheet]) -> Vec<u8> {
    let mut book = Workbook::new();
    for sheet in sheets {
        sheet.write(book.add_worksheet());
    }
    book.save_to_buffer().unwrap()
}
