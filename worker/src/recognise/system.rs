//! Sheets and columns that this program writes into its own workbooks, and knows again when they come back.

use super::block::HeaderColumn;
use crate::profile::HeaderText;

pub use crate::template::{DICTIONARY_SHEET, INSTRUCTIONS_SHEET, VERSION_HEADER};

/// The column with the base versions, counted from 0.
pub(super) fn base_version(columns: &[HeaderColumn]) -> Option<u32> {
    let wanted = HeaderText::read(VERSION_HEADER);
    let is_it = |column: &&HeaderColumn| {
        column
            .labels
            .last()
            .is_some_and(|label| HeaderText::read(label) == wanted)
    };
    columns.iter().find(is_it).map(|column| column.column)
}
