//! Filling down: a cell merged over several rows has its value in the top row only.

use crate::cell::{Cell, Merge, Row, Value};
use crate::profile::{ColumnKind, Profile};
use crate::recognise::SheetLayout;

/// The vertical merges below a header, walked row by row. Keeps only the merges that reach into the present row.
///
/// Counts and amounts of money are not filled down: one fine merged over three divisions is one fine, not three.
#[derive(Debug)]
pub struct VerticalMerges {
    /// Merges not reached yet, the last one first.
    waiting: Vec<Merge>,
    active: Vec<Active>,
}

#[derive(Debug)]
struct Active {
    column: u32,
    last_row: u32,
    value: Value,
}

impl VerticalMerges {
    /// The merges of a sheet that lie below the header of `layout`, whose kind `profile` has.
    #[must_use]
    pub fn new(merges: &[Merge], layout: &SheetLayout, profile: &Profile) -> Self {
        Self::over(filling(merges, layout, profile))
    }

    /// The same, from the merges that [`filling`] told.
    #[must_use]
    pub fn over(filling: Vec<Merge>) -> Self {
        let mut waiting = filling;
        waiting.sort_by_key(|merge| std::cmp::Reverse((merge.first_row, merge.first_column)));
        Self {
            waiting,
            active: Vec::new(),
        }
    }

    /// The cells that `row` has from merges that began above it, by rising column. Rows come in rising order; a row
    /// that was not shown here fills nothing.
    pub fn filled(&mut self, row: &Row) -> Vec<Cell> {
        self.active.retain(|merge| merge.last_row >= row.number);
        let mut filled: Vec<Cell> = self
            .active
            .iter()
            .filter(|merge| row.get(merge.column).is_none())
            .map(|merge| Cell {
                column: merge.column,
                value: merge.value.clone(),
            })
            .collect();
        filled.sort_by_key(|cell| cell.column);
        self.begin(row);
        filled
    }

    fn begin(&mut self, row: &Row) {
        while let Some(merge) = self.waiting.pop_if(|merge| merge.first_row <= row.number) {
            let value = row.get(merge.first_column).filter(|_| merge.first_row == row.number);
            // Of merges that overlap, which no spreadsheet program writes, the first one counts.
            let free = self.active.iter().all(|active| active.column != merge.first_column);
            if let Some(value) = value.filter(|_| free) {
                let (column, last_row) = (merge.first_column, merge.last_row);
                self.active.push(Active {
                    column,
                    last_row,
                    value: value.clone(),
                });
            }
        }
    }
}

/// The merges that fill down: below the header, over several rows, and not over counts.
#[must_use]
pub fn filling(merges: &[Merge], layout: &SheetLayout, profile: &Profile) -> Vec<Merge> {
    let counts = |merge: &Merge| {
        let mut fed = layout
            .columns
            .iter()
            .filter(|column| column.column == merge.first_column);
        let kind = fed
            .next()
            .and_then(|column| profile.columns.get(column.profile_column))
            .map(|known| known.kind);
        matches!(kind, Some(ColumnKind::Count | ColumnKind::Money | ColumnKind::Quantity))
    };
    let below = |merge: &&Merge| merge.first_row > *layout.header_rows.end() && merge.last_row > merge.first_row;
    merges
        .iter()
        .filter(below)
        .filter(|merge| !counts(merge))
        .copied()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::labels::tests::row;
    use super::super::tests::{PROFILES, found, grid, merge};
    use super::*;

    #[test]
    fn values_are_filled_down_within_their_merge_but_counts_are_not() {
        let header: &[&str] = &[
            "受理编号",
            "交办问题基本情况",
            "行政区域",
            "是否属实",
            "罚款金额（万元）",
        ];
        let (layout, _) = found(&grid(&[header]), None);
        let merges = [
            merge(2, 0, 4, 0),
            merge(2, 4, 4, 4),
            merge(1, 2, 2, 2),
            merge(3, 1, 4, 1),
            merge(6, 0, 7, 0),
        ];
        let mut down = VerticalMerges::new(&merges, &layout, PROFILES.get(layout.kind));
        type Filled = &'static [(u32, &'static str)];
        let rows: [(u32, &[&str], Filled); 5] = [
            (2, &["X2GZ202112070001", "噪声", "南明区", "属实", "5"], &[]),
            (3, &["", "污水", "云岩区", "属实"], &[(0, "X2GZ202112070001")]),
            (4, &["", "", "花溪区"], &[(0, "X2GZ202112070001"), (1, "污水")]),
            (5, &["", "", "乌当区"], &[]),
            (7, &["", "", "白云区"], &[]),
        ];
        for (number, texts, wanted) in rows {
            let filled = down.filled(&row(number, texts));
            let filled: Vec<_> = filled
                .iter()
                .map(|cell| (cell.column, cell.value.as_written()))
                .collect();
            let wanted: Vec<_> = wanted
                .iter()
                .map(|(column, text)| (*column, (*text).to_owned()))
                .collect();
            assert_eq!(filled, wanted, "row {number}");
        }
    }

    #[test]
    fn a_value_of_its_own_is_kept() {
        let (layout, _) = found(&grid(&[&["受理编号", "举报内容", "属地", "是否属实"]]), None);
        let mut down = VerticalMerges::new(&[merge(2, 0, 3, 0)], &layout, PROFILES.get(layout.kind));
        assert_eq!(down.filled(&row(2, &["A1"])), []);
        assert_eq!(down.filled(&row(3, &["A2"])), []);
    }
}
