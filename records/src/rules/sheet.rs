//! Rules on a file, a sheet or its header.

use super::Rule;
use crate::codes::Severity::{Error, Note, Warning};

/// The file has macros; they were not run, only the cells were read.
pub const MACROS_IGNORED: Rule = Rule {
    code: "F018",
    severity: Note,
    zh: "文件含有宏，宏未被执行，只读取了表格内容",
    en: "the file has macros; they were not run, only the cells were read",
};

/// No ledger was found: wanted a sheet with headers such as 受理编号 and 交办问题基本情况, or 任务编号 and 反馈问题; the sheets: `sheets`.
pub const NO_LEDGER: Rule = Rule {
    code: "S001",
    severity: Error,
    zh: "没有找到台账：需要包含“受理编号”和“交办问题基本情况”，或“任务编号”和“反馈问题”等表头的工作表；各表情况：{sheets}",
    en: "no ledger was found: wanted a sheet with headers such as 受理编号 and 交办问题基本情况, or 任务编号 and 反馈问题; the sheets: {sheets}",
};

/// The hidden sheet \"`sheet`\" was not read.
pub const SHEET_HIDDEN: Rule = Rule {
    code: "S002",
    severity: Note,
    zh: "隐藏的工作表“{sheet}”未读取",
    en: "the hidden sheet \"{sheet}\" was not read",
};

/// The sheet \"`sheet`\" is no ledger and was skipped.
pub const SHEET_SKIPPED: Rule = Rule {
    code: "S003",
    severity: Note,
    zh: "工作表“{sheet}”不是台账，已跳过",
    en: "the sheet \"{sheet}\" is no ledger and was skipped",
};

/// This format does not tell merged cells, so empty cells inside them count as empty; better save it as .xlsx.
pub const MERGES_UNREADABLE: Rule = Rule {
    code: "S004",
    severity: Note,
    zh: "该文件格式不提供合并单元格信息，合并区域内的空单元格按空值处理；建议另存为 .xlsx",
    en: "this format does not tell merged cells, so empty cells inside them count as empty; better save it as .xlsx",
};

/// The file gives different reporting dates: `dates`; the earliest is used.
pub const SEVERAL_DATES: Rule = Rule {
    code: "S005",
    severity: Warning,
    zh: "文件中有不同的填报日期：{dates}；采用最早的一个",
    en: "the file gives different reporting dates: {dates}; the earliest is used",
};

/// The reporting date \"`found`\" cannot be read, so the day of the import counts; wanted for example 2023-05-31.
pub const REPORT_DATE_UNREADABLE: Rule = Rule {
    code: "S006",
    severity: Warning,
    zh: "填报日期“{found}”无法识别，按导入当日计；应写成 2023年5月31日",
    en: "the reporting date \"{found}\" cannot be read, so the day of the import counts; wanted for example 2023-05-31",
};

/// The file has headers and no row of data, in the sheets `sheets`.
pub const NO_ROWS: Rule = Rule {
    code: "S020",
    severity: Warning,
    zh: "文件只有表头，没有数据行（工作表：{sheets}）；请填写后再报送",
    en: "the file has a header and no row of data (sheets: {sheets}); fill it in before sending it",
};

/// The required column \"`wanted`\" is missing, so the sheet was not imported.
pub const COLUMN_MISSING: Rule = Rule {
    code: "H001",
    severity: Error,
    zh: "缺少必填列“{wanted}”，该表未导入",
    en: "the required column \"{wanted}\" is missing, so the sheet was not imported",
};

/// Several columns mean \"`wanted`\": `columns`; keep one.
pub const COLUMN_TWICE: Rule = Rule {
    code: "H002",
    severity: Error,
    zh: "有多列都表示“{wanted}”：{columns}；请只保留一列",
    en: "several columns mean \"{wanted}\": {columns}; keep one",
};

/// The header \"`found`\" is not known, so its column was not imported; perhaps meant: `nearest`.
pub const COLUMN_UNKNOWN: Rule = Rule {
    code: "H003",
    severity: Note,
    zh: "表头“{found}”不认识，该列未导入；可能应为：{nearest}",
    en: "the header \"{found}\" is not known, so its column was not imported; perhaps meant: {nearest}",
};

/// The rules above.
pub const SHEET_RULES: &[&Rule] = &[
    &MACROS_IGNORED,
    &NO_LEDGER,
    &SHEET_HIDDEN,
    &SHEET_SKIPPED,
    &MERGES_UNREADABLE,
    &SEVERAL_DATES,
    &REPORT_DATE_UNREADABLE,
    &NO_ROWS,
    &COLUMN_MISSING,
    &COLUMN_TWICE,
    &COLUMN_UNKNOWN,
];
