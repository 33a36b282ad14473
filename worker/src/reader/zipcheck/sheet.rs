//! The merged blocks of an xlsx sheet. They stand behind the rows, so the rows are passed over bytewise, which costs a
//! tenth of inflating them, and only what follows is parsed.

use std::io::{BufReader, Read};

use memchr::memmem;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::cell::Merge;
use crate::reader::error::{Measure, ReadError};
use crate::reader::limits::{GRID_COLUMNS, GRID_ROWS};

use super::entry::Counted;

const CHUNK: usize = 64 * 1024;
/// Bytes around a find that are looked at; a find nearer to the end of a chunk waits for the next.
const AROUND: usize = 64;

/// Reads the sheet from `head` and on, up to its end or to the end of its merged blocks.
pub(super) fn merges<R: Read>(counted: &mut Counted<'_, '_, R>, head: &[u8]) -> Result<Vec<Merge>, ReadError> {
    let Some(tail) = behind_rows(counted, head)? else {
        return Ok(Vec::new());
    };
    let place = counted.place();
    let mut merges = Vec::new();
    let mut reader = Reader::from_reader(BufReader::new(tail.as_slice().chain(&mut *counted)));
    let config = reader.config_mut();
    (config.allow_unmatched_ends, config.check_end_names) = (true, false);
    let mut buffer = Vec::new();
    let outcome = loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.local_name().as_ref() == "mergeCell" => {
                merges.extend(block(&tag, &place)?);
            }
            Ok(Event::Start(tag)) if tag.local_name().as_ref() == "sheetData" => {
                return Err(ReadError::damaged(place, "the sheet has its rows in two blocks"));
            }
            // No cell stands behind either.
            Ok(Event::End(tag)) if matches!(tag.local_name().as_ref(), "mergeCells" | "worksheet") => break Ok(()),
            Ok(Event::Eof) => return Err(ReadError::damaged(place, "the sheet ends before its last element")),
            Ok(_) => {}
            Err(error) => break Err(error),
        }
    };
    drop(reader);
    outcome.map_err(|error| counted.failed(error))?;
    counted.budget.merges += merges.len() as u64;
    let (found, limit) = (counted.budget.merges, counted.budget.limits.merges);
    if found > limit {
        return Err(ReadError::TooLarge {
            what: Measure::Merges,
            found,
            limit,
            place,
        });
    }
    Ok(merges)
}

/// What has been read behind the end of the rows; `None` if the part ends before.
fn behind_rows<R: Read>(counted: &mut Counted<'_, '_, R>, head: &[u8]) -> Result<Option<Vec<u8>>, ReadError> {
    let mut window = head.to_vec();
    let (mut at_end, mut begun) = (false, false);
    loop {
        let rows = if begun {
            Some(0)
        } else {
            memmem::find(&window, b"sheetData")
        };
        begun = rows.is_some();
        let end = end_of_rows(&window, at_end);
        let rows = rows.map_or(&[][..], |start| {
            &window[start.min(end.unwrap_or(start))..end.unwrap_or(window.len())]
        });
        if memmem::find(rows, b"<!").is_some() {
            // calamine would take what stands before it for the whole value.
            return Err(ReadError::damaged(
                counted.place(),
                "a comment or CDATA among the cells",
            ));
        }
        if let Some(end) = end {
            return Ok(Some(window.split_off(end)));
        }
        if at_end {
            return Ok(None);
        }
        let carried = window.len().min(2 * AROUND);
        window.drain(..window.len() - carried);
        let wanted = CHUNK as u64;
        let read = (&mut *counted).take(wanted).read_to_end(&mut window);
        at_end = (read.map_err(|error| counted.failed(error))? as u64) < wanted;
    }
}

/// Where `</sheetData` or `<sheetData/` ends in `window`, any prefix before the name.
fn end_of_rows(window: &[u8], at_end: bool) -> Option<usize> {
    // The `D` is the rare letter of the name; blocks without one are passed over by vector instructions.
    let certain = if at_end {
        window.len()
    } else {
        window.len().saturating_sub(AROUND)
    };
    for (number, block) in window[..certain].chunks(AROUND).enumerate() {
        if !block.iter().fold(false, |found, byte| found | (*byte == b'D')) {
            continue;
        }
        for (within, _) in block.iter().enumerate().filter(|(_, byte)| **byte == b'D') {
            let at = number * AROUND + within;
            if is_end_of_rows(window, at) {
                return Some(at + 4);
            }
        }
    }
    None
}

/// Whether the `D` at `at` belongs to the tag that ends the rows.
fn is_end_of_rows(window: &[u8], at: usize) -> bool {
    if !window[..at].ends_with(b"sheet") || !window[at..].starts_with(b"Data") {
        return false;
    }
    let before = &window[at.saturating_sub(AROUND)..at - 5];
    let name_start = before
        .iter()
        .rposition(|byte| !byte.is_ascii_alphanumeric() && !b":_-.".contains(byte));
    let closes = name_start.is_some_and(|start| before[..=start].ends_with(b"</"));
    let after = window[at + 4..].trim_ascii_start();
    closes || after.starts_with(b"/>")
}

fn block(tag: &BytesStart<'_>, place: &str) -> Result<Option<Merge>, ReadError> {
    let reference = tag
        .try_get_attribute("ref")
        .map_err(|error| ReadError::damaged(place, error))?;
    let Some(reference) = reference else {
        return Err(ReadError::damaged(place, "a merged block without its cells"));
    };
    parse_block(&reference.value)
        .map(Some)
        .ok_or_else(|| ReadError::OutsideGrid {
            place: place.to_owned(),
            address: reference.value.chars().take(40).collect(),
        })
}

/// A block such as `A1:C2` or `B7`; `None` if it is no block of the grid.
pub(super) fn parse_block(reference: &str) -> Option<Merge> {
    let (first, last) = reference.split_once(':').unwrap_or((reference, reference));
    let (first, last) = (parse_cell(first)?, parse_cell(last)?);
    Some(Merge {
        first_row: first.0.min(last.0),
        first_column: first.1.min(last.1),
        last_row: first.0.max(last.0),
        last_column: first.1.max(last.1),
    })
}

/// Row from 1 and column from 0 of a cell such as `$C$7`.
fn parse_cell(reference: &str) -> Option<(u32, u32)> {
    let plain = reference.replace('$', "");
    let digits = plain.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = plain.split_at(digits);
    if letters.is_empty() || letters.len() > 3 || digits.len() > 7 {
        return None;
    }
    let mut column = 0;
    for letter in letters.chars() {
        column = column * 26 + letter.to_ascii_uppercase().to_digit(36).filter(|digit| *digit >= 10)? - 9;
    }
    let row: u32 = digits.parse().ok()?;
    ((1..=GRID_ROWS).contains(&row) && column <= GRID_COLUMNS).then(|| (row, column - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_read_in_any_order_and_only_within_the_grid() {
        let merge = |first_row, first_column, last_row, last_column| {
            Some(Merge {
                first_row,
                first_column,
                last_row,
                last_column,
            })
        };
        for (reference, wanted) in [
            ("A1:C2", merge(1, 0, 2, 2)),
            ("C2:A1", merge(1, 0, 2, 2)),
            ("$B$7", merge(7, 1, 7, 1)),
            ("XFD1048576", merge(1_048_576, 16_383, 1_048_576, 16_383)),
            ("XFE1", None),
            ("A1048577", None),
            ("AAAAAAAAAA1", None),
            ("A0", None),
            ("A", None),
            ("1", None),
            ("", None),
            ("Ä1", None),
        ] {
            assert_eq!(parse_block(reference), wanted, "{reference}");
        }
    }

    #[test]
    fn the_end_of_the_rows_is_found_wherever_a_chunk_ends() {
        for (text, rest) in [
            (
                "<x><sheetData><row r=\"D1\"/></sheetData><mergeCells/>",
                Some("><mergeCells/>"),
            ),
            ("<x:sheetData></x:sheetData ><y/>", Some(" ><y/>")),
            ("<sheetData/><y/>", Some("/><y/>")),
            ("<sheetData ></sheetData>", Some(">")),
            ("<sheetData><v>sheetData</v>", None),
            ("<sheetDataX/><oddsheetData>", None),
        ] {
            let padded = format!("{}{text}{}", "D".repeat(100), " ".repeat(200));
            let found = end_of_rows(padded.as_bytes(), false).map(|end| padded[end..].trim_end());
            assert_eq!(found, rest, "{text}");
        }
    }
}
