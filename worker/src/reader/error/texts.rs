//! The texts of the errors, in Chinese and English.

use super::{Clock, Crash, Measure, ReadError};

const RESAVE_ZH: &str = "请用 Excel 或 WPS 打开后另存为 .xlsx，再重新上报。";
const RESAVE_EN: &str = "Open it in Excel or WPS, save it as .xlsx and send that.";

impl ReadError {
    /// What was found, what was wanted and what to do, in Chinese.
    #[must_use]
    pub fn message_zh(&self) -> String {
        match self {
            Self::NotAWorkbook => format!("无法识别的文件，不是 xlsx、xls、et、xlsb 或 ods 工作簿。{RESAVE_ZH}"),
            Self::Word => "这是 Word 文档，需要的是工作簿。请把其中的表格粘贴到 Excel 或 WPS 表格，另存为 .xlsx 后重新上报。".into(),
            Self::Pdf => "这是 PDF 文件，需要的是工作簿。请找到原表，用 Excel 或 WPS 打开后另存为 .xlsx，再重新上报。".into(),
            Self::Text => "这是文本或 CSV 文件（只是扩展名像工作簿），需要的是工作簿。请用 Excel 或 WPS 导入后另存为 .xlsx，再重新上报。".into(),
            Self::Password => "工作簿设有打开密码，无法读取。请取消密码后另存，再重新上报。".into(),
            Self::Damaged { place, detail } => format!("工作簿已损坏{}：{detail}。{RESAVE_ZH}", at_zh(place)),
            Self::TooLarge { what, found, limit, place } => {
                format!("{}过大{}：至少 {found}，上限 {limit}。{}", name_zh(*what), at_zh(place), advice_zh(*what))
            }
            Self::Empty => "文件是空的（0 字节），可能没有传完。请检查原文件后重新上报。".into(),
            Self::Markup => format!("这是网页或 XML 文件（只是扩展名像工作簿），需要的是工作簿。{RESAVE_ZH}"),
            Self::PowerPoint => "这是 PowerPoint 演示文稿，需要的是工作簿。请把其中的表格粘贴到 Excel 或 WPS 表格，另存为 .xlsx 后重新上报。".into(),
            Self::OutsideGrid { place, address } => {
                format!("单元格 {address} 超出表格范围（1048576 行、XFD 列）{}。{RESAVE_ZH}", at_zh(place))
            }
            Self::Crashed { how, number } => {
                format!("读取程序在此文件上异常退出（{}），文件很可能已损坏。{RESAVE_ZH}", crash_zh(*how, *number))
            }
            Self::OutOfMemory => "读取此文件需要的内存超过上限。请删除多余的工作表和空行，或按批次拆分后另存为 .xlsx，再重新上报。".into(),
            Self::TimedOut { clock, seconds } => format!(
                "读取此文件超过 {seconds} 秒{}。请删除多余的工作表和空行，或按批次拆分后另存为 .xlsx，再重新上报。",
                match clock {
                    Clock::Cpu => "（处理器时间）",
                    Clock::Wall => "（等待时间）",
                }
            ),
            Self::HostileZip { detail } => format!("压缩包结构异常，不是办公软件保存的工作簿：{detail}。{RESAVE_ZH}"),
            Self::Doctype { part } => format!("部件 {part} 含有 DOCTYPE 声明，办公软件不会写入此内容。{RESAVE_ZH}"),
            Self::Unreadable { detail } => format!("无法从磁盘读取文件：{detail}。请联系管理员，或稍后重试。"),
        }
    }

    /// What was found, what was wanted and what to do, in English.
    #[must_use]
    pub fn message_en(&self) -> String {
        match self {
            Self::NotAWorkbook => format!("found an unknown kind of file, wanted xlsx, xls, et, xlsb or ods. {RESAVE_EN}"),
            Self::Word => "found a Word document, wanted a workbook. Paste its table into Excel or WPS and save it as .xlsx.".into(),
            Self::Pdf => "found a PDF, wanted a workbook. Open the original table in Excel or WPS and save it as .xlsx.".into(),
            Self::Text => "found text or CSV named like a workbook. Import it into Excel or WPS and save it as .xlsx.".into(),
            Self::Password => "the workbook needs a password to open. Remove the password and send it again.".into(),
            Self::Damaged { place, detail } => format!("the workbook is damaged{}: {detail}. {RESAVE_EN}", at_en(place)),
            Self::TooLarge { what, found, limit, place } => {
                format!("found {found} or more {}{}, admitted are {limit}. {}", name_en(*what), at_en(place), advice_en(*what))
            }
            Self::Empty => "the file has no bytes; it may not have been sent to the end. Check it and send it again.".into(),
            Self::Markup => format!("found a web page or XML named like a workbook. {RESAVE_EN}"),
            Self::PowerPoint => "found a PowerPoint presentation, wanted a workbook. Paste its table into Excel or WPS and save it as .xlsx.".into(),
            Self::OutsideGrid { place, address } => {
                format!("found {address}{}, wanted at most row 1048576 and column XFD. {RESAVE_EN}", at_en(place))
            }
            Self::Crashed { how, number } => {
                format!("the reader broke on this file ({}), which is probably damaged. {RESAVE_EN}", crash_en(*how, *number))
            }
            Self::OutOfMemory => "reading this file takes more memory than admitted. Remove spare sheets and empty rows, or split it by batch.".into(),
            Self::TimedOut { clock, seconds } => format!(
                "reading this file took more than {seconds} s of {} time. Remove spare sheets and empty rows, or split it by batch.",
                match clock {
                    Clock::Cpu => "processor",
                    Clock::Wall => "waiting",
                }
            ),
            Self::HostileZip { detail } => format!("no office program packs a workbook like this: {detail}. {RESAVE_EN}"),
            Self::Doctype { part } => format!("part {part} has a DOCTYPE, which no office program writes. {RESAVE_EN}"),
            Self::Unreadable { detail } => format!("the file could not be read from disk: {detail}. Try again or tell an administrator."),
        }
    }
}

fn at_zh(place: &str) -> String {
    if place.is_empty() {
        String::new()
    } else {
        format!("（位置：{place}）")
    }
}

fn at_en(place: &str) -> String {
    if place.is_empty() {
        String::new()
    } else {
        format!(" at {place}")
    }
}

fn name_zh(what: Measure) -> &'static str {
    match what {
        Measure::FileBytes => "文件字节数",
        Measure::InflatedBytes => "解压后字节数",
        Measure::SharedStringBytes => "文本表解压后字节数",
        Measure::ZipEntries => "压缩包内文件数",
        Measure::Sheets => "工作表数",
        Measure::Rows => "行数",
        Measure::Cells => "非空单元格数",
        Measure::TextChars => "单元格字数",
        Measure::Merges => "合并单元格数",
        Measure::RowBytes => "单行字节数",
    }
}

fn name_en(what: Measure) -> &'static str {
    match what {
        Measure::FileBytes => "bytes of file",
        Measure::InflatedBytes => "unpacked bytes",
        Measure::SharedStringBytes => "unpacked bytes of shared strings",
        Measure::ZipEntries => "entries in the package",
        Measure::Sheets => "sheets",
        Measure::Rows => "rows",
        Measure::Cells => "cells with a value",
        Measure::TextChars => "characters in one cell",
        Measure::Merges => "merged blocks",
        Measure::RowBytes => "bytes in one row",
    }
}

fn advice_zh(what: Measure) -> &'static str {
    match what {
        Measure::TextChars | Measure::RowBytes => "请缩短文字后重新上报。",
        Measure::ZipEntries => "请删除图片和附件后重新上报。",
        _ => "请删除多余的工作表、空行和图片，或按批次拆分后重新上报。",
    }
}

fn advice_en(what: Measure) -> &'static str {
    match what {
        Measure::TextChars | Measure::RowBytes => "Shorten the text and send it again.",
        Measure::ZipEntries => "Remove pictures and attachments and send it again.",
        _ => "Remove spare sheets, empty rows and pictures, or split it by batch.",
    }
}

fn crash_zh(how: Crash, number: i32) -> String {
    match how {
        Crash::Panic => "程序错误".into(),
        Crash::Signal => format!("信号 {number}"),
        Crash::Exit => format!("退出码 {number}"),
        Crash::CutShort => "输出中断".into(),
        Crash::BadFrame => "输出无法解析".into(),
    }
}

fn crash_en(how: Crash, number: i32) -> String {
    match how {
        Crash::Panic => "panic".into(),
        Crash::Signal => format!("signal {number}"),
        Crash::Exit => format!("exit code {number}"),
        Crash::CutShort => "output cut short".into(),
        Crash::BadFrame => "output that is no frame".into(),
    }
}

#[cfg(test)]
mod tests {
    use crate::reader::error::{Measure, ReadError, one_of_each};
    use std::collections::BTreeSet;

    #[test]
    fn codes_run_from_f001_to_f017_without_a_gap() {
        let found: BTreeSet<_> = one_of_each().iter().map(ReadError::code).collect();
        let wanted: Vec<_> = (1..=17).map(|number| format!("F{number:03}")).collect();
        assert_eq!(found.into_iter().collect::<Vec<_>>(), wanted);
    }

    #[test]
    fn every_message_says_what_to_do() {
        for error in one_of_each() {
            let (zh, en) = (error.message_zh(), error.message_en());
            assert!(zh.contains('请') && zh.ends_with('。'), "{zh}");
            assert!(en.ends_with('.') && en.is_ascii() != en.contains("台账"), "{en}");
        }
    }

    #[test]
    fn a_passed_limit_names_both_numbers_and_the_place() {
        let error = ReadError::TooLarge {
            what: Measure::TextChars,
            found: 40_000,
            limit: 32_767,
            place: "台账!C7".into(),
        };
        assert_eq!(
            error.message_zh(),
            "单元格字数过大（位置：台账!C7）：至少 40000，上限 32767。请缩短文字后重新上报。"
        );
    }
}
