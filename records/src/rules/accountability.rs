//! Rules on accountability issues and decisions.

use super::Rule;
use super::params::{DECIDED, FOUND, PENALTY, REPORTED, SINCE, SINCE_WHAT, SUBJECT};
use crate::codes::Severity::{Error, Warning};

/// No level is given, so that it cannot be counted by level; wanted 厅局级, 县处级 or 乡科级.
pub const LEVEL_MISSING: Rule = Rule {
    code: "R111",
    severity: Warning,
    zh: "没有填写级别，无法按级别统计",
    en: "no level is given, so that it cannot be counted by level",
    hint_zh: "请填写“厅局级”“县处级”或“乡科级”。",
    hint_en: "Write 厅局级, 县处级 or 乡科级.",
    params: &[],
};

/// A person is held to account, but no name is given.
pub const PERSON_WITHOUT_NAME: Rule = Rule {
    code: "R112",
    severity: Error,
    zh: "处理对象是个人，但没有填写姓名",
    en: "a person is held to account, but no name is given",
    hint_zh: "请填写姓名；问责的是单位的，请把处理对象改成“单位”。",
    hint_en: "Give the name; if an organisation is meant, write 单位 as the subject.",
    params: &[],
};

/// An organisation is held to account, but its name is missing.
pub const UNIT_MISSING: Rule = Rule {
    code: "R113",
    severity: Error,
    zh: "处理对象是单位，但没有填写单位名称",
    en: "an organisation is held to account, but its name is missing",
    hint_zh: "请填写单位全称，例如“某县水务局”。",
    hint_en: "Give the full name of the organisation, such as 某县水务局.",
    params: &[],
};

/// The subject is an organisation, but a name is given; wanted a row each for organisation and person.
pub const SUBJECT_DISAGREES: Rule = Rule {
    code: "R114",
    severity: Error,
    zh: "处理对象写“单位”，却填写了姓名",
    en: "the subject is an organisation, but a name is given",
    hint_zh: "单位和个人请分两行填写：一行写单位，另一行写个人。",
    hint_en: "Use a row each for the organisation and the person.",
    params: &[],
};

/// "`found`" is only for `wanted`; check the subject.
pub const PENALTY_MISPLACED: Rule = Rule {
    code: "R115",
    severity: Warning,
    zh: "处理方式“{found}”只用于{wanted}",
    en: "\"{found}\" is only for {wanted}",
    hint_zh: "请核对处理对象：个人用“警告”“诫勉”等，单位用“通报”“检查”“改组”。",
    hint_en: "Check the subject: persons get 警告 or 诫勉, organisations 通报, 检查 or 改组.",
    params: &[PENALTY, SUBJECT],
};

/// It does not say whether the issue was handed over or found on the spot, which are counted apart; give the source or the number of the issue.
pub const SOURCE_MISSING: Rule = Rule {
    code: "R116",
    severity: Error,
    zh: "看不出是移交问题追责还是边督边改追责",
    en: "it does not say whether the issue was handed over or found on the spot, which are counted apart",
    hint_zh: "两者分开统计，请填写“问题来源”，或者填写移交问题编号。",
    hint_en: "Give the source (移交 or 边督边改), or the number of the issue.",
    params: &[],
};

/// The source is on the spot, but the number of an issue handed over is given: "`found`".
pub const SPOT_WITH_ISSUE: Rule = Rule {
    code: "R117",
    severity: Warning,
    zh: "问题来源是“边督边改”，却填写了移交问题编号“{found}”",
    en: "the source is on the spot, but the number of an issue handed over is given: \"{found}\"",
    hint_zh: "移交问题的来源请写“移交”；边督边改的，请删去移交问题编号。",
    hint_en: "Write 移交 for an issue handed over, or leave its number out.",
    params: &[FOUND],
};

/// Decided on `decided`, before `since` (`what`).
pub const DECIDED_EARLY: Rule = Rule {
    code: "R118",
    severity: Warning,
    zh: "处理时间 {decided} 早于 {since}（{what}）",
    en: "decided on {decided}, before {since} ({what})",
    hint_zh: "请核对年份，例如把 2012年5月31日 改成 2022年5月31日。",
    hint_en: "Check the year; 2012-05-31 may mean 2022-05-31.",
    params: &[DECIDED, SINCE, SINCE_WHAT],
};

/// Decided on `decided`, after the reporting date `reported`.
pub const DECIDED_IN_FUTURE: Rule = Rule {
    code: "R119",
    severity: Error,
    zh: "处理时间 {decided} 晚于填报日期 {reported}",
    en: "decided on {decided}, after the reporting date {reported}",
    hint_zh: "还没有作出的处理请不要填报；日期写错的请改正，例如 2022年5月31日。",
    hint_en: "Report a decision once it is made; if the date is wrong, mend it.",
    params: &[DECIDED, REPORTED],
};

/// The list of issues handed over is the province's, so the sheet was not imported; report decisions instead.
pub const ISSUES_ARE_THE_PROVINCES: Rule = Rule {
    code: "S111",
    severity: Error,
    zh: "移交问题清单由省级填报，该表未导入",
    en: "the list of issues handed over is the province's, so the sheet was not imported",
    hint_zh: "各地请填报责任追究台账，写明移交问题编号。",
    hint_en: "Report the decisions on the issues instead, with the issues' numbers.",
    params: &[],
};

/// The province's list of issues handed over does not have the number "`found`".
pub const ISSUE_UNLISTED: Rule = Rule {
    code: "D111",
    severity: Error,
    zh: "省级移交问题清单中没有编号“{found}”",
    en: "the province's list of issues handed over does not have the number \"{found}\"",
    hint_zh: "请与省级移交问题清单核对编号。",
    hint_en: "Compare the number with the province's list of issues.",
    params: &[FOUND],
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
