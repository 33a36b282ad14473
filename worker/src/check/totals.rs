//! Sums of the counted columns of a sheet, against its rows of totals.

use ducha_records::indicators::SCALE;
use ducha_records::rules;

use super::finding::Finding;
use super::plan::{Field, PlanColumn, SheetPlan};
use crate::cell::{Row, Value};
use crate::profile::ColumnKind;
use crate::values::blank::is_blank;
use crate::values::number::{self, Decimal};

/// Running sums, one for each counted column.
#[derive(Debug, Default)]
pub(super) struct Totals {
    sums: Vec<Sum>,
}

/// The sum of a column since the sheet began.
#[derive(Debug)]
struct Sum {
    /// Position among the plan's columns.
    column: usize,
    /// `None` once a cell could not be read, or had another unit than those before it.
    so_far: Option<Amount>,
}

/// A number of whole things, fen, or millionths of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Amount {
    number: i64,
    /// Of a quantity, where one is written in the cell, in the row or above.
    unit: Option<String>,
}

impl Totals {
    /// Adds the counts of a row of data, also of a refused one: a sheet's total counts what stands in it.
    pub fn add(&mut self, plan: &SheetPlan<'_>, row: &Row) {
        if self.sums.is_empty() {
            let counted = plan.columns.iter().enumerate().filter(|(_, column)| counted(column));
            self.sums = counted
                .map(|(column, _)| Sum {
                    column,
                    so_far: Some(Amount::default()),
                })
                .collect();
        }
        for sum in &mut self.sums {
            let column = &plan.columns[sum.column];
            let filled = row.get(column.at).filter(|value| !is_blank(&value.as_written()));
            // An empty cell adds nothing, and must not take away what was added before it.
            let Some(value) = filled else { continue };
            let so_far = sum.so_far.take();
            sum.so_far = so_far.and_then(|so_far| so_far.plus(read(plan, column, row, value)?));
        }
    }

    /// What a row of totals says otherwise. A subtotal (小计) in the middle of a sheet is not judged.
    pub fn disagreements(&self, plan: &SheetPlan<'_>, row: &Row) -> Vec<Finding> {
        if is_subtotal(row) {
            return Vec::new();
        }
        let differs = |sum: &Sum| {
            let column = &plan.columns[sum.column];
            let (value, wanted) = (row.get(column.at)?, sum.so_far.as_ref()?);
            let found = match is_blank(&value.as_written()) {
                true => return None,
                false => read(plan, column, row, value)?,
            };
            if found.number == wanted.number || !found.comparable(wanted) {
                return None;
            }
            let params = [("found", found.shown(column)), ("wanted", wanted.shown(column))];
            let finding = Finding::new(&rules::TOTAL_DISAGREES, &plan.sheet, params).at_row(row.number);
            Some(finding.at_cell(
                Some(column.at),
                column.field.name(),
                &column.header,
                &value.as_written(),
            ))
        };
        self.sums.iter().filter_map(differs).collect()
    }
}

impl Amount {
    /// The sum of two of the same unit. One without a unit is of the other's only where none has one.
    fn plus(self, other: Self) -> Option<Self> {
        let first = self == Self::default();
        if !first && self.unit != other.unit {
            return None;
        }
        Some(Self {
            number: self.number.checked_add(other.number)?,
            unit: other.unit,
        })
    }

    fn comparable(&self, sum: &Self) -> bool {
        self.unit.is_none() || self.unit == sum.unit
    }

    fn shown(&self, column: &PlanColumn<'_>) -> String {
        match column.column.kind {
            ColumnKind::Money => format!("{}.{:02}元", self.number / 100, self.number % 100),
            ColumnKind::Quantity => {
                let unit = self.unit.as_deref().unwrap_or_default();
                format!("{}{unit}", Decimal::new(self.number.into(), SCALE))
            }
            _ => self.number.to_string(),
        }
    }
}

fn counted(column: &PlanColumn<'_>) -> bool {
    matches!(
        column.column.kind,
        ColumnKind::Count | ColumnKind::Money | ColumnKind::Quantity
    )
}

fn read(plan: &SheetPlan<'_>, column: &PlanColumn<'_>, row: &Row, value: &Value) -> Option<Amount> {
    let number = match column.column.kind {
        ColumnKind::Money => number::fen(value, column.money).ok()?,
        ColumnKind::Quantity => return quantity(plan, column, row, value),
        _ => number::count(value, &column.column.units).ok()?.into(),
    };
    Some(Amount { number, unit: None })
}

/// What is about so many, or a share, adds up to nothing.
fn quantity(plan: &SheetPlan<'_>, column: &PlanColumn<'_>, row: &Row, value: &Value) -> Option<Amount> {
    let units = &plan.profile.units;
    let written = number::quantity(value, units).ok().filter(|read| !read.approximate)?;
    let of_row = || {
        let cell = row.get(plan.column(Field::Unit)?.at)?;
        units.read(&cell.as_written())
    };
    let (power, unit) = match written.unit {
        Some(unit) => (0, Some(unit)),
        None => of_row()
            .or_else(|| units.read(column.unit.as_deref()?))
            .map_or((0, None), |(power, unit)| (power, Some(unit))),
    };
    if unit.as_deref().is_some_and(|unit| units.is_percent(unit)) {
        return None;
    }
    let amount = written.amount.times_ten_to(power).ok()?.scaled(SCALE)?;
    Some(Amount {
        number: amount.try_into().ok()?,
        unit,
    })
}

fn is_subtotal(row: &Row) -> bool {
    row.cells
        .iter()
        .take(3)
        .any(|cell| cell.value.as_written().contains("小计"))
}
