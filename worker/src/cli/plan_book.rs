//! A plan as a workbook: its sums, every new row, every changed field with its old and its new value, and what was found.

use std::path::Path;

use ducha_records::importing::Outcome;
use ducha_records::rules::Language;
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};

use crate::check::Finding;
use crate::import::{Change, FileReport, FileState, Reporter};

/// Rows of a sheet, the header's left out.
const MOST_ROWS: u32 = 1_048_575;
/// Longest text of a cell, in UTF-16 units.
const CELL: usize = 32_767;

/// Columns of the sheets: Chinese and English headers, and widths in characters.
type Columns = &'static [(&'static str, &'static str, f64)];

const SUMS: Columns = &[
    ("文件", "file", 44.0),
    ("状态", "state", 10.0),
    ("行数", "rows", 9.0),
    ("新增", "new", 9.0),
    ("变更", "changed", 9.0),
    ("未变", "unchanged", 11.0),
    ("拒收", "refused", 9.0),
    ("警告", "warnings", 10.0),
    ("方案校验值", "plan hash", 66.0),
];
const CHANGED: Columns = &[
    ("文件", "file", 36.0),
    ("工作表", "sheet", 18.0),
    ("单元格", "cell", 9.0),
    ("编号", "number", 22.0),
    ("行政区划", "division", 11.0),
    ("字段", "field", 20.0),
    ("原值", "before", 48.0),
    ("新值", "after", 48.0),
];
const NEW: Columns = &[
    ("文件", "file", 36.0),
    ("工作表", "sheet", 18.0),
    ("行", "row", 9.0),
    ("编号", "number", 22.0),
    ("行政区划", "division", 11.0),
];
const FOUND: Columns = &[
    ("文件", "file", 36.0),
    ("工作表", "sheet", 18.0),
    ("单元格", "cell", 9.0),
    ("规则", "rule", 8.0),
    ("级别", "severity", 9.0),
    ("原值", "value", 30.0),
    ("说明", "message", 70.0),
    ("建议", "suggestion", 24.0),
];

/// Writes what it is told into a workbook, row by row, and hands it on.
pub(super) struct PlanBook<'a> {
    inner: &'a mut dyn Reporter,
    language: Language,
    book: Workbook,
    sheets: [Sheet; 4],
    /// The first failure to write; the plan itself goes on.
    failed: Option<XlsxError>,
}

/// Position of each sheet in the workbook, and its next row.
struct Sheet {
    at: usize,
    next: u32,
}

impl<'a> PlanBook<'a> {
    /// An empty plan.
    ///
    /// # Errors
    /// The writer's.
    pub fn new(inner: &'a mut dyn Reporter, language: Language) -> Result<Self, XlsxError> {
        let mut book = Workbook::new();
        let head = Format::new()
            .set_bold()
            .set_background_color(0x00DD_EBF7)
            .set_text_wrap();
        for (name, columns) in [
            (language.pick("汇总", "sums"), SUMS),
            (language.pick("变更", "changed"), CHANGED),
            (language.pick("新增", "new"), NEW),
            (language.pick("检查结果", "found"), FOUND),
        ] {
            let sheet = book.add_worksheet_with_constant_memory()?;
            sheet.set_name(name)?;
            for (at, (zh, en, width)) in (0..).zip(columns) {
                sheet.set_column_width(at, *width)?;
                sheet.write_string_with_format(0, at, language.pick(zh, en), &head)?;
            }
            sheet.set_freeze_panes(1, 0)?;
        }
        Ok(Self {
            inner,
            language,
            book,
            sheets: [0, 1, 2, 3].map(|at| Sheet { at, next: 1 }),
            failed: None,
        })
    }

    /// Writes the file.
    ///
    /// # Errors
    /// The writer's, the first one.
    pub fn save(mut self, path: &Path) -> Result<(), XlsxError> {
        match self.failed.take() {
            Some(error) => Err(error),
            None => self.book.save(path),
        }
    }

    fn row(&mut self, sheet: usize, cells: &[Value<'_>]) {
        let Sheet { at, next } = self.sheets[sheet];
        if next > MOST_ROWS || self.failed.is_some() {
            return;
        }
        self.sheets[sheet].next += 1;
        self.failed = self
            .book
            .worksheet_from_index(at)
            .and_then(|sheet| write(sheet, next, cells))
            .err();
    }
}

enum Value<'v> {
    Text(&'v str),
    Number(i64),
}

/// Texts are written as texts, whatever they begin with.
fn write(sheet: &mut Worksheet, row: u32, cells: &[Value<'_>]) -> Result<(), XlsxError> {
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    for (at, cell) in (0..).zip(cells) {
        match cell {
            Value::Text(text) => sheet.write_string_with_format(row, at, cut(text), &wrapped)?,
            Value::Number(number) => sheet.write_number_with_format(row, at, *number as f64, &wrapped)?,
        };
    }
    Ok(())
}

fn cut(text: &str) -> &str {
    if text.len() <= CELL {
        return text;
    }
    let mut units = 0;
    let end = text.char_indices().find(|(_, character)| {
        units += character.len_utf16();
        units > CELL
    });
    end.map_or(text, |(at, _)| &text[..at])
}

impl Reporter for PlanBook<'_> {
    fn rows_read(&mut self, rows: u64) {
        self.inner.rows_read(rows);
    }

    fn finding(&mut self, file: &str, finding: &Finding) {
        self.inner.finding(file, finding);
        let severity = finding.rule.severity.label(self.language);
        let message = finding.rule.render(self.language, &finding.params);
        let cell = finding.place();
        let cells = [
            file,
            &finding.sheet,
            &cell,
            finding.rule.code,
            severity,
            &finding.value,
            &message,
            &finding.suggestion,
        ];
        self.row(3, &cells.map(Value::Text));
    }

    fn reason(&mut self, file: &str, finding: &Finding, reason: &str) {
        self.inner.reason(file, finding, reason);
        let (cell, told) = (finding.place(), self.language.pick("理由", "reason"));
        let (sheet, rule, value) = (&finding.sheet, finding.rule.code, &finding.value);
        self.row(3, &[file, sheet, &cell, rule, told, value, reason, ""].map(Value::Text));
    }

    fn change(&mut self, file: &str, change: &Change) {
        self.inner.change(file, change);
        let (sheet, number, division) = (&change.sheet, &change.number, &change.division);
        if change.outcome == Outcome::Inserted {
            let row = Value::Number(change.row);
            let [file, sheet, number, division] = [file, sheet, number, division].map(Value::Text);
            self.row(2, &[file, sheet, row, number, division]);
        }
        for field in &change.fields {
            let [header, before, after] =
                [&field.header, &field.before, &field.after].map(|[zh, en]| self.language.pick(zh, en));
            let cells = [file, sheet, &field.cell, number, division, header, before, after];
            self.row(1, &cells.map(Value::Text));
        }
    }

    fn file(&mut self, report: FileReport) {
        let state: &str = match report.state {
            FileState::Rejected => self.language.pick("退回", "rejected"),
            _ => self.language.pick("待入库", "planned"),
        };
        let rows = report.rows;
        let numbers = [
            rows.read(),
            rows.inserted,
            rows.updated,
            rows.unchanged,
            rows.refused,
            report.warnings as i64,
        ];
        let told = match (&report.plan_hash, &report.error) {
            (Some(hash), _) => hash.clone(),
            (None, Some(error)) => format!("{} {}", error.code, self.language.pick(&error.zh, &error.en)),
            (None, None) => String::new(),
        };
        let mut cells = vec![Value::Text(&report.file), Value::Text(state)];
        cells.extend(numbers.map(Value::Number));
        cells.push(Value::Text(&told));
        self.row(0, &cells);
        self.inner.file(report);
    }
}
