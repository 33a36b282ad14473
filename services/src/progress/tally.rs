//! Adds facts up to figures.

use std::collections::{BTreeMap, BTreeSet};

use ducha::v1::{self, Dimension};
use ducha_records::codes::{
    AccountabilitySource, ActivityKind, CadreLevel, Closure, Conclusion, Subject, Substantiated, TaskStatus,
};
use ducha_records::figures::{DecisionFact, MeasureCell, PetitionCell, TaskFact};

use super::dimension::{self, Key, Kind, applies};
use super::facts::Facts;
use super::indicators::Indicators;
use super::rate;

/// Figures as they come together.
pub struct Tally<'d> {
    by: &'d [Dimension],
    rows: BTreeMap<Vec<Key>, Row>,
    /// Facts of an earlier day were taken off.
    differs: bool,
}

/// One row, with what is counted by name.
#[derive(Default)]
pub struct Row {
    /// The figures.
    pub figures: v1::ProgressRow,
    /// Indicators by name, unit and period.
    pub indicators: Indicators,
    cases: [BTreeSet<String>; 2],
    issues: [BTreeSet<String>; 2],
}

impl<'d> Tally<'d> {
    /// Nothing yet, to be told apart by these dimensions. Without any there is one row.
    #[must_use]
    pub fn new(by: &'d [Dimension]) -> Self {
        let mut rows = BTreeMap::new();
        if by.is_empty() {
            rows.insert(Vec::new(), Row::default());
        }
        Self {
            by,
            rows,
            differs: false,
        }
    }

    /// Counts the facts.
    pub fn add(&mut self, facts: &Facts) {
        self.count(facts, 1);
    }

    /// Takes off what was there before.
    pub fn take_off(&mut self, facts: &Facts) {
        self.differs = true;
        self.count(facts, -1);
    }

    fn count(&mut self, facts: &Facts, weight: i64) {
        let place = usize::from(weight < 0);
        for cell in &facts.petitions {
            self.each(
                Kind::Petitions,
                |by| dimension::of_petition(by, cell),
                |row| petition(row, cell, weight),
            );
        }
        for cell in &facts.measures {
            self.each(
                Kind::Measures,
                |by| dimension::of_measure(by, cell),
                |row| measure(row, cell, weight),
            );
        }
        for fact in &facts.tasks {
            let keys = |by| dimension::of_task(by, fact, facts.day);
            self.each(Kind::Tasks, keys, |row| {
                task(row, fact, facts, weight);
                if let Some(name) = fact.typical_case() {
                    row.cases[place].insert(name.clone());
                }
            });
        }
        self.count_plain(facts, weight);
    }

    fn count_plain(&mut self, facts: &Facts, weight: i64) {
        let place = usize::from(weight < 0);
        let area = |division: &str| facts.areas.of(division).unwrap_or(division).to_owned();
        for fact in &facts.indicators {
            let area = area(&fact.division);
            let keys = |by| dimension::of_indicator(by, &area, fact);
            self.each(Kind::Indicators, keys, |row| row.indicators.add(fact, weight));
        }
        for fact in &facts.issues {
            let area = area(&fact.division);
            let keys = |by| match by {
                Dimension::Issue => vec![(0, fact.number.clone())],
                Dimension::Area | Dimension::Division => vec![(0, area.clone())],
                _ => Vec::new(),
            };
            self.each(Kind::Accountability, keys, |row| {
                _ = row.issues[place].insert(fact.number.clone())
            });
        }
        for fact in &facts.decisions {
            let area = area(&fact.division);
            let keys = |by| dimension::of_decision(by, &area, fact);
            self.each(Kind::Accountability, keys, |row| {
                decision(row, fact, weight);
                let handed_over = fact.source == AccountabilitySource::HandedOver.code();
                if let Some(issue) = fact.issue.as_ref().filter(|_| handed_over) {
                    row.issues[place].insert(issue.clone());
                }
            });
        }
        for fact in &facts.activities {
            let area = area(&fact.division);
            let keys = |by| dimension::of_activity(by, &area, fact);
            self.each(Kind::Activities, keys, |row| activity(row, fact.kind, weight));
        }
        for fact in &facts.alerts {
            let area = area(&fact.division);
            let keys = |by| dimension::of_alert(by, &area, fact);
            self.each(Kind::Alerts, keys, |row| {
                let figures = row.figures.alerts.get_or_insert_default();
                figures.raised += weight;
                figures.settled += weight * i64::from(fact.settled);
            });
        }
    }

    /// Every row that a fact belongs to; none where a dimension does not apply to its kind.
    fn each(&mut self, kind: Kind, keys: impl Fn(Dimension) -> Vec<Key>, mut count: impl FnMut(&mut Row)) {
        if !self.by.iter().all(|by| applies(*by, kind)) {
            return;
        }
        let mut rows: Vec<Vec<Key>> = vec![Vec::new()];
        for by in self.by {
            let values = keys(*by);
            rows = rows
                .into_iter()
                .flat_map(|row| {
                    values
                        .iter()
                        .map(move |value| [row.clone(), vec![value.clone()]].concat())
                })
                .collect();
        }
        for row in rows {
            count(self.rows.entry(row).or_default());
        }
    }

    /// The rows with the values of their dimensions, in order. Figures that the dimensions apply to are there, if only as zeros.
    pub fn rows(self) -> impl Iterator<Item = (Vec<String>, Row)> {
        let (by, differs) = (self.by, self.differs);
        self.rows.into_iter().map(move |(keys, mut row)| {
            row.finish(by, differs);
            (keys.into_iter().map(|(_, value)| value).collect(), row)
        })
    }
}

impl Row {
    fn finish(&mut self, by: &[Dimension], differs: bool) {
        let applies = |kind| by.iter().all(|by| applies(*by, kind));
        let figures = &mut self.figures;
        if applies(Kind::Petitions) {
            let petitions = figures.petitions.get_or_insert_default();
            if !differs {
                petitions.rates = rate::of_petitions(petitions);
            }
        }
        if applies(Kind::Measures) {
            figures.measures.get_or_insert_default();
        }
        if applies(Kind::Tasks) {
            let tasks = figures.tasks.get_or_insert_default();
            tasks.typical_cases = difference(&self.cases);
            if !differs {
                tasks.rates = rate::of_tasks(tasks);
            }
        }
        if applies(Kind::Accountability) {
            figures.handed_over.get_or_insert_default().issues = difference(&self.issues);
            figures.on_the_spot.get_or_insert_default();
            for figures in [&mut figures.handed_over, &mut figures.on_the_spot]
                .into_iter()
                .flatten()
            {
                figures.organisations.get_or_insert_default();
                figures.persons.get_or_insert_default();
            }
        }
        if applies(Kind::Activities) {
            figures.activities.get_or_insert_default();
        }
        if applies(Kind::Alerts) {
            figures.alerts.get_or_insert_default();
        }
    }
}

/// How many there are now, less those there were before.
fn difference([now, before]: &[BTreeSet<String>; 2]) -> i64 {
    now.len() as i64 - before.len() as i64
}

fn petition(row: &mut Row, cell: &PetitionCell, weight: i64) {
    let figures = row.figures.petitions.get_or_insert_default();
    let count = weight * cell.petitions;
    figures.petitions += count;
    figures.problems += count * i64::from(cell.pollution_kinds.count_ones());
    figures.key_cases += count * i64::from(cell.key_case);
    figures.contradictory += count * i64::from(cell.contradictory);
    let conclusion = i16::try_from(cell.conclusion).ok().and_then(Conclusion::from_code);
    *match conclusion.unwrap_or(Conclusion::Open) {
        Conclusion::Open => &mut figures.open,
        Conclusion::Staged => &mut figures.staged,
        Conclusion::Concluded => &mut figures.concluded,
        Conclusion::Closed => &mut figures.closed,
    } += count;
    let answer = cell
        .substantiated
        .and_then(|code| Substantiated::from_code(i16::try_from(code).ok()?));
    match answer {
        Some(Substantiated::Yes) => figures.substantiated += count,
        Some(Substantiated::Largely) => figures.largely_substantiated += count,
        Some(Substantiated::Partly) => figures.partly_substantiated += count,
        Some(Substantiated::No) => figures.not_substantiated += count,
        None => {}
    }
}

fn measure(row: &mut Row, cell: &MeasureCell, weight: i64) {
    let figures = row.figures.measures.get_or_insert_default();
    figures.parts += weight * cell.parts;
    figures.reported += weight * cell.reported;
    figures.ordered += weight * cell.ordered;
    figures.penalised += weight * cell.penalised;
    figures.fine_fen += weight * cell.fine_fen;
    figures.criminal_cases += weight * cell.criminal_cases;
    figures.admin_detained += weight * cell.admin_detained;
    figures.criminal_detained += weight * cell.criminal_detained;
    figures.interviewed += weight * cell.interviewed;
    figures.accountable += weight * cell.accountable;
}

fn task(row: &mut Row, task: &TaskFact, facts: &Facts, weight: i64) {
    let figures = row.figures.tasks.get_or_insert_default();
    let day = facts.day;
    figures.tasks += weight;
    *match i16::try_from(task.status).ok().and_then(TaskStatus::from_code) {
        Some(TaskStatus::Completed) => &mut figures.completed,
        Some(TaskStatus::Ahead) => &mut figures.ahead,
        Some(TaskStatus::OnTrack) => &mut figures.on_track,
        Some(TaskStatus::Behind) => &mut figures.behind,
        Some(TaskStatus::NotStarted) | None => &mut figures.not_started,
    } += weight;
    match i16::try_from(task.closure).ok().and_then(Closure::from_code) {
        Some(Closure::Closed) => figures.closed += weight,
        Some(Closure::Applied | Closure::Accepted | Closure::Publicised) => figures.in_acceptance += weight,
        Some(Closure::Returned) => figures.returned += weight,
        Some(Closure::None) | None => {}
    }
    figures.due_soon += weight * i64::from(task.is_due_soon(day));
    figures.overdue += weight * i64::from(task.is_overdue(day));
    figures.long_term += weight * i64::from(task.long_term);
}

fn decision(row: &mut Row, decision: &DecisionFact, weight: i64) {
    let figures = if decision.source == AccountabilitySource::OnTheSpot.code() {
        row.figures.on_the_spot.get_or_insert_default()
    } else {
        row.figures.handed_over.get_or_insert_default()
    };
    let figures = if decision.subject == Subject::Organisation.code() {
        figures.organisations.get_or_insert_default()
    } else {
        figures.persons.get_or_insert_default()
    };
    figures.total += weight;
    *match decision.level.and_then(CadreLevel::from_code) {
        Some(CadreLevel::Department) => &mut figures.department,
        Some(CadreLevel::County) => &mut figures.county,
        Some(CadreLevel::Township) => &mut figures.township,
        None => &mut figures.unknown_level,
    } += weight;
}

fn activity(row: &mut Row, kind: i16, weight: i64) {
    let figures = row.figures.activities.get_or_insert_default();
    match ActivityKind::from_code(kind) {
        Some(ActivityKind::Meeting) => figures.meetings += weight,
        Some(ActivityKind::FieldVisit) => figures.field_visits += weight,
        Some(ActivityKind::SpecialInspection) => figures.special_inspections += weight,
        Some(ActivityKind::SpecialAction) => figures.special_actions += weight,
        Some(ActivityKind::DocumentIssued) => figures.documents_issued += weight,
        None => {}
    }
}
