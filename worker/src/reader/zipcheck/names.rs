//! Which part holds which sheet. calamine knows and does not tell, so the three parts that say it are read here as well:
//! the package's relationships name the workbook, the workbook names its sheets, its relationships name their parts.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Where the workbook is, in lower case.
#[derive(Debug)]
pub(super) struct WorkbookPart {
    folder: String,
    name: String,
}

/// The parts that were kept for their sheet names.
#[derive(Debug, Default)]
pub(super) struct Kept {
    workbook: Vec<u8>,
    relationships: Vec<u8>,
}

/// Whether opening the workbook leaves the parts below `xl/worksheets/` alone, so that they may be checked meanwhile.
/// calamine looks beside the workbook for styles and strings, and a package may say that its workbook lies anywhere.
pub(super) fn opens_no_sheet(root: &[u8]) -> bool {
    let text = String::from_utf8_lossy(root).to_ascii_lowercase();
    // An entity could spell the folder's name in another way.
    !root.is_empty() && !text.contains("worksheets") && !text.contains('&')
}

/// The workbook as the package's relationships name it.
pub(super) fn workbook_part(root: &[u8]) -> WorkbookPart {
    let mut target = "xl/workbook.xml".to_owned();
    for_each_tag(root, |tag| {
        let kind = attribute(tag, "Type").unwrap_or_default();
        if tag.local_name().as_ref() == "Relationship" && kind.ends_with("/relationships/officeDocument") {
            target = attribute(tag, "Target").unwrap_or_default();
        }
    });
    let target = target.trim_start_matches('/').to_ascii_lowercase();
    let (folder, name) = target
        .rfind('/')
        .map_or(("", target.as_str()), |at| target.split_at(at + 1));
    WorkbookPart {
        folder: folder.to_owned(),
        name: name.to_owned(),
    }
}

impl WorkbookPart {
    /// calamine opens an xlsb by fixed names.
    pub(super) fn of_xlsb() -> Self {
        Self {
            folder: "xl/".to_owned(),
            name: "workbook.bin".to_owned(),
        }
    }

    fn path(&self) -> String {
        format!("{}{}", self.folder, self.name)
    }

    fn relationships(&self) -> String {
        format!("{}_rels/{}.rels", self.folder, self.name)
    }

    pub(super) fn keeps(&self, part: &str) -> bool {
        part == self.path() || part == self.relationships()
    }
}

impl Kept {
    pub(super) fn keep(&mut self, workbook: &WorkbookPart, part: &str, bytes: Vec<u8>) {
        if part == workbook.path() {
            self.workbook = bytes;
        } else {
            self.relationships = bytes;
        }
    }

    /// Part by sheet name. A sheet that is not in it has a part that could not be told.
    pub(super) fn sheet_parts(&self, workbook: &WorkbookPart) -> HashMap<String, String> {
        let mut targets = HashMap::new();
        for_each_tag(&self.relationships, |tag| {
            if let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target")) {
                let absolute = target.strip_prefix('/').map(str::to_owned);
                let path = absolute.unwrap_or_else(|| format!("{}{target}", workbook.folder));
                targets.insert(id, path.to_ascii_lowercase());
            }
        });
        if workbook.name.ends_with(".bin") {
            return super::records::sheet_names(&self.workbook)
                .into_iter()
                .filter_map(|(name, id)| Some((name, targets.get(&id)?.clone())))
                .collect();
        }
        let mut parts = HashMap::new();
        for_each_tag(&self.workbook, |tag| {
            if tag.local_name().as_ref() == "sheet"
                && let (Some(name), Some(id)) = (attribute(tag, "name"), attribute(tag, "id"))
                && let Some(path) = targets.get(&id)
            {
                parts.insert(name, path.clone());
            }
        });
        parts
    }
}

/// Calls `see` with every opening tag, as far as the part can be parsed.
fn for_each_tag(part: &[u8], mut see: impl FnMut(&BytesStart<'_>)) {
    let mut reader = Reader::from_reader(part);
    reader.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) => see(&tag),
            // calamine will meet the same error and report it.
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// The attribute with this name, any prefix before it.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let mut attributes = attributes.with_checks(false).filter_map(Result::ok);
    let found = attributes.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    found
        .normalized_value(XmlVersion::Implicit1_0)
        .ok()
        .map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";

    #[test]
    fn sheets_are_found_through_both_relationship_parts() {
        let root =
            format!("<Relationships><Relationship Id='r' Type='{OFFICE}' Target='/xl/Book.xml'/></Relationships>");
        let workbook = workbook_part(root.as_bytes());
        assert!(workbook.keeps("xl/book.xml") && workbook.keeps("xl/_rels/book.xml.rels"));
        let mut kept = Kept::default();
        let sheets = "<x:sheets><x:sheet name='台&amp;账' r:id='rId1'/><x:sheet name='B' r:id='rId2'/></x:sheets>";
        kept.keep(&workbook, "xl/book.xml", sheets.into());
        let targets = "<R><Relationship Id='rId1' Target='worksheets/Sheet1.xml'/><Relationship Id='rId2' Target='/other/s.xml'/></R>";
        kept.keep(&workbook, "xl/_rels/book.xml.rels", targets.into());
        let parts = kept.sheet_parts(&workbook);
        assert_eq!(parts["台&账"], "xl/worksheets/sheet1.xml");
        assert_eq!(parts["B"], "other/s.xml");
    }

    #[test]
    fn sheets_may_be_checked_later_only_if_nothing_points_into_their_folder() {
        let root = |target: &str| format!("<Relationship Type='{OFFICE}' Target='{target}'/>");
        assert!(opens_no_sheet(root("xl/workbook.xml").as_bytes()));
        assert!(!opens_no_sheet(root("xl/WorkSheets/sheet1.xml").as_bytes()));
        assert!(!opens_no_sheet(root("xl/work&#115;heets/sheet1.xml").as_bytes()));
        assert!(!opens_no_sheet(b""));
    }
}
