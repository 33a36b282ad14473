//! Files that are no workbook, or none that can be read.

use ducha_records::rules;

use super::book::{self, Sheet};
use super::honest::{petitions, tasks};
use super::{COUNTY, Case, File, case};
use crate::reader::Limits;
use crate::reader::testing::{ole_of, xlsx_entries, xlsx_of, zip_of};

fn honest() -> Sheet {
    petitions()
}

/// An honest ledger as a package with another entry.
fn with_entry(name: &'static str, content: &str) -> Vec<u8> {
    let bytes = book::bytes(&[honest()]);
    let mut package = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut entries = Vec::new();
    for at in 0..package.len() {
        let mut entry = package.by_index(at).unwrap();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
        entries.push((entry.name().unwrap().into_owned(), bytes));
    }
    entries.push((name.to_owned(), content.as_bytes().to_vec()));
    let entries: Vec<(&str, &[u8])> = entries
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    zip_of(&entries)
}

fn script(script: &'static str, limits: Limits) -> File {
    File::Script(script, limits)
}

pub(super) fn cases() -> Vec<Case> {
    let limits = Limits::default;
    let small = Limits {
        rows: 3,
        ..Limits::default()
    };
    let doctype = xlsx_entries("<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet/>", "<sst/>");
    let mut twice = xlsx_entries("<worksheet/>", "<sst/>");
    twice.push(("XL/workbook.xml", "<workbook/>".to_owned()));
    let one = |case: Case| case.whose(COUNTY).place("", "");
    vec![
        one(case(&rules::NOT_A_WORKBOOK, vec![0, 159, 146, 150, 0, 1], honest())),
        one(case(
            &rules::WORD_DOCUMENT,
            zip_of(&[
                ("[Content_Types].xml", "<Types/>"),
                ("word/document.xml", "<document/>"),
            ]),
            honest(),
        )),
        one(case(&rules::PDF_FILE, b"%PDF-1.7 and more".to_vec(), honest())),
        one(case(
            &rules::TEXT_FILE,
            "受理编号,行政区域\nX2,南明区\n".as_bytes().to_vec(),
            honest(),
        )),
        one(case(
            &rules::PASSWORD,
            ole_of(&[("Root Entry", [-1, -1, 1]), ("EncryptedPackage", [-1, -1, -1])]),
            honest(),
        )),
        one(case(
            &rules::DAMAGED_FILE,
            xlsx_of("<row r='1'><c r='A1'>", ""),
            honest(),
        )),
        one(case(
            &rules::TOO_LARGE,
            File::Bytes(book::bytes(&[honest()]), small),
            File::Bytes(book::bytes(&[honest()]), limits()),
        )),
        one(case(&rules::EMPTY_FILE, Vec::new(), honest())),
        one(case(
            &rules::MARKUP,
            b"<html><table><tr><td>1</td></tr></table></html>".to_vec(),
            honest(),
        )),
        one(case(
            &rules::PRESENTATION,
            zip_of(&[("[Content_Types].xml", "<Types/>"), ("ppt/presentation.xml", "<p/>")]),
            honest(),
        )),
        one(case(
            &rules::OUTSIDE_GRID,
            xlsx_of("<row r='1048577'><c r='A1048577'><v>1</v></c></row>", ""),
            honest(),
        )),
        one(case(&rules::READER_BROKE, script("kill -SEGV $$", limits()), honest())),
        one(case(
            &rules::OUT_OF_MEMORY,
            script(
                "echo 'memory allocation of 9 bytes failed' >&2; kill -ABRT $$",
                limits(),
            ),
            honest(),
        )),
        one(case(&rules::TIMED_OUT, script("kill -XCPU $$", limits()), honest())),
        one(case(&rules::HOSTILE_ZIP, zip_of(&twice), honest())),
        one(case(&rules::DOCTYPE, zip_of(&doctype), honest())),
        one(case(&rules::UNREADABLE_FILE, File::Missing, tasks())),
        one(case(
            &rules::MACROS_IGNORED,
            with_entry("xl/vbaProject.bin", "not looked at"),
            with_entry("xl/other.bin", "not looked at"),
        )),
    ]
}
