//! How text flows: figures with their units, and everything in a form that a file can hold.

use super::number::{self, Number};
use crate::account::document::{Document, Figure, Span, Table};
use crate::account::text::printable;

/// A piece of text as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// What is printed.
    pub text: String,
    /// It weighs more.
    pub strong: bool,
    /// Place of the figure it is.
    pub figure: Option<usize>,
}

/// The pieces of a text. A figure is its number; the unit stands in the text, where the template wants it.
pub(super) fn pieces(document: &Document, spans: &[Span]) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(spans.len());
    for (at, span) in spans.iter().enumerate() {
        let (text, strong, figure) = match span {
            Span::Text(text) => (printable(text), false, None),
            Span::Strong(text) => (printable(text), true, None),
            Span::Figure(index) => {
                let text = document.figures.get(*index).map(|figure| printable(&figure.text));
                (text.unwrap_or_default(), is_within_strong(spans, at), Some(*index))
            }
        };
        pieces.push(Piece { text, strong, figure });
    }
    pieces
}

/// The text alone.
pub(super) fn plain(document: &Document, spans: &[Span]) -> String {
    joined(&pieces(document, spans))
}

/// The text of pieces alone.
pub(super) fn joined(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

/// Strong text before a figure and behind it has the figure in it.
fn is_within_strong(spans: &[Span], at: usize) -> bool {
    let is_strong = |span: Option<&Span>| matches!(span, Some(Span::Strong(_)));
    is_strong(at.checked_sub(1).and_then(|before| spans.get(before))) && is_strong(spans.get(at + 1))
}

/// What a cell says as a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value<'d> {
    /// One figure and nothing beside it.
    Figure(&'d Figure),
    /// A number that the template wrote.
    Number(Number),
    /// Words.
    Words,
}

/// What a cell says as a number.
pub(super) fn value<'d>(document: &'d Document, spans: &[Span]) -> Value<'d> {
    let blank = |span: &&Span| match span {
        Span::Text(text) | Span::Strong(text) => !text.trim().is_empty(),
        Span::Figure(_) => true,
    };
    let mut said = spans.iter().filter(blank);
    match (said.next(), said.next()) {
        (Some(Span::Figure(index)), None) => document.figures.get(*index).map_or(Value::Words, Value::Figure),
        (Some(Span::Text(text) | Span::Strong(text)), None) => number::number(text).map_or(Value::Words, Value::Number),
        _ => Value::Words,
    }
}

/// Which columns of a table have numbers and nothing else.
pub(super) fn number_columns(document: &Document, table: &Table) -> Vec<bool> {
    let is_number = |column: usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(column));
        let mut values = cells.map(|cell| value(document, cell)).peekable();
        values.peek().is_some() && values.all(|value| value != Value::Words)
    };
    (0..table.columns.len()).map(is_number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::render::sample;

    fn text(text: &str) -> Span {
        Span::Text(text.to_owned())
    }

    #[test]
    fn a_figure_is_its_number_and_the_text_has_the_unit() {
        let mut document = sample::empty();
        document.figures = vec![sample::figure("a", "2,291", "件")];
        assert_eq!(
            plain(&document, &[text("共"), Span::Figure(0), text("件，")]),
            "共2,291件，"
        );
        assert_eq!(plain(&document, &[Span::Figure(0)]), "2,291");
    }

    #[test]
    fn a_figure_within_strong_text_is_strong() {
        let mut document = sample::empty();
        document.figures = vec![sample::figure("a", "1", "")];
        let strong = || Span::Strong("a".to_owned());
        let said = pieces(&document, &[strong(), Span::Figure(0), strong(), Span::Figure(0)]);
        let strong = said.iter().map(|piece| piece.strong).collect::<Vec<_>>();
        assert_eq!(strong, [true, true, true, false]);
    }

    #[test]
    fn a_cell_is_a_number_if_it_says_nothing_else() {
        let mut document = sample::empty();
        document.figures = vec![sample::figure("a", "1", "件")];
        assert!(matches!(
            value(&document, &[Span::Figure(0), text(" ")]),
            Value::Figure(_)
        ));
        assert!(matches!(value(&document, &[text("2,291")]), Value::Number(_)));
        for words in [
            &[][..],
            &[text("贵阳市")],
            &[Span::Figure(0), text("件")],
            &[Span::Figure(9)],
        ] {
            assert_eq!(value(&document, words), Value::Words);
        }
    }
}
