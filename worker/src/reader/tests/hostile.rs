//! Workbooks made to harm their reader. Each is answered by a verdict of its own.

use proptest::prelude::*;

use crate::reader::limits::Limits;
use crate::reader::testing::{read, read_with, xlsx_entries, xlsx_of, zip_of};

const EMPTY_SHEET: &str = "<worksheet><sheetData/></worksheet>";

fn code(bytes: &[u8]) -> &'static str {
    read(bytes).map_or_else(|error| error.code(), |_| "read")
}

#[test]
fn implausible_numbers_of_shared_strings_are_refused_before_room_is_made_for_them() {
    for count in ["4000000000", "18446744073709551615", "99999999999999999999", "9"] {
        let strings = format!("<sst uniqueCount='{count}'><si><t>编号</t></si></sst>");
        assert_eq!(code(&zip_of(&xlsx_entries(EMPTY_SHEET, &strings))), "F015", "{count}");
    }
}

#[test]
fn a_document_type_in_any_part_is_refused() {
    let doctype = "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>";
    for part in 1..6 {
        let mut entries = xlsx_entries(EMPTY_SHEET, "<sst/>");
        entries[part].1.insert_str(0, doctype);
        assert_eq!(code(&zip_of(&entries)), "F016", "{}", entries[part].0);
    }
}

#[test]
fn names_that_hide_or_reach_out_are_refused() {
    for name in [
        "../evil.xml",
        "xl/../../evil.xml",
        "/etc/evil.xml",
        "c:\\evil.xml",
        "XL/Workbook.xml",
        "xl\\workbook.xml",
    ] {
        let mut entries = xlsx_entries(EMPTY_SHEET, "<sst/>");
        entries.push((name, String::new()));
        assert_eq!(code(&zip_of(&entries)), "F015", "{name}");
    }
}

#[test]
fn what_inflates_a_hundredfold_beyond_the_free_bytes_is_refused() {
    let limits = Limits {
        ratio_free_bytes: 1 << 20,
        ..Limits::default()
    };
    let rows = "<row><c><v>1</v></c></row>".repeat(100_000);
    let bytes = xlsx_of(&rows, "");
    assert_eq!(read_with(&bytes, &limits).unwrap_err().code(), "F015");
    assert_eq!(
        read(&bytes).unwrap().rows.len(),
        100_000,
        "under the limits of every day it is honest"
    );
}

#[test]
fn a_text_longer_than_a_cell_holds_is_refused_inline_and_shared() {
    let cell = |text: &str| format!("<row r='1'><c r='A1' t='inlineStr'><is><t>{text}</t></is></c></row>");
    assert_eq!(code(&xlsx_of(&cell(&"字".repeat(32_767)), "")), "read");
    assert_eq!(code(&xlsx_of(&cell(&"字".repeat(32_768)), "")), "F007");
    assert_eq!(code(&xlsx_of(&cell(&"a".repeat(2_000_000)), "")), "F007");
    let shared = format!("<sst><si><t>{}</t></si></sst>", "a".repeat(2_000_000));
    assert_eq!(code(&zip_of(&xlsx_entries(EMPTY_SHEET, &shared))), "F007");
}

#[test]
fn cells_and_blocks_outside_the_grid_are_refused() {
    let cell = |at: &str| format!("<row><c r='{at}'><v>1</v></c></row>");
    for at in ["A1048577", "XFE1", "ZZZZZ1"] {
        assert_eq!(code(&xlsx_of(&cell(at), "")), "F011", "{at}");
    }
    assert_eq!(code(&xlsx_of(&cell("XFD1048576"), "")), "read");
    assert_eq!(
        code(&xlsx_of("", "<mergeCells><mergeCell ref='A1:A1048577'/></mergeCells>")),
        "F011"
    );
}

#[test]
fn two_cells_far_apart_cost_nothing() {
    let rows = "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>2</v></c></row>";
    assert_eq!(read(&xlsx_of(rows, "")).unwrap().totals.cells, 2);
}

#[test]
fn rows_that_go_back_are_damage_and_not_two_rows() {
    let rows = "<row r='2'><c r='A2'><v>1</v></c></row><row r='1'><c r='A1'><v>2</v></c></row>";
    assert_eq!(code(&xlsx_of(rows, "")), "F006");
}

#[test]
fn nested_rows_without_cells_are_an_empty_sheet_and_said_to_be() {
    let found = read(&xlsx_of(&"<row>".repeat(300_000), "")).unwrap();
    assert_eq!((found.totals.sheets, found.totals.rows), (1, 0));
}

#[test]
fn a_workbook_part_among_the_sheets_is_checked_before_it_is_opened() {
    let strings = "<sst uniqueCount='4000000000'/>";
    let mut entries = xlsx_entries(EMPTY_SHEET, "<sst/>");
    entries[1].1 = entries[1].1.replace("xl/workbook.xml", "xl/worksheets/book.xml");
    entries.push(("xl/worksheets/sharedStrings.xml", strings.into()));
    assert_eq!(code(&zip_of(&entries)), "F015");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_changed_package_is_read_or_refused(at in any::<prop::sample::Index>(), byte: u8) {
        let mut bytes = xlsx_of("<row r='1'><c r='A1' t='s'><v>0</v></c></row>", "<mergeCells><mergeCell ref='A1:B2'/></mergeCells>");
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = read(&bytes);
    }
}
