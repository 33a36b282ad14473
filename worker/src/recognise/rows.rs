//! What each row below a header is: data, or one of the rows that counties put between and under their data.
//!
//! A row with a proper number or a proper text of its problem is data, whatever else stands in it.

use super::labels::{self, folded};
use super::layout::SheetLayout;
use crate::cell::{Cell, Row, Value};
use crate::profile::{HeaderText, LedgerKind};

/// What a row below the header is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowKind {
    /// A row of the ledger.
    Data,
    /// A sum: 合计, 小计, 总计, 累计.
    Total,
    /// A line under the table: 填报人, 审核人, 备注：….
    Footer,
    /// The header, its title or the numbers of its columns once more, as at the top of a printed page.
    RepeatedHeader,
    /// Nothing, or nothing but the number of the line.
    Blank,
}

const TOTALS: &[&str] = &["合计", "小计", "总计", "累计", "共计", "总合计"];
/// How many filled cells from the left may hold the word of a total: line number, division, number.
const TOTAL_WITHIN: usize = 3;
/// A longer text, in characters, only ends in 合计 by chance: 贵阳市南明区小计 is eight.
const MAX_TOTAL_CHARS: usize = 12;
/// A longer text, in bytes, is not worth reading for the word of a total, however many spaces are in it.
const MAX_TOTAL_BYTES: usize = 160;
/// A shorter text, in characters, may be the name of who signed: no problem is told in so few.
const MIN_TEXT_CHARS: usize = 5;
/// Labels of notes, which fill a row alone.
const NOTES: &[&str] = &["备注", "注", "说明", "填报说明", "填表说明", "注意事项"];
/// Labels of the line for signatures.
const SIGNATURES: &[&str] = &[
    "填报人",
    "填表人",
    "制表人",
    "审核人",
    "复核人",
    "审批人",
    "签发人",
    "负责人",
    "单位负责人",
    "主要负责人",
    "分管负责人",
    "分管领导",
    "主要领导",
    "经办人",
    "联系人",
    "联络人",
    "联系电话",
    "签字",
    "填报",
    "制表",
    "审核",
    "复核",
    "签发",
    "盖章",
    "单位盖章",
];

/// Tells what `row` is.
#[must_use]
pub fn row_kind(layout: &SheetLayout, row: &Row) -> RowKind {
    // A row that was cleared keeps its hidden version.
    let of_county = |cell: &&Cell| !is_blank(&cell.value) && Some(cell.column) != layout.base_version;
    let filled: Vec<&Cell> = row.cells.iter().filter(of_county).collect();
    if filled.iter().all(|cell| is_line_number(layout, cell)) {
        RowKind::Blank
    } else if repeats_header(layout, &filled) || numbers_columns(row) {
        RowKind::RepeatedHeader
    } else if is_total(layout, row, &filled) {
        RowKind::Total
    } else if is_footer(layout, row, &filled) {
        RowKind::Footer
    } else {
        RowKind::Data
    }
}

/// The day that a line under the table names, as written: 填报日期：2022年3月18日.
#[must_use]
pub fn footer_date_text(row: &Row) -> Option<String> {
    labels::date_text(row)
}

/// A row that numbers the columns: 1, 2, 3, … or (1), (2), (3), …. Three of them are no chance in a row of data.
pub(super) fn numbers_columns(row: &Row) -> bool {
    let number = |cell: &Cell| HeaderText::read(&cell.value.as_written()).whole.parse::<usize>();
    row.cells.len() >= 3 && (1..).zip(&row.cells).all(|(wanted, cell)| number(cell) == Ok(wanted))
}

pub(super) fn is_blank(value: &Value) -> bool {
    match value {
        Value::Text(text) | Value::Error(text) => text.trim().is_empty(),
        Value::Number(_) | Value::DateTime(_) | Value::Bool(_) => false,
    }
}

/// The number of a line, as a template fills it in beforehand.
fn is_line_number(layout: &SheetLayout, cell: &Cell) -> bool {
    let digits = HeaderText::read(&cell.value.as_written())
        .whole
        .chars()
        .all(|letter| letter.is_ascii_digit());
    digits && layout.columns_of("seq").any(|column| column.column == cell.column)
}

fn repeats_header(layout: &SheetLayout, filled: &[&Cell]) -> bool {
    if let [only] = filled {
        let title = layout
            .preamble
            .title
            .as_deref()
            .map(|title| HeaderText::read(title).whole);
        return title.is_some_and(|title| HeaderText::read(&only.value.as_written()).whole == title);
    }
    // Mostly this one cell decides, and a row with a number is never taken for a header.
    let number = layout.columns_of("number").map(|column| column.column).next();
    if filled
        .iter()
        .any(|cell| Some(cell.column) == number && !is_header(layout, cell))
    {
        return false;
    }
    let repeated = filled.iter().filter(|cell| is_header(layout, cell)).count();
    repeated >= 2 && repeated * 2 > filled.len()
}

/// Whether the cell says what the header of its column says.
fn is_header(layout: &SheetLayout, cell: &Cell) -> bool {
    let keys = &layout.header_keys;
    let start = keys.partition_point(|(column, _)| *column < cell.column);
    let mut labels = keys[start..]
        .iter()
        .take_while(|(column, _)| *column == cell.column)
        .peekable();
    if labels.peek().is_none() {
        return false;
    }
    let key = HeaderText::read(&cell.value.as_written()).whole;
    !key.is_empty() && labels.any(|(_, label)| *label == key)
}

fn is_total(layout: &SheetLayout, row: &Row, filled: &[&Cell]) -> bool {
    let Some(word) = filled.iter().take(TOTAL_WITHIN).find(|cell| is_total_word(&cell.value)) else {
        return false;
    };
    !holds_item(layout, row, word.column)
}

fn is_total_word(value: &Value) -> bool {
    let Value::Text(text) = value else { return false };
    if text.len() > MAX_TOTAL_BYTES {
        return false;
    }
    let key = HeaderText::read(text).short;
    let short = key.chars().count() <= MAX_TOTAL_CHARS;
    let counted = || TOTALS.iter().filter_map(|word| key.strip_prefix(word)).any(is_count);
    TOTALS.contains(&key.as_str()) || (short && (TOTALS.iter().any(|word| key.ends_with(word)) || counted()))
}

/// 2307, 共12件: what a total writes where a row of the ledger has its number or text.
fn is_count(key: &str) -> bool {
    let around = |letter: char| "共计约余件个项条起宗".contains(letter);
    let digits = key.trim_matches(around);
    digits.chars().count() <= 5 && digits.chars().all(|letter| letter.is_ascii_digit())
}

/// Whether the row names an item of the ledger, by its number or by the text of its problem. The cell in column
/// `word`, which made the row look like something else, proves nothing; a plain count (共12件) neither.
fn holds_item(layout: &SheetLayout, row: &Row, word: u32) -> bool {
    // Names are short; a problem is told in more words than fit into a signature.
    let (text_fields, least): (&[&str], usize) = match layout.kind {
        LedgerKind::Petitions => (&["complaint"], MIN_TEXT_CHARS),
        LedgerKind::Tasks => (&["problem"], MIN_TEXT_CHARS),
        LedgerKind::Indicators => (&["name"], 1),
        LedgerKind::AccountabilityIssues => (&["title"], 1),
        LedgerKind::Accountabilities => (&["unit", "name", "issue_title"], 1),
        LedgerKind::Activities => (&["topic"], 1),
        LedgerKind::Alerts => (&["station"], 1),
    };
    let is_item = |key: &String| !key.is_empty() && !is_count(key) && !TOTALS.contains(&key.as_str());
    let is_text = |key: &String| key.chars().count() >= least && is_item(key);
    keys(layout, row, "number", word).iter().any(is_item)
        || text_fields
            .iter()
            .any(|field| keys(layout, row, field, word).iter().any(is_text))
}

/// The comparable texts of `field`, without the cell in column `word` and without cells that begin with a label.
fn keys(layout: &SheetLayout, row: &Row, field: &str, word: u32) -> Vec<String> {
    let columns = layout
        .columns_of(field)
        .map(|column| column.column)
        .filter(|column| *column != word);
    let values = columns
        .filter_map(|column| row.get(column))
        .filter(|value| !is_signature(&label(value).0));
    values
        .map(|value| HeaderText::read(&value.as_written()).whole)
        .collect()
}

/// The label a cell begins with (注 of 注1：…), and whether a colon follows it.
fn label(value: &Value) -> (String, bool) {
    let text = folded(value);
    let (label, labelled) = text
        .split_once(':')
        .map_or((text.as_str(), false), |(label, _)| (label, true));
    let label = HeaderText::read(label).short;
    (
        label
            .trim_end_matches(|letter: char| letter.is_ascii_digit())
            .to_owned(),
        labelled,
    )
}

fn is_signature(label: &str) -> bool {
    SIGNATURES.contains(&label) || labels::OFFICE_LABELS.contains(&label) || labels::is_date_label(label)
}

fn is_footer(layout: &SheetLayout, row: &Row, filled: &[&Cell]) -> bool {
    let Some(first) = filled.first() else { return false };
    let (label, labelled) = label(&first.value);
    let note = NOTES.contains(&label.as_str()) && labelled && filled.len() <= 2;
    let dated = filled.len() == 1 && labels::date_text(row).is_some();
    // Unlike in a total, a plain number is an item here: a task may be number 12.
    let item = || !keys(layout, row, "number", first.column).is_empty() || holds_item(layout, row, first.column);
    (note || dated || is_signature(&label)) && !item()
}
