//! Rows and their cells: a marked cell gets another style, our columns get their cells, everything else goes through.

use std::io::{BufRead, Write};

use ducha_records::codes::Severity;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Pass;
use crate::cell::address;
use crate::marked::error::MarkError;
use crate::marked::looks::Look;
use crate::marked::place;
use crate::marked::said::{self, Was};
use crate::marked::xml::{attribute, escaped, with_attributes};
use crate::recognise::own::{PROBLEM_HEADER, REASON_HEADER, STATUS_HEADER};

/// Something to do in one column of a row.
#[derive(Debug)]
struct Planned {
    /// Counted from 0.
    column: u32,
    what: What,
}

#[derive(Debug)]
enum What {
    /// A cell of the county's gets a colour.
    Mark(Severity),
    /// A cell of ours with this text.
    Text(String, Look),
    /// A cell for the clerk: made if it is not there.
    Blank(Look),
    /// A cell of an earlier copy goes.
    Clear,
}

impl<W: Write> Pass<'_, '_, W> {
    pub(super) fn rows<R: BufRead>(&mut self, reader: &mut Reader<R>) -> Result<(), MarkError> {
        let mut buffer = Vec::new();
        loop {
            let event = self.next(reader, &mut buffer)?;
            match &event {
                Event::Start(tag) if tag.local_name().as_ref() == "row" => {
                    self.one_row(reader, tag, false)?;
                    continue;
                }
                Event::Empty(tag) if tag.local_name().as_ref() == "row" => {
                    self.one_row(reader, tag, true)?;
                    continue;
                }
                Event::End(tag) if tag.local_name().as_ref() == "sheetData" => {
                    self.out.write_event(event)?;
                    return Ok(());
                }
                _ => self.out.write_event(event)?,
            }
        }
    }

    fn one_row<R: BufRead>(
        &mut self,
        reader: &mut Reader<R>,
        tag: &BytesStart<'_>,
        empty: bool,
    ) -> Result<(), MarkError> {
        let number = match attribute(tag, "r") {
            Some(number) => number.parse().map_err(|_| self.malformed(format!("row {number}")))?,
            None => self.row + 1,
        };
        if number <= self.row {
            return Err(self.malformed(format!("row {number} behind row {}", self.row)));
        }
        self.row = number;
        let planned = self.planned(number)?;
        if planned.is_empty() {
            if empty {
                return Ok(self.out.write_event(Event::Empty(tag.borrow()))?);
            }
            self.out.write_event(Event::Start(tag.borrow()))?;
        } else {
            // Hints about which columns are in use would be wrong now, and are not needed.
            self.raw(&format!("<{}>", with_attributes(tag, &[("spans", None)])))?;
        }
        let own = attribute(tag, "customFormat").is_some_and(|own| matches!(own.as_str(), "1" | "true"));
        let style = attribute(tag, "s").filter(|_| own).and_then(|style| style.parse().ok());
        if empty {
            self.missing(&planned, style, style.unwrap_or(0))?;
            let end = format!("</{}>", tag.name().as_ref());
            return self.raw(&end);
        }
        self.cells(reader, &planned, style)
    }

    /// What is to be done in a row, by rising column.
    fn planned(&self, row: u32) -> Result<Vec<Planned>, MarkError> {
        let task = self.task;
        let mut planned = Vec::new();
        let from = task.cells.partition_point(|cell| cell.row < row);
        let cells = task.cells[from..].iter().take_while(|cell| cell.row == row);
        planned.extend(cells.map(|cell| Planned {
            column: cell.column,
            what: What::Mark(cell.severity),
        }));
        let columns = &task.columns;
        let mut put = |column, what| planned.push(Planned { column, what });
        let header = &task.ledger.header_rows;
        if row == *header.start() {
            put(columns.status, What::Text(STATUS_HEADER.to_owned(), Look::Header));
            put(columns.problem, What::Text(PROBLEM_HEADER.to_owned(), Look::Header));
            put(columns.reason, What::Text(REASON_HEADER.to_owned(), Look::Header));
        } else if header.contains(&row) {
            for column in [columns.status, columns.problem, columns.reason] {
                put(column, What::Blank(Look::Header));
            }
        } else if task.ledger.is_data(row) {
            let worst = match task.ledger.refused {
                true => Some(Severity::Error),
                false => task.marks.worst(&task.ledger.name, row),
            };
            put(
                columns.status,
                What::Text(task.was.status(worst).to_owned(), Look::Status(worst)),
            );
            put(columns.problem, self.problem(row)?);
            put(columns.reason, self.reason(row, worst)?);
        } else if columns.old && row > *header.end() {
            put(columns.status, What::Clear);
            put(columns.problem, What::Clear);
        }
        planned.sort_by_key(|planned| planned.column);
        Ok(planned)
    }

    fn problem(&self, row: u32) -> Result<What, MarkError> {
        let task = self.task;
        let from = task.found.partition_point(|mark| mark.row < row);
        let to = task.found.partition_point(|mark| mark.row <= row);
        if from == to {
            return Ok(What::Text(String::new(), Look::Problem));
        }
        let text = said::problems(task.marks, &task.found[from..to])?;
        Ok(What::Text(text, Look::Problem))
    }

    /// The reason that stands. Where an import left warnings without one, what the clerk wrote has lapsed with the cell it
    /// was written for; else it is left as it is.
    fn reason(&self, row: u32, worst: Option<Severity>) -> Result<What, MarkError> {
        let task = self.task;
        let said = task.marks.reasons(&task.ledger.name, row)?;
        let asked = task.was == Was::Imported && worst == Some(Severity::Warning) && task.marks.knows_reasons();
        Ok(match said.is_empty() && !asked {
            true => What::Blank(Look::Reason),
            false => What::Text(said, Look::Reason),
        })
    }

    fn cells<R: BufRead>(
        &mut self,
        reader: &mut Reader<R>,
        planned: &[Planned],
        row_style: Option<u32>,
    ) -> Result<(), MarkError> {
        if planned.is_empty() && self.clean {
            return self.through_row(reader);
        }
        let (mut left, mut next_column, mut last_style) = (planned, 0, row_style.unwrap_or(0));
        let mut buffer = Vec::new();
        loop {
            let event = self.next(reader, &mut buffer)?;
            let (tag, empty) = match &event {
                Event::Start(tag) if tag.local_name().as_ref() == "c" => (tag, false),
                Event::Empty(tag) if tag.local_name().as_ref() == "c" => (tag, true),
                Event::End(tag) if tag.local_name().as_ref() == "row" => {
                    self.missing(left, row_style, last_style)?;
                    return Ok(self.out.write_event(event)?);
                }
                _ => {
                    self.out.write_event(event)?;
                    continue;
                }
            };
            let column = self.column_of(tag, next_column)?;
            next_column = column + 1;
            let before = left.partition_point(|planned| planned.column < column);
            self.missing(&left[..before], row_style, last_style)?;
            left = &left[before..];
            let here = left.first().filter(|planned| planned.column == column);
            match here.map(|planned| &planned.what) {
                None => last_style = self.passed(tag, empty, None)?,
                Some(What::Mark(severity)) => last_style = self.passed(tag, empty, Some(*severity))?,
                Some(What::Blank(Look::Reason)) if self.task.columns.reason_kept => {
                    self.passed(tag, empty, None)?;
                }
                Some(_) => {
                    if !empty {
                        self.skip_cell(reader)?;
                    }
                    self.missing(&left[..1], row_style, last_style)?;
                }
            }
            left = &left[usize::from(here.is_some())..];
        }
    }

    /// Passes a row on to its end.
    fn through_row<R: BufRead>(&mut self, reader: &mut Reader<R>) -> Result<(), MarkError> {
        let mut buffer = Vec::new();
        loop {
            let event = self.next(reader, &mut buffer)?;
            let end = matches!(&event, Event::End(tag) if tag.local_name().as_ref() == "row");
            self.out.write_event(event)?;
            if end {
                return Ok(());
            }
        }
    }

    fn column_of(&self, tag: &BytesStart<'_>, next: u32) -> Result<u32, MarkError> {
        let Some(address) = attribute(tag, "r") else {
            return Ok(next);
        };
        match place::parse(&address) {
            Some((row, column)) if row == self.row && column >= next => Ok(column),
            _ => Err(self.malformed(format!("cell {address} in row {}", self.row))),
        }
    }

    /// Passes on the opening tag of a cell, with its mark or without an old one; the style that it had of its own.
    fn passed(&mut self, tag: &BytesStart<'_>, empty: bool, mark: Option<Severity>) -> Result<u32, MarkError> {
        let written = attribute(tag, "s").and_then(|style| style.parse().ok()).unwrap_or(0);
        let style = if self.clean {
            written
        } else {
            self.styles.before(written)
        };
        let shown = match mark {
            Some(severity) => self.styles.look(style, Look::Found(severity)),
            None => style,
        };
        if shown == written {
            let event = if empty {
                Event::Empty(tag.borrow())
            } else {
                Event::Start(tag.borrow())
            };
            self.out.write_event(event)?;
        } else {
            let changed = with_attributes(tag, &[("s", Some(&shown.to_string()))]);
            let close = if empty { "/" } else { "" };
            self.raw(&format!("<{changed}{close}>"))?;
        }
        Ok(style)
    }

    fn skip_cell<R: BufRead>(&mut self, reader: &mut Reader<R>) -> Result<(), MarkError> {
        let mut buffer = Vec::new();
        loop {
            match self.next(reader, &mut buffer)? {
                Event::End(tag) if tag.local_name().as_ref() == "c" => return Ok(()),
                _ => {}
            }
        }
    }

    /// Writes cells that are not there, or no longer.
    fn missing(&mut self, planned: &[Planned], row_style: Option<u32>, last_style: u32) -> Result<(), MarkError> {
        for Planned { column, what } in planned {
            let at = address(self.row, *column);
            let p = &self.prefix;
            let element = match what {
                What::Mark(severity) => {
                    let own = row_style.or_else(|| self.column_styles.of(*column)).unwrap_or(0);
                    let style = self.styles.look(own, Look::Found(*severity));
                    format!("<{p}c r=\"{at}\" s=\"{style}\"/>")
                }
                What::Text(text, look) if !text.is_empty() => {
                    let (style, text) = (self.styles.look(last_style, *look), escaped(text));
                    format!(
                        "<{p}c r=\"{at}\" s=\"{style}\" t=\"inlineStr\"><{p}is><{p}t xml:space=\"preserve\">{text}</{p}t></{p}is></{p}c>"
                    )
                }
                What::Text(_, look) | What::Blank(look) => {
                    let style = self.styles.look(last_style, *look);
                    format!("<{p}c r=\"{at}\" s=\"{style}\"/>")
                }
                What::Clear => continue,
            };
            self.raw(&element)?;
        }
        Ok(())
    }
}
