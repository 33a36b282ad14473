//! Rules on a file as a whole: what it is, and whether it can be read.
use super::Rule;
use super::params::{ADDRESS, CLOCK, COUNTED, CRASH, DETAIL, LIMIT, MEASURE, PART, SECONDS, SIGNAL, WHERE};
use crate::codes::Severity::{Error, Note};

/// An unknown kind of file, no xlsx, xls, et, xlsb or ods workbook.
pub const NOT_A_WORKBOOK: Rule = Rule {
    code: "F001",
    severity: Error,
    zh: "无法识别这个文件，它不是 xlsx、xls、et、xlsb 或 ods 表格",
    en: "an unknown kind of file, no xlsx, xls, et, xlsb or ods workbook",
    hint_zh: "请用 Excel 或 WPS 打开原表，另存为 .xlsx 后重新报送。",
    hint_en: "Open it in Excel or WPS, save it as .xlsx and send that.",
    params: &[],
};

/// A Word document; wanted a workbook.
pub const WORD_DOCUMENT: Rule = Rule {
    code: "F002",
    severity: Error,
    zh: "这是 Word 文档，应报送表格文件",
    en: "a Word document; wanted a workbook",
    hint_zh: "请把文档中的表格粘贴到 Excel 或 WPS 表格，另存为 .xlsx 后重新报送。",
    hint_en: "Paste its table into Excel or WPS, save it as .xlsx and send that.",
    params: &[],
};

/// A PDF; wanted a workbook.
pub const PDF_FILE: Rule = Rule {
    code: "F003",
    severity: Error,
    zh: "这是 PDF 文件，应报送表格文件",
    en: "a PDF; wanted a workbook",
    hint_zh: "请找到制作 PDF 的原表，用 Excel 或 WPS 另存为 .xlsx 后重新报送。",
    hint_en: "Open the original table in Excel or WPS, save it as .xlsx and send that.",
    params: &[],
};

/// Text or CSV named like a workbook.
pub const TEXT_FILE: Rule = Rule {
    code: "F004",
    severity: Error,
    zh: "这是文本或 CSV 文件，只是文件名像表格",
    en: "text or CSV named like a workbook",
    hint_zh: "请用 Excel 或 WPS 的“导入数据”打开，另存为 .xlsx 后重新报送。",
    hint_en: "Import it into Excel or WPS, save it as .xlsx and send that.",
    params: &[],
};

/// The workbook needs a password to open.
pub const PASSWORD: Rule = Rule {
    code: "F005",
    severity: Error,
    zh: "文件设有打开密码，无法读取",
    en: "the workbook needs a password to open",
    hint_zh: "请在 Excel 或 WPS 中取消打开密码，保存后重新报送。",
    hint_en: "Remove the password in Excel or WPS, save it and send it again.",
    params: &[],
};

/// The workbook is damaged at `place`: `detail`.
pub const DAMAGED_FILE: Rule = Rule {
    code: "F006",
    severity: Error,
    zh: "文件已损坏，位置：{place}（技术说明：{detail}）",
    en: "the workbook is damaged at {place}: {detail}",
    hint_zh: "请用 Excel 或 WPS 打开原表，另存为 .xlsx 后重新报送。",
    hint_en: "Open it in Excel or WPS, save it as .xlsx and send that.",
    params: &[WHERE, DETAIL],
};

/// Found `found` or more `what` at `place`, admitted are `limit`.
pub const TOO_LARGE: Rule = Rule {
    code: "F007",
    severity: Error,
    zh: "{what}超过上限，位置：{place}；至少有 {found}，上限是 {limit}",
    en: "found {found} or more {what} at {place}, admitted are {limit}",
    hint_zh: "请删除多余的工作表、空行和图片，缩短过长的文字，或者按批次拆成几个文件后重新报送。",
    hint_en: "Remove spare sheets, empty rows and pictures, shorten long texts, or split the file by batch, and send it again.",
    params: &[MEASURE, COUNTED, LIMIT, WHERE],
};

/// The file has no bytes; it may not have been sent to the end.
pub const EMPTY_FILE: Rule = Rule {
    code: "F008",
    severity: Error,
    zh: "文件是空的（0 字节），可能没有传完",
    en: "the file has no bytes; it may not have been sent to the end",
    hint_zh: "请先打开原文件，确认内容完整后重新报送。",
    hint_en: "Open the original, make sure it is whole and send it again.",
    params: &[],
};

/// A web page or XML named like a workbook.
pub const MARKUP: Rule = Rule {
    code: "F009",
    severity: Error,
    zh: "这是网页或 XML 文件，只是文件名像表格",
    en: "a web page or XML named like a workbook",
    hint_zh: "请用 Excel 或 WPS 打开原表，另存为 .xlsx 后重新报送。",
    hint_en: "Open it in Excel or WPS, save it as .xlsx and send that.",
    params: &[],
};

/// A PowerPoint presentation; wanted a workbook.
pub const PRESENTATION: Rule = Rule {
    code: "F010",
    severity: Error,
    zh: "这是 PowerPoint 演示文稿，应报送表格文件",
    en: "a PowerPoint presentation; wanted a workbook",
    hint_zh: "请把其中的表格粘贴到 Excel 或 WPS 表格，另存为 .xlsx 后重新报送。",
    hint_en: "Paste its table into Excel or WPS, save it as .xlsx and send that.",
    params: &[],
};

/// `address` at `place` is beyond the grid; wanted at most row 1048576 and column XFD.
pub const OUTSIDE_GRID: Rule = Rule {
    code: "F011",
    severity: Error,
    zh: "单元格 {address} 超出表格范围（最多 1048576 行、到 XFD 列），位置：{place}",
    en: "{address} at {place} is beyond the grid; wanted at most row 1048576 and column XFD",
    hint_zh: "请用 Excel 或 WPS 打开原表，另存为 .xlsx 后重新报送。",
    hint_en: "Open it in Excel or WPS, save it as .xlsx and send that.",
    params: &[ADDRESS, WHERE],
};

/// The reader broke on this file (`how` `number`), which is probably damaged.
pub const READER_BROKE: Rule = Rule {
    code: "F012",
    severity: Error,
    zh: "读取这个文件时程序中断（{how} {number}），文件很可能已损坏",
    en: "the reader broke on this file ({how} {number}), which is probably damaged",
    hint_zh: "请用 Excel 或 WPS 打开原表，另存为 .xlsx 后重新报送。",
    hint_en: "Open it in Excel or WPS, save it as .xlsx and send that.",
    params: &[CRASH, SIGNAL],
};

/// Reading this file takes more memory than admitted.
pub const OUT_OF_MEMORY: Rule = Rule {
    code: "F013",
    severity: Error,
    zh: "文件太复杂，读取所需的内存超过上限",
    en: "reading this file takes more memory than admitted",
    hint_zh: "请删除多余的工作表和空行，或者按批次拆成几个文件，另存为 .xlsx 后重新报送。",
    hint_en: "Remove spare sheets and empty rows, or split it by batch, save it as .xlsx and send that.",
    params: &[],
};

/// Reading took more than `seconds` s of `clock`.
pub const TIMED_OUT: Rule = Rule {
    code: "F014",
    severity: Error,
    zh: "读取时间过长，{seconds} 秒（{clock}）内没有读完",
    en: "reading took more than {seconds} s of {clock}",
    hint_zh: "请删除多余的工作表和空行，或者按批次拆成几个文件，另存为 .xlsx 后重新报送。",
    hint_en: "Remove spare sheets and empty rows, or split it by batch, save it as .xlsx and send that.",
    params: &[SECONDS, CLOCK],
};

/// No office program packs a workbook like this: `detail`.
pub const HOSTILE_ZIP: Rule = Rule {
    code: "F015",
    severity: Error,
    zh: "文件内部结构异常，不像办公软件保存的表格（技术说明：{detail}）",
    en: "no office program packs a workbook like this: {detail}",
    hint_zh: "请用 Excel 或 WPS 打开原表，另存为 .xlsx 后重新报送。",
    hint_en: "Open it in Excel or WPS, save it as .xlsx and send that.",
    params: &[DETAIL],
};

/// Part `part` has a DOCTYPE, which no office program writes; it was not read.
pub const DOCTYPE: Rule = Rule {
    code: "F016",
    severity: Error,
    zh: "文件内部的 {part} 含有办公软件不会写入的声明，出于安全没有读取",
    en: "part {part} has a DOCTYPE, which no office program writes; it was not read",
    hint_zh: "请用 Excel 或 WPS 打开原表，另存为 .xlsx 后重新报送。",
    hint_en: "Open it in Excel or WPS, save it as .xlsx and send that.",
    params: &[PART],
};

/// The file could not be read from disk: `detail`.
pub const UNREADABLE_FILE: Rule = Rule {
    code: "F017",
    severity: Error,
    zh: "系统无法读取这个文件（技术说明：{detail}）",
    en: "the file could not be read from disk: {detail}",
    hint_zh: "请稍后重试；仍然不行时，请把技术说明转给系统管理员。",
    hint_en: "Try again later; if it still fails, tell an administrator.",
    params: &[DETAIL],
};

/// The file has macros; they were not run, only the cells were read.
pub const MACROS_IGNORED: Rule = Rule {
    code: "F018",
    severity: Note,
    zh: "文件含有宏；宏没有运行，只读取了表格内容",
    en: "the file has macros; they were not run, only the cells were read",
    hint_zh: "不需要处理。下次请另存为不含宏的 .xlsx。",
    hint_en: "Nothing to do. Next time, save it as .xlsx without macros.",
    params: &[],
};

/// The rules above.
pub const FILE_RULES: &[&Rule] = &[
    &NOT_A_WORKBOOK,
    &WORD_DOCUMENT,
    &PDF_FILE,
    &TEXT_FILE,
    &PASSWORD,
    &DAMAGED_FILE,
    &TOO_LARGE,
    &EMPTY_FILE,
    &MARKUP,
    &PRESENTATION,
    &OUTSIDE_GRID,
    &READER_BROKE,
    &OUT_OF_MEMORY,
    &TIMED_OUT,
    &HOSTILE_ZIP,
    &DOCTYPE,
    &UNREADABLE_FILE,
    &MACROS_IGNORED,
];
