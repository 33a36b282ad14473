//! xlsb and ods, built by hand: no writer of them is at hand.

use crate::reader::format::Format;
use crate::reader::testing::{SMALL_XLS, read, zip_of};

use super::written;

fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    let mut bytes = if kind < 0x80 {
        vec![kind as u8]
    } else {
        vec![kind as u8 | 0x80, (kind >> 7) as u8]
    };
    bytes.push(body.len() as u8);
    bytes.extend_from_slice(body);
    bytes
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = (units.len() as u32).to_le_bytes().to_vec();
    bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    bytes
}

fn cell(kind: u16, column: u32, value: &[u8]) -> Vec<u8> {
    record(kind, &[&column.to_le_bytes(), [0; 4].as_slice(), value].concat())
}

fn row(number: u32) -> Vec<u8> {
    record(0, &[number.to_le_bytes().as_slice(), &[0; 13]].concat())
}

fn xlsb(rows: &[Vec<u8>]) -> Vec<u8> {
    let bundle = [&[0; 4], &1_u32.to_le_bytes(), wide("rId1").as_slice(), &wide("台账")].concat();
    let workbook = [
        record(0x99, &[1, 0, 0, 0]),
        record(0x9C, &bundle),
        record(0x90, &[]),
        record(0x9D, &[0; 4]),
    ]
    .concat();
    let head = [record(0x81, &[]), record(0x94, &[0; 16]), record(0x91, &[])].concat();
    let sheet = [head, rows.concat(), record(0x92, &[])].concat();
    let links = "<Relationships><Relationship Id='rId1' Target='worksheets/sheet1.bin'/></Relationships>";
    zip_of(&[
        ("xl/workbook.bin", workbook),
        ("xl/_rels/workbook.bin.rels", links.into()),
        ("xl/worksheets/sheet1.bin", sheet),
    ])
}

#[test]
fn an_xlsb_is_streamed_with_the_formula_errors_that_calamine_leaves_out() {
    let found = read(&xlsb(&[
        row(2),
        cell(0x0006, 0, &wide("D1")),
        cell(0x000B, 1, &[0x17, 0, 0, 0, 0]),
        cell(0x0005, 3, &3.5_f64.to_le_bytes()),
        row(7),
        cell(0x0004, 0, &[1]),
        cell(0x000B, 5, &[0x07, 0, 0, 0, 0]),
    ]))
    .unwrap();
    assert_eq!(written(&found), ["3 A=D1 B=#REF! D=3.5", "8 A=TRUE F=#DIV/0!"]);
    let book = found.book.unwrap();
    assert_eq!(
        (book.format, book.date_1904, &found.sheets[0].merges),
        (Format::Xlsb, true, &None)
    );
}

#[test]
fn an_xlsb_row_outside_the_grid_is_refused_where_calamine_would_end_the_sheet() {
    let bytes = xlsb(&[row(0), cell(0x0004, 0, &[1]), row(2_000_000), cell(0x0004, 0, &[1])]);
    assert_eq!(read(&bytes).unwrap_err().code(), "F011");
}

fn ods(table: &str) -> Vec<u8> {
    ods_with("<manifest:manifest xmlns:manifest='m'/>", table)
}

fn ods_with(manifest: &str, table: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office='o' xmlns:table='t' xmlns:text='x'><office:body><office:spreadsheet>\
         <table:table table:name='台账'>{table}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    zip_of(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet".to_owned()),
        ("META-INF/manifest.xml", manifest.to_owned()),
        ("content.xml", content),
    ])
}

#[test]
fn an_ods_is_read_with_its_dates() {
    let found = read(&ods(
        "<table:table-row table:number-rows-repeated='2'><table:table-cell/></table:table-row>\
         <table:table-row><table:table-cell/><table:table-cell office:value-type='string'><text:p>编号</text:p></table:table-cell>\
         <table:table-cell office:value-type='date' office:date-value='2022-03-18'><text:p>x</text:p></table:table-cell>\
         <table:table-cell office:value-type='float' office:value='2.5'><text:p>2.5</text:p></table:table-cell></table:table-row>",
    ))
    .unwrap();
    assert_eq!(written(&found), ["3 B=编号 C=2022-03-18 D=2.5"]);
    assert_eq!(
        (found.book.unwrap().format, &found.sheets[0].merges),
        (Format::Ods, &None)
    );
}

#[test]
fn a_password_is_told_in_the_formats_that_encrypt_inside_their_own_container() {
    // An encrypted ods is a plain zip whose manifest says so; an encrypted xls begins its stream with a FilePass record.
    let manifest = "<manifest:manifest xmlns:manifest='m'><manifest:file-entry manifest:full-path='content.xml'>\
        <manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    assert_eq!(read(&ods_with(manifest, "")).unwrap_err().code(), "F005");
    let (write_access, file_pass) = ([0x5C, 0, 0x70, 0], [0x2F, 0, 0x70, 0]);
    let mut xls = SMALL_XLS.to_vec();
    let at = xls.windows(4).position(|bytes| bytes == write_access).unwrap();
    xls[at..at + 4].copy_from_slice(&file_pass);
    assert_eq!(read(&xls).unwrap_err().code(), "F005");
    assert!(read(SMALL_XLS).is_ok());
}
