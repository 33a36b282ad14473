//! Rules that all plain kinds share.

use super::Rule;
use super::params::{COUNT, FIRST, FOUND, OWN, ROWS};
use crate::codes::Severity::{Error, Warning};

/// "`found`" stands `count` times in the file (rows `rows`), so that none of these rows was imported; keep one.
pub const RECORD_TWICE: Rule = Rule {
    code: "X101",
    severity: Error,
    zh: "“{found}”在文件中出现 {count} 次（第 {rows} 行），这些行都未导入",
    en: "\"{found}\" stands {count} times in the file (rows {rows}), so that none of these rows was imported",
    hint_zh: "无法判断以哪一行为准，请只保留一行。",
    hint_en: "Which row is right cannot be known; keep one.",
    params: &[FOUND, COUNT, ROWS, FIRST],
};

/// No task has the number "`found`"; check it, wanted for example 12-3.
pub const TASK_UNKNOWN: Rule = Rule {
    code: "D103",
    severity: Warning,
    zh: "整改任务清单中没有编号“{found}”",
    en: "no task has the number \"{found}\"",
    hint_zh: "请核对任务编号，例如 12-3。",
    hint_en: "Check the number of the task, such as 12-3.",
    params: &[FOUND],
};

/// The sheet is named after "`found`", but the file is that of `wanted`, so the sheet was not imported; rename it or add a column of divisions.
pub const SHEET_FOREIGN: Rule = Rule {
    code: "S101",
    severity: Error,
    zh: "工作表名“{found}”是另一个地区，本文件属于{wanted}，该表未导入",
    en: "the sheet is named after \"{found}\", but the file is that of {wanted}, so the sheet was not imported",
    hint_zh: "请改工作表名，或者增加“行政区域”一列。",
    hint_en: "Rename the sheet, or add a column of divisions.",
    params: &[FOUND, OWN],
};

/// The rules above.
pub const PLAIN_RULES: &[&Rule] = &[&RECORD_TWICE, &TASK_UNKNOWN, &SHEET_FOREIGN];
