//! Lays the rows of a ledger out on a sheet: title, preamble, header, rows, totals and footer.

use crate::book::{Sheet, address};
use crate::layout::Column;
use crate::model::{Cell, Field, Line, Measures, Mistake};
use crate::spell::{MoneyStyle, full_width, wan};
use crate::texts::yuan;

/// Whether a sheet ends in a row of totals, and whether it adds up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Totals {
    /// No such row.
    None,
    /// The sums of the rows above.
    Right,
    /// One sum is three too many.
    Wrong,
}

/// What a sheet is made of.
pub struct Ledger<'a> {
    /// The name on its tab.
    pub name: String,
    /// The title row.
    pub title: String,
    /// Who sends it.
    pub sender: &'a str,
    /// The date of the report, none where the clerk forgot it.
    pub reported_on: Option<&'a str>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub lines: Vec<Line>,
    /// How the preamble, the footer and the title are arranged.
    pub form: usize,
    /// The totals row.
    pub totals: Totals,
    /// How a total of fines is written.
    pub money: MoneyStyle,
    /// Merge equal divisions of neighbouring rows into one cell.
    pub merge_divisions: bool,
}

/// A mistake and the cell where it stands.
pub struct Placed {
    /// The sheet.
    pub sheet: String,
    /// Row, counted from 1.
    pub row: usize,
    /// The cell.
    pub address: String,
    /// The mistake.
    pub mistake: Mistake,
}

impl Ledger<'_> {
    /// The sheet, and where its mistakes stand.
    pub fn lay_out(&self) -> (Sheet, Vec<Placed>) {
        let mut sheet = Sheet {
            name: self.name.clone(),
            widths: self.widths(),
            ..Sheet::default()
        };
        self.write_head(&mut sheet);
        let first = sheet.rows.len();
        let mut placed = Vec::new();
        for (at, line) in self.lines.iter().enumerate() {
            placed.extend(self.place(line, sheet.rows.len()));
            sheet.rows.push(self.cells(line, at));
        }
        if self.merge_divisions {
            self.merge_equal_divisions(&mut sheet, first);
        }
        if self.totals != Totals::None {
            placed.extend(self.write_totals(&mut sheet));
        }
        self.write_footer(&mut sheet);
        (sheet, placed)
    }

    fn cells(&self, line: &Line, at: usize) -> Vec<Cell> {
        let cell = |column: &Column| match column.field {
            Field::Seq => Cell::Number(at as f64 + 1.0),
            field => line.values.get(&field).cloned().unwrap_or(Cell::Empty),
        };
        self.columns.iter().map(cell).collect()
    }

    fn column_of(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|column| column.field == field)
    }

    fn place(&self, line: &Line, row: usize) -> Vec<Placed> {
        let place = |mistake: &Mistake| {
            let Some(column) = self.column_of(mistake.field) else {
                panic!("{}: no column for the mistake {:?}", self.title, mistake.what)
            };
            Placed {
                sheet: self.name.clone(),
                row: row + 1,
                address: address(row, column),
                mistake: mistake.clone(),
            }
        };
        line.mistakes.iter().map(place).collect()
    }

    fn write_head(&self, sheet: &mut Sheet) {
        let last = self.columns.len() as u16 - 1;
        sheet.rows.push(vec![Cell::text(&self.title)]);
        if self.form % 4 != 3 {
            sheet.merges.push((0, 0, 0, last));
        }
        let date = self.reported_on;
        match self.form % 5 {
            0 => {
                sheet.merges.push((1, 0, 1, last));
                let date = date.map(|date| format!("        填报日期：{date}")).unwrap_or_default();
                sheet
                    .rows
                    .push(vec![Cell::text(format!("填报单位（盖章）：{}{date}", self.sender))]);
            }
            2 => {
                let mut row = vec![
                    Cell::text("填报单位："),
                    Cell::text(self.sender),
                    Cell::Empty,
                    Cell::Empty,
                ];
                if let Some(date) = date {
                    row.extend([Cell::text("填报时间："), Cell::text(date)]);
                }
                sheet.rows.extend([row, Vec::new()]);
            }
            4 => {
                let date = date
                    .map(|date| format!("填报日期：{}", full_width(date)))
                    .unwrap_or_default();
                sheet
                    .rows
                    .push(vec![Cell::text(date), Cell::Empty, Cell::text("单位：件、家、人")]);
            }
            _ => {}
        }
        self.write_header(sheet);
        sheet.head = sheet.rows.len();
    }

    fn write_header(&self, sheet: &mut Sheet) {
        let top = sheet.rows.len() as u32;
        if self.columns.iter().all(|column| column.group.is_empty()) {
            sheet
                .rows
                .push(self.columns.iter().map(|column| Cell::text(column.header)).collect());
            return;
        }
        let (mut upper, mut lower) = (Vec::new(), Vec::new());
        for (at, column) in self.columns.iter().enumerate() {
            let starts = at == 0 || self.columns[at - 1].group != column.group;
            let width = self.columns[at..]
                .iter()
                .take_while(|next| next.group == column.group)
                .count();
            if column.group.is_empty() {
                upper.push(Cell::text(column.header));
                lower.push(Cell::Empty);
                sheet.merges.push((top, at as u16, top + 1, at as u16));
            } else {
                upper.push(if starts { Cell::text(column.group) } else { Cell::Empty });
                lower.push(Cell::text(column.header));
                if starts && width > 1 {
                    sheet.merges.push((top, at as u16, top, (at + width - 1) as u16));
                }
            }
        }
        sheet.rows.extend([upper, lower]);
    }

    /// Merges runs of up to eight rows; a row with a mistake stays out, so that its cell can be named.
    fn merge_equal_divisions(&self, sheet: &mut Sheet, first: usize) {
        let Some(column) = self.column_of(Field::Division) else {
            return;
        };
        let mut start = 0;
        while start < self.lines.len() {
            let same = |line: &&Line| {
                line.mistakes.is_empty()
                    && line.values.get(&Field::Division) == self.lines[start].values.get(&Field::Division)
            };
            let run = self.lines[start..].iter().take(8).take_while(same).count();
            if run > 1 {
                let (top, bottom) = (first + start, first + start + run - 1);
                sheet
                    .merges
                    .push((top as u32, column as u16, bottom as u32, column as u16));
                for row in &mut sheet.rows[top + 1..=bottom] {
                    row[column] = Cell::Empty;
                }
            }
            start += run.max(1);
        }
    }

    fn write_totals(&self, sheet: &mut Sheet) -> Option<Placed> {
        let mut sums = Measures::default();
        self.lines.iter().for_each(|line| sums.add(line.measures));
        let wrong = self.totals == Totals::Wrong;
        let ordered = sums.ordered + if wrong { 3 } else { 0 };
        let fine = match self.money {
            MoneyStyle::Wan => wan(sums.fine_fen).parse().map_or(Cell::Empty, Cell::Number),
            MoneyStyle::Yuan => yuan(sums.fine_fen).parse().map_or(Cell::Empty, Cell::Number),
            MoneyStyle::GluedWan => Cell::text(format!("{}万元", wan(sums.fine_fen))),
            MoneyStyle::GluedYuan => Cell::text(format!("{}元", yuan(sums.fine_fen))),
        };
        let number = |count: i64| Cell::Number(count as f64);
        let cell = |column: &Column| match column.field {
            Field::Seq => Cell::text(["合计", "合  计", "总计"][self.form % 3]),
            Field::Ordered => number(ordered),
            Field::Penalised => number(sums.penalised),
            Field::Fine => fine.clone(),
            Field::Criminal => number(sums.criminal_cases),
            Field::AdminDetained => number(sums.admin_detained),
            Field::CriminalDetained => number(sums.criminal_detained),
            Field::Interviewed => number(sums.interviewed),
            Field::Accountable => number(sums.accountable),
            _ => Cell::Empty,
        };
        let row = sheet.rows.len();
        sheet.rows.push(self.columns.iter().map(cell).collect());
        let column = self.column_of(Field::Ordered).filter(|_| wrong)?;
        let mistake = Mistake {
            field: Field::Ordered,
            what: "合计行与各行之和不符（多 3 家）",
            outcome: crate::model::Outcome::Note,
        };
        Some(Placed {
            sheet: self.name.clone(),
            row: row + 1,
            address: address(row, column),
            mistake,
        })
    }

    fn write_footer(&self, sheet: &mut Sheet) {
        let date = self.reported_on.map(|date| format!("填报日期：{date}"));
        match self.form % 5 {
            1 => sheet.rows.extend([
                Vec::new(),
                vec![
                    Cell::text("填报人：人员001"),
                    Cell::Empty,
                    Cell::text("审核人：人员002"),
                    Cell::text(date.unwrap_or_default()),
                ],
            ]),
            3 => {
                sheet
                    .rows
                    .push(vec![Cell::text(format!("填报单位（盖章）：{}", self.sender))]);
                sheet
                    .rows
                    .push(vec![Cell::text("填报人：人员001    审核人：人员002    联系电话：")]);
                sheet.rows.extend(date.map(|date| vec![Cell::text(date)]));
            }
            4 => sheet.rows.push(vec![
                Cell::text("填报人：人员001"),
                Cell::Empty,
                Cell::text("审核人：人员002"),
            ]),
            _ => sheet.rows.push(vec![Cell::text("注：本表由各承办单位据实填报。")]),
        }
    }

    fn widths(&self) -> Vec<f64> {
        let width = |column: &Column| match column.field {
            Field::Complaint | Field::Investigation | Field::Handling | Field::Problem | Field::Progress => 48.0,
            Field::Measures | Field::Latest | Field::Target | Field::Reason => 32.0,
            Field::Number => 22.0,
            Field::Seq | Field::Batch | Field::Key => 8.0,
            _ => 14.0,
        };
        self.columns.iter().map(width).collect()
    }
}
