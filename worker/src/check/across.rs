//! Rules across the rows of a file, with a few numbers kept for each row and never its texts.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, RandomState};

/// Rows of a sheet fit in this many bits (2^21 > 1,048,576), and 256 sheets in the rest of 32.
const ROW_BITS: u32 = 21;
/// A handling text of fewer characters may honestly be the same for many petitions (已办结。).
const PASTED_CHARS: usize = 30;
/// So many rows with one text are a paste.
const PASTED_ROWS: usize = 3;

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

/// Row numbers as a message shows them: all up to `most`, then how many more.
pub(super) fn listed(rows: &[RowId], most: usize) -> String {
    let mut text = rows
        .iter()
        .take(most)
        .map(|row| row.row().to_string())
        .collect::<Vec<_>>()
        .join("、");
    if rows.len() > most {
        text.push_str(&format!("…（+{}）", rows.len() - most));
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
            (repeated.number, listed(&ids, 2))
        };
        let told: Vec<_> = keys.repeated().map(rows).collect();
        assert_eq!(
            told,
            [
                ("b".to_owned(), "2、4…（+1）".to_owned()),
                ("a".to_owned(), "3、6".to_owned())
            ]
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
