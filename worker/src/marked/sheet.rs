//! A sheet of the county's own package, passed on event by event: nothing of it is kept, and what is not marked goes
//! through as it is. New elements go where the schema's order wants them.

mod cells;
mod cols;

use std::io::{BufRead, Write};

use ducha_records::codes::Severity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};

use self::cols::ColumnStyles;
use super::columns::Columns;
use super::error::MarkError;
use super::marks::{Mark, Marks};
use super::said::Was;
use super::styles::Styles;
use super::xml::{self, RELATIONS, attribute, prefix, prefixed_attribute};
use crate::cell::address;
use crate::check::LedgerSheet;

/// The children of a worksheet in the order of the schema.
const ORDER: [&str; 38] = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
];
/// Controls and embedded objects stand in alternatives, behind the drawings.
const ALTERNATIVES: &str = "AlternateContent";

/// A marked cell: where it is shown (a merged block in its first cell) and the worst that was found in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MarkedCell {
    pub row: u32,
    pub column: u32,
    pub severity: Severity,
}

/// What to do with one sheet.
pub(super) struct SheetTask<'a> {
    pub part: &'a str,
    pub ledger: &'a LedgerSheet,
    pub marks: &'a Marks,
    /// The marks of this sheet, by row and column.
    pub found: &'a [Mark],
    /// The cells to colour, by row and column.
    pub cells: &'a [MarkedCell],
    pub columns: Columns,
    pub was: Was,
    /// Relationship for the drawing of notes, if the sheet gets notes and has no such drawing.
    pub drawing: Option<&'a str>,
    /// Whether the sheet may get a filter: tables have their own.
    pub filter: bool,
    /// Merged blocks to add.
    pub merges: &'a [String],
}

/// What the sheet turned out to have.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// Relationship of its drawing of notes.
    pub drawing: Option<String>,
    /// The block that our filter covers.
    pub filter: Option<String>,
}

/// Passes a sheet on with its marks.
pub(super) fn patch<R: BufRead, W: Write>(
    input: R,
    out: W,
    task: &SheetTask<'_>,
    styles: &mut Styles,
) -> Result<Outcome, MarkError> {
    let mut reader = Reader::from_reader(input);
    reader.config_mut().check_end_names = true;
    let mut pass = Pass {
        out: Writer::new(out),
        task,
        clean: !styles.has_old(),
        styles,
        prefix: String::new(),
        waiting: vec!["cols", "mergeCells"],
        row: 0,
        column_styles: ColumnStyles::default(),
        outcome: Outcome::default(),
    };
    if task.filter {
        pass.waiting.push("autoFilter");
    }
    if task.drawing.is_some() {
        pass.waiting.push("legacyDrawing");
    }
    pass.sheet(&mut reader)?;
    Ok(pass.outcome)
}

struct Pass<'p, 'a, W: Write> {
    out: Writer<W>,
    task: &'p SheetTask<'a>,
    styles: &'p mut Styles,
    /// There are no marks of an earlier copy.
    clean: bool,
    prefix: String,
    /// Elements to insert, unless the sheet has them.
    waiting: Vec<&'static str>,
    /// The last row, counted from 1.
    row: u32,
    column_styles: ColumnStyles,
    outcome: Outcome,
}

fn position(name: &str) -> Option<usize> {
    let name = if name == ALTERNATIVES { "oleObjects" } else { name };
    if name == "extLst" {
        return Some(ORDER.len());
    }
    ORDER.iter().position(|known| *known == name)
}

impl<W: Write> Pass<'_, '_, W> {
    fn malformed(&self, detail: impl std::fmt::Display) -> MarkError {
        MarkError::malformed(self.task.part, detail)
    }

    /// The next event; a sheet that ends before its end is an error.
    fn next<'b, R: BufRead>(&self, reader: &mut Reader<R>, buffer: &'b mut Vec<u8>) -> Result<Event<'b>, MarkError> {
        buffer.clear();
        match reader.read_event_into(buffer) {
            Ok(Event::Eof) => Err(self.malformed("it ends too early")),
            Ok(event) => Ok(event),
            Err(error) => Err(self.malformed(error)),
        }
    }

    fn sheet<R: BufRead>(&mut self, reader: &mut Reader<R>) -> Result<(), MarkError> {
        let (mut depth, mut buffer) = (0_usize, Vec::new());
        loop {
            let event = self.next(reader, &mut buffer)?;
            match (depth, &event) {
                (0, Event::Start(root)) if root.local_name().as_ref() == "worksheet" => {
                    self.prefix = prefix(root);
                    depth = 1;
                }
                (0, Event::Start(_) | Event::Empty(_)) => return Err(self.malformed("it is no worksheet")),
                (1, Event::Start(tag)) => {
                    let name = tag.local_name().as_ref().to_owned();
                    self.arrive(&name)?;
                    if self.child(reader, &name, tag, false)? {
                        continue;
                    }
                    depth = 2;
                }
                (1, Event::Empty(tag)) => {
                    let name = tag.local_name().as_ref().to_owned();
                    self.arrive(&name)?;
                    if self.child(reader, &name, tag, true)? {
                        continue;
                    }
                }
                (1, Event::End(_)) => {
                    self.insert_before(usize::MAX)?;
                    self.out.write_event(event)?;
                    return Ok(());
                }
                (_, Event::Start(_)) => depth += 1,
                (_, Event::End(_)) => depth -= 1,
                _ => {}
            }
            self.out.write_event(event)?;
        }
    }

    /// A child of the worksheet comes: what must stand before it is inserted, and what it is itself is not.
    fn arrive(&mut self, name: &str) -> Result<(), MarkError> {
        if let Some(position) = position(name) {
            self.insert_before(position)?;
        }
        if name != "mergeCells" {
            self.waiting.retain(|waiting| *waiting != name);
        }
        Ok(())
    }

    fn insert_before(&mut self, place: usize) -> Result<(), MarkError> {
        let before = |name: &&str| position(name).is_some_and(|own| own < place);
        let mut due: Vec<&'static str> = self.waiting.iter().copied().filter(|name| before(name)).collect();
        due.sort_by_key(|name| position(name));
        self.waiting.retain(|name| !due.contains(name));
        for name in due {
            let text = self.new_element(name);
            self.raw(&text)?;
        }
        Ok(())
    }

    fn new_element(&mut self, name: &str) -> String {
        let p = self.prefix.clone();
        match name {
            "cols" => format!("<{p}cols>{}</{p}cols>", cols::ours(&p, &self.task.columns)),
            "mergeCells" if self.task.merges.is_empty() => String::new(),
            "mergeCells" => {
                let count = self.task.merges.len();
                format!("<{p}mergeCells count=\"{count}\">{}</{p}mergeCells>", self.merges())
            }
            "autoFilter" => {
                let ledger = self.task.ledger;
                let first = *ledger.header_rows.end();
                let last = ledger.rows.last().map_or(first, |run| *run.end());
                let block = format!("{}:{}", address(first, 0), address(last, self.task.columns.last()));
                let element = format!("<{p}autoFilter ref=\"{block}\"/>");
                self.outcome.filter = Some(block);
                element
            }
            "legacyDrawing" => {
                let id = self.task.drawing.unwrap_or_default();
                self.outcome.drawing = Some(id.to_owned());
                format!("<{p}legacyDrawing xmlns:dr=\"{RELATIONS}\" dr:id=\"{id}\"/>")
            }
            _ => String::new(),
        }
    }

    fn merges(&self) -> String {
        let p = &self.prefix;
        let one = |block: &String| format!("<{p}mergeCell ref=\"{block}\"/>");
        self.task.merges.iter().map(one).collect()
    }

    fn raw(&mut self, text: &str) -> Result<(), MarkError> {
        Ok(self.out.get_mut().write_all(text.as_bytes())?)
    }

    /// Writes a child that needs a change, to its end; `false` if it is to be passed on as it is.
    fn child<R: BufRead>(
        &mut self,
        reader: &mut Reader<R>,
        name: &str,
        tag: &BytesStart<'_>,
        empty: bool,
    ) -> Result<bool, MarkError> {
        match (name, empty) {
            ("dimension", true) => {
                let block = attribute(tag, "ref").and_then(|block| self.widened(&block));
                let Some(block) = block else { return Ok(false) };
                self.raw(&format!("<{}/>", xml::with_attributes(tag, &[("ref", Some(&block))])))?;
                Ok(true)
            }
            ("cols", false) => self.cols(reader).map(|()| true),
            ("sheetData", false) => {
                self.out.write_event(Event::Start(tag.borrow()))?;
                self.rows(reader)?;
                Ok(true)
            }
            ("mergeCells", false) if !self.task.merges.is_empty() => {
                self.raw(&format!("<{}>", xml::with_attributes(tag, &[("count", None)])))?;
                self.waiting.retain(|waiting| *waiting != "mergeCells");
                self.more_merges(reader)?;
                Ok(true)
            }
            ("mergeCells", _) => {
                self.waiting.retain(|waiting| *waiting != "mergeCells" || empty);
                Ok(empty)
            }
            ("legacyDrawing", _) => {
                self.outcome.drawing = prefixed_attribute(tag, "id");
                Ok(false)
            }
            _ => Ok(false),
        }
    }

    fn widened(&self, block: &str) -> Option<String> {
        let (first, last) = super::place::parse_range(block)?;
        let last = address(last.0, last.1.max(self.task.columns.last()));
        Some(format!("{}:{last}", address(first.0, first.1)))
    }

    fn more_merges<R: BufRead>(&mut self, reader: &mut Reader<R>) -> Result<(), MarkError> {
        let mut buffer = Vec::new();
        loop {
            let event = self.next(reader, &mut buffer)?;
            let end = matches!(&event, Event::End(tag) if tag.local_name().as_ref() == "mergeCells");
            if end {
                let merges = self.merges();
                self.raw(&merges)?;
            }
            self.out.write_event(event)?;
            if end {
                return Ok(());
            }
        }
    }
}
