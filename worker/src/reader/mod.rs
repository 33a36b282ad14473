//! Reads workbooks. A county's file is hostile until it is read, so it is read in a child process that bounds itself:
//!
//! ```text
//! parent (Reader)                     child (child::run)
//! ---------------                     ------------------
//! starts program read FILE    ---->   lowers its own limits: memory, processor time, no files, no core
//!                                     format    what kind of file, by its bytes
//!                                     zipcheck  every entry inflated once and counted, names, DOCTYPE, merged cells, tables
//!                                     olecheck  the same for xls: chains of sectors, ends of sheets
//!                                     streamed  xlsx, xlsb: cell by cell   |  whole  xls, ods: read at once
//!                                     pump      cells to rows, grid and limits
//! next_frame()               <----    frame     book, sheet, rows, sheet end, end; or refused
//! ```
//!
//! Whatever goes wrong is a [`ReadError`] with a stable code: a refusal by the child, or how the child ended.
//!
//! What lives here knows sheets, rows and cells ([`crate::cell`]); it knows nothing of ledgers, headers or the database.
//! Cells are handed on as stored: a formula's last value, text uncleaned. Hidden rows come like others, hidden sheets are
//! named and not read, macros and external links are neither run nor followed.

mod area;
pub mod child;
mod error;
mod format;
mod frame;
mod json;
mod limits;
mod olecheck;
mod parent;
mod pump;
mod seen;
mod sink;
mod streamed;
mod view;
mod whole;
mod zipcheck;

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

pub use error::ReadError;
pub use format::Format;
#[cfg(any(test, feature = "fuzz"))]
pub(crate) use frame::FrameReader;
pub use frame::{Book, Frame, Totals};
pub use limits::{ALLOCATOR_RESERVES, GRID_COLUMNS, GRID_ROWS, Limits, RESERVED};
pub use parent::Reader;
