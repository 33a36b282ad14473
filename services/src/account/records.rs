//! The records that make a figure, one by one: whoever adds up their amounts comes to the figure.

use diesel::QueryResult;
use ducha::v1::LedgerKind;
use ducha_records::Db;
use ducha_records::figures::{self, MeasureCell, Origin, PetitionCell, Recorded};

use super::asked::{Asked, Subject};
use super::evaluate::{self, MILLION};
use crate::progress::facts::{Facts, Group};

/// A record that a figure is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Kind of its ledger.
    pub kind: LedgerKind,
    /// Number, or key.
    pub number: String,
    /// Division; empty: a petition or a task as a whole.
    pub division: String,
    /// What it adds to the figure, in millionths of the unit; none: the figure is no sum.
    pub millionths: Option<i64>,
    /// Where it was read.
    pub origin: Origin,
}

/// Rows of the database that figures of one day and area are made of, where their facts have only counts.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    petitions: Vec<Recorded<PetitionCell>>,
    measures: Vec<Recorded<MeasureCell>>,
}

impl Rows {
    /// Loads those of a group of facts.
    ///
    /// # Errors
    /// The database's.
    pub fn load(db: &mut Db, inspection: &str, group: Group, facts: &Facts) -> QueryResult<Self> {
        let mut rows = Self::default();
        match group {
            Group::Petitions => rows.petitions = figures::petition_records(db, inspection, facts.day, &facts.areas)?,
            Group::Measures => rows.measures = figures::measure_records(db, inspection, facts.day, &facts.areas)?,
            Group::Tasks | Group::Plain => {}
        }
        Ok(rows)
    }
}

/// The records of a figure, by number and division; `rows` are those of its group.
#[must_use]
pub fn records(asked: &Asked, facts: &Facts, rows: &Rows) -> Vec<Source> {
    let mut found = match asked.subject {
        Subject::Petitions | Subject::Problems => petitions(asked, rows),
        Subject::Measure => measures(asked, rows),
        _ => plain(asked, facts),
    };
    found.sort_by(|one, other| (&one.number, &one.division).cmp(&(&other.number, &other.division)));
    found
}

fn petitions(asked: &Asked, rows: &Rows) -> Vec<Source> {
    let counted = rows.petitions.iter().filter(|row| evaluate::petition(asked, &row.fact));
    let sources = counted.filter_map(|row| {
        let count = match asked.subject {
            Subject::Problems => evaluate::problems_each(asked, &row.fact),
            _ => 1,
        };
        (count > 0).then(|| recorded(row, Some(count * MILLION)))
    });
    sources.collect()
}

fn measures(asked: &Asked, rows: &Rows) -> Vec<Source> {
    let counted = rows.measures.iter().filter(|row| evaluate::measured(asked, &row.fact));
    counted
        .map(|row| recorded(row, evaluate::amount(asked, &row.fact)))
        .collect()
}

/// A row of petitions and what it adds.
fn recorded<Fact>(row: &Recorded<Fact>, millionths: Option<i64>) -> Source {
    let (number, division) = (row.number.clone(), row.division.clone());
    Source {
        millionths,
        ..source(LedgerKind::Petitions, number, division, row.origin.clone())
    }
}

fn plain(asked: &Asked, facts: &Facts) -> Vec<Source> {
    match asked.subject {
        Subject::Tasks => evaluate::tasks(asked, facts)
            .map(|task| {
                source(
                    LedgerKind::Tasks,
                    task.number.clone(),
                    String::new(),
                    task.origin.clone(),
                )
            })
            .collect(),
        Subject::Cases => evaluate::tasks(asked, facts)
            .filter(|task| task.typical_case().is_some())
            .map(|task| Source {
                millionths: None, // several tasks may come from one case
                ..source(
                    LedgerKind::Tasks,
                    task.number.clone(),
                    String::new(),
                    task.origin.clone(),
                )
            })
            .collect(),
        Subject::Indicator => indicators(asked, facts),
        Subject::Issues => facts
            .issues
            .iter()
            .filter(|fact| evaluate::in_area(asked, facts, &fact.division))
            .map(|fact| {
                source(
                    LedgerKind::AccountabilityIssues,
                    fact.number.clone(),
                    fact.division.clone(),
                    fact.origin.clone(),
                )
            })
            .collect(),
        Subject::Decisions => facts
            .decisions
            .iter()
            .filter(|fact| evaluate::decision(asked, facts, fact))
            .map(|fact| {
                source(
                    LedgerKind::Accountabilities,
                    fact.number.clone(),
                    fact.division.clone(),
                    fact.origin.clone(),
                )
            })
            .collect(),
        Subject::Activities => evaluate::activities(asked, facts)
            .map(|fact| {
                source(
                    LedgerKind::Activities,
                    fact.number.clone(),
                    fact.division.clone(),
                    fact.origin.clone(),
                )
            })
            .collect(),
        Subject::Alerts => evaluate::alerts(asked, facts)
            .map(|fact| {
                source(
                    LedgerKind::Alerts,
                    fact.number.clone(),
                    fact.division.clone(),
                    fact.origin.clone(),
                )
            })
            .collect(),
        Subject::Petitions | Subject::Problems | Subject::Measure => Vec::new(),
    }
}

fn indicators(asked: &Asked, facts: &Facts) -> Vec<Source> {
    let counted = evaluate::indicators(asked, facts);
    let [counted] = counted.as_slice() else {
        return Vec::new();
    };
    let total = asked.filter("value") == Some("total");
    let counts = |division: &str, number: &str| {
        counted
            .records
            .iter()
            .any(|(of, key)| (of.as_str(), key.as_str()) == (division, number))
    };
    facts
        .indicators
        .iter()
        .filter(|fact| counts(&fact.division, &fact.number))
        .map(|fact| Source {
            millionths: if total {
                fact.total_millionths
            } else {
                fact.done_millionths
            },
            ..source(
                LedgerKind::Indicators,
                fact.number.clone(),
                fact.division.clone(),
                fact.origin.clone(),
            )
        })
        .collect()
}

/// A record that counts once.
fn source(kind: LedgerKind, number: String, division: String, origin: Origin) -> Source {
    Source {
        kind,
        number,
        division,
        millionths: Some(MILLION),
        origin,
    }
}
