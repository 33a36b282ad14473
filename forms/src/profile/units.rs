//! What the units in a header say: a column that counts things, a column of money, or nothing.

use super::{ColumnKind, HeaderText, Profile};

/// What the brackets of a header say about its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// Nothing.
    Unsaid,
    /// It counts cases, firms or persons (家次).
    Counts,
    /// It holds amounts of money (万元).
    Money,
    /// It holds amounts of a unit of the profile (公顷), or is a text with such a word beside it.
    Quantity,
}

impl Measure {
    /// Whether a column of `kind` can stand under such a header.
    pub(super) fn allows(self, kind: ColumnKind) -> bool {
        match self {
            Self::Unsaid => true,
            Self::Counts => kind == ColumnKind::Count,
            Self::Money => kind == ColumnKind::Money,
            Self::Quantity => !matches!(kind, ColumnKind::Count | ColumnKind::Money),
        }
    }
}

impl Profile {
    /// What the remarks of `header` say, and the unit that says it.
    pub(super) fn measure(&self, header: &HeaderText) -> (Measure, Option<String>) {
        for remark in &header.remarks {
            let unit = without_prefix(remark);
            if self.counts_in(unit) {
                return (Measure::Counts, Some(unit.to_owned()));
            }
            if self.is_money_unit(unit) {
                return (Measure::Money, Some(unit.to_owned()));
            }
            if self.units.read(unit).is_some() {
                return (Measure::Quantity, Some(unit.to_owned()));
            }
        }
        (Measure::Unsaid, None)
    }

    /// Whether `text` is a unit this profile knows, so that 单位：万元 above a table is no name of an office.
    pub fn is_unit(&self, text: &str) -> bool {
        self.counts_in(text)
            || self.is_money_unit(text)
            || self.units.read(text).is_some()
            || self.columns.iter().any(|column| has(&column.units, text))
    }

    /// 家, and also 家/件 where one column counts both.
    fn counts_in(&self, remark: &str) -> bool {
        let slashed: String = remark.chars().filter(|letter| *letter != '/').collect();
        has(&self.counting_units, &slashed) || pieces(remark).all(|piece| has(&self.counting_units, piece))
    }

    fn is_money_unit(&self, unit: &str) -> bool {
        self.columns
            .iter()
            .any(|column| column.kind == ColumnKind::Money && has(&column.units, unit))
    }
}

/// The units of a text such as 件、家、万元.
pub fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', ',', '/', ';', '和']).map(str::trim)
}

fn without_prefix(remark: &str) -> &str {
    remark.strip_prefix("单位").unwrap_or(remark).trim_start_matches(':')
}

fn has(units: &[String], unit: &str) -> bool {
    units.iter().any(|known| known == unit)
}
