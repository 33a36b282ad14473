//! Rules on one cell with a date or a deadline.
use super::Rule;
use super::params::{EARLIEST, FOUND, LATEST};
use crate::codes::Severity::{Error, Warning};

/// The date `found` cannot be read.
pub const DATE_UNREADABLE: Rule = Rule {
    code: "C003",
    severity: Error,
    zh: "日期“{found}”无法识别",
    en: "the date \"{found}\" cannot be read",
    hint_zh: "请写成 2022-03-18 或 2022年3月18日。",
    hint_en: "Write it like 2022-03-18 or 2022年3月18日.",
    params: &[FOUND],
};

/// The date `found` has no year.
pub const DATE_WITHOUT_YEAR: Rule = Rule {
    code: "C004",
    severity: Error,
    zh: "日期“{found}”没有年份",
    en: "the date \"{found}\" has no year",
    hint_zh: "请补上年份，例如把“3月18日”写成 2022-03-18。",
    hint_en: "Add the year: 3月18日 becomes 2022-03-18.",
    params: &[FOUND],
};

/// The date `found` is implausible; wanted one from `earliest` to `latest`.
pub const DATE_OUTSIDE: Rule = Rule {
    code: "C005",
    severity: Error,
    zh: "日期“{found}”明显不对，应在 {earliest} 至 {latest} 之间",
    en: "the date \"{found}\" is implausible; wanted one from {earliest} to {latest}",
    hint_zh: "请核对年份，例如把 2002-03-18 改成 2022-03-18。",
    hint_en: "Check the year: 2002-03-18 may mean 2022-03-18.",
    params: &[FOUND, EARLIEST, LATEST],
};

/// `found` is a number and may mean January or October (2022.10 is stored as 2022.1).
pub const DATE_AMBIGUOUS: Rule = Rule {
    code: "C006",
    severity: Error,
    zh: "“{found}”是数字，分不清是 1 月还是 10 月（2022.10 会被存成 2022.1）",
    en: "\"{found}\" is a number and may mean January or October (2022.10 is stored as 2022.1)",
    hint_zh: "请先把单元格设为文本，再写成 2022年10月 或 2022-10-31。",
    hint_en: "Make the cell text and write 2022年10月 or 2022-10-31.",
    params: &[FOUND],
};

/// There is no such day as `found`.
pub const DATE_IMPOSSIBLE: Rule = Rule {
    code: "C007",
    severity: Error,
    zh: "日历上没有“{found}”这一天",
    en: "there is no such day as \"{found}\"",
    hint_zh: "请核对月份和日期，例如 2 月最多 29 天，4 月只有 30 天。",
    hint_en: "Check month and day: February has at most 29 days, April has 30.",
    params: &[FOUND],
};

/// `found` is a span of time; wanted one date.
pub const DATE_IS_RANGE: Rule = Rule {
    code: "C008",
    severity: Error,
    zh: "“{found}”是一段时间，这里只能填一个日期",
    en: "\"{found}\" is a span of time; wanted one date",
    hint_zh: "请只填最后完成的那一天，例如 2022-01-31。",
    hint_en: "Give the last day only, such as 2022-01-31.",
    params: &[FOUND],
};

/// The deadline `found` cannot be read.
pub const DEADLINE_UNREADABLE: Rule = Rule {
    code: "C024",
    severity: Error,
    zh: "时限“{found}”无法识别",
    en: "the deadline \"{found}\" cannot be read",
    hint_zh: "请写成“2023年12月底前”“立行立改”或“长期坚持”。",
    hint_en: "Write it like 2023年12月底前, 立行立改 or 长期坚持.",
    params: &[FOUND],
};

/// The deadline `found` names no year and the file gives no reporting date to count from.
pub const DEADLINE_WITHOUT_YEAR: Rule = Rule {
    code: "C025",
    severity: Error,
    zh: "时限“{found}”没有年份，文件中也没有填报日期，无法推算是哪一年",
    en: "the deadline \"{found}\" names no year and the file gives no reporting date to count from",
    hint_zh: "请写明年份，例如把“今年底前”写成“2023年12月底前”。",
    hint_en: "Name the year: 今年底前 becomes 2023年12月底前.",
    params: &[FOUND],
};

/// The deadline `found` has several dates; the last one counts.
pub const DEADLINE_STAGED: Rule = Rule {
    code: "C028",
    severity: Warning,
    zh: "时限“{found}”有几个日期，按最后一个计",
    en: "the deadline \"{found}\" has several dates; the last one counts",
    hint_zh: "如果各阶段分别考核，请拆成几行，例如 12-1 和 12-2；否则请只写最后期限。",
    hint_en: "If each stage counts, give each a row such as 12-1 and 12-2; else write the last date only.",
    params: &[FOUND],
};

/// The rules above.
pub const DATE_RULES: &[&Rule] = &[
    &DATE_UNREADABLE,
    &DATE_WITHOUT_YEAR,
    &DATE_OUTSIDE,
    &DATE_AMBIGUOUS,
    &DATE_IMPOSSIBLE,
    &DATE_IS_RANGE,
    &DEADLINE_UNREADABLE,
    &DEADLINE_WITHOUT_YEAR,
    &DEADLINE_STAGED,
];
