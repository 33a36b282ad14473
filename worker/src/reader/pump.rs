//! From single cells to whole rows: gathers a row's cells, holds every position against the grid and every count against
//! its limit, and hands rows on by rising number, each once.

use calamine::{Dimensions, Sheet, SheetType, SheetVisible};

use crate::cell::{Merge, SheetInfo, address};

use super::error::{Measure, ReadError};
use super::frame::{Book, Totals};
use super::limits::{GRID_COLUMNS, GRID_ROWS, Limits};
use super::seen::Seen;
use super::sink::Sink;

/// Row and column from 0, and the value unless the cell is empty.
pub(super) type FoundCell<'a> = ((u32, u32), Option<Seen<'a>>);

/// Drives one workbook into a sink.
pub(super) struct Pump<'s, S> {
    sink: &'s mut S,
    limits: &'s Limits,
    totals: Totals,
}

/// The row being gathered.
struct Gathered<'a> {
    /// Counted from 1; 0 before the first row.
    number: u32,
    cells: Vec<(u32, Seen<'a>)>,
}

impl<'s, S: Sink> Pump<'s, S> {
    /// Begins a workbook whose sheets are `sheets`.
    pub(super) fn start(sink: &'s mut S, limits: &'s Limits, book: &Book, sheets: &[Sheet]) -> Result<Self, ReadError> {
        let found = sheets.len() as u64;
        if found > limits.sheets {
            return Err(too_large(Measure::Sheets, found, limits.sheets, String::new()));
        }
        if found == 0 {
            return Err(ReadError::damaged("", "the workbook names no sheet"));
        }
        let mut names: Vec<_> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        names.sort_unstable();
        // calamine finds sheets by name, so the second of two would be read as the first.
        if let Some(pair) = names.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(ReadError::damaged(pair[0], "two sheets have this name"));
        }
        sink.book(book)?;
        Ok(Self {
            sink,
            limits,
            totals: Totals::default(),
        })
    }

    /// Announces a sheet; whether its rows are to be read.
    pub(super) fn sheet(
        &mut self,
        index: usize,
        sheet: &Sheet,
        merges: impl FnOnce() -> Result<Option<Vec<Merge>>, ReadError>,
    ) -> Result<bool, ReadError> {
        let hidden = sheet.visible != SheetVisible::Visible;
        let not_a_grid = sheet.typ != SheetType::WorkSheet;
        let read = !hidden && !not_a_grid;
        let merges = if read { merges()? } else { None };
        let info = SheetInfo {
            index: index as u32,
            name: sheet.name.clone(),
            hidden,
            not_a_grid,
            merges,
        };
        self.sink.sheet(&info)?;
        self.totals.sheets += 1;
        if !read {
            self.sink.sheet_end()?;
        }
        Ok(read)
    }

    /// Sends the rows of the sheet that was announced; `next` gives its cells in the order of the file.
    pub(super) fn rows<'a>(
        &mut self,
        sheet: &str,
        mut next: impl FnMut() -> Result<Option<FoundCell<'a>>, ReadError>,
    ) -> Result<(), ReadError> {
        let mut row = Gathered {
            number: 0,
            cells: Vec::with_capacity(32),
        };
        while let Some(((row_index, column), value)) = next()? {
            if row_index >= GRID_ROWS || column >= GRID_COLUMNS {
                return Err(outside(sheet, row_index, column));
            }
            let Some(value) = value else { continue };
            if row_index + 1 != row.number {
                self.send(sheet, &mut row)?;
                if row_index < row.number {
                    let detail = format!("row {} stands behind row {}", row_index + 1, row.number);
                    return Err(ReadError::damaged(sheet, detail));
                }
                row.number = row_index + 1;
            }
            self.count(sheet, row.number, column, &value)?;
            row.cells.push((column, value));
        }
        self.send(sheet, &mut row)?;
        self.sink.sheet_end()
    }

    /// Ends the workbook.
    pub(super) fn end(self) -> Result<Totals, ReadError> {
        self.sink.end(&self.totals)?;
        Ok(self.totals)
    }

    fn count(&mut self, sheet: &str, row: u32, column: u32, value: &Seen<'_>) -> Result<(), ReadError> {
        self.totals.cells += 1;
        let limits = self.limits;
        if self.totals.cells > limits.cells {
            return Err(too_large(
                Measure::Cells,
                self.totals.cells,
                limits.cells,
                sheet.to_owned(),
            ));
        }
        if let Seen::Text(text) = value
            && text.len() as u64 > limits.text_chars
        {
            let chars = text.chars().count() as u64;
            if chars > limits.text_chars {
                let place = format!("{sheet}!{}", address(row, column));
                return Err(too_large(Measure::TextChars, chars, limits.text_chars, place));
            }
        }
        Ok(())
    }

    fn send(&mut self, sheet: &str, row: &mut Gathered<'_>) -> Result<(), ReadError> {
        if row.cells.is_empty() {
            return Ok(());
        }
        if !row.cells.is_sorted_by(|one, next| one.0 < next.0) {
            row.cells.sort_by_key(|cell| cell.0);
            if let Some(pair) = row.cells.windows(2).find(|pair| pair[0].0 == pair[1].0) {
                return Err(ReadError::damaged(
                    sheet,
                    format!("cell {} comes twice", address(row.number, pair[0].0)),
                ));
            }
        }
        self.totals.rows += 1;
        if self.totals.rows > self.limits.rows {
            return Err(too_large(
                Measure::Rows,
                self.totals.rows,
                self.limits.rows,
                sheet.to_owned(),
            ));
        }
        self.sink.row(row.number, &row.cells)?;
        row.cells.clear();
        Ok(())
    }
}

/// Merged blocks as calamine tells them, by first row, held against the grid and the limit.
pub(super) fn merges_of(blocks: &[Dimensions], sheet: &str, limits: &Limits) -> Result<Vec<Merge>, ReadError> {
    if blocks.len() as u64 > limits.merges {
        return Err(too_large(
            Measure::Merges,
            blocks.len() as u64,
            limits.merges,
            sheet.to_owned(),
        ));
    }
    let mut merges = Vec::with_capacity(blocks.len());
    for Dimensions { start, end } in blocks {
        let (last_row, last_column) = (start.0.max(end.0), start.1.max(end.1));
        if last_row >= GRID_ROWS || last_column >= GRID_COLUMNS {
            return Err(outside(sheet, last_row, last_column));
        }
        merges.push(Merge {
            first_row: start.0.min(end.0) + 1,
            first_column: start.1.min(end.1),
            last_row: last_row + 1,
            last_column,
        });
    }
    merges.sort_by_key(|merge| (merge.first_row, merge.first_column));
    Ok(merges)
}

fn too_large(what: Measure, found: u64, limit: u64, place: String) -> ReadError {
    ReadError::TooLarge {
        what,
        found,
        limit,
        place,
    }
}

fn outside(sheet: &str, row_index: u32, column: u32) -> ReadError {
    let address = format!(
        "{}{}",
        crate::cell::column_letters(column.min(u32::MAX - 1)),
        u64::from(row_index) + 1
    );
    ReadError::OutsideGrid {
        place: sheet.to_owned(),
        address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::format::Format;
    use crate::reader::testing::Gatherer;

    const BOOK: Book = Book {
        format: Format::Xlsx,
        date_1904: false,
        macros_ignored: false,
    };

    fn sheet(name: &str) -> Sheet {
        Sheet {
            name: name.to_owned(),
            typ: SheetType::WorkSheet,
            visible: SheetVisible::Visible,
        }
    }

    fn pumped(cells: &[(u32, u32)], limits: &Limits) -> Result<Vec<(u32, Vec<u32>)>, ReadError> {
        let mut sink = Gatherer::default();
        let mut pump = Pump::start(&mut sink, limits, &BOOK, &[sheet("A")])?;
        assert!(pump.sheet(0, &sheet("A"), || Ok(None))?);
        let mut cells = cells.iter().map(|at| (*at, Some(Seen::Text("abc".into()))));
        pump.rows("A", || Ok(cells.next()))?;
        pump.end()?;
        let rows = sink.rows.iter();
        Ok(rows
            .map(|row| (row.number, row.cells.iter().map(|cell| cell.column).collect()))
            .collect())
    }

    #[test]
    fn cells_become_rows_counted_from_one_with_columns_in_order() {
        let rows = pumped(&[(0, 2), (0, 0), (5, 1), (1_048_575, 16_383)], &Limits::default()).unwrap();
        assert_eq!(rows, [(1, vec![0, 2]), (6, vec![1]), (1_048_576, vec![16_383])]);
    }

    #[test]
    fn rows_that_go_back_and_cells_that_come_twice_are_refused() {
        for cells in [
            [(3, 0), (2, 0)].as_slice(),
            &[(3, 0), (4, 0), (3, 1)],
            &[(3, 1), (3, 0), (3, 1)],
        ] {
            assert_eq!(
                pumped(cells, &Limits::default()).unwrap_err().code(),
                "F006",
                "{cells:?}"
            );
        }
    }

    #[test]
    fn a_cell_outside_the_grid_is_refused_and_named() {
        for cell in [(1_048_576, 0), (0, 16_384), (u32::MAX, u32::MAX)] {
            assert_eq!(
                pumped(&[cell], &Limits::default()).unwrap_err().code(),
                "F011",
                "{cell:?}"
            );
        }
    }

    #[test]
    fn each_cap_is_inclusive_and_its_passing_is_named() {
        let cells = [(0, 0), (0, 1), (1, 0)];
        let all = Limits {
            rows: 2,
            cells: 3,
            text_chars: 3,
            ..Limits::default()
        };
        assert_eq!(pumped(&cells, &all).unwrap().len(), 2);
        for (limits, wanted) in [
            (Limits { rows: 1, ..all.clone() }, Measure::Rows),
            (
                Limits {
                    cells: 2,
                    ..all.clone()
                },
                Measure::Cells,
            ),
            (
                Limits {
                    text_chars: 2,
                    ..all.clone()
                },
                Measure::TextChars,
            ),
            (
                Limits {
                    sheets: 0,
                    ..all.clone()
                },
                Measure::Sheets,
            ),
        ] {
            let found = pumped(&cells, &limits).unwrap_err();
            assert!(
                matches!(found, ReadError::TooLarge { what, .. } if what == wanted),
                "{found}"
            );
        }
    }

    #[test]
    fn two_sheets_of_one_name_are_refused() {
        let (mut sink, limits) = (Gatherer::default(), Limits::default());
        let found = Pump::start(&mut sink, &limits, &BOOK, &[sheet("A"), sheet("B"), sheet("A")]);
        assert_eq!(found.err().unwrap().code(), "F006");
    }

    #[test]
    fn a_hidden_sheet_is_announced_and_not_read() {
        let (mut sink, limits) = (Gatherer::default(), Limits::default());
        let mut pump = Pump::start(&mut sink, &limits, &BOOK, &[sheet("A")]).unwrap();
        let hidden = Sheet {
            visible: SheetVisible::VeryHidden,
            ..sheet("A")
        };
        let chart = Sheet {
            typ: SheetType::ChartSheet,
            ..sheet("B")
        };
        assert!(
            !pump
                .sheet(0, &hidden, || panic!("its merges are not looked at"))
                .unwrap()
        );
        assert!(!pump.sheet(1, &chart, || Ok(None)).unwrap());
        let seen: Vec<_> = sink
            .sheets
            .iter()
            .map(|sheet| (sheet.hidden, sheet.not_a_grid))
            .collect();
        assert_eq!(seen, [(true, false), (false, true)]);
    }
}
