//! Lines of a form above and below a table: 填报单位（盖章）：… 填报日期：… 单位：万元.

use unicode_normalization::UnicodeNormalization;

use crate::cell::{Row, Value};
use crate::profile::HeaderText;

/// Labels before the day a ledger speaks of.
const DATE_LABELS: &[&str] = &[
    "填报日期",
    "填报时间",
    "填表日期",
    "填表时间",
    "报送日期",
    "报送时间",
    "上报日期",
    "上报时间",
    "制表日期",
    "制表时间",
    "统计日期",
    "统计时间",
    "截至日期",
    "截至时间",
    "截止日期",
    "截止时间",
    "数据截至",
    "截至",
    "截止",
    "日期",
    "时间",
];
/// Labels before the office that filled the ledger in.
pub(super) const OFFICE_LABELS: &[&str] = &[
    "填报单位",
    "填表单位",
    "报送单位",
    "上报单位",
    "制表单位",
    "编制单位",
    "填报部门",
    "报送部门",
];
/// Labels before a unit of measurement, or before an office.
pub(super) const UNIT_LABELS: &[&str] = &["单位", "计量单位", "金额单位"];

/// A label and what is written behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Labelled {
    /// The label without remarks in brackets: 填报单位 for 填报单位（盖章）.
    pub(super) label: String,
    /// The text behind it, trimmed; may be empty.
    pub(super) value: String,
}

/// The labels of a row and their values: behind a colon, or in the next cell.
pub(super) fn labelled(row: &Row) -> Vec<Labelled> {
    let mut found: Vec<Labelled> = Vec::new();
    for cell in &row.cells {
        let text = folded(&cell.value);
        let parts = split(&text);
        let waits = found.last().is_some_and(|last| last.value.is_empty());
        if parts.is_empty() && waits {
            if let Some(last) = found.last_mut() {
                last.value = text.trim().to_owned();
            }
        } else if parts.is_empty() && is_label(&HeaderText::read(&text).short) {
            found.push(Labelled {
                label: HeaderText::read(&text).short,
                value: String::new(),
            });
        } else {
            found.extend(parts);
        }
    }
    found
}

/// The day the row names, as written: 填报日期：2022年3月18日, or 截至2022年3月18日.
pub(super) fn date_text(row: &Row) -> Option<String> {
    let labelled = labelled(row).into_iter();
    let dated = |part: &Labelled| DATE_LABELS.contains(&part.label.as_str()) && has_numeral(&part.value);
    let behind_label = labelled.into_iter().find(dated).map(|part| part.value);
    behind_label.or_else(|| row.cells.iter().find_map(|cell| until(&folded(&cell.value))))
}

/// 2022年3月18日 of （截至2022年3月18日）.
fn until(text: &str) -> Option<String> {
    let (_, behind) = text.split_once("截至").or_else(|| text.split_once("截止"))?;
    let behind = behind.trim_start_matches([' ', ':', '到']);
    let end = behind
        .find([')', ']', '】', ',', '，', ';', '。', '\n'])
        .unwrap_or(behind.len());
    let date = behind[..end].trim();
    date.starts_with(is_numeral).then(|| date.to_owned())
}

pub(super) fn has_numeral(text: &str) -> bool {
    text.contains(is_numeral)
}

fn is_numeral(letter: char) -> bool {
    letter.is_ascii_digit() || "〇零一二三四五六七八九十".contains(letter)
}

/// The cell as text with full-width letters and punctuation narrowed.
pub(super) fn folded(value: &Value) -> String {
    value.as_written().nfkc().collect()
}

/// Whether `label` stands before the day of a ledger.
pub(super) fn is_date_label(label: &str) -> bool {
    DATE_LABELS.contains(&label)
}

/// Whether `label` begins a line of a form above a table.
pub(super) fn is_form_label(label: &str) -> bool {
    is_label(label) || UNIT_LABELS.contains(&label)
}

fn is_label(text: &str) -> bool {
    [DATE_LABELS, OFFICE_LABELS].iter().any(|labels| labels.contains(&text))
}

/// Cuts a text at its colons; each value ends where the next label begins.
fn split(text: &str) -> Vec<Labelled> {
    let mut parts: Vec<Labelled> = Vec::new();
    let mut rest = text;
    while let Some(colon) = rest.find(':') {
        let start = label_start(&rest[..colon]);
        let label = HeaderText::read(&rest[start..colon]).short;
        // A time of day (10:30) or a colon in a sentence is no label.
        if label.is_empty() || label.ends_with(|last: char| last.is_ascii_digit()) {
            extend(&mut parts, &rest[..=colon]);
        } else {
            extend(&mut parts, &rest[..start]);
            parts.push(Labelled {
                label,
                value: String::new(),
            });
        }
        rest = &rest[colon + 1..];
    }
    extend(&mut parts, rest);
    for part in &mut parts {
        part.value = part.value.trim().to_owned();
    }
    parts
}

fn extend(parts: &mut [Labelled], text: &str) {
    if let Some(last) = parts.last_mut() {
        last.value.push_str(text);
    }
}

/// Where the label at the end of `text` begins: behind the last space outside brackets, or behind punctuation.
fn label_start(text: &str) -> usize {
    let mut depth = 0_i32;
    for (at, letter) in text.char_indices().rev() {
        match letter {
            ')' => depth += 1,
            '(' if depth > 0 => depth -= 1,
            _ if depth == 0 && (letter.is_whitespace() || matches!(letter, ',' | ';' | '。' | '(')) => {
                return at + letter.len_utf8();
            }
            _ => {}
        }
    }
    0
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::cell::Cell;

    pub(in crate::recognise) fn row(number: u32, texts: &[&str]) -> Row {
        let cells = (0..).zip(texts).filter(|(_, text)| !text.is_empty());
        let cell = |(column, text): (u32, &&str)| Cell {
            column,
            value: Value::Text((*text).to_owned()),
        };
        Row {
            number,
            cells: cells.map(cell).collect(),
        }
    }

    #[test]
    fn labels_are_found_behind_colons_and_in_the_cell_before() {
        type Pairs = &'static [(&'static str, &'static str)];
        let cases: [(&[&str], Pairs); 6] = [
            (
                &["填报单位（盖章）：XX县  填报日期：2022年3月18日"],
                &[("填报单位", "XX县"), ("填报日期", "2022年3月18日")],
            ),
            (&["填报日期", "2022-03-18"], &[("填报日期", "2022-03-18")]),
            (
                &["填报日期：", "", "2022-03-18", "单位:万元"],
                &[("填报日期", "2022-03-18"), ("单位", "万元")],
            ),
            (&["时间：2022-03-18 10:30"], &[("时间", "2022-03-18 10:30")]),
            (&["（单位：件、家、万元）"], &[("单位", "件、家、万元)")]),
            (&["群众信访举报一览表"], &[]),
        ];
        for (texts, wanted) in cases {
            let found = labelled(&row(1, texts));
            let found: Vec<_> = found
                .iter()
                .map(|part| (part.label.as_str(), part.value.as_str()))
                .collect();
            assert_eq!(found, wanted, "{texts:?}");
        }
    }

    #[test]
    fn the_day_of_a_ledger_is_read_where_it_is_named() {
        let cases: [(&[&str], Option<&str>); 7] = [
            (&["填报人：张三", "填报时间：２０２２．３．１８"], Some("2022.3.18")),
            (&["汇总表（截至2022年3月18日）"], Some("2022年3月18日")),
            (&["截至 二〇二二年三月", "单位：件"], Some("二〇二二年三月")),
            (&["截止日期", "2022.3"], Some("2022.3")),
            (&["截至目前整改情况"], None),
            (&["填报日期：   年  月  日"], None),
            (&["受理时间"], None),
        ];
        for (texts, wanted) in cases {
            assert_eq!(date_text(&row(1, texts)).as_deref(), wanted, "{texts:?}");
        }
    }
}
