//! Findings on rows of the plain kinds that only the stored records can tell.

use std::collections::HashSet;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text};
use serde_json::json;

use super::outcome::Outcome;
use super::plain::Kind;
use super::refusals::FieldPlaces;
use crate::codes::PlainKind;
use crate::db::Db;
use crate::dialect;
use crate::findings::NewFinding;
use crate::rules::{self, Rule};
use crate::schema::tasks;
use crate::schema_stage::stage_context;

/// Rows are read in pieces of this many, so that a file of refused rows need not fit in memory.
const PIECE: usize = 10_000;

/// A row that wants a finding.
#[derive(QueryableByName)]
struct Judged {
    #[diesel(sql_type = BigInt)]
    row_id: i64,
    #[diesel(sql_type = Text)]
    sheet: String,
    #[diesel(sql_type = BigInt)]
    row_number: i64,
    #[diesel(sql_type = Integer)]
    outcome: i32,
    /// What the row is called.
    #[diesel(sql_type = Nullable<Text>)]
    shown: Option<String>,
    /// What it says.
    #[diesel(sql_type = Nullable<Text>)]
    found: Option<String>,
    /// What is stored.
    #[diesel(sql_type = Nullable<Text>)]
    wanted: Option<String>,
}

/// What the findings of one kind are made with.
pub(super) struct Told<'a> {
    pub kind: &'a Kind,
    pub import_id: &'a str,
    pub reported_on: String,
    pub places: &'a FieldPlaces,
    pub observe: &'a mut dyn FnMut(&NewFinding),
}

/// Rows refused, late, or gone backwards. Must run before the merge, which changes what is stored.
const JUDGED: &str = "SELECT v.row_id, v.sheet, v.row_number, v.outcome, s.{shown} AS shown, {found} AS found,
    {wanted} AS wanted
FROM verdicts v
CROSS JOIN stage_context c
JOIN {stage} s ON s.row_id = v.row_id
LEFT JOIN {table} h ON h.inspection_id = c.inspection_id AND h.division = v.division AND h.number = v.number
{fixed}
WHERE v.row_id > {after} AND (v.outcome >= 3 OR (v.outcome = 2 AND {backwards}))
ORDER BY v.row_id LIMIT {piece}";

/// Rows that name tasks, refused ones aside.
const NAMING: &str = "SELECT v.row_id, v.sheet, v.row_number, v.outcome, s.{shown} AS shown, s.{tasks} AS found,
    CAST(NULL AS TEXT) AS wanted
FROM verdicts v
JOIN {stage} s ON s.row_id = v.row_id
WHERE v.row_id > {after} AND v.outcome < 4 AND s.{tasks} IS NOT NULL
ORDER BY v.row_id LIMIT {piece}";

impl Told<'_> {
    /// Stages the findings that follow from the verdicts.
    pub fn judged(&mut self, db: &mut Db) -> QueryResult<()> {
        let (found, wanted) = match self.kind.kind() {
            PlainKind::Indicator => (
                "CASE WHEN v.outcome = 10 THEN s.unit ELSE s.done_text END",
                "CASE WHEN v.outcome = 10 THEN u.unit ELSE h.done_text END",
            ),
            PlainKind::Accountability => ("s.issue", "CAST(NULL AS TEXT)"),
            _ => ("CAST(NULL AS TEXT)", "CAST(NULL AS TEXT)"),
        };
        let sql = self
            .kind
            .fill(JUDGED)
            .replace("{shown}", self.kind.shown.1)
            .replace("{found}", found)
            .replace("{wanted}", wanted)
            .replace("{backwards}", self.kind.backwards);
        self.each(db, &sql, |told, row| vec![told.of_verdict(row)])
    }

    /// Stages a finding for each number of a task that the inspection does not have, once it has any.
    pub fn unknown_tasks(&mut self, db: &mut Db) -> QueryResult<()> {
        let Some(column) = self.kind.tasks else { return Ok(()) };
        let inspection: String = stage_context::table.select(stage_context::inspection_id).first(db)?;
        let known: Vec<String> = tasks::table
            .filter(tasks::inspection_id.eq(inspection))
            .select(tasks::number)
            .load(db)?;
        if known.is_empty() {
            return Ok(());
        }
        let known: HashSet<String> = known.into_iter().collect();
        let sql = self.kind.fill(NAMING);
        let sql = sql.replace("{shown}", self.kind.shown.1).replace("{tasks}", column);
        self.each(db, &sql, |told, row| {
            let named = row.found.as_deref().unwrap_or_default().lines();
            let unknown = named.filter(|number| !known.contains(*number));
            unknown
                .map(|number| told.finding(row, &rules::TASK_UNKNOWN, (column, number), &json!({"found": number})))
                .collect()
        })
    }

    fn each(&mut self, db: &mut Db, sql: &str, find: impl Fn(&Self, &Judged) -> Vec<NewFinding>) -> QueryResult<()> {
        let mut after = 0;
        loop {
            let piece = sql
                .replace("{after}", &after.to_string())
                .replace("{piece}", &PIECE.to_string());
            let rows: Vec<Judged> = diesel::sql_query(piece).load(db)?;
            let findings: Vec<_> = rows.iter().flat_map(|row| find(self, row)).collect();
            findings.iter().for_each(|finding| (self.observe)(finding));
            dialect::stage_findings(db, &findings)?;
            match rows.last() {
                Some(last) if rows.len() == PIECE => after = last.row_id,
                _ => return Ok(()),
            }
        }
    }

    fn of_verdict(&self, row: &Judged) -> NewFinding {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let (shown, found, wanted) = (text(&row.shown), text(&row.found), text(&row.wanted));
        match (Outcome::from_repr(row.outcome), self.kind.kind()) {
            (Some(Outcome::OtherUnit), _) => {
                let params = json!({"name": shown, "found": found, "wanted": wanted});
                let mut finding = self.finding(row, &rules::UNIT_CHANGED, ("unit", &found), &params);
                finding.suggestion = wanted;
                finding
            }
            (Some(Outcome::Unlisted), _) => {
                self.finding(row, &rules::ISSUE_UNLISTED, ("issue", &found), &json!({"found": found}))
            }
            (Some(Outcome::Late), _) => {
                let reported = json!({"reported": self.reported_on});
                self.finding(row, &rules::OLDER_THAN_STORED, (self.kind.shown.0, &shown), &reported)
            }
            (_, PlainKind::Indicator) => {
                let params = json!({"before": wanted, "after": found});
                self.finding(row, &rules::DONE_WENT_DOWN, ("done", &found), &params)
            }
            _ => {
                let params = json!({"before": "已办结", "after": "未办结"});
                self.finding(row, &rules::WENT_BACKWARDS, ("settled_on", ""), &params)
            }
        }
    }

    fn finding(
        &self,
        row: &Judged,
        rule: &Rule,
        (field, value): (&'static str, &str),
        params: &serde_json::Value,
    ) -> NewFinding {
        let place = self.places.get(&row.sheet, field);
        NewFinding {
            import_id: self.import_id.to_owned(),
            sheet: row.sheet.clone(),
            row_number: Some(row.row_number),
            row_id: Some(row.row_id),
            column_number: place.column,
            field: field.to_owned(),
            header: place.header,
            rule: rule.code.to_owned(),
            severity: rule.severity.code(),
            value: value.to_owned(),
            suggestion: String::new(),
            params: params.to_string(),
            ..NewFinding::default()
        }
    }
}
