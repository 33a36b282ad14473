//! The value of a figure, from the facts of its day.

use ducha::v1::Dimension;
use ducha_records::codes::{AccountabilitySource, Conclusion};
use ducha_records::figures::{ActivityFact, AlertFact, DecisionFact, MeasureCell, PetitionCell, TaskFact};

use super::asked::{Asked, Subject, dimension};
use crate::progress::dimension as values;
use crate::progress::facts::Facts;
use crate::progress::indicators::{Counted, Indicators};

/// Amounts are kept in so many parts of a unit.
pub const MILLION: i64 = 1_000_000;

/// What a figure comes to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Value {
    /// In millionths of the unit; none: it cannot be computed.
    pub millionths: Option<i64>,
    /// Unit, where the records say it.
    pub unit: Option<String>,
    /// A record says that it is approximate.
    pub approximate: bool,
    /// Kind of gap, and how many records it concerns.
    pub gap: Option<(&'static str, i64)>,
    /// How many records make it.
    pub records: i64,
}

impl Value {
    fn count(count: i64) -> Self {
        Self {
            millionths: count.checked_mul(MILLION),
            records: count,
            ..Self::default()
        }
    }
}

/// What a figure comes to.
#[must_use]
pub fn evaluate(asked: &Asked, facts: &Facts) -> Value {
    match asked.subject {
        Subject::Petitions => Value::count(
            facts
                .petitions
                .iter()
                .filter(|cell| petition(asked, cell))
                .map(|cell| cell.petitions)
                .sum(),
        ),
        Subject::Problems => problems(asked, facts),
        Subject::Measure => measure(asked, facts),
        Subject::Tasks => Value::count(tasks(asked, facts).count() as i64),
        Subject::Cases => {
            let mut names: Vec<&String> = tasks(asked, facts).filter_map(TaskFact::typical_case).collect();
            names.sort_unstable();
            names.dedup();
            Value::count(names.len() as i64)
        }
        Subject::Issues => Value::count(
            facts
                .issues
                .iter()
                .filter(|fact| in_area(asked, facts, &fact.division))
                .count() as i64,
        ),
        Subject::Decisions => Value::count(
            facts
                .decisions
                .iter()
                .filter(|fact| decision(asked, facts, fact))
                .count() as i64,
        ),
        Subject::Activities => Value::count(activities(asked, facts).count() as i64),
        Subject::Alerts => Value::count(alerts(asked, facts).count() as i64),
        Subject::Indicator => indicator(asked, facts),
    }
}

/// Whether a fact has the values that the conditions name; conditions of no dimension are looked at by themselves.
fn has(asked: &Asked, values: impl Fn(Dimension) -> Vec<values::Key>) -> bool {
    asked.filters.iter().all(|(name, wanted)| {
        dimension(name).is_none_or(|dimension| values(dimension).iter().any(|(_, value)| value == wanted))
    })
}

/// Whether a condition that says yes or no is met.
fn agrees(asked: &Asked, name: &str, holds: impl FnOnce() -> bool) -> bool {
    asked.filter(name).is_none_or(|wanted| is_yes(wanted) == holds())
}

fn is_yes(value: &str) -> bool {
    matches!(value, "yes" | "true")
}

/// Whether petitions of a cell count.
#[must_use]
pub fn petition(asked: &Asked, cell: &PetitionCell) -> bool {
    let concluded = cell.conclusion >= i32::from(Conclusion::Concluded.code());
    has(asked, |dimension| values::of_petition(dimension, cell)) && agrees(asked, "concluded", || concluded)
}

/// Problems of a petition of a cell that count: of the kind asked for, or all.
#[must_use]
pub fn problems_each(asked: &Asked, cell: &PetitionCell) -> i64 {
    match asked.filter("pollution_kind") {
        Some("") => 0,
        Some(_) => 1,
        None => cell.pollution_kinds.count_ones().into(),
    }
}

fn problems(asked: &Asked, facts: &Facts) -> Value {
    let cells = facts.petitions.iter().filter(|cell| petition(asked, cell));
    let (mut problems, mut records) = (0, 0);
    for cell in cells {
        problems += cell.petitions * problems_each(asked, cell);
        records += if problems_each(asked, cell) > 0 {
            cell.petitions
        } else {
            0
        };
    }
    Value {
        records,
        ..Value::count(problems)
    }
}

/// Whether parts of a cell count.
#[must_use]
pub fn measured(asked: &Asked, cell: &MeasureCell) -> bool {
    has(asked, |dimension| values::of_measure(dimension, cell))
}

/// What is asked for of a cell, in millionths of the unit; `None`: there is no such measure.
#[must_use]
pub fn amount(asked: &Asked, cell: &MeasureCell) -> Option<i64> {
    let count = match asked.filter("what")? {
        "parts" => cell.parts,
        "reported" => cell.reported,
        "ordered" => cell.ordered,
        "penalised" => cell.penalised,
        "criminal_cases" => cell.criminal_cases,
        "admin_detained" => cell.admin_detained,
        "criminal_detained" => cell.criminal_detained,
        "detained" => cell.admin_detained + cell.criminal_detained,
        "interviewed" => cell.interviewed,
        "accountable" => cell.accountable,
        "fine" => return fine(asked.filter("unit"), cell.fine_fen),
        _ => return None,
    };
    count.checked_mul(MILLION)
}

/// A fine in millionths of its unit: 1 fen is a hundredth of a yuan and a millionth of ten thousand yuan.
fn fine(unit: Option<&str>, fen: i64) -> Option<i64> {
    match unit {
        None | Some("元" | "yuan") => fen.checked_mul(MILLION / 100),
        Some("万元") => Some(fen),
        // Exact: fines are whole hundreds of fen, or the figure is missing.
        Some("million yuan") => (fen % 100 == 0).then_some(fen / 100),
        Some(_) => None,
    }
}

fn measure(asked: &Asked, facts: &Facts) -> Value {
    let cells: Vec<&MeasureCell> = facts.measures.iter().filter(|cell| measured(asked, cell)).collect();
    let sum = cells.iter().fold(MeasureCell::default(), |sum, cell| sum.plus(cell));
    Value {
        millionths: amount(asked, &sum),
        records: sum.reported,
        ..Value::default()
    }
}

/// Whether a task counts.
#[must_use]
pub fn task(asked: &Asked, task: &TaskFact, facts: &Facts) -> bool {
    let day = facts.day;
    has(asked, |dimension| values::of_task(dimension, task, day))
        && agrees(asked, "due_soon", || task.is_due_soon(day))
        && agrees(asked, "long_term", || task.long_term)
}

/// Tasks that count.
pub fn tasks<'f>(asked: &'f Asked, facts: &'f Facts) -> impl Iterator<Item = &'f TaskFact> {
    facts.tasks.iter().filter(move |fact| task(asked, fact, facts))
}

/// Whether records of a division count.
#[must_use]
pub fn in_area(asked: &Asked, facts: &Facts, division: &str) -> bool {
    asked
        .filter("area")
        .is_none_or(|area| facts.areas.of(division) == Some(area))
}

/// Whether a decision counts.
#[must_use]
pub fn decision(asked: &Asked, facts: &Facts, fact: &DecisionFact) -> bool {
    let area = facts.areas.of(&fact.division).unwrap_or_default();
    let source = AccountabilitySource::from_code(fact.source).map_or("", AccountabilitySource::token);
    has(asked, |dimension| values::of_decision(dimension, area, fact))
        && asked.filter("source").is_none_or(|wanted| wanted == source)
}

/// Activities that count.
pub fn activities<'f>(asked: &'f Asked, facts: &'f Facts) -> impl Iterator<Item = &'f ActivityFact> {
    let from = asked.day("from");
    let says = |name: &str, text: &str| asked.filter(name).is_none_or(|wanted| text.contains(wanted));
    facts.activities.iter().filter(move |fact| {
        let area = facts.areas.of(&fact.division).unwrap_or_default();
        let kind = |dimension| match dimension {
            Dimension::Topic => vec![(0, asked.filter("topic").unwrap_or_default().to_owned())],
            _ => values::of_activity(dimension, area, fact),
        };
        has(asked, kind)
            && from.is_none_or(|from| fact.held_on >= from)
            && says("place", fact.places.as_deref().unwrap_or_default())
            && says("topic", &fact.topic)
    })
}

/// Alerts that count.
pub fn alerts<'f>(asked: &'f Asked, facts: &'f Facts) -> impl Iterator<Item = &'f AlertFact> {
    facts.alerts.iter().filter(move |fact| {
        let area = facts.areas.of(&fact.division).unwrap_or_default();
        has(asked, |dimension| values::of_alert(dimension, area, fact)) && agrees(asked, "settled", || fact.settled)
    })
}

/// The indicators that a figure asks for, by unit and period.
#[must_use]
pub fn indicators(asked: &Asked, facts: &Facts) -> Vec<Counted> {
    let wanted = |name: &str, value: &str| asked.filter(name).is_none_or(|wanted| wanted == value);
    let mut found = Indicators::default();
    for fact in &facts.indicators {
        let here = in_area(asked, facts, &fact.division);
        if here && wanted("name", &fact.name) && wanted("period", fact.period.as_deref().unwrap_or_default()) {
            found.add(fact, 1);
        }
    }
    found.counted(&facts.areas)
}

fn indicator(asked: &Asked, facts: &Facts) -> Value {
    let found = indicators(asked, facts);
    let [counted] = found.as_slice() else {
        // None of that name; or several units or periods, which make no sum.
        let gap = if found.is_empty() { "UNKNOWN_FIGURE" } else { "NO_SUM" };
        return Value {
            gap: Some((gap, found.len() as i64)),
            ..Value::default()
        };
    };
    let of = asked.filter("value").unwrap_or("done");
    let millionths = if of == "total" { counted.total } else { counted.done };
    Value {
        millionths,
        unit: Some(counted.figure.unit.clone()),
        approximate: counted.figure.approximate,
        gap: counted.gaps.first().copied(),
        records: counted.records.len() as i64,
    }
}
