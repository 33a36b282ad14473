//! Zip packages, made entry by entry so that any of them can be spoilt.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::ledger::{HEADER, good};

/// The entries of a package in their order.
pub struct Package(Vec<(String, Vec<u8>)>);

impl Package {
    /// A package with these entries.
    pub fn of<B: Into<Vec<u8>>>(entries: impl IntoIterator<Item = (&'static str, B)>) -> Self {
        let entries = entries.into_iter();
        Self(entries.map(|(name, bytes)| (name.to_owned(), bytes.into())).collect())
    }

    /// The same with this entry in the place of the one of its name, or behind the others.
    pub fn with(mut self, name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        match self.0.iter_mut().find(|entry| entry.0 == name) {
            Some(entry) => entry.1 = bytes.into(),
            None => self.0.push((name.to_owned(), bytes.into())),
        }
        self
    }

    /// The same with an empty entry behind the others, whose name must be new.
    pub fn with_behind(mut self, name: &str) -> Self {
        self.0.push((name.to_owned(), Vec::new()));
        self
    }

    /// The names of the entries.
    pub fn names(&self) -> Vec<String> {
        self.0.iter().map(|entry| entry.0.clone()).collect()
    }

    /// The same without this entry.
    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|entry| entry.0 != name);
        self
    }

    /// The same with every `from` in a part of text turned into `to`.
    pub fn changed(mut self, name: &str, from: &str, to: &str) -> Self {
        let entry = self.0.iter_mut().find(|entry| entry.0 == name).expect("the entry");
        let text = String::from_utf8(entry.1.clone()).expect("a part of text");
        assert!(text.contains(from), "{name} has no {from}");
        entry.1 = text.replace(from, to).into_bytes();
        self
    }

    /// The bytes of an entry.
    pub fn part(&self, name: &str) -> Vec<u8> {
        let entry = self.0.iter().find(|entry| entry.0 == name);
        entry.expect("the entry").1.clone()
    }

    /// As a file.
    pub fn zip(&self) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in &self.0 {
            writer.start_file(name, SimpleFileOptions::default()).expect("an entry");
            writer.write_all(bytes).expect("its bytes");
        }
        writer.finish().expect("a package").into_inner()
    }
}

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// The sheet of [`xlsx`].
pub const SHEET: &str = "xl/worksheets/sheet1.xml";
/// The shared strings of [`xlsx`].
pub const STRINGS: &str = "xl/sharedStrings.xml";
/// The workbook part of [`xlsx`].
pub const BOOK: &str = "xl/workbook.xml";

/// A cell with a text of its own.
pub fn text(at: &str, text: &str) -> String {
    format!("<c r='{at}' t='inlineStr'><is><t>{text}</t></is></c>")
}

/// The header and one good row of a petition ledger, as rows 1 and 2.
pub fn ledger_rows() -> String {
    let row = |number: u32, texts: &[&str]| {
        let cells: String = ('A'..)
            .zip(texts)
            .map(|(letter, written)| text(&format!("{letter}{number}"), written))
            .collect();
        format!("<row r='{number}'>{cells}</row>")
    };
    row(1, &HEADER) + &row(2, &good("X2GZ202112070001", "南明区"))
}

/// A sheet of these rows, and what follows them.
pub fn sheet(rows: &str, behind: &str) -> String {
    format!("<worksheet><sheetData>{rows}</sheetData>{behind}</worksheet>")
}

/// An xlsx with one petition ledger of one good row, and these rows and elements behind it.
pub fn xlsx(rows: &str, behind: &str) -> Package {
    let link = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id='{id}' Type='{OFFICE}/{kind}' Target='{target}'/>")
    };
    let links = |links: &[String]| format!("<Relationships>{}</Relationships>", links.concat());
    let content = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let types = format!(
        "<Types><Default Extension='xml' ContentType='application/xml'/>\
         <Override PartName='/xl/workbook.xml' ContentType='{content}.sheet.main+xml'/>\
         <Override PartName='/xl/worksheets/sheet1.xml' ContentType='{content}.worksheet+xml'/></Types>"
    );
    Package::of([
        ("[Content_Types].xml", types),
        ("_rels/.rels", links(&[link("r", "officeDocument", BOOK)])),
        (
            BOOK,
            "<workbook><sheets><sheet name='台账' sheetId='1' r:id='s'/></sheets></workbook>".to_owned(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            links(&[
                link("s", "worksheet", "worksheets/sheet1.xml"),
                link("t", "sharedStrings", "sharedStrings.xml"),
            ]),
        ),
        (STRINGS, "<sst uniqueCount='1'><si><t>共享</t></si></sst>".to_owned()),
        (SHEET, sheet(&(ledger_rows() + rows), behind)),
    ])
}

/// An xlsx whose only sheet has this part.
pub fn xlsx_with_sheet(part: impl Into<Vec<u8>>) -> Package {
    xlsx("", "").with(SHEET, part)
}
