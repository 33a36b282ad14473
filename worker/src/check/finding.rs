//! One finding on its way out: to the database, to a table, or to a line of JSON.

use std::sync::Arc;

use ducha_records::codes::RecordKind;
use ducha_records::findings::{Finding as StoredFinding, NewFinding};
use ducha_records::rules::{Language, Params, Rule};
use serde_json::{Value as Json, json};

use crate::cell::address;
use crate::values::text::shortened;

/// A value as written is kept up to this many characters: enough to find it again, and no copy of a whole text.
const VALUE_CHARS: usize = 200;

/// One rule broken in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// Sheet; empty for the whole file.
    pub sheet: Arc<str>,
    /// Row, counted from 1.
    pub row: Option<u32>,
    /// Column, counted from 0.
    pub column: Option<u32>,
    /// Canonical name of the field, or empty.
    pub field: String,
    /// Header as written.
    pub header: String,
    /// Value as written.
    pub value: String,
    /// Nearest legal value, or empty.
    pub suggestion: String,
    /// The values its text names.
    pub params: Params,
    /// The record its row is of, where that could be read.
    pub record: Option<RecordKey>,
    /// Its row as staged.
    pub row_id: Option<i64>,
    /// What stands for its cell where `value` does not say it.
    pub fingerprint: Option<String>,
}

/// Which record a row is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordKey {
    /// Its kind.
    pub kind: RecordKind,
    /// Its number.
    pub number: String,
    /// Whose part.
    pub division: String,
}

impl Finding {
    /// A finding on `sheet` (empty: the whole file) with the values its text names.
    #[must_use]
    pub fn new<const N: usize>(rule: &'static Rule, sheet: &Arc<str>, params: [(&str, String); N]) -> Self {
        Self {
            rule,
            sheet: Arc::clone(sheet),
            row: None,
            column: None,
            field: String::new(),
            header: String::new(),
            value: String::new(),
            suggestion: String::new(),
            params: params
                .into_iter()
                .map(|(name, value)| (name.to_owned(), shortened(&value, VALUE_CHARS).into_owned()))
                .collect(),
            record: None,
            row_id: None,
            fingerprint: None,
        }
    }

    /// The same, in a row.
    #[must_use]
    pub fn at_row(mut self, row: u32) -> Self {
        self.row = Some(row);
        self
    }

    /// The same, in a cell of a field.
    #[must_use]
    pub fn at_cell(mut self, column: Option<u32>, field: &str, header: &str, value: &str) -> Self {
        self.column = column;
        field.clone_into(&mut self.field);
        header.clone_into(&mut self.header);
        self.value = shortened(value, VALUE_CHARS).into_owned();
        self
    }

    /// The same, with the nearest legal value.
    #[must_use]
    pub fn suggesting(mut self, suggestion: Option<String>) -> Self {
        self.suggestion = suggestion.unwrap_or_default();
        self
    }

    /// `A1`-style address, or empty where there is no cell.
    #[must_use]
    pub fn cell(&self) -> String {
        match (self.row, self.column) {
            (Some(row), Some(column)) => address(row, column),
            _ => String::new(),
        }
    }

    /// Where people look: the cell, else the row, else nothing.
    #[must_use]
    pub fn place(&self) -> String {
        match (self.cell(), self.row) {
            (cell, _) if !cell.is_empty() => cell,
            (_, Some(row)) => row.to_string(),
            _ => String::new(),
        }
    }

    /// As the database keeps it.
    #[must_use]
    pub fn stored(&self, import_id: &str) -> NewFinding {
        NewFinding {
            import_id: import_id.to_owned(),
            sheet: self.sheet.to_string(),
            row_number: self.row.map(i64::from),
            column_number: self.column.map(|column| column as i32), // below 16,384
            field: self.field.clone(),
            header: self.header.clone(),
            rule: self.rule.code.to_owned(),
            severity: self.rule.severity.code(),
            value: self.value.clone(),
            suggestion: self.suggestion.clone(),
            params: json!(self.params).to_string(),
            kind: self.record.as_ref().map(|record| record.kind.code()),
            number: self.record.as_ref().map(|record| record.number.clone()),
            division: self.record.as_ref().map(|record| record.division.clone()),
            reason: None,
            row_id: self.row_id,
            cell: self.fingerprint.clone(),
        }
    }

    /// As one line of `--output json`.
    #[must_use]
    pub fn json(&self, file: &str) -> Json {
        json!({
            "type": "finding", "file": file, "sheet": &*self.sheet, "cell": self.cell(), "row": self.row,
            "field": self.field, "header": self.header, "rule": self.rule.code,
            "severity": self.rule.severity.token(), "value": self.value, "suggestion": self.suggestion,
            "message_zh": self.rule.render(Language::Zh, &self.params),
            "message_en": self.rule.render(Language::En, &self.params),
            "hint_zh": self.rule.hint(Language::Zh, &self.params),
            "hint_en": self.rule.hint(Language::En, &self.params),
            "params": self.params,
        })
    }
}

/// A finding that is stored, as one of ours; `None` when its rule is unknown.
#[must_use]
pub fn of_stored(finding: &StoredFinding) -> Option<Finding> {
    from_stored(&finding.clone().into())
}

/// A finding the records room made, as one of ours; `None` when its rule is unknown.
#[must_use]
pub fn from_stored(finding: &NewFinding) -> Option<Finding> {
    Some(Finding {
        rule: ducha_records::rules::find(&finding.rule)?,
        sheet: finding.sheet.as_str().into(),
        row: finding.row_number.and_then(|row| row.try_into().ok()),
        column: finding.column_number.and_then(|column| column.try_into().ok()),
        field: finding.field.clone(),
        header: finding.header.clone(),
        value: finding.value.clone(),
        suggestion: finding.suggestion.clone(),
        params: serde_json::from_str(&finding.params).unwrap_or_default(),
        record: None,
        row_id: finding.row_id,
        fingerprint: None,
    })
}
