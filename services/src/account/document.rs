//! An account as a document: what stands in it, before it is written in any format.

use chrono::NaiveDate;
use ducha::v1::Gap;

use crate::language::Language;

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The language its texts are in.
    pub language: Language,
    /// Title.
    pub title: String,
    /// The day it tells the state of.
    pub as_of: NaiveDate,
    /// What stands in it, in order.
    pub blocks: Vec<Block>,
    /// Its figures; blocks name them by their place here.
    pub figures: Vec<Figure>,
}

/// A piece of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading {
        /// 1 for a section, 2 and 3 for what lies within.
        level: u8,
        /// What it says.
        text: Vec<Span>,
    },
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A list of points.
    List {
        /// They are numbered.
        ordered: bool,
        /// The points.
        items: Vec<Vec<Span>>,
    },
    /// A table.
    Table(Table),
    /// A chart.
    Chart(Chart),
}

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    /// Plain text.
    Text(String),
    /// Text that weighs more.
    Strong(String),
    /// A figure, by its place in [`Document::figures`].
    Figure(usize),
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it shows.
    pub title: String,
    /// Heads of its columns.
    pub columns: Vec<String>,
    /// Its rows, each with as many cells as there are columns. The first cell names the row.
    pub rows: Vec<Vec<Vec<Span>>>,
}

/// A chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// What it shows.
    pub title: String,
    /// How.
    pub kind: ChartKind,
    /// What stands along its axis.
    pub categories: Vec<String>,
    /// What is shown of each.
    pub series: Vec<Series>,
    /// Unit of the values.
    pub unit: String,
}

/// How a chart shows its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// Lying bars, one beside the other.
    Bars,
    /// Lying bars of which the series are parts.
    StackedBars,
    /// Lines over time.
    Lines,
}

/// One row of values of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// One value for each category; none is a gap.
    pub values: Vec<Option<i64>>,
}

/// A computed figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Name that stays the same while the template does, such as `petitions.concluded` or `indicator.污水管网.done`. Unique in the
    /// document.
    pub key: String,
    /// The figure as it is printed, without its unit: `2,291`, `1,848.55`; a mark such as `〔缺〕` where it is missing.
    pub text: String,
    /// Its value in millionths of the unit; none: it cannot be computed.
    pub millionths: Option<i64>,
    /// Unit, such as `件` or `公里`; empty: none.
    pub unit: String,
    /// What it counts, for people.
    pub label: String,
    /// Why it is missing or in doubt.
    pub gap: Option<Gap>,
    /// How many records make it; none: it is not made of records.
    pub records: Option<i64>,
}

impl Figure {
    /// Why it is missing or in doubt, for people; empty: it is neither.
    #[must_use]
    pub fn doubt(&self) -> &str {
        self.gap.as_ref().map_or("", |gap| gap.message.as_str())
    }
}
