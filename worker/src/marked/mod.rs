//! The workbook handed back: the county's own, with the bad cells coloured, a note on each, what became of every row, room
//! for a reason, and a summary that is also the receipt.
//!
//! ```text
//! marks     the findings of a file, a few bytes each, until it was read
//! patch     xlsx, xlsm: the county's own package; parts that are not marked are copied byte for byte
//!   sheet     the rows, passed on event by event
//!   styles    more looks, each made of the cell's own style
//!   notes     the texts on cells, and `boxes`, in which they are shown
//!   summary   one more sheet
//! plain     what cannot be patched (xls, xlsb, ods, et), and refused rows alone: the values in a new workbook, which is
//!           then marked like any other
//! ```
//!
//! A copy that comes back is read like any ledger: our columns and our summary are recognised ([`crate::recognise::own`])
//! and left out, and their next copy replaces them.
//!
//! The workbook was vetted by the reader's child process before it is opened here. It is streamed all the same, parts that
//! are held are bounded, and whatever is not as it should be is a [`MarkError`] and leads to a plain copy.

mod book;
mod boxes;
mod columns;
mod error;
mod explained;
mod looks;
mod marks;
mod notes;
mod outcome;
mod package;
mod patch;
mod place;
mod plain;
mod receipt;
mod said;
mod sheet;
mod states;
mod styles;
mod summary;
mod target;
mod types;
mod xml;

pub use error::MarkError;
pub use outcome::{Marker, Marking, Watched};
pub(crate) use target::{MARKED_END, REFUSED_END, bare_stem, ending};

#[cfg(test)]
mod tests;
