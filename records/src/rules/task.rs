//! Rules on one row of a task ledger.
use super::Rule;
use super::params::{CLOSED, CLOSURE, COMPLETED, DUE, FOUND, PARENT, REPORTED, STARTED, STATE, WANTED};
use crate::codes::Severity::{Error, Warning};

/// Closed, but its status is `found`; only a completed task can be closed.
pub const CLOSED_UNFINISHED: Rule = Rule {
    code: "R008",
    severity: Error,
    zh: "已销号，但整改状态是“{found}”；完成整改后才能销号",
    en: "closed, but its status is \"{found}\"; only a completed task can be closed",
    hint_zh: "已完成的，请把整改状态改成“完成整改”；没有完成的，请把销号情况改成“未销号”。",
    hint_en: "If it is completed, write 完成整改; if not, write 未销号.",
    params: &[STATE],
};

/// Completed, but nothing is said of what was done.
pub const COMPLETED_SILENT: Rule = Rule {
    code: "R009",
    severity: Warning,
    zh: "已完成整改，但没有填整改进展情况",
    en: "completed, but nothing is said of what was done",
    hint_zh: "请写明完成了什么，例如“2022年12月建成污水处理厂 1 座，日处理 5000 吨，已通过验收”。",
    hint_en: "Say what was completed, such as 2022年12月建成污水处理厂 1 座，已通过验收.",
    params: &[],
};

/// Past its deadline `due` and not completed, without a reason.
pub const OVERDUE_SILENT: Rule = Rule {
    code: "R010",
    severity: Warning,
    zh: "已超过时限 {due}，没有完成，也没有说明原因",
    en: "past its deadline {due} and not completed, without a reason",
    hint_zh: "请填写未完成原因和下一步措施，例如“因汛期施工暂停，计划 2023年9月底前完成”。",
    hint_en: "Give the reason and the next steps, such as 因汛期施工暂停，计划 2023年9月底前完成.",
    params: &[DUE],
};

/// The deadline `due` has passed, but the status is `found`.
pub const ON_TRACK_OVERDUE: Rule = Rule {
    code: "R011",
    severity: Warning,
    zh: "时限 {due} 已过，整改状态却是“{found}”",
    en: "the deadline {due} has passed, but the status is \"{found}\"",
    hint_zh: "已完成的，请改填“完成整改”；没有完成的，请改填“未达到序时进度”并说明原因。",
    hint_en: "Write 完成整改 if it is completed, else 未达到序时进度 with the reason.",
    params: &[DUE, STATE],
};

/// Completed on `completed`, but its status is `found`.
pub const COMPLETED_DATED_OPEN: Rule = Rule {
    code: "R012",
    severity: Warning,
    zh: "填了完成时间 {completed}，但整改状态是“{found}”",
    en: "completed on {completed}, but its status is \"{found}\"",
    hint_zh: "已完成的，请把状态改成“完成整改”；没有完成的，请清空完成时间。",
    hint_en: "If it is completed, write 完成整改; if not, clear the date.",
    params: &[COMPLETED, STATE],
};

/// `found` does not count as completed.
pub const LARGELY_COMPLETED: Rule = Rule {
    code: "R013",
    severity: Warning,
    zh: "“{found}”不算完成整改",
    en: "\"{found}\" does not count as completed",
    hint_zh: "全部完成的，请填“完成整改”；还有剩余工作的，请填“达到序时进度”或“未达到序时进度”。",
    hint_en: "If all is done, write 完成整改; else 达到序时进度 or 未达到序时进度.",
    params: &[STATE],
};

/// Completed, but without a date.
pub const COMPLETED_UNDATED: Rule = Rule {
    code: "R014",
    severity: Warning,
    zh: "已完成整改，但没有填完成时间",
    en: "completed, but without a date",
    hint_zh: "请补填完成时间，例如 2022-12-20。",
    hint_en: "Add the date, such as 2022-12-20.",
    params: &[],
};

/// Completed on `completed`, after the reporting date `reported`.
pub const COMPLETED_IN_FUTURE: Rule = Rule {
    code: "R016",
    severity: Error,
    zh: "完成时间 {completed} 晚于填报日期 {reported}",
    en: "completed on {completed}, after the reporting date {reported}",
    hint_zh: "还没有完成的，请改整改状态并清空日期；日期写错的，请改正，例如 2022-12-20。",
    hint_en: "If it is not completed, change the status and clear the date; else mend the date.",
    params: &[COMPLETED, REPORTED],
};

/// The deadline `due` has passed, so `found` counts as behind schedule.
pub const IN_PROGRESS_OVERDUE: Rule = Rule {
    code: "R017",
    severity: Warning,
    zh: "时限 {due} 已过，“{found}”按未达到序时进度计",
    en: "the deadline {due} has passed, so \"{found}\" counts as behind schedule",
    hint_zh: "请改填“未达到序时进度”；已经完成的，请填“完成整改”。",
    hint_en: "Write 未达到序时进度, or 完成整改 if it is completed.",
    params: &[DUE, STATE],
};

/// Closed on `closed`, before it was completed on `completed`.
pub const CLOSED_EARLY: Rule = Rule {
    code: "R052",
    severity: Error,
    zh: "销号时间 {closed} 早于完成时间 {completed}",
    en: "closed on {closed}, before it was completed on {completed}",
    hint_zh: "请核对两个日期；先完成整改，后销号，例如 2022-12-20 完成，2023-01-10 销号。",
    hint_en: "Check both dates: completion comes first, such as 2022-12-20, then closing, such as 2023-01-10.",
    params: &[CLOSED, COMPLETED],
};

/// Closed, but without a date.
pub const CLOSED_UNDATED: Rule = Rule {
    code: "R053",
    severity: Warning,
    zh: "已销号，但没有填销号时间",
    en: "closed, but without a date",
    hint_zh: "请补填销号时间，例如 2023-01-10；只是申请了销号的，请改填“已申请验收”。",
    hint_en: "Add the date, such as 2023-01-10; if closing was only applied for, write 已申请验收.",
    params: &[],
};

/// Closed on `closed`, but it is not marked as closed.
pub const CLOSED_DATED_OPEN: Rule = Rule {
    code: "R054",
    severity: Warning,
    zh: "填了销号时间 {closed}，但销号情况不是“已销号”",
    en: "closed on {closed}, but it is not marked as closed",
    hint_zh: "已经销号的，请填“已销号”；没有销号的，请清空销号时间。",
    hint_en: "If it is closed, write 已销号; if not, clear the date.",
    params: &[CLOSED],
};

/// Acceptance has come to `closure`, but the status is `found`.
pub const ACCEPTED_UNFINISHED: Rule = Rule {
    code: "R055",
    severity: Warning,
    zh: "销号情况是“{closure}”，但整改状态是“{found}”",
    en: "acceptance has come to \"{closure}\", but the status is \"{found}\"",
    hint_zh: "验收应在完成整改之后：请把整改状态改成“完成整改”，或者把销号情况改成“未销号”。",
    hint_en: "Acceptance comes after completion: write 完成整改, or 未销号.",
    params: &[CLOSURE, STATE],
};

/// Acceptance was refused, but the status is still `found`.
pub const RETURNED_COMPLETED: Rule = Rule {
    code: "R056",
    severity: Warning,
    zh: "验收被退回，整改状态却还是“{found}”",
    en: "acceptance was refused, but the status is still \"{found}\"",
    hint_zh: "退回后要继续整改：请改填“未达到序时进度”并说明原因；已重新通过的，请改填“已验收”。",
    hint_en: "What was returned goes on: write 未达到序时进度 with the reason, or 已验收 if it has passed since.",
    params: &[STATE],
};

/// The deadline is `found`, but the task is closed.
pub const OPEN_ENDED_CLOSED: Rule = Rule {
    code: "R057",
    severity: Warning,
    zh: "时限是“{found}”，却已经销号",
    en: "the deadline is \"{found}\", but the task is closed",
    hint_zh: "长期坚持的任务一般不销号：请改填“未销号”；确已批准销号的，请说明文号。",
    hint_en: "A task kept up for good is not closed as a rule: write 未销号, or give the approval in the reason.",
    params: &[FOUND],
};

/// Completed on `completed`, before the inspection began on `started`.
pub const COMPLETED_BEFORE_INSPECTION: Rule = Rule {
    code: "R059",
    severity: Warning,
    zh: "完成时间 {completed} 早于督察进驻的 {started}",
    en: "completed on {completed}, before the inspection began on {started}",
    hint_zh: "请核对年份，例如把 2012-12-20 改成 2022-12-20。",
    hint_en: "Check the year: 2012-12-20 may mean 2022-12-20.",
    params: &[COMPLETED, STARTED],
};

/// The deadline `due` is before the inspection began on `started`.
pub const DUE_BEFORE_INSPECTION: Rule = Rule {
    code: "R060",
    severity: Warning,
    zh: "时限 {due} 早于督察进驻的 {started}",
    en: "the deadline {due} is before the inspection began on {started}",
    hint_zh: "请核对年份，例如把“2012年底前”改成“2022年底前”。",
    hint_en: "Check the year: 2012年底前 may mean 2022年底前.",
    params: &[DUE, STARTED],
};

/// The source is a typical case, but the case is not named.
pub const CASE_UNNAMED: Rule = Rule {
    code: "R061",
    severity: Warning,
    zh: "问题来源是典型案例，却没有填典型案例名称",
    en: "the source is a typical case, but the case is not named",
    hint_zh: "请填通报中的案例名称；不是典型案例的，请改填“督察报告反馈”。",
    hint_en: "Name the case as published; if it is none, write 督察报告反馈.",
    params: &[],
};

/// The number `found` is part of `wanted`, but the parent is given as `parent`.
pub const PARENT_DISAGREES: Rule = Rule {
    code: "R062",
    severity: Warning,
    zh: "按任务编号“{found}”，上级任务应是 {wanted}，却填了 {parent}",
    en: "the number \"{found}\" is part of {wanted}, but the parent is given as {parent}",
    hint_zh: "请核对两个编号，例如 12-3 的上级任务是 12。",
    hint_en: "Check both numbers: the parent of 12-3 is 12.",
    params: &[FOUND, WANTED, PARENT],
};

/// Closed on `closed`, after the reporting date `reported`.
pub const CLOSED_IN_FUTURE: Rule = Rule {
    code: "R063",
    severity: Error,
    zh: "销号时间 {closed} 晚于填报日期 {reported}",
    en: "closed on {closed}, after the reporting date {reported}",
    hint_zh: "还没有销号的，请改填“已申请验收”并清空日期；日期写错的，请改正，例如 2023-01-10。",
    hint_en: "If it is not closed, write 已申请验收 and clear the date; else mend the date, such as 2023-01-10.",
    params: &[CLOSED, REPORTED],
};

/// The rules above.
pub const TASK_RULES: &[&Rule] = &[
    &CLOSED_UNFINISHED,
    &COMPLETED_SILENT,
    &OVERDUE_SILENT,
    &ON_TRACK_OVERDUE,
    &COMPLETED_DATED_OPEN,
    &LARGELY_COMPLETED,
    &COMPLETED_UNDATED,
    &COMPLETED_IN_FUTURE,
    &IN_PROGRESS_OVERDUE,
    &CLOSED_EARLY,
    &CLOSED_UNDATED,
    &CLOSED_DATED_OPEN,
    &ACCEPTED_UNFINISHED,
    &RETURNED_COMPLETED,
    &OPEN_ENDED_CLOSED,
    &COMPLETED_BEFORE_INSPECTION,
    &DUE_BEFORE_INSPECTION,
    &CASE_UNNAMED,
    &PARENT_DISAGREES,
    &CLOSED_IN_FUTURE,
];
