//! Values of the rules on the plain kinds.

use crate::rules::Param;

/// The penalty.
pub(in crate::rules) const PENALTY: Param = Param {
    name: "found",
    zh: "处理方式",
    en: "the penalty",
    words: &[],
};

/// Whom it is for.
pub(in crate::rules) const SUBJECT: Param = Param {
    name: "wanted",
    zh: "适用的对象",
    en: "whom it is for",
    words: &[],
};

/// Day of the decision.
pub(in crate::rules) const DECIDED: Param = Param {
    name: "decided",
    zh: "处理时间",
    en: "day of the decision",
    words: &[],
};

/// The day it may not be before.
pub(in crate::rules) const SINCE: Param = Param {
    name: "since",
    zh: "不应早于的日期",
    en: "the day it may not be before",
    words: &[],
};

/// What that day is.
pub(in crate::rules) const SINCE_WHAT: Param = Param {
    name: "what",
    zh: "这个日期是什么",
    en: "what that day is",
    words: &[],
};

/// The total beside what is done.
pub(in crate::rules) const TOTAL_BESIDE: Param = Param {
    name: "found",
    zh: "完成数一栏里写的总数",
    en: "the total beside what is done",
    words: &[],
};

/// The total in its column.
pub(in crate::rules) const TOTAL_IN_COLUMN: Param = Param {
    name: "wanted",
    zh: "总数一栏写的总数",
    en: "the total in its column",
    words: &[],
};

/// Day of the activity.
pub(in crate::rules) const HELD: Param = Param {
    name: "held",
    zh: "活动时间",
    en: "day of the activity",
    words: &[],
};

/// Day it was settled.
pub(in crate::rules) const SETTLED: Param = Param {
    name: "settled",
    zh: "办结时间",
    en: "day it was settled",
    words: &[],
};

/// Day it was raised.
pub(in crate::rules) const RAISED: Param = Param {
    name: "raised",
    zh: "预警时间",
    en: "day it was raised",
    words: &[],
};

/// The limit, in days.
pub(in crate::rules) const DAYS: Param = Param {
    name: "limit",
    zh: "办理时限（天）",
    en: "the limit, in days",
    words: &[],
};

/// The unit as written.
pub(in crate::rules) const UNIT_FOUND: Param = Param {
    name: "found",
    zh: "表中的单位",
    en: "the unit as written",
    words: &[],
};

/// The unit wanted.
pub(in crate::rules) const UNIT_WANTED: Param = Param {
    name: "wanted",
    zh: "应有的单位",
    en: "the unit wanted",
    words: &[],
};

/// What is done.
pub(in crate::rules) const DONE: Param = Param {
    name: "done",
    zh: "完成数",
    en: "what is done",
    words: &[],
};

/// The total.
pub(in crate::rules) const TOTAL_AMOUNT: Param = Param {
    name: "total",
    zh: "总数",
    en: "the total",
    words: &[],
};

/// Name of the indicator.
pub(in crate::rules) const INDICATOR: Param = Param {
    name: "name",
    zh: "指标名称",
    en: "name of the indicator",
    words: &[],
};

/// The units used.
pub(in crate::rules) const UNITS: Param = Param {
    name: "units",
    zh: "用到的单位",
    en: "the units used",
    words: &[],
};

/// The amount before.
pub(in crate::rules) const AMOUNT_BEFORE: Param = Param {
    name: "before",
    zh: "上次的数",
    en: "the amount before",
    words: &[],
};

/// The amount now.
pub(in crate::rules) const AMOUNT_AFTER: Param = Param {
    name: "after",
    zh: "这次的数",
    en: "the amount now",
    words: &[],
};

/// Whose file it is.
pub(in crate::rules) const OWN: Param = Param {
    name: "wanted",
    zh: "文件所属的地区",
    en: "whose file it is",
    words: &[],
};
