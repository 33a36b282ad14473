//! Tables for people, and a progress bar while they wait.

use std::collections::BTreeSet;

use comfy_table::presets::ASCII_BORDERS_ONLY_CONDENSED;
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table};
use ducha_records::codes::Severity;
use ducha_records::rules::Language;
use indicatif::{ProgressBar, ProgressStyle};

use super::causes::Causes;
use super::changes::ChangeList;
use super::reasons::Reasons;
use crate::check::Finding;
use crate::config::Lang;
use crate::import::{Change, FileReport, FileState, Reporter};

/// Gathers what is told, and shows it at the end.
pub(super) struct TableReporter {
    lang: Lang,
    /// Files are only checked, not imported.
    checking: bool,
    bar: ProgressBar,
    /// Findings listed of each file.
    most: usize,
    listed: Vec<(String, Vec<Finding>)>,
    causes: Causes,
    reasons: Reasons,
    files: Vec<FileReport>,
    changes: ChangeList,
    rows_before: u64,
    rows: u64,
}

impl TableReporter {
    /// `most` findings and `changes` changed fields are listed of each file.
    pub fn new(lang: Lang, checking: bool, files: usize, most: usize, changes: usize) -> Self {
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
            causes: Causes::default(),
            reasons: Reasons::default(),
            files: Vec::new(),
            changes: ChangeList::new(lang.language(), changes),
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
        self.lang.language()
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
        if self.causes.is_empty() && self.files.iter().all(|file| file.error.is_some()) {
            // Nothing was read, so nothing can be said of its rows.
        } else if self.causes.is_empty() {
            parts.push(self.pick("没有发现问题。", "Nothing was found wrong.").to_owned());
        } else {
            parts.push(self.rules_table().to_string());
        }
        parts.extend(self.reasons.render(self.language()));
        parts.extend(self.rules_off());
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
        parts.extend(self.changes.tables());
        parts.join("\n\n")
    }

    fn table(&self, headers: &[(&str, &str)]) -> Table {
        table(self.language(), headers)
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
            (Lang::Zh, "indicators") => "指标",
            (Lang::Zh, "accountability_issues") => "移交问题",
            (Lang::Zh, "accountabilities") => "责任追究",
            (Lang::Zh, "activities") => "活动",
            (Lang::Zh, "alerts") => "预警",
            (Lang::En, "accountability_issues") => "issues",
            _ => kind,
        }
    }

    const fn state(&self, state: FileState) -> &'static str {
        match (self.lang, state) {
            (Lang::Zh, FileState::Applied) => "已入库",
            (Lang::Zh, FileState::AppliedInPart) => "部分入库",
            (Lang::Zh, FileState::Rejected) => "退回",
            (Lang::Zh, FileState::Checked) => "已检查",
            (Lang::Zh, FileState::Planned) => "待入库",
            (Lang::En, FileState::Applied) => "applied",
            (Lang::En, FileState::AppliedInPart) => "in part",
            (Lang::En, FileState::Rejected) => "rejected",
            (Lang::En, FileState::Checked) => "checked",
            (Lang::En, FileState::Planned) => "planned",
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

    /// What was not looked at, so that nobody takes silence for praise.
    fn rules_off(&self) -> Option<String> {
        let off: BTreeSet<&str> = self
            .files
            .iter()
            .flat_map(|file| &file.rules_off)
            .map(String::as_str)
            .collect();
        let told: Vec<&str> = off.into_iter().collect();
        let (head, comma) = (
            self.pick("配置文件关闭的规则：", "Rules the profile switches off: "),
            self.pick("、", ", "),
        );
        (!told.is_empty()).then(|| format!("{head}{}", told.join(comma)))
    }

    /// A line for each rule, and under it its most frequent causes.
    fn rules_table(&self) -> Table {
        let headers = [
            ("规则", "rule"),
            ("级别", "severity"),
            ("数量", "count"),
            ("首见", "first at"),
            ("首条说明", "what it says"),
        ];
        let mut table = self.table(&headers);
        for of_rule in self.causes.rules() {
            table.add_row(vec![
                Cell::new(of_rule.rule.code),
                Cell::new(self.severity(of_rule.rule.severity)),
                number(of_rule.count as i64),
                Cell::new(&of_rule.first),
                Cell::new(&of_rule.message),
            ]);
            let (causes, rest) = of_rule.shown();
            let line = |count: u64, first: &str, cause: String| {
                let empty = || Cell::new("");
                vec![
                    empty(),
                    empty(),
                    number(count as i64),
                    Cell::new(first),
                    Cell::new(cause),
                ]
            };
            for cause in causes {
                let told = match (cause.header.as_str(), cause.value.as_str()) {
                    (header, "") => format!("└ {header}"),
                    ("", value) => format!("└ {value}"),
                    (header, value) => format!("└ {header}：{value}"),
                };
                table.add_row(line(cause.count, &cause.first, told));
            }
            if rest > 0 {
                let others = self.pick("└ 其余", "└ others");
                table.add_row(line(rest, "", others.to_owned()));
            }
        }
        table
    }

    const fn severity(&self, severity: Severity) -> &'static str {
        severity.label(self.language())
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
                &finding.place(),
                &finding.header,
                finding.rule.code,
                self.severity(finding.rule.severity),
                &finding.value,
                &finding.rule.render(self.language(), &finding.params),
                &match finding.suggestion.as_str() {
                    "" => finding.rule.hint(self.language(), &finding.params),
                    suggestion => suggestion.to_owned(),
                },
            ]);
        }
        table
    }
}

/// An empty table under these headers.
pub(super) fn table(language: Language, headers: &[(&str, &str)]) -> Table {
    let mut table = Table::new();
    table
        .load_style(ASCII_BORDERS_ONLY_CONDENSED)
        .set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(headers.iter().map(|(zh, en)| language.pick(zh, en)));
    table
}

/// A number in a cell.
pub(super) fn number(value: i64) -> Cell {
    Cell::new(value).set_alignment(CellAlignment::Right)
}

/// File, sheet and cell of a finding.
fn place(file: &str, finding: &Finding) -> String {
    let place = format!("{file} {} {}", finding.sheet, finding.place());
    place.trim_end().to_owned()
}

impl Reporter for TableReporter {
    fn rows_read(&mut self, rows: u64) {
        self.rows = self.rows_before + rows.max(self.rows - self.rows_before);
        self.bar
            .set_message(format!("{} {}", self.rows, self.pick("行", "rows")));
    }

    fn finding(&mut self, file: &str, finding: &Finding) {
        let language = self.language();
        self.causes.add(finding, || place(file, finding), language);
        if self.listed.last().is_none_or(|(name, _)| name != file) {
            self.listed.push((file.to_owned(), Vec::new()));
        }
        if let Some((_, listed)) = self.listed.last_mut().filter(|(_, listed)| listed.len() < self.most) {
            listed.push(finding.clone());
        }
    }

    fn reason(&mut self, file: &str, finding: &Finding, reason: &str) {
        self.reasons.add(finding, reason, || place(file, finding));
    }

    fn change(&mut self, file: &str, change: &Change) {
        self.changes.take(file, change);
    }

    fn file(&mut self, report: FileReport) {
        self.rows_before = self.rows;
        self.bar.inc(1);
        self.files.push(report);
    }
}
