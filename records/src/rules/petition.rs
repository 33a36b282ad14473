//! Rules on one row of a petition ledger.
use super::Rule;
use super::params::{
    AMOUNT, BATCH, BATCH_WANTED, CHANNEL, CHANNEL_WANTED, CONCLUDED, DAY, DAY_WANTED, ENDED, FOUND, HEADER, MEASURES,
    PERSONS, PERSONS_COUNT, RECEIVED, REPORTED, STARTED, STATE,
};
use crate::codes::Severity::{Error, Warning};

/// Concluded on `concluded`, before it was received on `received`.
pub const CONCLUDED_EARLY: Rule = Rule {
    code: "R001",
    severity: Error,
    zh: "办结时间 {concluded} 早于受理时间 {received}",
    en: "concluded on {concluded}, before it was received on {received}",
    hint_zh: "请核对两个日期的年份和月份，例如把 2021-01-10 改成 2022-01-10。",
    hint_en: "Check year and month of both dates: 2021-01-10 may mean 2022-01-10.",
    params: &[CONCLUDED, RECEIVED],
};

/// Concluded, but without a date.
pub const CONCLUDED_UNDATED: Rule = Rule {
    code: "R002",
    severity: Warning,
    zh: "已办结，但没有填办结时间",
    en: "concluded, but without a date",
    hint_zh: "请补填办结时间，例如 2022-01-10；还没有办结的，请改填“未办结”或“阶段性办结”。",
    hint_en: "Add the date, such as 2022-01-10; if it is not concluded, write 未办结 or 阶段性办结.",
    params: &[],
};

/// Concluded on `concluded`, but its state is `found`.
pub const DATED_OPEN: Rule = Rule {
    code: "R003",
    severity: Warning,
    zh: "填了办结时间 {concluded}，但办结状态是“{found}”",
    en: "concluded on {concluded}, but its state is \"{found}\"",
    hint_zh: "已经办结的，请把状态改成“已办结”；没有办结的，请清空办结时间。",
    hint_en: "If it is concluded, write 已办结; if not, clear the date.",
    params: &[CONCLUDED, STATE],
};

/// Not substantiated, but measures are counted: `measures`.
pub const MEASURES_UNFOUNDED: Rule = Rule {
    code: "R004",
    severity: Warning,
    zh: "填的是不属实，却统计了处理措施：{measures}",
    en: "not substantiated, but measures are counted: {measures}",
    hint_zh: "请核对：确实不属实的，请把这些数量改成 0；查出问题的，请改填“部分属实”或“基本属实”。",
    hint_en: "If it is unfounded, set the counts to 0; if something was found, write 部分属实 or 基本属实.",
    params: &[MEASURES],
};

/// Batch `found` does not fit the day of receipt `received`; by the date it is batch `wanted`.
pub const BATCH_DISAGREES: Rule = Rule {
    code: "R005",
    severity: Warning,
    zh: "批次 {found} 与受理日期 {received} 对不上，按日期应是第 {wanted} 批",
    en: "batch {found} does not fit the day of receipt {received}; by the date it is batch {wanted}",
    hint_zh: "请与交办清单核对批次；清单上就是这一批的，请说明理由。",
    hint_en: "Compare it with the handover list; if the list says so too, say so in the reason.",
    params: &[BATCH, RECEIVED, BATCH_WANTED],
};

/// Received on `found`, but the number says `wanted`.
pub const RECEIVED_DISAGREES: Rule = Rule {
    code: "R006",
    severity: Warning,
    zh: "受理时间 {found} 与编号中的日期 {wanted} 不一致",
    en: "received on {found}, but the number says {wanted}",
    hint_zh: "请与交办清单核对，一般应填 {wanted}。",
    hint_en: "Compare it with the handover list; it should usually be {wanted}.",
    params: &[DAY, DAY_WANTED],
};

/// The channel is `found`, but the number says `wanted`.
pub const CHANNEL_DISAGREES: Rule = Rule {
    code: "R007",
    severity: Warning,
    zh: "举报方式填的是{found}，编号表示的是{wanted}",
    en: "the channel is {found}, but the number says {wanted}",
    hint_zh: "编号以 D 开头的是来电，以 X 开头的是来信；请按编号填写“{wanted}”。",
    hint_en: "Numbers beginning with D are phone calls, with X letters; write the one the number says.",
    params: &[CHANNEL, CHANNEL_WANTED],
};

/// A fine of `found`, but no penalty case.
pub const FINE_WITHOUT_CASE: Rule = Rule {
    code: "R041",
    severity: Warning,
    zh: "罚款 {found}，立案处罚却是 0",
    en: "a fine of {found}, but no penalty case",
    hint_zh: "有罚款就应有立案：请补填立案处罚的家数，例如 1；罚款尚未决定的，请把金额改成 0。",
    hint_en: "A fine needs a case: add the penalty cases, such as 1; if no fine was decided, set it to 0.",
    params: &[AMOUNT],
};

/// `found` in criminal detention, but no criminal case.
pub const DETAINED_WITHOUT_CASE: Rule = Rule {
    code: "R042",
    severity: Warning,
    zh: "刑事拘留 {found} 人，立案侦查却是 0",
    en: "{found} in criminal detention, but no criminal case",
    hint_zh: "请补填立案侦查的件数，例如 1；属于行政拘留的，请把人数移到“行政拘留”。",
    hint_en: "Add the criminal cases, such as 1; administrative detentions belong in 行政拘留.",
    params: &[PERSONS],
};

/// The accountability text says `found`, but `count` were held accountable.
pub const ACCOUNTABILITY_DENIED: Rule = Rule {
    code: "R043",
    severity: Warning,
    zh: "责任人被处理情况填的是“{found}”，问责人数却是 {count}",
    en: "the accountability text says \"{found}\", but {count} were held accountable",
    hint_zh: "请写明处理情况，例如“对 2 名责任人给予诫勉谈话”；没有问责的，请把人数改成 0。",
    hint_en: "Say what was done, such as 对 2 名责任人给予诫勉谈话; if nobody was, set the count to 0.",
    params: &[FOUND, PERSONS_COUNT],
};

/// The state is `found`, but nothing is said of the handling.
pub const CONCLUDED_UNHANDLED: Rule = Rule {
    code: "R044",
    severity: Warning,
    zh: "填的是“{found}”，却没有写处理和整改情况",
    en: "the state is \"{found}\", but nothing is said of the handling",
    hint_zh: "请写明做了什么、什么时候完成，例如“已责令停产并罚款 5 万元，2022年1月10日完成整改”。",
    hint_en: "Say what was done and when, such as 已责令停产并罚款 5 万元，2022年1月10日完成整改.",
    params: &[STATE],
};

/// Marked as a duplicate, but of which petition is not said.
pub const DUPLICATE_UNNUMBERED: Rule = Rule {
    code: "R045",
    severity: Warning,
    zh: "“是否重复”填的是“是”，却没有填重复关联件编号",
    en: "marked as a duplicate, but of which petition is not said",
    hint_zh: "请填上首次交办的编号，例如 X2GZ202112070001；不是重复件的，请改填“否”。",
    hint_en: "Give the number of the first petition, such as X2GZ202112070001; if it is none, write 否.",
    params: &[],
};

/// Marked as no duplicate, but `found` is given as the petition it repeats.
pub const DUPLICATE_DENIED: Rule = Rule {
    code: "R046",
    severity: Warning,
    zh: "“是否重复”填的是“否”，却填了重复关联件编号“{found}”",
    en: "marked as no duplicate, but \"{found}\" is given as the petition it repeats",
    hint_zh: "请核对：是重复件的改填“是”，不是的请清空关联编号。",
    hint_en: "If it is a duplicate, write 是; if not, clear the number.",
    params: &[FOUND],
};

/// The number `found` is starred as a key case, but the column says no.
pub const KEY_DENIED: Rule = Rule {
    code: "R047",
    severity: Warning,
    zh: "编号“{found}”带有重点件标记，“是否重点件”却填“否”",
    en: "the number \"{found}\" is starred as a key case, but the column says no",
    hint_zh: "请与交办清单核对：是重点件的改填“是”，不是的请去掉编号上的标记。",
    hint_en: "Compare it with the handover list: write 是, or remove the star from the number.",
    params: &[FOUND],
};

/// Concluded on `concluded`, the day it was received; it was handed over the day after.
pub const CONCLUDED_BEFORE_HANDOVER: Rule = Rule {
    code: "R048",
    severity: Warning,
    zh: "办结时间 {concluded} 就是受理当天，而信访件第二天才交办",
    en: "concluded on {concluded}, the day it was received; it was handed over the day after",
    hint_zh: "请核对办结时间，应填办理单位实际办结的日期，例如 2022-01-10。",
    hint_en: "Check the date; wanted is the day the handling was concluded, such as 2022-01-10.",
    params: &[CONCLUDED],
};

/// Received on `found`, outside the inspection's stay (`started` to `ended`).
pub const RECEIVED_OUTSIDE: Rule = Rule {
    code: "R049",
    severity: Warning,
    zh: "受理时间 {found} 不在督察进驻期间（{started} 至 {ended}）",
    en: "received on {found}, outside the inspection's stay ({started} to {ended})",
    hint_zh: "请与交办清单核对日期，以及这一件是否属于本次督察。",
    hint_en: "Compare the date with the handover list, and check that the petition is of this inspection.",
    params: &[DAY, STARTED, ENDED],
};

/// `header` is word for word the complaint.
pub const HANDLING_COPIED: Rule = Rule {
    code: "R050",
    severity: Warning,
    zh: "“{header}”与交办问题基本情况一字不差",
    en: "\"{header}\" is word for word the complaint",
    hint_zh: "请填写调查或处理的实际情况，例如“经查，该企业……，已责令……”。",
    hint_en: "Say what was found or done, such as 经查，该企业……，已责令…….",
    params: &[HEADER],
};

/// Closed, but nothing is said of its acceptance.
pub const CLOSED_UNACCEPTED: Rule = Rule {
    code: "R051",
    severity: Warning,
    zh: "已销号，但没有填验收情况",
    en: "closed, but nothing is said of its acceptance",
    hint_zh: "请写明验收单位和日期，例如“2022年3月10日经市生态环境局验收”；没有验收的，请改填“已办结”。",
    hint_en: "Name who accepted it and when; if it was not accepted, write 已办结.",
    params: &[],
};

/// Concluded on `concluded`, after the reporting date `reported`.
pub const CONCLUDED_IN_FUTURE: Rule = Rule {
    code: "R015",
    severity: Error,
    zh: "办结时间 {concluded} 晚于填报日期 {reported}",
    en: "concluded on {concluded}, after the reporting date {reported}",
    hint_zh: "还没有办结的，请改填“未办结”并清空日期；日期写错的，请改正，例如 2022-01-10。",
    hint_en: "If it is not concluded, write 未办结 and clear the date; else mend the date, such as 2022-01-10.",
    params: &[CONCLUDED, REPORTED],
};

/// The rules above.
pub const PETITION_RULES: &[&Rule] = &[
    &CONCLUDED_EARLY,
    &CONCLUDED_UNDATED,
    &DATED_OPEN,
    &MEASURES_UNFOUNDED,
    &BATCH_DISAGREES,
    &RECEIVED_DISAGREES,
    &CHANNEL_DISAGREES,
    &CONCLUDED_IN_FUTURE,
    &FINE_WITHOUT_CASE,
    &DETAINED_WITHOUT_CASE,
    &ACCOUNTABILITY_DENIED,
    &CONCLUDED_UNHANDLED,
    &DUPLICATE_UNNUMBERED,
    &DUPLICATE_DENIED,
    &KEY_DENIED,
    &CONCLUDED_BEFORE_HANDOVER,
    &RECEIVED_OUTSIDE,
    &HANDLING_COPIED,
    &CLOSED_UNACCEPTED,
];
