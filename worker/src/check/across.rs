//! Rules across the rows of a file, with a few numbers kept for each row and never its texts.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, RandomState};

/// Rows of a sheet fit in this many bits (2^21 > 1,048,576), and 256 sheets in the rest of 32.
const ROW_BITS: u32 = 21;
/// A handling text of fewer characters may honestly be the same for many petitions (已办结。).
const PASTED_CHARS: usize = 30;
/// So many rows with one text are a paste.
const PASTED_ROWS: usize = 3;
/// A list of rows is cut behind this many bytes: some thirty rows, or any number in runs. Every row of a large group has
/// the list, so that a longer one would make the findings of a file grow with the square of its rows.
const LISTED_BYTES: usize = 120;

/// A row of a file: its sheet and its number in one, rising through the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct RowId(u32);

impl RowId {
    pub const fn new(sheet: u32, row: u32) -> Self {
        Self(sheet << ROW_BITS | row)
    }

    /// As the database counts it.
    pub const fn get(self) -> i64 {
        self.0 as i64
    }

    /// Position of the sheet, counted from 0.
    pub const fn sheet(self) -> u32 {
        self.0 >> ROW_BITS
    }

    /// Row, counted from 1.
    pub const fn row(self) -> u32 {
        self.0 & ((1 << ROW_BITS) - 1)
    }
}

/// Keys of rows, of which none may stand twice: 16 bytes for each row, and the key itself once it repeats.
#[derive(Debug, Default)]
pub(super) struct Keys {
    hasher: RandomState,
    seen: HashMap<u64, Seen>,
    repeated: BTreeMap<RowId, Repeated>,
}

/// A row with a key, and whether it was refused for something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    pub id: RowId,
    pub refused: bool,
}

/// Rows with one key.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Repeated {
    /// The record's number, or what it is called.
    pub number: String,
    /// Two or more, rising.
    pub rows: Vec<Seen>,
}

impl Keys {
    pub fn add(&mut self, number: &str, division: Option<&str>, row: Seen) {
        self.add_as(number, number, division, row);
    }

    /// The same for a key that is not shown to people: a message calls the row `shown`.
    pub fn add_as(&mut self, shown: &str, number: &str, division: Option<&str>, row: Seen) {
        let first = *self.seen.entry(self.hasher.hash_one((number, division))).or_insert(row);
        if first.id != row.id {
            let new = || Repeated {
                number: shown.to_owned(),
                rows: vec![first],
            };
            self.repeated.entry(first.id).or_insert_with(new).rows.push(row);
        }
    }

    /// Whether a key was added.
    pub fn has(&self, number: &str, division: Option<&str>) -> bool {
        self.seen.contains_key(&self.hasher.hash_one((number, division)))
    }

    /// The keys that repeat, in the order of their first rows.
    pub fn repeated(self) -> impl Iterator<Item = Repeated> {
        self.repeated.into_values()
    }
}

/// Texts that should not repeat, as their hashes: 16 bytes for each row.
#[derive(Debug, Default)]
pub(super) struct Texts {
    hasher: RandomState,
    seen: Vec<(u64, RowId)>,
}

impl Texts {
    /// Adds a text, if it is long enough to be told from any other.
    pub fn add(&mut self, text: &str, row: RowId) {
        if text.len() >= PASTED_CHARS && text.chars().count() >= PASTED_CHARS {
            self.seen.push((self.hasher.hash_one(text), row));
        }
    }

    /// Groups of rows with one text, each by rising row, in the order of their first rows.
    pub fn pasted(mut self) -> Vec<Vec<RowId>> {
        self.seen.sort_unstable();
        let same = self
            .seen
            .chunk_by(|one, other| one.0 == other.0)
            .filter(|group| group.len() >= PASTED_ROWS);
        let mut groups: Vec<Vec<RowId>> = same.map(|group| group.iter().map(|(_, row)| *row).collect()).collect();
        groups.sort_unstable();
        groups
    }
}

/// Row numbers as a message shows them beside a row of `sheet`: runs as `3-7`, rows of another sheet as `name!3`. A list
/// that grows too long is cut; each of its rows has a finding of its own.
pub(super) fn listed<'n>(rows: &[RowId], sheet: u32, name: impl Fn(u32) -> &'n str) -> String {
    let mut text = String::new();
    let mut told = 0;
    for run in rows.chunk_by(|one, next| one.sheet() == next.sheet() && one.row() + 1 == next.row()) {
        if text.len() > LISTED_BYTES {
            text.push_str(&format!("…（+{}）", rows.len() - told));
            break;
        }
        if told > 0 {
            text.push('、');
        }
        let first = run[0]; // a run has at least one row
        if first.sheet() != sheet {
            text.push_str(&format!("{}!", name(first.sheet())));
        }
        match run.len() {
            1 => text.push_str(&first.row().to_string()),
            more => text.push_str(&format!("{}-{}", first.row(), first.row() + more as u32 - 1)),
        }
        told += run.len();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_id_gives_back_its_sheet_and_row() {
        let id = RowId::new(255, 1_048_576);
        assert_eq!((id.sheet(), id.row()), (255, 1_048_576));
    }

    #[test]
    fn keys_that_repeat_are_told_with_all_their_rows_in_the_order_of_the_file() {
        let mut keys = Keys::default();
        for (key, row) in [("b", 2), ("a", 3), ("b", 4), ("c", 5), ("a", 6), ("b", 7)] {
            keys.add(
                key,
                None,
                Seen {
                    id: RowId::new(0, row),
                    refused: false,
                },
            );
        }
        let rows = |repeated: Repeated| {
            let ids: Vec<RowId> = repeated.rows.iter().map(|row| row.id).collect();
            (repeated.number, listed(&ids, 0, |_| "表"))
        };
        let told: Vec<_> = keys.repeated().map(rows).collect();
        assert_eq!(
            told,
            [
                ("b".to_owned(), "2、4、7".to_owned()),
                ("a".to_owned(), "3、6".to_owned())
            ]
        );
    }

    #[test]
    fn rows_are_listed_in_runs_with_their_sheets_and_not_for_ever() {
        let rows = |sheet, rows: &[u32]| rows.iter().map(|row| RowId::new(sheet, *row)).collect::<Vec<_>>();
        let name = |sheet| ["一", "二"][sheet as usize];
        let mut some = rows(0, &[2, 3, 4, 9]);
        some.extend(rows(1, &[5, 6]));
        assert_eq!(listed(&some, 0, name), "2-4、9、二!5-6");
        assert_eq!(listed(&some, 1, name), "一!2-4、一!9、5-6");
        let all: Vec<u32> = (3..300_003).collect();
        assert_eq!(listed(&rows(0, &all), 0, name), "3-300002");
        let odd: Vec<u32> = (0..1_000).map(|row| row * 2 + 1).collect();
        let text = listed(&rows(0, &odd), 0, name);
        assert!(
            text.starts_with("1、3、5、") && text.ends_with("）") && text.len() < 140,
            "{text}"
        );
    }

    #[test]
    fn a_short_text_is_never_a_paste() {
        let mut texts = Texts::default();
        let long = "企业已按要求完成整改并通过验收，周边群众对整改结果表示满意，问题已经解决。";
        for row in 1..=3 {
            texts.add("已办结。", RowId::new(0, row));
            texts.add(long, RowId::new(0, row));
        }
        assert_eq!(texts.pasted(), [[1, 2, 3].map(|row| RowId::new(0, row)).to_vec()]);
    }
}
