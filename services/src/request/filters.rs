//! Filters of requests as filters of the records.
//!
//! The divisions of a filter are still what the request names: which there are, and what lies below them, only the
//! database knows. [`crate::lookup::below`] puts that in.

use chrono::Days;
use ducha::v1;
use ducha_records::findings::FindingFilter;
use ducha_records::imports::ImportFilter;
use ducha_records::petitions::PetitionFilter;
use ducha_records::tasks::TaskFilter;
use unicode_normalization::UnicodeNormalization;

use super::{Checks, local_midnight};
use crate::language::Text;

/// Database codes of these enums are their numbers less one, since 0 means something in the database.
pub(super) const SHIFTED: i32 = 1;
/// Database codes of these enums are their numbers.
pub(super) const EQUAL: i32 = 0;
/// Longest code of a division that is looked up at all, in characters.
pub const LONGEST_CODE: usize = 16;

/// Which petitions are asked for.
pub type Petitions = PetitionFilter;
/// Which tasks are asked for.
pub type Tasks = TaskFilter;
/// Which findings are asked for.
pub type Findings = FindingFilter;

/// Which imports are asked for.
#[derive(Debug, Clone, Default)]
pub struct Imports {
    /// What the database selects by.
    pub stored: ImportFilter,
    /// Kinds of ledger, of which an import must hold one; empty: any.
    pub kinds: Vec<i32>,
}

impl Checks {
    /// A filter of petitions.
    pub fn petitions(&mut self, filter: &v1::PetitionFilter) -> Petitions {
        self.division_codes(&filter.divisions);
        let kinds = self.codes::<v1::PollutionKind>("filter.pollution_kinds", &filter.pollution_kinds, SHIFTED);
        PetitionFilter {
            divisions: filter.divisions.clone(),
            batches: self.batches(&filter.batches),
            channels: self.codes::<v1::PetitionChannel>("filter.channels", &filter.channels, EQUAL),
            pollution_kinds: kinds.into_iter().fold(0, |mask, kind| mask | 1 << kind),
            conclusions: self.codes::<v1::PetitionConclusion>("filter.conclusions", &filter.conclusions, SHIFTED),
            substantiated: self.codes::<v1::Substantiated>("filter.substantiated", &filter.substantiated, SHIFTED),
            key_case: filter.key_case,
            received: self.span("filter.received", filter.received.as_ref()),
            concluded: self.span("filter.concluded", filter.concluded.as_ref()),
            text: self.contained("filter.text_contains", &filter.text_contains),
        }
    }

    /// A filter of tasks.
    pub fn tasks(&mut self, filter: &v1::TaskFilter) -> Tasks {
        self.division_codes(&filter.divisions);
        self.texts("filter.themes", &filter.themes, 200);
        TaskFilter {
            divisions: filter.divisions.clone(),
            themes: filter.themes.clone(),
            sources: self.codes::<v1::TaskSource>("filter.sources", &filter.sources, EQUAL),
            statuses: self.codes::<v1::TaskStatus>("filter.statuses", &filter.statuses, SHIFTED),
            closures: self.codes::<v1::TaskClosure>("filter.closures", &filter.closures, SHIFTED),
            due: self.span("filter.due", filter.due.as_ref()),
            overdue_as_of: self.day("filter.overdue_as_of", &filter.overdue_as_of),
            long_term: filter.long_term,
            text: None,
        }
    }

    /// A filter of imports.
    pub fn imports(&mut self, filter: &v1::ImportFilter) -> Imports {
        self.division_codes(&filter.divisions);
        self.codes::<v1::LedgerKind>("filter.kinds", &filter.kinds, EQUAL);
        let created = self.span("filter.created", filter.created.as_ref());
        let stored = ImportFilter {
            divisions: filter.divisions.clone(),
            states: self.codes::<v1::ImportState>("filter.states", &filter.states, EQUAL),
            created_from: created.first.and_then(local_midnight),
            created_before: created
                .last
                .and_then(|last| last.checked_add_days(Days::new(1)))
                .and_then(local_midnight),
        };
        Imports {
            stored,
            kinds: filter.kinds.clone(),
        }
    }

    /// A filter of findings.
    pub fn findings(&mut self, filter: &v1::FindingFilter) -> Findings {
        self.texts("filter.rules", &filter.rules, 64);
        self.text("filter.sheet", &filter.sheet, 0, 255);
        FindingFilter {
            severities: self.codes::<v1::Severity>("filter.severities", &filter.severities, EQUAL),
            rules: filter.rules.clone(),
            sheet: Some(filter.sheet.clone()).filter(|sheet| !sheet.is_empty()),
        }
    }

    /// Families of rules; none means all.
    pub fn families(&mut self, families: &[i32]) {
        self.codes::<v1::RuleFamily>("families", families, EQUAL);
    }

    pub(super) fn division_codes(&mut self, codes: &[String]) {
        self.texts("filter.divisions", codes, LONGEST_CODE);
    }

    fn batches(&mut self, batches: &[u32]) -> Vec<i32> {
        if !self.list("filter.batches", batches) {
            return Vec::new();
        }
        let mut numbers = Vec::with_capacity(batches.len());
        for (at, batch) in batches.iter().enumerate() {
            match i32::try_from(*batch) {
                Ok(number @ 1..=999) => numbers.push(number),
                _ => self.refuse(
                    format!("filter.batches[{at}]"),
                    Text::new("1 到 999", "1 to 999"),
                    batch,
                ),
            }
        }
        numbers
    }

    /// A text that records must contain. Its length counts after NFKC, as it is compared.
    fn contained(&mut self, field: &str, text: &str) -> Option<String> {
        if text.is_empty() {
            return None;
        }
        let folded = text.nfkc().take(65).count();
        if !(2..=64).contains(&folded) {
            let wanted = Text::new("NFKC 规范化后 2 到 64 个字符", "2 to 64 characters after NFKC");
            self.refuse(field, wanted, text);
        }
        Some(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_becomes_codes_of_the_database() {
        let mut checks = Checks::default();
        let filter = checks.petitions(&v1::PetitionFilter {
            batches: vec![1, 999],
            channels: vec![v1::PetitionChannel::Phone.into()],
            pollution_kinds: vec![v1::PollutionKind::Water.into(), v1::PollutionKind::Soil.into()],
            conclusions: vec![v1::PetitionConclusion::Open.into()],
            substantiated: vec![v1::Substantiated::No.into()],
            key_case: Some(false),
            ..Default::default()
        });
        assert!(checks.done().is_ok());
        assert_eq!((filter.batches, filter.channels), (vec![1, 999], vec![1]));
        assert_eq!((filter.pollution_kinds, filter.conclusions), (0b101, vec![0]));
        assert_eq!((filter.substantiated, filter.key_case), (vec![3], Some(false)));
    }

    #[test]
    fn a_contained_text_has_two_to_sixty_four_characters_after_nfkc() {
        for (text, fits) in [
            ("", true),
            ("水", false),
            ("污水", true),
            ("㎏", true), // two characters after NFKC
            ("ｶﾞ", false), // one character after NFKC
            (&"水".repeat(64), true),
            (&"水".repeat(65), false),
        ] {
            let mut checks = Checks::default();
            checks.contained("filter.text_contains", text);
            assert_eq!(checks.done().is_ok(), fits, "{text:?}");
        }
    }

    #[test]
    fn the_days_of_imports_are_days_in_china() {
        let mut checks = Checks::default();
        let filter = checks.imports(&v1::ImportFilter {
            created: Some(v1::DateRange {
                first: "2023-05-31".into(),
                last: "2023-05-31".into(),
            }),
            ..Default::default()
        });
        assert_eq!(filter.stored.created_from.unwrap().to_string(), "2023-05-30 16:00:00");
        assert_eq!(filter.stored.created_before.unwrap().to_string(), "2023-05-31 16:00:00");
    }

    #[test]
    fn every_wrong_field_is_named() {
        let mut checks = Checks::default();
        checks.tasks(&v1::TaskFilter {
            divisions: vec![String::new()],
            statuses: vec![0],
            overdue_as_of: "soon".into(),
            ..Default::default()
        });
        let Err(crate::error::CallError::Fields(violations)) = checks.done() else {
            panic!("nothing was refused");
        };
        let fields: Vec<_> = violations.iter().map(|each| each.field.as_str()).collect();
        assert_eq!(
            fields,
            ["filter.divisions[0]", "filter.statuses[0]", "filter.overdue_as_of"]
        );
    }
}
