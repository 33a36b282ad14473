//! Promises of the reader as a whole, kept in this process; `tests/reader.rs` keeps those of the child process.

use rust_xlsxwriter::{Format, Workbook};

use super::error::{Measure, ReadError};
use super::limits::Limits;
use super::testing::{Gatherer, SMALL_XLS, read, read_with, xlsx_entries, xlsx_of, zip_of};
use crate::cell::{Merge, Value};

mod hostile;
mod other_formats;

/// Rows as a person reads them: `3 A=D1 B=2022-03-18`.
fn written(found: &Gatherer) -> Vec<String> {
    let row = |row: &crate::cell::Row| {
        let cells = row.cells.iter().map(|cell| {
            format!(
                " {}={}",
                crate::cell::column_letters(cell.column),
                cell.value.as_written()
            )
        });
        format!("{}{}", row.number, cells.collect::<String>())
    };
    found.rows.iter().map(row).collect()
}

fn ledger() -> Workbook {
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("yyyy年m月d日");
    let sheet = book.add_worksheet().set_name("台账").unwrap();
    sheet.merge_range(0, 0, 0, 2, "举报件台账", &Format::new()).unwrap();
    sheet.merge_range(3, 1, 4, 1, "云岩区", &Format::new()).unwrap();
    sheet.write(2, 0, "D5200").unwrap();
    sheet.write_with_format(2, 1, 44_638, &date).unwrap();
    sheet.write(2, 2, 44_638).unwrap();
    sheet.write(2, 3, true).unwrap();
    sheet
        .write_formula(2, 4, rust_xlsxwriter::Formula::new("=1+1").set_result("2"))
        .unwrap();
    sheet
        .write_formula(2, 5, rust_xlsxwriter::Formula::new("=A99").set_result("#REF!"))
        .unwrap();
    sheet.write_blank(2, 6, &date).unwrap();
    sheet.write_with_format(2, 7, 9_999_999_999_f64, &date).unwrap();
    sheet.write(9, 16_383, " 末列 ").unwrap();
    let hidden = book.add_worksheet().set_name("隐藏").unwrap();
    hidden.write(0, 0, "secret").unwrap();
    hidden.set_hidden(true);
    book.add_worksheet().set_name("Sheet3").unwrap();
    book
}

#[test]
fn a_ledger_is_read_as_a_spreadsheet_shows_it() {
    let found = read(&ledger().save_to_buffer().unwrap()).unwrap();
    assert_eq!(
        written(&found),
        [
            "1 A=举报件台账",
            "3 A=D5200 B=2022-03-18 C=44638 D=TRUE E=2 F=#REF! H=9999999999",
            "4 B=云岩区",
            "10 XFD= 末列 ",
        ]
    );
    assert_eq!(found.rows[1].get(5), Some(&Value::Error("#REF!".into())));
    assert_eq!((found.totals.sheets, found.totals.rows, found.totals.cells), (3, 4, 10));
}

#[test]
fn every_sheet_is_named_and_merged_blocks_come_before_the_rows() {
    let found = read(&ledger().save_to_buffer().unwrap()).unwrap();
    let names: Vec<_> = found
        .sheets
        .iter()
        .map(|sheet| (sheet.name.as_str(), sheet.hidden, sheet.not_a_grid))
        .collect();
    assert_eq!(
        names,
        [("台账", false, false), ("隐藏", true, false), ("Sheet3", false, false)]
    );
    let merge = |first_row, first_column, last_row, last_column| Merge {
        first_row,
        first_column,
        last_row,
        last_column,
    };
    assert_eq!(found.sheets[0].merges, Some(vec![merge(1, 0, 1, 2), merge(4, 1, 5, 1)]));
    assert_eq!(found.sheets[2].merges, Some(vec![]));
}

#[test]
fn a_chart_sheet_is_named_as_no_grid() {
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, 1).unwrap();
    let mut chart = rust_xlsxwriter::Chart::new(rust_xlsxwriter::ChartType::Bar);
    chart.add_series().set_values("Sheet1!$A$1:$A$1");
    book.add_chartsheet().insert_chart(0, 0, &chart).unwrap();
    let found = read(&book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(
        found.sheets.iter().map(|sheet| sheet.not_a_grid).collect::<Vec<_>>(),
        [false, true]
    );
    assert_eq!(written(&found), ["1 A=1"]);
}

#[test]
fn dates_of_the_1904_epoch_are_the_same_days_and_the_book_says_so() {
    let mut entries = xlsx_entries(
        "<worksheet><sheetData><row r='1'><c r='A1' s='1'><v>43176</v></c></row></sheetData></worksheet>",
        "<sst/>",
    );
    entries[2].1 = entries[2].1.replace("<sheets>", "<workbookPr date1904='1'/><sheets>");
    entries.push((
        "xl/styles.xml",
        "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>".into(),
    ));
    let found = read(&zip_of(&entries)).unwrap();
    assert_eq!(written(&found), ["1 A=2022-03-18"]);
    assert!(found.book.unwrap().date_1904);
}

#[test]
fn macros_are_ignored_and_said_to_be() {
    let mut entries = xlsx_entries("<worksheet><sheetData/></worksheet>", "<sst/>");
    entries.push(("xl/vbaProject.bin", "not looked at".into()));
    let found = read(&zip_of(&entries)).unwrap();
    assert!(found.book.unwrap().macros_ignored && found.rows.is_empty());
}

#[test]
fn cells_without_addresses_and_with_prefixed_tags_are_placed() {
    let sheet = "<x:worksheet xmlns:x='s'><x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c t='inlineStr'><x:is><x:t>二</x:t></x:is></x:c></x:row>\
        <x:row r='5'><x:c><x:v>3</x:v></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell ref='B1:B4'/></x:mergeCells></x:worksheet>";
    let found = read(&zip_of(&xlsx_entries(sheet, "<sst/>"))).unwrap();
    assert_eq!(written(&found), ["1 A=1 B=二", "5 A=3"]);
    assert_eq!(found.sheets[0].merges.as_ref().unwrap().len(), 1);
}

#[test]
fn a_package_that_keeps_its_sheets_elsewhere_is_read_with_its_merges() {
    let merged = "<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData><mergeCells><mergeCell ref='A1:A2'/></mergeCells></worksheet>";
    let mut entries = xlsx_entries(merged, "<sst/>");
    entries[3].1 = entries[3].1.replace("worksheets/sheet1.xml", "/data/one.xml");
    entries[5].0 = "data/one.xml";
    let found = read(&zip_of(&entries)).unwrap();
    assert_eq!(found.sheets[0].merges.as_ref().unwrap().len(), 1);
}

#[test]
fn rows_arrive_the_same_whatever_the_size_of_the_chunks_in_between() {
    let rows: String = (1..=3_000)
        .map(|row| format!("<row r='{row}'><c r='D{row}' t='inlineStr'><is><t>sheetData {row}</t></is></c></row>"))
        .collect();
    let merges: String = (0..3_000)
        .map(|row| format!("<mergeCell ref='A{}:B{}'/>", 2 * row + 1, 2 * row + 2))
        .collect();
    let found = read(&xlsx_of(
        &rows,
        &format!("<mergeCells count='3000'>{merges}</mergeCells>"),
    ))
    .unwrap();
    assert_eq!(
        (found.rows.len(), found.sheets[0].merges.as_ref().unwrap().len()),
        (3_000, 3_000)
    );
    assert_eq!(found.rows[2_999].get(3), Some(&Value::Text("sheetData 3000".into())));
}

#[test]
fn limits_on_the_whole_workbook_are_kept() {
    let bytes = ledger().save_to_buffer().unwrap();
    for (limits, wanted) in [
        (
            Limits {
                file_bytes: 1_000,
                ..Limits::default()
            },
            Measure::FileBytes,
        ),
        (
            Limits {
                zip_entries: 5,
                ..Limits::default()
            },
            Measure::ZipEntries,
        ),
        (
            Limits {
                inflated_bytes: 2_000,
                ..Limits::default()
            },
            Measure::InflatedBytes,
        ),
        (
            Limits {
                shared_string_bytes: 10,
                ..Limits::default()
            },
            Measure::SharedStringBytes,
        ),
        (
            Limits {
                sheets: 2,
                ..Limits::default()
            },
            Measure::Sheets,
        ),
        (
            Limits {
                rows: 3,
                ..Limits::default()
            },
            Measure::Rows,
        ),
        (
            Limits {
                cells: 9,
                ..Limits::default()
            },
            Measure::Cells,
        ),
        (
            Limits {
                merges: 1,
                ..Limits::default()
            },
            Measure::Merges,
        ),
    ] {
        let found = read_with(&bytes, &limits).unwrap_err();
        assert!(
            matches!(found, ReadError::TooLarge { what, .. } if what == wanted),
            "{wanted:?}: {found}"
        );
    }
}

#[test]
fn the_whole_xls_is_read_with_its_merges_and_its_hidden_sheet() {
    let found = read(SMALL_XLS).unwrap();
    assert_eq!(
        written(&found),
        [
            "1 A=群众信访举报件台账",
            "2 A=编号 B=日期 C=件数",
            "3 A=D1 B=2022-03-18 C=3.5",
            "4 A=TRUE B=#DIV/0!"
        ]
    );
    assert_eq!(
        found.sheets[0].merges,
        Some(vec![Merge {
            first_row: 1,
            first_column: 0,
            last_row: 1,
            last_column: 2
        }])
    );
    assert!(found.sheets[1].hidden);
}
