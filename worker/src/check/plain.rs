//! What the plain kinds have in common while a file is checked: a row is one record of one division, with a natural key
//! that may stand in the file once.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use ducha_records::accountability::{AccountabilityContent, IssueContent};
use ducha_records::activities::ActivityContent;
use ducha_records::alerts::AlertContent;
use ducha_records::indicators::IndicatorContent;
use ducha_records::rules;

use super::across::{Keys, Repeated, RowId, Seen};
use super::end::{Out, What};
use super::plan::{Field, PlanColumn};
use super::row::RowCheck;
use super::{Context, Sink, Stopped, accountability, activity, alert, indicator, issue, whose};
use crate::cell::{Row, Value};
use crate::profile::LedgerKind;
use crate::values::{task_no, text};

/// What a row says, ready for the stage.
#[derive(Debug)]
pub(super) enum Content {
    Indicator(IndicatorContent),
    Issue(IssueContent),
    Accountability(AccountabilityContent),
    Activity(ActivityContent),
    Alert(AlertContent),
}

/// A row that was read.
#[derive(Debug)]
pub(super) struct PlainRow {
    pub division: Option<String>,
    /// Natural key within the division; none where a part of it is missing, which is found.
    pub key: Option<String>,
    /// What a message calls the row, and the field it points at. Never a person's name.
    pub label: (Field, String),
    pub content: Content,
    /// Dates that the reporting date is held against.
    pub dated: Vec<(NaiveDate, What)>,
}

impl PlainRow {
    /// The remarks of its record.
    pub const fn remarks(&mut self) -> &mut Option<String> {
        match &mut self.content {
            Content::Indicator(content) => &mut content.remarks,
            Content::Issue(content) => &mut content.remarks,
            Content::Accountability(content) => &mut content.remarks,
            Content::Activity(content) => &mut content.remarks,
            Content::Alert(content) => &mut content.remarks,
        }
    }
}

/// Reads a row of a plain kind and checks it. What is wrong is in `check`.
pub(super) fn read(check: &mut RowCheck<'_, '_>, row: &Row, context: &Context<'_>) -> Option<PlainRow> {
    match check.plan.kind() {
        LedgerKind::Indicators => Some(indicator::read(check, row, context)),
        LedgerKind::AccountabilityIssues => Some(issue::read(check, row, context)),
        LedgerKind::Accountabilities => Some(accountability::read(check, row, context)),
        LedgerKind::Activities => activity::read(check, row, context),
        LedgerKind::Alerts => alert::read(check, row, context),
        LedgerKind::Petitions | LedgerKind::Tasks => None,
    }
}

/// Whose the row is, and nothing else: cells of the other fields go to `take`.
pub(super) fn cells<'p, 'a>(
    check: &mut RowCheck<'p, 'a>,
    row: &Row,
    context: &Context<'_>,
    mut take: impl FnMut(&mut RowCheck<'p, 'a>, &'p PlanColumn<'a>, &Value),
) -> Option<String> {
    let plan = check.plan;
    let mut division = None;
    for (column, value) in plan.cells(row) {
        match column.field {
            Field::Division => division = whose::owner(check, column, value, context),
            _ => take(check, column, value),
        }
    }
    division.or_else(|| whose::owner_unnamed(check, context))
}

/// Keeps a finding for each required field the row leaves empty.
pub(super) fn require(check: &mut RowCheck<'_, '_>, context: &Context<'_>, is_empty: impl Fn(Field) -> bool) {
    let plan = check.plan;
    check.require(is_empty, |column| plan.row_must_have(column.column.required, context));
}

/// A number that a ledger gives its records: one line, capitals, without blanks.
pub(super) fn number(check: &mut RowCheck<'_, '_>, column: &PlanColumn<'_>, value: &Value) -> Option<String> {
    let number = text::key(&check.text(column, value)?).to_uppercase();
    Some(number).filter(|number| !number.is_empty())
}

/// The number of an issue handed over, which the province and the counties write each in their own way: 一, 1, 第1号.
pub(super) fn issue_number(check: &mut RowCheck<'_, '_>, column: &PlanColumn<'_>, value: &Value) -> Option<String> {
    let number = number(check, column, value)?;
    Some(task_no::read(&number).unwrap_or(number))
}

/// What the file's rows are held against once all of them are known.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// By kind, each with the field a message points at.
    keys: BTreeMap<LedgerKind, (Field, Keys)>,
    /// Rows by the name of an indicator and its unit.
    units: BTreeMap<String, BTreeMap<String, Vec<RowId>>>,
}

impl Rows {
    /// Adds a row with its key. `refused`: something else refuses it.
    pub fn add(&mut self, kind: LedgerKind, row: &PlainRow, id: RowId, refused: bool) {
        // Of what is nobody's, nothing stands twice: a blank division is found already.
        let (Some(key), Some(division)) = (&row.key, &row.division) else {
            return;
        };
        let (field, label) = &row.label;
        let of_kind = || (*field, Keys::default());
        let (_, keys) = self.keys.entry(kind).or_insert_with(of_kind);
        keys.add_as(label, key, Some(division), Seen { id, refused });
        if let Content::Indicator(content) = &row.content
            && !refused
        {
            let units = self.units.entry(content.name.clone()).or_default();
            units.entry(content.unit.clone()).or_default().push(id);
        }
    }

    /// Settles what only the whole file can tell: no key twice, no name with two units.
    pub fn finish<S: Sink>(self, out: &mut Out<'_, S>) -> Result<(), Stopped<S::Error>> {
        for (field, keys) in self.keys.into_values() {
            for Repeated { number, rows } in keys.repeated() {
                let ids: Vec<RowId> = rows.iter().map(|row| row.id).collect();
                let params = [("found", number.clone()), ("count", ids.len().to_string())];
                out.group(&rules::RECORD_TWICE, &ids, field, &number, &params)?;
                let accepted = rows.iter().filter(|row| !row.refused);
                out.withdrawn.extend(accepted.map(|row| row.id));
            }
        }
        for (name, units) in self.units.into_iter().filter(|(_, units)| units.len() > 1) {
            let told: Vec<&str> = units.keys().map(String::as_str).collect();
            let mut rows: Vec<RowId> = units.values().flatten().copied().collect();
            rows.sort_unstable();
            let params = [("name", name.clone()), ("units", told.join("、"))];
            out.group(&rules::UNITS_IN_FILE, &rows, Field::Unit, "", &params)?;
            out.withdrawn.extend(rows);
        }
        Ok(())
    }
}
