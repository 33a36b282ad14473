//! The named values of the rules' texts: what each of them is.

use super::{Param, Word};

/// Address of the cell.
pub(super) const ADDRESS: Param = Param {
    name: "address",
    zh: "单元格地址",
    en: "address of the cell",
    words: &[],
};

/// The amount.
pub(super) const AMOUNT: Param = Param {
    name: "found",
    zh: "金额",
    en: "the amount",
    words: &[],
};

/// The most one petition plausibly has.
pub(super) const AMOUNT_LIMIT: Param = Param {
    name: "limit",
    zh: "一件信访通常的最高金额",
    en: "the most one petition plausibly has",
    words: &[],
};

/// Which coordinate.
pub(super) const AXIS: Param = Param {
    name: "what",
    zh: "经度或纬度",
    en: "which coordinate",
    words: &[
        Word {
            token: "longitude",
            zh: "经度",
            en: "longitude",
        },
        Word {
            token: "latitude",
            zh: "纬度",
            en: "latitude",
        },
    ],
};

/// The batch as written.
pub(super) const BATCH: Param = Param {
    name: "found",
    zh: "表中的批次",
    en: "the batch as written",
    words: &[],
};

/// The batch by the day of receipt.
pub(super) const BATCH_WANTED: Param = Param {
    name: "wanted",
    zh: "按受理日期推算的批次",
    en: "the batch by the day of receipt",
    words: &[],
};

/// The divisions it may mean.
pub(super) const CANDIDATES: Param = Param {
    name: "wanted",
    zh: "可能的地区",
    en: "the divisions it may mean",
    words: &[],
};

/// The channel as written.
pub(super) const CHANNEL: Param = Param {
    name: "found",
    zh: "表中的举报方式",
    en: "the channel as written",
    words: &[
        Word {
            token: "phone",
            zh: "来电",
            en: "phone",
        },
        Word {
            token: "letter",
            zh: "来信",
            en: "letter",
        },
        Word {
            token: "other",
            zh: "其他",
            en: "other",
        },
    ],
};

/// The channel the number says.
pub(super) const CHANNEL_WANTED: Param = Param {
    name: "wanted",
    zh: "编号表示的举报方式",
    en: "the channel the number says",
    words: &[
        Word {
            token: "phone",
            zh: "来电",
            en: "phone",
        },
        Word {
            token: "letter",
            zh: "来信",
            en: "letter",
        },
        Word {
            token: "other",
            zh: "其他",
            en: "other",
        },
    ],
};

/// How many characters.
pub(super) const CHARS: Param = Param {
    name: "found",
    zh: "字数",
    en: "how many characters",
    words: &[],
};

/// All choices.
pub(super) const CHOICES: Param = Param {
    name: "wanted",
    zh: "全部可选的内容",
    en: "all choices",
    words: &[],
};

/// Which clock ran out.
pub(super) const CLOCK: Param = Param {
    name: "clock",
    zh: "计时方式",
    en: "which clock ran out",
    words: &[
        Word {
            token: "cpu",
            zh: "处理器时间",
            en: "processor time",
        },
        Word {
            token: "wall",
            zh: "等待时间",
            en: "waiting time",
        },
    ],
};

/// Day of closing.
pub(super) const CLOSED: Param = Param {
    name: "closed",
    zh: "销号时间",
    en: "day of closing",
    words: &[],
};

/// How far acceptance has come.
pub(super) const CLOSURE: Param = Param {
    name: "closure",
    zh: "销号情况",
    en: "how far acceptance has come",
    words: &[],
};

/// Letters and headers of the columns.
pub(super) const COLUMNS: Param = Param {
    name: "columns",
    zh: "各列的列号和表头",
    en: "letters and headers of the columns",
    words: &[],
};

/// Day of completion.
pub(super) const COMPLETED: Param = Param {
    name: "completed",
    zh: "完成时间",
    en: "day of completion",
    words: &[],
};

/// Day of the conclusion.
pub(super) const CONCLUDED: Param = Param {
    name: "concluded",
    zh: "办结时间",
    en: "day of the conclusion",
    words: &[],
};

/// How many rows.
pub(super) const COUNT: Param = Param {
    name: "count",
    zh: "共有几行",
    en: "how many rows",
    words: &[],
};

/// How many were found.
pub(super) const COUNTED: Param = Param {
    name: "found",
    zh: "数到的数量",
    en: "how many were found",
    words: &[],
};

/// How it ended.
pub(super) const CRASH: Param = Param {
    name: "how",
    zh: "中断的方式",
    en: "how it ended",
    words: &[
        Word {
            token: "panic",
            zh: "程序错误",
            en: "panic",
        },
        Word {
            token: "signal",
            zh: "信号",
            en: "signal",
        },
        Word {
            token: "exit",
            zh: "退出码",
            en: "exit code",
        },
        Word {
            token: "cut_short",
            zh: "输出中断",
            en: "output cut short",
        },
        Word {
            token: "bad_frame",
            zh: "输出无法解析",
            en: "output that is no frame",
        },
    ],
};

/// The reporting dates found.
pub(super) const DATES: Param = Param {
    name: "dates",
    zh: "找到的各个填报日期",
    en: "the reporting dates found",
    words: &[],
};

/// The day as written.
pub(super) const DAY: Param = Param {
    name: "found",
    zh: "表中的日期",
    en: "the day as written",
    words: &[],
};

/// The day of this time.
pub(super) const DAY_AFTER: Param = Param {
    name: "after",
    zh: "这次的日期",
    en: "the day of this time",
    words: &[],
};

/// The day of last time.
pub(super) const DAY_BEFORE: Param = Param {
    name: "before",
    zh: "上次的日期",
    en: "the day of last time",
    words: &[],
};

/// The day in the number.
pub(super) const DAY_WANTED: Param = Param {
    name: "wanted",
    zh: "编号中的日期",
    en: "the day in the number",
    words: &[],
};

/// What the program met, for technicians.
pub(super) const DETAIL: Param = Param {
    name: "detail",
    zh: "给技术人员看的说明，英文",
    en: "what the program met, for technicians",
    words: &[],
};

/// Name of the division.
pub(super) const DIVISION: Param = Param {
    name: "division",
    zh: "行政区域名称",
    en: "name of the division",
    words: &[],
};

/// Last day of the deadline.
pub(super) const DUE: Param = Param {
    name: "due",
    zh: "整改时限的最后一天",
    en: "last day of the deadline",
    words: &[],
};

/// The deadline of this time.
pub(super) const DUE_AFTER: Param = Param {
    name: "after",
    zh: "这次的时限",
    en: "the deadline of this time",
    words: &[],
};

/// The deadline of last time.
pub(super) const DUE_BEFORE: Param = Param {
    name: "before",
    zh: "上次的时限",
    en: "the deadline of last time",
    words: &[],
};

/// Earliest day.
pub(super) const EARLIEST: Param = Param {
    name: "earliest",
    zh: "最早可填的日期",
    en: "earliest day",
    words: &[],
};

/// Last day of the inspection.
pub(super) const ENDED: Param = Param {
    name: "ended",
    zh: "督察进驻的最后一天",
    en: "last day of the inspection",
    words: &[],
};

/// An example.
pub(super) const EXAMPLE: Param = Param {
    name: "wanted",
    zh: "正确写法的例子",
    en: "an example",
    words: &[],
};

/// What fell: the numbers of last time and of this time.
pub(super) const FIGURES: Param = Param {
    name: "figures",
    zh: "变少的各项：上次和这次的数",
    en: "what fell: the numbers of last time and of this time",
    words: &[],
};

/// First row of the group as sheet!row, the same for all its rows.
pub(super) const FIRST: Param = Param {
    name: "first",
    zh: "这一组的第一行，写成“表名!行号”，同组各行相同",
    en: "first row of the group as sheet!row, the same for all its rows",
    words: &[],
};

/// What the cell says.
pub(super) const FOUND: Param = Param {
    name: "found",
    zh: "表中填写的内容",
    en: "what the cell says",
    words: &[],
};

/// The column's header.
pub(super) const HEADER: Param = Param {
    name: "header",
    zh: "表头",
    en: "the column's header",
    words: &[],
};

/// The header as written.
pub(super) const HEADER_FOUND: Param = Param {
    name: "found",
    zh: "表中的表头",
    en: "the header as written",
    words: &[],
};

/// The header that is wanted.
pub(super) const HEADER_WANTED: Param = Param {
    name: "wanted",
    zh: "应有的表头",
    en: "the header that is wanted",
    words: &[],
};

/// Latest day.
pub(super) const LATEST: Param = Param {
    name: "latest",
    zh: "最晚可填的日期",
    en: "latest day",
    words: &[],
};

/// Least value.
pub(super) const LEAST: Param = Param {
    name: "least",
    zh: "最小值",
    en: "least value",
    words: &[],
};

/// Letters in the number.
pub(super) const LETTERS: Param = Param {
    name: "letters",
    zh: "编号中的省份代码",
    en: "letters in the number",
    words: &[],
};

/// This province's letters.
pub(super) const LETTERS_WANTED: Param = Param {
    name: "wanted",
    zh: "本省的省份代码",
    en: "this province's letters",
    words: &[],
};

/// The most that is admitted.
pub(super) const LIMIT: Param = Param {
    name: "limit",
    zh: "上限",
    en: "the most that is admitted",
    words: &[],
};

/// What was counted.
pub(super) const MEASURE: Param = Param {
    name: "what",
    zh: "超过上限的项目",
    en: "what was counted",
    words: &[
        Word {
            token: "file_bytes",
            zh: "文件字节数",
            en: "bytes of file",
        },
        Word {
            token: "inflated_bytes",
            zh: "解压后的字节数",
            en: "unpacked bytes",
        },
        Word {
            token: "shared_string_bytes",
            zh: "文字部分解压后的字节数",
            en: "unpacked bytes of shared strings",
        },
        Word {
            token: "zip_entries",
            zh: "文件内的部件数",
            en: "entries in the package",
        },
        Word {
            token: "sheets",
            zh: "工作表数",
            en: "sheets",
        },
        Word {
            token: "rows",
            zh: "行数",
            en: "rows",
        },
        Word {
            token: "cells",
            zh: "非空单元格数",
            en: "cells with a value",
        },
        Word {
            token: "text_chars",
            zh: "单元格字数",
            en: "characters in one cell",
        },
        Word {
            token: "merges",
            zh: "合并单元格数",
            en: "merged blocks",
        },
        Word {
            token: "row_bytes",
            zh: "一行的字节数",
            en: "bytes in one row",
        },
    ],
};

/// The measures counted above zero.
pub(super) const MEASURES: Param = Param {
    name: "measures",
    zh: "不为零的处理措施",
    en: "the measures counted above zero",
    words: &[],
};

/// Greatest value.
pub(super) const MOST: Param = Param {
    name: "most",
    zh: "最大值",
    en: "greatest value",
    words: &[],
};

/// The reporting division.
pub(super) const OWN_DIVISION: Param = Param {
    name: "wanted",
    zh: "填报地区",
    en: "the reporting division",
    words: &[],
};

/// The parent as written.
pub(super) const PARENT: Param = Param {
    name: "parent",
    zh: "填写的上级任务编号",
    en: "the parent as written",
    words: &[],
};

/// Name of the part inside the package.
pub(super) const PART: Param = Param {
    name: "part",
    zh: "文件内部的部件名",
    en: "name of the part inside the package",
    words: &[],
};

/// What each division says.
pub(super) const PARTS: Param = Param {
    name: "parts",
    zh: "各地区的说法",
    en: "what each division says",
    words: &[],
};

/// The numbers in the order they point.
pub(super) const PATH: Param = Param {
    name: "path",
    zh: "依次指向的编号",
    en: "the numbers in the order they point",
    words: &[],
};

/// How many persons.
pub(super) const PERSONS: Param = Param {
    name: "found",
    zh: "人数",
    en: "how many persons",
    words: &[],
};

/// How many persons.
pub(super) const PERSONS_COUNT: Param = Param {
    name: "count",
    zh: "人数",
    en: "how many persons",
    words: &[],
};

/// Which column points.
pub(super) const POINTER: Param = Param {
    name: "what",
    zh: "哪一种编号",
    en: "which column points",
    words: &[
        Word {
            token: "merged_into",
            zh: "合并编号",
            en: "the merged petition",
        },
        Word {
            token: "duplicate_of",
            zh: "重复关联件编号",
            en: "the repeated petition",
        },
        Word {
            token: "parent",
            zh: "上级任务编号",
            en: "the parent task",
        },
    ],
};

/// Day of receipt.
pub(super) const RECEIVED: Param = Param {
    name: "received",
    zh: "受理时间",
    en: "day of receipt",
    words: &[],
};

/// The ledger's reporting date.
pub(super) const REPORTED: Param = Param {
    name: "reported",
    zh: "台账的填报日期",
    en: "the ledger's reporting date",
    words: &[],
};

/// Round in the number.
pub(super) const ROUND: Param = Param {
    name: "round",
    zh: "编号中的轮次",
    en: "round in the number",
    words: &[],
};

/// This inspection's round.
pub(super) const ROUND_WANTED: Param = Param {
    name: "wanted",
    zh: "本次督察的轮次",
    en: "this inspection's round",
    words: &[],
};

/// The rows, those of other sheets as sheet!row; a long list is cut, and every row has a finding of its own.
pub(super) const ROWS: Param = Param {
    name: "rows",
    zh: "涉及的行号；其他工作表的写成“表名!行号”，太多时只列出开头部分，每一行另有自己的结果",
    en: "the rows, those of other sheets as sheet!row; a long list is cut, and every row has a finding of its own",
    words: &[],
};

/// Seconds it may take.
pub(super) const SECONDS: Param = Param {
    name: "seconds",
    zh: "最多可用的秒数",
    en: "seconds it may take",
    words: &[],
};

/// Name of the sheet.
pub(super) const SHEET: Param = Param {
    name: "sheet",
    zh: "工作表名称",
    en: "name of the sheet",
    words: &[],
};

/// Each sheet and why it is no ledger.
pub(super) const SHEETS: Param = Param {
    name: "sheets",
    zh: "每个工作表为什么不是台账",
    en: "each sheet and why it is no ledger",
    words: &[
        Word {
            token: "empty",
            zh: "空表",
            en: "empty",
        },
        Word {
            token: "hidden",
            zh: "隐藏",
            en: "hidden",
        },
        Word {
            token: "not_a_grid",
            zh: "不是普通工作表",
            en: "no grid",
        },
        Word {
            token: "no_header",
            zh: "没有找到台账表头",
            en: "no ledger header",
        },
        Word {
            token: "two_kinds",
            zh: "像两种台账",
            en: "two kinds of ledger",
        },
        Word {
            token: "explanatory",
            zh: "说明文字",
            en: "explanatory",
        },
    ],
};

/// Signal or exit code, 0 where there is none.
pub(super) const SIGNAL: Param = Param {
    name: "number",
    zh: "信号或退出码，没有时为 0",
    en: "signal or exit code, 0 where there is none",
    words: &[],
};

/// First day of the inspection.
pub(super) const STARTED: Param = Param {
    name: "started",
    zh: "督察进驻的第一天",
    en: "first day of the inspection",
    words: &[],
};

/// The state as written.
pub(super) const STATE: Param = Param {
    name: "found",
    zh: "表中填写的状态",
    en: "the state as written",
    words: &[],
};

/// The state of this time.
pub(super) const STATE_AFTER: Param = Param {
    name: "after",
    zh: "这次的状态",
    en: "the state of this time",
    words: &[],
};

/// The state of last time.
pub(super) const STATE_BEFORE: Param = Param {
    name: "before",
    zh: "上次的状态",
    en: "the state of last time",
    words: &[],
};

/// The sum of the rows.
pub(super) const SUM: Param = Param {
    name: "wanted",
    zh: "各行之和",
    en: "the sum of the rows",
    words: &[],
};

/// The day of the import.
pub(super) const TODAY: Param = Param {
    name: "today",
    zh: "导入当天",
    en: "the day of the import",
    words: &[],
};

/// The total as written.
pub(super) const TOTAL: Param = Param {
    name: "found",
    zh: "合计行的数",
    en: "the total as written",
    words: &[],
};

/// The unit as written.
pub(super) const UNIT: Param = Param {
    name: "unit",
    zh: "所写的单位",
    en: "the unit as written",
    words: &[],
};

/// The units that fit.
pub(super) const UNITS_WANTED: Param = Param {
    name: "wanted",
    zh: "可用的单位",
    en: "the units that fit",
    words: &[],
};

/// What is wanted.
pub(super) const WANTED: Param = Param {
    name: "wanted",
    zh: "应填的内容",
    en: "what is wanted",
    words: &[],
};

/// Sheet, cell or part.
pub(super) const WHERE: Param = Param {
    name: "place",
    zh: "出错的工作表、单元格或部件",
    en: "sheet, cell or part",
    words: &[Word {
        token: "",
        zh: "文件整体",
        en: "the file as a whole",
    }],
};

/// The penalty.
pub(super) const PENALTY: Param = Param {
    name: "found",
    zh: "处理方式",
    en: "the penalty",
    words: &[],
};

/// Whom it is for.
pub(super) const SUBJECT: Param = Param {
    name: "wanted",
    zh: "适用的对象",
    en: "whom it is for",
    words: &[],
};

/// Day of the decision.
pub(super) const DECIDED: Param = Param {
    name: "decided",
    zh: "处理时间",
    en: "day of the decision",
    words: &[],
};

/// The day it may not be before.
pub(super) const SINCE: Param = Param {
    name: "since",
    zh: "不应早于的日期",
    en: "the day it may not be before",
    words: &[],
};

/// What that day is.
pub(super) const SINCE_WHAT: Param = Param {
    name: "what",
    zh: "这个日期是什么",
    en: "what that day is",
    words: &[],
};

/// Day of the activity.
pub(super) const HELD: Param = Param {
    name: "held",
    zh: "活动时间",
    en: "day of the activity",
    words: &[],
};

/// Day it was settled.
pub(super) const SETTLED: Param = Param {
    name: "settled",
    zh: "办结时间",
    en: "day it was settled",
    words: &[],
};

/// Day it was raised.
pub(super) const RAISED: Param = Param {
    name: "raised",
    zh: "预警时间",
    en: "day it was raised",
    words: &[],
};

/// The limit, in days.
pub(super) const DAYS: Param = Param {
    name: "limit",
    zh: "办理时限（天）",
    en: "the limit, in days",
    words: &[],
};

/// The unit as written.
pub(super) const UNIT_FOUND: Param = Param {
    name: "found",
    zh: "表中的单位",
    en: "the unit as written",
    words: &[],
};

/// The unit wanted.
pub(super) const UNIT_WANTED: Param = Param {
    name: "wanted",
    zh: "应有的单位",
    en: "the unit wanted",
    words: &[],
};

/// What is done.
pub(super) const DONE: Param = Param {
    name: "done",
    zh: "完成数",
    en: "what is done",
    words: &[],
};

/// The total.
pub(super) const TOTAL_AMOUNT: Param = Param {
    name: "total",
    zh: "总数",
    en: "the total",
    words: &[],
};

/// Name of the indicator.
pub(super) const INDICATOR: Param = Param {
    name: "name",
    zh: "指标名称",
    en: "name of the indicator",
    words: &[],
};

/// The units used.
pub(super) const UNITS: Param = Param {
    name: "units",
    zh: "用到的单位",
    en: "the units used",
    words: &[],
};

/// The amount before.
pub(super) const AMOUNT_BEFORE: Param = Param {
    name: "before",
    zh: "上次的数",
    en: "the amount before",
    words: &[],
};

/// The amount now.
pub(super) const AMOUNT_AFTER: Param = Param {
    name: "after",
    zh: "这次的数",
    en: "the amount now",
    words: &[],
};

/// Whose file it is.
pub(super) const OWN: Param = Param {
    name: "wanted",
    zh: "文件所属的地区",
    en: "whose file it is",
    words: &[],
};
