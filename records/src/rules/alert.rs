//! Rules on alerts.

use super::Rule;
use super::params::{DAY, DAYS, RAISED, REPORTED, SETTLED};
use crate::codes::Severity::{Error, Warning};

/// Settled on `settled`, before it was raised on `raised`.
pub const SETTLED_EARLY: Rule = Rule {
    code: "R131",
    severity: Error,
    zh: "办结时间 {settled} 早于预警时间 {raised}",
    en: "settled on {settled}, before it was raised on {raised}",
    hint_zh: "请核对两个时间，例如预警 2022年3月1日、办结 2022年3月8日。",
    hint_en: "Check both dates, such as raised 2022-03-01 and settled 2022-03-08.",
    params: &[SETTLED, RAISED],
};

/// Raised on `raised` and still open on `reported`, past the limit of `limit` days.
pub const OPEN_PAST_LIMIT: Rule = Rule {
    code: "R132",
    severity: Warning,
    zh: "{raised} 的预警到 {reported} 还没有办结，超过了 {limit} 天的办理时限",
    en: "raised on {raised} and still open on {reported}, past the limit of {limit} days",
    hint_zh: "请尽快办结并填写办结时间；确有困难的，请说明原因。",
    hint_en: "Settle it and give the day; if that cannot be, say why in the reason.",
    params: &[RAISED, REPORTED, DAYS],
};

/// `found` is after the reporting date `reported`.
pub const ALERT_IN_FUTURE: Rule = Rule {
    code: "R133",
    severity: Error,
    zh: "时间 {found} 晚于填报日期 {reported}",
    en: "{found} is after the reporting date {reported}",
    hint_zh: "请核对日期，例如把 2032年3月1日 改成 2022年3月1日。",
    hint_en: "Check the date; 2032-03-01 may mean 2022-03-01.",
    params: &[DAY, REPORTED],
};

/// Settled, but nothing is said of what was done.
pub const SETTLED_SILENT: Rule = Rule {
    code: "R134",
    severity: Warning,
    zh: "填了办结时间，但没有填写处置情况",
    en: "settled, but nothing is said of what was done",
    hint_zh: "请写明怎样处置的，例如“已恢复下泄流量，数据上传正常”。",
    hint_en: "Say what was done, such as 已恢复下泄流量，数据上传正常.",
    params: &[],
};

/// The rules above.
pub const ALERT_RULES: &[&Rule] = &[&SETTLED_EARLY, &OPEN_PAST_LIMIT, &ALERT_IN_FUTURE, &SETTLED_SILENT];
