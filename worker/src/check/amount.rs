//! Amounts of a row and the unit they share.
//!
//! A unit may stand in the cell (24.85万吨/日), in a column of units, in the header or above the table. What the cell says
//! goes before the column, and the column before the header; where two of them disagree nothing is guessed.

use ducha_records::indicators::SCALE;
use ducha_records::rules;

use super::plan::{Field, PlanColumn};
use super::row::RowCheck;
use crate::cell::Value;
use crate::values::number::{self, Decimal, NumberFault, Quantity};
use crate::values::text;

/// A unit, and the power of ten in front of it (万吨/日: 4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scaled {
    pub power: u32,
    pub unit: String,
}

/// An amount as its cell says it.
#[derive(Debug)]
pub(super) struct Written<'p, 'a> {
    column: &'p PlanColumn<'a>,
    pub quantity: Quantity,
    /// As written.
    pub text: String,
    /// The cell holds a number, whose format is not known: 10% may be stored as 0.1.
    is_number: bool,
}

/// Reads a cell of amounts.
pub(super) fn read<'p, 'a>(
    check: &mut RowCheck<'p, 'a>,
    column: &'p PlanColumn<'a>,
    value: &Value,
) -> Option<Written<'p, 'a>> {
    let written = check.token(column, value)?.into_owned();
    match number::quantity(value, &check.plan.profile.units) {
        Ok(quantity) => Some(Written {
            column,
            quantity,
            text: written,
            is_number: matches!(value, Value::Number(_)),
        }),
        Err(NumberFault::UnitUnknown(unit)) => {
            unknown_unit(check, column, &unit);
            None
        }
        Err(NumberFault::TooLarge) => {
            let found = ("found", written.clone());
            check.cell(&rules::AMOUNT_OUT_OF_RANGE, column, &written, [found]);
            None
        }
        Err(_) => {
            let found = ("found", written.clone());
            check.cell(&rules::AMOUNT_UNREADABLE, column, &written, [found]);
            None
        }
    }
}

/// Reads a cell that says how many are done, and may say of how many: 821/826.
pub(super) fn read_done<'p, 'a>(
    check: &mut RowCheck<'p, 'a>,
    column: &'p PlanColumn<'a>,
    value: &Value,
) -> (Option<Written<'p, 'a>>, Option<Written<'p, 'a>>) {
    let Some((done, total)) = done_of_total(value) else {
        return (read(check, column, value), None);
    };
    let Some(done) = read(check, column, &Value::Text(done)) else {
        return (None, None);
    };
    let total = read(check, column, &Value::Text(total));
    (total.is_some().then_some(done), total)
}

/// Both numbers of 821/826 or 821个/826个. A stroke in a unit (吨/日) has no digit behind it.
fn done_of_total(value: &Value) -> Option<(String, String)> {
    let Value::Text(written) = value else { return None };
    let folded = text::clean(written);
    let (done, total) = folded.split_once(['/', '／'])?;
    let digit = |piece: &str| piece.trim().starts_with(|first: char| first.is_ascii_digit());
    (digit(done) && digit(total)).then(|| (done.trim().to_owned(), total.trim().to_owned()))
}

/// Reads a cell of the column of units.
pub(super) fn unit(check: &mut RowCheck<'_, '_>, column: &PlanColumn<'_>, value: &Value) -> Option<Scaled> {
    let written = check.token(column, value)?;
    let read = check.plan.profile.units.read(&written);
    if read.is_none() {
        unknown_unit(check, column, &written);
    }
    read.map(|(power, unit)| Scaled { power, unit })
}

fn unknown_unit(check: &mut RowCheck<'_, '_>, column: &PlanColumn<'_>, unit: &str) {
    let nearest = check.plan.profile.units.nearest(unit);
    let found = ("found", unit.to_owned());
    check.cell(&rules::UNIT_NOT_LISTED, column, unit, [found]).suggestion = nearest.unwrap_or_default();
}

impl Written<'_, '_> {
    /// The unit of the header or of the sheet.
    pub fn headers_unit(&self, check: &RowCheck<'_, '_>) -> Option<Scaled> {
        let (power, unit) = check.plan.profile.units.read(self.column.unit.as_deref()?)?;
        Some(Scaled { power, unit })
    }

    /// The amount in millionths of the row's unit, which `by` says: the column of units, else the header. `other` is the
    /// unit of the row's other amount.
    pub fn settle(&self, check: &mut RowCheck<'_, '_>, by: Option<&Scaled>, other: Option<&Quantity>) -> Option<i64> {
        let own = self.quantity.unit.as_deref();
        let power = match (own, by) {
            (Some(own), Some(by)) if own != by.unit => {
                self.disagrees(check, own, &by.unit);
                return None;
            }
            // 24.85万 in a column of 万吨/日: is it multiplied once or twice?
            (None, Some(by)) if by.power > 0 && self.quantity.multiplied => {
                self.disagrees(check, "万", &format!("10^{} {}", by.power, by.unit));
                return None;
            }
            (Some(_), _) => 0,
            (None, Some(by)) => by.power,
            // 30 beside 24.85万吨/日: thirty tons, or thirty ten thousand?
            (None, None) if other.is_some_and(|other| other.multiplied) && !self.quantity.multiplied => {
                let params = [("found", self.text.clone())];
                check.cell(&rules::UNIT_DOUBTFUL, self.column, &self.text, params);
                return None;
            }
            (None, None) => 0,
        };
        if own.is_none() && by.is_some_and(|by| self.may_be_a_share(check, &by.unit)) {
            let params = [("found", self.text.clone())];
            check.cell(&rules::PERCENT_AMBIGUOUS, self.column, &self.text, params);
            return None;
        }
        let millionths = self.quantity.amount.times_ten_to(power).ok().and_then(millionths);
        if millionths.is_none() {
            let params = [("found", self.text.clone())];
            check.cell(&rules::AMOUNT_OUT_OF_RANGE, self.column, &self.text, params);
        }
        millionths
    }

    /// A number cell of a share between -1 and 1: 10% is stored as 0.1, and shown as either.
    fn may_be_a_share(&self, check: &RowCheck<'_, '_>, unit: &str) -> bool {
        let amount = self.quantity.amount;
        let small = Decimal::new(amount.units.abs(), amount.scale)
            .scaled(SCALE)
            .is_none_or(|size| size > 0 && size <= 10_i128.pow(SCALE));
        self.is_number && small && check.plan.profile.units.is_percent(unit)
    }

    /// This total stands beside what is done, and the column of totals says another.
    pub fn differs_from(&self, check: &mut RowCheck<'_, '_>, other: &Self) {
        let params = [("found", self.text.clone()), ("wanted", other.text.clone())];
        check.cell(&rules::TOTALS_DIFFER, self.column, &self.text, params);
    }

    fn disagrees(&self, check: &mut RowCheck<'_, '_>, found: &str, wanted: &str) {
        let params = [("found", found.to_owned()), ("wanted", wanted.to_owned())];
        check.cell(&rules::UNITS_DISAGREE, self.column, &self.text, params);
    }
}

fn millionths(amount: Decimal) -> Option<i64> {
    amount.scaled(SCALE)?.try_into().ok()
}

/// Whether a header says which time its amounts are of: 累计完成数, 本期完成数.
pub(super) fn says_cumulative(check: &RowCheck<'_, '_>) -> Option<bool> {
    let header = &check.plan.column(Field::Done)?.header;
    let in_period = ["本期", "当期", "本年", "当年", "本月", "当月", "新增"];
    if header.contains("累计") {
        Some(true)
    } else {
        in_period.iter().any(|word| header.contains(word)).then_some(false)
    }
}
