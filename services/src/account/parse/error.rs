//! What is wrong with a template's text.

use thiserror::Error;

/// Why a text cannot be read, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {fault}")]
pub struct ParseError {
    /// Line of the text after its values were put in, counted from 1.
    pub line: usize,
    /// What was found.
    pub fault: Fault,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Fault {
    /// A piece of Markdown that an account has no place for.
    #[error("expected headings, paragraphs, lists, tables and charts, found {0}")]
    Unknown(&'static str),
    /// A heading of nothing.
    #[error("found a heading without text")]
    EmptyHeading,
    /// `**` that is not closed within its block.
    #[error("found ** that begins strong text, and none that ends it in the same paragraph, point or cell")]
    UnclosedStrong,
    /// A damaged mark of a figure.
    #[error("a figure is marked by U+E000, its number and U+E001, found a mark around {0:?}")]
    Mark(String),
    /// A figure where the document has plain text.
    #[error("only text may stand in {0}, found a figure")]
    PlacedFigure(&'static str),
    /// A list that does not begin with 1.
    #[error("a numbered list begins with 1, found {0}")]
    ListStart(u64),
    /// `[a]: b`, which Markdown shows nowhere.
    #[error("found a line that defines a link, which would not be printed; write \\[ for the bracket")]
    LinkDefinition,
    /// `Table: …` and no table.
    #[error("`Table:` is followed by an empty line and a table, found something else")]
    TitleWithoutTable,
    /// Pipes that make no table.
    #[error("a table has a head, a line of dashes with as many cells as the head, and rows; found a paragraph with |")]
    BrokenTable,
    /// A row that does not fit its table.
    #[error("each row has as many cells as the head, {wanted}, found {found}")]
    Cells {
        /// Cells of the row.
        found: usize,
        /// Columns of the table.
        wanted: usize,
    },
    /// A chart that is not the TOML of one.
    #[error("a chart cannot be read: {0}")]
    Chart(String),
    /// A series that does not fit its chart.
    #[error("each series has one value for each of the {wanted} categories, {series:?} has {found}")]
    Values {
        /// Name of the series.
        series: String,
        /// Values it has.
        found: usize,
        /// Categories of the chart.
        wanted: usize,
    },
    /// A part of a whole that is less than nothing.
    #[error("the parts of stacked bars are 0 or more, {series:?} has {value}")]
    NegativePart {
        /// Name of the series.
        series: String,
        /// The value.
        value: i64,
    },
}
