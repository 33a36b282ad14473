//! xlsb: records that lie about their lengths, places and counts.

use super::package::Package;
use super::records::{kind_of, record, wide};
use super::{Hostile, Wanted};
use crate::ledger::{HEADER, good};

const SHEET: &str = "xl/worksheets/sheet1.bin";
const BOOK: &str = "xl/workbook.bin";

fn cell(kind: u16, column: u32, value: &[u8]) -> Vec<u8> {
    record(kind, &[&column.to_le_bytes(), [0; 4].as_slice(), value].concat())
}

fn row(number: u32) -> Vec<u8> {
    record(0, &[number.to_le_bytes().as_slice(), &[0; 13]].concat())
}

/// The header and one good row.
fn ledger_rows() -> Vec<u8> {
    let line = |number, texts: &[&str]| {
        let cells = (0..)
            .zip(texts)
            .flat_map(|(column, text)| cell(0x06, column, &wide(text)));
        row(number).into_iter().chain(cells).collect::<Vec<_>>()
    };
    [line(0, &HEADER), line(1, &good("X2GZ202112070001", "南明区"))].concat()
}

/// A sheet part of these records behind its head.
fn sheet(records: &[u8]) -> Vec<u8> {
    [
        record(0x81, &[]),
        record(0x94, &[0; 16]),
        record(0x91, &[]),
        records.to_vec(),
    ]
    .concat()
}

fn book(part: Vec<u8>) -> Package {
    let bundle = [&[0; 4], &1_u32.to_le_bytes(), wide("r1").as_slice(), &wide("台账")].concat();
    let workbook = [
        record(0x99, &[1, 0, 0, 0]),
        record(0x9C, &bundle),
        record(0x90, &[]),
        record(0x9D, &[0; 4]),
    ];
    let links = "<Relationships><Relationship Id='r1' Target='worksheets/sheet1.bin'/></Relationships>";
    Package::of([
        (BOOK, workbook.concat()),
        ("xl/_rels/workbook.bin.rels", links.into()),
        (SHEET, part),
    ])
}

/// The ledger with these records behind its rows.
fn with(records: &[u8]) -> Package {
    book(sheet(&[ledger_rows().as_slice(), records, &record(0x92, &[])].concat()))
}

fn refused(name: impl Into<String>, codes: &'static [&'static str], package: Package) -> Hostile {
    Hostile::refused("xlsb", name, codes, package.zip())
}

/// Every kind.
pub fn all() -> Vec<Hostile> {
    let mut all = vec![Hostile::new("xlsb", "nothing wrong", with(&[]).zip(), Wanted::Read(1))];
    all.extend(places());
    all.extend(lengths());
    all.extend(strings());
    all.extend(parts());
    all
}

fn places() -> Vec<Hostile> {
    let number = 1_f64.to_le_bytes();
    let at = |row_index, column| with(&[row(row_index), cell(0x05, column, &number)].concat());
    vec![
        refused("a cell beyond the last row", &["F011"], at(1_048_576, 0)),
        refused("a cell beyond the last column", &["F011"], at(8, 16_384)),
        refused("a cell at the end of 32 bits", &["F011"], at(u32::MAX, u32::MAX)),
        refused("a row that goes back", &["F006"], at(0, 9)),
        refused(
            "a cell that comes twice",
            &["F006"],
            with(&[row(8), cell(0x05, 0, &number), cell(0x05, 0, &number)].concat()),
        ),
        Hostile::new(
            "xlsb",
            "a cell at the far corner",
            at(1_048_575, 16_383).zip(),
            Wanted::Read(1),
        ),
    ]
}

fn lengths() -> Vec<Hostile> {
    let lying = |kind, length: &[u8]| with(&[row(8), kind_of(kind), length.to_vec()].concat());
    let sound = sheet(&[ledger_rows().as_slice(), &record(0x92, &[])].concat());
    let cut = |at: usize| book(sound[..sound.len() - at].to_vec());
    vec![
        refused(
            "a record of 256 MiB that is not there",
            &["F006", "F012"],
            lying(0x06, &[0xFF, 0xFF, 0xFF, 0x7F]),
        ),
        refused(
            "a record length of more than four bytes",
            &["F006", "F012"],
            lying(0x06, &[0xFF; 8]),
        ),
        refused("a number of no bytes", &["F006", "F012"], lying(0x05, &[0])),
        refused(
            "a number of five bytes",
            &["F006", "F012"],
            with(&[row(8), record(0x05, &[0; 5])].concat()),
        ),
        refused(
            "a text of 4,000,000,000 characters in ten bytes",
            &["F006", "F012"],
            with(&[row(8), cell(0x06, 0, &4_000_000_000_u32.to_le_bytes())].concat()),
        ),
        refused(
            "a row header of two bytes",
            &["F006", "F012"],
            with(&[record(0, &[0; 2]), cell(0x05, 0, &[0; 8])].concat()),
        ),
        refused(
            "an error that does not exist",
            &["F006"],
            with(&[row(8), cell(0x03, 0, &[0x55])].concat()),
        ),
        refused("a sheet without the end of its rows", &["F006"], cut(3)),
        refused("a sheet cut within a cell", &["F006", "F012"], cut(20)),
        refused("an empty sheet part", &["F006", "F012"], book(Vec::new())),
        refused("a sheet without rows", &["S001"], book(sheet(&record(0x92, &[])))),
    ]
}

fn strings() -> Vec<Hostile> {
    let shared = |index: u32, table: Vec<u8>| {
        with(&[row(8), cell(0x07, 9, &index.to_le_bytes())].concat()).with("xl/sharedStrings.bin", table)
    };
    let table = |unique: u32| {
        let counts = [unique.to_le_bytes(), unique.to_le_bytes()].concat();
        [
            record(0x9F, &counts),
            record(0x13, &[&[0], wide("共享").as_slice()].concat()),
            record(0xA0, &[]),
        ]
        .concat()
    };
    vec![
        Hostile::new("xlsb", "a shared string", shared(0, table(1)).zip(), Wanted::Read(1)),
        refused(
            "a shared string that is not there",
            &["F006", "F012"],
            shared(7, table(1)),
        ),
        refused(
            "4,000,000,000 shared strings declared",
            &["F006", "F012", "F013", "F015"],
            shared(0, table(4_000_000_000)),
        ),
        refused(
            "shared strings that are cut",
            &["F006", "F012"],
            shared(0, record(0x9F, &[2, 0, 0, 0, 2, 0, 0, 0])),
        ),
    ]
}

fn parts() -> Vec<Hostile> {
    let sound = with(&[]).part(BOOK);
    vec![
        refused("no sheet", &["F006"], with(&[]).without(SHEET)),
        refused(
            "no links of the workbook",
            &["F006", "F012"],
            with(&[]).without("xl/_rels/workbook.bin.rels"),
        ),
        refused(
            "a workbook that is cut",
            &["F006", "F012", "S001"],
            with(&[]).with(BOOK, &sound[..sound.len() / 2]),
        ),
        refused(
            "a workbook of noise",
            &["F006", "F012", "S001"],
            with(&[]).with(BOOK, vec![0xA5; 999]),
        ),
        Hostile::new(
            "xlsb",
            "a macro",
            with(&[]).with("xl/vbaProject.bin", "not looked at").zip(),
            Wanted::Told("F018"),
        ),
    ]
}
