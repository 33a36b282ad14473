//! Lines over time.

use super::WIDTH;
use super::bars::{said, values};
use super::draw::{Anchor, Drawing};
use super::label;
use super::scale::Scale;
use crate::account::document::Chart;
use crate::account::render::number::whole;
use crate::account::text::one_line;

const HEIGHT: f64 = 280.0;
const AXIS: f64 = 30.0;
/// A single line of no more points has a value at each.
const FEW: usize = 13;
/// Values at the ends of lines keep this far apart.
const APART: f64 = 15.0;

struct Field {
    left: f64,
    right: f64,
    scale: Scale,
    points: usize,
}

impl Field {
    fn x(&self, at: usize) -> f64 {
        match self.points {
            0 | 1 => (self.left + self.right) / 2.0,
            points => self.left + at as f64 / (points - 1) as f64 * (self.right - self.left),
        }
    }
}

/// Draws them.
pub(super) fn draw(drawing: &mut Drawing, chart: &Chart, top: f64) {
    let values = values(chart);
    let top = top + 8.0;
    let bottom = top + HEIGHT;
    let scale = Scale::new(values.iter().copied(), bottom, top);
    let beside = scale
        .ticks()
        .map(|tick| label::width(&whole(tick, drawing.language)))
        .fold(0.0, f64::max);
    let behind = values
        .iter()
        .map(|value| label::width(&whole(*value, drawing.language)))
        .fold(0.0, f64::max);
    let first = chart
        .categories
        .first()
        .map_or(0.0, |name| label::width(&one_line(name)));
    let field = Field {
        left: (beside + 12.0).max(first / 2.0),
        right: WIDTH - behind - 12.0,
        scale,
        points: chart.categories.len(),
    };
    for tick in field.scale.ticks() {
        let y = field.scale.place(tick);
        drawing.grid([field.left, y], [field.right, y], tick == 0);
        drawing.text([field.left - 8.0, y], Anchor::End, &whole(tick, drawing.language), None);
    }
    names(drawing, chart, &field, bottom);
    for series in 0..chart.series.len() {
        series_of(drawing, chart, &field, series);
    }
    end_values(drawing, chart, &field);
    drawing.height = bottom + AXIS;
}

/// As many names below the axis as there is room for, beginning with the first.
fn names(drawing: &mut Drawing, chart: &Chart, field: &Field, bottom: f64) {
    let names = chart.categories.iter().map(|name| one_line(name)).collect::<Vec<_>>();
    let widest = names.iter().map(|name| label::width(name)).fold(0.0, f64::max) + 12.0;
    let room = (field.x(1) - field.x(0)).max(1.0);
    // A few hundred at most, since a drawing is 760 wide.
    let every = (widest / room).ceil().max(1.0) as usize;
    for (at, name) in names.iter().enumerate() {
        drawing.grid([field.x(at), bottom], [field.x(at), bottom + 4.0], true);
        if at % every == 0 {
            drawing.text([field.x(at), bottom + 16.0], Anchor::Middle, name, None);
        }
    }
}

fn series_of(drawing: &mut Drawing, chart: &Chart, field: &Field, series: usize) {
    let Some(values) = chart.series.get(series).map(|series| &series.values) else {
        return;
    };
    // A value that is not known breaks the line.
    for piece in runs(values) {
        let points = piece
            .iter()
            .map(|(at, value)| [field.x(*at), field.scale.place(*value)]);
        let points = points.collect::<Vec<_>>();
        if points.len() > 1 {
            drawing.line(&points, series);
        }
        for ((at, value), point) in piece.iter().zip(points) {
            drawing.marker(point, series, &said(chart, series, *at, *value, drawing.language));
            let is_labelled = chart.series.len() == 1 && values.len() <= FEW && at + 1 < values.len();
            if is_labelled {
                drawing.text(
                    [point[0], point[1] - 14.0],
                    Anchor::Middle,
                    &whole(*value, drawing.language),
                    None,
                );
            }
        }
    }
}

/// The known values with their places, cut where one is missing.
fn runs(values: &[Option<i64>]) -> Vec<Vec<(usize, i128)>> {
    let mut runs = vec![Vec::new()];
    for (at, value) in values.iter().enumerate() {
        match (value, runs.last_mut()) {
            (Some(value), Some(run)) => run.push((at, i128::from(*value))),
            _ => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// The last value of each line, behind its last point.
fn end_values(drawing: &mut Drawing, chart: &Chart, field: &Field) {
    let mut ends = Vec::new();
    for series in &chart.series {
        let last = series.values.iter().enumerate().rev();
        let last = last
            .filter_map(|(at, value)| value.map(|value| (at, i128::from(value))))
            .next();
        ends.extend(last.map(|(at, value)| (field.scale.place(value), at, value)));
    }
    ends.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut lowest = f64::NEG_INFINITY;
    for (y, at, value) in ends {
        let y = y.max(lowest + APART);
        lowest = y;
        drawing.text(
            [field.x(at) + 9.0, y],
            Anchor::Start,
            &whole(value, drawing.language),
            None,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::runs;

    #[test]
    fn a_missing_value_breaks_the_line() {
        assert_eq!(
            runs(&[Some(1), None, None, Some(2), Some(3)]),
            [vec![(0, 1)], vec![(3, 2), (4, 3)]]
        );
        assert!(runs(&[None]).is_empty());
    }
}
