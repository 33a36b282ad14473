//! Which series is which, above the chart.

use super::WIDTH;
use super::draw::{Anchor, Drawing};
use super::label;
use crate::account::document::{Chart, ChartKind};
use crate::account::text::one_line;

const ROW: f64 = 24.0;
const SWATCH: f64 = 26.0;
const GAP: f64 = 22.0;
/// A name is cut where it is wider than this.
const MOST: f64 = 320.0;

/// Draws it, and returns where the chart begins. One series without a name needs none.
pub(super) fn draw(drawing: &mut Drawing, chart: &Chart) -> f64 {
    let names = chart
        .series
        .iter()
        .map(|series| one_line(&series.name))
        .collect::<Vec<_>>();
    if names.iter().all(String::is_empty) {
        return 8.0;
    }
    let (mut x, mut y) = (0.0, ROW / 2.0);
    for (series, name) in names.iter().enumerate() {
        let short = label::shortened(name, MOST);
        let said = short.as_deref().unwrap_or(name);
        let width = SWATCH + 6.0 + label::width(said);
        if x > 0.0 && x + width > WIDTH {
            (x, y) = (0.0, y + ROW);
        }
        match chart.kind {
            ChartKind::Lines => {
                drawing.line(&[[x, y], [x + SWATCH, y]], series);
                drawing.marker([x + SWATCH / 2.0, y], series, name);
            }
            ChartKind::Bars | ChartKind::StackedBars => {
                drawing.area([x + 6.0, y - 7.0], [SWATCH - 6.0, 14.0], series, name)
            }
        }
        drawing.text(
            [x + SWATCH + 6.0, y],
            Anchor::Start,
            said,
            short.is_some().then_some(name),
        );
        x += width + GAP;
    }
    y + ROW / 2.0 + 10.0
}
