//! Rules on activities.

use super::Rule;
use crate::codes::Severity::{Error, Warning};

/// A field visit without a place.
pub const VISIT_WITHOUT_PLACE: Rule = Rule {
    code: "R121",
    severity: Warning,
    zh: "现场督导没有填写地点",
    en: "a field visit without a place",
};

/// Held on `held`, after the reporting date `reported`; report it once it was held.
pub const HELD_IN_FUTURE: Rule = Rule {
    code: "R122",
    severity: Error,
    zh: "活动时间 {held} 晚于填报日期 {reported}；尚未开展的活动请不要填报",
    en: "held on {held}, after the reporting date {reported}; report it once it was held",
};

/// Held on `held`, before the inspection began on `since`.
pub const HELD_EARLY: Rule = Rule {
    code: "R123",
    severity: Warning,
    zh: "活动时间 {held} 早于督察进驻的 {since}，请核对是否属于本轮督察整改",
    en: "held on {held}, before the inspection began on {since}",
};

/// The rules above.
pub const ACTIVITY_RULES: &[&Rule] = &[&VISIT_WITHOUT_PLACE, &HELD_IN_FUTURE, &HELD_EARLY];
