//! Rows as lines of JSON, for a person who wants to see what the reader sees:
//! `{"row":3,"cells":{"A":"D520000202203180001","B":"2022-03-18","C":12}}`.

use std::io::{self, Write};

use serde::{Serialize, Serializer};
use serde_json::json;

use crate::cell::{SheetInfo, column_letters};

use super::error::ReadError;
use super::frame::{Book, Totals};
use super::seen::Seen;
use super::sink::Sink;

/// Writes one line for the workbook, each sheet, each row and the end.
pub(super) struct JsonLines<W: Write>(pub(super) W);

#[derive(Serialize)]
struct Line<'a> {
    row: u32,
    #[serde(serialize_with = "by_letters")]
    cells: &'a [(u32, Seen<'a>)],
}

fn by_letters<S: Serializer>(cells: &&[(u32, Seen<'_>)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(
        cells
            .iter()
            .map(|(column, value)| (column_letters(*column), plain(value))),
    )
}

fn plain(value: &Seen<'_>) -> serde_json::Value {
    match value {
        Seen::Text(text) => json!(text),
        Seen::Number(number) => json!(number),
        Seen::Bool(truth) => json!(truth),
        Seen::Error(name) => json!({ "error": name }),
        Seen::DateTime(moment) => json!(crate::cell::Value::DateTime(*moment).as_written()),
    }
}

impl<W: Write> JsonLines<W> {
    fn line(&mut self, value: &impl Serialize) -> Result<(), ReadError> {
        serde_json::to_writer(&mut self.0, value)
            .map_err(io::Error::from)
            .and_then(|()| self.0.write_all(b"\n"))
            .map_err(ReadError::unreadable)
    }
}

impl<W: Write> Sink for JsonLines<W> {
    fn book(&mut self, book: &Book) -> Result<(), ReadError> {
        let Book {
            format,
            date_1904,
            macros_ignored,
        } = book;
        self.line(&json!({ "format": format, "date_1904": date_1904, "macros_ignored": macros_ignored }))
    }

    fn sheet(&mut self, sheet: &SheetInfo) -> Result<(), ReadError> {
        self.line(&json!({ "sheet": sheet }))
    }

    fn row(&mut self, number: u32, cells: &[(u32, Seen<'_>)]) -> Result<(), ReadError> {
        self.line(&Line { row: number, cells })
    }

    fn sheet_end(&mut self) -> Result<(), ReadError> {
        Ok(())
    }

    fn end(&mut self, totals: &Totals) -> Result<(), ReadError> {
        let Totals { sheets, rows, cells } = totals;
        self.line(&json!({ "end": { "sheets": sheets, "rows": rows, "cells": cells } }))?;
        self.0.flush().map_err(ReadError::unreadable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_one_line_with_its_cells_by_letter_in_order() {
        let mut lines = Vec::new();
        let moment = chrono::NaiveDate::from_ymd_opt(2022, 3, 18)
            .unwrap()
            .and_hms_opt(0, 0, 0)
            .unwrap();
        let cells = [
            (0, Seen::Text("编号\n".into())),
            (1, Seen::DateTime(moment)),
            (26, Seen::Number(3.5)),
            (27, Seen::Error("#REF!".into())),
            (28, Seen::Bool(true)),
        ];
        JsonLines(&mut lines).row(3, &cells).unwrap();
        let wanted = r##"{"row":3,"cells":{"A":"编号\n","B":"2022-03-18","AA":3.5,"AB":{"error":"#REF!"},"AC":true}}"##;
        assert_eq!(String::from_utf8(lines).unwrap().trim_end(), wanted);
    }
}
