//! Rules on indicators.

use super::Rule;
use crate::codes::Severity::{Error, Warning};

/// The unit "`found`" is not known; wanted one such as 公顷, 吨/日, 公里, 个.
pub const UNIT_NOT_LISTED: Rule = Rule {
    code: "C101",
    severity: Error,
    zh: "不认识单位“{found}”，请写常用单位，例如 公顷、吨/日、公里、个",
    en: "the unit \"{found}\" is not known; wanted one such as 公顷, 吨/日, 公里, 个",
};

/// "`found`" is no amount; wanted one number, with or without its unit, for example 24.85万吨/日.
pub const AMOUNT_UNREADABLE: Rule = Rule {
    code: "C102",
    severity: Error,
    zh: "“{found}”不是一个数量，应写成一个数字，可带单位，例如 24.85万吨/日",
    en: "\"{found}\" is no amount; wanted one number, with or without its unit, for example 24.85万吨/日",
};

/// The amount "`found`" is too large or has more than 6 decimal places, and cannot be kept exactly.
pub const AMOUNT_OUT_OF_RANGE: Rule = Rule {
    code: "C103",
    severity: Error,
    zh: "数量“{found}”太大，或小数超过 6 位，无法准确保存",
    en: "the amount \"{found}\" is too large or has more than 6 decimal places, and cannot be kept exactly",
};

/// The amount has the unit "`found`", the unit column says "`wanted`"; make them agree.
pub const UNITS_DISAGREE: Rule = Rule {
    code: "C104",
    severity: Error,
    zh: "数量写的单位是“{found}”，单位一栏是“{wanted}”，请改成一致",
    en: "the amount has the unit \"{found}\", the unit column says \"{wanted}\"; make them agree",
};

/// "`found`" is a number and may mean two shares (10% and 0.1 are stored alike); make the cell text and write 10%.
pub const PERCENT_AMBIGUOUS: Rule = Rule {
    code: "C105",
    severity: Error,
    zh: "“{found}”是数字，无法判断是百分之几（10% 与 0.1 存储相同），请把单元格设为文本并写成 10%",
    en: "\"{found}\" is a number and may mean two shares (10% and 0.1 are stored alike); make the cell text and write 10%",
};

/// "`found`" has no unit, while the other amount of the row is multiplied by 万 or 亿; write the unit, for example 30万吨/日.
pub const UNIT_DOUBTFUL: Rule = Rule {
    code: "C106",
    severity: Error,
    zh: "“{found}”没有写单位，而同一行另一个数带“万”或“亿”，无法判断大小；请把单位写全，例如 30万吨/日",
    en: "\"{found}\" has no unit, while the other amount of the row is multiplied by 万 or 亿; write the unit, for example 30万吨/日",
};

/// `done` are done, more than the total of `total`.
pub const DONE_ABOVE_TOTAL: Rule = Rule {
    code: "R101",
    severity: Error,
    zh: "完成数 {done} 大于总数 {total}，请核对",
    en: "{done} are done, more than the total of {total}",
};

/// Percentages cannot be added up; the aggregation must be 不汇总 or 取最新.
pub const PERCENT_SUMMED: Rule = Rule {
    code: "R102",
    severity: Error,
    zh: "百分数不能相加，“汇总方式”应写“不汇总”或“取最新”",
    en: "percentages cannot be added up; the aggregation must be 不汇总 or 取最新",
};

/// Neither done nor total is filled in; wanted at least one.
pub const AMOUNT_MISSING: Rule = Rule {
    code: "R103",
    severity: Error,
    zh: "完成数和总数都没有填，至少填一个",
    en: "neither done nor total is filled in; wanted at least one",
};

/// The stage is completed, but only `done` of `total` are done.
pub const COMPLETED_SHORT: Rule = Rule {
    code: "R104",
    severity: Warning,
    zh: "阶段写“已完成”，但完成数 {done} 小于总数 {total}",
    en: "the stage is completed, but only {done} of {total} are done",
};

/// The indicator "`name`" has several units in the file: `units` (rows `rows`), so that none of these rows was imported; use one.
pub const UNITS_IN_FILE: Rule = Rule {
    code: "X102",
    severity: Error,
    zh: "指标“{name}”在文件中用了不同单位：{units}（第 {rows} 行），这些行都未导入；请统一为一个单位",
    en: "the indicator \"{name}\" has several units in the file: {units} (rows {rows}), so that none of these rows was imported; use one",
};

/// The indicator "`name`" has been in "`wanted`" so far and is in "`found`" here; convert it.
pub const UNIT_CHANGED: Rule = Rule {
    code: "D101",
    severity: Error,
    zh: "指标“{name}”此前的单位是“{wanted}”，这里写“{found}”；请换算成“{wanted}”再填",
    en: "the indicator \"{name}\" has been in \"{wanted}\" so far and is in \"{found}\" here; convert it",
};

/// The cumulative amount went down from `before` to `after`.
pub const DONE_WENT_DOWN: Rule = Rule {
    code: "D102",
    severity: Warning,
    zh: "累计完成数变小：原为 {before}，现为 {after}",
    en: "the cumulative amount went down from {before} to {after}",
};

/// The rules above.
pub const INDICATOR_RULES: &[&Rule] = &[
    &UNIT_NOT_LISTED,
    &AMOUNT_UNREADABLE,
    &AMOUNT_OUT_OF_RANGE,
    &UNITS_DISAGREE,
    &PERCENT_AMBIGUOUS,
    &UNIT_DOUBTFUL,
    &DONE_ABOVE_TOTAL,
    &PERCENT_SUMMED,
    &AMOUNT_MISSING,
    &COMPLETED_SHORT,
    &UNITS_IN_FILE,
    &UNIT_CHANGED,
    &DONE_WENT_DOWN,
];
