//! What the child says to its parent: one version byte, then frames, each a length (u32, little-endian) and as many
//! bytes. A frame is a tag and a body; whole numbers are LEB128, texts a length in bytes and UTF-8.
//!
//! | tag | frame | body |
//! |---|---|---|
//! | 1 | book | format, flags (1 epoch of 1904, 2 macros ignored) |
//! | 2 | sheet | index, name, flags (1 hidden, 2 not a grid, 4 merges known), merges |
//! | 3 | rows | count (u32), then per row: number less the one before, count of cells, per cell: column less the one before, kind, value |
//! | 4 | sheet end | |
//! | 5 | end | sheets, rows, cells |
//! | 6 | refused | code, count, pairs of name and value |
//!
//! Rows are sent many to a frame, since a frame costs a system call on both sides.

use crate::cell::{Row, SheetInfo};

use super::format::Format;

mod bytes;
mod decode;
mod encode;

pub use decode::{FrameError, FrameReader};
pub use encode::FrameWriter;

/// Version of the framing; the first byte of a stream.
pub const VERSION: u8 = 1;
/// Longest frame in bytes: 32 MiB holds a row of 300 cells with as much text as Excel admits.
pub const MAX_FRAME_BYTES: usize = 32 * 1024 * 1024;

/// One message of the child.
#[derive(Debug, Clone, PartialEq)]
pub enum Frame {
    /// First: what is known of the workbook.
    Book(Book),
    /// A sheet begins; its rows follow, unless it is hidden or no grid.
    Sheet(SheetInfo),
    /// Some rows of the sheet, by rising number.
    Rows(Vec<Row>),
    /// The sheet has no more rows.
    SheetEnd,
    /// Last: the workbook was read to its end.
    End(Totals),
    /// Last: the file is refused.
    Refused {
        /// Stable code, `F001` and on.
        code: String,
        /// Named parameters of the message.
        params: Vec<(String, String)>,
    },
}

/// What is known of a workbook before its sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Book {
    /// Format by its bytes.
    pub format: Format,
    /// Whether its date serials count from 1904 and not from 1900. Dates arrive converted; a bare serial does not.
    pub date_1904: bool,
    /// Whether it carries macros, which were not read.
    pub macros_ignored: bool,
}

/// What was sent in all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Sheets, those without rows included.
    pub sheets: u64,
    /// Rows with at least one cell.
    pub rows: u64,
    /// Cells that are not empty.
    pub cells: u64,
}

mod tag {
    pub(super) const BOOK: u8 = 1;
    pub(super) const SHEET: u8 = 2;
    pub(super) const ROWS: u8 = 3;
    pub(super) const SHEET_END: u8 = 4;
    pub(super) const END: u8 = 5;
    pub(super) const REFUSED: u8 = 6;
}

mod kind {
    pub(super) const TEXT: u8 = 0;
    pub(super) const NUMBER: u8 = 1;
    pub(super) const DATE_TIME: u8 = 2;
    pub(super) const FALSE: u8 = 3;
    pub(super) const TRUE: u8 = 4;
    pub(super) const ERROR: u8 = 5;
}

#[cfg(test)]
mod tests;
