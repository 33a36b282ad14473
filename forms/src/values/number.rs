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
pub use units::{Measure, Units};

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
    /// Whether a word such as `万` multiplied the number.
    pub multiplied: bool,
}

impl std::fmt::Display for Quantity {
    /// Plain digits with the unit behind them, and `约` in front: `约248500吨/日`.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let about = if self.approximate { "约" } else { "" };
        write!(
            formatter,
            "{about}{}{}",
            self.amount,
            self.unit.as_deref().unwrap_or_default()
        )
    }
}

/// Reads an amount and its unit, one of `units`.
///
/// # Errors
/// `Unreadable` for anything but one number with at most one unit, `UnitUnknown`, `TooLarge` above 28 digits.
pub fn quantity(value: &Value, units: &Units) -> Result<Quantity, NumberFault> {
    let Amount {
        amount,
        unit,
        approximate,
        multiplied,
    } = parse::value(value)?;
    let unit = match (unit.is_empty(), units.canonical(&unit)) {
        (true, _) => None,
        (false, Some(unit)) => Some(unit),
        // Several numbers and words are no unit; one word is one that is not known.
        (false, None) if parse::is_word(&unit) => return Err(NumberFault::UnitUnknown(unit)),
        (false, None) => return Err(NumberFault::Unreadable),
    };
    Ok(Quantity {
        amount,
        unit,
        approximate,
        multiplied,
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
