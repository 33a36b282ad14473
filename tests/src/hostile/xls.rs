//! xls: BIFF records that are cut, lie, or point elsewhere.

use super::compound::Compound;
use super::records::biff;
use super::{Hostile, Wanted};
use crate::ledger::{HEADER, good};

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const DIMENSIONS: u16 = 0x0200;

fn bof(kind: u16) -> Vec<u8> {
    let words = [0x0600_u16, kind, 0x0DBB, 0x07CC];
    biff(
        BOF,
        &[words.map(u16::to_le_bytes).concat().as_slice(), &[0; 8]].concat(),
    )
}

/// A text cell of its own: LABEL in UTF-16.
fn label(row: u16, column: u16, text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let head = [row, column, 0, units.len() as u16].map(u16::to_le_bytes).concat();
    let units: Vec<u8> = units.into_iter().flat_map(u16::to_le_bytes).collect();
    biff(0x0204, &[head.as_slice(), &[1], &units].concat())
}

fn ledger_rows() -> Vec<u8> {
    let line = |row, texts: [&str; 7]| {
        (0..)
            .zip(texts)
            .flat_map(|(column, text)| label(row, column, text))
            .collect::<Vec<_>>()
    };
    [line(0, HEADER), line(1, good("X2GZ202112070001", "南明区"))].concat()
}

/// The records of a workbook: these among the globals, these in the sheet behind the ledger's rows, and its end.
struct Records {
    globals: Vec<u8>,
    cells: Vec<u8>,
    dimensions: Vec<u8>,
    end: Vec<u8>,
    /// Added to the place of the sheet.
    shifted: u32,
}

impl Default for Records {
    fn default() -> Self {
        Self {
            globals: Vec::new(),
            cells: Vec::new(),
            dimensions: biff(
                DIMENSIONS,
                &[[0_u8, 0, 0, 0, 2, 0, 0, 0].as_slice(), &[0, 0, 7, 0, 0, 0]].concat(),
            ),
            end: biff(EOF, &[]),
            shifted: 0,
        }
    }
}

impl Records {
    fn bytes(&self) -> Vec<u8> {
        let name: Vec<u8> = "台账".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let bound = |place: u32| biff(0x0085, &[&place.to_le_bytes(), [0, 0, 2, 1].as_slice(), &name].concat());
        let globals = [bof(5), self.globals.clone()].concat();
        let place = globals.len() + bound(0).len() + 4;
        let sheet = [
            bof(0x10),
            self.dimensions.clone(),
            ledger_rows(),
            self.cells.clone(),
            self.end.clone(),
        ]
        .concat();
        [
            globals,
            bound((place as u32).wrapping_add(self.shifted)),
            biff(EOF, &[]),
            sheet,
        ]
        .concat()
    }

    fn file(&self) -> Vec<u8> {
        Compound::of(&["Workbook"], &self.bytes()).file()
    }
}

/// The stream of a workbook with these records behind the rows of its ledger.
pub fn stream(cells: &[u8]) -> Vec<u8> {
    let records = Records {
        cells: cells.to_vec(),
        ..Records::default()
    };
    let mut bytes = records.bytes();
    // So that it fills large sectors and can be cut within.
    let room = 4_096_usize.saturating_sub(bytes.len() + 4);
    bytes.truncate(bytes.len() - 4);
    bytes.extend(biff(0x0FFF, &vec![0; room]));
    bytes.extend(biff(EOF, &[]));
    bytes
}

/// The same, as compound files hold it.
pub fn book(cells: &[u8]) -> Vec<u8> {
    stream(cells)
}

/// Every kind.
pub fn all() -> Vec<Hostile> {
    let mut all = vec![Hostile::new(
        "xls",
        "nothing wrong",
        Records::default().file(),
        Wanted::Read(1),
    )];
    all.extend(globals());
    all.extend(cells());
    all.extend(ends());
    all
}

fn globals() -> Vec<Hostile> {
    let with = |name: &str, codes, globals: Vec<u8>| {
        let records = Records {
            globals,
            ..Records::default()
        };
        Hostile::refused("xls", name, codes, records.file())
    };
    let table = |total: u32, unique: u32, rest: &[u8]| {
        biff(
            0x00FC,
            &[total.to_le_bytes().as_slice(), &unique.to_le_bytes(), rest].concat(),
        )
    };
    vec![
        with("a password", &["F005"], biff(0x002F, &[1, 0, 1, 0, 1, 0])),
        with(
            "a code page that does not exist",
            &["F006"],
            biff(0x0042, &[0x39, 0x30]),
        ),
        with(
            "a shared string longer than its record",
            &["F006", "F012"],
            table(1, 1, &[0xFF, 0xFF, 0]),
        ),
        with(
            "a table of shared strings of four bytes",
            &["F006"],
            biff(0x00FC, &[0; 4]),
        ),
        with(
            "a record of 65,535 bytes that are not there",
            &["F006"],
            [0xFC, 0, 0xFF, 0xFF].to_vec(),
        ),
        Hostile::new(
            "xls",
            "4,000,000,000 shared strings declared",
            Records {
                globals: table(4_000_000_000, 4_000_000_000, &[1, 0, 0, b'x']),
                ..Records::default()
            }
            .file(),
            Wanted::Read(1),
        )
        .or_refused(&["F006"]),
    ]
}

fn cells() -> Vec<Hostile> {
    let with = |name: &str, codes, cells: Vec<u8>| {
        let records = Records {
            cells,
            ..Records::default()
        };
        Hostile::refused("xls", name, codes, records.file())
    };
    let sized = |name: &str, body: &[u8]| {
        let records = Records {
            dimensions: biff(DIMENSIONS, body),
            ..Records::default()
        };
        Hostile::new("xls", name, records.file(), Wanted::Read(1)).or_refused(&["F006", "F012", "F013"])
    };
    let number = |row: u16, column: u16| {
        biff(
            0x0203,
            &[
                [row, column, 0].map(u16::to_le_bytes).concat().as_slice(),
                &1_f64.to_le_bytes(),
            ]
            .concat(),
        )
    };
    vec![
        with(
            "a cell at row 65,536 and column 65,536",
            &["F007"],
            number(65_535, 65_535),
        ),
        with("a cell beyond column XFD", &["F011"], number(1, 16_384)),
        with(
            "a shared string that is not there",
            &["F006"],
            biff(0x00FD, &[8, 0, 8, 0, 0, 0, 99, 0, 0, 0]),
        ),
        with(
            "a number of five bytes",
            &["F006", "F012"],
            biff(0x0203, &[1, 0, 8, 0, 0]),
        ),
        with(
            "a row of numbers that is cut",
            &["F006", "F012"],
            biff(0x00BD, &[1, 0, 8, 0, 0, 0, 1]),
        ),
        with(
            "a row of numbers that ends before it begins",
            &["F006", "F012"],
            biff(0x00BD, &[1, 0, 9, 0, 0, 0, 1, 0, 0, 0, 8, 0]),
        ),
        with(
            "a text longer than its record",
            &["F006", "F012"],
            biff(0x0204, &[1, 0, 8, 0, 0, 0, 0xFF, 0xFF, 1, b'x']),
        ),
        with("a formula of four bytes", &["F006"], biff(0x0006, &[1, 0, 8, 0])),
        with(
            "merged cells that are cut",
            &["F006", "F012"],
            biff(0x00E5, &[9, 0, 1, 0]),
        ),
        with("a record that is cut", &["F006"], vec![0x03, 0x02, 0xFF, 0x7F, 1]),
        sized(
            "a dimension of 2^32 rows",
            &[0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF, 0, 0],
        ),
        sized(
            "a dimension that ends before it begins",
            &[9, 0, 0, 0, 2, 0, 0, 0, 0, 0, 7, 0, 0, 0],
        ),
        sized("a dimension of three bytes", &[0; 3]),
    ]
}

fn ends() -> Vec<Hostile> {
    let endless = Records {
        end: Vec::new(),
        ..Records::default()
    };
    let placed = |name: &str, shifted: u32| {
        let records = Records {
            shifted,
            ..Records::default()
        };
        Hostile::refused("xls", name, &["F006"], records.file())
    };
    let charts = bof(0x20).repeat(50_000);
    vec![
        Hostile::refused("xls", "a sheet that does not end", &["F006"], endless.file()),
        placed("a sheet beyond the stream", 0x7000_0000),
        placed("a sheet within a record", 3),
        placed("a sheet in the rows of another", 24),
        Hostile::refused(
            "xls",
            "50,000 charts within each other",
            &["F006"],
            Records {
                cells: charts,
                ..Records::default()
            }
            .file(),
        ),
        Hostile::refused(
            "xls",
            "a sheet without rows",
            &["S001"],
            Compound::of(&["Workbook"], &empty()).file(),
        ),
    ]
}

/// A workbook whose sheet holds nothing.
fn empty() -> Vec<u8> {
    let name: Vec<u8> = "空".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bound = |place: u32| biff(0x0085, &[&place.to_le_bytes(), [0, 0, 1, 1].as_slice(), &name].concat());
    let place = (bof(5).len() + bound(0).len() + 4) as u32;
    [bof(5), bound(place), biff(EOF, &[]), bof(0x10), biff(EOF, &[])].concat()
}
