//! Counts, quantities and money.

use crate::cell::Value;

mod decimal;
mod money;
mod parse;
#[cfg(test)]
mod tests;
mod units;

pub use decimal::Decimal;
pub use money::{MoneyUnit, fen};

use parse::Amount;

/// Why a number could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberFault {
    /// Not a number, or several.
    #[error("found no single number")]
    Unreadable,
    /// Below zero where that means nothing.
    #[error("found a number below zero")]
    Negative,
    /// A part of a thing that is counted whole, or of a fen.
    #[error("found a fraction, wanted a whole number")]
    Fraction,
    /// More than the field holds.
    #[error("found a number that is too large")]
    TooLarge,
    /// A unit that the column does not take.
    #[error("found unit {0:?}, which is not one of the column's")]
    UnitUnknown(String),
    /// No unit, neither in the cell nor in the header.
    #[error("found no unit in the cell or in the header")]
    UnitMissing,
}

/// A physical amount with the unit written beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// The amount, with `万` and `亿` multiplied out: `24.85万吨/日` is 248500. May be below zero (`-10%`).
    pub amount: Decimal,
    /// The unit in one spelling (`吨/日` for `t/d` and `吨每天`), or none if the cell names none.
    pub unit: Option<String>,
    /// Whether the cell says `约`, `余`, `近`, `超`, `多`, `左右` or `以上`.
    pub approximate: bool,
}

/// Reads an amount and its unit.
///
/// # Errors
/// `Unreadable` for anything but one number with at most one unit, `TooLarge` above 28 digits.
pub fn quantity(value: &Value) -> Result<Quantity, NumberFault> {
    let Amount {
        amount,
        unit,
        approximate,
        ..
    } = parse::value(value)?;
    let unit = if unit.is_empty() {
        None
    } else {
        Some(units::normalise(&unit).ok_or(NumberFault::Unreadable)?)
    };
    Ok(Quantity {
        amount,
        unit,
        approximate,
    })
}

/// Reads how many, with or without one of `units` (`3家`, `三家`, `3.0`).
///
/// # Errors
/// `Negative`, `Fraction`, `TooLarge` (above 4,294,967,295), `UnitUnknown`, or `Unreadable`, also for `约3家`: a count is
/// exact.
pub fn count(value: &Value, units: &[String]) -> Result<u32, NumberFault> {
    let Amount {
        amount,
        unit,
        approximate,
        ..
    } = match value {
        Value::Text(text) => parse::text_or_numeral(text, |unit| is_one_of(unit, units))?,
        other => parse::value(other)?,
    };
    if approximate {
        return Err(NumberFault::Unreadable);
    }
    if !unit.is_empty() && !is_one_of(&unit, units) {
        return Err(NumberFault::UnitUnknown(unit));
    }
    if amount.is_negative() {
        return Err(NumberFault::Negative);
    }
    if amount.scale > 0 {
        return Err(NumberFault::Fraction);
    }
    u32::try_from(amount.units).map_err(|_| NumberFault::TooLarge)
}

fn is_one_of(unit: &str, units: &[String]) -> bool {
    units
        .iter()
        .any(|known| known == unit || super::text::key(known) == unit)
}
