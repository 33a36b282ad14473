//! Rules on indicators.

use super::Rule;
use super::params::{
    AMOUNT_AFTER, AMOUNT_BEFORE, DONE, FIRST, FOUND, INDICATOR, ROWS, TOTAL_AMOUNT, TOTAL_BESIDE, TOTAL_IN_COLUMN,
    UNIT_FOUND, UNIT_WANTED, UNITS,
};
use crate::codes::Severity::{Error, Warning};

/// The unit "`found`" is not known; wanted one such as 公顷, 吨/日, 公里, 个.
pub const UNIT_NOT_LISTED: Rule = Rule {
    code: "C101",
    severity: Error,
    zh: "不认识单位“{found}”",
    en: "the unit \"{found}\" is not known",
    hint_zh: "请写常用单位，例如 公顷、吨/日、公里、个。",
    hint_en: "Write a usual unit, such as 公顷, 吨/日, 公里 or 个.",
    params: &[UNIT_FOUND],
};

/// "`found`" is no amount; wanted one number, with or without its unit, for example 24.85万吨/日.
pub const AMOUNT_UNREADABLE: Rule = Rule {
    code: "C102",
    severity: Error,
    zh: "“{found}”不是一个数量",
    en: "\"{found}\" is no amount",
    hint_zh: "请写成一个数字，可以带单位，例如 24.85万吨/日。",
    hint_en: "Write one number, with or without its unit, such as 24.85万吨/日.",
    params: &[FOUND],
};

/// The amount "`found`" is too large or has more than 6 decimal places, and cannot be kept exactly.
pub const AMOUNT_OUT_OF_RANGE: Rule = Rule {
    code: "C103",
    severity: Error,
    zh: "数量“{found}”太大，或小数超过 6 位，无法准确保存",
    en: "the amount \"{found}\" is too large or has more than 6 decimal places, and cannot be kept exactly",
    hint_zh: "请核对数字；小数最多 6 位。",
    hint_en: "Check the number; it may have 6 decimal places.",
    params: &[FOUND],
};

/// The amount has the unit "`found`", the unit column says "`wanted`"; make them agree.
pub const UNITS_DISAGREE: Rule = Rule {
    code: "C104",
    severity: Error,
    zh: "数量写的单位是“{found}”，单位一栏是“{wanted}”",
    en: "the amount has the unit \"{found}\", the unit column says \"{wanted}\"",
    hint_zh: "请改成同一个单位，例如都写“吨/日”。",
    hint_en: "Make them agree, such as 吨/日 in both.",
    params: &[UNIT_FOUND, UNIT_WANTED],
};

/// "`found`" is a number and may mean two shares (10% and 0.1 are stored alike); make the cell text and write 10%.
pub const PERCENT_AMBIGUOUS: Rule = Rule {
    code: "C105",
    severity: Error,
    zh: "“{found}”是数字，无法判断是百分之几（10% 与 0.1 存储相同）",
    en: "\"{found}\" is a number and may mean two shares (10% and 0.1 are stored alike)",
    hint_zh: "请把单元格设为文本，写成带百分号的数，例如 10%。",
    hint_en: "Make the cell text and write it with its sign, such as 10%.",
    params: &[FOUND],
};

/// "`found`" has no unit, while the other amount of the row is multiplied by 万 or 亿; write the unit, for example 30万吨/日.
pub const UNIT_DOUBTFUL: Rule = Rule {
    code: "C106",
    severity: Error,
    zh: "“{found}”没有写单位，而同一行另一个数带“万”或“亿”，无法判断大小",
    en: "\"{found}\" has no unit, while the other amount of the row is multiplied by 万 or 亿",
    hint_zh: "请把单位写全，例如 30万吨/日。",
    hint_en: "Write the unit in full, such as 30万吨/日.",
    params: &[FOUND],
};

/// The cell of what is done says a total of `found`, the column of totals says `wanted`.
pub const TOTALS_DIFFER: Rule = Rule {
    code: "C107",
    severity: Error,
    zh: "完成数里写的总数是 {found}，总数一栏写的是 {wanted}",
    en: "the cell of what is done says a total of {found}, the column of totals says {wanted}",
    hint_zh: "请核对后改成一致，总数只写一处即可，例如完成数写 821，总数写 826。",
    hint_en: "Make them agree; one of them is enough, for example 821 done and a total of 826.",
    params: &[TOTAL_BESIDE, TOTAL_IN_COLUMN],
};

/// `done` are done, more than the total of `total`.
pub const DONE_ABOVE_TOTAL: Rule = Rule {
    code: "R101",
    severity: Error,
    zh: "完成数 {done} 大于总数 {total}",
    en: "{done} are done, more than the total of {total}",
    hint_zh: "请核对两个数是否填反，例如完成 821、总数 826。",
    hint_en: "Check whether they were swapped, such as 821 done of 826.",
    params: &[DONE, TOTAL_AMOUNT],
};

/// Percentages cannot be added up; the aggregation must be 不汇总 or 取最新.
pub const PERCENT_SUMMED: Rule = Rule {
    code: "R102",
    severity: Error,
    zh: "百分数不能相加",
    en: "percentages cannot be added up",
    hint_zh: "“汇总方式”请写“不汇总”或“取最新”。",
    hint_en: "Write 不汇总 or 取最新 as the aggregation.",
    params: &[],
};

/// Neither done nor total is filled in; wanted at least one.
pub const AMOUNT_MISSING: Rule = Rule {
    code: "R103",
    severity: Error,
    zh: "完成数和总数都没有填",
    en: "neither done nor total is filled in",
    hint_zh: "请至少填写一个，例如完成数 821。",
    hint_en: "Fill in at least one, such as 821 done.",
    params: &[],
};

/// The stage is completed, but only `done` of `total` are done.
pub const COMPLETED_SHORT: Rule = Rule {
    code: "R104",
    severity: Warning,
    zh: "阶段写“已完成”，但完成数 {done} 小于总数 {total}",
    en: "the stage is completed, but only {done} of {total} are done",
    hint_zh: "请核对阶段，没有全部完成的请写“实施中”。",
    hint_en: "Check the stage; what is not all done is 实施中.",
    params: &[DONE, TOTAL_AMOUNT],
};

/// The indicator "`name`" has several units in the file: `units` (rows `rows`), so that none of these rows was imported; use one.
pub const UNITS_IN_FILE: Rule = Rule {
    code: "X102",
    severity: Error,
    zh: "指标“{name}”在文件中用了不同单位：{units}（第 {rows} 行），这些行都未导入",
    en: "the indicator \"{name}\" has several units in the file: {units} (rows {rows}), so that none of these rows was imported",
    hint_zh: "请统一为一个单位，例如都写“公顷”。",
    hint_en: "Use one unit, such as 公顷 in all rows.",
    params: &[INDICATOR, UNITS, ROWS, FIRST],
};

/// The indicator "`name`" has been in "`wanted`" so far and is in "`found`" here; convert it.
pub const UNIT_CHANGED: Rule = Rule {
    code: "D101",
    severity: Error,
    zh: "指标“{name}”以前的单位是“{wanted}”，这次是“{found}”",
    en: "the indicator \"{name}\" has been in \"{wanted}\" so far and is in \"{found}\" here",
    hint_zh: "请换算成“{wanted}”后再填，例如 1.2万平方米 是 1.2公顷。",
    hint_en: "Convert it into \"{wanted}\", as 1.2万平方米 is 1.2公顷.",
    params: &[INDICATOR, UNIT_WANTED, UNIT_FOUND],
};

/// The cumulative amount went down from `before` to `after`.
pub const DONE_WENT_DOWN: Rule = Rule {
    code: "D102",
    severity: Warning,
    zh: "累计完成数变小：上次是 {before}，这次是 {after}",
    en: "the cumulative amount went down from {before} to {after}",
    hint_zh: "累计数只增不减，请核对；确需核减的，请说明原因。",
    hint_en: "A cumulative amount does not shrink; if it was corrected, say why in the reason.",
    params: &[AMOUNT_BEFORE, AMOUNT_AFTER],
};

/// The rules above.
pub const INDICATOR_RULES: &[&Rule] = &[
    &UNIT_NOT_LISTED,
    &AMOUNT_UNREADABLE,
    &AMOUNT_OUT_OF_RANGE,
    &UNITS_DISAGREE,
    &PERCENT_AMBIGUOUS,
    &UNIT_DOUBTFUL,
    &TOTALS_DIFFER,
    &DONE_ABOVE_TOTAL,
    &PERCENT_SUMMED,
    &AMOUNT_MISSING,
    &COMPLETED_SHORT,
    &UNITS_IN_FILE,
    &UNIT_CHANGED,
    &DONE_WENT_DOWN,
];
