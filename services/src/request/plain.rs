//! Filters of the plain kinds.

use ducha::v1;
use ducha_records::accountability::{AccountabilityFilter, IssueFilter};
use ducha_records::activities::ActivityFilter;
use ducha_records::alerts::AlertFilter;
use ducha_records::indicators::IndicatorFilter;

use super::Checks;
use super::filters::{EQUAL, SHIFTED};

/// Longest number of a task or an issue, in characters.
const LONGEST_NUMBER: usize = 64;

impl Checks {
    /// A filter of indicators.
    pub fn indicators(&mut self, filter: &v1::IndicatorFilter) -> IndicatorFilter {
        self.division_codes(&filter.divisions);
        self.texts("filter.names", &filter.names, 120);
        self.texts("filter.themes", &filter.themes, 200);
        self.texts("filter.units", &filter.units, 32);
        self.texts("filter.tasks", &filter.tasks, LONGEST_NUMBER);
        self.texts("filter.periods", &filter.periods, 64);
        IndicatorFilter {
            divisions: filter.divisions.clone(),
            names: filter.names.clone(),
            themes: filter.themes.clone(),
            units: filter.units.clone(),
            tasks: filter.tasks.clone(),
            periods: filter.periods.clone(),
        }
    }

    /// A filter of issues handed over.
    pub fn issues(&mut self, filter: &v1::AccountabilityIssueFilter) -> IssueFilter {
        self.texts("filter.numbers", &filter.numbers, LONGEST_NUMBER);
        IssueFilter {
            numbers: filter.numbers.clone(),
            handed_over: self.span("filter.handed_over", filter.handed_over.as_ref()),
        }
    }

    /// A filter of decisions.
    pub fn accountabilities(&mut self, filter: &v1::AccountabilityFilter) -> AccountabilityFilter {
        self.division_codes(&filter.divisions);
        self.texts("filter.issues", &filter.issues, LONGEST_NUMBER);
        let penalties = self.codes::<v1::Penalty>("filter.penalties", &filter.penalties, SHIFTED);
        AccountabilityFilter {
            divisions: filter.divisions.clone(),
            issues: filter.issues.clone(),
            subjects: self.codes::<v1::AccountabilitySubject>("filter.subjects", &filter.subjects, EQUAL),
            levels: self.codes::<v1::CadreLevel>("filter.levels", &filter.levels, EQUAL),
            kinds: penalties.into_iter().fold(0, |bits, penalty| bits | 1 << penalty),
            sources: self.codes::<v1::AccountabilitySource>("filter.sources", &filter.sources, EQUAL),
            decided: self.span("filter.decided", filter.decided.as_ref()),
        }
    }

    /// A filter of activities.
    pub fn activities(&mut self, filter: &v1::ActivityFilter) -> ActivityFilter {
        self.division_codes(&filter.divisions);
        self.text("filter.task", &filter.task, 0, LONGEST_NUMBER);
        ActivityFilter {
            divisions: filter.divisions.clone(),
            kinds: self.codes::<v1::ActivityKind>("filter.kinds", &filter.kinds, EQUAL),
            held: self.span("filter.held", filter.held.as_ref()),
            task: Some(filter.task.clone()).filter(|task| !task.is_empty()),
        }
    }

    /// A filter of alerts.
    pub fn alerts(&mut self, filter: &v1::AlertFilter) -> AlertFilter {
        self.division_codes(&filter.divisions);
        self.texts("filter.stations", &filter.stations, 200);
        AlertFilter {
            divisions: filter.divisions.clone(),
            stations: filter.stations.clone(),
            kinds: self.codes::<v1::AlertKind>("filter.kinds", &filter.kinds, EQUAL),
            raised: self.span("filter.raised", filter.raised.as_ref()),
            open_as_of: self.day("filter.open_as_of", &filter.open_as_of),
        }
    }
}
