//! Rules on activities.

use super::Rule;
use super::params::{HELD, REPORTED, SINCE};
use crate::codes::Severity::{Error, Warning};

/// A field visit without a place.
pub const VISIT_WITHOUT_PLACE: Rule = Rule {
    code: "R121",
    severity: Warning,
    zh: "现场督导没有填写地点",
    en: "a field visit without a place",
    hint_zh: "请填写到过的地点，例如“乌江干流某县段”。",
    hint_en: "Say where it was, such as 乌江干流某县段.",
    params: &[],
};

/// Held on `held`, after the reporting date `reported`; report it once it was held.
pub const HELD_IN_FUTURE: Rule = Rule {
    code: "R122",
    severity: Error,
    zh: "活动时间 {held} 晚于填报日期 {reported}",
    en: "held on {held}, after the reporting date {reported}",
    hint_zh: "还没有开展的活动请不要填报；日期写错的请改正。",
    hint_en: "Report it once it was held; if the date is wrong, mend it.",
    params: &[HELD, REPORTED],
};

/// Held on `held`, before the inspection began on `since`.
pub const HELD_EARLY: Rule = Rule {
    code: "R123",
    severity: Warning,
    zh: "活动时间 {held} 早于督察进驻的 {since}",
    en: "held on {held}, before the inspection began on {since}",
    hint_zh: "请核对是否属于本轮督察整改；年份写错的请改正。",
    hint_en: "Check whether it belongs to this inspection, and the year.",
    params: &[HELD, SINCE],
};

/// The rules above.
pub const ACTIVITY_RULES: &[&Rule] = &[&VISIT_WITHOUT_PLACE, &HELD_IN_FUTURE, &HELD_EARLY];
