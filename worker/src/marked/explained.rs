//! Why warnings stand: where the reasons of a file's findings wait, a few bytes each, their texts with those of the marks.

use std::collections::BTreeMap;

/// Reasons that are kept: 64 MB of memory.
const MOST: usize = 1_000_000;

/// A finding: number of its sheet, row, column (counted from 0; past all others for none) and code of its rule.
pub(super) type Key = (u16, u32, u32, &'static str);

/// Where the texts of reasons stand, by finding.
#[derive(Debug, Default)]
pub(super) struct Explained(BTreeMap<Key, (u64, u32)>);

impl Explained {
    /// Whether no more can be kept.
    pub fn is_full(&self) -> bool {
        self.0.len() >= MOST
    }

    /// Keeps where a reason stands: its first byte and how many.
    pub fn add(&mut self, key: Key, place: (u64, u32)) {
        self.0.insert(key, place);
    }

    /// The reason of a finding.
    pub fn of(&self, key: Key) -> Option<(u64, u32)> {
        self.0.get(&key).copied()
    }

    /// The reasons in a row of a sheet, by column and rule.
    pub fn in_row(&self, sheet: u16, row: u32) -> impl Iterator<Item = (u64, u32)> {
        let row = (sheet, row, 0, "")..(sheet, row + 1, 0, "");
        self.0.range(row).map(|(_, place)| *place)
    }
}
