//! A large petition ledger, as Excel writes it: 12 columns, texts of realistic length, all of them different.

use std::path::Path;

use rust_xlsxwriter::{Workbook, Worksheet};

use crate::Failure;

const HEADERS: [&str; 12] = [
    "序号",
    "受理编号",
    "批次",
    "交办问题基本情况",
    "行政区域",
    "污染类型",
    "调查核实情况",
    "是否属实",
    "处理和整改情况",
    "是否办结",
    "责任单位",
    "责任人被处理情况",
];
/// Column of 是否属实.
const ANSWER: usize = 7;
const KINDS: [&str; 6] = ["水", "大气", "噪声", "土壤、水", "生态", "其他污染"];
const COUNTIES: [(&str, &str); 4] = [
    ("520102", "南明区"),
    ("520103", "云岩区"),
    ("520111", "花溪区"),
    ("520112", "乌当区"),
];
/// Petitions of a day; days follow each other from 2021-12-06.
const A_DAY: u32 = 9_000;
/// Rows of one sheet, below Excel's 1,048,576.
const A_SHEET: u32 = 1_000_000;

/// Row `row` (from 0), one text for each column.
pub fn row(row: u32) -> [String; 12] {
    let (code, county) = COUNTIES[row as usize % COUNTIES.len()];
    let day = row / A_DAY;
    let date = chrono::NaiveDate::from_ymd_opt(2021, 12, 6).unwrap_or_default() + chrono::Days::new(day.into());
    let channel = if row.is_multiple_of(3) { "X" } else { "D" };
    let (firm, tons) = (row * 7 % 9_973, row % 311);
    [
        (row + 1).to_string(),
        format!("{channel}2GZ{}{:04}", date.format("%Y%m%d"), row % A_DAY + 1),
        format!("第{}批", day + 1),
        format!(
            "{county}第{firm}号养殖场长期将未经处理的污水排入附近河道，夏季气味难闻，影响周边第{row}组居民的生活，希望有关部门尽快处理。"
        ),
        format!("贵阳市{county}"),
        KINDS[row as usize % KINDS.len()].to_owned(),
        format!(
            "经现场核查，该场（编号{code}-{firm}）存栏约{tons}头，配套沉淀池容积不足，雨季存在外溢，举报反映的污水外排问题属实，气味问题经监测未超标（记录{row}）。"
        ),
        if row.is_multiple_of(5) {
            "部分属实"
        } else {
            "属实"
        }
        .to_owned(),
        format!(
            "{county}已责令该场于十五日内扩建沉淀池{tons}立方米并完善雨污分流，安排专人每周巡查；整改完成后经验收合格，周边居民表示认可（台账{row}）。"
        ),
        if row.is_multiple_of(50) {
            "阶段性办结"
        } else {
            "已办结"
        }
        .to_owned(),
        format!("{county}人民政府"),
        "无".to_owned(),
    ]
}

/// Writes a ledger of `rows` rows with shared strings.
pub fn write(path: &Path, rows: u32) -> Result<(), Failure> {
    write_spoilt(path, rows, u32::MAX)
}

/// The same with a word that is no answer in every row whose number (from 0) leaves `every` - 1 over.
pub fn write_spoilt(path: &Path, rows: u32, every: u32) -> Result<(), Failure> {
    let mut book = Workbook::new();
    let mut first = 0;
    while first < rows {
        let last = rows.min(first + A_SHEET);
        fill(book.add_worksheet(), first, last, every)?;
        first = last;
    }
    book.save(path)?;
    Ok(())
}

fn fill(sheet: &mut Worksheet, first: u32, last: u32, every: u32) -> Result<(), Failure> {
    sheet.write(0, 0, "中央生态环境保护督察群众信访举报转办和边督边改公开情况一览表")?;
    for (column, header) in HEADERS.into_iter().enumerate() {
        sheet.write(1, column as u16, header)?;
    }
    for number in first..last {
        let mut texts = row(number);
        if number % every == every - 1 {
            texts[ANSWER] = "待定".to_owned();
        }
        for (column, text) in texts.into_iter().enumerate() {
            sheet.write(number - first + 2, column as u16, text)?;
        }
    }
    Ok(())
}
