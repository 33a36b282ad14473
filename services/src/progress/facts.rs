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

/// Facts that are loaded together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Petitions.
    Petitions,
    /// What was done about petitions.
    Measures,
    /// Tasks.
    Tasks,
    /// Everything else.
    Plain,
}

impl Group {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Petitions, Self::Measures, Self::Tasks, Self::Plain];
}

impl Facts {
    /// All facts of an inspection as of a day, of the divisions in `areas`.
    ///
    /// # Errors
    /// The database's.
    pub fn load(db: &mut Db, inspection: &str, day: NaiveDate, areas: Areas) -> QueryResult<Self> {
        let mut facts = Self::none(day, areas);
        for group in Group::ALL {
            facts.add(db, inspection, group)?;
        }
        Ok(facts)
    }

    /// No facts yet.
    #[must_use]
    pub const fn none(day: NaiveDate, areas: Areas) -> Self {
        Self {
            day,
            areas,
            petitions: Vec::new(),
            measures: Vec::new(),
            tasks: Vec::new(),
            indicators: Vec::new(),
            issues: Vec::new(),
            decisions: Vec::new(),
            activities: Vec::new(),
            alerts: Vec::new(),
        }
    }

    /// Loads those of a group.
    ///
    /// # Errors
    /// The database's.
    pub fn add(&mut self, db: &mut Db, inspection: &str, group: Group) -> QueryResult<()> {
        let (day, areas) = (self.day, &self.areas);
        match group {
            Group::Petitions => self.petitions = figures::petitions(db, inspection, day, areas)?,
            Group::Measures => self.measures = figures::measures(db, inspection, day, areas)?,
            Group::Tasks => self.tasks = figures::tasks(db, inspection, day, areas)?,
            Group::Plain => self.add_plain(db, inspection)?,
        }
        Ok(())
    }

    fn add_plain(&mut self, db: &mut Db, inspection: &str) -> QueryResult<()> {
        let (day, areas) = (self.day, &self.areas);
        let counts = |division: &str| areas.of(division).is_some();
        self.indicators = figures::indicators(db, inspection, day)?;
        self.indicators.retain(|fact| counts(&fact.division));
        self.issues = figures::issues(db, inspection, day)?;
        self.issues.retain(|fact| counts(&fact.division));
        self.decisions = figures::decisions(db, inspection, day)?;
        self.decisions.retain(|fact| counts(&fact.division));
        self.activities = figures::activities(db, inspection, day)?;
        self.activities.retain(|fact| counts(&fact.division));
        self.alerts = figures::alerts(db, inspection, day)?;
        self.alerts.retain(|fact| counts(&fact.division));
        Ok(())
    }
}
