//! Widths: ours are put among those that the sheet has, which are cut where ours stand.

use std::io::{BufRead, Write};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Pass;
use crate::marked::columns::Columns;
use crate::marked::error::MarkError;
use crate::marked::xml::{attribute, with_attributes};
use crate::reader::GRID_COLUMNS;

/// Styles that columns give to cells that are not there: first and last column from 1, and the style.
#[derive(Debug, Default)]
pub(super) struct ColumnStyles(Vec<(u32, u32, u32)>);

impl ColumnStyles {
    /// The style of a column counted from 0.
    pub fn of(&self, column: u32) -> Option<u32> {
        let holds = |(first, last, _): &&(u32, u32, u32)| (*first..=*last).contains(&(column + 1));
        self.0.iter().find(holds).map(|(_, _, style)| *style)
    }
}

/// Our columns as elements.
pub(super) fn ours(prefix: &str, columns: &Columns) -> String {
    columns
        .widths()
        .into_iter()
        .map(|(column, width)| one(prefix, column + 1, width))
        .collect()
}

fn one(prefix: &str, column: u32, width: u32) -> String {
    format!("<{prefix}col min=\"{column}\" max=\"{column}\" width=\"{width}\" customWidth=\"1\"/>")
}

impl<W: Write> Pass<'_, '_, W> {
    /// Reads the widths to their end and writes them with ours.
    pub(super) fn cols<R: BufRead>(&mut self, reader: &mut Reader<R>) -> Result<(), MarkError> {
        let mut pieces: Vec<(u32, String)> = Vec::new();
        let mut buffer = Vec::new();
        loop {
            match self.next(reader, &mut buffer)? {
                Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "col" => {
                    self.cut(&tag, &mut pieces)?;
                }
                Event::End(tag) if tag.local_name().as_ref() == "cols" => break,
                _ => {}
            }
        }
        let p = self.prefix.clone();
        let own = self.task.columns.widths();
        pieces.extend(own.map(|(column, width)| (column + 1, one(&p, column + 1, width))));
        pieces.sort_by_key(|(first, _)| *first);
        let all: String = pieces.into_iter().map(|(_, piece)| piece).collect();
        self.raw(&format!("<{p}cols>{all}</{p}cols>"))
    }

    fn cut(&mut self, tag: &BytesStart<'_>, pieces: &mut Vec<(u32, String)>) -> Result<(), MarkError> {
        let number = |name: &str| attribute(tag, name)?.parse::<u32>().ok();
        let (Some(min), Some(max)) = (number("min"), number("max")) else {
            return Err(self.malformed("a width without its columns"));
        };
        if pieces.len() > GRID_COLUMNS as usize {
            return Err(self.malformed("more widths than columns"));
        }
        if let Some(style) = number("style") {
            self.column_styles.0.push((min, max, self.styles.before(style)));
        }
        let mut from = min;
        for (column, _) in self.task.columns.widths() {
            let ours = column + 1;
            if (from..=max).contains(&ours) {
                piece(tag, from, ours - 1, pieces);
                from = ours + 1;
            }
        }
        piece(tag, from, max, pieces);
        Ok(())
    }
}

fn piece(tag: &BytesStart<'_>, first: u32, last: u32, pieces: &mut Vec<(u32, String)>) {
    if first <= last {
        let (min, max) = (first.to_string(), last.to_string());
        let changed = with_attributes(tag, &[("min", Some(&min)), ("max", Some(&max))]);
        pieces.push((first, format!("<{changed}/>")));
    }
}
