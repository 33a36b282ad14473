//! Entries for fuzzers: what must hold whatever the bytes are. Only built with the feature `fuzz` and for tests, which drive
//! the same functions with random bytes.

mod grid;

use crate::cell::Row;
use crate::profile::Profiles;
use crate::reader::{Frame, FrameReader};
use crate::recognise::{NotALedger, Progress, RowKind, SheetLayout, SheetRecogniser, VerticalMerges, row_kind};

pub use grid::{Grid, grid};

/// What the recogniser made of a sheet that is a ledger.
#[derive(Debug)]
pub struct Recognised {
    /// What it is.
    pub layout: SheetLayout,
    /// What each row below its header is.
    pub kinds: Vec<(u32, RowKind)>,
}

/// Recognises the sheet that `bytes` make; nothing where it is no ledger.
///
/// # Errors
/// Which promise is broken: a column or a row outside the sheet, a row lost, made up or out of order, a column read twice.
pub fn recogniser(profiles: &Profiles, bytes: &[u8]) -> Result<Option<Recognised>, String> {
    let grid = grid(bytes);
    let Ok((layout, below)) = recognised(profiles, &grid) else {
        return Ok(None);
    };
    positions(&layout, &grid)?;
    rows(&layout, &below, &grid)?;
    let merges = grid.info.merges.as_deref().unwrap_or_default();
    let mut merges = VerticalMerges::new(merges, &layout, profiles.get(layout.kind));
    let mut kinds = Vec::new();
    for row in &below {
        for cell in merges.filled(row) {
            promise(row.get(cell.column).is_none(), "a merge overwrites a cell")?;
        }
        kinds.push((row.number, row_kind(&layout, row)));
    }
    Ok(Some(Recognised { layout, kinds }))
}

/// As the check drives it: row by row until it answers, and the rest of the rows behind it.
fn recognised(profiles: &Profiles, grid: &Grid) -> Result<(SheetLayout, Vec<Row>), NotALedger> {
    let mut recogniser = SheetRecogniser::new(profiles, &grid.info);
    let mut rows = grid.rows.iter();
    while let Some(row) = rows.next() {
        match recogniser.push(row.clone()) {
            Progress::NeedMore => {}
            Progress::Found(layout, mut below) => {
                below.extend(rows.cloned());
                return Ok((*layout, below));
            }
            Progress::NotALedger(reason) => return Err(reason),
        }
    }
    recogniser.finish()
}

fn positions(layout: &SheetLayout, grid: &Grid) -> Result<(), String> {
    let (first, last) = (*layout.header_rows.start(), *layout.header_rows.end());
    let stands = |number: u32| grid.rows.iter().any(|row| row.number == number);
    promise(
        first <= last && stands(first) && stands(last),
        "the header is outside the sheet",
    )?;
    let known = layout.columns.iter().map(|column| column.column);
    let unknown = layout.unknown.iter().map(|column| column.column);
    let doubtful = layout.ambiguous.iter().flat_map(|field| &field.columns);
    let mut columns: Vec<u32> = known
        .chain(unknown)
        .chain(doubtful.map(|(column, _)| *column))
        .chain(layout.base_version)
        .collect();
    promise(
        columns.iter().all(|column| *column < grid.columns()),
        "a column is outside the sheet",
    )?;
    let all = columns.len();
    columns.sort_unstable();
    columns.dedup();
    promise(all == columns.len(), "a column is taken for two things")
}

/// Every row that holds anything stands above the header's end or is handed on, in its order.
fn rows(layout: &SheetLayout, below: &[Row], grid: &Grid) -> Result<(), String> {
    let end = *layout.header_rows.end();
    let says = |row: &&Row| row.cells.iter().any(|cell| !cell.value.as_written().trim().is_empty());
    let wanted = grid.rows.iter().filter(|row| row.number > end).filter(says);
    promise(
        wanted.eq(below.iter().filter(says)),
        "a row is lost, made up or out of order",
    )
}

/// Reads `bytes` as the parent reads its child's frames.
///
/// # Errors
/// Which promise is broken: rows that do not rise, or cells outside the grid of a spreadsheet.
pub fn frames(bytes: &[u8]) -> Result<usize, String> {
    let mut reader = FrameReader::new(bytes);
    let (mut frames, mut last) = (0, 0);
    while let Ok(Some(frame)) = reader.next_frame() {
        frames += 1;
        match frame {
            Frame::Sheet(_) => last = 0,
            Frame::Rows(rows) => {
                for row in rows {
                    promise(last < row.number && row.number <= 1_048_576, "a row out of order")?;
                    let rising = row.cells.windows(2).all(|two| two[0].column < two[1].column);
                    let inside = row.cells.last().is_none_or(|cell| cell.column < 16_384);
                    promise(rising && inside, "a cell out of order")?;
                    last = row.number;
                }
            }
            _ => {}
        }
    }
    Ok(frames)
}

fn promise(kept: bool, broken: &str) -> Result<(), String> {
    if kept { Ok(()) } else { Err(broken.to_owned()) }
}

#[cfg(test)]
mod tests;
