//! Values that mean the same in every rule that has them.

use crate::rules::Param;

/// Address of the cell.
pub(in crate::rules) const ADDRESS: Param = Param {
    name: "address",
    zh: "单元格地址",
    en: "address of the cell",
    words: &[],
};

/// Day of closing.
pub(in crate::rules) const CLOSED: Param = Param {
    name: "closed",
    zh: "销号时间",
    en: "day of closing",
    words: &[],
};

/// How far acceptance has come.
pub(in crate::rules) const CLOSURE: Param = Param {
    name: "closure",
    zh: "销号情况",
    en: "how far acceptance has come",
    words: &[],
};

/// Letters and headers of the columns.
pub(in crate::rules) const COLUMNS: Param = Param {
    name: "columns",
    zh: "各列的列号和表头",
    en: "letters and headers of the columns",
    words: &[],
};

/// Day of completion.
pub(in crate::rules) const COMPLETED: Param = Param {
    name: "completed",
    zh: "完成时间",
    en: "day of completion",
    words: &[],
};

/// Day of the conclusion.
pub(in crate::rules) const CONCLUDED: Param = Param {
    name: "concluded",
    zh: "办结时间",
    en: "day of the conclusion",
    words: &[],
};

/// How many rows.
pub(in crate::rules) const COUNT: Param = Param {
    name: "count",
    zh: "共有几行",
    en: "how many rows",
    words: &[],
};

/// The reporting dates found.
pub(in crate::rules) const DATES: Param = Param {
    name: "dates",
    zh: "找到的各个填报日期",
    en: "the reporting dates found",
    words: &[],
};

/// What the program met, for technicians.
pub(in crate::rules) const DETAIL: Param = Param {
    name: "detail",
    zh: "给技术人员看的说明，英文",
    en: "what the program met, for technicians",
    words: &[],
};

/// Name of the division.
pub(in crate::rules) const DIVISION: Param = Param {
    name: "division",
    zh: "行政区域名称",
    en: "name of the division",
    words: &[],
};

/// Last day of the deadline.
pub(in crate::rules) const DUE: Param = Param {
    name: "due",
    zh: "整改时限的最后一天",
    en: "last day of the deadline",
    words: &[],
};

/// Earliest day.
pub(in crate::rules) const EARLIEST: Param = Param {
    name: "earliest",
    zh: "最早可填的日期",
    en: "earliest day",
    words: &[],
};

/// Last day of the inspection.
pub(in crate::rules) const ENDED: Param = Param {
    name: "ended",
    zh: "督察进驻的最后一天",
    en: "last day of the inspection",
    words: &[],
};

/// What fell: the numbers of last time and of this time.
pub(in crate::rules) const FIGURES: Param = Param {
    name: "figures",
    zh: "变少的各项：上次和这次的数",
    en: "what fell: the numbers of last time and of this time",
    words: &[],
};

/// First row of the group as sheet!row, the same for all its rows.
pub(in crate::rules) const FIRST: Param = Param {
    name: "first",
    zh: "这一组的第一行，写成“表名!行号”，同组各行相同",
    en: "first row of the group as sheet!row, the same for all its rows",
    words: &[],
};

/// What the cell says.
pub(in crate::rules) const FOUND: Param = Param {
    name: "found",
    zh: "表中填写的内容",
    en: "what the cell says",
    words: &[],
};

/// The column's header.
pub(in crate::rules) const HEADER: Param = Param {
    name: "header",
    zh: "表头",
    en: "the column's header",
    words: &[],
};

/// Latest day.
pub(in crate::rules) const LATEST: Param = Param {
    name: "latest",
    zh: "最晚可填的日期",
    en: "latest day",
    words: &[],
};

/// Least value.
pub(in crate::rules) const LEAST: Param = Param {
    name: "least",
    zh: "最小值",
    en: "least value",
    words: &[],
};

/// Letters in the number.
pub(in crate::rules) const LETTERS: Param = Param {
    name: "letters",
    zh: "编号中的省份代码",
    en: "letters in the number",
    words: &[],
};

/// The most that is admitted.
pub(in crate::rules) const LIMIT: Param = Param {
    name: "limit",
    zh: "上限",
    en: "the most that is admitted",
    words: &[],
};

/// The measures counted above zero.
pub(in crate::rules) const MEASURES: Param = Param {
    name: "measures",
    zh: "不为零的处理措施",
    en: "the measures counted above zero",
    words: &[],
};

/// Greatest value.
pub(in crate::rules) const MOST: Param = Param {
    name: "most",
    zh: "最大值",
    en: "greatest value",
    words: &[],
};

/// The parent as written.
pub(in crate::rules) const PARENT: Param = Param {
    name: "parent",
    zh: "填写的上级任务编号",
    en: "the parent as written",
    words: &[],
};

/// Name of the part inside the package.
pub(in crate::rules) const PART: Param = Param {
    name: "part",
    zh: "文件内部的部件名",
    en: "name of the part inside the package",
    words: &[],
};

/// What each division says.
pub(in crate::rules) const PARTS: Param = Param {
    name: "parts",
    zh: "各地区的说法",
    en: "what each division says",
    words: &[],
};

/// The numbers in the order they point.
pub(in crate::rules) const PATH: Param = Param {
    name: "path",
    zh: "依次指向的编号",
    en: "the numbers in the order they point",
    words: &[],
};

/// Day of receipt.
pub(in crate::rules) const RECEIVED: Param = Param {
    name: "received",
    zh: "受理时间",
    en: "day of receipt",
    words: &[],
};

/// The ledger's reporting date.
pub(in crate::rules) const REPORTED: Param = Param {
    name: "reported",
    zh: "台账的填报日期",
    en: "the ledger's reporting date",
    words: &[],
};

/// Round in the number.
pub(in crate::rules) const ROUND: Param = Param {
    name: "round",
    zh: "编号中的轮次",
    en: "round in the number",
    words: &[],
};

/// The rows, those of other sheets as sheet!row; a long list is cut, and every row has a finding of its own.
pub(in crate::rules) const ROWS: Param = Param {
    name: "rows",
    zh: "涉及的行号；其他工作表的写成“表名!行号”，太多时只列出开头部分，每一行另有自己的结果",
    en: "the rows, those of other sheets as sheet!row; a long list is cut, and every row has a finding of its own",
    words: &[],
};

/// Seconds it may take.
pub(in crate::rules) const SECONDS: Param = Param {
    name: "seconds",
    zh: "最多可用的秒数",
    en: "seconds it may take",
    words: &[],
};

/// Name of the sheet.
pub(in crate::rules) const SHEET: Param = Param {
    name: "sheet",
    zh: "工作表名称",
    en: "name of the sheet",
    words: &[],
};

/// First day of the inspection.
pub(in crate::rules) const STARTED: Param = Param {
    name: "started",
    zh: "督察进驻的第一天",
    en: "first day of the inspection",
    words: &[],
};

/// The day of the import.
pub(in crate::rules) const TODAY: Param = Param {
    name: "today",
    zh: "导入当天",
    en: "the day of the import",
    words: &[],
};

/// The unit as written.
pub(in crate::rules) const UNIT: Param = Param {
    name: "unit",
    zh: "所写的单位",
    en: "the unit as written",
    words: &[],
};

/// What is wanted.
pub(in crate::rules) const WANTED: Param = Param {
    name: "wanted",
    zh: "应填的内容",
    en: "what is wanted",
    words: &[],
};
