//! Sheets and columns that this program writes into its own workbooks, and knows again when they come back.

use super::block::HeaderColumn;
use crate::profile::HeaderText;

/// Name of the sheet of a template that explains the form.
pub const INSTRUCTIONS_SHEET: &str = "填报说明";
/// Name of the hidden sheet of a template with the lists.
pub const DICTIONARY_SHEET: &str = "填报字典";
/// Header of the column that says on which state of its record a row was filled in. Nobody but this program writes it.
pub const VERSION_HEADER: &str = "版本（系统填写）";

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
