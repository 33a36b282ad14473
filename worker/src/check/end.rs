//! The end of a file: what only the whole of it can tell.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{Days, NaiveDate};
use ducha_records::codes::Severity;
use ducha_records::rules::{self, Rule};

use super::across::{Keys, Repeated, RowId, Texts, listed};
use super::plan::Field;
use super::sheet::SheetReport;
use super::task::Late;
use super::workbook::Workbook;
use super::{Checked, Finding, Piece};

/// Rows a message names before it only counts them. Every row has a finding of its own.
const LISTED: usize = 20;

/// A date of a row that the ledger's reporting date is held against.
#[derive(Debug, Clone)]
pub(super) struct Dated {
    id: RowId,
    date: NaiveDate,
    what: What,
}

/// What the reporting date decides about a date.
#[derive(Debug, Clone)]
pub(super) enum What {
    Concluded,
    Completed,
    Silent,
    /// With the status as written.
    ClaimsOnTrack(Box<str>),
    /// With the status as written.
    SaysInProgress(Box<str>),
    /// It is not yet: the rule, its field and how its text calls the date.
    InFuture(&'static Rule, Field, &'static str),
    /// Open since the date, and may be for so many days.
    OpenFor(u32),
}

impl Dated {
    pub const fn concluded(id: RowId, date: NaiveDate) -> Self {
        Self {
            id,
            date,
            what: What::Concluded,
        }
    }

    pub const fn completed(id: RowId, date: NaiveDate) -> Self {
        Self {
            id,
            date,
            what: What::Completed,
        }
    }

    pub fn late(id: RowId, due: NaiveDate, late: Late, status: &str) -> Self {
        let what = match late {
            Late::Silent => What::Silent,
            Late::ClaimsOnTrack => What::ClaimsOnTrack(status.into()),
            Late::SaysInProgress => What::SaysInProgress(status.into()),
        };
        Self { id, date: due, what }
    }

    pub const fn new(id: RowId, date: NaiveDate, what: What) -> Self {
        Self { id, date, what }
    }

    /// The finding there is if the ledger's date is `reported`.
    fn finding(&self, reported: NaiveDate, places: &Places) -> Option<Finding> {
        let (date, shown) = (self.date, self.date.to_string());
        let (rule, field, value, params): (&'static Rule, Field, String, _) = match &self.what {
            What::Concluded if date > reported => {
                let params = vec![("concluded", shown.clone()), ("reported", reported.to_string())];
                (&rules::CONCLUDED_IN_FUTURE, Field::ConcludedOn, shown, params)
            }
            What::Completed if date > reported => {
                let params = vec![("completed", shown.clone()), ("reported", reported.to_string())];
                (&rules::COMPLETED_IN_FUTURE, Field::CompletedOn, shown, params)
            }
            What::InFuture(rule, field, name) if date > reported => {
                let params = vec![(*name, shown.clone()), ("reported", reported.to_string())];
                (*rule, *field, shown, params)
            }
            What::OpenFor(days) if date + Days::new(u64::from(*days)) < reported => {
                let params = vec![
                    ("raised", shown),
                    ("reported", reported.to_string()),
                    ("limit", days.to_string()),
                ];
                (&rules::OPEN_PAST_LIMIT, Field::SettledOn, String::new(), params)
            }
            What::Silent if date < reported => (
                &rules::OVERDUE_SILENT,
                Field::Reason,
                String::new(),
                vec![("due", shown)],
            ),
            What::ClaimsOnTrack(status) if date < reported => {
                let params = vec![("due", shown), ("found", status.to_string())];
                (&rules::ON_TRACK_OVERDUE, Field::Status, status.to_string(), params)
            }
            What::SaysInProgress(status) if date < reported => {
                let params = vec![("due", shown), ("found", status.to_string())];
                (&rules::IN_PROGRESS_OVERDUE, Field::Status, status.to_string(), params)
            }
            _ => return None,
        };
        let mut finding = places.finding(rule, self.id, field, &value, []);
        finding
            .params
            .extend(params.into_iter().map(|(name, value)| (name.to_owned(), value)));
        Some(finding)
    }
}

/// Numbers of tasks, and the parents they name.
#[derive(Debug, Default)]
pub(super) struct Parents {
    numbers: HashSet<String>,
    named: Vec<(String, RowId)>,
}

impl Parents {
    pub fn number(&mut self, number: &str) {
        self.numbers.insert(number.to_owned());
    }

    pub fn parent(&mut self, parent: &str, id: RowId) {
        self.named.push((parent.to_owned(), id));
    }

    /// Rows whose parent is not in the list.
    fn missing(self, places: &Places) -> Vec<(RowId, Finding)> {
        let absent = self
            .named
            .into_iter()
            .filter(|(parent, _)| !self.numbers.contains(parent));
        let find = |(parent, id): (String, RowId)| {
            (
                id,
                places.finding(
                    &rules::PARENT_MISSING,
                    id,
                    Field::Parent,
                    &parent,
                    [("found", parent.clone())],
                ),
            )
        };
        absent.map(find).collect()
    }
}

/// Where rows and fields stand, by what is left of the sheets.
pub(super) struct Places {
    sheets: Vec<SheetReport>,
    columns: HashMap<(u32, Field), (u32, String)>,
}

impl Places {
    pub fn finding<const N: usize>(
        &self,
        rule: &'static Rule,
        id: RowId,
        field: Field,
        value: &str,
        params: [(&str, String); N],
    ) -> Finding {
        let sheet = &self.sheets[id.sheet() as usize].name; // an id is made of a sheet that has its report
        let finding = Finding::new(rule, sheet, params).at_row(id.row());
        match self.columns.get(&(id.sheet(), field)) {
            Some((column, header)) => finding.at_cell(Some(*column), field.name(), header, value),
            None => finding.at_cell(None, field.name(), "", value),
        }
    }
}

/// Settles what is left. The finding of an `Err` refuses the file: it holds no ledger.
pub(super) fn finish(mut book: Workbook<'_>) -> Result<(Checked, Piece), Box<Finding>> {
    let places = Places {
        sheets: std::mem::take(&mut book.sheets),
        columns: std::mem::take(&mut book.columns),
    };
    if book.kinds.is_empty() {
        return Err(Box::new(no_ledger(&places.sheets)));
    }
    let mut withdrawn: HashSet<RowId> = HashSet::new();
    let mut piece = book.piece;
    twice(book.petition_keys, &places, &mut piece.findings, &mut withdrawn);
    twice(book.task_keys, &places, &mut piece.findings, &mut withdrawn);
    book.plain.finish(&places, &mut piece.findings, &mut withdrawn);
    pasted(book.handlings, &places, &mut piece.findings);
    let reported_on = reporting_date(&book.dates, &mut piece.findings);
    let as_of = reported_on.unwrap_or(book.context.today);
    for dated in &book.dated {
        if let Some(finding) = dated.finding(as_of, &places) {
            if finding.rule.severity == Severity::Error {
                withdrawn.insert(dated.id);
            }
            piece.findings.push(finding);
        }
    }
    if book.context.register() {
        for (id, finding) in book.parents.missing(&places) {
            withdrawn.insert(id);
            piece.findings.push(finding);
        }
    }
    let mut checked = book.checked;
    checked.refused += withdrawn.len() as u64;
    piece.withdrawn = withdrawn.into_iter().map(RowId::get).collect();
    checked.reported_on = reported_on;
    checked.kinds = book.kinds.into_iter().collect();
    checked.sheets = serde_json::Value::Array(places.sheets.iter().map(SheetReport::json).collect()).to_string();
    Ok((checked, piece))
}

fn no_ledger(sheets: &[SheetReport]) -> Finding {
    let told: Vec<String> = sheets
        .iter()
        .map(|sheet| format!("{}({})", sheet.name, sheet.skipped.unwrap_or("no_header")))
        .collect();
    Finding::new(&rules::NO_LEDGER, &"".into(), [("sheets", told.join("、"))])
}

/// All rows of a key that stands twice are refused: which one is right cannot be known.
fn twice(keys: Keys, places: &Places, findings: &mut Vec<Finding>, withdrawn: &mut HashSet<RowId>) {
    for Repeated { number, rows } in keys.repeated() {
        let ids: Vec<RowId> = rows.iter().map(|row| row.id).collect();
        let (count, listed) = (ids.len().to_string(), listed(&ids, LISTED));
        for row in rows {
            let params = [
                ("found", number.clone()),
                ("count", count.clone()),
                ("rows", listed.clone()),
            ];
            findings.push(places.finding(&rules::KEY_TWICE, row.id, Field::Number, &number, params));
            if !row.refused {
                withdrawn.insert(row.id);
            }
        }
    }
}

fn pasted(texts: Texts, places: &Places, findings: &mut Vec<Finding>) {
    for rows in texts.pasted() {
        let (count, listed) = (rows.len().to_string(), listed(&rows, LISTED));
        for row in rows {
            let params = [("count", count.clone()), ("rows", listed.clone())];
            findings.push(places.finding(&rules::TEXT_PASTED, row, Field::Handling, "", params));
        }
    }
}

/// The reporting date; where sheets differ, the earliest, since nothing newer may be claimed for the others.
fn reporting_date(dates: &BTreeSet<NaiveDate>, findings: &mut Vec<Finding>) -> Option<NaiveDate> {
    if dates.len() > 1 {
        let told: Vec<String> = dates.iter().map(ToString::to_string).collect();
        findings.push(Finding::new(
            &rules::SEVERAL_DATES,
            &"".into(),
            [("dates", told.join("、"))],
        ));
    }
    dates.first().copied()
}
