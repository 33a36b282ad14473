//! Findings that only the stored records can tell: unknown numbers, foreign parts, what is older, what went backwards.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, SmallInt, Text};

use super::outcome::Outcome;
use super::stage::table;
use crate::codes::{Conclusion, RecordKind, TaskStatus};
use crate::db::Db;
use crate::dialect;
use crate::findings::NewFinding;
use crate::rules::{self, Params, Rule};

/// Verdicts are read in pieces of this many, so that a file of refused rows need not fit in memory.
const PIECE: usize = 10_000;

/// Where a field stands in a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FieldPlace {
    /// Column, counted from 0.
    pub column: Option<i32>,
    /// Header as written.
    pub header: String,
}

/// Columns of the fields that findings against stored records point at.
#[derive(Debug, Clone, Default)]
pub struct FieldPlaces(HashMap<String, HashMap<&'static str, FieldPlace>>);

impl FieldPlaces {
    /// Says where `field` stands in `sheet`.
    pub fn set(&mut self, sheet: &str, field: &'static str, place: FieldPlace) {
        self.0.entry(sheet.to_owned()).or_default().insert(field, place);
    }

    /// Where `field` stands in `sheet`; nowhere if no column feeds it.
    #[must_use]
    pub fn get(&self, sheet: &str, field: &str) -> FieldPlace {
        let fields = self.0.get(sheet);
        fields.and_then(|fields| fields.get(field)).cloned().unwrap_or_default()
    }
}

/// A verdict that wants a finding.
#[derive(QueryableByName)]
struct Judged {
    #[diesel(sql_type = BigInt)]
    row_id: i64,
    #[diesel(sql_type = Text)]
    sheet: String,
    #[diesel(sql_type = BigInt)]
    row_number: i64,
    #[diesel(sql_type = Text)]
    number: String,
    #[diesel(sql_type = Text)]
    division: String,
    #[diesel(sql_type = Integer)]
    outcome: i32,
    #[diesel(sql_type = Nullable<SmallInt>)]
    state_before: Option<i16>,
    #[diesel(sql_type = Nullable<SmallInt>)]
    state_after: Option<i16>,
}

/// What the findings of one kind are made with.
pub(super) struct Teller<'a> {
    pub import_id: &'a str,
    pub kind: RecordKind,
    pub reported_on: String,
    pub places: &'a FieldPlaces,
    pub observe: &'a mut dyn FnMut(&NewFinding),
}

/// Rows refused, late, or gone backwards. Must run before the merge, which changes what is stored.
const JUDGED: &str = "SELECT v.row_id, v.sheet, v.row_number, v.number, v.division, v.outcome,
    h.{state} AS state_before, s.{state} AS state_after
FROM verdicts v
CROSS JOIN stage_context c
JOIN {stage} s ON s.row_id = v.row_id
LEFT JOIN {part} h ON h.inspection_id = c.inspection_id AND h.number = v.number AND h.division = v.division
WHERE v.row_id > {after} AND (v.outcome >= 3 OR (v.outcome = 2 AND h.reported AND h.{state} >= {done} AND s.{state} < {done}))
ORDER BY v.row_id LIMIT {piece}";

/// Petitions whose parts contradict each other now. Must run after the merge.
const CONTRADICTING: &str = "SELECT MIN(v.row_id) AS row_id, MIN(v.sheet) AS sheet, MIN(v.row_number) AS row_number,
    v.number, '' AS division, 2 AS outcome, CAST(NULL AS SMALLINT) AS state_before, CAST(NULL AS SMALLINT) AS state_after
FROM derived d JOIN verdicts v ON v.number = d.number AND v.outcome IN (1, 2)
WHERE d.contradictory GROUP BY v.number ORDER BY v.number LIMIT {piece} OFFSET {after}";

impl Teller<'_> {
    /// Stages the findings that follow from the verdicts.
    pub fn judged(&mut self, db: &mut Db) -> QueryResult<()> {
        let (part, state, done) = match self.kind {
            RecordKind::Petition => ("handlings", "conclusion", Conclusion::Concluded.code()),
            RecordKind::Task => ("task_progress", "status", TaskStatus::Completed.code()),
        };
        let sql = JUDGED
            .replace("{part}", part)
            .replace("{state}", state)
            .replace("{done}", &done.to_string())
            .replace("{stage}", table(self.kind));
        let mut after = 0;
        loop {
            let rows = self.piece(db, &sql, after)?;
            self.stage(db, &rows)?;
            match rows.last() {
                Some(last) if rows.len() == PIECE => after = last.row_id,
                _ => return Ok(()),
            }
        }
    }

    /// Stages a finding for each petition whose parts contradict each other.
    pub fn contradicting(&mut self, db: &mut Db) -> QueryResult<()> {
        let mut after = 0;
        loop {
            let rows = self.piece(db, CONTRADICTING, after)?;
            let findings: Vec<_> = rows
                .iter()
                .map(|row| {
                    self.finding(
                        row,
                        &rules::PARTS_CONTRADICT,
                        "substantiated",
                        [("found", row.number.clone())].into(),
                    )
                })
                .collect();
            self.keep(db, &findings)?;
            if rows.len() < PIECE {
                return Ok(());
            }
            after += PIECE as i64;
        }
    }

    fn piece(&self, db: &mut Db, sql: &str, after: i64) -> QueryResult<Vec<Judged>> {
        let sql = sql
            .replace("{after}", &after.to_string())
            .replace("{piece}", &PIECE.to_string());
        diesel::sql_query(sql).load(db)
    }

    fn stage(&mut self, db: &mut Db, rows: &[Judged]) -> QueryResult<()> {
        let findings: Vec<_> = rows.iter().map(|row| self.of_verdict(row)).collect();
        self.keep(db, &findings)
    }

    fn keep(&mut self, db: &mut Db, findings: &[NewFinding]) -> QueryResult<()> {
        findings.iter().for_each(|finding| (self.observe)(finding));
        dialect::stage_findings(db, findings)
    }

    fn of_verdict(&self, row: &Judged) -> NewFinding {
        let number = ("found", row.number.clone());
        match Outcome::from_repr(row.outcome) {
            Some(Outcome::Unlisted) => self.finding(row, &rules::NUMBER_UNLISTED, "number", [number].into()),
            Some(Outcome::NotAssigned) => {
                let division = ("division", row.division.clone());
                self.finding(row, &rules::NOT_ASSIGNED, "number", [number, division].into())
            }
            Some(Outcome::Late) => {
                let reported = ("reported", self.reported_on.clone());
                self.finding(row, &rules::OLDER_THAN_STORED, "number", [reported].into())
            }
            _ => {
                let states = [
                    ("before", self.state(row.state_before)),
                    ("after", self.state(row.state_after)),
                ];
                let field = if self.kind == RecordKind::Petition {
                    "conclusion"
                } else {
                    "status"
                };
                self.finding(row, &rules::WENT_BACKWARDS, field, states.into())
            }
        }
    }

    /// The state as ledgers write it.
    fn state(&self, code: Option<i16>) -> String {
        let label = match (self.kind, code) {
            (RecordKind::Petition, Some(code)) => Conclusion::from_code(code).map(Conclusion::label),
            (RecordKind::Task, Some(code)) => TaskStatus::from_code(code).map(TaskStatus::label),
            (_, None) => None,
        };
        label.unwrap_or_default().to_owned()
    }

    fn finding(&self, row: &Judged, rule: &Rule, field: &'static str, params: HashMap<&str, String>) -> NewFinding {
        let place = self.places.get(&row.sheet, field);
        let params: Params = params
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        NewFinding {
            import_id: self.import_id.to_owned(),
            sheet: row.sheet.clone(),
            row_number: Some(row.row_number),
            column_number: place.column,
            field: field.to_owned(),
            header: place.header,
            rule: rule.code.to_owned(),
            severity: rule.severity.code(),
            value: if field == "number" {
                row.number.clone()
            } else {
                self.state(row.state_after)
            },
            suggestion: String::new(),
            params: serde_json::json!(params).to_string(),
            kind: Some(self.kind.code()),
            number: Some(row.number.clone()),
            division: Some(row.division.clone()),
            reason: None,
        }
    }
}
