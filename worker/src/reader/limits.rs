//! How much a workbook may ask of the reader. Every cap has a reason, and the defaults admit an honest ledger of
//! 1,048,575 rows.

use serde::{Deserialize, Serialize};

/// Rows of a sheet, as in Excel 2007 and later.
pub const GRID_ROWS: u32 = 1_048_576;
/// Columns of a sheet, as in Excel 2007 and later.
pub const GRID_COLUMNS: u32 = 16_384;

/// The variable that says how many addresses the allocator reserves at once: by itself a GiB, and the limit on memory
/// counts addresses.
pub const ALLOCATOR_RESERVES: &str = "MIMALLOC_ARENA_RESERVE";
/// What a reader lets it reserve.
pub const RESERVED: &str = "32MiB";

const MIB: u64 = 1024 * 1024;

/// The caps of one reading. Counts are inclusive: a value equal to its cap passes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Bytes of the file as it arrived. 64 MiB is what the upload lets through.
    pub file_bytes: u64,
    /// Entries of a zip package. An ordinary workbook has 10 to 60, one with a picture per row a few hundred.
    pub zip_entries: u64,
    /// Bytes of all entries of a package once inflated, counted and not as declared. A ledger that fills the file cap
    /// inflates to 1 GiB or less; 4 GiB leaves room and still ends within the CPU limit.
    pub inflated_bytes: u64,
    /// Inflated bytes below which the ratio is not looked at: small honest files of equal rows pack 100 to 1 and more.
    pub ratio_free_bytes: u64,
    /// Inflated bytes per packed byte above `ratio_free_bytes`; ledgers reach 30, deflate itself ends at 1,032.
    pub ratio: u64,
    /// Inflated bytes of the shared strings, the one part that is held in memory.
    pub shared_string_bytes: u64,
    /// Sheets of a workbook, hidden ones included.
    pub sheets: u64,
    /// Rows with at least one cell, in the whole workbook: one full sheet and as much again in the others.
    pub rows: u64,
    /// Cells that are not empty, in the whole workbook: 1,048,576 rows of 32 columns and more.
    pub cells: u64,
    /// Cells of the smallest rectangle around a sheet where calamine reads the file whole (xls, ods): it lays out all of
    /// them, some 65 bytes each. 65,536 rows of 61 columns.
    pub laid_out_cells: u64,
    /// Characters of one cell. Excel itself stores at most 32,767.
    pub text_chars: u64,
    /// Merged blocks in the whole workbook; they are sent ahead of the rows and so are held in memory.
    pub merges: u64,
    /// Address space of the child while it streams (xlsx, xlsb), in bytes.
    pub memory_bytes: u64,
    /// Address space of the child where calamine reads the file whole (xls, ods), in bytes. A full xls (65,536 rows)
    /// of 30 columns needs 250 MiB.
    pub whole_memory_bytes: u64,
    /// Processor time of the child, in seconds. A million rows of 12 columns take less than 15.
    pub cpu_seconds: u64,
    /// Seconds that the parent waits for the child in all; the time the parent itself takes does not count.
    pub wall_seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 64 * MIB,
            zip_entries: 1_000,
            inflated_bytes: 4_096 * MIB,
            ratio_free_bytes: 64 * MIB,
            ratio: 100,
            shared_string_bytes: 1_024 * MIB,
            sheets: 256,
            rows: 2 * GRID_ROWS as u64,
            cells: 40_000_000,
            laid_out_cells: 4_000_000,
            text_chars: 32_767,
            merges: 200_000,
            memory_bytes: 2_048 * MIB,
            whole_memory_bytes: 1_024 * MIB,
            cpu_seconds: 60,
            wall_seconds: 120,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_limit_can_be_given_and_the_others_keep_their_defaults() {
        let limits: Limits = serde_json::from_str(r#"{"rows": 10}"#).unwrap();
        assert_eq!(
            limits,
            Limits {
                rows: 10,
                ..Limits::default()
            }
        );
    }

    #[test]
    fn a_limit_that_does_not_exist_is_refused() {
        assert!(serde_json::from_str::<Limits>(r#"{"row": 10}"#).is_err());
    }
}
