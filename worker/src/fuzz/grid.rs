//! A sheet made of any bytes: small numbers choose among headers and values that ledgers have, so that few bytes make
//! something that looks like one; what follows a zero is text as it is.

use crate::cell::{Cell, Merge, Row, SheetInfo, Value};

/// A sheet of this many columns at most has every layout that is of interest.
const MOST_COLUMNS: u32 = 40;
/// Rows may stand as far apart as this.
const FAR: u32 = 20;

/// Words of headers, preambles, data and lines below, of several kinds of ledger.
const WORDS: [&str; 48] = [
    "序号",
    "受理编号",
    "交办问题基本情况",
    "举报内容",
    "行政区域",
    "污染类型",
    "是否属实",
    "处理和整改情况",
    "是否办结",
    "办结时间",
    "罚款金额（万元）",
    "责令整改",
    "备注",
    "任务编号",
    "反馈问题",
    "整改时限",
    "整改状态",
    "销号情况",
    "指标名称",
    "单位",
    "完成数",
    "总数",
    "统计期",
    "移交问题编号",
    "处理对象",
    "处理方式",
    "活动类型",
    "活动时间",
    "主题",
    "电站名称",
    "预警时间",
    "预警类型",
    "版本（系统填写）",
    "系统核对：结果",
    "系统核对：问题",
    "系统核对：理由（请填写）",
    "系统核对汇总（回执）",
    "群众信访举报转办和边督边改公开情况一览表（第26批）",
    "单位：万元",
    "填报日期：2022年3月18日",
    "填报人：张某",
    "合计",
    "小计",
    "X2GZ202112070001",
    "12-3",
    "南明区",
    "水、大气",
    "无",
];

/// A sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// What is known before its rows.
    pub info: SheetInfo,
    /// By rising number; cells by rising column.
    pub rows: Vec<Row>,
}

impl Grid {
    /// Columns of the sheet.
    #[must_use]
    pub fn columns(&self) -> u32 {
        let last = |row: &Row| row.cells.last().map_or(0, |cell| cell.column + 1);
        let merged = self.info.merges.iter().flatten().map(|merge| merge.last_column + 1);
        self.rows.iter().map(last).chain(merged).max().unwrap_or(0)
    }
}

/// The sheet that `bytes` make.
#[must_use]
pub fn grid(bytes: &[u8]) -> Grid {
    let mut bytes = Bytes(bytes);
    let flags = bytes.next();
    let name = if flags & 1 == 0 { "Sheet1" } else { "填报说明" };
    let merges = (0..flags >> 4).map(|_| merge(&mut bytes)).collect();
    let info = SheetInfo {
        index: 0,
        name: name.to_owned(),
        hidden: false,
        not_a_grid: false,
        merges: (flags & 2 == 0).then_some(merges),
    };
    let (mut rows, mut number, mut cells, mut column) = (Vec::new(), 1, Vec::new(), 0);
    while !bytes.0.is_empty() {
        let step = bytes.next();
        if step == u8::MAX || column >= MOST_COLUMNS {
            end_row(&mut rows, number, &mut cells);
            (number, column) = (number + 1 + u32::from(bytes.next()) % FAR, 0);
        } else {
            column += u32::from(step & 3);
            cells.push(Cell {
                column,
                value: value(step >> 2, &mut bytes),
            });
            column += 1;
        }
    }
    end_row(&mut rows, number, &mut cells);
    Grid { info, rows }
}

fn end_row(rows: &mut Vec<Row>, number: u32, cells: &mut Vec<Cell>) {
    let cells = std::mem::take(cells);
    if !cells.is_empty() {
        rows.push(Row { number, cells });
    }
}

fn merge(bytes: &mut Bytes<'_>) -> Merge {
    let (row, column, size) = (bytes.next(), bytes.next(), bytes.next());
    let (first_row, first_column) = (u32::from(row) + 1, u32::from(column) % MOST_COLUMNS);
    Merge {
        first_row,
        first_column,
        last_row: first_row + u32::from(size & 15),
        last_column: first_column + u32::from(size >> 4),
    }
}

fn value(choice: u8, bytes: &mut Bytes<'_>) -> Value {
    match choice {
        0 => Value::Text(bytes.text()),
        word if usize::from(word) <= WORDS.len() => Value::Text(WORDS[usize::from(word) - 1].to_owned()),
        49 => Value::Number(bytes.number()),
        50 => Value::Bool(bytes.next() & 1 == 0),
        51 => Value::Error("#REF!".to_owned()),
        52 => Value::Text("　 ".to_owned()),
        53 => Value::DateTime(
            chrono::DateTime::from_timestamp(i64::from(bytes.next()) << 24, 0)
                .unwrap_or_default()
                .naive_utc(),
        ),
        small => Value::Number(f64::from(small - 53)),
    }
}

struct Bytes<'b>(&'b [u8]);

impl Bytes<'_> {
    /// The next byte; zeros behind the last one.
    fn next(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        *first
    }

    /// Any number that a cell can hold.
    fn number(&mut self) -> f64 {
        let number = f64::from_bits(u64::from_le_bytes(std::array::from_fn(|_| self.next())));
        if number.is_finite() { number } else { 0.0 }
    }

    /// A text of so many bytes as the next one says. A cell is never empty.
    fn text(&mut self) -> String {
        let length = usize::from(self.next()).min(self.0.len());
        let (text, rest) = self.0.split_at(length);
        self.0 = rest;
        let text = String::from_utf8_lossy(text);
        if text.is_empty() {
            "?".to_owned()
        } else {
            text.into_owned()
        }
    }
}
