//! Charts as SVG.
//!
//! Series differ in lightness and pattern (bars) or in dash and marker (lines), and values are written beside what shows
//! them, so that no chart depends on colour.

mod bars;
mod draw;
mod label;
mod legend;
mod lines;
mod scale;

use self::draw::Drawing;
use super::text;
use crate::account::document::{Chart, ChartKind};
use crate::account::render::words;
use crate::language::Language;

/// Width of a drawing in its own units; the page stretches it.
const WIDTH: f64 = 760.0;

/// Height of the bars in one drawing; with its legend and its scale it fits on a page. What is more goes on in the next.
const MOST_BARS: f64 = 880.0;

/// The chart as an `svg` element, or as several of the same scale if it is too high for a page. There must be something
/// to draw.
pub(super) fn svg(chart: &Chart, number: usize, title: &str, language: Language) -> String {
    let mut all = String::new();
    for (panel, piece) in (1..).zip(pieces(chart)) {
        let id = match panel {
            1 => format!("chart-{number}"),
            _ => format!("chart-{number}-{panel}"),
        };
        let mut drawing = Drawing::new(id, language);
        let top = legend::draw(&mut drawing, &piece);
        match chart.kind {
            ChartKind::Bars => bars::draw(&mut drawing, &piece, top, &bars::values(chart)),
            ChartKind::StackedBars => bars::draw_stacked(&mut drawing, &piece, top, &bars::ends(chart)),
            ChartKind::Lines => lines::draw(&mut drawing, &piece, top),
        }
        let (title, description) = (text(title), text(&description(&piece, language)));
        all.push_str(&drawing.finish(&title, &description));
    }
    all
}

/// The chart, cut where a page would end.
fn pieces(chart: &Chart) -> Vec<Chart> {
    let row = match chart.kind {
        ChartKind::Bars => bars::row(chart.series.len()),
        ChartKind::StackedBars => bars::stacked_row(),
        ChartKind::Lines => return vec![chart.clone()],
    };
    let most = (MOST_BARS / row).max(1.0) as usize;
    let count = chart.categories.len().div_ceil(most).max(1);
    // As many in each, rather than a few in the last.
    let each = chart.categories.len().div_ceil(count).max(1);
    let cut = |at: usize| {
        let within = at * each..((at + 1) * each).min(chart.categories.len());
        let mut piece = chart.clone();
        piece.categories = piece.categories.drain(within.clone()).collect();
        for series in &mut piece.series {
            series.values = series.values.drain(within.clone()).collect();
        }
        piece
    };
    (0..chart.categories.len().div_ceil(each)).map(cut).collect()
}

/// All values in words, as a reader hears them.
fn description(chart: &Chart, language: Language) -> String {
    let (heads, rows) = words::chart_table(language, chart);
    let (colon, comma, stop) = match language {
        Language::Zh => ("：", "，", "；"),
        Language::En => (": ", ", ", "; "),
    };
    let names = heads.get(1..).unwrap_or_default();
    let row = |row: Vec<String>| {
        let (category, values) = row
            .split_first()
            .map(|(head, rest)| (head.as_str(), rest))
            .unwrap_or_default();
        let said = names.iter().zip(values).map(|(name, value)| format!("{name} {value}"));
        format!("{category}{colon}{}", said.collect::<Vec<_>>().join(comma).trim())
    };
    rows.into_iter().map(row).collect::<Vec<_>>().join(stop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::document::Series;

    #[test]
    fn a_chart_is_cut_evenly_and_loses_nothing() {
        let values = (0..90).map(Some).collect::<Vec<_>>();
        let chart = Chart {
            title: String::new(),
            kind: ChartKind::StackedBars,
            categories: (0..90).map(|at| at.to_string()).collect(),
            series: vec![Series {
                name: String::new(),
                values: values.clone(),
            }],
            unit: String::new(),
        };
        let pieces = pieces(&chart);
        let lengths = pieces.iter().map(|piece| piece.categories.len()).collect::<Vec<_>>();
        assert_eq!(lengths, [23, 23, 23, 21]);
        let categories = pieces.iter().flat_map(|piece| piece.categories.clone());
        assert_eq!(categories.collect::<Vec<_>>(), chart.categories);
        let kept = pieces.iter().flat_map(|piece| piece.series[0].values.clone());
        assert_eq!(kept.collect::<Vec<_>>(), values);
    }
}
