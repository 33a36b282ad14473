//! The reading side, used by the parent. The child has worked on a hostile file, so nothing it says is believed: lengths
//! are capped before anything is allocated, rows and columns must rise and lie in the grid.

use std::io::{self, Read};

use chrono::DateTime;

use crate::cell::{Cell, Merge, Row, SheetInfo, Value};
use crate::reader::format::Format;
use crate::reader::limits::{GRID_COLUMNS, GRID_ROWS};

use super::bytes::Bytes;
use super::{Book, Frame, MAX_FRAME_BYTES, Totals, VERSION, kind, tag};

/// Why a stream of frames could not be read on.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// The pipe failed.
    #[error("reading frames: {0}")]
    Io(#[from] io::Error),
    /// The stream ended within a frame.
    #[error("the stream ends within a frame")]
    CutShort,
    /// The first byte is not our version.
    #[error("framing version {0}, wanted {VERSION}")]
    Version(u8),
    /// A frame longer than any that is sent.
    #[error("a frame of {0} bytes, at most {MAX_FRAME_BYTES} are sent")]
    TooLong(usize),
    /// A body that breaks the table above.
    #[error("a frame that {0}")]
    Malformed(&'static str),
}

/// Reads frames.
#[derive(Debug)]
pub struct FrameReader<R: Read> {
    from: R,
    started: bool,
    last_row: u32,
    body: Vec<u8>,
}

impl<R: Read> FrameReader<R> {
    /// Reads a stream from `from`; frames are long, so it need not be buffered.
    pub fn new(from: R) -> Self {
        Self {
            from,
            started: false,
            last_row: 0,
            body: Vec::new(),
        }
    }

    /// The next frame; `None` where the stream ends between two frames.
    ///
    /// # Errors
    /// When the stream fails, ends within a frame or holds something else.
    pub fn next_frame(&mut self) -> Result<Option<Frame>, FrameError> {
        if !self.started {
            let mut version = [0];
            if fill(&mut self.from, &mut version)? == 0 {
                return Ok(None);
            }
            if version[0] != VERSION {
                return Err(FrameError::Version(version[0]));
            }
            self.started = true;
        }
        let mut length = [0; 4];
        match fill(&mut self.from, &mut length)? {
            0 => return Ok(None),
            4 => {}
            _ => return Err(FrameError::CutShort),
        }
        self.read_body(u32::from_le_bytes(length) as usize)?;
        let body = std::mem::take(&mut self.body);
        let frame = self.frame(&mut Bytes(&body));
        self.body = body;
        frame.map(Some)
    }

    fn read_body(&mut self, length: usize) -> Result<(), FrameError> {
        if length > MAX_FRAME_BYTES {
            return Err(FrameError::TooLong(length));
        }
        self.body.clear();
        let found = self.from.by_ref().take(length as u64).read_to_end(&mut self.body)?;
        if found < length {
            Err(FrameError::CutShort)
        } else {
            Ok(())
        }
    }

    fn frame(&mut self, bytes: &mut Bytes<'_>) -> Result<Frame, FrameError> {
        let frame = match bytes.byte()? {
            tag::BOOK => Frame::Book(book(bytes)?),
            tag::SHEET => {
                self.last_row = 0;
                Frame::Sheet(sheet(bytes)?)
            }
            tag::ROWS => Frame::Rows(self.rows(bytes)?),
            tag::SHEET_END => Frame::SheetEnd,
            tag::END => Frame::End(Totals {
                sheets: bytes.number()?,
                rows: bytes.number()?,
                cells: bytes.number()?,
            }),
            tag::REFUSED => refused(bytes)?,
            _ => return Err(FrameError::Malformed("has an unknown tag")),
        };
        if bytes.0.is_empty() {
            Ok(frame)
        } else {
            Err(FrameError::Malformed("goes on behind its end"))
        }
    }

    fn rows(&mut self, bytes: &mut Bytes<'_>) -> Result<Vec<Row>, FrameError> {
        let count = u32::from_le_bytes(bytes.array()?) as usize;
        // A row takes two bytes at least.
        if count > bytes.0.len() / 2 {
            return Err(FrameError::Malformed("has a count beyond its end"));
        }
        let mut rows = Vec::with_capacity(count);
        let mut before = 0;
        for _ in 0..count {
            let number = rising(bytes.number()?, before).filter(|number| *number > self.last_row);
            let number = number.filter(|number| *number <= GRID_ROWS);
            before = number.ok_or(FrameError::Malformed("has a row out of order or outside the grid"))?;
            self.last_row = before;
            rows.push(Row {
                number: before,
                cells: cells(bytes)?,
            });
        }
        Ok(rows)
    }
}

fn rising(step: u64, before: u32) -> Option<u32> {
    u32::try_from(step).ok()?.checked_add(before)
}

fn cells(bytes: &mut Bytes<'_>) -> Result<Vec<Cell>, FrameError> {
    let count = bytes.count(2)?;
    let mut cells: Vec<Cell> = Vec::with_capacity(count);
    let mut before = 0;
    for _ in 0..count {
        let step = bytes.number()?;
        let column = rising(step, before).filter(|column| *column < GRID_COLUMNS && (step > 0 || cells.is_empty()));
        before = column.ok_or(FrameError::Malformed("has a column out of order or outside the grid"))?;
        cells.push(Cell {
            column: before,
            value: value(bytes)?,
        });
    }
    Ok(cells)
}

fn value(bytes: &mut Bytes<'_>) -> Result<Value, FrameError> {
    Ok(match bytes.byte()? {
        kind::TEXT => Value::Text(bytes.text()?.to_owned()),
        kind::NUMBER => Value::Number(f64::from_le_bytes(bytes.array()?)),
        kind::DATE_TIME => {
            let (seconds, nanos) = (i64::from_le_bytes(bytes.array()?), u32::from_le_bytes(bytes.array()?));
            let moment = DateTime::from_timestamp(seconds, nanos);
            Value::DateTime(
                moment
                    .ok_or(FrameError::Malformed("has a date beyond the calendar"))?
                    .naive_utc(),
            )
        }
        kind::FALSE => Value::Bool(false),
        kind::TRUE => Value::Bool(true),
        kind::ERROR => Value::Error(bytes.text()?.to_owned()),
        _ => return Err(FrameError::Malformed("has a value of unknown kind")),
    })
}

fn book(bytes: &mut Bytes<'_>) -> Result<Book, FrameError> {
    let format = match bytes.byte()? {
        0 => Format::Xlsx,
        1 => Format::Xls,
        2 => Format::Xlsb,
        3 => Format::Ods,
        _ => return Err(FrameError::Malformed("has an unknown format")),
    };
    let flags = bytes.byte()?;
    Ok(Book {
        format,
        date_1904: flags & 1 != 0,
        macros_ignored: flags & 2 != 0,
    })
}

fn sheet(bytes: &mut Bytes<'_>) -> Result<SheetInfo, FrameError> {
    let (index, name, flags) = (bytes.small()?, bytes.text()?.to_owned(), bytes.byte()?);
    let count = bytes.count(4)?;
    let merges = (0..count).map(|_| merge(bytes)).collect::<Result<Vec<_>, _>>()?;
    Ok(SheetInfo {
        index,
        name,
        hidden: flags & 1 != 0,
        not_a_grid: flags & 2 != 0,
        merges: (flags & 4 != 0).then_some(merges),
    })
}

fn merge(bytes: &mut Bytes<'_>) -> Result<Merge, FrameError> {
    let (first_row, first_column) = (bytes.small()?, bytes.small()?);
    let (last_row, last_column) = (bytes.small()?, bytes.small()?);
    let rows = 1 <= first_row && first_row <= last_row && last_row <= GRID_ROWS;
    if rows && first_column <= last_column && last_column < GRID_COLUMNS {
        Ok(Merge {
            first_row,
            first_column,
            last_row,
            last_column,
        })
    } else {
        Err(FrameError::Malformed("has a merged block outside the grid"))
    }
}

fn refused(bytes: &mut Bytes<'_>) -> Result<Frame, FrameError> {
    let code = bytes.text()?.to_owned();
    let count = bytes.count(2)?;
    let pair = |_| Ok((bytes.text()?.to_owned(), bytes.text()?.to_owned()));
    Ok(Frame::Refused {
        code,
        params: (0..count).map(pair).collect::<Result<_, FrameError>>()?,
    })
}

/// Reads until `into` is full or the stream ends; how many bytes came.
fn fill(from: &mut impl Read, into: &mut [u8]) -> io::Result<usize> {
    let mut count = 0;
    while count < into.len() {
        match from.read(&mut into[count..]) {
            Ok(0) => break,
            Ok(more) => count += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(count)
}
