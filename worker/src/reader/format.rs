//! What kind of file this is, by its bytes and never by its name: counties send CSV named `.xls` and web pages named
//! `.xlsx`, and WPS writes `.et`.

use serde::{Deserialize, Serialize};

use super::error::ReadError;
use super::limits::Limits;
use super::view::FileView;
use super::zipcheck::Listing;

mod ole;
mod text;

/// A workbook format that is read here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Office Open XML, with or without macros.
    Xlsx,
    /// BIFF in an OLE container: Excel 97 to 2003, and `.et` of WPS.
    Xls,
    /// Binary records in a zip package.
    Xlsb,
    /// OpenDocument.
    Ods,
}

/// What the bytes of a file say about it.
#[derive(Debug)]
pub(super) struct Sniffed {
    pub(super) format: Format,
    /// The workbook carries macros, which are neither run nor read.
    pub(super) macros: bool,
    /// The entries of the zip package, names checked; `None` for an OLE container.
    pub(super) listing: Option<Listing>,
}

/// Enough for every signature and to tell text from anything else.
const HEAD_BYTES: usize = 8 * 1024;

/// Finds the format of a file, or says what it is instead.
pub(super) fn sniff(view: &FileView, limits: &Limits) -> Result<Sniffed, ReadError> {
    let head = view.bytes_at(0, HEAD_BYTES)?;
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return of_package(Listing::read(view, limits)?);
    }
    if head.starts_with(&ole::SIGNATURE) {
        return of_ole(&ole::root_names(view)?);
    }
    Err(not_a_container(&head))
}

fn of_package(listing: Listing) -> Result<Sniffed, ReadError> {
    let has = |wanted: &str| listing.entries.iter().any(|entry| entry.name == wanted);
    let has_below = |folder: &str| listing.entries.iter().any(|entry| entry.name.starts_with(folder));
    let format = if has("xl/workbook.bin") {
        Format::Xlsb
    } else if has("xl/workbook.xml") || has_below("xl/worksheets/") {
        Format::Xlsx
    } else if has("content.xml")
        && listing
            .mimetype
            .starts_with("application/vnd.oasis.opendocument.spreadsheet")
    {
        Format::Ods
    } else if has_below("word/") || listing.mimetype.starts_with("application/vnd.oasis.opendocument.text") {
        return Err(ReadError::Word);
    } else if has_below("ppt/")
        || listing
            .mimetype
            .starts_with("application/vnd.oasis.opendocument.presentation")
    {
        return Err(ReadError::PowerPoint);
    } else if has("[content_types].xml") && listing.entries.iter().any(|entry| entry.name.ends_with("workbook.xml")) {
        Format::Xlsx
    } else {
        return Err(ReadError::NotAWorkbook);
    };
    let macros = listing
        .entries
        .iter()
        .any(|entry| entry.name.ends_with("vbaproject.bin"));
    Ok(Sniffed {
        format,
        macros,
        listing: Some(listing),
    })
}

fn of_ole(names: &[String]) -> Result<Sniffed, ReadError> {
    let has = |wanted: &str| names.iter().any(|name| name.eq_ignore_ascii_case(wanted));
    if has("EncryptedPackage") {
        Err(ReadError::Password)
    } else if has("Workbook") || has("Book") {
        Ok(Sniffed {
            format: Format::Xls,
            macros: has("_VBA_PROJECT_CUR"),
            listing: None,
        })
    } else if has("WordDocument") {
        Err(ReadError::Word)
    } else if has("PowerPoint Document") {
        Err(ReadError::PowerPoint)
    } else {
        Err(ReadError::NotAWorkbook)
    }
}

fn not_a_container(head: &[u8]) -> ReadError {
    // The PDF signature may stand anywhere in the first 1,024 bytes.
    if head.windows(5).take(1024).any(|window| window == b"%PDF-") {
        ReadError::Pdf
    } else if head.starts_with(b"{\\rtf") {
        ReadError::Word
    } else if text::is_markup(head) {
        ReadError::Markup
    } else if text::is_text(head) {
        ReadError::Text
    } else {
        ReadError::NotAWorkbook
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::testing::{file_of, zip_of};

    fn verdict(bytes: &[u8]) -> Result<(Format, bool), &'static str> {
        let file = file_of(bytes);
        let limits = Limits::default();
        let view = FileView::open(file.path(), &limits).map_err(|error| error.code())?;
        let found = sniff(&view, &limits).map_err(|error| error.code())?;
        Ok((found.format, found.macros))
    }

    #[test]
    fn packages_are_told_apart_by_what_is_in_them() {
        let ods = b"application/vnd.oasis.opendocument.spreadsheet".as_slice();
        let odt = b"application/vnd.oasis.opendocument.text".as_slice();
        for (entries, wanted) in [
            (vec![("xl/workbook.xml", b"<a/>".as_slice())], Ok((Format::Xlsx, false))),
            (
                vec![("XL\\Workbook.xml", b"<a/>".as_slice())],
                Ok((Format::Xlsx, false)),
            ),
            (
                vec![("xl/workbook.xml", b"<a/>".as_slice()), ("xl/vbaProject.bin", b"x")],
                Ok((Format::Xlsx, true)),
            ),
            (vec![("xl/workbook.bin", b"x".as_slice())], Ok((Format::Xlsb, false))),
            (
                vec![("mimetype", ods), ("content.xml", b"<a/>")],
                Ok((Format::Ods, false)),
            ),
            (vec![("mimetype", odt), ("content.xml", b"<a/>")], Err("F002")),
            (vec![("word/document.xml", b"<a/>".as_slice())], Err("F002")),
            (vec![("ppt/presentation.xml", b"<a/>".as_slice())], Err("F010")),
            (vec![("photo.jpg", b"x".as_slice())], Err("F001")),
        ] {
            assert_eq!(verdict(&zip_of(&entries)), wanted, "{entries:?}");
        }
    }

    #[test]
    fn what_is_no_container_is_named() {
        for (bytes, wanted) in [
            (b"%PDF-1.7\n".as_slice(), "F003"),
            (b"\xEF\xBB\xBF<html><table>", "F009"),
            (b"  \r\n<?xml version=\"1.0\"?><Workbook/>", "F009"),
            (b"{\\rtf1 x}", "F002"),
            ("编号,日期\nD1,2022".as_bytes(), "F004"),
            (b"\xB1\xE0\xBA\xC5,1\r\n", "F004"),
            (b"\xFF\xFEa\0,\0", "F004"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "F001"),
            (b"PK\x03\x04 cut short", "F006"),
        ] {
            assert_eq!(verdict(bytes), Err(wanted), "{bytes:?}");
        }
    }

    #[test]
    fn an_ole_container_is_named_by_the_streams_of_its_root() {
        let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        for (list, wanted) in [
            (names(&["Workbook"]), Ok((Format::Xls, false))),
            (names(&["Book", "_VBA_PROJECT_CUR"]), Ok((Format::Xls, true))),
            (names(&["EncryptedPackage", "EncryptionInfo"]), Err("F005")),
            (names(&["WordDocument", "1Table"]), Err("F002")),
            (names(&["PowerPoint Document"]), Err("F010")),
            (names(&["Contents"]), Err("F001")),
        ] {
            let found = of_ole(&list)
                .map(|found| (found.format, found.macros))
                .map_err(|error| error.code());
            assert_eq!(found, wanted, "{list:?}");
        }
    }
}
