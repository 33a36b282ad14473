//! Small ledgers and the worker that imports them.

use std::path::{Path, PathBuf};

use rust_xlsxwriter::Workbook;
use serde_json::Value as Json;
use tempfile::TempDir;

use crate::program::{self, Said};

/// The header of a petition ledger with the columns most tests need.
pub const HEADER: [&str; 7] = [
    "受理编号",
    "交办问题基本情况",
    "行政区域",
    "污染类型",
    "是否属实",
    "处理和整改情况",
    "是否办结",
];

/// `inspection.toml` of the inspection the ledgers belong to.
pub const INSPECTION_TOML: &str = r#"id = "gz-2021"
name = "中央生态环境保护督察"
level = "central"
round = 2
province = "520000"
started_on = 2021-12-05
ended_on = 2022-01-05
feedback_on = 2022-03-18
first_received_on = 2021-12-06
"#;

/// A folder of ledgers.
pub struct Ledgers {
    folder: TempDir,
}

impl Ledgers {
    /// An empty folder with an `inspection.toml`.
    #[must_use]
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join("inspection.toml"), INSPECTION_TOML).expect("inspection.toml");
        Self { folder }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a workbook of one sheet, text in every cell, and returns where.
    pub fn sheet<R: AsRef<[S]>, S: AsRef<str>>(&self, name: &str, rows: &[R]) -> PathBuf {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (at, row) in rows.iter().enumerate() {
            for (column, text) in row.as_ref().iter().enumerate() {
                if !text.as_ref().is_empty() {
                    sheet.write(at as u32, column as u16, text.as_ref()).expect("a cell");
                }
            }
        }
        let path = self.path().join(name);
        book.save(&path).expect("a workbook");
        path
    }

    /// Writes a workbook of several sheets, each with its name, text in every cell, and returns where.
    pub fn book(&self, name: &str, sheets: &[(&str, &[&[&str]])]) -> PathBuf {
        let mut book = Workbook::new();
        for (title, rows) in sheets {
            let sheet = book.add_worksheet();
            sheet.set_name(*title).expect("a name of a sheet");
            for (at, row) in rows.iter().enumerate() {
                for (column, text) in row.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                    sheet.write(at as u32, column as u16, *text).expect("a cell");
                }
            }
        }
        let path = self.path().join(name);
        book.save(&path).expect("a workbook");
        path
    }

    /// Writes a petition ledger of [`HEADER`] and these rows.
    pub fn petitions(&self, name: &str, rows: &[[&str; 7]]) -> PathBuf {
        let mut all = vec![HEADER];
        all.extend_from_slice(rows);
        self.sheet(name, &all)
    }
}

impl Default for Ledgers {
    fn default() -> Self {
        Self::new()
    }
}

/// A row of [`HEADER`] in which nothing is wrong.
#[must_use]
pub const fn good<'a>(number: &'a str, division: &'a str) -> [&'a str; 7] {
    [
        number,
        "河道边的养殖场排放污水，气味难闻。",
        division,
        "水",
        "属实",
        "已责令整改。",
        "已办结",
    ]
}

/// What a run of the worker told: the lines of its findings, of their reasons and of its files.
#[derive(Debug)]
pub struct Told {
    /// Exit status and texts.
    pub said: Said,
    /// Lines of findings.
    pub findings: Vec<Json>,
    /// Lines of reasons for warnings.
    pub reasons: Vec<Json>,
    /// Lines of files.
    pub files: Vec<Json>,
}

impl Told {
    /// Rule and cell of each finding above a note.
    #[must_use]
    pub fn faults(&self) -> Vec<(String, String)> {
        let text = |line: &Json, key: &str| line[key].as_str().unwrap_or_default().to_owned();
        let above = self.findings.iter().filter(|line| line["severity"] != "note");
        above.map(|line| (text(line, "rule"), text(line, "cell"))).collect()
    }
}

/// Runs `ducha-worker import --output json` on a database.
pub fn import(url: &str, arguments: &[&str], path: &Path) -> Told {
    let mut command = program::command("ducha-worker");
    command
        .args(["import", "--output", "json", "--submitter", "tester", "--database", url])
        .args(arguments)
        .arg(path);
    told(program::run(&mut command))
}

/// Runs `ducha-worker check --output json`.
pub fn check(arguments: &[&str], path: &Path) -> Told {
    let mut command = program::command("ducha-worker");
    command.args(["check", "--output", "json"]).args(arguments).arg(path);
    told(program::run(&mut command))
}

/// Every line of standard output must be JSON.
fn told(said: Said) -> Told {
    let lines: Vec<Json> = said
        .out
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line of JSON"))
        .collect();
    let (findings, others): (Vec<Json>, _) = lines.into_iter().partition(|line| line["type"] == "finding");
    let (reasons, files) = others.into_iter().partition(|line: &Json| line["type"] == "reason");
    Told {
        said,
        findings,
        reasons,
        files,
    }
}
