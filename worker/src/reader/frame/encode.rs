//! The writing side, used by the child.

use std::io::{self, Write};

use crate::cell::SheetInfo;
use crate::reader::error::{Measure, ReadError};
use crate::reader::format::Format;
use crate::reader::seen::Seen;
use crate::reader::sink::Sink;

use super::bytes::{put_number, put_text};
use super::{Book, MAX_FRAME_BYTES, Totals, VERSION, kind, tag};

/// Rows are sent once they fill this many bytes; more saves no time, and less wakes the parent too often.
const BATCH_BYTES: usize = 128 * 1024;
/// Length, tag and count of rows, filled in when the frame is sent.
const ROWS_HEAD: usize = 4 + 1 + 4;

/// Writes frames, gathering rows.
#[derive(Debug)]
pub struct FrameWriter<W: Write> {
    out: W,
    batch: Vec<u8>,
    rows: u32,
    last_row: u32,
}

impl<W: Write> FrameWriter<W> {
    /// Begins a stream on `out`, which should not buffer.
    ///
    /// # Errors
    /// When the version byte cannot be written.
    pub fn new(mut out: W) -> io::Result<Self> {
        out.write_all(&[VERSION])?;
        let mut batch = Vec::with_capacity(2 * BATCH_BYTES);
        batch.resize(ROWS_HEAD, 0);
        Ok(Self {
            out,
            batch,
            rows: 0,
            last_row: 0,
        })
    }

    /// Sends the last frame of a file that is refused. Rows that were gathered are dropped: nobody will use them.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn refused(&mut self, error: &ReadError) -> io::Result<()> {
        let params = error.params();
        let mut body = vec![tag::REFUSED];
        put_text(&mut body, error.code());
        put_number(&mut body, params.len() as u64);
        for (name, value) in &params {
            put_text(&mut body, name);
            put_text(&mut body, value);
        }
        self.send(&body)
    }

    fn send(&mut self, body: &[u8]) -> io::Result<()> {
        self.out.write_all(&(body.len() as u32).to_le_bytes())?;
        self.out.write_all(body)?;
        self.out.flush()
    }

    fn send_after_rows(&mut self, body: &[u8]) -> Result<(), ReadError> {
        self.send_rows()
            .and_then(|()| self.send(body))
            .map_err(ReadError::unreadable)
    }

    fn send_rows(&mut self) -> io::Result<()> {
        if self.rows == 0 {
            return Ok(());
        }
        let length = (self.batch.len() - 4) as u32;
        self.batch[..4].copy_from_slice(&length.to_le_bytes());
        self.batch[4] = tag::ROWS;
        self.batch[5..ROWS_HEAD].copy_from_slice(&self.rows.to_le_bytes());
        self.out.write_all(&self.batch)?;
        self.batch.truncate(ROWS_HEAD);
        (self.rows, self.last_row) = (0, 0);
        Ok(())
    }
}

impl<W: Write> Sink for FrameWriter<W> {
    fn book(&mut self, book: &Book) -> Result<(), ReadError> {
        let format = match book.format {
            Format::Xlsx => 0,
            Format::Xls => 1,
            Format::Xlsb => 2,
            Format::Ods => 3,
        };
        let flags = u8::from(book.date_1904) | u8::from(book.macros_ignored) << 1;
        self.send_after_rows(&[tag::BOOK, format, flags])
    }

    fn sheet(&mut self, sheet: &SheetInfo) -> Result<(), ReadError> {
        let mut body = vec![tag::SHEET];
        put_number(&mut body, u64::from(sheet.index));
        put_text(&mut body, &sheet.name);
        let known = u8::from(sheet.merges.is_some());
        body.push(u8::from(sheet.hidden) | u8::from(sheet.not_a_grid) << 1 | known << 2);
        let merges = sheet.merges.as_deref().unwrap_or_default();
        put_number(&mut body, merges.len() as u64);
        for merge in merges {
            for number in [merge.first_row, merge.first_column, merge.last_row, merge.last_column] {
                put_number(&mut body, u64::from(number));
            }
        }
        self.send_after_rows(&body)
    }

    fn row(&mut self, number: u32, cells: &[(u32, Seen<'_>)]) -> Result<(), ReadError> {
        let start = self.batch.len();
        put_number(&mut self.batch, u64::from(number.wrapping_sub(self.last_row)));
        put_number(&mut self.batch, cells.len() as u64);
        let mut before = 0;
        for (column, value) in cells {
            put_number(&mut self.batch, u64::from(column.wrapping_sub(before)));
            before = *column;
            put_value(&mut self.batch, value);
        }
        let row_bytes = self.batch.len() - start;
        if row_bytes > MAX_FRAME_BYTES - BATCH_BYTES - ROWS_HEAD {
            return Err(ReadError::TooLarge {
                what: Measure::RowBytes,
                found: row_bytes as u64,
                limit: (MAX_FRAME_BYTES - BATCH_BYTES - ROWS_HEAD) as u64,
                place: format!("row {number}"),
            });
        }
        (self.rows, self.last_row) = (self.rows + 1, number);
        if self.batch.len() >= BATCH_BYTES {
            self.send_rows().map_err(ReadError::unreadable)?;
        }
        Ok(())
    }

    fn sheet_end(&mut self) -> Result<(), ReadError> {
        self.send_after_rows(&[tag::SHEET_END])
    }

    fn end(&mut self, totals: &Totals) -> Result<(), ReadError> {
        let mut body = vec![tag::END];
        for number in [totals.sheets, totals.rows, totals.cells] {
            put_number(&mut body, number);
        }
        self.send_after_rows(&body)
    }
}

fn put_value(into: &mut Vec<u8>, value: &Seen<'_>) {
    match value {
        Seen::Text(text) => {
            into.push(kind::TEXT);
            put_text(into, text);
        }
        Seen::Number(number) => {
            into.push(kind::NUMBER);
            into.extend_from_slice(&number.to_le_bytes());
        }
        Seen::DateTime(moment) => {
            into.push(kind::DATE_TIME);
            let utc = moment.and_utc();
            into.extend_from_slice(&utc.timestamp().to_le_bytes());
            into.extend_from_slice(&utc.timestamp_subsec_nanos().to_le_bytes());
        }
        Seen::Bool(false) => into.push(kind::FALSE),
        Seen::Bool(true) => into.push(kind::TRUE),
        Seen::Error(name) => {
            into.push(kind::ERROR);
            put_text(into, name);
        }
    }
}
