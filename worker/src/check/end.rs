//! The end of a file: what only the whole of it can tell.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use ducha_records::codes::Severity;
use ducha_records::rules::{self, Rule};

use super::across::{Keys, Repeated, RowId, Texts, listed};
use super::plan::Field;
use super::pointers::{Circle, Pointers};
use super::shared::{Differing, Shared};
use super::sheet::SheetReport;
use super::task::Late;
use super::workbook::{PIECE, Workbook};
use super::{Checked, FileRefusal, Finding, Piece, Sink, Stopped};
use crate::profile::{LedgerKind, Profiles};

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
    Closed,
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

    pub const fn closed(id: RowId, date: NaiveDate) -> Self {
        Self {
            id,
            date,
            what: What::Closed,
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
            What::Closed if date > reported => {
                let params = vec![("closed", shown.clone()), ("reported", reported.to_string())];
                (&rules::CLOSED_IN_FUTURE, Field::ClosedOn, shown, params)
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
    /// Name of a sheet.
    fn name(&self, sheet: u32) -> &str {
        &self.sheets[sheet as usize].name // an id is made of a sheet that has its report
    }

    /// Header of a field, as written on the row's sheet.
    fn header(&self, id: RowId, field: Field) -> String {
        self.columns
            .get(&(id.sheet(), field))
            .map_or_else(String::new, |(_, header)| header.clone())
    }

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

/// The findings of the end on their way out: handed on as they come, so that a flood of them is never in memory.
pub(super) struct Out<'s, S: Sink> {
    places: Places,
    piece: Piece,
    sink: &'s mut S,
    off: Off,
    /// Rows refused only now.
    pub withdrawn: HashSet<RowId>,
}

/// The rules that are switched off, by sheet.
struct Off(Vec<(Arc<str>, Vec<String>)>);

impl Off {
    fn new(places: &Places, profiles: &Profiles) -> Self {
        let kinds = places.sheets.iter().filter_map(|sheet| {
            let kind: LedgerKind = sheet.kind?.parse().ok()?;
            Some((Arc::clone(&sheet.name), profiles.get(kind).rules_off.clone()))
        });
        Self(kinds.filter(|(_, off)| !off.is_empty()).collect())
    }

    fn is_off(&self, finding: &Finding) -> bool {
        let of_sheet = self.0.iter().filter(|(sheet, _)| **sheet == *finding.sheet);
        of_sheet.flat_map(|(_, off)| off).any(|code| code == finding.rule.code)
    }
}

impl<S: Sink> Out<'_, S> {
    fn put(&mut self, finding: Finding) -> Result<(), Stopped<S::Error>> {
        if self.off.is_off(&finding) {
            return Ok(());
        }
        self.piece.findings.push(finding);
        if self.piece.findings.len() < PIECE {
            return Ok(());
        }
        let next = Piece {
            rows_read: self.piece.rows_read,
            reported_on: self.piece.reported_on,
            ..Piece::default()
        };
        self.sink
            .take(std::mem::replace(&mut self.piece, next))
            .map_err(Stopped::Sink)
    }

    /// A finding for each row of a group, which names them all.
    pub fn group(
        &mut self,
        rule: &'static Rule,
        rows: &[RowId],
        field: Field,
        value: &str,
        params: &[(&str, String)],
    ) -> Result<(), Stopped<S::Error>> {
        let Some(first) = rows.first() else { return Ok(()) };
        let first = format!("{}!{}", self.places.name(first.sheet()), first.row());
        let mut lists: HashMap<u32, String> = HashMap::new();
        for row in rows {
            let places = &self.places;
            let list = lists
                .entry(row.sheet())
                .or_insert_with(|| listed(rows, row.sheet(), |sheet| places.name(sheet)));
            let same = [("rows", list.clone()), ("first", first.clone())];
            let mut finding = places.finding(rule, *row, field, value, same);
            let own = params.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
            finding.params.extend(own);
            self.put(finding)?;
        }
        Ok(())
    }
}

/// Settles what is left, and hands it to `sink`.
pub(super) fn finish<S: Sink>(mut book: Workbook<'_>, sink: &mut S) -> Result<Checked, Stopped<S::Error>> {
    let places = Places {
        sheets: std::mem::take(&mut book.sheets),
        columns: std::mem::take(&mut book.columns),
    };
    if book.kinds.is_empty() {
        let finding = Box::new(no_ledger(&places.sheets));
        return Err(Stopped::Refused(FileRefusal::NoLedger(finding)));
    }
    let off = Off::new(&places, book.context.profiles);
    let mut out = Out {
        off,
        places,
        piece: book.piece,
        sink,
        withdrawn: HashSet::new(),
    };
    if book.checked.rows == 0 {
        out.put(no_rows(&out.places.sheets))?;
    }
    let (register, province) = (book.context.register(), book.context.province.as_str());
    if register {
        let listed = |number: &str| book.petition_keys.has(number, Some(province));
        circles(&book.pointers, &mut out)?;
        nowhere(book.pointers, listed, &mut out)?;
    } else {
        circles(&book.pointers, &mut out)?;
    }
    twice(book.petition_keys, &mut out)?;
    twice(book.task_keys, &mut out)?;
    book.plain.finish(&mut out)?;
    pasted(book.handlings, &mut out)?;
    shared(book.shared, &mut out)?;
    let reported_on = reporting_date(&book.dates, &mut out)?;
    let as_of = reported_on.unwrap_or(book.context.today);
    for dated in &book.dated {
        let finding = dated.finding(as_of, &out.places);
        if let Some(finding) = finding.filter(|finding| !out.off.is_off(finding)) {
            if finding.rule.severity == Severity::Error {
                out.withdrawn.insert(dated.id);
            }
            out.put(finding)?;
        }
    }
    if register {
        for (id, finding) in book.parents.missing(&out.places) {
            if !out.off.is_off(&finding) {
                out.withdrawn.insert(id);
                out.put(finding)?;
            }
        }
    }
    let mut checked = book.checked;
    checked.refused += out.withdrawn.len() as u64;
    checked.reported_on = reported_on;
    checked.kinds = book.kinds.into_iter().collect();
    let sheets = out.places.sheets.iter().map(SheetReport::json).collect();
    checked.sheets = serde_json::Value::Array(sheets).to_string();
    let mut last = out.piece;
    last.withdrawn = out.withdrawn.into_iter().map(RowId::get).collect();
    out.sink.take(last).map_err(Stopped::Sink)?;
    Ok(checked)
}

fn no_ledger(sheets: &[SheetReport]) -> Finding {
    let told: Vec<String> = sheets
        .iter()
        .map(|sheet| format!("{}({})", sheet.name, sheet.skipped.unwrap_or("no_header")))
        .collect();
    Finding::new(&rules::NO_LEDGER, &"".into(), [("sheets", told.join("、"))])
}

/// A file of headers only. A sheet without rows beside one that has some is a template's, and nothing to be told of.
fn no_rows(sheets: &[SheetReport]) -> Finding {
    let ledger = sheets.iter().find(|sheet| sheet.kind.is_some());
    let name = ledger.map(|sheet| sheet.name.clone()).unwrap_or_default();
    Finding::new(&rules::NO_ROWS, &name, [("sheet", name.to_string())])
}

/// All rows of a key that stands twice are refused: which one is right cannot be known.
fn twice<S: Sink>(keys: Keys, out: &mut Out<'_, S>) -> Result<(), Stopped<S::Error>> {
    for Repeated { number, rows } in keys.repeated() {
        let ids: Vec<RowId> = rows.iter().map(|row| row.id).collect();
        let params = [("found", number.clone()), ("count", ids.len().to_string())];
        out.group(&rules::KEY_TWICE, &ids, Field::Number, &number, &params)?;
        let accepted = rows.iter().filter(|row| !row.refused);
        out.withdrawn.extend(accepted.map(|row| row.id));
    }
    Ok(())
}

fn pasted<S: Sink>(texts: Texts, out: &mut Out<'_, S>) -> Result<(), Stopped<S::Error>> {
    for rows in texts.pasted() {
        let params = [("count", rows.len().to_string())];
        out.group(&rules::TEXT_PASTED, &rows, Field::Handling, "", &params)?;
    }
    Ok(())
}

/// Rows of one petition that contradict each other.
fn shared<S: Sink>(shared: Shared, out: &mut Out<'_, S>) -> Result<(), Stopped<S::Error>> {
    let refused = std::mem::take(&mut out.withdrawn);
    let [contradicting, worded] = shared.differing(|id| refused.contains(&id));
    out.withdrawn = refused;
    for Differing { number, rows } in contradicting {
        let params = [("found", number)];
        out.group(&rules::PARTS_CONTRADICT_HERE, &rows, Field::Substantiated, "", &params)?;
    }
    for Differing { number, rows } in worded {
        let header = out.places.header(rows[0], Field::Complaint); // at least two rows differ
        let params = [("found", number), ("header", header)];
        out.group(&rules::WORDING_DIFFERS, &rows, Field::Complaint, "", &params)?;
    }
    Ok(())
}

fn circles<S: Sink>(pointers: &Pointers, out: &mut Out<'_, S>) -> Result<(), Stopped<S::Error>> {
    for Circle { pointer, path } in pointers.circles() {
        let params = [
            ("found", pointer.from),
            ("what", pointer.field.name().to_owned()),
            ("path", path),
        ];
        let finding = out
            .places
            .finding(&rules::POINTS_IN_CIRCLE, pointer.id, pointer.field, &pointer.to, params);
        out.put(finding)?;
    }
    Ok(())
}

fn nowhere<S: Sink>(
    pointers: Pointers,
    listed: impl Fn(&str) -> bool,
    out: &mut Out<'_, S>,
) -> Result<(), Stopped<S::Error>> {
    for pointer in pointers.nowhere(listed) {
        let params = [("found", pointer.to.clone()), ("what", pointer.field.name().to_owned())];
        let finding = out
            .places
            .finding(&rules::POINTS_NOWHERE, pointer.id, pointer.field, &pointer.to, params);
        out.put(finding)?;
    }
    Ok(())
}

/// The reporting date; where sheets differ, the earliest, since nothing newer may be claimed for the others.
fn reporting_date<S: Sink>(
    dates: &BTreeSet<NaiveDate>,
    out: &mut Out<'_, S>,
) -> Result<Option<NaiveDate>, Stopped<S::Error>> {
    if dates.len() > 1 {
        let told: Vec<String> = dates.iter().map(ToString::to_string).collect();
        let params = [("dates", told.join("、"))];
        out.put(Finding::new(&rules::SEVERAL_DATES, &"".into(), params))?;
    }
    Ok(dates.first().copied())
}
