//! Rules on accountability issues and decisions.

use super::Rule;
use crate::codes::Severity::{Error, Warning};

/// No level is given, so that it cannot be counted by level; wanted 厅局级, 县处级 or 乡科级.
pub const LEVEL_MISSING: Rule = Rule {
    code: "R111",
    severity: Warning,
    zh: "没有填写级别，无法按级别统计；请写“厅局级”“县处级”或“乡科级”",
    en: "no level is given, so that it cannot be counted by level; wanted 厅局级, 县处级 or 乡科级",
};

/// A person is held to account, but no name is given.
pub const PERSON_WITHOUT_NAME: Rule = Rule {
    code: "R112",
    severity: Error,
    zh: "处理对象是个人，但没有填写姓名",
    en: "a person is held to account, but no name is given",
};

/// An organisation is held to account, but its name is missing.
pub const UNIT_MISSING: Rule = Rule {
    code: "R113",
    severity: Error,
    zh: "处理对象是单位，但没有填写单位名称",
    en: "an organisation is held to account, but its name is missing",
};

/// The subject is an organisation, but a name is given; wanted a row each for organisation and person.
pub const SUBJECT_DISAGREES: Rule = Rule {
    code: "R114",
    severity: Error,
    zh: "处理对象写“单位”，却填写了姓名；单位和个人请分两行填写",
    en: "the subject is an organisation, but a name is given; wanted a row each for organisation and person",
};

/// "`found`" is only for `wanted`; check the subject.
pub const PENALTY_MISPLACED: Rule = Rule {
    code: "R115",
    severity: Warning,
    zh: "处理方式“{found}”只用于{wanted}，请核对处理对象",
    en: "\"{found}\" is only for {wanted}; check the subject",
};

/// It does not say whether the issue was handed over or found on the spot, which are counted apart; give the source or the number of the issue.
pub const SOURCE_MISSING: Rule = Rule {
    code: "R116",
    severity: Error,
    zh: "看不出是移交问题追责还是边督边改追责，两者分开统计；请填写“问题来源”或移交问题编号",
    en: "it does not say whether the issue was handed over or found on the spot, which are counted apart; give the source or the number of the issue",
};

/// The source is on the spot, but the number of an issue handed over is given: "`found`".
pub const SPOT_WITH_ISSUE: Rule = Rule {
    code: "R117",
    severity: Warning,
    zh: "问题来源是“边督边改”，却填写了移交问题编号“{found}”",
    en: "the source is on the spot, but the number of an issue handed over is given: \"{found}\"",
};

/// Decided on `decided`, before `since` (`what`).
pub const DECIDED_EARLY: Rule = Rule {
    code: "R118",
    severity: Warning,
    zh: "处理时间 {decided} 早于 {since}（{what}），请核对",
    en: "decided on {decided}, before {since} ({what})",
};

/// Decided on `decided`, after the reporting date `reported`.
pub const DECIDED_IN_FUTURE: Rule = Rule {
    code: "R119",
    severity: Error,
    zh: "处理时间 {decided} 晚于填报日期 {reported}",
    en: "decided on {decided}, after the reporting date {reported}",
};

/// The list of issues handed over is the province's, so the sheet was not imported; report decisions instead.
pub const ISSUES_ARE_THE_PROVINCES: Rule = Rule {
    code: "S111",
    severity: Error,
    zh: "移交问题清单由省级填报，该表未导入；各地请填报责任追究台账",
    en: "the list of issues handed over is the province's, so the sheet was not imported; report decisions instead",
};

/// The province's list of issues handed over does not have the number "`found`".
pub const ISSUE_UNLISTED: Rule = Rule {
    code: "D111",
    severity: Error,
    zh: "省级移交问题清单中没有编号“{found}”",
    en: "the province's list of issues handed over does not have the number \"{found}\"",
};

/// The rules above.
pub const ACCOUNTABILITY_RULES: &[&Rule] = &[
    &LEVEL_MISSING,
    &PERSON_WITHOUT_NAME,
    &UNIT_MISSING,
    &SUBJECT_DISAGREES,
    &PENALTY_MISPLACED,
    &SOURCE_MISSING,
    &SPOT_WITH_ISSUE,
    &DECIDED_EARLY,
    &DECIDED_IN_FUTURE,
    &ISSUES_ARE_THE_PROVINCES,
    &ISSUE_UNLISTED,
];
