//! Rules on one cell.

use super::Rule;
use crate::codes::Severity::{Error, Note, Warning};

/// \"`header`\" must be filled in and is empty.
pub const REQUIRED_EMPTY: Rule = Rule {
    code: "C001",
    severity: Error,
    zh: "“{header}”必填，现为空",
    en: "\"{header}\" must be filled in and is empty",
};

/// \"`found`\" is not one of: `wanted`.
pub const NOT_IN_LIST: Rule = Rule {
    code: "C002",
    severity: Error,
    zh: "“{found}”不在可选值中，应为：{wanted}",
    en: "\"{found}\" is not one of: {wanted}",
};

/// The date \"`found`\" cannot be read; wanted for example 2022-03-18.
pub const DATE_UNREADABLE: Rule = Rule {
    code: "C003",
    severity: Error,
    zh: "日期“{found}”无法识别，应写成 2022-03-18",
    en: "the date \"{found}\" cannot be read; wanted for example 2022-03-18",
};

/// The date \"`found`\" has no year; wanted for example 2022-03-18.
pub const DATE_WITHOUT_YEAR: Rule = Rule {
    code: "C004",
    severity: Error,
    zh: "日期“{found}”没有年份，应写成 2022-03-18",
    en: "the date \"{found}\" has no year; wanted for example 2022-03-18",
};

/// The date \"`found`\" is implausible; wanted one from `earliest` to `latest`.
pub const DATE_OUTSIDE: Rule = Rule {
    code: "C005",
    severity: Error,
    zh: "日期“{found}”超出合理范围，应在 {earliest} 至 {latest} 之间",
    en: "the date \"{found}\" is implausible; wanted one from {earliest} to {latest}",
};

/// \"`found`\" is a number and may mean two months (2022.1 and 2022.10 are stored alike); make the cell text and write 2022-10.
pub const DATE_AMBIGUOUS: Rule = Rule {
    code: "C006",
    severity: Error,
    zh: "“{found}”是数字，无法判断是几月（2022.1 与 2022.10 存储相同），请把单元格设为文本并写成 2022-10",
    en: "\"{found}\" is a number and may mean two months (2022.1 and 2022.10 are stored alike); make the cell text and write 2022-10",
};

/// There is no such day as \"`found`\".
pub const DATE_IMPOSSIBLE: Rule = Rule {
    code: "C007",
    severity: Error,
    zh: "日历上没有“{found}”这一天",
    en: "there is no such day as \"{found}\"",
};

/// \"`found`\" is a span of time; wanted one date.
pub const DATE_IS_RANGE: Rule = Rule {
    code: "C008",
    severity: Error,
    zh: "“{found}”是一段时间，此处应为一个日期",
    en: "\"{found}\" is a span of time; wanted one date",
};

/// \"`found`\" is no number; wanted a whole number such as 3.
pub const NUMBER_UNREADABLE: Rule = Rule {
    code: "C009",
    severity: Error,
    zh: "“{found}”不是数字，应为整数，例如 3",
    en: "\"{found}\" is no number; wanted a whole number such as 3",
};

/// \"`found`\" is below 0; wanted 0 or more.
pub const NUMBER_NEGATIVE: Rule = Rule {
    code: "C010",
    severity: Error,
    zh: "“{found}”小于 0，应为 0 或更大",
    en: "\"{found}\" is below 0; wanted 0 or more",
};

/// \"`found`\" is not whole; wanted a whole number.
pub const NUMBER_FRACTION: Rule = Rule {
    code: "C011",
    severity: Error,
    zh: "“{found}”不是整数，应为整数",
    en: "\"{found}\" is not whole; wanted a whole number",
};

/// \"`found`\" is too large; at most `limit`.
pub const NUMBER_TOO_LARGE: Rule = Rule {
    code: "C012",
    severity: Error,
    zh: "“{found}”过大，最大为 {limit}",
    en: "\"{found}\" is too large; at most {limit}",
};

/// The unit \"`unit`\" of \"`found`\" does not fit; wanted: `wanted`.
pub const UNIT_UNKNOWN: Rule = Rule {
    code: "C013",
    severity: Error,
    zh: "“{found}”的单位“{unit}”不符，应为：{wanted}",
    en: "the unit \"{unit}\" of \"{found}\" does not fit; wanted: {wanted}",
};

/// The amount \"`found`\" has no unit; header or cell must say 万元 or 元.
pub const MONEY_UNIT_MISSING: Rule = Rule {
    code: "C014",
    severity: Error,
    zh: "金额“{found}”没有单位，表头或单元格须写明“万元”或“元”",
    en: "the amount \"{found}\" has no unit; header or cell must say 万元 or 元",
};

/// The cell shows the formula error `found`; mend the formula or type the value.
pub const EXCEL_ERROR: Rule = Rule {
    code: "C015",
    severity: Error,
    zh: "单元格是公式错误 {found}，请修正公式或改填数值",
    en: "the cell shows the formula error {found}; mend the formula or type the value",
};

/// The text has damaged characters; please type it again.
pub const DAMAGED_TEXT: Rule = Rule {
    code: "C016",
    severity: Error,
    zh: "文字含有乱码，请重新录入",
    en: "the text has damaged characters; please type it again",
};

/// The division \"`found`\" is not known.
pub const DIVISION_UNKNOWN: Rule = Rule {
    code: "C017",
    severity: Error,
    zh: "行政区域“{found}”无法识别",
    en: "the division \"{found}\" is not known",
};

/// \"`found`\" is a former name or code and was taken as \"`wanted`\".
pub const DIVISION_FORMER: Rule = Rule {
    code: "C018",
    severity: Warning,
    zh: "“{found}”是旧名称或旧代码，已按“{wanted}”处理",
    en: "\"{found}\" is a former name or code and was taken as \"{wanted}\"",
};

/// \"`found`\" is not within the reporting division \"`wanted`\".
pub const DIVISION_FOREIGN: Rule = Rule {
    code: "C019",
    severity: Error,
    zh: "“{found}”不属于填报地区“{wanted}”",
    en: "\"{found}\" is not within the reporting division \"{wanted}\"",
};

/// The number \"`found`\" cannot be used; wanted for example `wanted`.
pub const NUMBER_MALFORMED: Rule = Rule {
    code: "C020",
    severity: Error,
    zh: "编号“{found}”无法使用，应形如 {wanted}",
    en: "the number \"{found}\" cannot be used; wanted for example {wanted}",
};

/// The number \"`found`\" has an unusual form; wanted for example `wanted`.
pub const NUMBER_UNUSUAL: Rule = Rule {
    code: "C021",
    severity: Warning,
    zh: "编号“{found}”不是常见格式，应形如 {wanted}",
    en: "the number \"{found}\" has an unusual form; wanted for example {wanted}",
};

/// The text holds a phone number; remove it before it is published.
pub const PHONE_NUMBER: Rule = Rule {
    code: "C022",
    severity: Warning,
    zh: "文字中有手机号码，公开前请删除",
    en: "the text holds a phone number; remove it before it is published",
};

/// The text holds an identity card number; remove it before it is published.
pub const IDENTITY_CARD: Rule = Rule {
    code: "C031",
    severity: Warning,
    zh: "文字中有身份证号码，公开前请删除",
    en: "the text holds an identity card number; remove it before it is published",
};

/// The text has `found` characters; at most `limit`.
pub const TEXT_TOO_LONG: Rule = Rule {
    code: "C023",
    severity: Error,
    zh: "文字有 {found} 字，最多 {limit} 字",
    en: "the text has {found} characters; at most {limit}",
};

/// The deadline \"`found`\" cannot be read; wanted for example 2023年12月底前, 立行立改 or 长期坚持.
pub const DEADLINE_UNREADABLE: Rule = Rule {
    code: "C024",
    severity: Error,
    zh: "时限“{found}”无法识别，应写成 2023年12月底前、立行立改 或 长期坚持",
    en: "the deadline \"{found}\" cannot be read; wanted for example 2023年12月底前, 立行立改 or 长期坚持",
};

/// The deadline \"`found`\" names no year and the file gives no reporting date to count from.
pub const DEADLINE_WITHOUT_YEAR: Rule = Rule {
    code: "C025",
    severity: Error,
    zh: "时限“{found}”没有年份，且文件没有填报日期可供推算",
    en: "the deadline \"{found}\" names no year and the file gives no reporting date to count from",
};

/// The batch \"`found`\" cannot be read; wanted for example 第26批.
pub const BATCH_UNREADABLE: Rule = Rule {
    code: "C026",
    severity: Error,
    zh: "批次“{found}”无法识别，应写成 第26批",
    en: "the batch \"{found}\" cannot be read; wanted for example 第26批",
};

/// The division \"`found`\" may mean: `wanted`.
pub const DIVISION_AMBIGUOUS: Rule = Rule {
    code: "C027",
    severity: Error,
    zh: "行政区域“{found}”可能指：{wanted}",
    en: "the division \"{found}\" may mean: {wanted}",
};

/// The deadline \"`found`\" has several dates; the last one counts.
pub const DEADLINE_STAGED: Rule = Rule {
    code: "C028",
    severity: Warning,
    zh: "时限“{found}”有多个日期，按最后一个计",
    en: "the deadline \"{found}\" has several dates; the last one counts",
};

/// \"`found`\" names several divisions; each row of this ledger is one division's.
pub const DIVISIONS_SEVERAL: Rule = Rule {
    code: "C029",
    severity: Error,
    zh: "“{found}”包含多个地区，本表每行应填一个办理地区",
    en: "\"{found}\" names several divisions; each row of this ledger is one division's",
};

/// The letter O in "`found`" was read as a zero, or a zero as an O: "`wanted`".
pub const NUMBER_CORRECTED: Rule = Rule {
    code: "C030",
    severity: Note,
    zh: "编号“{found}”中的字母 O 与数字 0 混用，已按“{wanted}”读取",
    en: "the number \"{found}\" mixes the letter O and zero and was read as \"{wanted}\"",
};

/// The rules above.
pub const CELL_RULES: &[&Rule] = &[
    &REQUIRED_EMPTY,
    &NOT_IN_LIST,
    &DATE_UNREADABLE,
    &DATE_WITHOUT_YEAR,
    &DATE_OUTSIDE,
    &DATE_AMBIGUOUS,
    &DATE_IMPOSSIBLE,
    &DATE_IS_RANGE,
    &NUMBER_UNREADABLE,
    &NUMBER_NEGATIVE,
    &NUMBER_FRACTION,
    &NUMBER_TOO_LARGE,
    &UNIT_UNKNOWN,
    &MONEY_UNIT_MISSING,
    &EXCEL_ERROR,
    &DAMAGED_TEXT,
    &DIVISION_UNKNOWN,
    &DIVISION_FORMER,
    &DIVISION_FOREIGN,
    &NUMBER_MALFORMED,
    &NUMBER_UNUSUAL,
    &PHONE_NUMBER,
    &IDENTITY_CARD,
    &TEXT_TOO_LONG,
    &DEADLINE_UNREADABLE,
    &DEADLINE_WITHOUT_YEAR,
    &BATCH_UNREADABLE,
    &DIVISION_AMBIGUOUS,
    &DEADLINE_STAGED,
    &DIVISIONS_SEVERAL,
    &NUMBER_CORRECTED,
];
