//! Indicators of several divisions as one figure. Only amounts of one name, unit and period add up, and only where the
//! ledgers say that they do.

use std::collections::BTreeMap;

use ducha::v1;
use ducha_records::codes::Aggregation;
use ducha_records::figures::{Areas, IndicatorFact};

use crate::convert::decimal;

/// Name, unit and period.
type Name = (String, String, String);

/// Amounts by name, unit and period.
#[derive(Debug, Default)]
pub struct Indicators {
    of: BTreeMap<Name, Vec<(IndicatorFact, i64)>>,
}

/// One figure, and what it lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The figure as the contract has it.
    pub figure: v1::IndicatorFigure,
    /// What is done, in millionths of the unit.
    pub done: Option<i64>,
    /// What is to be done, in millionths of the unit.
    pub total: Option<i64>,
    /// Kinds of gaps, each with how many records are concerned.
    pub gaps: Vec<(&'static str, i64)>,
    /// The divisions and keys of the records that count.
    pub records: Vec<(String, String)>,
}

impl Indicators {
    /// Counts one; a negative weight takes it off, as what was there before.
    pub fn add(&mut self, fact: &IndicatorFact, weight: i64) {
        let name = (
            fact.name.clone(),
            fact.unit.clone(),
            fact.period.clone().unwrap_or_default(),
        );
        self.of.entry(name).or_default().push((fact.clone(), weight));
    }

    /// The figures, by name, unit and period.
    #[must_use]
    pub fn counted(&self, areas: &Areas) -> Vec<Counted> {
        self.of
            .iter()
            .map(|(name, facts)| counted(name, facts, areas))
            .collect()
    }
}

fn counted((name, unit, period): &Name, facts: &[(IndicatorFact, i64)], areas: &Areas) -> Counted {
    let mut gaps = Vec::new();
    let now: Vec<&IndicatorFact> = facts
        .iter()
        .filter(|(_, weight)| *weight > 0)
        .map(|(fact, _)| fact)
        .collect();
    let upper: Vec<&IndicatorFact> = upper(&now, areas);
    if upper.len() < now.len() {
        gaps.push(("COUNTED_ABOVE", (now.len() - upper.len()) as i64));
    }
    let rule = upper
        .iter()
        .map(|fact| fact.aggregation)
        .max()
        .and_then(Aggregation::from_code);
    let before: Vec<&IndicatorFact> = facts
        .iter()
        .filter(|(_, weight)| *weight < 0)
        .map(|(fact, _)| fact)
        .collect();
    let counts = counting(&upper, rule);
    if counts.is_empty() && !upper.is_empty() {
        gaps.push(("NO_SUM", upper.len() as i64));
    }
    let earlier = counting(&self::upper(&before, areas), rule);
    let done = sum(counts.iter().map(|fact| fact.done_millionths));
    let done = done.map(|done| done.saturating_sub(sum(earlier.iter().map(|fact| fact.done_millionths)).unwrap_or(0)));
    let with_total = counts.iter().filter(|fact| fact.total_millionths.is_some()).count();
    let total = sum(counts.iter().map(|fact| fact.total_millionths)).filter(|_| with_total == counts.len());
    if with_total > 0 && total.is_none() {
        gaps.push(("PART_WITHOUT_TOTAL", (counts.len() - with_total) as i64));
    }
    let stages: Option<Vec<i16>> = counts.iter().map(|fact| fact.stage).collect();
    Counted {
        figure: v1::IndicatorFigure {
            name: name.clone(),
            unit: unit.clone(),
            period: period.clone(),
            done: done.map(decimal),
            total: total.map(decimal),
            approximate: counts.iter().any(|fact| fact.approximate),
            aggregation: rule.map_or(0, |rule| rule.code().into()),
            stage: stages.and_then(|stages| stages.into_iter().min()).map_or(0, i32::from),
            divisions: i32::try_from(counts.len()).unwrap_or(i32::MAX),
        },
        done,
        total,
        gaps,
        records: counts
            .iter()
            .map(|fact| (fact.division.clone(), fact.number.clone()))
            .collect(),
    }
}

/// Amounts that no division above gives as well: what a prefecture reports holds what its counties do.
fn upper<'f>(facts: &[&'f IndicatorFact], areas: &Areas) -> Vec<&'f IndicatorFact> {
    let covered = |fact: &IndicatorFact| {
        facts
            .iter()
            .any(|other| areas.tree.is_above(&other.division, &fact.division))
    };
    facts.iter().copied().filter(|fact| !covered(fact)).collect()
}

/// Amounts that make the figure under a rule. One amount needs none.
fn counting<'f>(facts: &[&'f IndicatorFact], rule: Option<Aggregation>) -> Vec<&'f IndicatorFact> {
    match (facts, rule) {
        ([_], _) | (_, Some(Aggregation::Sum)) => facts.to_vec(),
        (_, Some(Aggregation::Latest)) => facts
            .iter()
            .copied()
            .max_by_key(|fact| fact.since_on)
            .into_iter()
            .collect(),
        _ => Vec::new(),
    }
}

/// The sum of the amounts that are given; none where none is, or where no 64 bits hold it.
fn sum(amounts: impl Iterator<Item = Option<i64>>) -> Option<i64> {
    let given: Vec<i64> = amounts.flatten().collect();
    let first = *given.first()?;
    given[1..]
        .iter()
        .try_fold(first, |sum, amount| sum.checked_add(*amount))
}
