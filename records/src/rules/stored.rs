//! Rules against the stored records.

use super::Rule;
use crate::codes::Severity::{Error, Note, Warning};

/// The number \"`found`\" is not in the province's list.
pub const NUMBER_UNLISTED: Rule = Rule {
    code: "D001",
    severity: Error,
    zh: "编号“{found}”不在省级清单中",
    en: "the number \"{found}\" is not in the province's list",
};

/// The province's list does not assign \"`found`\" to `division`.
pub const NOT_ASSIGNED: Rule = Rule {
    code: "D002",
    severity: Error,
    zh: "省级清单没有把“{found}”交办给 {division}",
    en: "the province's list does not assign \"{found}\" to {division}",
};

/// This ledger's reporting date `reported` is older than what is stored; the row stands in the history only.
pub const OLDER_THAN_STORED: Rule = Rule {
    code: "D003",
    severity: Note,
    zh: "本台账的填报日期 {reported} 早于已有记录，内容只留在历史中",
    en: "this ledger's reporting date {reported} is older than what is stored; the row stands in the history only",
};

/// The state went backwards from \"`before`\" to \"`after`\".
pub const WENT_BACKWARDS: Rule = Rule {
    code: "D004",
    severity: Warning,
    zh: "状态倒退：原为“{before}”，现为“{after}”",
    en: "the state went backwards from \"{before}\" to \"{after}\"",
};

/// Several divisions handle \"`found`\" and contradict each other on whether it is substantiated.
pub const PARTS_CONTRADICT: Rule = Rule {
    code: "D005",
    severity: Warning,
    zh: "“{found}”由多个地区办理，对是否属实的结论相互矛盾",
    en: "several divisions handle \"{found}\" and contradict each other on whether it is substantiated",
};

/// The rules above.
pub const STORED_RULES: &[&Rule] = &[
    &NUMBER_UNLISTED,
    &NOT_ASSIGNED,
    &OLDER_THAN_STORED,
    &WENT_BACKWARDS,
    &PARTS_CONTRADICT,
];
