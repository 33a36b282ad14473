//! What is said to a clerk: in notes, in the columns beside the rows, in zh-CN.

use std::io;

use ducha_records::codes::Severity;
use ducha_records::rules::Language;

use super::marks::{Mark, Marks, Texts};
use crate::cell::{address, column_letters};
use crate::recognise::own::STATUS_TAKEN;
use crate::values::text::shortened;

/// Every note of ours begins with it, and so is known again whoever saved the file in between.
pub(super) const NOTE_HEAD: &str = "【系统核对】";
/// Characters of a note. What is longer is not read in a small box.
const NOTE_CHARS: usize = 600;
/// Characters of the column with what is wrong in a row.
const PROBLEM_CHARS: usize = 1_500;
/// Findings of a row that are told in words beside it; of more only their number.
const PROBLEMS: usize = 12;

/// Whether rows were imported, or only checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Was {
    Imported,
    Checked,
    /// The file as a whole was refused.
    Rejected,
}

impl Was {
    /// The status of a row: few different ones, so that a filter is of use.
    pub const fn status(self, worst: Option<Severity>) -> &'static str {
        match (self, worst) {
            (Self::Rejected, _) | (Self::Imported, Some(Severity::Error)) => "未导入",
            (Self::Imported, Some(Severity::Warning)) => "已导入，有疑问",
            (Self::Imported, Some(Severity::Note)) => "已导入，有提示",
            (Self::Imported, None) => STATUS_TAKEN,
            (Self::Checked, Some(Severity::Error)) => "不能导入",
            (Self::Checked, Some(Severity::Warning)) => "可以导入，有疑问",
            (Self::Checked, Some(Severity::Note)) => "可以导入，有提示",
            (Self::Checked, None) => "可以导入",
        }
    }
}

/// 错误, 疑问 or 提示.
pub(super) const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "错误",
        Severity::Warning => "疑问",
        Severity::Note => "提示",
    }
}

/// The note on a cell: what was found, what is wanted, and the code of the rule, for each finding in it.
pub(super) fn note(marks: &Marks, found: &[Mark]) -> io::Result<String> {
    let mut out = String::new();
    for mark in found {
        let texts = marks.texts(mark)?;
        let mut message = sentence(mark, &texts);
        if let Some(reason) = marks.reason(mark)? {
            message.push_str(&format!("\n已说明理由：{reason}"));
        }
        out.push_str(if out.is_empty() { NOTE_HEAD } else { "\n" });
        out.push_str(&format!(
            "{}（{}）\n{message}",
            severity(mark.rule.severity),
            mark.rule.code
        ));
    }
    Ok(shortened(&out, NOTE_CHARS).into_owned())
}

fn sentence(mark: &Mark, texts: &Texts) -> String {
    let message = texts.message(mark.rule, Language::Zh);
    if texts.suggestion.is_empty() {
        message
    } else {
        format!("{message}\n建议改为：{}", texts.suggestion)
    }
}

/// What is wrong in a row, one line for each finding.
pub(super) fn problems(marks: &Marks, row: &[Mark]) -> io::Result<String> {
    let mut lines = Vec::new();
    for mark in row.iter().take(PROBLEMS) {
        let texts = marks.texts(mark)?;
        let place = mark.column.map_or_else(String::new, |column| {
            let cell = address(mark.row, u32::from(column));
            format!("{cell}　{}", texts.header).trim_end().to_owned() + "："
        });
        let message = sentence(mark, &texts).replace('\n', "；");
        let explained = match marks.reason(mark)? {
            Some(_) => "，已说明理由",
            None => "",
        };
        lines.push(format!("{place}{message}（{}{explained}）", mark.rule.code));
    }
    if let Some(rest) = row.get(PROBLEMS..).filter(|rest| !rest.is_empty()) {
        let columns = rest.iter().filter_map(|mark| mark.column);
        let mut columns: Vec<String> = columns.map(|column| column_letters(u32::from(column))).collect();
        columns.dedup();
        columns.truncate(PROBLEMS);
        lines.push(format!("另有 {} 处问题，在 {} 列", rest.len(), columns.join("、")));
    }
    Ok(shortened(&lines.join("\n"), PROBLEM_CHARS).into_owned())
}
