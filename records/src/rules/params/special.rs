//! Values whose names other rules have too, with another meaning.

use crate::rules::Param;

/// The amount.
pub(in crate::rules) const AMOUNT: Param = Param {
    name: "found",
    zh: "金额",
    en: "the amount",
    words: &[],
};

/// The most one petition plausibly has.
pub(in crate::rules) const AMOUNT_LIMIT: Param = Param {
    name: "limit",
    zh: "一件信访通常的最高金额",
    en: "the most one petition plausibly has",
    words: &[],
};

/// The version on which the row was filled in.
pub(in crate::rules) const BASE_VERSION: Param = Param {
    name: "found",
    zh: "填表时的版本",
    en: "the version on which the row was filled in",
    words: &[],
};

/// The batch as written.
pub(in crate::rules) const BATCH: Param = Param {
    name: "found",
    zh: "表中的批次",
    en: "the batch as written",
    words: &[],
};

/// The batch by the day of receipt.
pub(in crate::rules) const BATCH_WANTED: Param = Param {
    name: "wanted",
    zh: "按受理日期推算的批次",
    en: "the batch by the day of receipt",
    words: &[],
};

/// The divisions it may mean.
pub(in crate::rules) const CANDIDATES: Param = Param {
    name: "wanted",
    zh: "可能的地区",
    en: "the divisions it may mean",
    words: &[],
};

/// How many characters.
pub(in crate::rules) const CHARS: Param = Param {
    name: "found",
    zh: "字数",
    en: "how many characters",
    words: &[],
};

/// All choices.
pub(in crate::rules) const CHOICES: Param = Param {
    name: "wanted",
    zh: "全部可选的内容",
    en: "all choices",
    words: &[],
};

/// How many were found.
pub(in crate::rules) const COUNTED: Param = Param {
    name: "found",
    zh: "数到的数量",
    en: "how many were found",
    words: &[],
};

/// The day as written.
pub(in crate::rules) const DAY: Param = Param {
    name: "found",
    zh: "表中的日期",
    en: "the day as written",
    words: &[],
};

/// The day of this time.
pub(in crate::rules) const DAY_AFTER: Param = Param {
    name: "after",
    zh: "这次的日期",
    en: "the day of this time",
    words: &[],
};

/// The day of last time.
pub(in crate::rules) const DAY_BEFORE: Param = Param {
    name: "before",
    zh: "上次的日期",
    en: "the day of last time",
    words: &[],
};

/// The day in the number.
pub(in crate::rules) const DAY_WANTED: Param = Param {
    name: "wanted",
    zh: "编号中的日期",
    en: "the day in the number",
    words: &[],
};

/// The deadline of this time.
pub(in crate::rules) const DUE_AFTER: Param = Param {
    name: "after",
    zh: "这次的时限",
    en: "the deadline of this time",
    words: &[],
};

/// The deadline of last time.
pub(in crate::rules) const DUE_BEFORE: Param = Param {
    name: "before",
    zh: "上次的时限",
    en: "the deadline of last time",
    words: &[],
};

/// An example.
pub(in crate::rules) const EXAMPLE: Param = Param {
    name: "wanted",
    zh: "正确写法的例子",
    en: "an example",
    words: &[],
};

/// The header as written.
pub(in crate::rules) const HEADER_FOUND: Param = Param {
    name: "found",
    zh: "表中的表头",
    en: "the header as written",
    words: &[],
};

/// The header that is wanted.
pub(in crate::rules) const HEADER_WANTED: Param = Param {
    name: "wanted",
    zh: "应有的表头",
    en: "the header that is wanted",
    words: &[],
};

/// This province's letters.
pub(in crate::rules) const LETTERS_WANTED: Param = Param {
    name: "wanted",
    zh: "本省的省份代码",
    en: "this province's letters",
    words: &[],
};

/// The reporting division.
pub(in crate::rules) const OWN_DIVISION: Param = Param {
    name: "wanted",
    zh: "填报地区",
    en: "the reporting division",
    words: &[],
};

/// How many persons.
pub(in crate::rules) const PERSONS: Param = Param {
    name: "found",
    zh: "人数",
    en: "how many persons",
    words: &[],
};

/// How many persons.
pub(in crate::rules) const PERSONS_COUNT: Param = Param {
    name: "count",
    zh: "人数",
    en: "how many persons",
    words: &[],
};

/// This inspection's round.
pub(in crate::rules) const ROUND_WANTED: Param = Param {
    name: "wanted",
    zh: "本次督察的轮次",
    en: "this inspection's round",
    words: &[],
};

/// Signal or exit code, 0 where there is none.
pub(in crate::rules) const SIGNAL: Param = Param {
    name: "number",
    zh: "信号或退出码，没有时为 0",
    en: "signal or exit code, 0 where there is none",
    words: &[],
};

/// The state as written.
pub(in crate::rules) const STATE: Param = Param {
    name: "found",
    zh: "表中填写的状态",
    en: "the state as written",
    words: &[],
};

/// The state of this time.
pub(in crate::rules) const STATE_AFTER: Param = Param {
    name: "after",
    zh: "这次的状态",
    en: "the state of this time",
    words: &[],
};

/// The state of last time.
pub(in crate::rules) const STATE_BEFORE: Param = Param {
    name: "before",
    zh: "上次的状态",
    en: "the state of last time",
    words: &[],
};

/// The version that is stored.
pub(in crate::rules) const STORED_VERSION: Param = Param {
    name: "wanted",
    zh: "已入库的版本",
    en: "the version that is stored",
    words: &[],
};

/// The sum of the rows.
pub(in crate::rules) const SUM: Param = Param {
    name: "wanted",
    zh: "各行之和",
    en: "the sum of the rows",
    words: &[],
};

/// The total as written.
pub(in crate::rules) const TOTAL: Param = Param {
    name: "found",
    zh: "合计行的数",
    en: "the total as written",
    words: &[],
};

/// The units that fit.
pub(in crate::rules) const UNITS_WANTED: Param = Param {
    name: "wanted",
    zh: "可用的单位",
    en: "the units that fit",
    words: &[],
};
