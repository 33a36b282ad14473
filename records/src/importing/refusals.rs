//! Findings that only the stored records can tell: unknown numbers, foreign parts, what is older, what went backwards.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, SmallInt, Text};

use super::judged::{self, Judged, Told};
use crate::codes::{RecordKind, Substantiated};
use crate::db::Db;
use crate::dialect;
use crate::findings::NewFinding;
use crate::rules::{self, Params};

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

/// What the findings of one kind are made with.
pub(super) struct Teller<'a> {
    pub import_id: &'a str,
    pub kind: RecordKind,
    pub reported_on: String,
    pub places: &'a FieldPlaces,
    pub observe: &'a mut dyn FnMut(&NewFinding),
}

impl Teller<'_> {
    /// Stages the findings that follow from the verdicts.
    pub fn judged(&mut self, db: &mut Db) -> QueryResult<()> {
        let sql = judged::sql(self.kind);
        let mut after = 0;
        loop {
            let rows: Vec<Judged> = diesel::sql_query(piece(sql, after)).load(db)?;
            let findings: Vec<_> = rows
                .iter()
                .flat_map(|row| judged::told(row, self.kind, &self.reported_on))
                .map(|told| self.finding(told))
                .collect();
            self.keep(db, &findings)?;
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
            let rows: Vec<Contradicting> = diesel::sql_query(piece(CONTRADICTING, after)).load(db)?;
            let said = said(db, &rows)?;
            let findings: Vec<_> = rows
                .iter()
                .map(|row| {
                    let parts = said.get(&row.number).map(|parts| parts.join("；")).unwrap_or_default();
                    self.finding(Told {
                        rule: &rules::PARTS_CONTRADICT,
                        sheet: &row.sheet,
                        row: row.row_number,
                        number: &row.number,
                        division: "",
                        field: "substantiated",
                        value: String::new(),
                        params: vec![("found", row.number.clone()), ("parts", parts)],
                    })
                })
                .collect();
            self.keep(db, &findings)?;
            if rows.len() < PIECE {
                return Ok(());
            }
            after += PIECE as i64;
        }
    }

    fn keep(&mut self, db: &mut Db, findings: &[NewFinding]) -> QueryResult<()> {
        findings.iter().for_each(|finding| (self.observe)(finding));
        dialect::stage_findings(db, findings)
    }

    fn finding(&self, told: Told<'_>) -> NewFinding {
        let place = self.places.get(told.sheet, told.field);
        let params: Params = told
            .params
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        NewFinding {
            import_id: self.import_id.to_owned(),
            sheet: told.sheet.to_owned(),
            row_number: Some(told.row),
            column_number: place.column,
            field: told.field.to_owned(),
            header: place.header,
            rule: told.rule.code.to_owned(),
            severity: told.rule.severity.code(),
            value: told.value,
            suggestion: String::new(),
            params: serde_json::json!(params).to_string(),
            kind: Some(self.kind.code()),
            number: Some(told.number.to_owned()),
            division: Some(told.division.to_owned()),
            ..NewFinding::default()
        }
    }
}

/// A statement for the rows behind `after`.
fn piece(sql: &str, after: i64) -> String {
    sql.replace("{after}", &after.to_string())
        .replace("{piece}", &PIECE.to_string())
}

/// Petitions whose parts contradict each other now, but for those whose rows of this file do. Must run after the merge.
const CONTRADICTING: &str =
    "SELECT MIN(v.row_id) AS row_id, MIN(v.sheet) AS sheet, MIN(v.row_number) AS row_number, v.number
FROM derived d JOIN verdicts v ON v.number = d.number AND v.outcome IN (1, 2)
WHERE d.contradictory AND NOT EXISTS (
    SELECT 1 FROM stage_findings f WHERE f.rule = 'X021' AND f.sheet = v.sheet AND f.row_number = v.row_number
)
GROUP BY v.number ORDER BY v.number LIMIT {piece} OFFSET {after}";

#[derive(QueryableByName)]
struct Contradicting {
    #[diesel(sql_type = Text)]
    sheet: String,
    #[diesel(sql_type = BigInt)]
    row_number: i64,
    #[diesel(sql_type = Text)]
    number: String,
}

/// What a division says of a petition.
#[derive(QueryableByName)]
struct Said {
    #[diesel(sql_type = Text)]
    number: String,
    #[diesel(sql_type = Text)]
    division: String,
    #[diesel(sql_type = SmallInt)]
    substantiated: i16,
}

/// What each division says of these petitions, which are sorted by number.
fn said(db: &mut Db, rows: &[Contradicting]) -> QueryResult<HashMap<String, Vec<String>>> {
    let mut parts: HashMap<String, Vec<String>> = HashMap::new();
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
        return Ok(parts);
    };
    let said: Vec<Said> = diesel::sql_query(
        "SELECT h.number, COALESCE(n.name, h.division) AS division, h.substantiated
         FROM derived d CROSS JOIN stage_context c
         JOIN handlings h ON h.inspection_id = c.inspection_id AND h.number = d.number
         LEFT JOIN divisions n ON n.code = h.division
         WHERE d.contradictory AND h.substantiated IS NOT NULL AND d.number >= $1 AND d.number <= $2
         ORDER BY h.number, h.division",
    )
    .bind::<Text, _>(&first.number)
    .bind::<Text, _>(&last.number)
    .load(db)?;
    for part in said {
        let word = Substantiated::from_code(part.substantiated).map_or("", Substantiated::label);
        let told = format!("{}：{word}", part.division);
        parts.entry(part.number).or_default().push(told);
    }
    Ok(parts)
}
