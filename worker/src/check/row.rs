//! Reads the cells of one row, and keeps what is wrong with it.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::NaiveDate;
use ducha_records::codes::{RecordKind, Severity};
use ducha_records::rules::{self, Rule};

use super::across::RowId;
use super::finding::{Finding, RecordKey};
use super::plan::{Field, PlanColumn, SheetPlan};
use super::whose::Whose;
use crate::cell::Value;
use crate::values::blank::is_blank;
use crate::values::date::{self, DateContext, DateFault};
use crate::values::number::{self, NumberFault};
use crate::values::text::{self, PersonalData, StandIn};
use crate::values::vocabulary::{Choice, Vocabulary};

/// Largest count a column takes.
const MOST: u32 = i32::MAX as u32;

/// One row being checked.
pub(super) struct RowCheck<'p, 'a> {
    pub plan: &'p SheetPlan<'a>,
    pub row: u32,
    pub findings: Vec<Finding>,
    /// Which record the row is of.
    record: Option<RecordKey>,
}

impl<'p, 'a> RowCheck<'p, 'a> {
    pub const fn new(plan: &'p SheetPlan<'a>, row: u32) -> Self {
        Self {
            plan,
            row,
            findings: Vec::new(),
            record: None,
        }
    }

    /// Whether something found refuses the row.
    pub fn refused(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.rule.severity == Severity::Error && !self.plan.profile.is_off(finding.rule.code))
    }

    /// Says which record the row is of, where its division could be read. Once all was found: only findings ask for it.
    pub fn is_of(&mut self, kind: RecordKind, number: &str, whose: &Whose) {
        if let (Some(division), false) = (&whose.division, self.findings.is_empty()) {
            self.record = Some(RecordKey {
                kind,
                number: number.to_owned(),
                division: division.clone(),
            });
        }
    }

    /// The findings, without those of rules that are switched off.
    pub fn told(self) -> impl Iterator<Item = Finding> {
        let (profile, record) = (self.plan.profile, self.record);
        let id = RowId::new(self.plan.index, self.row).get();
        self.findings
            .into_iter()
            .filter(|finding| !profile.is_off(finding.rule.code))
            .map(move |finding| Finding {
                record: record.clone(),
                row_id: Some(id),
                ..finding
            })
    }

    /// Whether something was found in this field.
    pub fn found_in(&self, field: Field) -> bool {
        self.findings.iter().any(|finding| finding.field == field.name())
    }

    /// Whether this was found.
    pub fn found(&self, rule: &Rule) -> bool {
        self.findings.iter().any(|finding| finding.rule.code == rule.code)
    }

    /// Whether an empty value of this field is the row's doing: the sheet has its column, and nothing was found in it.
    pub fn may_be_empty(&self, field: Field) -> bool {
        self.plan.column(field).is_some() && !self.found_in(field)
    }

    /// Keeps a finding on a cell.
    pub fn cell<const N: usize>(
        &mut self,
        rule: &'static Rule,
        column: &PlanColumn<'_>,
        written: &str,
        params: [(&str, String); N],
    ) -> &mut Finding {
        let finding = Finding::new(rule, &self.plan.sheet, params).at_row(self.row).at_cell(
            Some(column.at),
            column.field.name(),
            &column.header,
            written,
        );
        self.push(finding)
    }

    /// Keeps a finding on a field, in its cell if the sheet has a column for it.
    pub fn field<const N: usize>(
        &mut self,
        rule: &'static Rule,
        field: Field,
        written: &str,
        params: [(&str, String); N],
    ) -> &mut Finding {
        let column = self.plan.column(field);
        let (at, header) = (
            column.map(|column| column.at),
            column.map_or("", |column| column.header.as_str()),
        );
        let finding =
            Finding::new(rule, &self.plan.sheet, params)
                .at_row(self.row)
                .at_cell(at, field.name(), header, written);
        self.push(finding)
    }

    fn push(&mut self, finding: Finding) -> &mut Finding {
        let at = self.findings.len();
        self.findings.push(finding);
        &mut self.findings[at]
    }

    /// The cleaned text of a cell; `None` for a blank one, and for one that is an error or damaged, which is found.
    fn written<'v>(&mut self, column: &PlanColumn<'_>, value: &'v Value) -> Option<Cow<'v, str>> {
        let written = match value {
            Value::Text(text) => text::clean(text),
            Value::Error(error) => {
                self.cell(&rules::EXCEL_ERROR, column, error, [("found", error.clone())]);
                return None;
            }
            other => Cow::Owned(other.as_written()),
        };
        if text::has_damage(&written) {
            self.cell(&rules::DAMAGED_TEXT, column, &written, []);
            return None;
        }
        let stand_in = match text::stand_in(&written) {
            Some(StandIn::Hashes) => &rules::HASHES,
            Some(StandIn::Ditto) => &rules::DITTO,
            None => return (!written.is_empty()).then_some(written),
        };
        self.cell(stand_in, column, &written, [("found", written.to_string())]);
        None
    }

    /// A text; words for nothing (无, /, —) are no text, except where they are an answer.
    pub fn text(&mut self, column: &PlanColumn<'_>, value: &Value) -> Option<String> {
        let written = self.written(column, value)?;
        if column.field != Field::Accountability && is_blank(&written) {
            return None;
        }
        if let Some(limit) = column.column.max_chars
            && written.len() > limit // bytes: never fewer than characters
            && written.chars().count() > limit
        {
            let found = written.chars().count().to_string();
            self.cell(
                &rules::TEXT_TOO_LONG,
                column,
                &written,
                [("found", found), ("limit", limit.to_string())],
            );
            return None;
        }
        if let Some(kind) = text::personal_data(&written) {
            let rule = match kind {
                PersonalData::Phone => &rules::PHONE_NUMBER,
                PersonalData::IdentityCard => &rules::IDENTITY_CARD,
            };
            // What was found is not repeated: it has no place in a table either.
            self.cell(rule, column, "", []);
        } else if text::names_complainant(&written) {
            self.cell(&rules::COMPLAINANT_NAMED, column, "", []);
        } else if column.field != Field::Remarks && text::points_elsewhere(&written) {
            self.cell(
                &rules::SEE_ATTACHMENT,
                column,
                &written,
                [("found", written.to_string())],
            );
        }
        Some(written.into_owned())
    }

    /// A text without the checks of prose: numbers, batches, divisions.
    pub fn token<'v>(&mut self, column: &PlanColumn<'_>, value: &'v Value) -> Option<Cow<'v, str>> {
        self.written(column, value).filter(|written| !is_blank(written))
    }

    /// One value of a vocabulary. A word for nothing is not one.
    pub fn choice(&mut self, column: &PlanColumn<'a>, value: &Value) -> Option<&'a Choice> {
        let vocabulary = column.vocabulary?;
        let written = self.written(column, value)?;
        match vocabulary.read_one(&written) {
            Some(choice) => {
                self.plan.words.used(column.at, self.row, &written, choice);
                Some(choice)
            }
            None if is_blank(&written) && !matches!(column.field, Field::Substantiated | Field::Conclusion) => None,
            None => {
                self.not_in_list(column, vocabulary, &written, &written);
                None
            }
        }
    }

    /// Any number of values of a vocabulary.
    pub fn choices(&mut self, column: &PlanColumn<'a>, value: &Value) -> Vec<&'a Choice> {
        let (Some(vocabulary), Some(written)) = (column.vocabulary, self.token(column, value)) else {
            return Vec::new();
        };
        match vocabulary.read_pieces(&written) {
            Ok(read) => {
                let words = &self.plan.words;
                read.iter()
                    .for_each(|(word, choice)| words.used(column.at, self.row, word, choice));
                Vocabulary::distinct(read)
            }
            Err(piece) => {
                self.not_in_list(column, vocabulary, &piece, &written);
                Vec::new()
            }
        }
    }

    fn not_in_list(&mut self, column: &PlanColumn<'_>, vocabulary: &Vocabulary, piece: &str, written: &str) {
        let wanted: Vec<&str> = vocabulary
            .choices()
            .iter()
            .map(|choice| choice.label.as_str())
            .collect();
        let nearest = vocabulary.nearest(piece).map(|choice| choice.label.clone());
        let params = [("found", piece.to_owned()), ("wanted", wanted.join("、"))];
        self.cell(&rules::NOT_IN_LIST, column, written, params).suggestion = nearest.unwrap_or_default();
    }

    /// A date.
    pub fn date(&mut self, column: &PlanColumn<'_>, value: &Value, context: &DateContext) -> Option<NaiveDate> {
        let written = self.token(column, value)?;
        match date::read(value, context) {
            Ok(reading) => Some(reading.date),
            Err(fault) => {
                self.date_fault(column, &written, fault, context);
                None
            }
        }
    }

    /// The days of a cell that may name several (2022年5月10日至12日): the first of them.
    pub fn first_date(&mut self, column: &PlanColumn<'_>, value: &Value, context: &DateContext) -> Option<NaiveDate> {
        let written = self.token(column, value)?;
        match date::read(value, context) {
            Err(DateFault::Range) if date::find_in_text(&written, context).is_some() => {
                date::find_in_text(&written, context)
            }
            _ => self.date(column, value, context),
        }
    }

    /// Keeps the finding a date's fault is.
    pub fn date_fault(&mut self, column: &PlanColumn<'_>, written: &str, fault: DateFault, context: &DateContext) {
        let found = ("found", written.to_owned());
        if let DateFault::OutsideWindow(_) = fault {
            let window = [
                ("earliest", context.earliest.to_string()),
                ("latest", context.latest.to_string()),
            ];
            let [earliest, latest] = window;
            self.cell(&rules::DATE_OUTSIDE, column, written, [found, earliest, latest]);
            return;
        }
        let rule = match fault {
            DateFault::NoYear => &rules::DATE_WITHOUT_YEAR,
            DateFault::Ambiguous => &rules::DATE_AMBIGUOUS,
            DateFault::Impossible => &rules::DATE_IMPOSSIBLE,
            DateFault::Range => &rules::DATE_IS_RANGE,
            DateFault::Unreadable | DateFault::OutsideWindow(_) => &rules::DATE_UNREADABLE,
        };
        self.cell(rule, column, written, [found]);
    }

    /// A whole number of cases, firms or persons.
    pub fn count(&mut self, column: &PlanColumn<'_>, value: &Value) -> Option<i32> {
        let written = self.token(column, value)?;
        match number::count(value, &column.column.units) {
            Ok(count) if count <= MOST => Some(count as i32),
            Ok(_) => {
                self.number_fault(column, &written, &NumberFault::TooLarge);
                None
            }
            Err(fault) => {
                self.number_fault(column, &written, &fault);
                None
            }
        }
    }

    /// An amount of money, in fen.
    pub fn fen(&mut self, column: &PlanColumn<'_>, value: &Value) -> Option<i64> {
        let written = self.token(column, value)?;
        match number::fen(value, column.money) {
            Ok(fen) => Some(fen),
            Err(NumberFault::Fraction) => {
                self.cell(
                    &rules::MONEY_TOO_FINE,
                    column,
                    &written,
                    [("found", written.to_string())],
                );
                None
            }
            Err(fault) => {
                self.number_fault(column, &written, &fault);
                None
            }
        }
    }

    fn number_fault(&mut self, column: &PlanColumn<'_>, written: &str, fault: &NumberFault) {
        let found = ("found", written.to_owned());
        match fault {
            NumberFault::UnitUnknown(unit) => {
                let wanted = ("wanted", column.column.units.join("、"));
                self.cell(
                    &rules::UNIT_UNKNOWN,
                    column,
                    written,
                    [found, ("unit", unit.clone()), wanted],
                );
            }
            NumberFault::TooLarge => {
                self.cell(&rules::NUMBER_TOO_LARGE, column, written, [found]);
            }
            NumberFault::Unreadable => {
                self.cell(&rules::NUMBER_UNREADABLE, column, written, [found]);
            }
            NumberFault::Negative => {
                self.cell(&rules::NUMBER_NEGATIVE, column, written, [found]);
            }
            NumberFault::Fraction => {
                self.cell(&rules::NUMBER_FRACTION, column, written, [found]);
            }
            NumberFault::UnitMissing => {
                self.cell(&rules::MONEY_UNIT_MISSING, column, written, [found]);
            }
        }
    }

    /// Keeps a finding for each required field the row leaves empty, where nothing else was found in it.
    pub fn require(&mut self, is_empty: impl Fn(Field) -> bool, must_have: impl Fn(&PlanColumn<'_>) -> bool) {
        let plan = self.plan;
        for column in &plan.columns {
            if must_have(column) && is_empty(column.field) && !self.found_in(column.field) {
                self.cell(&rules::REQUIRED_EMPTY, column, "", [("header", column.header.clone())]);
            }
        }
    }

    /// The sheet's name.
    pub fn sheet(&self) -> &Arc<str> {
        &self.plan.sheet
    }
}
