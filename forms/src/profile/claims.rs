//! Which headers stand for which columns of a profile, and how a sheet's header finds its column.

use std::collections::HashMap;

use super::units::Measure;
use super::{Column, ColumnKind, HeaderText, Profile};

/// A column's claim to a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// Position in [`Profile::columns`].
    pub column: usize,
    /// Position among the column's fallbacks, counted from 0; `None` for its header and aliases.
    pub fallback: Option<usize>,
    /// The profile writes the header with brackets, so a unit in them is part of the name: 是否重复(件).
    pub(super) bracketed: bool,
}

/// Every header of a profile, by its whole form.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Claims(HashMap<String, Vec<Claim>>);

impl Claims {
    /// Adds a column's own name; the other column that has it already is the error.
    pub(super) fn add(&mut self, header: &HeaderText, claim: Claim) -> Result<(), usize> {
        let claims = self.0.entry(header.whole.clone()).or_default();
        match claims.iter().find(|other| other.column != claim.column) {
            Some(other) => Err(other.column),
            None => {
                claims.push(claim);
                Ok(())
            }
        }
    }

    /// Adds a fallback, which several columns may share.
    pub(super) fn add_fallback(&mut self, header: &HeaderText, claim: Claim) {
        self.0.entry(header.whole.clone()).or_default().push(claim);
    }

    /// The column that has `header` as a name of its own.
    pub(super) fn owner(&self, header: &HeaderText) -> Option<usize> {
        self.of(&header.whole)
            .iter()
            .find(|claim| claim.fallback.is_none())
            .map(|claim| claim.column)
    }

    fn of(&self, key: &str) -> &[Claim] {
        self.0.get(key).map_or(&[], Vec::as_slice)
    }

    fn keys(&self) -> impl Iterator<Item = (&str, usize)> {
        self.0
            .iter()
            .filter_map(|(key, claims)| Some((key.as_str(), claims.first()?.column)))
    }
}

/// The columns a header may stand for.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// The claims to it, never empty.
    pub claims: Vec<Claim>,
    /// Unit in the header: 万元 in 罚款金额（万元）.
    pub unit: Option<String>,
}

impl Match {
    /// The column that has this header outright.
    pub fn primary(&self) -> Option<usize> {
        self.claims
            .iter()
            .find(|claim| claim.fallback.is_none())
            .map(|claim| claim.column)
    }
}

/// A column whose header is like another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NearColumn {
    /// Position of the column.
    pub column: usize,
    /// So like that it can only be misspelt, and is no header of another thing.
    pub slip: bool,
}

/// Characters from which two of them may be wrong.
const LONG_HEADER: usize = 7;

/// Whether one is the other with a wrong, missing or additional character. Shorter than three they are other words: 水量
/// and 水质.
fn is_slip(name: &str, key: &str) -> bool {
    let shorter = name.chars().count().min(key.chars().count());
    let most = match shorter {
        0..3 => return false,
        LONG_HEADER.. => 2,
        _ => 1,
    };
    name.len().abs_diff(key.len()) <= most * 4 && strsim::osa_distance(name, key) <= most
}

impl Profile {
    /// The columns `header` may stand for: by its whole form, then without its brackets, then without a unit at its
    /// end. A unit in brackets decides what kind of column it can be at all.
    pub fn find(&self, header: &HeaderText) -> Option<Match> {
        let (measure, unit) = self.measure(header);
        let fits = |claim: &Claim| measure.allows(self.columns[claim.column].kind);
        let whole = self
            .claims
            .of(&header.whole)
            .iter()
            .filter(|claim| claim.bracketed || fits(claim));
        let short = self.claims.of(&header.short).iter().filter(|claim| fits(claim));
        for claims in [whole.copied().collect::<Vec<_>>(), short.copied().collect()] {
            if !claims.is_empty() {
                return Some(Match { claims, unit });
            }
        }
        if measure == Measure::Unsaid {
            self.find_by_unit_at_end(&header.short)
        } else {
            None
        }
    }

    /// 罚款万元, 责令整改家数, 约谈人次: a column of numbers with its unit and no brackets.
    fn find_by_unit_at_end(&self, header: &str) -> Option<Match> {
        self.columns.iter().enumerate().find_map(|(index, column)| {
            let (name, unit) = column
                .units
                .iter()
                .find_map(|unit| Some((without_unit(header, column, unit)?, unit)))?;
            let claims: Vec<_> = self
                .claims
                .of(name)
                .iter()
                .filter(|claim| claim.column == index)
                .copied()
                .collect();
            (!claims.is_empty()).then(|| Match {
                claims,
                unit: Some(unit.clone()),
            })
        })
    }

    /// The column whose header is most like `header`, as a suggestion only.
    pub fn nearest(&self, header: &HeaderText) -> Option<NearColumn> {
        // Below this, the suggestions for two to four characters are noise: 电话 for 电费.
        const LIKE: f64 = 0.82;
        let name = if header.short.is_empty() {
            &header.whole
        } else {
            &header.short
        };
        let likeness = |(key, column)| {
            let slip = is_slip(name, key);
            let likeness = strsim::jaro_winkler(name, key);
            (slip, if slip { likeness.max(LIKE) } else { likeness }, key, column)
        };
        // By key as well, so that equal likeness does not depend on the order of a hash table.
        let better = |left: &(bool, f64, &str, usize), right: &(bool, f64, &str, usize)| {
            (left.0.cmp(&right.0))
                .then_with(|| left.1.total_cmp(&right.1))
                .then_with(|| right.2.cmp(left.2))
        };
        let (slip, likeness, _, column) = self.claims.keys().map(likeness).max_by(better)?;
        (likeness >= LIKE).then_some(NearColumn { column, slip })
    }
}

/// `header` without `unit` at its end. A single 人 or 家 is left alone: 约谈人 is a person, 约谈人数 a number.
fn without_unit<'a>(header: &'a str, column: &Column, unit: &str) -> Option<&'a str> {
    let counted = header.strip_suffix('数').and_then(|rest| rest.strip_suffix(unit));
    let bare = column.kind == ColumnKind::Money || unit.chars().count() > 1;
    counted.or_else(|| if bare { header.strip_suffix(unit) } else { None })
}
