//! Sums of the counted columns of a sheet, against its rows of totals.

use ducha_records::rules;

use super::finding::Finding;
use super::plan::SheetPlan;
use crate::cell::Row;
use crate::profile::ColumnKind;
use crate::values::number;

/// Running sums, one for each counted column; money in fen.
#[derive(Debug, Default)]
pub(super) struct Totals {
    /// Column and its sum since the sheet began; `None` once a cell could not be read.
    sums: Vec<(u32, Option<i64>)>,
}

impl Totals {
    /// Adds the counts of a row of data, also of a refused one: a sheet's total counts what stands in it.
    pub fn add(&mut self, plan: &SheetPlan<'_>, row: &Row) {
        if self.sums.is_empty() {
            self.sums = plan
                .columns
                .iter()
                .filter(|column| counted(column.column.kind))
                .map(|c| (c.at, Some(0)))
                .collect();
        }
        for (at, sum) in &mut self.sums {
            let Some(value) = row.get(*at) else { continue };
            *sum = sum.zip(read(plan, *at, value)).map(|(sum, value)| sum + value);
        }
    }

    /// What a row of totals says otherwise. A subtotal (小计) in the middle of a sheet is not judged.
    pub fn disagreements(&self, plan: &SheetPlan<'_>, row: &Row) -> Vec<Finding> {
        if is_subtotal(row) {
            return Vec::new();
        }
        let differs = |&(at, sum): &(u32, Option<i64>)| {
            let (found, wanted) = (read(plan, at, row.get(at)?)?, sum?);
            let column = plan
                .columns
                .iter()
                .find(|column| column.at == at)
                .filter(|_| found != wanted)?;
            let unit = if column.column.kind == ColumnKind::Money {
                100
            } else {
                1
            };
            let shown = |value: i64| {
                if unit == 1 {
                    value.to_string()
                } else {
                    format!("{}.{:02}元", value / 100, value % 100)
                }
            };
            let params = [("found", shown(found)), ("wanted", shown(wanted))];
            let written = row.get(at)?.as_written();
            let finding = Finding::new(&rules::TOTAL_DISAGREES, &plan.sheet, params).at_row(row.number);
            Some(finding.at_cell(Some(at), column.field.name(), &column.header, &written))
        };
        self.sums.iter().filter_map(differs).collect()
    }
}

fn counted(kind: ColumnKind) -> bool {
    matches!(kind, ColumnKind::Count | ColumnKind::Money)
}

fn read(plan: &SheetPlan<'_>, at: u32, value: &crate::cell::Value) -> Option<i64> {
    let column = plan.columns.iter().find(|column| column.at == at)?;
    if crate::values::blank::is_blank(&value.as_written()) {
        return Some(0);
    }
    match column.column.kind {
        ColumnKind::Money => number::fen(value, column.money).ok(),
        _ => number::count(value, &column.column.units).ok().map(i64::from),
    }
}

fn is_subtotal(row: &Row) -> bool {
    row.cells
        .iter()
        .take(3)
        .any(|cell| cell.value.as_written().contains("小计"))
}
