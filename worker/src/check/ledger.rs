//! What stays of a ledger sheet once its rows went by: enough to find them again when the workbook is marked.

use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::cell::{Merge, Row, SheetInfo};
use crate::profile::Profile;
use crate::recognise::{OwnColumns, SheetLayout, filling};

/// A merge that reaches further right, counted from 0, is a stray one and no part of the table.
const LAST_MERGED: u32 = 1_000;

/// Lines under a table that are kept; more of them are no signatures.
const MOST_FOOTERS: usize = 20;

/// A ledger sheet: where its header, its rows and its columns are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerSheet {
    /// Name on the tab.
    pub name: Arc<str>,
    /// Rows of the header, counted from 1.
    pub header_rows: RangeInclusive<u32>,
    /// Last column, counted from 0, with anything in it that is not ours.
    pub last_column: u32,
    /// Our own columns, in a marked copy that came back.
    pub own: OwnColumns,
    /// Rows of data, as runs of neighbours, rising.
    pub rows: Vec<RangeInclusive<u32>>,
    /// All merged blocks.
    pub merges: Vec<Merge>,
    /// Those of them whose value stands for all their rows.
    pub filling: Vec<Merge>,
    /// Lines under the table that are kept beside refused rows, since one of them may say the reporting date.
    pub footers: Vec<u32>,
    /// The header is wrong, and so all rows are refused.
    pub refused: bool,
}

impl LedgerSheet {
    pub(super) fn new(info: &SheetInfo, layout: &SheetLayout, profile: &Profile) -> Self {
        let merges = info.merges.clone().unwrap_or_default();
        let named = layout.columns.iter().map(|column| column.column);
        let unknown = layout.unknown.iter().map(|column| column.column);
        let keys = layout.header_keys.iter().map(|(column, _)| *column);
        let mut last_column = named.chain(unknown).chain(keys).max().unwrap_or_default();
        for merge in &merges {
            let touches = merge.first_row <= *layout.header_rows.end() && !layout.own.has(merge.first_column);
            if touches && merge.last_column < LAST_MERGED {
                last_column = last_column.max(merge.last_column);
            }
        }
        Self {
            name: info.name.as_str().into(),
            header_rows: layout.header_rows.clone(),
            last_column,
            own: layout.own,
            rows: Vec::new(),
            filling: filling(&merges, layout, profile),
            merges,
            footers: Vec::new(),
            refused: false,
        }
    }

    /// A row below the header went by, our own cells taken out.
    pub(super) fn saw(&mut self, row: &Row) {
        if let Some(last) = row.cells.last() {
            self.last_column = self.last_column.max(last.column);
        }
    }

    /// The row is one of data.
    pub(crate) fn add_data(&mut self, row: u32) {
        match self.rows.last_mut() {
            Some(run) if run.end() + 1 == row => *run = *run.start()..=row,
            _ => self.rows.push(row..=row),
        }
    }

    /// The row is a line under the table.
    pub(super) fn add_footer(&mut self, row: u32) {
        if self.footers.len() < MOST_FOOTERS {
            self.footers.push(row);
        }
    }

    /// Whether `row` is one of data.
    #[must_use]
    pub fn is_data(&self, row: u32) -> bool {
        let after = self.rows.partition_point(|run| *run.start() <= row);
        self.rows[..after].last().is_some_and(|run| run.contains(&row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::{Cell, Value};
    use crate::check::{Context, Piece, Sink, check};
    use crate::profile::Profiles;
    use crate::reader::Frame;
    use crate::recognise::own::{PROBLEM_HEADER, REASON_HEADER, STATUS_HEADER, SUMMARY_TITLE};
    use crate::values::division::{Gazetteer, parse_csv};

    /// Keeps what is checked.
    struct Kept(Piece);

    impl Sink for Kept {
        type Error = std::convert::Infallible;

        fn take(&mut self, piece: Piece) -> Result<(), Self::Error> {
            self.0.reasons.extend(piece.reasons);
            self.0.petitions.extend(piece.petitions);
            Ok(())
        }
    }

    fn row(number: u32, texts: &[&str]) -> Row {
        let cell = |(column, text): (u32, &&str)| Cell {
            column,
            value: Value::Text((*text).to_owned()),
        };
        Row {
            number,
            cells: (0..)
                .zip(texts)
                .map(cell)
                .filter(|cell| cell.value != Value::Text(String::new()))
                .collect(),
        }
    }

    fn sheet(index: u32, name: &str, rows: Vec<Row>) -> [Frame; 3] {
        let info = SheetInfo {
            index,
            name: name.to_owned(),
            hidden: false,
            not_a_grid: false,
            merges: Some(Vec::new()),
        };
        [Frame::Sheet(info), Frame::Rows(rows), Frame::SheetEnd]
    }

    #[test]
    fn a_marked_copy_that_comes_back_is_known_and_its_reasons_are_kept_by_row() {
        let header = [
            "受理编号",
            "交办问题基本情况",
            "行政区域",
            "污染类型",
            "是否属实",
            "处理和整改情况",
            "是否办结",
        ];
        let header = [&header[..], &[STATUS_HEADER, PROBLEM_HEADER, REASON_HEADER, "备注"]].concat();
        let data = |status: &'static str, reason: &'static str| {
            let county = [
                "X2GZ202112070001",
                "油烟扰民",
                "南明区",
                "大气",
                "属实",
                "已整改",
                "未办结",
            ];
            [&county[..], &[status, "G3 …", reason, "无"]].concat()
        };
        let (first, stale) = (
            data("可以导入，有疑问", " 已核实 "),
            ["", "", "", "", "", "", "", "未导入"],
        );
        let frames = [
            sheet(0, "台账", vec![row(1, &header), row(2, &first), row(3, &stale)]),
            sheet(1, "系统核对汇总", vec![row(1, &[SUMMARY_TITLE]), row(3, &header)]),
        ];
        let mut frames = frames.into_iter().flatten();
        let (profiles, csv) = (
            Profiles::embedded(),
            "code,name,parent\n520000,贵州省,\n520102,南明区,520000\n",
        );
        let gazetteer = Gazetteer::new(parse_csv(csv).unwrap());
        let today = chrono::NaiveDate::from_ymd_opt(2023, 5, 31).unwrap();
        let context = Context::new(&profiles, &gazetteer, "520000".into(), Some("520102".into()), today);
        let mut kept = Kept(Piece::default());
        let checked = check(|| Ok(frames.next()), &context, &mut kept).unwrap();
        assert!(checked.marked);
        assert_eq!((checked.rows, checked.refused, kept.0.petitions.len()), (1, 0, 1));
        let reasons: Vec<_> = kept
            .0
            .reasons
            .iter()
            .map(|reason| (reason.row, reason.text.as_str()))
            .collect();
        assert_eq!(reasons, [(2, "已核实")]);
        let ledger = &checked.ledgers[0];
        assert_eq!((ledger.last_column, ledger.own.reason), (10, Some(9)));
        assert_eq!(*checked.summaries, ["系统核对汇总".into()]);
    }

    #[test]
    fn rows_of_data_are_kept_as_runs() {
        let mut sheet = LedgerSheet {
            name: "A".into(),
            header_rows: 1..=1,
            last_column: 0,
            own: OwnColumns::default(),
            rows: Vec::new(),
            merges: Vec::new(),
            filling: Vec::new(),
            footers: Vec::new(),
            refused: false,
        };
        [2, 3, 4, 8, 10, 11].into_iter().for_each(|row| sheet.add_data(row));
        assert_eq!(sheet.rows, [2..=4, 8..=8, 10..=11]);
        let data: Vec<u32> = (1..13).filter(|row| sheet.is_data(*row)).collect();
        assert_eq!(data, [2, 3, 4, 8, 10, 11]);
    }
}
