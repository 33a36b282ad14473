//! Exact decimal numbers.

use std::fmt;

use super::NumberFault;

/// Most digits that are kept: a `i128` holds any 28 of them, multiplied by ten thousand yuan of a hundred fen.
const MOST_DIGITS: usize = 28;

/// Digits that a spreadsheet computes with and shows; further ones in a stored number are noise of its binary form.
const SHEET_DIGITS: usize = 15;

/// Whole numbers below this one have 15 digits and are exact as they are.
const LARGEST_WHOLE: f64 = 1e15;

/// An exact decimal number: `units` / 10^`scale`, in lowest terms (`2.50` is 25 and 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// The digits without the point.
    pub units: i128,
    /// How many of the digits stand behind the point.
    pub scale: u32,
}

impl Decimal {
    /// `units` / 10^`scale`, with zeros at the end dropped.
    #[must_use]
    pub fn new(mut units: i128, mut scale: u32) -> Self {
        while scale > 0 && units % 10 == 0 {
            (units, scale) = (units / 10, scale - 1);
        }
        Self { units, scale }
    }

    /// Reads `-1547.256` or `1.5e3`, in ASCII digits without separators.
    ///
    /// # Errors
    /// `Unreadable`, or `TooLarge` above 28 digits.
    pub fn parse(text: &str) -> Result<Self, NumberFault> {
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().map_err(|_| NumberFault::Unreadable)?),
            None => (text, 0),
        };
        let (negative, digits) = match mantissa.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, mantissa.strip_prefix('+').unwrap_or(mantissa)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let written = [whole, fraction].concat();
        if whole.is_empty() || digits.ends_with('.') || !written.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NumberFault::Unreadable);
        }
        let significant = written.trim_start_matches('0');
        if significant.len() > MOST_DIGITS {
            return Err(NumberFault::TooLarge);
        }
        let size: i128 = if significant.is_empty() {
            0
        } else {
            significant.parse().map_err(|_| NumberFault::TooLarge)?
        };
        let units = if negative { -size } else { size };
        let shift = i64::from(exponent) - i64::try_from(fraction.len()).map_err(|_| NumberFault::TooLarge)?;
        Self::shifted(units, shift)
    }

    /// The number a cell holds, as a spreadsheet shows it: its shortest decimal form, of 15 digits at most.
    ///
    /// # Errors
    /// `Unreadable` for what is no number, `TooLarge` beyond 28 digits.
    pub fn from_f64(number: f64) -> Result<Self, NumberFault> {
        if !number.is_finite() {
            return Err(NumberFault::Unreadable);
        }
        if number.fract() == 0.0 && number.abs() < LARGEST_WHOLE {
            return Ok(Self::new(number as i128, 0));
        }
        let shortest = format!("{number:e}");
        let digits = shortest
            .split('e')
            .next()
            .map_or(0, |mantissa| mantissa.bytes().filter(u8::is_ascii_digit).count());
        if digits > SHEET_DIGITS {
            Self::parse(&format!("{number:.14e}"))
        } else {
            Self::parse(&shortest)
        }
    }

    /// This number times 10^`power`.
    ///
    /// # Errors
    /// `TooLarge` beyond 28 digits.
    pub fn times_ten_to(self, power: u32) -> Result<Self, NumberFault> {
        Self::shifted(self.units, i64::from(power) - i64::from(self.scale))
    }

    fn shifted(units: i128, shift: i64) -> Result<Self, NumberFault> {
        if units == 0 {
            return Ok(Self::new(0, 0));
        }
        let most = 10_i128.pow(MOST_DIGITS as u32);
        if shift < 0 {
            let scale = u32::try_from(-shift).map_err(|_| NumberFault::TooLarge)?;
            let reduced = Self::new(units, scale);
            return if reduced.scale as usize > MOST_DIGITS {
                Err(NumberFault::TooLarge)
            } else {
                Ok(reduced)
            };
        }
        let factor = u32::try_from(shift).ok().and_then(|shift| 10_i128.checked_pow(shift));
        let units = factor
            .and_then(|factor| units.checked_mul(factor))
            .ok_or(NumberFault::TooLarge)?;
        if units.abs() >= most {
            Err(NumberFault::TooLarge)
        } else {
            Ok(Self { units, scale: 0 })
        }
    }

    /// Whether it is below zero.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.units < 0
    }

    /// The digits at exactly `scale` places behind the point, as a database column of scaled integers holds them; none
    /// if the number has more places or does not fit.
    #[must_use]
    pub fn scaled(self, scale: u32) -> Option<i128> {
        self.units
            .checked_mul(10_i128.checked_pow(scale.checked_sub(self.scale)?)?)
    }

    /// Fen of an amount in yuan.
    ///
    /// # Errors
    /// `Fraction` of a fen, or `TooLarge` for 64 bits.
    pub fn to_fen(self) -> Result<i64, NumberFault> {
        if self.scale > 2 {
            return Err(NumberFault::Fraction);
        }
        let fen = self.scaled(2).ok_or(NumberFault::TooLarge)?;
        i64::try_from(fen).map_err(|_| NumberFault::TooLarge)
    }
}

impl fmt::Display for Decimal {
    /// Plain digits, no exponent, no separators: `-0.05`, `1547.256`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.units < 0 { "-" } else { "" };
        let places = self.scale as usize;
        let digits = format!("{:0>width$}", self.units.unsigned_abs(), width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        let point = if places == 0 { "" } else { "." };
        write!(formatter, "{sign}{whole}{point}{fraction}")
    }
}
