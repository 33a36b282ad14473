//! Rules across the rows of one file.
use super::Rule;
use super::params::{COUNT, FIRST, FOUND, HEADER, PATH, POINTER, ROWS, SUM, TOTAL};
use crate::codes::Severity::{Error, Note, Warning};

/// The number `found` stands `count` times in the file (rows `rows`); none of these rows was imported.
pub const KEY_TWICE: Rule = Rule {
    code: "X001",
    severity: Error,
    zh: "编号“{found}”在文件中出现 {count} 次（行号：{rows}），这些行都没有导入",
    en: "the number \"{found}\" stands {count} times in the file (rows {rows}); none of these rows was imported",
    hint_zh: "请只保留正确的一行；几个地区合办的，每个地区一行，并填明行政区域，例如一行“南明区”，一行“云岩区”。",
    hint_en: "Keep the right one; where several divisions share it, each has one row that names it.",
    params: &[FOUND, COUNT, ROWS, FIRST],
};

/// `count` petitions have the very same handling text (rows `rows`).
pub const TEXT_PASTED: Rule = Rule {
    code: "X002",
    severity: Warning,
    zh: "{count} 件信访的处理情况一字不差（行号：{rows}）",
    en: "{count} petitions have the very same handling text (rows {rows})",
    hint_zh: "请按每件信访的实际情况分别填写；确实一并处理的，请说明理由。",
    hint_en: "Say for each petition what was done; if they were handled together, say so in the reason.",
    params: &[COUNT, ROWS, FIRST],
};

/// The parent task `found` is not in the list.
pub const PARENT_MISSING: Rule = Rule {
    code: "X003",
    severity: Error,
    zh: "上级任务“{found}”不在清单中",
    en: "the parent task \"{found}\" is not in the list",
    hint_zh: "请核对上级任务编号，例如 12；上级任务也要在清单中单独列一行。",
    hint_en: "Check the parent's number, such as 12; the parent needs a row of its own in the list.",
    params: &[FOUND],
};

/// The total row says `found`, its rows add up to `wanted`.
pub const TOTAL_DISAGREES: Rule = Rule {
    code: "X004",
    severity: Note,
    zh: "合计行写的是 {found}，各行加起来是 {wanted}",
    en: "the total row says {found}, its rows add up to {wanted}",
    hint_zh: "合计行不会导入。请核对是合计算错，还是漏了或多了行。",
    hint_en: "The total is not imported. Check whether it is wrong or rows are missing or too many.",
    params: &[TOTAL, SUM],
};

/// Several divisions handle `found` and contradict each other on whether it is substantiated (rows `rows`).
pub const PARTS_CONTRADICT_HERE: Rule = Rule {
    code: "X021",
    severity: Warning,
    zh: "“{found}”由几个地区办理，对是否属实说法相反（行号：{rows}）",
    en: "several divisions handle \"{found}\" and contradict each other on whether it is substantiated (rows {rows})",
    hint_zh: "请几个地区先商定调查结论，再按同一口径填写，例如都填“部分属实”。",
    hint_en: "Let the divisions agree on the finding and write the same, such as 部分属实.",
    params: &[FOUND, ROWS, FIRST],
};

/// `what` of `found` leads back to itself: `path`.
pub const POINTS_IN_CIRCLE: Rule = Rule {
    code: "X022",
    severity: Warning,
    zh: "编号 {found} 的{what}绕回了自己：{path}",
    en: "{what} of {found} leads back to itself: {path}",
    hint_zh: "请核对：合并件、重复件应指向首次交办的那一件，下级任务应指向上级任务，例如 12-3 指向 12。",
    hint_en: "A merged or repeated petition points at the first one, a part at its task: 12-3 points at 12.",
    params: &[FOUND, POINTER, PATH],
};

/// `what` `found` is not in the list.
pub const POINTS_NOWHERE: Rule = Rule {
    code: "X023",
    severity: Warning,
    zh: "{what}“{found}”不在清单中",
    en: "{what} \"{found}\" is not in the list",
    hint_zh: "请核对编号，应填清单中首次交办的那一件，例如 X2GZ202112070001。",
    hint_en: "Check the number; wanted is the first petition's in the list, such as X2GZ202112070001.",
    params: &[FOUND, POINTER],
};

/// The rows of `found` differ in `header` (rows `rows`); the first one counts.
pub const WORDING_DIFFERS: Rule = Rule {
    code: "X024",
    severity: Warning,
    zh: "“{found}”的几行写的“{header}”不一样（行号：{rows}），按先读到的计",
    en: "the rows of \"{found}\" differ in \"{header}\" (rows {rows}); the first one counts",
    hint_zh: "同一件信访的交办内容应当一致，请按交办清单统一。",
    hint_en: "The rows of one petition must agree; copy it from the handover list.",
    params: &[FOUND, HEADER, ROWS, FIRST],
};

/// The rules above.
pub const CROSS_RULES: &[&Rule] = &[
    &KEY_TWICE,
    &TEXT_PASTED,
    &PARENT_MISSING,
    &TOTAL_DISAGREES,
    &PARTS_CONTRADICT_HERE,
    &POINTS_IN_CIRCLE,
    &POINTS_NOWHERE,
    &WORDING_DIFFERS,
];
