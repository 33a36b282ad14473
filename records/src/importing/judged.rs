//! Rows that the stored records have something to say about: refused, late, or changed in a way that wants a reason.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Nullable, SmallInt, Text};

use super::outcome::Outcome;
use crate::codes::{Closure, Conclusion, RecordKind, Substantiated, TaskStatus};
use crate::rules::{self, Rule};

/// A row, and what was stored before it.
#[derive(QueryableByName)]
pub(super) struct Judged {
    #[diesel(sql_type = BigInt)]
    pub row_id: i64,
    #[diesel(sql_type = Text)]
    sheet: String,
    #[diesel(sql_type = BigInt)]
    row_number: i64,
    #[diesel(sql_type = Text)]
    number: String,
    /// Code of the row's division, and its name.
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    division: String,
    #[diesel(sql_type = Integer)]
    outcome: i32,
    /// Conclusion of a petition, status of a task.
    #[diesel(sql_type = Nullable<SmallInt>)]
    state_before: Option<i16>,
    #[diesel(sql_type = Nullable<SmallInt>)]
    state_after: Option<i16>,
    /// Conclusion of a petition, closure of a task.
    #[diesel(sql_type = Nullable<SmallInt>)]
    closure_before: Option<i16>,
    #[diesel(sql_type = Nullable<SmallInt>)]
    closure_after: Option<i16>,
    /// Of a petition only.
    #[diesel(sql_type = Nullable<SmallInt>)]
    answer_before: Option<i16>,
    #[diesel(sql_type = Nullable<SmallInt>)]
    answer_after: Option<i16>,
    /// Day of conclusion of a petition; deadline of a task whose wording the row changes.
    #[diesel(sql_type = Nullable<Date>)]
    day_before: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    day_after: Option<NaiveDate>,
    /// Cumulative counts that fell.
    #[diesel(sql_type = Text)]
    figures: String,
    /// The state on which the row was filled in, where it says so, and the stored one.
    #[diesel(sql_type = Nullable<Text>)]
    based_on: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    stored_version: Option<String>,
}

/// A finding before its place is known.
pub(super) struct Told<'r> {
    pub rule: &'static Rule,
    pub sheet: &'r str,
    pub row: i64,
    pub number: &'r str,
    pub division: &'r str,
    pub field: &'static str,
    pub value: String,
    pub params: Vec<(&'static str, String)>,
}

/// The rows of a kind, after row `{after}`. Must run before the merge, which changes what is stored.
pub(super) const fn sql(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Petition => include_str!("petitions_judged.sql"),
        RecordKind::Task => include_str!("tasks_judged.sql"),
    }
}

/// What is to be told of a row.
pub(super) fn told<'r>(row: &'r Judged, kind: RecordKind, reported_on: &str) -> Vec<Told<'r>> {
    let number = || ("found", row.number.clone());
    let at_number = |rule, params| vec![row.told(rule, "number", row.number.clone(), params)];
    match Outcome::from_repr(row.outcome) {
        Some(Outcome::Unlisted) => at_number(&rules::NUMBER_UNLISTED, vec![number()]),
        Some(Outcome::NotAssigned) => {
            let division = ("division", row.division.clone());
            at_number(&rules::NOT_ASSIGNED, vec![number(), division])
        }
        Some(Outcome::Late) => at_number(&rules::OLDER_THAN_STORED, vec![("reported", reported_on.to_owned())]),
        Some(Outcome::Outdated) => vec![row.outdated()],
        _ => row.changes(kind),
    }
}

impl Judged {
    fn told(
        &self,
        rule: &'static Rule,
        field: &'static str,
        value: String,
        params: Vec<(&'static str, String)>,
    ) -> Told<'_> {
        Told {
            rule,
            sheet: &self.sheet,
            row: self.row_number,
            number: &self.number,
            division: &self.code,
            field,
            value,
            params,
        }
    }

    fn outdated(&self) -> Told<'_> {
        let found = self.based_on.clone().unwrap_or_default();
        let wanted = self.stored_version.clone().unwrap_or_default();
        let params = vec![("found", found.clone()), ("wanted", wanted)];
        self.told(&rules::FILLED_IN_BEFORE, "base_version", found, params)
    }

    fn changes(&self, kind: RecordKind) -> Vec<Told<'_>> {
        let mut told = Vec::new();
        told.extend(self.backwards(kind));
        let days = self
            .day_before
            .zip(self.day_after)
            .filter(|(before, after)| before != after);
        if let Some((before, after)) = days {
            let (rule, field) = match kind {
                RecordKind::Petition => (&rules::CONCLUDED_ON_CHANGED, "concluded_on"),
                RecordKind::Task => (&rules::DEADLINE_MOVED, "deadline"),
            };
            let params = vec![("before", before.to_string()), ("after", after.to_string())];
            told.push(self.told(rule, field, after.to_string(), params));
        }
        let answers = self
            .answer_before
            .zip(self.answer_after)
            .filter(|(before, after)| before != after);
        if let Some((before, after)) = answers {
            let label = |code| {
                Substantiated::from_code(code)
                    .map_or("", Substantiated::label)
                    .to_owned()
            };
            let params = vec![("before", label(before)), ("after", label(after))];
            told.push(self.told(&rules::SUBSTANTIATED_CHANGED, "substantiated", label(after), params));
        }
        if !self.figures.is_empty() {
            let figures = self.figures.trim_end_matches('、').to_owned();
            told.push(self.told(
                &rules::FIGURES_FELL,
                "number",
                self.number.clone(),
                vec![("figures", figures)],
            ));
        }
        told
    }

    /// A state that went backwards. What was closed and is not any more is told as that only.
    fn backwards(&self, kind: RecordKind) -> Option<Told<'_>> {
        let (closed, done, closure, state) = match kind {
            RecordKind::Petition => (
                Conclusion::Closed.code(),
                Conclusion::Concluded.code(),
                "conclusion",
                "conclusion",
            ),
            RecordKind::Task => (
                Closure::Closed.code(),
                TaskStatus::Completed.code(),
                "closure",
                "status",
            ),
        };
        if self.closure_before == Some(closed) && self.closure_after < Some(closed) {
            let after = match kind {
                RecordKind::Petition => label(kind, self.closure_after),
                RecordKind::Task => self
                    .closure_after
                    .and_then(Closure::from_code)
                    .map_or("", Closure::label),
            };
            let params = vec![("after", after.to_owned())];
            return Some(self.told(&rules::REOPENED, closure, after.to_owned(), params));
        }
        if self.state_before < Some(done) || self.state_after >= Some(done) {
            return None;
        }
        let after = label(kind, self.state_after).to_owned();
        let params = vec![
            ("before", label(kind, self.state_before).to_owned()),
            ("after", after.clone()),
        ];
        Some(self.told(&rules::WENT_BACKWARDS, state, after, params))
    }
}

/// The state as ledgers write it.
fn label(kind: RecordKind, code: Option<i16>) -> &'static str {
    let label = match (kind, code) {
        (RecordKind::Petition, Some(code)) => Conclusion::from_code(code).map(Conclusion::label),
        (RecordKind::Task, Some(code)) => TaskStatus::from_code(code).map(TaskStatus::label),
        (_, None) => None,
    };
    label.unwrap_or_default()
}
