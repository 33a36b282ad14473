//! Units that mean the same: one spelling for each, by the list of a profile.

use std::collections::{HashMap, HashSet};

use super::parse;
use crate::values::similar;

/// Characters of the longest unit that is taken for one.
const LONGEST_CHARS: usize = 16;

/// One measure: the spelling that is kept, and the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// The spelling that is kept: `吨`.
    pub unit: String,
    /// Others: `t`, `公吨`.
    pub accepts: Vec<String>,
    /// It is a share, which never adds up.
    pub percent: bool,
}

/// The measures a ledger may count in, and all ways of writing them. Units of several measures (`吨/日`, `t/d`, `吨每天`) need
/// not be listed: each part is.
#[derive(Debug, Clone, Default)]
pub struct Units {
    /// Spelling as folded, to the one that is kept.
    by_spelling: HashMap<String, String>,
    percents: HashSet<String>,
}

impl Units {
    /// Collects the spellings of all measures.
    ///
    /// # Errors
    /// The spelling that two measures claim, or that is none.
    pub fn new(measures: impl IntoIterator<Item = Measure>) -> Result<Self, String> {
        let mut units = Self::default();
        for measure in measures {
            for written in std::iter::once(&measure.unit).chain(&measure.accepts) {
                let folded = parse::fold(written);
                let taken = units.by_spelling.insert(folded.clone(), measure.unit.clone());
                if folded.is_empty() || taken.is_some_and(|other| other != measure.unit) {
                    return Err(written.clone());
                }
            }
            if measure.percent {
                units.percents.insert(measure.unit);
            }
        }
        Ok(units)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_spelling.is_empty()
    }

    /// Reads a unit that stands alone, and the power of ten in front of it: `万吨/日` is 4 and `吨/日`.
    #[must_use]
    pub fn read(&self, written: &str) -> Option<(u32, String)> {
        let folded = parse::fold(written);
        if let Some(unit) = self.canonical(&folded) {
            return Some((0, unit));
        }
        let (power, rest) = parse::multiplier(bare(&folded));
        Some((power, self.canonical(rest)?))
    }

    /// The one spelling of a folded unit, `每` written as `/`.
    pub(super) fn canonical(&self, folded: &str) -> Option<String> {
        if folded.chars().count() > LONGEST_CHARS {
            return None;
        }
        let folded = bare(folded);
        if let Some(unit) = self.by_spelling.get(folded) {
            return Some(unit.clone());
        }
        let parts: Option<Vec<&str>> = folded
            .split(['/', '每'])
            .map(|part| self.by_spelling.get(part).map(String::as_str))
            .collect();
        Some(parts?.join("/"))
    }

    /// Whether amounts of this unit are shares.
    #[must_use]
    pub fn is_percent(&self, unit: &str) -> bool {
        self.percents.contains(unit)
    }

    /// The unit that may have been meant, as a suggestion.
    #[must_use]
    pub fn nearest(&self, written: &str) -> Option<String> {
        let words = self
            .by_spelling
            .iter()
            .map(|(spelling, unit)| (spelling.as_str(), unit));
        similar::nearest(bare(&parse::fold(written)), words).cloned()
    }
}

/// A unit in brackets is the unit.
fn bare(unit: &str) -> &str {
    unit.strip_prefix('(')
        .and_then(|inner| inner.strip_suffix(')'))
        .unwrap_or(unit)
}
