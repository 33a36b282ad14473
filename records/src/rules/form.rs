//! Rules on what changed in a division's form since its last ledger of the kind. They need the stored records.
use super::Rule;
use super::params::{HEADER, HEADER_NOW, HEADER_THEN, LETTER_NOW, LETTER_THEN, TAKEN_FOR, WORD};
use crate::codes::Severity::Note;

/// The column `found` was not in the last ledger.
pub const FORM_COLUMN_ADDED: Rule = Rule {
    code: "H031",
    severity: Note,
    zh: "这次多了一列“{found}”，上次的台账没有",
    en: "the column \"{found}\" was not in the last ledger",
    hint_zh: "确实要填报的不需要处理；误加的，请删除这一列后重新报送。",
    hint_en: "If it is meant to be there, nothing to do, else remove it and send the file again.",
    params: &[HEADER_NOW],
};

/// The last ledger's column `before` is not in this one.
pub const FORM_COLUMN_GONE: Rule = Rule {
    code: "H032",
    severity: Note,
    zh: "上次台账里的“{before}”一列，这次没有了",
    en: "the last ledger's column \"{before}\" is not in this one",
    hint_zh: "不再填报的不需要处理；漏掉的，请把这一列加回来，表头写“{before}”，填好后重新报送。",
    hint_en: "If it is no longer reported, nothing to do; else put it back under the header \"{before}\" and fill it in.",
    params: &[HEADER_THEN],
};

/// The header `before` of the last ledger reads `found` now.
pub const FORM_COLUMN_RENAMED: Rule = Rule {
    code: "H033",
    severity: Note,
    zh: "表头变了：上次是“{before}”，这次是“{found}”",
    en: "the header \"{before}\" of the last ledger reads \"{found}\" now",
    hint_zh: "系统当作同一列处理，意思没变的不需要处理；如果填的内容或者单位不同了，请把表头改回“{before}”并核对这一列。",
    hint_en: "It counts as the same column; if its meaning or unit changed, write \"{before}\" again and check the column.",
    params: &[HEADER_THEN, HEADER_NOW],
};

/// The column `found` moved from `before` to `after`.
pub const FORM_COLUMN_MOVED: Rule = Rule {
    code: "H034",
    severity: Note,
    zh: "“{found}”一列换了位置：上次在 {before} 列，这次在 {after} 列",
    en: "the column \"{found}\" moved from {before} to {after}",
    hint_zh: "系统按表头识别，换位置不影响导入；请核对这一列的内容没有错位，例如没有整列粘贴错。",
    hint_en: "Columns are known by their headers, so nothing is lost; check that its cells belong under it.",
    params: &[HEADER_NOW, LETTER_THEN, LETTER_NOW],
};

/// Under `header` the word `found` was never used before; it is taken for `wanted`.
pub const FORM_WORD_NEW: Rule = Rule {
    code: "C061",
    severity: Note,
    zh: "“{header}”一列以前没有用过“{found}”这个写法，系统按“{wanted}”处理",
    en: "under \"{header}\" the word \"{found}\" was never used before; it is taken for \"{wanted}\"",
    hint_zh: "理解得对的不需要处理，最好直接写“{wanted}”；理解得不对的，请改成模板中可选的词语。",
    hint_en: "If that is meant, nothing to do, though \"{wanted}\" is plainer; else write one of the template's choices.",
    params: &[HEADER, WORD, TAKEN_FOR],
};

/// The rules above.
pub const FORM_RULES: &[&Rule] = &[
    &FORM_COLUMN_ADDED,
    &FORM_COLUMN_GONE,
    &FORM_COLUMN_RENAMED,
    &FORM_COLUMN_MOVED,
    &FORM_WORD_NEW,
];
