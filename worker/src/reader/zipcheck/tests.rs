//! Promises of the check that only lies in the package's own headers can test.

use std::io::Write;

use crate::reader::testing::{read, xlsx_entries, zip_of};

const SHEET: &str = "<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData></worksheet>";

fn find(bytes: &[u8], wanted: &[u8]) -> usize {
    bytes.windows(wanted.len()).position(|window| window == wanted).unwrap()
}

#[test]
fn two_entries_of_exactly_the_same_name_are_refused() {
    let mut entries = xlsx_entries(SHEET, "<sst/>");
    entries.push(("xl/workbook.xmm", String::new()));
    let mut bytes = zip_of(&entries);
    while let Some(at) = bytes.windows(15).position(|window| window == b"xl/workbook.xmm") {
        bytes[at + 14] = b'l';
    }
    assert_eq!(read(&bytes).unwrap_err().code(), "F015");
}

#[test]
fn a_declared_size_that_lies_is_not_believed() {
    let mut bytes = zip_of(&xlsx_entries(SHEET, "<sst/>"));
    // In the central directory the uncompressed size stands 22 bytes before the name.
    let directory = bytes.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    let name = directory + find(&bytes[directory..], b"xl/worksheets/sheet1.xml");
    bytes[name - 22..name - 18].copy_from_slice(&1_u32.to_le_bytes());
    let limits = crate::reader::Limits {
        inflated_bytes: 300,
        ..Default::default()
    };
    let found = crate::reader::testing::read_with(&bytes, &limits).unwrap_err();
    assert_eq!(found.code(), "F007", "{found}");
}

#[test]
fn a_wrong_checksum_is_damage() {
    let mut entries = xlsx_entries(SHEET, "<sst/>");
    entries.push(("xl/media/image1.png", "pixels".into()));
    let mut bytes = zip_of(&entries);
    let directory = find(&bytes, b"PK\x01\x02");
    let name = directory + find(&bytes[directory..], b"xl/media/image1.png");
    bytes[name - 30] ^= 1;
    assert_eq!(read(&bytes).unwrap_err().code(), "F006");
}

#[test]
fn an_encrypted_entry_is_a_password() {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer
        .start_file("xl/workbook.xml", zip::write::SimpleFileOptions::default())
        .unwrap();
    writer.write_all(b"<workbook/>").unwrap();
    let mut bytes = writer.finish().unwrap().into_inner();
    // Bit 0 of the flags, in the local header and in the directory.
    bytes[6] |= 1;
    let directory = find(&bytes, b"PK\x01\x02");
    bytes[directory + 8] |= 1;
    assert_eq!(read(&bytes).unwrap_err().code(), "F005");
}

#[test]
fn packed_bytes_shared_by_two_entries_are_refused() {
    let mut entries = xlsx_entries(SHEET, "<sst/>");
    entries.push(("xl/media/a.bin", "0123456789".repeat(50)));
    entries.push(("xl/media/b.bin", "0123456789".repeat(50)));
    let mut bytes = zip_of(&entries);
    let directory = find(&bytes, b"PK\x01\x02");
    let offset_of = |bytes: &[u8], name: &[u8]| directory + find(&bytes[directory..], name) - 4;
    let (first, second) = (
        offset_of(&bytes, b"xl/media/a.bin"),
        offset_of(&bytes, b"xl/media/b.bin"),
    );
    let offset = bytes[first..first + 4].to_vec();
    bytes[second..second + 4].copy_from_slice(&offset);
    assert_eq!(read(&bytes).unwrap_err().code(), "F015");
}
