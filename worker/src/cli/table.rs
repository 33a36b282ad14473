//! Tables for people, and a progress bar while they wait.

use std::collections::BTreeMap;

use comfy_table::presets::ASCII_BORDERS_ONLY_CONDENSED;
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table};
use ducha_records::codes::Severity;
use ducha_records::rules::{self, Language};
use indicatif::{ProgressBar, ProgressStyle};

use crate::check::Finding;
use crate::config::Lang;
use crate::import::{FileReport, FileState, Reporter};

/// Gathers what is told, and shows it at the end.
pub(super) struct TableReporter {
    lang: Lang,
    /// Files are only checked, not imported.
    checking: bool,
    bar: ProgressBar,
    /// Findings listed of each file.
    most: usize,
    listed: Vec<(String, Vec<Finding>)>,
    by_rule: BTreeMap<&'static str, Counted>,
    files: Vec<FileReport>,
    rows_before: u64,
    rows: u64,
}

struct Counted {
    count: u64,
    /// File, sheet and cell of the first one.
    first: String,
    /// What the first one says.
    message: String,
}

impl TableReporter {
    pub fn new(lang: Lang, checking: bool, files: usize, most: usize) -> Self {
        let bar = ProgressBar::new(files as u64);
        let template = match lang {
            Lang::Zh => "{bar:30} {pos}/{len} 个文件  {msg}  已用 {elapsed}",
            Lang::En => "{bar:30} {pos}/{len} files  {msg}  {elapsed}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(std::time::Duration::from_millis(200));
        Self {
            lang,
            checking,
            bar,
            most,
            listed: Vec::new(),
            by_rule: BTreeMap::new(),
            files: Vec::new(),
            rows_before: 0,
            rows: 0,
        }
    }

    const fn pick<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    const fn language(&self) -> Language {
        match self.lang {
            Lang::Zh => Language::Zh,
            Lang::En => Language::En,
        }
    }

    /// The tables: files, refused files, rules, and the findings that are to be listed.
    pub fn render(&self) -> String {
        self.bar.finish_and_clear();
        let mut parts = vec![self.files_table().to_string()];
        let refusals = self.refusals();
        if !refusals.is_empty() {
            parts.push(refusals);
        }
        parts.extend(self.copies());
        if self.by_rule.is_empty() && self.files.iter().all(|file| file.error.is_some()) {
            // Nothing was read, so nothing can be said of its rows.
        } else if self.by_rule.is_empty() {
            parts.push(self.pick("没有发现问题。", "Nothing was found wrong.").to_owned());
        } else {
            parts.push(self.rules_table().to_string());
        }
        parts.extend(
            self.listed
                .iter()
                .filter(|(_, findings)| !findings.is_empty())
                .map(|(file, findings)| {
                    let more = self.pick(
                        "更多结果请加 --findings N 或 --output json。",
                        "More with --findings N or --output json.",
                    );
                    let cut = if findings.len() == self.most {
                        format!("\n{more}")
                    } else {
                        String::new()
                    };
                    format!("{file}\n{}{cut}", self.findings_table(findings))
                }),
        );
        parts.join("\n\n")
    }

    fn table(&self, headers: &[(&str, &str)]) -> Table {
        let mut table = Table::new();
        table
            .load_style(ASCII_BORDERS_ONLY_CONDENSED)
            .set_content_arrangement(ContentArrangement::Dynamic);
        table.set_header(headers.iter().map(|(zh, en)| self.pick(zh, en)));
        table
    }

    fn files_table(&self) -> Table {
        let checked = self.checking;
        let mut headers = vec![("文件", "file"), ("类型", "kind"), ("状态", "state"), ("行数", "rows")];
        let counts: &[(&str, &str)] = if checked {
            &[("可入库", "accepted"), ("拒收", "refused"), ("警告", "warnings")]
        } else {
            &[
                ("新增", "inserted"),
                ("更新", "updated"),
                ("未变", "unchanged"),
                ("拒收", "refused"),
                ("警告", "warnings"),
            ]
        };
        headers.extend(counts);
        let mut table = self.table(&headers);
        for file in &self.files {
            let rows = file.rows;
            let mut numbers = vec![rows.read(), rows.inserted, rows.updated, rows.unchanged, rows.refused];
            if checked {
                numbers = vec![rows.read(), rows.unchanged, rows.refused];
            }
            numbers.push(file.warnings as i64);
            let kinds: Vec<&str> = file.kinds.iter().map(|kind| self.kind(kind)).collect();
            let mut cells = vec![
                Cell::new(&file.file),
                Cell::new(kinds.join(" ")),
                Cell::new(self.state(file.state)),
            ];
            cells.extend(numbers.into_iter().map(number));
            table.add_row(cells);
        }
        table.add_row(self.totals(headers.len(), checked));
        table
    }

    fn totals(&self, columns: usize, checked: bool) -> Vec<Cell> {
        let sum = |of: fn(&FileReport) -> i64| self.files.iter().map(of).sum::<i64>();
        let mut numbers = vec![sum(|file| file.rows.read())];
        if !checked {
            numbers.extend([sum(|file| file.rows.inserted), sum(|file| file.rows.updated)]);
        }
        numbers.extend([
            sum(|file| file.rows.unchanged),
            sum(|file| file.rows.refused),
            sum(|file| file.warnings as i64),
        ]);
        let title = format!("{} {}", self.pick("合计", "total"), self.files.len());
        let mut cells = vec![Cell::new(title), Cell::new(""), Cell::new("")];
        cells.extend(numbers.into_iter().map(number));
        debug_assert_eq!(cells.len(), columns);
        cells
    }

    fn kind<'k>(&self, kind: &'k str) -> &'k str {
        match (self.lang, kind) {
            (Lang::Zh, "petitions") => "信访",
            (Lang::Zh, "tasks") => "任务",
            _ => kind,
        }
    }

    const fn state(&self, state: FileState) -> &'static str {
        match (self.lang, state) {
            (Lang::Zh, FileState::Applied) => "已入库",
            (Lang::Zh, FileState::AppliedInPart) => "部分入库",
            (Lang::Zh, FileState::Rejected) => "退回",
            (Lang::Zh, FileState::Checked) => "已检查",
            (Lang::En, FileState::Applied) => "applied",
            (Lang::En, FileState::AppliedInPart) => "in part",
            (Lang::En, FileState::Rejected) => "rejected",
            (Lang::En, FileState::Checked) => "checked",
        }
    }

    /// The marked copies and the files of refused rows that were written.
    fn copies(&self) -> Option<String> {
        let copies = self.files.iter().flat_map(|file| &file.copies);
        let lines: Vec<String> = copies.map(|path| format!("  {}", path.display())).collect();
        let title = self.pick("已写出核对结果：", "Copies written:");
        (!lines.is_empty()).then(|| format!("{title}\n{}", lines.join("\n")))
    }

    fn refusals(&self) -> String {
        let refused = self.files.iter().filter_map(|file| Some((file, file.error.as_ref()?)));
        let lines: Vec<String> = refused
            .map(|(file, error)| format!("{}: {} {}", file.file, error.code, self.pick(&error.zh, &error.en)))
            .collect();
        lines.join("\n")
    }

    fn rules_table(&self) -> Table {
        let headers = [
            ("规则", "rule"),
            ("级别", "severity"),
            ("数量", "count"),
            ("首见", "first at"),
            ("首条说明", "what it says"),
        ];
        let mut table = self.table(&headers);
        for (code, counted) in &self.by_rule {
            let Some(rule) = rules::find(code) else { continue };
            table.add_row(vec![
                Cell::new(code),
                Cell::new(self.severity(rule.severity)),
                number(counted.count as i64),
                Cell::new(&counted.first),
                Cell::new(&counted.message),
            ]);
        }
        table
    }

    const fn severity(&self, severity: Severity) -> &'static str {
        match (self.lang, severity) {
            (Lang::Zh, Severity::Error) => "错误",
            (Lang::Zh, Severity::Warning) => "警告",
            (Lang::Zh, Severity::Note) => "提示",
            (Lang::En, Severity::Error) => "error",
            (Lang::En, Severity::Warning) => "warning",
            (Lang::En, Severity::Note) => "note",
        }
    }

    fn findings_table(&self, findings: &[Finding]) -> Table {
        let headers = [
            ("工作表", "sheet"),
            ("单元格", "cell"),
            ("表头", "header"),
            ("规则", "rule"),
            ("级别", "severity"),
            ("原值", "value"),
            ("问题", "message"),
            ("建议", "suggestion"),
        ];
        let mut table = self.table(&headers);
        for finding in findings {
            table.add_row([
                &*finding.sheet,
                &place(finding),
                &finding.header,
                finding.rule.code,
                self.severity(finding.rule.severity),
                &finding.value,
                &finding.rule.render(self.language(), &finding.params),
                &finding.suggestion,
            ]);
        }
        table
    }
}

fn place(finding: &Finding) -> String {
    match (finding.cell(), finding.row) {
        (cell, _) if !cell.is_empty() => cell,
        (_, Some(row)) => row.to_string(),
        _ => String::new(),
    }
}

fn number(value: i64) -> Cell {
    Cell::new(value).set_alignment(CellAlignment::Right)
}

impl Reporter for TableReporter {
    fn rows_read(&mut self, rows: u64) {
        self.rows = self.rows_before + rows.max(self.rows - self.rows_before);
        self.bar
            .set_message(format!("{} {}", self.rows, self.pick("行", "rows")));
    }

    fn finding(&mut self, file: &str, finding: &Finding) {
        let language = self.language();
        let first = || Counted {
            count: 0,
            first: format!("{file} {} {}", finding.sheet, place(finding))
                .trim_end()
                .to_owned(),
            message: finding.rule.render(language, &finding.params),
        };
        self.by_rule.entry(finding.rule.code).or_insert_with(first).count += 1;
        if self.listed.last().is_none_or(|(name, _)| name != file) {
            self.listed.push((file.to_owned(), Vec::new()));
        }
        if let Some((_, listed)) = self.listed.last_mut().filter(|(_, listed)| listed.len() < self.most) {
            listed.push(finding.clone());
        }
    }

    fn file(&mut self, report: FileReport) {
        self.rows_before = self.rows;
        self.bar.inc(1);
        self.files.push(report);
    }
}
