//! A chart as spreadsheets draw it, over a sheet with its values.

use chrono::Datelike;
use rust_xlsxwriter::{
    Chart as Drawn, ChartAxisCrossing, ChartDataLabel, ChartEmptyCells, ChartFont, ChartFormat, ChartLegendPosition,
    ChartLine, ChartLineDashType, ChartMarker, ChartMarkerType, ChartPatternFill, ChartPatternFillType, ChartSolidFill,
    ChartType, Color, DocProperties, ExcelDateTime, Format, Worksheet, XlsxError,
};

use super::palette;
use super::words;
use crate::account::document::{Chart, ChartKind, Document};
use crate::account::text::one_line;
use crate::language::Language;

/// Number format of the values.
pub(super) const fn whole_format(language: Language) -> &'static str {
    language.pick("0", "#,##0")
}

const DASHES: [ChartLineDashType; 4] = [
    ChartLineDashType::Solid,
    ChartLineDashType::Dash,
    ChartLineDashType::RoundDot,
    ChartLineDashType::LongDashDot,
];
const MARKERS: [ChartMarkerType; 4] = [
    ChartMarkerType::Circle,
    ChartMarkerType::Square,
    ChartMarkerType::Triangle,
    ChartMarkerType::Diamond,
];

/// What a workbook says about itself; without it, it would say when it was made.
pub(super) fn properties(document: &Document) -> Result<DocProperties, XlsxError> {
    let day = document.as_of;
    // What is out of bounds becomes a year that the library refuses.
    let year = u16::try_from(day.year()).unwrap_or_default();
    let midnight = ExcelDateTime::from_ymd(year, day.month() as u8, day.day() as u8)?; // at most 12 and 31
    Ok(DocProperties::new()
        .set_title(one_line(&document.title))
        .set_author("ducha")
        .set_creation_datetime(&midnight))
}

/// Writes the values of a chart, the heads at `row`, counted from 0. A value that is not known leaves its cell empty.
pub(super) fn values(
    sheet: &mut Worksheet,
    row: u32,
    chart: &Chart,
    language: Language,
    [head, cell, whole]: [&Format; 3],
) -> Result<(), XlsxError> {
    sheet.write_string_with_format(row, 0, words::category(language), head)?;
    for (at, category) in (row + 1..).zip(&chart.categories) {
        sheet.write_string_with_format(at, 0, one_line(category), cell)?;
    }
    for (column, series) in (1..).zip(&chart.series) {
        sheet.write_string_with_format(row, column, one_line(&series.name), head)?;
        for (at, value) in (row + 1..).zip(&series.values) {
            match value {
                // Sums of counts are far below the 53 bits that a cell holds exactly.
                Some(value) => sheet.write_number_with_format(at, column, *value as f64, whole)?,
                None => sheet.write_blank(at, column, whole)?,
            };
        }
    }
    Ok(())
}

/// The chart over the values that [`values`] wrote at `row` of the sheet of this name. It has no title: that stands above it.
pub(super) fn chart(chart: &Chart, sheet: &str, row: u32, font: &str, language: Language) -> Drawn {
    let mut drawn = Drawn::new(match chart.kind {
        ChartKind::Bars => ChartType::Bar,
        ChartKind::StackedBars => ChartType::BarStacked,
        ChartKind::Lines => ChartType::Line,
    });
    let last = row + chart.categories.len() as u32; // a document has far fewer than a sheet has rows
    for (at, _) in chart.series.iter().enumerate() {
        let column = at as u16 + 1; // and far fewer series than a sheet has columns
        let series = drawn.add_series();
        series
            .set_name((sheet, row, column))
            .set_categories((sheet, row + 1, 0, last, 0))
            .set_values((sheet, row + 1, column, last, column));
        match chart.kind {
            ChartKind::Lines => {
                series.set_format(&mut line(at)).set_marker(&marker(at));
            }
            ChartKind::Bars | ChartKind::StackedBars => {
                series.set_format(&mut area(at)).set_gap(60);
                if chart.kind == ChartKind::Bars {
                    series.set_data_label(ChartDataLabel::new().show_value().set_font(&small(font)));
                }
            }
        }
    }
    axes(&mut drawn, chart.kind, font, language);
    drawn.show_empty_cells_as(ChartEmptyCells::Gaps);
    drawn.set_alt_text(one_line(&chart.title));
    drawn
}

fn small(font: &str) -> ChartFont {
    let mut small = ChartFont::new();
    small.set_size(9).set_name(font);
    small
}

fn axes(drawn: &mut Drawn, kind: ChartKind, font: &str, language: Language) {
    let small = small(font);
    drawn.title().set_hidden();
    drawn.legend().set_position(ChartLegendPosition::Top).set_font(&small);
    let mut grid = ChartLine::new();
    grid.set_color(Color::RGB(0xD5_D9DD)).set_width(0.5);
    let (values, categories) = match kind {
        // Lying bars: what the library calls x lies at the bottom and has the values.
        ChartKind::Bars | ChartKind::StackedBars => {
            // The first category on top, and the values below all the same.
            drawn.y_axis().set_reverse().set_crossing(ChartAxisCrossing::Max);
            (drawn.x_axis(), false)
        }
        ChartKind::Lines => (drawn.y_axis(), true),
    };
    values
        .set_num_format(whole_format(language))
        .set_font(&small)
        .set_major_gridlines(true)
        .set_major_gridlines_line(&grid);
    match categories {
        true => drawn.x_axis().set_font(&small),
        false => drawn.y_axis().set_font(&small),
    };
}

fn line(series: usize) -> ChartFormat {
    let mut line = ChartLine::new();
    line.set_color(Color::RGB(palette::line(series))).set_width(2.0);
    if let Some(dash) = DASHES.get(series % DASHES.len()) {
        line.set_dash_type(*dash);
    }
    let mut format = ChartFormat::new();
    format.set_line(&line);
    format
}

fn marker(series: usize) -> ChartMarker {
    let mut fill = ChartSolidFill::new();
    fill.set_color(Color::RGB(palette::line(series)));
    let mut marker = ChartMarker::new();
    if let Some(kind) = MARKERS.get(series % MARKERS.len()) {
        marker.set_type(*kind);
    }
    marker.set_size(6).set_format(&mut fill);
    marker
}

fn area(series: usize) -> ChartFormat {
    let mut format = ChartFormat::new();
    let mut edge = ChartLine::new();
    edge.set_color(Color::RGB(palette::EDGE)).set_width(0.5);
    let colour = Color::RGB(palette::fill(series));
    if palette::is_hatched(series) {
        let mut hatch = ChartPatternFill::new();
        hatch
            .set_pattern(ChartPatternFillType::DiagonalStripesWideUpwards)
            .set_foreground_color(colour)
            .set_background_color(Color::White);
        format.set_pattern_fill(&hatch);
    } else {
        let mut fill = ChartSolidFill::new();
        fill.set_color(colour);
        format.set_solid_fill(&fill);
    }
    format.set_border(&edge);
    format
}
