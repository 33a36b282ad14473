//! The workbook's own part: which sheets there are, and one more for the summary.

use quick_xml::events::Event;

use super::error::MarkError;
use super::package::{Package, Relationship, lower};
use super::xml::{RELATIONS, attribute, escaped, prefix, prefixed_attribute, scan, spliced};

/// Name that says that the workbook is a marked copy, and of which make.
const STAMP: &str = "_ducha_marked";
/// Name on the tab of the summary.
pub(super) const SUMMARY_NAME: &str = "系统核对汇总";
/// What may not stand before the defined names.
const BEHIND_NAMES: [&str; 10] = [
    "calcPr",
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
];

/// A sheet of the workbook.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub name: String,
    /// Its part; none where the workbook points at nothing.
    pub part: Option<String>,
}

/// The workbook's part, read.
#[derive(Debug)]
pub(super) struct Book {
    pub part: String,
    pub relations: Vec<Relationship>,
    pub sheets: Vec<Sheet>,
    text: String,
    prefix: String,
    last_id: u32,
    sheets_end: usize,
    names_end: Option<usize>,
    names_begin: usize,
    names: Vec<(String, Option<String>)>,
}

impl Book {
    pub fn read(package: &mut Package) -> Result<Self, MarkError> {
        let root = package.relationships("")?;
        let main = root.iter().find(|relation| relation.is("officeDocument"));
        let main = main.ok_or_else(|| MarkError::malformed("_rels/.rels", "it names no workbook"))?;
        let part = main.target.clone();
        let mut book = Self {
            relations: package.relationships(&part)?,
            text: package.needed(&part)?,
            part,
            sheets: Vec::new(),
            prefix: String::new(),
            last_id: 0,
            sheets_end: 0,
            names_end: None,
            names_begin: 0,
            names: Vec::new(),
        };
        book.scan()?;
        if book.sheets_end == 0 {
            return Err(MarkError::malformed(&book.part, "it lists no sheets"));
        }
        Ok(book)
    }

    fn scan(&mut self) -> Result<(), MarkError> {
        let (text, part) = (std::mem::take(&mut self.text), self.part.clone());
        let mut strict = false;
        scan(&part, &text, |depth, event, range| {
            match (depth, event) {
                (0, Event::Start(root)) => {
                    self.prefix = prefix(root);
                    strict = root.attributes_raw().contains("purl.oclc.org/ooxml/spreadsheetml");
                }
                (0, Event::End(_)) if self.names_begin == 0 => self.names_begin = range.start,
                (1, Event::Start(tag) | Event::Empty(tag))
                    if self.names_begin == 0 && BEHIND_NAMES.contains(&tag.local_name().as_ref()) =>
                {
                    self.names_begin = range.start;
                }
                (1, Event::End(tag)) if tag.local_name().as_ref() == "sheets" => self.sheets_end = range.start,
                (1, Event::End(tag)) if tag.local_name().as_ref() == "definedNames" => {
                    self.names_end = Some(range.start);
                }
                (2, Event::Start(tag) | Event::Empty(tag)) if tag.local_name().as_ref() == "sheet" => self.sheet(tag),
                (2, Event::Start(tag)) if tag.local_name().as_ref() == "definedName" => {
                    self.names
                        .extend(attribute(tag, "name").map(|name| (name, attribute(tag, "localSheetId"))));
                }
                _ => {}
            }
            Ok(())
        })?;
        self.text = text;
        match strict {
            true => Err(MarkError::Unsupported {
                part,
                what: "a workbook in the strict form of Office Open XML",
            }),
            false => Ok(()),
        }
    }

    fn sheet(&mut self, tag: &quick_xml::events::BytesStart<'_>) {
        let id = attribute(tag, "sheetId").and_then(|id| id.parse().ok()).unwrap_or(0);
        self.last_id = self.last_id.max(id);
        let relation = prefixed_attribute(tag, "id");
        let target = self.relations.iter().find(|known| Some(&known.id) == relation.as_ref());
        self.sheets.push(Sheet {
            name: attribute(tag, "name").unwrap_or_default(),
            part: target.filter(|known| !known.external).map(|known| known.target.clone()),
        });
    }

    /// The part of a sheet by its name.
    pub fn part_of(&self, name: &str) -> Option<&str> {
        self.sheets.iter().find(|sheet| sheet.name == name)?.part.as_deref()
    }

    /// How many sheets use a part.
    pub fn uses(&self, part: &str) -> usize {
        let same = |sheet: &&Sheet| sheet.part.as_deref().map(lower) == Some(lower(part));
        self.sheets.iter().filter(same).count()
    }

    /// The part that the workbook names for `kind`.
    pub fn related(&self, kind: &str) -> Option<&Relationship> {
        self.relations
            .iter()
            .find(|relation| relation.is(kind) && !relation.external)
    }

    /// A name for the summary that no other sheet has.
    pub fn free_name(&self) -> String {
        let taken = |name: &str| self.sheets.iter().any(|sheet| sheet.name.eq_ignore_ascii_case(name));
        let numbered = (2..).map(|number| format!("{SUMMARY_NAME}{number}"));
        let mut names = std::iter::once(SUMMARY_NAME.to_owned()).chain(numbered);
        names.find(|name| !taken(name)).unwrap_or_default()
    }

    /// The part with a sheet for the summary (its name and relationship, unless there is one) and with names for the
    /// filters (sheet and block).
    pub fn written(&self, summary: Option<(&str, &str)>, filters: &[(String, String)]) -> String {
        let p = &self.prefix;
        let mut edits = Vec::new();
        if let Some((name, relation)) = summary {
            let (name, id) = (escaped(name), self.last_id.saturating_add(1));
            let sheet =
                format!("<{p}sheet xmlns:dr=\"{RELATIONS}\" name=\"{name}\" sheetId=\"{id}\" dr:id=\"{relation}\"/>");
            edits.push((self.sheets_end..self.sheets_end, sheet));
        }
        let mut names = String::new();
        if !self.names.iter().any(|(name, _)| name == STAMP) {
            names.push_str(&format!(
                "<{p}definedName name=\"{STAMP}\" hidden=\"1\">&quot;1&quot;</{p}definedName>"
            ));
        }
        for (sheet, block) in filters {
            names.push_str(&self.filter(sheet, block).unwrap_or_default());
        }
        if !names.is_empty() {
            let at = self.names_end.unwrap_or(self.names_begin);
            let names = match self.names_end {
                Some(_) => names,
                None => format!("<{p}definedNames>{names}</{p}definedNames>"),
            };
            edits.push((at..at, names));
        }
        spliced(&self.text, edits)
    }

    fn filter(&self, sheet: &str, block: &str) -> Option<String> {
        const FILTER: &str = "_xlnm._FilterDatabase";
        let at = self.sheets.iter().position(|known| known.name == sheet)?;
        let known = |(name, local): &(String, Option<String>)| name == FILTER && *local == Some(at.to_string());
        if self.names.iter().any(known) {
            return None;
        }
        let fixed = block.split(':').map(fixed).collect::<Vec<_>>().join(":");
        let (p, sheet) = (&self.prefix, escaped(&quoted(sheet)));
        Some(format!(
            "<{p}definedName name=\"{FILTER}\" localSheetId=\"{at}\" hidden=\"1\">{sheet}!{fixed}</{p}definedName>"
        ))
    }
}

/// `$G$15` of `G15`.
fn fixed(cell: &str) -> String {
    let digits = cell.find(|letter: char| letter.is_ascii_digit()).unwrap_or(cell.len());
    format!("${}${}", &cell[..digits], &cell[digits..])
}

/// The name of a sheet as references write it.
pub(super) fn quoted(sheet: &str) -> String {
    format!("'{}'", sheet.replace('\'', "''"))
}
