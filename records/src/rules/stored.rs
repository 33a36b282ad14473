//! Rules against the stored records.
use super::Rule;
use super::params::{
    BASE_VERSION, DAY_AFTER, DAY_BEFORE, DIVISION, DUE_AFTER, DUE_BEFORE, FIGURES, FOUND, PARTS, REPORTED, STATE_AFTER,
    STATE_BEFORE, STORED_VERSION,
};
use crate::codes::Severity::{Error, Note, Warning};

/// The number `found` is not in the province's list.
pub const NUMBER_UNLISTED: Rule = Rule {
    code: "D001",
    severity: Error,
    zh: "编号“{found}”不在省级清单中",
    en: "the number \"{found}\" is not in the province's list",
    hint_zh: "请与省级交办清单核对编号；清单漏列的，请联系省级办公室补列后再报送。",
    hint_en: "Compare it with the province's list; if the list lacks it, ask the provincial office to add it.",
    params: &[FOUND],
};

/// The province's list does not assign `found` to `division`.
pub const NOT_ASSIGNED: Rule = Rule {
    code: "D002",
    severity: Error,
    zh: "省级清单没有把“{found}”交办给{division}",
    en: "the province's list does not assign \"{found}\" to {division}",
    hint_zh: "请核对编号和行政区域；确由本地区办理的，请联系省级办公室调整清单。",
    hint_en: "Check number and division; if it is yours, ask the provincial office to change the list.",
    params: &[FOUND, DIVISION],
};

/// This ledger's reporting date `reported` is older than what is stored; the row stands in the history only.
pub const OLDER_THAN_STORED: Rule = Rule {
    code: "D003",
    severity: Note,
    zh: "这份台账的填报日期 {reported} 早于已入库的内容，这一行只留作历史",
    en: "this ledger's reporting date {reported} is older than what is stored; the row stands in the history only",
    hint_zh: "旧台账补报的不需要处理；填报日期写错的，请改正后重新报送，例如 2023年5月31日。",
    hint_en: "Nothing to do for an old ledger; if the reporting date is wrong, mend it and send the file again.",
    params: &[REPORTED],
};

/// The state went backwards from `before` to `after`.
pub const WENT_BACKWARDS: Rule = Rule {
    code: "D004",
    severity: Warning,
    zh: "状态倒退：上次是“{before}”，这次是“{after}”",
    en: "the state went backwards from \"{before}\" to \"{after}\"",
    hint_zh: "请核对；确有反弹或重新办理的，请说明原因，例如“回头看发现反弹，重新整改”。",
    hint_en: "Check it; if it was taken up again, say why in the reason.",
    params: &[STATE_BEFORE, STATE_AFTER],
};

/// Several divisions handle `found` and contradict each other on whether it is substantiated: `parts`.
pub const PARTS_CONTRADICT: Rule = Rule {
    code: "D005",
    severity: Warning,
    zh: "“{found}”由几个地区办理，对是否属实说法相反：{parts}",
    en: "several divisions handle \"{found}\" and contradict each other on whether it is substantiated: {parts}",
    hint_zh: "请与其他承办地区商定调查结论后统一填写，例如都填“部分属实”。",
    hint_en: "Agree on the finding with the other divisions and write the same, such as 部分属实.",
    params: &[FOUND, PARTS],
};

/// The deadline moved from `before` to `after`.
pub const DEADLINE_MOVED: Rule = Rule {
    code: "D021",
    severity: Warning,
    zh: "整改时限变了：上次是 {before}，这次是 {after}",
    en: "the deadline moved from {before} to {after}",
    hint_zh: "时限以整改方案为准，请核对；经批准延期的，请说明文号。",
    hint_en: "The plan sets the deadline; check it. If it was extended, give the approval in the reason.",
    params: &[DUE_BEFORE, DUE_AFTER],
};

/// It was closed and is now `after`.
pub const REOPENED: Rule = Rule {
    code: "D022",
    severity: Warning,
    zh: "上次已销号，这次变成“{after}”",
    en: "it was closed and is now \"{after}\"",
    hint_zh: "请核对；确因反弹重新整改的，请说明原因；填错的，请改回“已销号”。",
    hint_en: "Check it; if it was taken up again, say why in the reason, else write 已销号.",
    params: &[STATE_AFTER],
};

/// `found` of `division` was reported last time and is missing now.
pub const ROW_GONE: Rule = Rule {
    code: "D023",
    severity: Warning,
    zh: "上次报过的“{found}”（{division}），这次没有了",
    en: "\"{found}\" of {division} was reported last time and is missing now",
    hint_zh: "完整台账应包括以前报过的全部内容：请把这一行补回来；只报一部分的，请按“部分台账”报送。",
    hint_en: "A complete ledger repeats what was reported before: put the row back, or send the file as a partial ledger.",
    params: &[FOUND, DIVISION],
};

/// The finding changed from `before` to `after`.
pub const SUBSTANTIATED_CHANGED: Rule = Rule {
    code: "D024",
    severity: Warning,
    zh: "是否属实变了：上次是“{before}”，这次是“{after}”",
    en: "the finding changed from \"{before}\" to \"{after}\"",
    hint_zh: "请核对；重新调查后改变结论的，请说明，例如“经复查，改为部分属实”。",
    hint_en: "Check it; if it was investigated again, say so in the reason.",
    params: &[STATE_BEFORE, STATE_AFTER],
};

/// Cumulative figures fell: `figures`.
pub const FIGURES_FELL: Rule = Rule {
    code: "D025",
    severity: Warning,
    zh: "累计数变少了：{figures}",
    en: "cumulative figures fell: {figures}",
    hint_zh: "这些数是累计数，不应减少：请核对是否填成了本月数；更正以前错误的，请说明理由。",
    hint_en: "They are cumulative and do not fall: check that they are not this month's; if an error was mended, say so.",
    params: &[FIGURES],
};

/// The day of conclusion changed from `before` to `after`.
pub const CONCLUDED_ON_CHANGED: Rule = Rule {
    code: "D026",
    severity: Note,
    zh: "办结时间变了：上次是 {before}，这次是 {after}",
    en: "the day of conclusion changed from {before} to {after}",
    hint_zh: "更正日期的不需要处理；填错的，请改回 {before}。",
    hint_en: "If the date was mended, nothing to do; else write {before}.",
    params: &[DAY_BEFORE, DAY_AFTER],
};

/// The row was filled in on version `found` of its record, which is `wanted` now.
pub const FILLED_IN_BEFORE: Rule = Rule {
    code: "D027",
    severity: Error,
    zh: "这一行是在旧内容上填的：填表时是第 {found} 版，现在已入库的是第 {wanted} 版",
    en: "this row was filled in on version {found} of what is stored, which is version {wanted} now",
    hint_zh: "为免旧内容盖掉新内容，这一行没有导入。请重新生成预填模板，在新内容上修改；核对后确以这一行为准的，请清空这个单元格再报送。",
    hint_en: "So that nothing newer is overwritten, the row was not imported. Make the template again and fill it in there; if this row is right as it is, clear this cell and send it again.",
    params: &[BASE_VERSION, STORED_VERSION],
};

/// The rules above.
pub const STORED_RULES: &[&Rule] = &[
    &NUMBER_UNLISTED,
    &NOT_ASSIGNED,
    &OLDER_THAN_STORED,
    &WENT_BACKWARDS,
    &PARTS_CONTRADICT,
    &DEADLINE_MOVED,
    &REOPENED,
    &ROW_GONE,
    &SUBSTANTIATED_CHANGED,
    &FIGURES_FELL,
    &CONCLUDED_ON_CHANGED,
    &FILLED_IN_BEFORE,
];
