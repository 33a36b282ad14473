//! Charts, which are TOML.

use pulldown_cmark::{Event, TagEnd};
use serde::Deserialize;

use super::error::{Fault, ParseError};
use super::escape::{FIGURE_END, FIGURE_START};
use super::run::STRONG;
use super::{At, Reader};
use crate::account::document::{Block, Chart, ChartKind, Series};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    title: String,
    kind: Kind,
    #[serde(default)]
    unit: String,
    categories: Vec<String>,
    #[serde(default)]
    series: Vec<WrittenSeries>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Bars,
    StackedBars,
    Lines,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSeries {
    name: String,
    values: Vec<Value>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a value is a whole number, or \"\" for a gap")]
enum Value {
    Number(i64),
    Gap(Gap),
}

#[derive(Deserialize)]
enum Gap {
    #[serde(rename = "")]
    Empty,
}

impl Reader<'_> {
    /// The chart whose block begins here.
    pub(super) fn chart(&mut self, at: &At) -> Result<Block, ParseError> {
        let mut text = String::new();
        while let Some((event, within)) = self.events.next() {
            match event {
                Event::Text(piece) => text.push_str(&piece.replace(STRONG, "**")),
                Event::End(TagEnd::CodeBlock) => break,
                other => return Err(self.unknown(&other, &within)),
            }
        }
        if text.contains([FIGURE_START, FIGURE_END]) {
            return Err(self.error(at.start, Fault::PlacedFigure("a chart")));
        }
        let written: Written = toml::from_str(&text).map_err(|error| {
            // Lines of the block follow the line that opens it.
            let before = error.span().map_or(0, |span| lines_before(&text, span.start) + 1);
            let mut error = self.error(at.start, Fault::Chart(error.message().to_owned()));
            error.line += before;
            error
        })?;
        checked(written).map_err(|fault| self.error(at.start, fault))
    }
}

fn lines_before(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

fn checked(written: Written) -> Result<Block, Fault> {
    let wanted = written.categories.len();
    let mut series = Vec::with_capacity(written.series.len());
    for one in written.series {
        let found = one.values.len();
        if found != wanted {
            let series = one.name;
            return Err(Fault::Values { series, found, wanted });
        }
        let values = one.values.into_iter().map(Value::number).collect::<Vec<_>>();
        let negative = values.iter().flatten().find(|value| **value < 0);
        if let (Kind::StackedBars, Some(&value)) = (written.kind, negative) {
            let series = one.name;
            return Err(Fault::NegativePart { series, value });
        }
        series.push(Series { name: one.name, values });
    }
    Ok(Block::Chart(Chart {
        title: written.title,
        kind: written.kind.into(),
        categories: written.categories,
        series,
        unit: written.unit,
    }))
}

impl Value {
    const fn number(self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(number),
            Self::Gap(Gap::Empty) => None,
        }
    }
}

impl From<Kind> for ChartKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Bars => Self::Bars,
            Kind::StackedBars => Self::StackedBars,
            Kind::Lines => Self::Lines,
        }
    }
}
