//! Findings by rule and cause, for people: one wrong word in ten thousand rows is one thing to put right.

use std::collections::{BTreeMap, HashMap};

use ducha_records::rules::{Language, Rule};

use crate::check::Finding;
use crate::values::text::shortened;

/// Causes of one rule that are told apart, so that memory does not grow with the findings. Later ones are counted
/// together.
const MOST_CAUSES: usize = 200;
/// Causes of one rule that are shown.
const SHOWN: usize = 5;
/// Characters of a value that are shown.
const VALUE_CHARS: usize = 24;

/// What was found, counted exactly.
#[derive(Debug, Default)]
pub(super) struct Causes(BTreeMap<(u8, &'static str), OfRule>);

/// The findings of one rule.
#[derive(Debug)]
pub(super) struct OfRule {
    pub rule: &'static Rule,
    pub count: u64,
    /// File, sheet and cell of the first one.
    pub first: String,
    /// What the first one says, and what to write instead.
    pub message: String,
    causes: HashMap<(String, String), Cause>,
    /// Findings whose causes were too many to tell apart.
    untold: u64,
}

/// The findings of one rule in columns of one header and with one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cause {
    /// Header as written, or empty.
    pub header: String,
    /// Value as written, or empty.
    pub value: String,
    pub count: u64,
    /// File, sheet and cell of the first one.
    pub first: String,
}

impl Causes {
    /// Counts a finding; `place` is its file, sheet and cell.
    pub fn add(&mut self, finding: &Finding, place: impl Fn() -> String, language: Language) {
        let rule = finding.rule;
        let of_rule = self
            .0
            .entry((rule.family() as u8, rule.code))
            .or_insert_with(|| OfRule {
                rule,
                count: 0,
                first: place(),
                message: rule.sentences(language, &finding.params),
                causes: HashMap::new(),
                untold: 0,
            });
        of_rule.count += 1;
        let key = (finding.header.clone(), finding.value.clone());
        if let Some(cause) = of_rule.causes.get_mut(&key) {
            cause.count += 1;
        } else if of_rule.causes.len() < MOST_CAUSES {
            let (header, value) = key.clone();
            let cause = Cause {
                header,
                value: shortened(&value, VALUE_CHARS).into_owned(),
                count: 1,
                first: place(),
            };
            of_rule.causes.insert(key, cause);
        } else {
            of_rule.untold += 1;
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// By family and code.
    pub fn rules(&self) -> impl Iterator<Item = &OfRule> {
        self.0.values()
    }
}

impl OfRule {
    /// The most frequent causes, and how many findings have others. None where the rule has only one, which its own line
    /// tells, or where no two findings have the same.
    pub fn shown(&self) -> (Vec<&Cause>, u64) {
        let repeats = self.causes.values().any(|cause| cause.count > 1);
        if self.causes.len() < 2 || !repeats {
            return (Vec::new(), 0);
        }
        let mut causes: Vec<&Cause> = self.causes.values().collect();
        causes.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.first.cmp(&other.first)));
        causes.truncate(SHOWN);
        let told: u64 = causes.iter().map(|cause| cause.count).sum();
        (causes, self.count - told)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ducha_records::rules;

    use super::*;

    fn found(causes: &mut Causes, row: u32, value: &str) {
        let sheet: Arc<str> = "台账".into();
        let finding = Finding::new(&rules::NOT_IN_LIST, &sheet, [("found", value.to_owned())])
            .at_row(row)
            .at_cell(Some(6), "conclusion", "是否办结", value);
        causes.add(&finding, || finding.cell(), Language::Zh);
    }

    #[test]
    fn counts_are_exact_and_the_frequent_causes_come_first() {
        let mut causes = Causes::default();
        for row in 1..=10_000 {
            found(&mut causes, row, if row % 4 == 0 { "基本办结" } else { "办接" });
        }
        let of_rule = causes.rules().next().unwrap();
        assert_eq!((of_rule.count, of_rule.first.as_str()), (10_000, "G1"));
        let (shown, rest) = of_rule.shown();
        let told: Vec<_> = shown
            .iter()
            .map(|cause| (cause.value.as_str(), cause.count, cause.first.as_str()))
            .collect();
        assert_eq!(
            (told, rest),
            (vec![("办接", 7_500, "G1"), ("基本办结", 2_500, "G4")], 0)
        );
    }

    #[test]
    fn a_flood_of_causes_is_counted_and_not_kept() {
        let mut causes = Causes::default();
        for row in 1..=300_000 {
            found(&mut causes, row, &format!("第{}种写法", row % 100_000));
        }
        let of_rule = causes.rules().next().unwrap();
        assert_eq!((of_rule.count, of_rule.causes.len()), (300_000, MOST_CAUSES));
        let (shown, rest) = of_rule.shown();
        assert_eq!((shown.len(), rest), (SHOWN, 300_000 - 3 * SHOWN as u64));
    }

    #[test]
    fn what_is_different_every_time_has_no_causes_to_show() {
        let mut causes = Causes::default();
        for row in 1..=50 {
            found(&mut causes, row, &row.to_string());
        }
        assert_eq!(causes.rules().next().unwrap().shown(), (Vec::new(), 0));
    }
}
