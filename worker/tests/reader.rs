//! Promises of `ducha-worker read FILE` as a process: what a person sees, and that a hostile file ends this process only.

#![allow(clippy::unwrap_used, reason = "a test whose set-up fails has failed")]

use std::io::{Cursor, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Output};

use rust_xlsxwriter::{Format, Workbook};
use tempfile::NamedTempFile;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn read(bytes: &[u8], flags: &[&str]) -> Output {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_ducha-worker"));
    command.arg("read").args(flags).arg(file.path()).output().unwrap()
}

fn package(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn ledger() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("台账").unwrap();
    sheet.write(0, 0, "编号").unwrap();
    sheet.write(1, 0, "D520000202203180001").unwrap();
    sheet
        .write_with_format(1, 1, 44_638, &Format::new().set_num_format("yyyy-mm-dd"))
        .unwrap();
    sheet.write(1, 2, 12.5).unwrap();
    book.save_to_buffer().unwrap()
}

/// An ods of one text in 1,000 columns and 90,000 rows: 679 bytes that ask for gigabytes.
fn ods_bomb() -> Vec<u8> {
    let content = "<office:document-content xmlns:office='o' xmlns:table='t' xmlns:text='x'><office:body><office:spreadsheet>\
        <table:table table:name='a'><table:table-row table:number-rows-repeated='90000'>\
        <table:table-cell office:value-type='string' table:number-columns-repeated='1000'><text:p>x</text:p></table:table-cell>\
        </table:table-row></table:table></office:spreadsheet></office:body></office:document-content>";
    package(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest xmlns:manifest='m'/>"),
        ("content.xml", content),
    ])
}

#[test]
fn a_person_sees_one_line_of_json_for_the_book_each_sheet_each_row_and_the_end() {
    let output = read(&ledger(), &[]);
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 5, "{text}");
    assert_eq!(
        lines[0],
        r#"{"date_1904":false,"format":"xlsx","macros_ignored":false}"#
    );
    assert!(lines[1].contains(r#""name":"台账""#), "{}", lines[1]);
    assert_eq!(lines[2], r#"{"row":1,"cells":{"A":"编号"}}"#);
    assert_eq!(
        lines[3],
        r#"{"row":2,"cells":{"A":"D520000202203180001","B":"2022-03-18","C":12.5}}"#
    );
    assert_eq!(lines[4], r#"{"end":{"cells":4,"rows":2,"sheets":1}}"#);
}

#[test]
fn a_refusal_is_told_in_both_languages_with_its_code_and_exit_1() {
    for (bytes, code, advice) in [
        (b"%PDF-1.7 and so on".to_vec(), "F003", "另存为 .xlsx"),
        ("编号,日期\n".as_bytes().to_vec(), "F004", "CSV"),
        (b"<html></html>".to_vec(), "F009", "网页"),
        (Vec::new(), "F008", "0 字节"),
        (ledger()[..2_000].to_vec(), "F006", "已损坏"),
        (package(&[("word/document.xml", "<w/>")]), "F002", "Word"),
    ] {
        let output = read(&bytes, &[]);
        let words = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{words}");
        assert!(
            words.starts_with(code) && words.contains(advice) && words.lines().count() == 2,
            "{words}"
        );
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn with_the_flag_of_the_parent_frames_come_instead() {
    let output = read(&ledger(), &["--frames"]);
    assert!(output.status.success());
    // Version 1, then the book: three bytes, tag 1.
    assert_eq!(&output.stdout[..6], [1, 3, 0, 0, 0, 1]);
    assert!(output.stdout.windows(19).any(|window| window == b"D520000202203180001"));
}

#[test]
fn a_refusal_comes_as_a_frame_too() {
    let output = read(b"%PDF-1.7", &["--frames"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.windows(4).any(|window| window == b"F003"));
    assert!(output.stderr.is_empty());
}

#[test]
fn a_bomb_that_only_shows_when_it_is_read_ends_the_child_at_its_memory_limit() {
    let output = read(
        &ods_bomb(),
        &[
            "--frames",
            "--limits",
            r#"{"whole_memory_bytes":268435456,"cells":100000000,"laid_out_cells":100000000}"#,
        ],
    );
    let words = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.signal(), Some(6), "{words}");
    assert!(words.contains("memory allocation of"), "{words}");
}

/// The package around one sheet.
fn workbook_parts() -> Vec<(&'static str, String)> {
    let kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let link = |kind: &str, target: &str| {
        format!("<Relationships><Relationship Id='r' Type='{kinds}/{kind}' Target='{target}'/></Relationships>")
    };
    vec![
        ("_rels/.rels", link("officeDocument", "xl/workbook.xml")),
        ("xl/_rels/workbook.xml.rels", link("worksheet", "worksheets/sheet1.xml")),
        (
            "xl/workbook.xml",
            "<workbook><sheets><sheet name='a' r:id='r'/></sheets></workbook>".into(),
        ),
    ]
}

fn workbook(part: &'static str, text: String) -> Vec<u8> {
    let mut parts = workbook_parts();
    parts.push((part, text));
    let borrowed: Vec<_> = parts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    package(&borrowed)
}

#[test]
fn a_declared_count_that_once_ended_the_process_is_a_refusal() {
    let output = read(
        &workbook("xl/sharedStrings.xml", "<sst uniqueCount='4000000000'/>".into()),
        &[],
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&output.stderr).starts_with("F015"),
        "{output:?}"
    );
}

#[test]
fn an_address_beyond_32_bits_never_becomes_a_cell_somewhere_else() {
    let sheet = "<worksheet><sheetData><row><c r='AAAAAAAAAA1'><v>1</v></c></row></sheetData></worksheet>";
    let output = read(&workbook("xl/worksheets/sheet1.xml", sheet.into()), &[]);
    assert!(!output.status.success(), "{output:?}");
    assert!(!String::from_utf8_lossy(&output.stdout).contains("row"), "{output:?}");
}

#[test]
fn a_file_that_takes_too_long_ends_the_child_at_its_processor_limit() {
    let row = format!("<row>{}</row>", "<c><v>1</v></c>".repeat(12));
    let sheet = format!(
        "<worksheet><sheetData>{}</sheetData></worksheet>",
        row.repeat(1_000_000)
    );
    let bytes = workbook("xl/worksheets/sheet1.xml", sheet);
    let limits = r#"{"cpu_seconds":1,"ratio":1000000}"#;
    let output = read(&bytes, &["--frames", "--limits", limits]);
    assert_eq!(
        output.status.signal(),
        Some(24),
        "{:?} {}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn a_limit_can_be_given_from_outside() {
    let output = read(&ledger(), &["--limits", r#"{"rows":1}"#]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&output.stderr).starts_with("F007"),
        "{output:?}"
    );
}

#[test]
fn rows_can_be_redirected_into_a_file() {
    let (mut file, out) = (NamedTempFile::new().unwrap(), NamedTempFile::new().unwrap());
    file.write_all(&ledger()).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_ducha-worker"));
    let status = command
        .arg("read")
        .arg(file.path())
        .stdout(out.reopen().unwrap())
        .status()
        .unwrap();
    assert!(status.success());
    assert_eq!(std::fs::read_to_string(out.path()).unwrap().lines().count(), 5);
}
