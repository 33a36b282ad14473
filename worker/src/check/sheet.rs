//! One sheet while its rows go by: recognised first, then read row by row.

use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use super::plan::{Field, SheetPlan};
use super::totals::Totals;
use super::{Context, LedgerSheet, finding::Finding, kept};
use crate::cell::{Row, SheetInfo};
use crate::profile::{LedgerKind, Profiles};
use crate::recognise::{NotALedger, NotALedgerReason, Progress, SheetLayout, SheetRecogniser, VerticalMerges};
use crate::values::{batch, date};
use ducha_records::rules;

/// How far a sheet has come.
pub(super) enum Stage<'a> {
    /// Its first rows are looked at.
    Recognising(SheetRecogniser<'a>),
    /// It is a ledger.
    Reading(Box<Reading<'a>>),
    /// It is none, or it cannot be read.
    Skipping,
}

/// A ledger sheet whose rows are being read.
pub(super) struct Reading<'a> {
    pub plan: SheetPlan<'a>,
    pub merges: VerticalMerges,
    pub totals: Totals,
    /// Batch of the title or of the sheet's name, if it is one.
    pub batch: Option<u32>,
    /// Reporting date above the header.
    pub reported_on: Option<NaiveDate>,
    /// A required column is missing or doubtful: its rows are refused together.
    pub refused: bool,
    /// What stays of it for marking.
    pub ledger: LedgerSheet,
}

/// What became of a sheet, for people and for the import's record.
#[derive(Debug, Clone, Default)]
pub(super) struct SheetReport {
    pub name: Arc<str>,
    pub kind: Option<&'static str>,
    pub header_rows: Option<(u32, u32)>,
    pub rows: u64,
    pub totals: u64,
    pub footers: u64,
    pub skipped: Option<&'static str>,
}

impl SheetReport {
    pub fn json(&self) -> Json {
        json!({
            "sheet": &*self.name, "kind": self.kind, "header_rows": self.header_rows, "rows": self.rows,
            "totals": self.totals, "footers": self.footers, "skipped": self.skipped,
        })
    }
}

impl<'a> Stage<'a> {
    pub fn new(profiles: &'a Profiles, info: &SheetInfo) -> Self {
        if info.hidden || info.not_a_grid {
            Self::Skipping
        } else {
            Self::Recognising(SheetRecogniser::new(profiles, info))
        }
    }
}

/// Looks at one more row of a sheet that is not recognised yet.
pub(super) fn push(
    recogniser: &mut SheetRecogniser<'_>,
    row: Row,
) -> Option<Result<(SheetLayout, Vec<Row>), NotALedger>> {
    match recogniser.push(row) {
        Progress::NeedMore => None,
        Progress::Found(layout, rows) => Some(Ok((*layout, rows))),
        Progress::NotALedger(reason) => Some(Err(reason)),
    }
}

/// Makes a recognised sheet ready for its rows. What is wrong with its header goes to `found`.
pub(super) fn begin<'a>(
    info: &SheetInfo,
    index: u32,
    layout: SheetLayout,
    context: &Context<'a>,
    found: &mut Vec<Finding>,
) -> Reading<'a> {
    let sheet: Arc<str> = info.name.as_str().into();
    let profile = context.profiles.get(layout.kind);
    let batches = layout.preamble.batch_text.as_deref().and_then(batch::find_in_text);
    let written = layout.preamble.reported_on_text.as_deref();
    let reported_on = written.and_then(|text| reporting_date(text, &sheet, None, context, found));
    let mut ledger = LedgerSheet::new(info, &layout, profile);
    let merges = VerticalMerges::over(ledger.filling.clone());
    let mut plan = SheetPlan::new(sheet, index, profile, layout);
    plan.kept = kept::columns(&plan, context);
    let mut headers = Vec::new();
    whose_sheet(&mut plan, context, &mut headers);
    header_findings(&plan, context, &mut headers);
    let refused = headers
        .iter()
        .any(|finding| finding.rule.severity == ducha_records::codes::Severity::Error);
    ledger.refused = refused;
    found.extend(headers.into_iter().filter(|finding| !profile.is_off(finding.rule.code)));
    Reading {
        plan,
        merges,
        totals: Totals::default(),
        batch: only(batches),
        reported_on,
        refused,
        ledger,
    }
}

fn only(batches: Option<Vec<u32>>) -> Option<u32> {
    match batches.as_deref() {
        Some([batch]) => Some(*batch),
        _ => None,
    }
}

/// The reporting date in a line above or below the rows. One that cannot be read, or is still to come, does not count.
pub(super) fn reporting_date(
    text: &str,
    sheet: &Arc<str>,
    row: Option<u32>,
    context: &Context<'_>,
    found: &mut Vec<Finding>,
) -> Option<NaiveDate> {
    let mut tell = |finding: Finding| {
        found.push(match row {
            Some(row) => finding.at_row(row),
            None => finding,
        });
    };
    let Some(date) = date::find_in_text(text, &context.dates) else {
        tell(Finding::new(
            &rules::REPORT_DATE_UNREADABLE,
            sheet,
            [("found", text.to_owned())],
        ));
        return None;
    };
    if date > context.today {
        let params = [("found", date.to_string()), ("today", context.today.to_string())];
        tell(Finding::new(&rules::REPORT_DATE_IN_FUTURE, sheet, params));
        return None;
    }
    if let Some(started) = context.inspection.started_on.filter(|started| date < *started) {
        let params = [("found", date.to_string()), ("started", started.to_string())];
        tell(Finding::new(&rules::REPORT_DATE_EARLY, sheet, params));
    }
    Some(date)
}

/// A sheet for each county is named after it. That is believed where it names exactly one division of the file's; where it
/// names another, and no column says whose the rows are, the sheet is refused. An issue handed over is the province's.
fn whose_sheet(plan: &mut SheetPlan<'_>, context: &Context<'_>, found: &mut Vec<Finding>) {
    if plan.kind() == LedgerKind::AccountabilityIssues && !context.register() {
        found.push(Finding::new(&rules::ISSUES_ARE_THE_PROVINCES, &plan.sheet, []));
    }
    let named = context.gazetteer.read(&plan.sheet).unwrap_or_default();
    let [named] = named.as_slice() else { return };
    let within = |code: &str, above: &str| context.gazetteer.is_within(code, above);
    match &context.division {
        Some(own) if within(own, &named.code) => {}
        Some(own) if !within(&named.code, own) => {
            if plan.column(Field::Division).is_none() {
                let params = [("found", plan.sheet.to_string()), ("wanted", context.name(own))];
                found.push(Finding::new(&rules::SHEET_FOREIGN, &plan.sheet, params));
            }
        }
        _ => plan.division = Some(named.code.clone()),
    }
}

fn header_findings(plan: &SheetPlan<'_>, context: &Context<'_>, found: &mut Vec<Finding>) {
    let row = *plan.layout.header_rows.end();
    let title = |field: &str| {
        plan.profile
            .column(field)
            .map_or_else(|| field.to_owned(), |column| column.header.clone())
    };
    let mut taken = Vec::new();
    for field in &plan.layout.missing {
        let required = plan.profile.column(field).map(|column| column.required);
        if !required.is_some_and(|required| plan.must_have_column(required, context)) {
            continue;
        }
        let wanted = title(field);
        // A header that is nearly the missing one is the same mistake.
        let near = plan
            .layout
            .unknown
            .iter()
            .find(|unknown| unknown.nearest.as_ref() == Some(&wanted));
        let (column, header) = near.map_or((None, ""), |near| (Some(near.column), near.header.as_str()));
        let finding = Finding::new(&rules::COLUMN_MISSING, &plan.sheet, [("wanted", wanted.clone())]).at_row(row);
        let finding = finding.at_cell(column, field, header, header);
        found.push(finding.suggesting(near.map(|_| wanted)));
        taken.extend(column);
    }
    for ambiguous in &plan.layout.ambiguous {
        let columns: Vec<String> = ambiguous
            .columns
            .iter()
            .map(|(column, header)| format!("{} {header}", crate::cell::column_letters(*column)))
            .collect();
        let params = [("wanted", title(&ambiguous.field)), ("columns", columns.join("、"))];
        let finding = Finding::new(&rules::COLUMN_TWICE, &plan.sheet, params).at_row(row);
        let (column, header) = ambiguous
            .columns
            .first()
            .map_or((None, ""), |(column, header)| (Some(*column), header));
        found.push(finding.at_cell(column, &ambiguous.field, header, header));
    }
    for unknown in plan
        .layout
        .unknown
        .iter()
        .filter(|unknown| !taken.contains(&unknown.column))
    {
        let header = ("found", unknown.header.clone());
        let finding = match &unknown.nearest {
            Some(nearest) if unknown.slip => {
                Finding::new(&rules::COLUMN_NEAR, &plan.sheet, [header, ("wanted", nearest.clone())])
            }
            _ if plan.keeps(unknown.column) => Finding::new(&rules::COLUMN_UNKNOWN, &plan.sheet, [header]),
            _ => Finding::new(&rules::COLUMN_LEFT_OUT, &plan.sheet, [header]),
        };
        found.push(
            finding
                .at_row(row)
                .at_cell(Some(unknown.column), "", &unknown.header, &unknown.header)
                .suggesting(unknown.nearest.clone()),
        );
    }
}

/// Why our own summary is skipped.
pub(super) const OWN_SUMMARY: &str = "own_summary";

/// One word for why a sheet is no ledger.
pub(super) fn reason(not: &NotALedger) -> &'static str {
    match not.reason {
        NotALedgerReason::Empty => "empty",
        NotALedgerReason::Hidden => "hidden",
        NotALedgerReason::NotAGrid => "not_a_grid",
        NotALedgerReason::NoHeader { .. } => "no_header",
        NotALedgerReason::TwoKinds { .. } => "two_kinds",
        NotALedgerReason::Explanatory => "explanatory",
        NotALedgerReason::OwnSummary => OWN_SUMMARY,
    }
}
