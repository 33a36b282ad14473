//! What the writers rely on.

use super::error::RenderError;
use crate::account::document::{Block, Document, Span};

/// Refuses a document that contradicts itself, so that the writers need not look again.
pub(super) fn check(document: &Document) -> Result<(), RenderError> {
    for (block, content) in (1..).zip(&document.blocks) {
        match content {
            Block::Heading { level, text } => {
                if !(1..=3).contains(level) {
                    return Err(RenderError::Level { block, level: *level });
                }
                figures(document, block, text)?;
            }
            Block::Paragraph(text) => figures(document, block, text)?,
            Block::List { items, .. } => items.iter().try_for_each(|item| figures(document, block, item))?,
            Block::Table(table) => {
                for row in &table.rows {
                    let (found, wanted) = (row.len(), table.columns.len());
                    if found != wanted {
                        return Err(RenderError::Cells { block, found, wanted });
                    }
                    row.iter().try_for_each(|cell| figures(document, block, cell))?;
                }
            }
            Block::Chart(chart) => {
                let wanted = chart.categories.len();
                let lengths = chart.series.iter().map(|series| series.values.len());
                if let Some(found) = lengths.into_iter().find(|found| *found != wanted) {
                    return Err(RenderError::Values { block, found, wanted });
                }
            }
        }
    }
    Ok(())
}

fn figures(document: &Document, block: usize, spans: &[Span]) -> Result<(), RenderError> {
    let figures = document.figures.len();
    let named = spans.iter().filter_map(|span| match span {
        Span::Figure(index) => Some(*index),
        Span::Text(_) | Span::Strong(_) => None,
    });
    match named.into_iter().find(|index| *index >= figures) {
        Some(index) => Err(RenderError::NoFigure { block, index, figures }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::document::Table;
    use crate::account::render::sample;

    #[test]
    fn a_document_that_contradicts_itself_is_refused_with_the_block() {
        let with = |block: Block| {
            let mut document = sample::empty();
            document.blocks = vec![Block::Paragraph(Vec::new()), block];
            check(&document).unwrap_err().to_string()
        };
        assert_eq!(
            with(Block::Paragraph(vec![Span::Figure(3)])),
            "block 2 (from 1) names figure 3 (from 0), the document has 0"
        );
        assert_eq!(
            with(Block::Heading {
                level: 4,
                text: Vec::new()
            }),
            "block 2 (from 1) is a heading of level 4, there are levels 1 to 3"
        );
        let table = Table {
            title: String::new(),
            columns: vec!["a".to_owned()],
            rows: vec![vec![Vec::new(), Vec::new()]],
        };
        assert_eq!(
            with(Block::Table(table)),
            "block 2 (from 1) is a table of 1 columns with a row of 2 cells"
        );
    }
}
