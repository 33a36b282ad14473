//! Runs checks, and opens workbooks as a clerk would.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// What a check gave.
pub struct Round {
    pub marked: PathBuf,
    pub refused: Option<PathBuf>,
    pub accepted: u64,
    pub rejected: u64,
    findings: Vec<Value>,
    _folder: Option<tempfile::TempDir>,
}

impl Round {
    /// Cells with an error, in the order found.
    pub fn bad_cells(&self) -> Vec<&str> {
        let errors = self.findings.iter().filter(|finding| finding["severity"] == "error");
        errors.map(|finding| finding["cell"].as_str().unwrap()).collect()
    }
}

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

pub fn rich() -> PathBuf {
    repository("tests/files/rich.xlsx")
}

pub fn sample(name: &str) -> PathBuf {
    repository("samples").join(name)
}

fn worker() -> Command {
    Command::new(env!("CARGO_BIN_EXE_ducha-worker"))
}

/// Checks a file for 520102, unless its name says another division.
pub fn check(file: &Path) -> Round {
    let folder = tempfile::tempdir().unwrap();
    let round = check_into(file, folder.path());
    Round {
        _folder: Some(folder),
        ..round
    }
}

pub fn check_into(file: &Path, folder: &Path) -> Round {
    let mut command = worker();
    command
        .args(["check", "--output", "json"])
        .arg("--marked")
        .arg(folder)
        .arg("--refused")
        .arg(folder);
    if !file.file_name().unwrap().to_string_lossy().starts_with("52") {
        command.args(["--division", "520102"]);
    }
    let before: Vec<PathBuf> = files(folder);
    let output = command.arg(file).output().unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (findings, others): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| line["type"] == "finding");
    let report = others.iter().find(|line| line["type"] == "file").unwrap();
    let new: Vec<PathBuf> = files(folder)
        .into_iter()
        .filter(|path| !before.contains(path))
        .collect();
    let named = |end: &str| new.iter().find(|path| path.to_string_lossy().contains(end)).cloned();
    Round {
        marked: named("-核对").unwrap(),
        refused: named("-未导入"),
        accepted: report["accepted"].as_u64().unwrap_or(0), // none of a file that is refused as a whole
        rejected: report["refused"].as_u64().unwrap_or(0),
        findings,
        _folder: None,
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect()
}

/// The texts and numbers that the reader sees in a workbook, in order.
pub fn read(file: &Path) -> Vec<String> {
    // As the worker itself starts its reader: the allocator would reserve more than the reader may use.
    let mut command = worker();
    command.env("MIMALLOC_ARENA_RESERVE", "32MiB");
    let output = command.arg("read").arg(file).output().unwrap();
    let mut seen = Vec::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let Some(cells) = line["cells"].as_object() else {
            continue;
        };
        seen.extend(
            cells
                .values()
                .map(|cell| cell.as_str().map_or_else(|| cell.to_string(), str::to_owned)),
        );
    }
    assert!(!seen.is_empty());
    seen
}

/// A small ledger whose rows, with these texts, are all refused.
pub fn ledger(texts: &[&str]) -> PathBuf {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let header = [
        "受理编号",
        "交办问题基本情况",
        "行政区域",
        "污染类型",
        "是否属实",
        "处理情况",
        "是否办结",
    ];
    sheet.write_row(0, 0, header).unwrap();
    for (row, text) in (1..).zip(texts) {
        let number = format!("X2GZ20211207{row:04}");
        sheet
            .write_row(
                row,
                0,
                [number.as_str(), text, "南明区", "光污染", "属实", text, "未办结"],
            )
            .unwrap();
    }
    let path = tempfile::tempdir().unwrap().keep().join("520102-公式.xlsx");
    book.save(&path).unwrap();
    path
}

/// The parts of a package by name.
pub struct Parts(pub BTreeMap<String, Vec<u8>>);

impl Parts {
    pub fn read(path: &Path) -> Self {
        let mut archive = ZipArchive::new(File::open(path).unwrap()).unwrap();
        let mut parts = BTreeMap::new();
        for at in 0..archive.len() {
            let mut entry = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            parts.insert(entry.name().unwrap().into_owned(), bytes);
        }
        Self(parts)
    }

    pub fn text(&self, part: &str) -> String {
        String::from_utf8(self.0.get(part).unwrap_or_else(|| panic!("{part}")).clone()).unwrap()
    }

    pub fn sheets(&self) -> Vec<String> {
        let names = self.0.keys().filter(|name| name.starts_with("xl/worksheets/sheet"));
        names.map(|name| self.text(name)).collect()
    }

    /// Where a cell stands: its opening tag, and all of it. The sheets of the tests write addresses or count.
    fn cell(&self, part: &str, cell: &str) -> Option<(String, String)> {
        let text = self.text(part);
        let start = locate(&text, cell)?;
        let tag = &text[start..start + text[start..].find('>')? + 1];
        let whole = if tag.ends_with("/>") {
            tag.to_owned()
        } else {
            text[start..start + text[start..].find("</c>")? + 4].to_owned()
        };
        Some((tag.to_owned(), whole))
    }

    /// Number of a cell's style.
    pub fn style(&self, part: &str, cell: &str) -> usize {
        let (tag, _) = self.cell(part, cell).unwrap_or_else(|| panic!("{cell}"));
        tag.split(" s=\"")
            .nth(1)
            .map_or(0, |rest| rest.split('"').next().unwrap().parse().unwrap())
    }

    /// Colour of a cell's fill.
    pub fn fill(&self, part: &str, cell: &str) -> String {
        let styles = self.text("xl/styles.xml");
        let cells = styles
            .split("<cellXfs")
            .nth(1)
            .unwrap()
            .split("</cellXfs>")
            .next()
            .unwrap();
        let xf = cells.split("<xf ").nth(self.style(part, cell) + 1).unwrap();
        let number: usize = xf
            .split("fillId=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .parse()
            .unwrap();
        let fills = styles.split("<fills").nth(1).unwrap().split("</fills>").next().unwrap();
        let fill = fills.split("<fill>").nth(number + 1).unwrap();
        fill.split("rgb=\"")
            .nth(1)
            .map_or_else(String::new, |rest| rest.split('"').next().unwrap().to_owned())
    }

    /// The inline text of a cell; empty without one.
    pub fn shown(&self, part: &str, cell: &str) -> String {
        let Some((_, whole)) = self.cell(part, cell) else {
            return String::new();
        };
        let text = whole
            .split("<t")
            .nth(1)
            .map_or("", |rest| rest.split_once('>').unwrap().1);
        text.split("</t>").next().unwrap().to_owned()
    }
}

/// Position of a cell in a sheet, whether it has an address or is counted.
fn locate(text: &str, cell: &str) -> Option<usize> {
    if let Some(at) = text.find(&format!("<c r=\"{cell}\"")) {
        return Some(at);
    }
    let digits = cell.find(|letter: char| letter.is_ascii_digit())?;
    let (column, row): (u8, usize) = (cell.as_bytes()[0] - b'A', cell[digits..].parse().ok()?);
    let (row_at, _) = text.match_indices("<row").nth(row - 1)?;
    let end = row_at + text[row_at..].find("</row>")?;
    let is_cell = |(at, _): &(usize, &str)| matches!(text.as_bytes()[at + 2], b' ' | b'>' | b'/');
    let found = text[row_at..end]
        .match_indices("<c")
        .map(|(at, found)| (row_at + at, found))
        .filter(is_cell)
        .nth(column.into());
    found.map(|(at, _)| at).filter(|at| !text[*at..].starts_with("<c r="))
}

/// Opens a workbook, types into cells and saves it.
pub struct Clerk {
    pub parts: Parts,
}

impl Clerk {
    pub fn opens(path: &Path) -> Self {
        Self {
            parts: Parts::read(path),
        }
    }

    pub fn types(&mut self, part: &str, cell: &str, text: &str) {
        let (tag, whole) = self.parts.cell(part, cell).unwrap_or_else(|| panic!("{cell}"));
        let style = self.parts.style(part, cell);
        let address = if tag.contains(" r=") {
            format!(" r=\"{cell}\"")
        } else {
            String::new()
        };
        let new = format!("<c{address} s=\"{style}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
        let sheet = self.parts.text(part);
        let at = locate(&sheet, cell).unwrap();
        let sheet = format!("{}{new}{}", &sheet[..at], &sheet[at + whole.len()..]);
        self.parts.0.insert(part.to_owned(), sheet.into_bytes());
    }

    pub fn saves(&self, name: &str) -> PathBuf {
        let path = tempfile::tempdir().unwrap().keep().join(name);
        let mut writer = ZipWriter::new(File::create(&path).unwrap());
        for (part, bytes) in &self.parts.0 {
            writer.start_file(part.as_str(), SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap();
        path
    }
}
