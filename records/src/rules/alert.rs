//! Rules on alerts.

use super::Rule;
use crate::codes::Severity::{Error, Warning};

/// Settled on `settled`, before it was raised on `raised`.
pub const SETTLED_EARLY: Rule = Rule {
    code: "R131",
    severity: Error,
    zh: "办结时间 {settled} 早于预警时间 {raised}",
    en: "settled on {settled}, before it was raised on {raised}",
};

/// Raised on `raised` and still open on `reported`, past the limit of `limit` days.
pub const OPEN_PAST_LIMIT: Rule = Rule {
    code: "R132",
    severity: Warning,
    zh: "{raised} 的预警至 {reported} 仍未办结，已超过 {limit} 天的办理时限；请办结，或在备注中说明原因",
    en: "raised on {raised} and still open on {reported}, past the limit of {limit} days",
};

/// `found` is after the reporting date `reported`.
pub const ALERT_IN_FUTURE: Rule = Rule {
    code: "R133",
    severity: Error,
    zh: "时间 {found} 晚于填报日期 {reported}",
    en: "{found} is after the reporting date {reported}",
};

/// Settled, but nothing is said of what was done.
pub const SETTLED_SILENT: Rule = Rule {
    code: "R134",
    severity: Warning,
    zh: "已填办结时间，但没有填写处置情况",
    en: "settled, but nothing is said of what was done",
};

/// The rules above.
pub const ALERT_RULES: &[&Rule] = &[&SETTLED_EARLY, &OPEN_PAST_LIMIT, &ALERT_IN_FUTURE, &SETTLED_SILENT];
