//! Charts that Word draws.

use std::io::{Cursor, Read, Result};

use rust_xlsxwriter::{Format, Workbook};
use zip::ZipArchive;

use super::Part;
use super::xml::{Out, element, empty, value};
use crate::account::document::{Chart, ChartKind, Document};
use crate::account::render::error::RenderError;
use crate::account::render::native;
use crate::account::text::one_line;
use crate::language::Language;

const CHART: &str = "http://schemas.openxmlformats.org/drawingml/2006/chart";
/// EMU, of which an inch has 914,400.
const WIDTH: u64 = 5_680_000;
const LEAST_HEIGHT: u64 = 2_400_000;
const MOST_HEIGHT: u64 = 8_000_000;
/// Height of a lying bar with what is free around it, and of legend and axis.
const BAR: u64 = 190_000;
const BESIDE: u64 = 900_000;
const LINES_HEIGHT: u64 = 3_000_000;
const SHEET: &str = "Sheet1";
/// Beside a bar stands its value, and nothing else.
const VALUES_ALONE: &str = "<c:showLegendKey val=\"0\"/><c:showVal val=\"1\"/><c:showCatName val=\"0\"/>\
    <c:showSerName val=\"0\"/><c:showPercent val=\"0\"/><c:showBubbleSize val=\"0\"/>";

/// Writes the place of the `number`th drawn chart in the text.
pub(super) fn drawing(out: &mut Out, chart: &Chart, number: usize, title: &str) -> Result<()> {
    let (width, height) = (WIDTH.to_string(), height(chart).to_string());
    let (number, relation) = (number.to_string(), format!("rIdChart{number}"));
    let named = one_line(title);
    element(out, "w:p", &[], |out| {
        element(out, "w:pPr", &[], |out| value(out, "w:pStyle", "Drawing"))?;
        element(out, "w:r", &[], |out| {
            element(out, "w:drawing", &[], |out| {
                let apart = [("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")];
                element(out, "wp:inline", &apart, |out| {
                    empty(out, "wp:extent", &[("cx", &width), ("cy", &height)])?;
                    empty(
                        out,
                        "wp:docPr",
                        &[("id", &number), ("name", &relation), ("descr", &named)],
                    )?;
                    empty(out, "wp:cNvGraphicFramePr", &[])?;
                    element(out, "a:graphic", &[], |out| {
                        element(out, "a:graphicData", &[("uri", CHART)], |out| {
                            empty(out, "c:chart", &[("r:id", &relation)])
                        })
                    })
                })
            })
        })
    })
}

/// Room for each bar, up to a page.
fn height(chart: &Chart) -> u64 {
    let bars = match chart.kind {
        ChartKind::Bars => chart.series.len() + 1,
        ChartKind::StackedBars => 2,
        ChartKind::Lines => return LINES_HEIGHT,
    };
    let bars = u64::try_from(bars * chart.categories.len()).unwrap_or(u64::MAX);
    bars.saturating_mul(BAR)
        .saturating_add(BESIDE)
        .clamp(LEAST_HEIGHT, MOST_HEIGHT)
}

/// The parts of a chart: how it is drawn, its values as a workbook, and that the one belongs to the other.
pub(super) fn parts(chart: &Chart, number: usize, document: &Document) -> std::result::Result<Vec<Part>, RenderError> {
    let drawn = spoken(with_data(&drawn(chart, document)?), chart.kind);
    let relation = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/package\" \
         Target=\"../embeddings/chart{number}.xlsx\"/></Relationships>"
    );
    Ok(vec![
        Part::new(format!("word/charts/chart{number}.xml"), drawn),
        Part::new(format!("word/charts/_rels/chart{number}.xml.rels"), relation),
        Part::new(
            format!("word/embeddings/chart{number}.xlsx"),
            book(chart, document, false)?,
        ),
    ])
}

/// The part by which a workbook draws the chart; Word's is the same.
fn drawn(chart: &Chart, document: &Document) -> std::result::Result<String, RenderError> {
    let mut package = ZipArchive::new(Cursor::new(book(chart, document, true)?))?;
    let mut part = String::new();
    package.by_name("xl/charts/chart1.xml")?.read_to_string(&mut part)?;
    Ok(part)
}

/// What a workbook says about printing gives way to where the values are.
fn with_data(part: &str) -> String {
    let end = part.find("<c:printSettings>").or_else(|| part.find("</c:chartSpace>"));
    let kept = end.and_then(|end| part.get(..end)).unwrap_or_default();
    format!("{kept}<c:externalData r:id=\"rId1\"><c:autoUpdate val=\"0\"/></c:externalData></c:chartSpace>")
}

/// What the library leaves out, since Excel takes it for no; some readers of documents take it for yes.
fn spoken(part: String, kind: ChartKind) -> String {
    match kind {
        ChartKind::Lines => part.replace("</c:ser>", "<c:smooth val=\"0\"/></c:ser>"),
        ChartKind::Bars | ChartKind::StackedBars => part.replace("<c:showVal val=\"1\"/>", VALUES_ALONE),
    }
}

/// A workbook of the values, and of the chart over them if it is to be drawn.
fn book(chart: &Chart, document: &Document, with_chart: bool) -> std::result::Result<Vec<u8>, RenderError> {
    let mut book = Workbook::new();
    book.set_properties(&native::properties(document)?);
    let sheet = book.add_worksheet().set_name(SHEET)?;
    let (plain, whole) = (
        Format::new(),
        Format::new().set_num_format(native::whole_format(document.language)),
    );
    native::values(sheet, 0, chart, document.language, [&plain, &plain, &whole])?;
    if with_chart {
        sheet.insert_chart(
            0,
            0,
            &native::chart(chart, SHEET, 0, font(document.language), document.language),
        )?;
    }
    Ok(book.save_to_buffer()?)
}

const fn font(language: Language) -> &'static str {
    language.pick("宋体", "Arial")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::document::Block;
    use crate::account::render::{sample, words};

    #[test]
    fn a_chart_has_its_values_in_it_and_beside_it() {
        let document = sample::account(Language::Zh);
        let chart = document.blocks.iter().find_map(|block| match block {
            Block::Chart(chart) if !words::is_empty(chart) => Some(chart),
            _ => None,
        });
        let parts = parts(chart.unwrap(), 1, &document).unwrap();
        let drawn = String::from_utf8(parts[0].content.clone()).unwrap();
        assert!(drawn.contains("<c:v>610</c:v>"), "{drawn}");
        assert!(drawn.contains("<c:v>黔西南布依族苗族自治州</c:v>"), "{drawn}");
        assert!(drawn.ends_with("</c:externalData></c:chartSpace>"), "{drawn}");
        assert!(!drawn.contains("printSettings"));
        assert!(parts[2].content.starts_with(b"PK"));
    }
}
