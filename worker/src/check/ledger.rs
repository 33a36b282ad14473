//! What stays of a ledger sheet once its rows went by: enough to find them again when the workbook is marked.

use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::cell::{Merge, Row, SheetInfo};
use crate::profile::Profile;
use crate::recognise::{OwnColumns, SheetLayout, filling};

/// A merge that reaches further right, counted from 0, is a stray one and no part of the table.
const LAST_MERGED: u32 = 1_000;

/// A ledger sheet: where its header, its rows and its columns are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerSheet {
    /// Name on the tab.
    pub name: Arc<str>,
    /// Rows of the header, counted from 1.
    pub header_rows: RangeInclusive<u32>,
    /// Last column, counted from 0, with anything in it that is not ours.
    pub last_column: u32,
    /// Our own columns, in a marked copy that came back.
    pub own: OwnColumns,
    /// Rows of data, as runs of neighbours, rising.
    pub rows: Vec<RangeInclusive<u32>>,
    /// All merged blocks.
    pub merges: Vec<Merge>,
    /// Those of them whose value stands for all their rows.
    pub filling: Vec<Merge>,
    /// The header is wrong, and so all rows are refused.
    pub refused: bool,
}

impl LedgerSheet {
    pub(super) fn new(info: &SheetInfo, layout: &SheetLayout, profile: &Profile) -> Self {
        let merges = info.merges.clone().unwrap_or_default();
        let named = layout.columns.iter().map(|column| column.column);
        let unknown = layout.unknown.iter().map(|column| column.column);
        let keys = layout.header_keys.iter().map(|(column, _)| *column);
        let mut last_column = named.chain(unknown).chain(keys).max().unwrap_or_default();
        for merge in &merges {
            let touches = merge.first_row <= *layout.header_rows.end() && !layout.own.has(merge.first_column);
            if touches && merge.last_column < LAST_MERGED {
                last_column = last_column.max(merge.last_column);
            }
        }
        Self {
            name: info.name.as_str().into(),
            header_rows: layout.header_rows.clone(),
            last_column,
            own: layout.own,
            rows: Vec::new(),
            filling: filling(&merges, layout, profile),
            merges,
            refused: false,
        }
    }

    /// A row below the header went by, our own cells taken out.
    pub(super) fn saw(&mut self, row: &Row) {
        if let Some(last) = row.cells.last() {
            self.last_column = self.last_column.max(last.column);
        }
    }

    /// The row is one of data.
    pub(crate) fn add_data(&mut self, row: u32) {
        match self.rows.last_mut() {
            Some(run) if run.end() + 1 == row => *run = *run.start()..=row,
            _ => self.rows.push(row..=row),
        }
    }

    /// Whether `row` is one of data.
    #[must_use]
    pub fn is_data(&self, row: u32) -> bool {
        let after = self.rows.partition_point(|run| *run.start() <= row);
        self.rows[..after].last().is_some_and(|run| run.contains(&row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_data_are_kept_as_runs() {
        let mut sheet = LedgerSheet {
            name: "A".into(),
            header_rows: 1..=1,
            last_column: 0,
            own: OwnColumns::default(),
            rows: Vec::new(),
            merges: Vec::new(),
            filling: Vec::new(),
            refused: false,
        };
        [2, 3, 4, 8, 10, 11].into_iter().for_each(|row| sheet.add_data(row));
        assert_eq!(sheet.rows, [2..=4, 8..=8, 10..=11]);
        let data: Vec<u32> = (1..13).filter(|row| sheet.is_data(*row)).collect();
        assert_eq!(data, [2, 3, 4, 8, 10, 11]);
    }
}
