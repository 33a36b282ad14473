//! Tables.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::error::{Fault, ParseError};
use super::{At, Reader};
use crate::account::document::{Block, Span, Table};

impl Reader<'_> {
    /// The table that begins here.
    pub(super) fn table(&mut self, title: String) -> Result<Block, ParseError> {
        let mut table = Table {
            title,
            columns: Vec::new(),
            rows: Vec::new(),
        };
        while let Some((event, at)) = self.events.next() {
            match event {
                Event::Start(Tag::TableHead) => table.columns = self.columns(&at)?,
                Event::Start(Tag::TableRow) => {
                    self.count_cells(&at, table.columns.len())?;
                    table.rows.push(self.cells(TagEnd::TableRow)?);
                }
                Event::End(TagEnd::Table) => break,
                other => return Err(self.unknown(&other, &at)),
            }
        }
        Ok(Block::Table(table))
    }

    fn columns(&mut self, at: &At) -> Result<Vec<String>, ParseError> {
        let cells = self.cells(TagEnd::TableHead)?;
        let texts = cells
            .into_iter()
            .map(|cell| self.plain(cell, "the head of a table", at));
        texts.collect()
    }

    fn cells(&mut self, end: TagEnd) -> Result<Vec<Vec<Span>>, ParseError> {
        let mut cells = Vec::new();
        while let Some((event, at)) = self.events.next() {
            match event {
                Event::Start(Tag::TableCell) => cells.push(self.run(TagEnd::TableCell, &at)?),
                Event::End(ended) if ended == end => break,
                other => return Err(self.unknown(&other, &at)),
            }
        }
        Ok(cells)
    }

    /// Markdown would fill a short row, and drop what is too much in a long one.
    fn count_cells(&self, at: &At, wanted: usize) -> Result<(), ParseError> {
        let found = cells_of(self.text.get(at.clone()).unwrap_or_default());
        match found == wanted {
            true => Ok(()),
            false => Err(self.error(at.start, Fault::Cells { found, wanted })),
        }
    }
}

/// How many cells are written in a row.
fn cells_of(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut cells = 1;
    let mut escaped = false;
    let mut open = true;
    for letter in row.chars() {
        open = letter != '|' || escaped;
        if !open {
            cells += 1;
        }
        escaped = letter == '\\' && !escaped;
    }
    // The pipe at the end opens no cell.
    if open { cells } else { cells - 1 }
}

#[cfg(test)]
mod tests {
    use super::cells_of;

    #[test]
    fn the_cells_of_a_row_are_counted_as_they_are_written() {
        for (row, wanted) in [
            ("| a | b |", 2),
            ("a | b", 2),
            ("| a | b", 2),
            ("| a | |", 2),
            (r"| a \| b |", 1),
            (r"| a \\| b |", 2),
            ("| a &#124; b |\n", 1),
        ] {
            assert_eq!(cells_of(row), wanted, "{row}");
        }
    }
}
