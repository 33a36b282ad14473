//! Rules across the rows of one file.

use super::Rule;
use crate::codes::Severity::{Error, Note, Warning};

/// The number \"`found`\" stands `count` times in the file (rows `rows`); none of these rows was imported.
pub const KEY_TWICE: Rule = Rule {
    code: "X001",
    severity: Error,
    zh: "编号“{found}”在文件中出现 {count} 次（第 {rows} 行），这些行都未导入",
    en: "the number \"{found}\" stands {count} times in the file (rows {rows}); none of these rows was imported",
};

/// `count` rows have the very same handling text (rows `rows`).
pub const TEXT_PASTED: Rule = Rule {
    code: "X002",
    severity: Warning,
    zh: "{count} 行的处理情况文字完全相同（第 {rows} 行）",
    en: "{count} rows have the very same handling text (rows {rows})",
};

/// The parent task \"`found`\" is not in the list.
pub const PARENT_MISSING: Rule = Rule {
    code: "X003",
    severity: Error,
    zh: "上级任务“{found}”不在清单中",
    en: "the parent task \"{found}\" is not in the list",
};

/// The total row says `found`, its rows add up to `wanted`.
pub const TOTAL_DISAGREES: Rule = Rule {
    code: "X004",
    severity: Note,
    zh: "合计行写的是 {found}，各行之和是 {wanted}",
    en: "the total row says {found}, its rows add up to {wanted}",
};

/// The rules above.
pub const CROSS_RULES: &[&Rule] = &[&KEY_TWICE, &TEXT_PASTED, &PARENT_MISSING, &TOTAL_DISAGREES];
