//! Rules on one cell with a number: record numbers, batches, counts, money, coordinates.
use super::Rule;
use super::params::{
    AMOUNT, AMOUNT_LIMIT, AXIS, EXAMPLE, FOUND, HEADER, LEAST, LETTERS, LETTERS_WANTED, LIMIT, MOST, ROUND,
    ROUND_WANTED, UNIT, UNITS_WANTED, WANTED,
};
use crate::codes::Severity::{Error, Note, Warning};

/// `found` is no number.
pub const NUMBER_UNREADABLE: Rule = Rule {
    code: "C009",
    severity: Error,
    zh: "“{found}”不是数字",
    en: "\"{found}\" is no number",
    hint_zh: "请只填整数，例如 3；没有的填 0 或留空。",
    hint_en: "Write a whole number such as 3; for none write 0 or leave the cell empty.",
    params: &[FOUND],
};

/// `found` is below 0.
pub const NUMBER_NEGATIVE: Rule = Rule {
    code: "C010",
    severity: Error,
    zh: "“{found}”小于 0",
    en: "\"{found}\" is below 0",
    hint_zh: "请填 0 或大于 0 的数，例如 3。",
    hint_en: "Write 0 or more, such as 3.",
    params: &[FOUND],
};

/// `found` is not whole.
pub const NUMBER_FRACTION: Rule = Rule {
    code: "C011",
    severity: Error,
    zh: "“{found}”不是整数",
    en: "\"{found}\" is not whole",
    hint_zh: "家数、件数、人数请填整数，例如 3。",
    hint_en: "Firms, cases and persons are whole numbers, such as 3.",
    params: &[FOUND],
};

/// `found` is too large for a count.
pub const NUMBER_TOO_LARGE: Rule = Rule {
    code: "C012",
    severity: Error,
    zh: "“{found}”太大，不像是数量",
    en: "\"{found}\" is too large for a count",
    hint_zh: "请核对是否填错了列，例如把编号或电话填进了数量。",
    hint_en: "Check that the value stands in its column; a number or phone may have slipped in.",
    params: &[FOUND],
};

/// The unit `unit` of `found` does not fit; wanted: `wanted`.
pub const UNIT_UNKNOWN: Rule = Rule {
    code: "C013",
    severity: Error,
    zh: "“{found}”的单位“{unit}”不对，应为：{wanted}",
    en: "the unit \"{unit}\" of \"{found}\" does not fit; wanted: {wanted}",
    hint_zh: "请换算成规定的单位，或者只填数字，例如 3。",
    hint_en: "Convert it to the unit that is wanted, or write the bare number, such as 3.",
    params: &[FOUND, UNIT, UNITS_WANTED],
};

/// The amount `found` has no unit; it may be 万元 or 元.
pub const MONEY_UNIT_MISSING: Rule = Rule {
    code: "C014",
    severity: Error,
    zh: "金额“{found}”没有单位，不知道是万元还是元",
    en: "the amount \"{found}\" has no unit; it may be 万元 or 元",
    hint_zh: "请在表头写明单位，例如“罚款金额（万元）”，或者在单元格写 5万元。",
    hint_en: "Name the unit in the header, such as 罚款金额（万元）, or in the cell: 5万元.",
    params: &[FOUND],
};

/// The number `found` cannot be used.
pub const NUMBER_MALFORMED: Rule = Rule {
    code: "C020",
    severity: Error,
    zh: "编号“{found}”的格式不对，无法使用",
    en: "the number \"{found}\" cannot be used",
    hint_zh: "请按交办清单填写，写成 {wanted} 这样的形式。",
    hint_en: "Copy it from the handover list; it looks like {wanted}.",
    params: &[FOUND, EXAMPLE],
};

/// The number `found` has an unusual form.
pub const NUMBER_UNUSUAL: Rule = Rule {
    code: "C021",
    severity: Warning,
    zh: "编号“{found}”不是常见的写法",
    en: "the number \"{found}\" has an unusual form",
    hint_zh: "请与交办清单核对，一般写成 {wanted} 这样的形式；清单上就是这样写的，请说明理由。",
    hint_en: "Compare it with the handover list; it usually looks like {wanted}. If the list has it so, say so in the reason.",
    params: &[FOUND, EXAMPLE],
};

/// The batch `found` cannot be read; wanted one batch.
pub const BATCH_UNREADABLE: Rule = Rule {
    code: "C026",
    severity: Error,
    zh: "批次“{found}”无法识别，每行只能填一个批次",
    en: "the batch \"{found}\" cannot be read; wanted one batch",
    hint_zh: "请写成“第26批”或 26。",
    hint_en: "Write it like 第26批 or 26.",
    params: &[FOUND],
};

/// The number `found` mixes the letter O and zero and was read as `wanted`.
pub const NUMBER_CORRECTED: Rule = Rule {
    code: "C030",
    severity: Note,
    zh: "编号“{found}”中字母 O 与数字 0 混用，已按“{wanted}”读取",
    en: "the number \"{found}\" mixes the letter O and zero and was read as \"{wanted}\"",
    hint_zh: "请核对；读取无误的不需要处理，下次请填 {wanted}。",
    hint_en: "Check it; if it was read right, nothing to do. Next time write {wanted}.",
    params: &[FOUND, WANTED],
};

/// The number `found` is of round `round`; this inspection is round `wanted`.
pub const NUMBER_OTHER_ROUND: Rule = Rule {
    code: "C041",
    severity: Warning,
    zh: "编号“{found}”表示第 {round} 轮督察，本次是第 {wanted} 轮",
    en: "the number \"{found}\" is of round {round}; this inspection is round {wanted}",
    hint_zh: "请与交办清单核对编号的第二位，例如第 2 轮的编号写成 X2GZ202112070001。",
    hint_en: "Compare the second character with the handover list: round 2 has numbers like X2GZ202112070001.",
    params: &[FOUND, ROUND, ROUND_WANTED],
};

/// The number `found` has the letters `letters` of another province; this one's are `wanted`.
pub const NUMBER_OTHER_PROVINCE: Rule = Rule {
    code: "C042",
    severity: Warning,
    zh: "编号“{found}”中的省份代码是 {letters}，本省是 {wanted}",
    en: "the number \"{found}\" has the letters {letters} of another province; this one's are {wanted}",
    hint_zh: "请与交办清单核对编号的第三、四位，例如 X2{wanted}202112070001。",
    hint_en: "Compare the third and fourth characters with the handover list, as in X2{wanted}202112070001.",
    params: &[FOUND, LETTERS, LETTERS_WANTED],
};

/// The `what` `found` is not between `least` and `most`.
pub const COORDINATE_OUTSIDE: Rule = Rule {
    code: "C043",
    severity: Warning,
    zh: "{what}“{found}”不在 {least} 至 {most} 之间",
    en: "the {what} \"{found}\" is not between {least} and {most}",
    hint_zh: "请用十进制的度填写，并核对经度、纬度是否填反，例如经度 106.71，纬度 26.57。",
    hint_en: "Write decimal degrees and check that the two are not swapped: longitude 106.71, latitude 26.57.",
    params: &[AXIS, FOUND, LEAST, MOST],
};

/// The spreadsheet program turned the number into the date `found`.
pub const NUMBER_BECAME_DATE: Rule = Rule {
    code: "C047",
    severity: Error,
    zh: "编号被表格软件变成了日期 {found}",
    en: "the spreadsheet program turned the number into the date {found}",
    hint_zh: "请先把单元格设为文本，再重新填写，例如 12-3。",
    hint_en: "Make the cell text and type the number again, such as 12-3.",
    params: &[FOUND],
};

/// The amount `found` is finer than one fen; its unit is probably wrong.
pub const MONEY_TOO_FINE: Rule = Rule {
    code: "C048",
    severity: Error,
    zh: "金额“{found}”比 1 分还细，单位很可能写错了",
    en: "the amount \"{found}\" is finer than one fen; its unit is probably wrong",
    hint_zh: "请核对单位：1547.256 应是万元，不是元。",
    hint_en: "Check the unit: 1547.256 is meant in 万元, not in 元.",
    params: &[FOUND],
};

/// A fine of `found` for one petition is above `limit`.
pub const FINE_IMPLAUSIBLE: Rule = Rule {
    code: "C049",
    severity: Warning,
    zh: "一件信访罚款 {found}，超过 {limit}",
    en: "a fine of {found} for one petition is above {limit}",
    hint_zh: "请核对单位，例如 50000 元应填 5 万元；金额无误的，请说明理由。",
    hint_en: "Check the unit: 50000 元 is 5 万元. If the amount is right, say so in the reason.",
    params: &[AMOUNT, AMOUNT_LIMIT],
};

/// `found` is above `limit` for `header` of one petition.
pub const COUNT_IMPLAUSIBLE: Rule = Rule {
    code: "C050",
    severity: Warning,
    zh: "一件信访的“{header}”是 {found}，超过 {limit}",
    en: "{found} is above {limit} for \"{header}\" of one petition",
    hint_zh: "请核对是否填错了列，例如把日期或金额填进了人数；数字无误的，请说明理由。",
    hint_en: "Check that no date or amount stands in this column. If the number is right, say so in the reason.",
    params: &[HEADER, FOUND, LIMIT],
};

/// The round `found` is not this inspection's, which is `wanted`.
pub const ROUND_DISAGREES: Rule = Rule {
    code: "C052",
    severity: Warning,
    zh: "轮次“{found}”与本次督察的第 {wanted} 轮不符",
    en: "the round \"{found}\" is not this inspection's, which is {wanted}",
    hint_zh: "请核对这一行是否属于本次督察，属于的写成“第{wanted}轮”。",
    hint_en: "Check that the row belongs to this inspection; if so write 第{wanted}轮.",
    params: &[FOUND, ROUND_WANTED],
};

/// The rules above.
pub const NUMBER_RULES: &[&Rule] = &[
    &NUMBER_UNREADABLE,
    &NUMBER_NEGATIVE,
    &NUMBER_FRACTION,
    &NUMBER_TOO_LARGE,
    &UNIT_UNKNOWN,
    &MONEY_UNIT_MISSING,
    &NUMBER_MALFORMED,
    &NUMBER_UNUSUAL,
    &BATCH_UNREADABLE,
    &NUMBER_CORRECTED,
    &NUMBER_OTHER_ROUND,
    &NUMBER_OTHER_PROVINCE,
    &COORDINATE_OUTSIDE,
    &NUMBER_BECAME_DATE,
    &MONEY_TOO_FINE,
    &FINE_IMPLAUSIBLE,
    &COUNT_IMPLAUSIBLE,
    &ROUND_DISAGREES,
];
