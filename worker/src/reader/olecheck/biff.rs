//! The records of the workbook stream (MS-XLS): whether each is whole, each sheet is where the workbook says and has its
//! end, and each text is there.

use crate::reader::error::ReadError;

use crate::reader::area::Area;

use super::damaged;

const FORMULA: u16 = 0x0006;
const EOF: u16 = 0x000A;
const PASSWORD: u16 = 0x002F;
const SHEET: u16 = 0x0085;
const RICH_LABEL: u16 = 0x00D6;
const SHORT_NUMBERS: u16 = 0x00BD;
const STRINGS: u16 = 0x00FC;
const SHARED_TEXT: u16 = 0x00FD;
const NUMBER: u16 = 0x0203;
const LABEL: u16 = 0x0204;
const TRUTH: u16 = 0x0205;
const SHORT_NUMBER: u16 = 0x027E;
const BOF: u16 = 0x0809;
/// What begins a sheet in BIFF 2, 3 and 4.
const OLDER_BOF: [u16; 3] = [0x0009, 0x0209, 0x0409];
/// Version of Excel 97 and later.
const BIFF8: u16 = 0x0600;

/// A record: its kind and its body.
type Record<'s> = (u16, &'s [u8]);

/// What the records before the sheets say.
struct Globals {
    version: u16,
    /// Places of the sheets, in bytes.
    sheets: Vec<u32>,
    /// Texts that are declared; `None` if the number is not to be trusted.
    strings: Option<u32>,
}

/// Goes through all records that calamine will read, whose cells may span `most_cells`.
pub(super) fn check(stream: &[u8], most_cells: u64) -> Result<(), ReadError> {
    let globals = globals(stream)?;
    for place in &globals.sheets {
        let records = stream.get(*place as usize..);
        let records = records.ok_or_else(|| damaged(format!("a sheet lies at byte {place} of {}", stream.len())))?;
        sheet(records, &globals)?.at_most(most_cells, "")?;
    }
    Ok(())
}

fn globals(mut stream: &[u8]) -> Result<Globals, ReadError> {
    let mut globals = Globals {
        version: BIFF8,
        sheets: Vec::new(),
        strings: Some(0),
    };
    while let Some((kind, body)) = next(&mut stream)? {
        match kind {
            EOF => return Ok(globals),
            PASSWORD => return Err(ReadError::Password),
            BOF => globals.version = word(body, 0).unwrap_or(BIFF8),
            SHEET => globals.sheets.extend(long(body, 0)),
            // Some writers leave the number 0.
            STRINGS => globals.strings = long(body, 4).filter(|count| *count > 0),
            _ => {}
        }
    }
    Err(damaged("the workbook has no end"))
}

/// Where the cells of a sheet stand.
fn sheet(mut records: &[u8], globals: &Globals) -> Result<Area, ReadError> {
    let begins = next(&mut records)?.is_some_and(|(kind, _)| kind == BOF || OLDER_BOF.contains(&kind));
    if !begins {
        return Err(damaged("a sheet does not begin where the workbook says"));
    }
    let (mut charts, mut area) = (0_u32, Area::default());
    while let Some((kind, body)) = next(&mut records)? {
        match kind {
            BOF => charts += 1,
            EOF if charts == 0 => return Ok(area),
            EOF => charts -= 1,
            _ if charts == 0 => {
                cell((kind, body), globals)?;
                place(kind, body, &mut area);
            }
            _ => {}
        }
    }
    Err(damaged("a sheet has no end"))
}

fn cell((kind, body): Record<'_>, globals: &Globals) -> Result<(), ReadError> {
    let wanted = match kind {
        SHARED_TEXT => return shared_text(body, globals),
        FORMULA => 20,
        NUMBER => 14,
        LABEL | RICH_LABEL if globals.version == BIFF8 => 9 + label_bytes(body),
        LABEL | RICH_LABEL => 8 + usize::from(word(body, 6).unwrap_or(0)),
        _ => 0,
    };
    if body.len() < wanted {
        let place = format!("row {}", u32::from(word(body, 0).unwrap_or(0)) + 1);
        return Err(damaged(format!(
            "a cell in {place} has {} of {wanted} bytes",
            body.len()
        )));
    }
    Ok(())
}

/// Adds the cells of a record, if it has any, to their area.
fn place(kind: u16, body: &[u8], area: &mut Area) {
    let last = match kind {
        FORMULA | RICH_LABEL | SHARED_TEXT | NUMBER | LABEL | TRUTH | SHORT_NUMBER => word(body, 2),
        // The last two bytes are the last column.
        SHORT_NUMBERS => body.len().checked_sub(2).and_then(|at| word(body, at)),
        _ => return,
    };
    if let (Some(row), Some(first), Some(last)) = (word(body, 0), word(body, 2), last) {
        area.add((row.into(), row.into()), (first.into(), last.into()));
    }
}

/// Bytes of the characters of a label: two for each where its flag says so.
fn label_bytes(body: &[u8]) -> usize {
    let characters = usize::from(word(body, 6).unwrap_or(0));
    if body.get(8).is_some_and(|flags| flags & 1 == 1) {
        2 * characters
    } else {
        characters
    }
}

fn shared_text(body: &[u8], globals: &Globals) -> Result<(), ReadError> {
    let index = long(body, 6).ok_or_else(|| damaged("a cell of shared text is cut"))?;
    match globals.strings {
        Some(count) if index >= count => Err(damaged(format!("a cell wants shared text {index} of {count}"))),
        _ => Ok(()),
    }
}

/// The next record; `None` at the end of the stream.
fn next<'s>(stream: &mut &'s [u8]) -> Result<Option<Record<'s>>, ReadError> {
    if stream.is_empty() {
        return Ok(None);
    }
    let (Some(kind), Some(length)) = (word(stream, 0), word(stream, 2)) else {
        return Err(damaged("the workbook ends within a record"));
    };
    let Some((body, rest)) = stream[4..].split_at_checked(length.into()) else {
        return Err(damaged("the workbook ends within a record"));
    };
    *stream = rest;
    Ok(Some((kind, body)))
}

fn word(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at + 2)?;
    Some(u16::from_le_bytes([bytes[0], bytes[1]]))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(word(bytes, at)?) | u32::from(word(bytes, at + 2)?) << 16)
}
