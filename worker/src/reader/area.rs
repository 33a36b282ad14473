//! The smallest rectangle around what a sheet holds, all of which calamine lays out in memory where it reads a file whole.

use super::error::{Measure, ReadError};

/// Rows and columns from the first to the last cell, counted from 0, both included; nothing before the first cell.
#[derive(Debug, Default)]
pub(super) struct Area(Option<[(u64, u64); 2]>);

impl Area {
    /// Adds the cells of these rows and columns, first and last.
    pub(super) fn add(&mut self, rows: (u64, u64), columns: (u64, u64)) {
        let [old_rows, old_columns] = self.0.unwrap_or([rows, columns]);
        let around = |old: (u64, u64), new: (u64, u64)| (old.0.min(new.0), old.1.max(new.1));
        self.0 = Some([around(old_rows, rows), around(old_columns, columns)]);
    }

    /// How many cells it has.
    fn cells(&self) -> u64 {
        let length = |(first, last): (u64, u64)| last.saturating_sub(first).saturating_add(1);
        self.0
            .map_or(0, |[rows, columns]| length(rows).saturating_mul(length(columns)))
    }

    /// Refuses more than `limit` cells; `sheet` may be empty where it has no name yet.
    pub(super) fn at_most(&self, limit: u64, sheet: &str) -> Result<(), ReadError> {
        let found = self.cells();
        if found <= limit {
            return Ok(());
        }
        Err(ReadError::TooLarge {
            what: Measure::LaidOutCells,
            found,
            limit,
            place: sheet.to_owned(),
        })
    }
}
