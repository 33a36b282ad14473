//! Money, kept in fen (0.01 yuan).

use crate::cell::Value;

use super::{Decimal, NumberFault, parse};

/// No single fine is larger, in fen: ten billion yuan (100 亿元). Sums of nine million such still fit into 64 bits.
const MOST_FEN: i64 = 1_000_000_000_000;

/// The unit that a header gives its amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyUnit {
    /// Yuan (元): 100 fen.
    Yuan,
    /// Ten thousand yuan (万元): 1,000,000 fen.
    WanYuan,
}

/// Reads an amount of money in fen. A unit in the cell (`1547.256万元`, `5万`, `251542.71元`) goes before `default`, the
/// unit of the header; zero needs none.
///
/// # Errors
/// `UnitMissing` where neither names a unit, `UnitUnknown`, `Negative`, `Fraction` of a fen, `TooLarge` above ten billion yuan, or
/// `Unreadable`, also for `约5万元`: money is exact.
pub fn fen(value: &Value, default: Option<MoneyUnit>) -> Result<i64, NumberFault> {
    let (yuan, has_unit) = match value {
        Value::Text(text) => written(text)?,
        other => (parse::value(other)?.amount, false),
    };
    if yuan.is_negative() {
        return Err(NumberFault::Negative);
    }
    let fen = match (has_unit, default) {
        (true, _) | (false, Some(MoneyUnit::Yuan)) => yuan.to_fen(),
        (false, Some(MoneyUnit::WanYuan)) => yuan.times_ten_to(4)?.to_fen(),
        (false, None) if yuan.units == 0 => Ok(0),
        (false, None) => Err(NumberFault::UnitMissing),
    }?;
    if fen > MOST_FEN {
        Err(NumberFault::TooLarge)
    } else {
        Ok(fen)
    }
}

/// The amount, and whether a unit or multiplier says that it is in yuan.
fn written(text: &str) -> Result<(Decimal, bool), NumberFault> {
    let mut text = crate::values::text::clean(text).into_owned();
    let mut has_sign = false;
    for sign in ["人民币", "RMB", "¥", "￥"] {
        if let Some(rest) = text.strip_prefix(sign) {
            (text, has_sign) = (rest.to_owned(), true);
        }
    }
    let parsed = parse::amount(&text)?;
    if parsed.approximate {
        return Err(NumberFault::Unreadable);
    }
    match parsed.unit.as_str() {
        "" => Ok((parsed.amount, has_sign || parsed.multiplied)),
        "元" | "元整" | "圆" | "元人民币" | "(元)" => Ok((parsed.amount, true)),
        "(万元)" | "(万)" => Ok((parsed.amount.times_ten_to(4)?, true)),
        other => Err(NumberFault::UnitUnknown(other.to_owned())),
    }
}
