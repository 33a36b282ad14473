//! What listings share: one page of rows in the order of a key, and spans of days.

use chrono::NaiveDate;

/// Rows of a page, and whether more follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// At most as many rows as were asked for.
    pub rows: Vec<T>,
    /// Whether the listing goes on behind the last row.
    pub more: bool,
}

impl<T> Page<T> {
    /// Cuts a page of `size` from rows that were read with one row beyond it: that row is the "more" answer.
    #[must_use]
    pub fn cut(mut rows: Vec<T>, size: usize) -> Self {
        let more = rows.len() > size;
        rows.truncate(size);
        Self { rows, more }
    }
}

/// Days from `first` to `last`, both included; an absent end is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DateSpan {
    /// Not before this day.
    pub first: Option<NaiveDate>,
    /// Not after this day.
    pub last: Option<NaiveDate>,
}
