//! Rules on a sheet.
use super::Rule;
use super::params::{DATES, FOUND, SHEET, SHEETS, STARTED, TODAY};
use crate::codes::Severity::{Error, Note, Warning};

/// No ledger was found; the sheets: `sheets`.
pub const NO_LEDGER: Rule = Rule {
    code: "S001",
    severity: Error,
    zh: "没有找到台账。各工作表的情况：{sheets}",
    en: "no ledger was found; the sheets: {sheets}",
    hint_zh: "请检查表头：信访台账要有“受理编号”和“交办问题基本情况”，任务台账要有“任务编号”和“反馈问题”；最好使用下发的模板填报。",
    hint_en: "Check the header: a petition ledger has 受理编号 and 交办问题基本情况, a task ledger 任务编号 and 反馈问题; best fill in the template.",
    params: &[SHEETS],
};

/// The hidden sheet `sheet` was not read.
pub const SHEET_HIDDEN: Rule = Rule {
    code: "S002",
    severity: Note,
    zh: "隐藏的工作表“{sheet}”没有读取",
    en: "the hidden sheet \"{sheet}\" was not read",
    hint_zh: "如果其中有要报送的内容，请取消隐藏后重新报送；否则不需要处理。",
    hint_en: "If it holds rows to be counted, show the sheet and send the file again; else nothing to do.",
    params: &[SHEET],
};

/// The sheet `sheet` is no ledger and was skipped.
pub const SHEET_SKIPPED: Rule = Rule {
    code: "S003",
    severity: Note,
    zh: "工作表“{sheet}”不是台账，已跳过",
    en: "the sheet \"{sheet}\" is no ledger and was skipped",
    hint_zh: "如果其中有要报送的内容，请把表头改成模板的写法，例如“受理编号”；填报说明、字典等工作表不需要处理。",
    hint_en: "If it holds rows to be counted, give it the template's header, such as 受理编号; instructions and lists need nothing.",
    params: &[SHEET],
};

/// This format does not tell merged cells, so empty cells inside them count as empty.
pub const MERGES_UNREADABLE: Rule = Rule {
    code: "S004",
    severity: Note,
    zh: "这种文件格式读不出合并单元格，合并区域内的空格按空白处理",
    en: "this format does not tell merged cells, so empty cells inside them count as empty",
    hint_zh: "请另存为 .xlsx 后重新报送，或者取消合并、每行都填上内容。",
    hint_en: "Save it as .xlsx and send that, or unmerge the cells and fill every row.",
    params: &[],
};

/// The file gives different reporting dates: `dates`; the earliest counts.
pub const SEVERAL_DATES: Rule = Rule {
    code: "S005",
    severity: Warning,
    zh: "文件中有不同的填报日期：{dates}；按最早的一个计",
    en: "the file gives different reporting dates: {dates}; the earliest counts",
    hint_zh: "请把各处的填报日期改成同一天，例如“填报日期：2023年5月31日”。",
    hint_en: "Give the same reporting date everywhere, such as 填报日期：2023年5月31日.",
    params: &[DATES],
};

/// The reporting date `found` cannot be read, so the day of the import counts.
pub const REPORT_DATE_UNREADABLE: Rule = Rule {
    code: "S006",
    severity: Warning,
    zh: "填报日期“{found}”无法识别，按导入当天计",
    en: "the reporting date \"{found}\" cannot be read, so the day of the import counts",
    hint_zh: "请写成“填报日期：2023年5月31日”这样的形式。",
    hint_en: "Write it like 填报日期：2023年5月31日.",
    params: &[FOUND],
};

/// The reporting date `found` is still to come (today is `today`), so the day of the import counts.
pub const REPORT_DATE_IN_FUTURE: Rule = Rule {
    code: "S021",
    severity: Warning,
    zh: "填报日期 {found} 还没有到（今天是 {today}），按导入当天计",
    en: "the reporting date {found} is still to come (today is {today}), so the day of the import counts",
    hint_zh: "请核对填报日期的年份和月份，例如把 2033年5月31日 改成 2023年5月31日。",
    hint_en: "Check year and month of the reporting date; 2033-05-31 may mean 2023-05-31.",
    params: &[FOUND, TODAY],
};

/// The reporting date `found` is before the inspection began on `started`.
pub const REPORT_DATE_EARLY: Rule = Rule {
    code: "S022",
    severity: Warning,
    zh: "填报日期 {found} 早于督察进驻的 {started}",
    en: "the reporting date {found} is before the inspection began on {started}",
    hint_zh: "请核对填报日期的年份，例如把 2012年5月31日 改成 2022年5月31日。",
    hint_en: "Check the year of the reporting date; 2012-05-31 may mean 2022-05-31.",
    params: &[FOUND, STARTED],
};

/// The sheet `sheet` has a header and no rows.
pub const NO_ROWS: Rule = Rule {
    code: "S023",
    severity: Warning,
    zh: "工作表“{sheet}”只有表头，没有数据",
    en: "the sheet \"{sheet}\" has a header and no rows",
    hint_zh: "请核对是否选错了文件。确实没有内容的，请在说明中写明“本期无数据”。",
    hint_en: "Check that it is the right file. If there is nothing to report, say so in the reason.",
    params: &[SHEET],
};

/// The rules above.
pub const SHEET_RULES: &[&Rule] = &[
    &NO_LEDGER,
    &SHEET_HIDDEN,
    &SHEET_SKIPPED,
    &MERGES_UNREADABLE,
    &SEVERAL_DATES,
    &REPORT_DATE_UNREADABLE,
    &REPORT_DATE_IN_FUTURE,
    &REPORT_DATE_EARLY,
    &NO_ROWS,
];
