//! Lying bars.

use super::WIDTH;
use super::draw::{Anchor, Drawing};
use super::label;
use super::scale::Scale;
use crate::account::document::Chart;
use crate::account::render::number::whole;
use crate::account::render::words;
use crate::account::text::one_line;
use crate::language::Language;

/// Height of a bar, and of one of parts; free height below each category.
const BAR: f64 = 17.0;
const STACK: f64 = 24.0;
const FREE: f64 = 13.0;
/// Names of categories are cut where they are wider.
const MOST_NAME: f64 = 230.0;
const AXIS: f64 = 26.0;

/// Where the bars are.
struct Field {
    left: f64,
    scale: Scale,
    top: f64,
    /// Height of one category without what is free below it.
    height: f64,
}

impl Field {
    /// The grid, the names of the categories and the scale.
    fn draw(drawing: &mut Drawing, chart: &Chart, top: f64, height: f64, values: &[i128]) -> Self {
        let names = chart.categories.iter().map(|name| one_line(name)).collect::<Vec<_>>();
        let widest = names.iter().map(|name| label::width(name)).fold(0.0, f64::max);
        let left = widest.min(MOST_NAME) + 10.0;
        let beside = values
            .iter()
            .map(|value| label::width(&whole(*value, drawing.language)))
            .fold(0.0, f64::max);
        let scale = Scale::new(values.iter().copied(), left, WIDTH - beside - 10.0);
        let field = Self {
            left,
            scale,
            top,
            height,
        };
        let bottom = field.y(names.len());
        for tick in field.scale.ticks() {
            let x = field.scale.place(tick);
            drawing.grid([x, top - 6.0], [x, bottom], tick == 0);
            drawing.text([x, bottom + 14.0], Anchor::Middle, &whole(tick, drawing.language), None);
        }
        for (at, name) in names.iter().enumerate() {
            let short = label::shortened(name, MOST_NAME);
            let said = short.as_deref().unwrap_or(name);
            let place = [field.left - 8.0, field.y(at) + height / 2.0];
            drawing.text(place, Anchor::End, said, short.is_some().then_some(name));
        }
        drawing.height = bottom + AXIS;
        field
    }

    /// The upper edge of a category.
    fn y(&self, category: usize) -> f64 {
        self.top + category as f64 * (self.height + FREE)
    }

    /// Left edge and width of a bar between two values.
    fn between(&self, one: i128, other: i128) -> (f64, f64) {
        let (one, other) = (self.scale.place(one), self.scale.place(other));
        (one.min(other), (one - other).abs())
    }
}

/// Height of a category of so many series, and of one of parts.
pub(super) fn row(series: usize) -> f64 {
    BAR * series as f64 + FREE
}

pub(super) const fn stacked_row() -> f64 {
    STACK + FREE
}

/// All values of a chart.
pub(super) fn values(chart: &Chart) -> Vec<i128> {
    let values = chart.series.iter().flat_map(|series| series.values.iter().flatten());
    values.map(|value| i128::from(*value)).collect()
}

/// The ends of all bars of parts of a chart.
pub(super) fn ends(chart: &Chart) -> Vec<i128> {
    let ends = (0..chart.categories.len()).flat_map(|category| {
        let (below, above) = ends_of(chart, category);
        [below, above]
    });
    ends.collect()
}

/// Draws bars beside each other, on a scale that holds `values`.
pub(super) fn draw(drawing: &mut Drawing, chart: &Chart, top: f64, values: &[i128]) {
    let field = Field::draw(drawing, chart, top, BAR * chart.series.len() as f64, values);
    for (at, series) in chart.series.iter().enumerate() {
        for (category, value) in series.values.iter().enumerate() {
            let y = field.y(category) + BAR * at as f64;
            let Some(value) = value.map(i128::from) else {
                missing(drawing, [field.scale.place(0), y + BAR / 2.0]);
                continue;
            };
            let (x, width) = field.between(0, value);
            drawing.area(
                [x, y],
                [width, BAR - 1.0],
                at,
                &said(chart, at, category, value, drawing.language),
            );
            drawing.text(
                [x + width + 5.0, y + BAR / 2.0],
                Anchor::Start,
                &whole(value, drawing.language),
                None,
            );
        }
    }
}

/// Draws bars whose series are parts, on a scale that holds `ends`. Parts below nothing lie on the other side.
pub(super) fn draw_stacked(drawing: &mut Drawing, chart: &Chart, top: f64, ends: &[i128]) {
    let field = Field::draw(drawing, chart, top, STACK, ends);
    for category in 0..chart.categories.len() {
        let y = field.y(category);
        let (mut below, mut above, mut lacks) = (0, 0, false);
        for (at, series) in chart.series.iter().enumerate() {
            let Some(value) = series.values.get(category).copied().flatten().map(i128::from) else {
                lacks = true;
                continue;
            };
            let from = if value < 0 { &mut below } else { &mut above };
            let (x, width) = field.between(*from, *from + value);
            *from += value;
            if value == 0 {
                continue;
            }
            drawing.area(
                [x, y],
                [width, STACK],
                at,
                &said(chart, at, category, value, drawing.language),
            );
            let text = whole(value, drawing.language);
            if label::width(&text) + 6.0 < width {
                drawing.text_on([x + width / 2.0, y + STACK / 2.0], &text, at);
            }
        }
        let place = [field.scale.place(above) + 5.0, y + STACK / 2.0];
        total(drawing, place, below + above, lacks);
    }
}

/// The sum behind a bar of parts; where a part is not known, neither is the sum.
fn total(drawing: &mut Drawing, place: [f64; 2], sum: i128, lacks: bool) {
    match lacks {
        true => missing(drawing, [place[0] - 5.0, place[1]]),
        false => drawing.text(place, Anchor::Start, &whole(sum, drawing.language), None),
    }
}

/// A value that is not known, which is not zero.
fn missing(drawing: &mut Drawing, [x, y]: [f64; 2]) {
    let mark = drawing.language.pick("〔缺〕", "(missing)");
    drawing.text([x + 5.0, y], Anchor::Start, mark, Some(words::gap(drawing.language)));
}

/// The ends of a bar of parts.
fn ends_of(chart: &Chart, category: usize) -> (i128, i128) {
    let values = chart
        .series
        .iter()
        .filter_map(|series| series.values.get(category).copied().flatten());
    values
        .map(i128::from)
        .fold((0, 0), |(below, above), value| match value {
            ..0 => (below + value, above),
            _ => (below, above + value),
        })
}

/// What a part of a drawing shows.
pub(super) fn said(chart: &Chart, series: usize, category: usize, value: i128, language: Language) -> String {
    let name = chart.series.get(series).map_or("", |series| &series.name);
    let category = chart.categories.get(category).map_or("", String::as_str);
    let said = format!("{category} {name} {}{}", whole(value, language), chart.unit);
    one_line(&said)
}
