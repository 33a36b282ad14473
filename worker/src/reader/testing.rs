//! Files for the tests of this room, made in memory.

use std::fs;
use std::io::{Cursor, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tempfile::NamedTempFile;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::cell::{Cell, Row, SheetInfo, Value};

use super::error::ReadError;
use super::frame::{Book, Frame, Totals};
use super::limits::Limits;
use super::parent::Reader;
use super::seen::Seen;
use super::sink::Sink;

/// A real BIFF8 workbook: sheet 台账 with a merged title, a date, a number, a truth and `=1/0`;
/// and a hidden sheet.
pub(super) const SMALL_XLS: &[u8] = include_bytes!("testdata/small.xls");

/// A file with these bytes.
pub(crate) fn file_of(bytes: &[u8]) -> NamedTempFile {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    file
}

/// A zip package with these entries.
pub(crate) fn zip_of<B: AsRef<[u8]>>(entries: &[(&str, B)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes.as_ref()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// An OLE container whose directory has these entries: name, and left, right and child by position, -1 for none.
pub(crate) fn ole_of(entries: &[(&str, [i32; 3])]) -> Vec<u8> {
    let mut bytes = vec![0; 512];
    bytes[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    bytes[30] = 9;
    bytes[48..52].copy_from_slice(&0_u32.to_le_bytes());
    bytes[76..512].fill(0xFF);
    for (name, links) in entries {
        let mut entry = vec![0; 128];
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry[..name.len()].copy_from_slice(&name);
        entry[64..66].copy_from_slice(&(name.len() as u16 + 2).to_le_bytes());
        for (at, link) in [68, 72, 76].into_iter().zip(links) {
            entry[at..at + 4].copy_from_slice(&link.to_le_bytes());
        }
        bytes.extend(entry);
    }
    bytes.resize(1024, 0);
    bytes
}

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The entries of an xlsx with one sheet named 台账 and what is given as its part and its shared strings.
pub(crate) fn xlsx_entries<'a>(sheet: &'a str, strings: &'a str) -> Vec<(&'static str, String)> {
    let root = format!(
        "<Relationships><Relationship Id='r' Type='{OFFICE}/officeDocument' Target='xl/workbook.xml'/></Relationships>"
    );
    let links = format!(
        "<Relationships><Relationship Id='s' Type='{OFFICE}/worksheet' Target='worksheets/sheet1.xml'/></Relationships>"
    );
    vec![
        ("[Content_Types].xml", "<Types/>".to_owned()),
        ("_rels/.rels", root),
        (
            "xl/workbook.xml",
            "<workbook><sheets><sheet name='台账' sheetId='1' r:id='s'/></sheets></workbook>".to_owned(),
        ),
        ("xl/_rels/workbook.xml.rels", links),
        ("xl/sharedStrings.xml", strings.to_owned()),
        ("xl/worksheets/sheet1.xml", sheet.to_owned()),
    ]
}

/// An xlsx with one sheet of these rows, and what follows them.
pub(crate) fn xlsx_of(rows: &str, behind: &str) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData>{behind}</worksheet>");
    zip_of(&xlsx_entries(&sheet, "<sst uniqueCount='1'><si><t>编号</t></si></sst>"))
}

/// Keeps everything it is given.
#[derive(Debug, Default)]
pub(super) struct Gatherer {
    pub(super) book: Option<Book>,
    pub(super) sheets: Vec<SheetInfo>,
    pub(super) rows: Vec<Row>,
    pub(super) totals: Totals,
}

impl Sink for Gatherer {
    fn book(&mut self, book: &Book) -> Result<(), ReadError> {
        self.book = Some(*book);
        Ok(())
    }

    fn sheet(&mut self, sheet: &SheetInfo) -> Result<(), ReadError> {
        self.sheets.push(sheet.clone());
        Ok(())
    }

    fn row(&mut self, number: u32, cells: &[(u32, Seen<'_>)]) -> Result<(), ReadError> {
        let cells = cells
            .iter()
            .map(|(column, value)| Cell {
                column: *column,
                value: owned(value),
            })
            .collect();
        self.rows.push(Row { number, cells });
        Ok(())
    }

    fn sheet_end(&mut self) -> Result<(), ReadError> {
        Ok(())
    }

    fn end(&mut self, totals: &Totals) -> Result<(), ReadError> {
        self.totals = *totals;
        Ok(())
    }
}

fn owned(value: &Seen<'_>) -> Value {
    match value {
        Seen::Text(text) => Value::Text(text.to_string()),
        Seen::Number(number) => Value::Number(*number),
        Seen::DateTime(moment) => Value::DateTime(*moment),
        Seen::Bool(truth) => Value::Bool(*truth),
        Seen::Error(name) => Value::Error(name.to_string()),
    }
}

/// Reads these bytes in this process.
pub(super) fn read_with(bytes: &[u8], limits: &Limits) -> Result<Gatherer, ReadError> {
    let file = file_of(bytes);
    let mut sink = Gatherer::default();
    super::child::read(file.path(), limits, &mut sink, |_| Ok(()))?;
    Ok(sink)
}

/// Reads these bytes in this process under the limits of every day.
pub(super) fn read(bytes: &[u8]) -> Result<Gatherer, ReadError> {
    read_with(bytes, &Limits::default())
}

/// What the child would send for these bytes, read in this process.
pub(crate) fn frames_of(bytes: &[u8], limits: &Limits) -> Result<Vec<Frame>, ReadError> {
    frames_at(file_of(bytes).path(), limits)
}

/// The same for a file.
pub(crate) fn frames_at(path: &Path, limits: &Limits) -> Result<Vec<Frame>, ReadError> {
    let mut sink = Framer::default();
    super::child::read(path, limits, &mut sink, |_| Ok(()))?;
    Ok(sink.0)
}

/// Turns what is read into the frames that a parent gets.
#[derive(Debug, Default)]
struct Framer(Vec<Frame>);

impl Sink for Framer {
    fn book(&mut self, book: &Book) -> Result<(), ReadError> {
        self.0.push(Frame::Book(*book));
        Ok(())
    }

    fn sheet(&mut self, sheet: &SheetInfo) -> Result<(), ReadError> {
        self.0.push(Frame::Sheet(sheet.clone()));
        Ok(())
    }

    fn row(&mut self, number: u32, cells: &[(u32, Seen<'_>)]) -> Result<(), ReadError> {
        let mut gatherer = Gatherer::default();
        gatherer.row(number, cells)?;
        self.0.push(Frame::Rows(gatherer.rows));
        Ok(())
    }

    fn sheet_end(&mut self) -> Result<(), ReadError> {
        self.0.push(Frame::SheetEnd);
        Ok(())
    }

    fn end(&mut self, totals: &Totals) -> Result<(), ReadError> {
        self.0.push(Frame::End(*totals));
        Ok(())
    }
}

/// A script that is being written must not be open while another thread forks: it could not be run.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// A child that a shell script plays.
pub(crate) struct Played {
    pub(crate) reader: Reader,
    _folder: tempfile::TempDir,
}

/// Starts a child that runs `script`; `$FRAMES` in it is a file with `frames`.
pub(crate) fn play(script: &str, frames: &[u8], limits: &Limits) -> Played {
    let folder = tempfile::tempdir().unwrap();
    let (program, data): (PathBuf, PathBuf) = (folder.path().join("program"), folder.path().join("frames"));
    let _guard = ONE_AT_A_TIME.lock().unwrap();
    fs::write(&data, frames).unwrap();
    fs::write(&program, format!("#!/bin/sh\nFRAMES='{}'\n{script}\n", data.display())).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
    let reader = Reader::start(&program, Path::new("-ledger.xlsx"), limits).unwrap();
    Played {
        reader,
        _folder: folder,
    }
}
