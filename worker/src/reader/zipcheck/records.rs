//! The records of an xlsb sheet. calamine 0.38 leaves out formula cells whose value is an error and ends a sheet silently
//! at a row outside the grid; both would be lost without a word, so both are looked for here.

use std::io::{self, BufReader, Read};

use calamine::CellErrorType;

use crate::reader::error::{Measure, ReadError};
use crate::reader::limits::GRID_ROWS;

use super::entry::Counted;

/// A formula cell with an error value: row and column from 0, as calamine counts.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::reader) struct LostError {
    pub(in crate::reader) row: u32,
    pub(in crate::reader) column: u32,
    pub(in crate::reader) error: CellErrorType,
}

const ROW_HEADER: u16 = 0x0000;
const FORMULA_ERROR: u16 = 0x000B;
const SHORT_CELLS: std::ops::RangeInclusive<u16> = 0x000C..=0x0012;
const END_OF_ROWS: u16 = 0x0092;
const SHEET: u16 = 0x009C;

/// The formula errors of a sheet, in its order. The part is read up to the end of its rows.
pub(super) fn lost_errors<R: Read>(
    counted: &mut Counted<'_, '_, R>,
    head: &[u8],
    part: &str,
) -> Result<Vec<LostError>, ReadError> {
    let limit = counted.budget.limits.cells;
    let mut records = BufReader::with_capacity(64 * 1024, head.chain(&mut *counted));
    match scan(&mut records, limit, part) {
        Ok(found) => Ok(found),
        Err(Stop::Refused(error)) => Err(error),
        Err(Stop::Failed(error)) => {
            drop(records);
            Err(counted.failed(error))
        }
    }
}

enum Stop {
    Failed(io::Error),
    Refused(ReadError),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

fn scan(records: &mut impl Read, limit: u64, part: &str) -> Result<Vec<LostError>, Stop> {
    let (mut row, mut found) = (0, Vec::new());
    while let Some((kind, length)) = next_record(records)? {
        match kind {
            END_OF_ROWS => break,
            ROW_HEADER if length < 4 => {
                return Err(Stop::Refused(ReadError::damaged(part, "a row without its number")));
            }
            ROW_HEADER => {
                let [number] = words(records, length, 4)?;
                row = number;
                if row >= GRID_ROWS {
                    let address = format!("A{}", u64::from(row) + 1); // its first cell stands for the row
                    return Err(Stop::Refused(ReadError::OutsideGrid {
                        place: part.to_owned(),
                        address,
                    }));
                }
            }
            FORMULA_ERROR => {
                let [column, _style, code] = words(records, length, 9)?;
                found.extend(error_of(code as u8).map(|error| LostError { row, column, error }));
                if found.len() as u64 > limit {
                    let found = found.len() as u64;
                    let place = part.to_owned();
                    return Err(Stop::Refused(ReadError::TooLarge {
                        what: Measure::Cells,
                        found,
                        limit,
                        place,
                    }));
                }
            }
            // A cell without its column, which some writers use: calamine 0.38 would leave it out without a word.
            _ if SHORT_CELLS.contains(&kind) => {
                let detail = "cells are stored in the short form, which this program cannot read";
                return Err(Stop::Refused(ReadError::damaged(part, detail)));
            }
            _ => {
                if let Some(wanted) = bytes_of_cell(kind).filter(|wanted| length < *wanted) {
                    // calamine would take the rest from the record before.
                    let detail = format!("a cell in row {} has {length} of {wanted} bytes", u64::from(row) + 1);
                    return Err(Stop::Refused(ReadError::damaged(part, detail)));
                }
                skip(records, length.into())?;
            }
        }
    }
    Ok(found)
}

/// The first `N` little-endian words of a record, of which `bytes` are stored; the rest of it is passed over.
fn words<const N: usize>(records: &mut impl Read, length: u32, bytes: usize) -> io::Result<[u32; N]> {
    let mut stored = vec![0; N * 4];
    let present = bytes.min(length as usize);
    records.read_exact(&mut stored[..present])?;
    skip(records, u64::from(length) - present as u64)?;
    let mut words = [0; N];
    for (word, bytes) in words.iter_mut().zip(stored.chunks_exact(4)) {
        *word = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    }
    Ok(words)
}

/// Bytes that a record of this kind has at least, if it is a cell: place and style, then the value.
fn bytes_of_cell(kind: u16) -> Option<u32> {
    Some(match kind {
        0x0001 => 8,
        0x0003 | 0x0004 | 0x000A => 9,
        0x0002 | 0x0006..=0x0008 => 12,
        0x0005 | 0x0009 => 16,
        _ => return None,
    })
}

/// Passes over this many bytes, which must be there.
fn skip(records: &mut impl Read, bytes: u64) -> io::Result<()> {
    if io::copy(&mut records.take(bytes), &mut io::sink())? < bytes {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(())
}

/// Kind and length in bytes of the next record; `None` at the end of the part.
fn next_record(records: &mut impl Read) -> io::Result<Option<(u16, u32)>> {
    let mut byte = [0];
    if records.read(&mut byte)? == 0 {
        return Ok(None);
    }
    let mut kind = u16::from(byte[0]);
    if kind >= 0x80 {
        records.read_exact(&mut byte)?;
        kind = (kind & 0x7F) | u16::from(byte[0] & 0x7F) << 7;
    }
    let mut length = 0;
    for shift in [0, 7, 14, 21] {
        records.read_exact(&mut byte)?;
        length |= u32::from(byte[0] & 0x7F) << shift;
        if byte[0] < 0x80 {
            break;
        }
    }
    Ok(Some((kind, length)))
}

fn error_of(code: u8) -> Option<CellErrorType> {
    Some(match code {
        0x00 => CellErrorType::Null,
        0x07 => CellErrorType::Div0,
        0x0F => CellErrorType::Value,
        0x17 => CellErrorType::Ref,
        0x1D => CellErrorType::Name,
        0x24 => CellErrorType::Num,
        0x2A => CellErrorType::NA,
        0x2B => CellErrorType::GettingData,
        _ => return None,
    })
}

/// Name and relationship of every sheet in `xl/workbook.bin`, as far as it can be read.
pub(super) fn sheet_names(mut workbook: &[u8]) -> Vec<(String, String)> {
    let mut names = Vec::new();
    while let Ok(Some((kind, length))) = next_record(&mut workbook) {
        let Some((record, rest)) = workbook.split_at_checked(length as usize) else {
            break;
        };
        workbook = rest;
        if kind == SHEET {
            let id = record.get(8..).and_then(wide_text);
            names.extend(id.and_then(|(id, rest)| wide_text(rest).map(|(name, _)| (name, id))));
        }
    }
    names
}

/// A text of UTF-16 with its length before it, and what follows.
fn wide_text(bytes: &[u8]) -> Option<(String, &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    let (text, rest) = rest.split_at_checked((u32::from_le_bytes(*length) as usize).checked_mul(2)?)?;
    let units: Vec<u16> = text
        .chunks_exact(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
        .collect();
    Some((String::from_utf16_lossy(&units), rest))
}
