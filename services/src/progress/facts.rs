//! Everything that figures of one day are made of.

use chrono::NaiveDate;
use diesel::QueryResult;
use ducha_records::Db;
use ducha_records::figures::{
    self, ActivityFact, AlertFact, Areas, DecisionFact, IndicatorFact, IssueFact, MeasureCell, PetitionCell, TaskFact,
};

/// What is counted.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The day.
    pub day: NaiveDate,
    /// Which divisions count, and for which area.
    pub areas: Areas,
    /// Petitions.
    pub petitions: Vec<PetitionCell>,
    /// What was done about petitions.
    pub measures: Vec<MeasureCell>,
    /// Tasks.
    pub tasks: Vec<TaskFact>,
    /// Indicators.
    pub indicators: Vec<IndicatorFact>,
    /// Issues handed over.
    pub issues: Vec<IssueFact>,
    /// Accountability decisions.
    pub decisions: Vec<DecisionFact>,
    /// Activities.
    pub activities: Vec<ActivityFact>,
    /// Alerts.
    pub alerts: Vec<AlertFact>,
}

impl Facts {
    /// The facts of an inspection as of a day, of the divisions in `areas`.
    ///
    /// # Errors
    /// The database's.
    pub fn load(db: &mut Db, inspection: &str, day: NaiveDate, areas: Areas) -> QueryResult<Self> {
        let mut facts = Self {
            day,
            petitions: figures::petitions(db, inspection, day, &areas)?,
            measures: figures::measures(db, inspection, day, &areas)?,
            tasks: figures::tasks(db, inspection, day, &areas)?,
            indicators: figures::indicators(db, inspection, day)?,
            issues: figures::issues(db, inspection, day)?,
            decisions: figures::decisions(db, inspection, day)?,
            activities: figures::activities(db, inspection, day)?,
            alerts: figures::alerts(db, inspection, day)?,
            areas,
        };
        let areas = &facts.areas;
        facts.indicators.retain(|fact| areas.of(&fact.division).is_some());
        facts.issues.retain(|fact| areas.of(&fact.division).is_some());
        facts.decisions.retain(|fact| areas.of(&fact.division).is_some());
        facts.activities.retain(|fact| areas.of(&fact.division).is_some());
        facts.alerts.retain(|fact| areas.of(&fact.division).is_some());
        Ok(facts)
    }
}
