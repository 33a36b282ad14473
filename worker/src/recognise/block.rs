//! Header blocks: one to three rows whose merged parents stand over their children.
//!
//! A block is cut by the shape of its rows alone; which of them is a ledger's header is for the profile to say.

use std::collections::HashMap;

use crate::cell::{Cell, Merge, Row, Value};
use crate::profile::HeaderText;

/// Rows a header can have. Three levels are the most seen.
const MAX_DEPTH: usize = 3;
/// A longer text under a merged cell, in characters, is a value and no header.
const MAX_CHILD_CHARS: usize = 40;

/// The merged blocks of a sheet by their first row and column.
pub(super) type MergeMap = HashMap<(u32, u32), Merge>;

/// A block of rows read as a header.
#[derive(Debug)]
pub(super) struct Block {
    /// Position of its first row among the rows looked at, counted from 0.
    pub(super) first: usize,
    /// How many rows it has.
    pub(super) depth: usize,
    /// Its columns with a label, from left to right.
    pub(super) columns: Vec<HeaderColumn>,
}

/// A column of a header with its labels from parent to child, as written.
#[derive(Debug)]
pub(super) struct HeaderColumn {
    /// Column, counted from 0.
    pub(super) column: u32,
    /// At least one label.
    pub(super) labels: Vec<String>,
}

impl HeaderColumn {
    /// The header as a finding shows it: 验收情况/市级.
    pub(super) fn header(&self) -> String {
        self.labels.join("/")
    }
}

/// A parent cell with the columns it stands over, both counted from 0 and included.
struct Span<'a> {
    first: u32,
    last: u32,
    label: &'a Cell,
}

/// The block that begins at each row.
pub(super) fn blocks(rows: &[Row], merges: &MergeMap) -> Vec<Block> {
    (0..rows.len()).map(|first| block(rows, first, merges)).collect()
}

fn block(rows: &[Row], first: usize, merges: &MergeMap) -> Block {
    let mut depth = 1;
    let mut spans = Vec::new();
    while depth < MAX_DEPTH && first + depth < rows.len() {
        let (parent, child) = (&rows[first + depth - 1], &rows[first + depth]);
        let below = &rows[first + depth..rows.len().min(first + MAX_DEPTH)];
        let over = spans_over(parent, below, merges);
        if !are_children(child, &over, &rows[first..first + depth]) {
            break;
        }
        spans.push(over);
        depth += 1;
    }
    let rows = &rows[first..first + depth];
    let mut columns: Vec<u32> = rows
        .iter()
        .flat_map(|row| row.cells.iter().map(|cell| cell.column))
        .collect();
    columns.sort_unstable();
    columns.dedup();
    let labelled = |column| {
        let labels = labels(rows, &spans, column);
        (!labels.is_empty()).then_some(HeaderColumn { column, labels })
    };
    Block {
        first,
        depth,
        columns: columns.into_iter().filter_map(labelled).collect(),
    }
}

/// The cells of `parent` that stand over several columns of the rows below: by a merge, and where there is none (a format
/// that does not tell, or nobody merged) by the empty cells to their right.
fn spans_over<'a>(parent: &'a Row, below: &[Row], merges: &MergeMap) -> Vec<Span<'a>> {
    let mut spans = Vec::new();
    for label in &parent.cells {
        let last = match merges.get(&(parent.number, label.column)) {
            Some(merge) if merge.last_row > merge.first_row => label.column,
            Some(merge) => merge.last_column,
            None => last_child(parent, below, label.column),
        };
        if last > label.column {
            spans.push(Span {
                first: label.column,
                last,
                label,
            });
        }
    }
    spans
}

/// The last column that is empty beside `first` and filled below it, without a gap. A child that is a parent itself
/// leaves gaps in its own row, so the row under that counts as well.
fn last_child(parent: &Row, below: &[Row], first: u32) -> u32 {
    let filled = |column: u32| below.iter().any(|row| row.get(column).is_some());
    if below.first().is_none_or(|child| child.get(first).is_none()) {
        return first;
    }
    let beside = (first + 1..).take_while(|column| parent.get(*column).is_none() && filled(*column));
    beside.last().unwrap_or(first)
}

/// Whether every cell of `row` is a label under a parent: in a span, or a remark such as （万元） on the cell above.
/// A row of data fails, since most of its cells stand under headers of their own.
fn are_children(row: &Row, over: &[Span<'_>], above: &[Row]) -> bool {
    let follows = above.last().is_some_and(|parent| parent.number + 1 == row.number);
    follows
        && !row.cells.is_empty()
        && row.cells.iter().all(|cell| {
            let Value::Text(text) = &cell.value else { return false };
            let named = text.chars().count() <= MAX_CHILD_CHARS && text.contains(char::is_alphanumeric);
            named && (span_at(over, cell.column).is_some() || remarks_on(text, cell.column, above))
        })
}

fn remarks_on(text: &str, column: u32, above: &[Row]) -> bool {
    let header = HeaderText::read(text);
    let numbers = header
        .remarks
        .iter()
        .any(|remark| remark.chars().all(|letter| letter.is_ascii_digit()));
    header.is_remark() && !numbers && above.iter().any(|row| row.get(column).is_some())
}

fn span_at<'a, 'b>(spans: &'b [Span<'a>], column: u32) -> Option<&'b Span<'a>> {
    let after = spans.partition_point(|span| span.first <= column);
    spans[..after].last().filter(|span| column <= span.last)
}

/// The labels of `column` from parent to child; a remark below joins the label it remarks on.
fn labels(rows: &[Row], spans: &[Vec<Span<'_>>], column: u32) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    for (level, row) in rows.iter().enumerate() {
        let parent = || Some(&span_at(spans.get(level)?, column)?.label.value);
        let Some(value) = row.get(column).or_else(parent) else {
            continue;
        };
        let text = value.as_written().trim().to_owned();
        match labels.last_mut() {
            Some(above) if HeaderText::read(&text).is_remark() => above.push_str(&text),
            Some(above) if *above == text => {}
            _ if !text.is_empty() => labels.push(text),
            _ => {}
        }
    }
    labels
}
