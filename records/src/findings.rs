//! Findings: what is wrong, and where.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::db::Db;
use crate::page::Page;
use crate::rules::Params;
use crate::schema::findings;
use crate::schema_stage::stage_findings;

/// One stored finding.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = findings)]
pub struct Finding {
    /// In the order found.
    pub id: i64,
    /// The import.
    pub import_id: String,
    /// Sheet; empty for the whole file.
    pub sheet: String,
    /// Row, counted from 1.
    pub row_number: Option<i64>,
    /// Column, counted from 0.
    pub column_number: Option<i32>,
    /// Canonical name of the field, or empty.
    pub field: String,
    /// Header as written.
    pub header: String,
    /// Code of the rule.
    pub rule: String,
    /// [`crate::codes::Severity`].
    pub severity: i16,
    /// Value as written.
    pub value: String,
    /// Nearest legal value, or empty.
    pub suggestion: String,
    /// JSON object of the values its text names.
    pub params: String,
    /// [`crate::codes::RecordKind`] of the record the row is of.
    pub kind: Option<i16>,
    /// The record's number.
    pub number: Option<String>,
    /// Whose part.
    pub division: Option<String>,
    /// Why a warning stands, in the words of who handed the ledger in.
    pub reason: Option<String>,
}

impl Finding {
    /// The values its text names.
    #[must_use]
    pub fn params(&self) -> Params {
        serde_json::from_str(&self.params).unwrap_or_default()
    }
}

/// A finding on its way into the database.
#[derive(Debug, Clone, PartialEq, Eq, Default, Insertable, QueryableByName, Serialize, Deserialize)]
#[diesel(table_name = stage_findings, treat_none_as_default_value = false)]
pub struct NewFinding {
    /// The import.
    pub import_id: String,
    /// Sheet; empty for the whole file.
    pub sheet: String,
    /// Row, counted from 1.
    pub row_number: Option<i64>,
    /// Column, counted from 0.
    pub column_number: Option<i32>,
    /// Canonical name of the field, or empty.
    pub field: String,
    /// Header as written.
    pub header: String,
    /// Code of the rule.
    pub rule: String,
    /// [`crate::codes::Severity`].
    pub severity: i16,
    /// Value as written.
    pub value: String,
    /// Nearest legal value, or empty.
    pub suggestion: String,
    /// JSON object of the values its text names.
    pub params: String,
    /// [`crate::codes::RecordKind`] of the record the row is of.
    pub kind: Option<i16>,
    /// The record's number.
    pub number: Option<String>,
    /// Whose part.
    pub division: Option<String>,
    /// Why a warning stands, in the words of who handed the ledger in.
    pub reason: Option<String>,
    /// Its row as staged.
    pub row_id: Option<i64>,
    /// What stands for the value of its cell where `value` does not say it, so that a reason lapses when the cell changes.
    pub cell: Option<String>,
}

impl From<Finding> for NewFinding {
    fn from(stored: Finding) -> Self {
        Self {
            import_id: stored.import_id,
            sheet: stored.sheet,
            row_number: stored.row_number,
            column_number: stored.column_number,
            field: stored.field,
            header: stored.header,
            rule: stored.rule,
            severity: stored.severity,
            value: stored.value,
            suggestion: stored.suggestion,
            params: stored.params,
            kind: stored.kind,
            number: stored.number,
            division: stored.division,
            reason: stored.reason,
            ..Self::default()
        }
    }
}

/// Which findings are asked for; an empty list asks for all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FindingFilter {
    /// [`crate::codes::Severity`]s.
    pub severities: Vec<i16>,
    /// Rule codes.
    pub rules: Vec<String>,
    /// One sheet.
    pub sheet: Option<String>,
}

/// One page of an import's findings in the order found, behind the finding `after`.
///
/// # Errors
/// The database's.
pub fn list(db: &mut Db, import: &str, filter: &FindingFilter, after: i64, size: usize) -> QueryResult<Page<Finding>> {
    let mut query = findings::table
        .filter(findings::import_id.eq(import).and(findings::id.gt(after)))
        .into_boxed();
    if !filter.severities.is_empty() {
        query = query.filter(findings::severity.eq_any(&filter.severities));
    }
    if !filter.rules.is_empty() {
        query = query.filter(findings::rule.eq_any(&filter.rules));
    }
    if let Some(sheet) = &filter.sheet {
        query = query.filter(findings::sheet.eq(sheet));
    }
    let rows = query
        .order(findings::id)
        .limit(size as i64 + 1)
        .select(Finding::as_select())
        .load(db)?;
    Ok(Page::cut(rows, size))
}
