//! Columns whose headers no profile knows. Nothing is counted from them, but what a county wrote is not lost: the remarks
//! keep it as text, each under its header.

use super::Context;
use super::petition::append;
use super::plan::SheetPlan;
use crate::cell::{Row, Value};
use crate::values::blank::is_blank;
use crate::values::text;

/// A header with one of these is of persons, who are not kept for nothing.
const OF_PERSONS: [&str; 8] = ["电话", "手机", "身份证", "姓名", "联系", "人员", "住址", "名单"];

/// A column that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    /// Counted from 0.
    at: u32,
    /// As written.
    header: String,
}

/// The unknown columns of a sheet that are kept. The province's lists own wordings, which have no remarks.
pub(super) fn columns(plan: &SheetPlan<'_>, context: &Context<'_>) -> Vec<Kept> {
    if context.register() && !plan.kind().is_plain() {
        return Vec::new();
    }
    let unknown = plan.layout.unknown.iter();
    let kept = unknown.filter(|column| !OF_PERSONS.iter().any(|word| column.header.contains(word)));
    kept.map(|column| Kept {
        at: column.column,
        header: text::clean(&column.header).replace('\n', ""),
    })
    .collect()
}

impl SheetPlan<'_> {
    /// Whether the column is kept.
    pub fn keeps(&self, column: u32) -> bool {
        self.kept.iter().any(|kept| kept.at == column)
    }

    /// Puts the texts of unknown columns behind the remarks of a row, once all was checked that looks at these.
    pub fn keep(&self, row: &Row, remarks: &mut Option<String>) {
        for column in &self.kept {
            let text = row.get(column.at).and_then(kept_text);
            append(remarks, text.map(|text| format!("{}：{text}", column.header)));
        }
    }
}

/// What a cell says; nothing for a blank one, for what cannot be read, and for what should not be kept of a person.
fn kept_text(value: &Value) -> Option<String> {
    let written = match value {
        Value::Error(_) => return None,
        Value::Text(written) => text::clean(written).into_owned(),
        other => other.as_written(),
    };
    let left_out = is_blank(&written)
        || text::has_damage(&written)
        || text::stand_in(&written).is_some()
        || text::personal_data(&written).is_some()
        || text::names_complainant(&written);
    (!left_out).then_some(written)
}
