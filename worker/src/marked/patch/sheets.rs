//! The marked sheets of a package: each with its cells, its notes and its relationships.

use std::collections::HashMap;
use std::io::{BufReader, BufWriter, Write};

use super::Copy;
use crate::cell::{Merge, address};
use crate::check::LedgerSheet;
use crate::marked::boxes;
use crate::marked::columns::Columns;
use crate::marked::error::MarkError;
use crate::marked::marks::{Mark, Marks};
use crate::marked::notes::{self, Note};
use crate::marked::package::{Relationship, lower, relations_of};
use crate::marked::said;
use crate::marked::sheet::{self, MarkedCell, Outcome, SheetTask};
use crate::marked::types::{COMMENTS, DRAWING};
use crate::marked::xml::{DECLARATION, RELATIONS, appended};

/// Notes in a workbook. Spreadsheet programs become slow with many; the columns beside the rows tell all.
const MOST_NOTES: usize = 5_000;
/// Bytes that are unpacked at once.
const CHUNK: usize = 256 * 1024;

/// A sheet that is ready to be marked.
pub(super) struct Ready<'a> {
    pub name: String,
    pub part: String,
    ledger: &'a LedgerSheet,
    cells: Vec<MarkedCell>,
    notes: Vec<Note>,
    columns: Columns,
    relations: Vec<Relationship>,
    merges: Vec<String>,
    /// The part of its notes, if it gets its first.
    new_notes: Option<String>,
}

impl Ready<'_> {
    /// Whether cells of an earlier copy are replaced, which might have become formulas since.
    pub(super) const fn loses_cells(&self) -> bool {
        self.columns.old
    }

    fn related(&self, kind: &str) -> Option<&Relationship> {
        self.relations
            .iter()
            .find(|relation| relation.is(kind) && !relation.external)
    }

    fn free_relation(&self, from: u32) -> String {
        let names = (from..).map(|number| format!("rIdDucha{number}"));
        let free = |name: &String| self.relations.iter().all(|relation| relation.id != *name);
        names.into_iter().find(free).unwrap_or_default()
    }
}

impl<'s> Copy<'s, '_> {
    /// Works out what is to be done in each ledger.
    pub(super) fn ready(&mut self) -> Result<Vec<Ready<'s>>, MarkError> {
        let source = self.source;
        let (mut room, mut left_out) = (Room::new(source.marks), 0);
        let mut ready = Vec::new();
        for ledger in source.ledgers {
            let name = source.name(&ledger.name).to_owned();
            let part = self.book.part_of(&name).map(str::to_owned);
            let part = part.ok_or_else(|| MarkError::malformed(&self.book.part, format!("no sheet {name}")))?;
            let found = source.marks.of(&ledger.name);
            let placed = placed(ledger, found);
            let mut notes = Vec::new();
            for group in placed.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
                if room.take(group) {
                    let marks: Vec<Mark> = group.iter().map(|(_, _, mark)| *mark).collect();
                    let at = (group[0].0, group[0].1);
                    let text = said::note(source.marks, &marks)?;
                    notes.push(Note { at, text });
                } else {
                    left_out += 1;
                }
            }
            let columns = Columns::of(&part, ledger)?;
            let mut merges = source.merges.get(&*ledger.name).cloned().unwrap_or_default();
            merges.extend(header_merges(ledger, &columns));
            let relations = self.package.relationships(&part)?;
            let new_notes = !notes.is_empty() && !relations.iter().any(|relation| relation.is("comments"));
            let new_notes = new_notes.then(|| self.free_part("xl/comments", ".xml"));
            if let Some(part) = &new_notes {
                self.types.add(part, COMMENTS);
            }
            if !notes.is_empty() {
                self.types.default("vml", DRAWING);
            }
            ready.push(Ready {
                relations,
                new_notes,
                cells: cells(&placed),
                name,
                part,
                ledger,
                notes,
                columns,
                merges,
            });
        }
        if left_out > 0 {
            self.remarks.add(
                format!("问题较多，只为前 {MOST_NOTES} 个单元格加了批注；其余 {left_out} 个只涂了颜色，问题写在“系统核对：问题”一列。"),
                format!("Notes were put on {MOST_NOTES} cells only; {left_out} more are coloured, and the problem column tells of them."),
            );
        }
        if source.marks.untold > 0 {
            let untold = source.marks.untold;
            self.remarks.add(
                format!("另有 {untold} 处问题未逐一标出，各行的结果仍以“系统核对：结果”一列为准。"),
                format!("{untold} more findings are not marked one by one; the status column holds for every row."),
            );
        }
        Ok(ready)
    }

    /// Passes a sheet on with its marks.
    pub(super) fn sheet(&mut self, ready: &Ready<'_>) -> Result<Outcome, MarkError> {
        let position = self.package.position(&ready.part);
        let position = position.ok_or_else(|| MarkError::malformed(&ready.part, "it is missing"))?;
        self.start(&ready.part)?;
        let drawing = (!ready.notes.is_empty()).then(|| ready.free_relation(1));
        let task = SheetTask {
            part: &ready.part,
            ledger: ready.ledger,
            marks: self.source.marks,
            found: self.source.marks.of(&ready.ledger.name),
            cells: &ready.cells,
            columns: ready.columns,
            was: self.source.receipt.was,
            drawing: drawing.as_deref(),
            filter: !ready.relations.iter().any(|relation| relation.is("table")),
            merges: &ready.merges,
        };
        let input = BufReader::with_capacity(CHUNK, self.package.archive.by_index(position)?);
        let mut out = BufWriter::with_capacity(CHUNK, &mut self.zip);
        let outcome = sheet::patch(input, &mut out, &task, &mut self.styles)?;
        out.flush()?;
        Ok(outcome)
    }

    /// Writes the notes of a sheet, their boxes, and the relationships of both.
    pub(super) fn notes(&mut self, ready: &Ready<'_>, outcome: &Outcome) -> Result<(), MarkError> {
        let known = ready.related("comments").map(|relation| relation.target.clone());
        let Some(part) = known.as_ref().or(ready.new_notes.as_ref()).cloned() else {
            return Ok(());
        };
        let present = self.package.text(&part)?;
        let written = notes::write(&part, present, &ready.notes)?;
        self.fresh(&part)?;
        self.text(&part, &written.part)?;
        let drawn = ready
            .relations
            .iter()
            .find(|relation| Some(&relation.id) == outcome.drawing.as_ref());
        let drawing = match drawn {
            Some(relation) => relation.target.clone(),
            None => self.free_part("xl/drawings/vmlDrawing", ".vml"),
        };
        let present = self.package.text(&drawing)?;
        let lines: HashMap<(u32, u32), u32> = ready.notes.iter().map(|note| (note.at, lines(&note.text))).collect();
        let new: Vec<_> = written
            .new
            .iter()
            .map(|at| (*at, lines.get(at).copied().unwrap_or(3)))
            .collect();
        if drawn.is_some() || !new.is_empty() {
            let boxes = boxes::write(&drawing, present, &written.gone, &new)?;
            self.fresh(&drawing)?;
            self.text(&drawing, &boxes)?;
        }
        let mut items = String::new();
        if known.is_none() {
            let id = ready.free_relation(2);
            items.push_str(&relation(&id, "comments", &part));
        }
        if let (None, Some(id)) = (drawn, &outcome.drawing) {
            items.push_str(&relation(id, "vmlDrawing", &drawing));
        }
        self.relate(&ready.part, &items)
    }

    /// Two sheets that share a part of notes could not both be marked.
    fn fresh(&self, part: &str) -> Result<(), MarkError> {
        if self.done.contains(&lower(part)) {
            return Err(MarkError::Unsupported {
                part: part.to_owned(),
                what: "a part of notes that two sheets share",
            });
        }
        Ok(())
    }

    fn relate(&mut self, part: &str, items: &str) -> Result<(), MarkError> {
        if items.is_empty() {
            return Ok(());
        }
        let relations = relations_of(part);
        let empty = || {
            format!(
                "{DECLARATION}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>"
            )
        };
        let present = self.package.text(&relations)?.unwrap_or_else(empty);
        let related = appended(&relations, &present, items)?;
        self.text(&relations, &related)
    }
}

fn relation(id: &str, kind: &str, part: &str) -> String {
    format!("<{{p}}Relationship Id=\"{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"/{part}\"/>")
}

/// Lines that a note takes in its box of some 26 Chinese characters' width.
fn lines(text: &str) -> u32 {
    let lines = text.lines().map(|line| 1 + line.chars().count() / 22).sum::<usize>();
    lines.clamp(3, 20) as u32
}

/// The marks with the cells in which they are shown, by row and column: of a merged block its first one.
fn placed(ledger: &LedgerSheet, found: &[Mark]) -> Vec<(u32, u32, Mark)> {
    let mut merges: Vec<&Merge> = ledger.merges.iter().collect();
    merges.sort_unstable_by_key(|merge| (merge.first_column, merge.first_row));
    let shown = |row: u32, column: u32| {
        let before = merges.partition_point(|merge| (merge.first_column, merge.first_row) <= (column, row));
        let merge = merges[..before]
            .last()
            .filter(|merge| merge.first_column == column && merge.last_row >= row);
        merge.map_or(row, |merge| merge.first_row)
    };
    let cells = found.iter().filter_map(|mark| {
        let column = u32::from(mark.column.filter(|_| mark.row > 0)?);
        Some((shown(mark.row, column), column, *mark))
    });
    let mut placed: Vec<_> = cells.collect();
    placed.sort_by_key(|(row, column, _)| (*row, *column));
    placed
}

fn cells(placed: &[(u32, u32, Mark)]) -> Vec<MarkedCell> {
    let groups = placed.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1));
    let worst = |group: &[(u32, u32, Mark)]| {
        let severity = group.iter().map(|(_, _, mark)| mark.rule.severity).max()?;
        let (row, column, _) = group[0];
        Some(MarkedCell { row, column, severity })
    };
    groups.filter_map(worst).collect()
}

/// Our headers stand as high as the header of the ledger.
fn header_merges(ledger: &LedgerSheet, columns: &Columns) -> Vec<String> {
    let (first, last) = (*ledger.header_rows.start(), *ledger.header_rows.end());
    if first == last {
        return Vec::new();
    }
    let own = [columns.status, columns.problem, columns.reason].into_iter();
    let free = |column: &u32| {
        let touches = |merge: &Merge| {
            (merge.first_column..=merge.last_column).contains(column)
                && merge.first_row <= last
                && merge.last_row >= first
        };
        !ledger.merges.iter().any(touches)
    };
    own.filter(free)
        .map(|column| format!("{}:{}", address(first, column), address(last, column)))
        .collect()
}

/// Room for notes: errors first, then warnings, then notes, each from the top.
struct Room([usize; 3]);

impl Room {
    fn new(marks: &Marks) -> Self {
        let mut cells = [0; 3];
        marks.all().iter().for_each(|mark| cells[order(mark)] += 1);
        let mut left = MOST_NOTES;
        Self(cells.map(|wanted| {
            let room = wanted.min(left);
            left -= room;
            room
        }))
    }

    fn take(&mut self, group: &[(u32, u32, Mark)]) -> bool {
        let worst = group.iter().map(|(_, _, mark)| order(mark)).min().unwrap_or(2);
        let room = &mut self.0[worst];
        let taken = *room > 0;
        *room = room.saturating_sub(1);
        taken
    }
}

fn order(mark: &Mark) -> usize {
    3 - usize::from(crate::marked::states::rank(mark.rule.severity))
}
