//! Rules on the header of a sheet.
use super::Rule;
use super::params::{COLUMNS, HEADER_FOUND, HEADER_WANTED};
use crate::codes::Severity::{Error, Note, Warning};

/// The required column `wanted` is missing, so the sheet was not imported.
pub const COLUMN_MISSING: Rule = Rule {
    code: "H001",
    severity: Error,
    zh: "缺少必填的列“{wanted}”，这张表没有导入",
    en: "the required column \"{wanted}\" is missing, so the sheet was not imported",
    hint_zh: "请加上这一列并逐行填写；如果只是表头写法不同，请把表头改成“{wanted}”。",
    hint_en: "Add the column and fill it in; if only its header differs, call it \"{wanted}\".",
    params: &[HEADER_WANTED],
};

/// Several columns mean `wanted`: `columns`; which one counts is unknown, so the sheet was not imported.
pub const COLUMN_TWICE: Rule = Rule {
    code: "H002",
    severity: Error,
    zh: "有几列都表示“{wanted}”：{columns}；不知道以哪一列为准，这张表没有导入",
    en: "several columns mean \"{wanted}\": {columns}; which one counts is unknown, so the sheet was not imported",
    hint_zh: "请只保留一列“{wanted}”，其余的列删除，或者换一个表头，例如“备注”。",
    hint_en: "Keep one column \"{wanted}\"; remove the others or give them another header, such as 备注.",
    params: &[HEADER_WANTED, COLUMNS],
};

/// The header `found` is not known, so its column is kept as text in the remarks.
pub const COLUMN_UNKNOWN: Rule = Rule {
    code: "H003",
    severity: Note,
    zh: "表头“{found}”不认识，这一列按文字记入备注",
    en: "the header \"{found}\" is not known, so its column is kept as text in the remarks",
    hint_zh: "如果这一列要单独统计，请改用模板中的表头；自用的列不需要处理。",
    hint_en: "If the column is to be counted, use the template's header; a column of your own needs nothing.",
    params: &[HEADER_FOUND],
};

/// The header `found` is not known, so its column was not imported as `wanted`, which is probably meant.
pub const COLUMN_NEAR: Rule = Rule {
    code: "H021",
    severity: Warning,
    zh: "表头“{found}”不认识，很可能应写成“{wanted}”，这一列没有按“{wanted}”导入",
    en: "the header \"{found}\" is not known; it is probably meant to be \"{wanted}\", as which its column was not imported",
    hint_zh: "请把表头改成“{wanted}”后重新报送；如果确实是另一列，请说明理由。",
    hint_en: "Call it \"{wanted}\" and send the file again; if it is another column, say so in the reason.",
    params: &[HEADER_FOUND, HEADER_WANTED],
};

/// The header `found` is not known, so its column was not imported: a list has no remarks, or it is of persons.
pub const COLUMN_LEFT_OUT: Rule = Rule {
    code: "H022",
    severity: Note,
    zh: "表头“{found}”不认识，这一列没有导入",
    en: "the header \"{found}\" is not known, so its column was not imported",
    hint_zh: "如果这一列要报送，请改用模板中的表头；省级清单只收模板中的列，姓名、电话等个人信息不收，自用的列不需要处理。",
    hint_en: "If the column is to be counted, use the template's header. Lists take no other columns, and names and telephone numbers are not taken; a column of your own needs nothing.",
    params: &[HEADER_FOUND],
};

/// The rules above.
pub const HEADER_RULES: &[&Rule] = &[
    &COLUMN_MISSING,
    &COLUMN_TWICE,
    &COLUMN_UNKNOWN,
    &COLUMN_NEAR,
    &COLUMN_LEFT_OUT,
];
