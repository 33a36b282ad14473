//! Rules that all plain kinds share.

use super::Rule;
use crate::codes::Severity::{Error, Warning};

/// "`found`" stands `count` times in the file (rows `rows`), so that none of these rows was imported; keep one.
pub const RECORD_TWICE: Rule = Rule {
    code: "X101",
    severity: Error,
    zh: "“{found}”在文件中出现 {count} 次（第 {rows} 行），无法判断以哪行为准，这些行都未导入；请只保留一行",
    en: "\"{found}\" stands {count} times in the file (rows {rows}), so that none of these rows was imported; keep one",
};

/// No task has the number "`found`"; check it, wanted for example 12-3.
pub const TASK_UNKNOWN: Rule = Rule {
    code: "D103",
    severity: Warning,
    zh: "整改任务清单中没有编号“{found}”，请核对任务编号，例如 12-3",
    en: "no task has the number \"{found}\"; check it, wanted for example 12-3",
};

/// The sheet is named after "`found`", but the file is that of `wanted`, so the sheet was not imported; rename it or add a column of divisions.
pub const SHEET_FOREIGN: Rule = Rule {
    code: "S101",
    severity: Error,
    zh: "工作表名“{found}”是另一个地区，本文件属于{wanted}，该表未导入；请改表名，或增加“行政区域”一列",
    en: "the sheet is named after \"{found}\", but the file is that of {wanted}, so the sheet was not imported; rename it or add a column of divisions",
};

/// The rules above.
pub const PLAIN_RULES: &[&Rule] = &[&RECORD_TWICE, &TASK_UNKNOWN, &SHEET_FOREIGN];
