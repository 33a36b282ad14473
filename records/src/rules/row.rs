//! Rules on one row.

use super::Rule;
use crate::codes::Severity::{Error, Warning};

/// Concluded on `concluded`, before it was received on `received`.
pub const CONCLUDED_EARLY: Rule = Rule {
    code: "R001",
    severity: Error,
    zh: "办结时间 {concluded} 早于受理时间 {received}",
    en: "concluded on {concluded}, before it was received on {received}",
};

/// Concluded, but without a date.
pub const CONCLUDED_UNDATED: Rule = Rule {
    code: "R002",
    severity: Warning,
    zh: "已办结，但没有办结时间",
    en: "concluded, but without a date",
};

/// Concluded on `concluded`, but its state is \"`found`\".
pub const DATED_OPEN: Rule = Rule {
    code: "R003",
    severity: Warning,
    zh: "有办结时间 {concluded}，但状态是“{found}”",
    en: "concluded on {concluded}, but its state is \"{found}\"",
};

/// Not substantiated, but measures are counted: `measures`.
pub const MEASURES_UNFOUNDED: Rule = Rule {
    code: "R004",
    severity: Warning,
    zh: "不属实，却填报了处理措施：{measures}",
    en: "not substantiated, but measures are counted: {measures}",
};

/// Batch `found` does not fit the day of receipt `received`; by the date it is batch `wanted`.
pub const BATCH_DISAGREES: Rule = Rule {
    code: "R005",
    severity: Warning,
    zh: "批次 {found} 与受理日期 {received} 不符，按日期应为第 {wanted} 批",
    en: "batch {found} does not fit the day of receipt {received}; by the date it is batch {wanted}",
};

/// Received on `found`, but the number says `wanted`.
pub const RECEIVED_DISAGREES: Rule = Rule {
    code: "R006",
    severity: Warning,
    zh: "受理时间 {found} 与编号中的日期 {wanted} 不符",
    en: "received on {found}, but the number says {wanted}",
};

/// The channel \"`found`\" does not fit the number, which says `wanted`.
pub const CHANNEL_DISAGREES: Rule = Rule {
    code: "R007",
    severity: Warning,
    zh: "举报方式“{found}”与编号不符，编号表示{wanted}",
    en: "the channel \"{found}\" does not fit the number, which says {wanted}",
};

/// Closed, but its status is \"`found`\"; only a completed task can be closed.
pub const CLOSED_UNFINISHED: Rule = Rule {
    code: "R008",
    severity: Error,
    zh: "已销号，但整改状态是“{found}”；完成整改后才能销号",
    en: "closed, but its status is \"{found}\"; only a completed task can be closed",
};

/// Completed, but nothing is said of what was done.
pub const COMPLETED_SILENT: Rule = Rule {
    code: "R009",
    severity: Warning,
    zh: "已完成整改，但没有填写整改进展情况",
    en: "completed, but nothing is said of what was done",
};

/// Past its deadline `due` and not completed, without a reason.
pub const OVERDUE_SILENT: Rule = Rule {
    code: "R010",
    severity: Warning,
    zh: "已超过时限 {due} 仍未完成，且未说明原因",
    en: "past its deadline {due} and not completed, without a reason",
};

/// The deadline `due` has passed, but the status is \"`found`\".
pub const ON_TRACK_OVERDUE: Rule = Rule {
    code: "R011",
    severity: Warning,
    zh: "时限 {due} 已过，状态却是“{found}”",
    en: "the deadline {due} has passed, but the status is \"{found}\"",
};

/// Completed on `completed`, but its status is \"`found`\".
pub const COMPLETED_DATED_OPEN: Rule = Rule {
    code: "R012",
    severity: Warning,
    zh: "有完成时间 {completed}，但状态是“{found}”",
    en: "completed on {completed}, but its status is \"{found}\"",
};

/// \"`found`\" does not count as completed.
pub const LARGELY_COMPLETED: Rule = Rule {
    code: "R013",
    severity: Warning,
    zh: "“{found}”不计为完成整改",
    en: "\"{found}\" does not count as completed",
};

/// Completed, but without a date.
pub const COMPLETED_UNDATED: Rule = Rule {
    code: "R014",
    severity: Warning,
    zh: "已完成整改，但没有完成时间",
    en: "completed, but without a date",
};

/// Concluded on `concluded`, after the reporting date `reported`.
pub const CONCLUDED_IN_FUTURE: Rule = Rule {
    code: "R015",
    severity: Error,
    zh: "办结时间 {concluded} 晚于填报日期 {reported}",
    en: "concluded on {concluded}, after the reporting date {reported}",
};

/// Completed on `completed`, after the reporting date `reported`.
pub const COMPLETED_IN_FUTURE: Rule = Rule {
    code: "R016",
    severity: Error,
    zh: "完成时间 {completed} 晚于填报日期 {reported}",
    en: "completed on {completed}, after the reporting date {reported}",
};

/// The deadline `due` has passed, so "`found`" counts as behind schedule.
pub const IN_PROGRESS_OVERDUE: Rule = Rule {
    code: "R017",
    severity: Warning,
    zh: "时限 {due} 已过，“{found}”计为未达到序时进度",
    en: "the deadline {due} has passed, so \"{found}\" counts as behind schedule",
};

/// The rules above.
pub const ROW_RULES: &[&Rule] = &[
    &CONCLUDED_EARLY,
    &CONCLUDED_UNDATED,
    &DATED_OPEN,
    &MEASURES_UNFOUNDED,
    &BATCH_DISAGREES,
    &RECEIVED_DISAGREES,
    &CHANNEL_DISAGREES,
    &CLOSED_UNFINISHED,
    &COMPLETED_SILENT,
    &OVERDUE_SILENT,
    &ON_TRACK_OVERDUE,
    &COMPLETED_DATED_OPEN,
    &LARGELY_COMPLETED,
    &COMPLETED_UNDATED,
    &CONCLUDED_IN_FUTURE,
    &COMPLETED_IN_FUTURE,
    &IN_PROGRESS_OVERDUE,
];
