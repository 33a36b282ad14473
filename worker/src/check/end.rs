//! The end of a file: what only the whole of it can tell.

mod dated;
mod out;

use std::collections::{BTreeSet, HashSet};

use chrono::NaiveDate;
use ducha_records::codes::Severity;
use ducha_records::rules;

pub(super) use dated::{Dated, What};
use out::Off;
pub(super) use out::{Out, Places};

use super::across::{Keys, Repeated, RowId, Texts};
use super::plan::Field;
use super::pointers::{Circle, Pointers};
use super::shared::{Differing, Shared};
use super::sheet::SheetReport;
use super::workbook::Workbook;
use super::{Checked, FileRefusal, Finding, Sink, Stopped};

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
    circles(&book.pointers, &mut out)?;
    if register {
        let listed = |number: &str| book.petition_keys.has(number, Some(province));
        nowhere(book.pointers, listed, &mut out)?;
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
    for Differing { number, rows, .. } in contradicting {
        let params = [("found", number)];
        out.group(&rules::PARTS_CONTRADICT_HERE, &rows, Field::Substantiated, "", &params)?;
    }
    for Differing {
        number,
        rows,
        complaints,
    } in worded
    {
        let header = out.places.header(rows[0], Field::Complaint); // at least two rows differ
        let params = [("found", number), ("header", header)];
        out.group_with(
            &rules::WORDING_DIFFERS,
            &rows,
            &complaints,
            (Field::Complaint, ""),
            &params,
        )?;
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
