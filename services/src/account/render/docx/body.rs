//! The text of the document.

use std::io::Result;

use super::table;
use super::xml::{Out, element, empty, paragraph, part, run, value};
use crate::account::document::{Block, Chart, Document, Span};
use crate::account::render::flow::{self, Piece};
use crate::account::render::words;
use crate::account::text::one_line;

const NAMESPACES: &[(&str, &str)] = &[
    (
        "xmlns:w",
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        "xmlns:r",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        "xmlns:wp",
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
    ("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("xmlns:c", "http://schemas.openxmlformats.org/drawingml/2006/chart"),
];
/// The numbering of points without numbers; each numbered list has one of its own behind it.
const POINTS: usize = 1;

/// The text while it is written.
pub(super) struct Body<'d> {
    pub document: &'d Document,
    /// Charts that are drawn, in order.
    pub charts: Vec<&'d Chart>,
    /// Numbered lists so far.
    pub ordered: usize,
    tables: usize,
    /// Charts so far, with those of nothing.
    titled_charts: usize,
}

impl<'d> Body<'d> {
    pub const fn new(document: &'d Document) -> Self {
        Self {
            document,
            charts: Vec::new(),
            ordered: 0,
            tables: 0,
            titled_charts: 0,
        }
    }

    /// The part of the text.
    pub fn write(&mut self) -> Result<Vec<u8>> {
        part(|out| {
            element(out, "w:document", NAMESPACES, |out| {
                element(out, "w:body", &[], |out| self.all(out))
            })
        })
    }

    fn all(&mut self, out: &mut Out) -> Result<()> {
        let document = self.document;
        paragraph(out, "Title", |out| run(out, None, &one_line(&document.title)))?;
        paragraph(out, "Subtitle", |out| run(out, None, &words::as_of(document)))?;
        for block in &document.blocks {
            self.block(out, block)?;
        }
        self.figures(out)?;
        section(out)
    }

    fn block(&mut self, out: &mut Out, block: &'d Block) -> Result<()> {
        match block {
            Block::Heading { level, text } => {
                let style = format!("Heading{level}");
                paragraph(out, &style, |out| self.spans(out, text))
            }
            Block::Paragraph(text) => paragraph(out, "BodyText", |out| self.spans(out, text)),
            Block::List { ordered, items } => self.list(out, *ordered, items),
            Block::Table(content) => {
                self.tables += 1;
                let title = words::table(self.document.language, self.tables, &content.title);
                table::table(out, self.document, &title, content)
            }
            Block::Chart(chart) => self.chart(out, chart),
        }
    }

    fn list(&mut self, out: &mut Out, ordered: bool, items: &[Vec<Span>]) -> Result<()> {
        let number = match ordered {
            true => {
                self.ordered += 1;
                POINTS + self.ordered
            }
            false => POINTS,
        };
        for item in items {
            element(out, "w:p", &[], |out| {
                element(out, "w:pPr", &[], |out| {
                    value(out, "w:pStyle", "ListParagraph")?;
                    element(out, "w:numPr", &[], |out| {
                        value(out, "w:ilvl", "0")?;
                        value(out, "w:numId", &number.to_string())
                    })
                })?;
                self.spans(out, item)
            })?;
        }
        Ok(())
    }

    fn spans(&self, out: &mut Out, spans: &[Span]) -> Result<()> {
        pieces(out, self.document, &flow::pieces(self.document, spans))
    }

    fn chart(&mut self, out: &mut Out, chart: &'d Chart) -> Result<()> {
        self.titled_charts += 1;
        let language = self.document.language;
        let title = words::chart(language, self.titled_charts, chart);
        paragraph(out, "Caption", |out| run(out, None, &title))?;
        if words::is_empty(chart) {
            return paragraph(out, "Nothing", |out| run(out, None, words::no_data(language)));
        }
        self.charts.push(chart);
        super::chart::drawing(out, chart, self.charts.len(), &title)
    }

    fn figures(&self, out: &mut Out) -> Result<()> {
        let language = self.document.language;
        paragraph(out, "Heading1", |out| run(out, None, words::figures(language)))?;
        paragraph(out, "BodyText", |out| run(out, None, words::figures_note(language)))?;
        match self.document.figures.is_empty() {
            true => paragraph(out, "Nothing", |out| run(out, None, words::no_data(language))),
            false => table::figures(out, self.document),
        }
    }
}

/// Pieces of text as runs.
pub(super) fn pieces(out: &mut Out, document: &Document, pieces: &[Piece]) -> Result<()> {
    for piece in pieces {
        let figure = piece.figure.and_then(|index| document.figures.get(index));
        let style = match figure {
            Some(figure) if figure.millionths.is_none() => Some("Missing"),
            Some(figure) if figure.gap.is_some() => Some("Doubt"),
            _ if piece.strong => Some("Strong"),
            _ => None,
        };
        run(out, style, &piece.text)?;
    }
    Ok(())
}

/// The page: A4, with the page number below.
fn section(out: &mut Out) -> Result<()> {
    element(out, "w:sectPr", &[], |out| {
        empty(
            out,
            "w:footerReference",
            &[("w:type", "default"), ("r:id", "rIdFooter")],
        )?;
        empty(out, "w:pgSz", &[("w:w", "11906"), ("w:h", "16838")])?;
        let margins = [
            ("w:top", "1440"),
            ("w:right", "1474"),
            ("w:bottom", "1440"),
            ("w:left", "1474"),
            ("w:header", "851"),
            ("w:footer", "851"),
            ("w:gutter", "0"),
        ];
        empty(out, "w:pgMar", &margins)
    })
}
