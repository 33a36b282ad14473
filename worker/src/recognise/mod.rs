//! Finding the ledger in a sheet: its header among title rows and notes, its kind, and what each later row is.
//!
//! The first rows decide, and all rows behind them flow through without being kept. Nothing is guessed: a header that
//! fits no field is unknown, two columns for one field are both left out, and a sheet that fits two kinds is refused.

mod block;
mod labels;
mod layout;
mod mapping;
mod merges;
pub mod own;
mod preamble;
mod rows;
mod system;

use std::cmp::Reverse;

pub use layout::{AmbiguousColumn, MappedColumn, NotALedger, NotALedgerReason, Preamble, SheetLayout, UnknownColumn};
pub use merges::{VerticalMerges, filling};
pub use own::OwnColumns;
pub use rows::{RowKind, footer_date_text, row_kind};
pub use system::{DICTIONARY_SHEET, INSTRUCTIONS_SHEET, VERSION_HEADER};

use self::block::{Block, MergeMap};
use self::mapping::{Mapping, Score};
use crate::cell::{Row, SheetInfo};
use crate::profile::{HeaderText, LedgerKind, Profiles};

/// Rows in which a header must begin and end. A title, its notes and a header of three rows take ten.
const ROWS_LOOKED_AT: usize = 30;

/// What a sheet is, once enough of its rows are known.
#[derive(Debug, Clone, PartialEq)]
pub enum Progress {
    /// Not known yet: push the next row.
    NeedMore,
    /// A ledger, with the rows below its header that were pushed already.
    Found(Box<SheetLayout>, Vec<Row>),
    /// No ledger; its other rows need not be read.
    NotALedger(NotALedger),
}

/// Recognises one sheet from its first rows.
#[derive(Debug)]
pub struct SheetRecogniser<'a> {
    profiles: &'a Profiles,
    info: SheetInfo,
    rows: Vec<Row>,
}

/// A block that could be the header of a ledger of one kind.
struct Candidate<'a> {
    kind: LedgerKind,
    block: &'a Block,
    mapping: Mapping<'a>,
    score: Score,
}

impl<'a> SheetRecogniser<'a> {
    /// Begins a sheet.
    #[must_use]
    pub fn new(profiles: &'a Profiles, info: &SheetInfo) -> Self {
        Self {
            profiles,
            info: info.clone(),
            rows: Vec::new(),
        }
    }

    /// Takes the next row, in rising order. Ends with the first answer: whoever gets one stops pushing.
    pub fn push(&mut self, row: Row) -> Progress {
        if let Some(reason) = self.unread() {
            return Progress::NotALedger(NotALedger { reason });
        }
        if !is_blank(&row) {
            self.rows.push(row);
        }
        if self.rows.len() < ROWS_LOOKED_AT {
            return Progress::NeedMore;
        }
        match self.decide() {
            Ok((layout, rows)) => Progress::Found(Box::new(layout), rows),
            Err(refusal) => Progress::NotALedger(refusal),
        }
    }

    /// Decides by the rows there were, for a sheet that ends before [`Self::push`] answers.
    pub fn finish(mut self) -> Result<(SheetLayout, Vec<Row>), NotALedger> {
        match self.unread() {
            Some(reason) => Err(NotALedger { reason }),
            None => self.decide(),
        }
    }

    fn unread(&self) -> Option<NotALedgerReason> {
        match (self.info.not_a_grid, self.info.hidden) {
            (true, _) => Some(NotALedgerReason::NotAGrid),
            (false, true) => Some(NotALedgerReason::Hidden),
            (false, false) => None,
        }
    }

    fn decide(&mut self) -> Result<(SheetLayout, Vec<Row>), NotALedger> {
        let mut rows = std::mem::take(&mut self.rows);
        if rows.is_empty() {
            return Err(NotALedger {
                reason: NotALedgerReason::Empty,
            });
        }
        if own::is_summary(&rows) {
            return Err(NotALedger {
                reason: NotALedgerReason::OwnSummary,
            });
        }
        let own = OwnColumns::find(&rows);
        let bare = match own.is_empty() {
            true => std::borrow::Cow::Borrowed(&rows[..]),
            false => std::borrow::Cow::Owned(own.without(&rows)),
        };
        let blocks = block::blocks(&bare, &self.merges());
        let mut layout = match self.best(&bare, &blocks) {
            Ok(candidate) => self.layout(&bare, &candidate),
            Err(reason) => return Err(NotALedger { reason }),
        };
        layout.own = own;
        let end = *layout.header_rows.end();
        let data = rows.split_off(rows.partition_point(|row| row.number <= end));
        Ok((layout, data))
    }

    fn merges(&self) -> MergeMap {
        let merges = self.info.merges.iter().flatten();
        merges
            .map(|merge| ((merge.first_row, merge.first_column), *merge))
            .collect()
    }

    /// The one block and kind that fit best.
    fn best<'b>(&'b self, rows: &[Row], blocks: &'b [Block]) -> Result<Candidate<'b>, NotALedgerReason> {
        let mut ledgers: Vec<Candidate<'b>> = Vec::new();
        let mut near: Option<(LedgerKind, usize)> = None;
        for profile in self.profiles.iter() {
            let all = blocks.iter().map(|block| {
                let mapping = Mapping::new(profile, block);
                Candidate {
                    kind: profile.kind,
                    block,
                    score: mapping.score(),
                    mapping,
                }
            });
            let (fit, unfit): (Vec<_>, Vec<_>) = all.partition(|candidate| candidate.mapping.is_ledger());
            // Of equal ones the flattest, so that a title over a header is no parent, and of these the first.
            let rank = |candidate: &Candidate<'_>| {
                (
                    candidate.score,
                    Reverse(candidate.block.depth),
                    Reverse(candidate.block.first),
                )
            };
            ledgers.extend(fit.into_iter().max_by_key(rank));
            let nearest = unfit.iter().map(|candidate| (profile.kind, candidate.score.fields));
            near = near
                .into_iter()
                .chain(nearest.filter(|(_, fields)| *fields > 0))
                .max_by_key(|(_, fields)| *fields);
        }
        ledgers.sort_by_key(|candidate| Reverse(candidate.score));
        match ledgers.as_slice() {
            [first, second, ..] if first.score == second.score => Err(NotALedgerReason::TwoKinds {
                header_row: rows[first.block.first].number,
                kinds: vec![first.kind, second.kind],
            }),
            _ => ledgers
                .into_iter()
                .next()
                .ok_or_else(|| self.without_header(rows, near)),
        }
    }

    fn layout(&self, rows: &[Row], found: &Candidate<'_>) -> SheetLayout {
        let Block { first, depth, columns } = found.block;
        let profile = self.profiles.get(found.kind);
        let preamble = preamble::read(&rows[..*first], &self.info.name, profile);
        let last = first + depth - 1;
        let below = rows.get(last + 1).filter(|row| rows::numbers_columns(row));
        let keys = columns.iter().flat_map(|column| {
            column
                .labels
                .iter()
                .map(|label| (column.column, HeaderText::read(label).whole))
        });
        let base_version = system::base_version(columns);
        let mut unknown = found.mapping.unknown();
        unknown.retain(|column| Some(column.column) != base_version);
        SheetLayout {
            kind: found.kind,
            header_rows: rows[*first].number..=below.unwrap_or(&rows[last]).number,
            columns: found.mapping.columns(preamble.unit_text.as_deref()),
            unknown,
            base_version,
            missing: found.mapping.missing(),
            ambiguous: found.mapping.ambiguous(),
            preamble,
            header_keys: keys.collect(),
            own: OwnColumns::default(),
        }
    }

    fn without_header(&self, rows: &[Row], best: Option<(LedgerKind, usize)>) -> NotALedgerReason {
        let named = ["说明", "须知", "字典", "目录", "封面"]
            .iter()
            .any(|name| self.info.name.contains(name));
        let near = best.is_some_and(|(_, fields)| fields > 1);
        let narrow = !near && rows.iter().all(|row| row.cells.len() <= 2);
        if named || narrow {
            NotALedgerReason::Explanatory
        } else {
            NotALedgerReason::NoHeader { best }
        }
    }
}

fn is_blank(row: &Row) -> bool {
    row.cells.iter().all(|cell| rows::is_blank(&cell.value))
}

#[cfg(test)]
mod tests;
