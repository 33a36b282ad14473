//! Whose row it is: the divisions a cell names, against the division the file is handed in for.

use std::cell::RefCell;
use std::collections::HashMap;

use ducha_records::rules;

use super::Context;
use super::plan::{Field, PlanColumn};
use super::row::RowCheck;
use crate::cell::Value;
use crate::values::division::{DivisionFault, DivisionMatch, Gazetteer};

/// Divisions of one row.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Whose {
    /// Whose part the row is; in the province's list, the province.
    pub division: Option<String>,
    /// Other divisions that have a part too.
    pub others: Vec<String>,
}

/// Reads the divisions of a cell and settles whose row it is. A row outside the file's division is found.
pub(super) fn read(
    check: &mut RowCheck<'_, '_>,
    column: &PlanColumn<'_>,
    value: &Value,
    context: &Context<'_>,
) -> Whose {
    let Some(written) = check.token(column, value) else {
        return Whose::default();
    };
    let Some(codes) = named(check, column, &written, context) else {
        return Whose::default();
    };
    if context.register() {
        return Whose {
            division: context.division.clone(),
            others: codes,
        };
    }
    match &context.division {
        Some(own) => within(check, column, &written, codes, own, context),
        None => single(check, column, &written, codes),
    }
}

/// The codes of the divisions a cell names; `None` for a cell that cannot be read, which is found.
fn named(
    check: &mut RowCheck<'_, '_>,
    column: &PlanColumn<'_>,
    written: &str,
    context: &Context<'_>,
) -> Option<Vec<String>> {
    let named = match context.divisions.read(context.gazetteer, written) {
        Ok(named) => named,
        Err(fault) => {
            unreadable(check, column, written, &fault, context);
            return None;
        }
    };
    for division in named.iter().filter(|division| division.former) {
        let params = [("found", written.to_owned()), ("wanted", context.name(&division.code))];
        check.cell(&rules::DIVISION_FORMER, column, written, params).suggestion = context.name(&division.code);
    }
    Some(named.into_iter().map(|division| division.code).collect())
}

/// Cells that were read before: a ledger names the same few divisions in all its rows.
#[derive(Debug, Clone, Default)]
pub struct KnownDivisions(RefCell<HashMap<String, Result<Vec<DivisionMatch>, DivisionFault>>>);

/// So many different cells are remembered.
const KNOWN: usize = 4_096;

impl KnownDivisions {
    fn read(&self, gazetteer: &Gazetteer, written: &str) -> Result<Vec<DivisionMatch>, DivisionFault> {
        let mut known = self.0.borrow_mut();
        if let Some(read) = known.get(written) {
            return read.clone();
        }
        let read = gazetteer.read(written);
        if known.len() < KNOWN {
            known.insert(written.to_owned(), read.clone());
        }
        read
    }
}

/// The file is one division's: a row is its own, or that of one division below it. A division above it (贵阳市 in a
/// county's ledger) means the file's own.
fn within(
    check: &mut RowCheck<'_, '_>,
    column: &PlanColumn<'_>,
    written: &str,
    codes: Vec<String>,
    own: &str,
    context: &Context<'_>,
) -> Whose {
    let above = |code: &String| context.gazetteer.is_within(own, code);
    if codes.iter().any(above) {
        let others = codes
            .into_iter()
            .filter(|code| !context.gazetteer.is_within(own, code))
            .collect();
        return Whose {
            division: Some(own.to_owned()),
            others,
        };
    }
    let (below, foreign): (Vec<String>, Vec<String>) = codes
        .into_iter()
        .partition(|code| context.gazetteer.is_within(code, own));
    match <[String; 1]>::try_from(below) {
        Ok([division]) => Whose {
            division: Some(division),
            others: foreign,
        },
        Err(below) if below.is_empty() => {
            let params = [("found", written.to_owned()), ("wanted", context.name(own))];
            check.cell(&rules::DIVISION_FOREIGN, column, written, params);
            Whose::default()
        }
        Err(_) => several(check, column, written),
    }
}

/// The file does not say whose it is: the row must name one division.
fn single(check: &mut RowCheck<'_, '_>, column: &PlanColumn<'_>, written: &str, codes: Vec<String>) -> Whose {
    match <[String; 1]>::try_from(codes) {
        Ok([division]) => Whose {
            division: Some(division),
            others: Vec::new(),
        },
        Err(_) => several(check, column, written),
    }
}

fn several(check: &mut RowCheck<'_, '_>, column: &PlanColumn<'_>, written: &str) -> Whose {
    check.cell(
        &rules::DIVISIONS_SEVERAL,
        column,
        written,
        [("found", written.to_owned())],
    );
    Whose::default()
}

fn unreadable(
    check: &mut RowCheck<'_, '_>,
    column: &PlanColumn<'_>,
    written: &str,
    fault: &DivisionFault,
    context: &Context<'_>,
) {
    match fault {
        DivisionFault::Unknown(piece) => {
            let nearest = context.gazetteer.nearest(piece).map(|division| division.name.clone());
            check
                .cell(&rules::DIVISION_UNKNOWN, column, written, [("found", piece.clone())])
                .suggestion = nearest.unwrap_or_default();
        }
        DivisionFault::Ambiguous(piece, codes) => {
            let names: Vec<String> = codes.iter().map(|code| context.name(code)).collect();
            let params = [("found", piece.clone()), ("wanted", names.join("、"))];
            check.cell(&rules::DIVISION_AMBIGUOUS, column, written, params);
        }
    }
}

/// A row whose cell is blank, or whose sheet has no such column, is the file's own, unless that may mean one of several:
/// a prefecture's ledger names the county of each row.
pub(super) fn or_files_own(whose: &mut Whose, check: &RowCheck<'_, '_>, context: &Context<'_>) {
    if whose.division.is_some() || check.found_in(Field::Division) {
        return;
    }
    match &check.plan.division {
        Some(of_sheet) if context.register() => {
            whose.division.clone_from(&context.division);
            whose.others.push(of_sheet.clone());
        }
        Some(of_sheet) => whose.division = Some(of_sheet.clone()),
        None if context.one_division => whose.division.clone_from(&context.division),
        None => {}
    }
}

/// Whose a record of one row is: the one division its cell names.
pub(super) fn owner(
    check: &mut RowCheck<'_, '_>,
    column: &PlanColumn<'_>,
    value: &Value,
    context: &Context<'_>,
) -> Option<String> {
    let written = check.token(column, value)?;
    let codes = named(check, column, &written, context)?;
    let whose = match &context.division {
        Some(own) => within(check, column, &written, codes, own, context),
        None => single(check, column, &written, codes),
    };
    if !whose.others.is_empty() {
        several(check, column, &written);
        return None;
    }
    whose.division
}

/// The division of a record whose row names none: that of its sheet, else the file's, unless the sheet has a column for it
/// and the file may mean several.
pub(super) fn owner_unnamed(check: &RowCheck<'_, '_>, context: &Context<'_>) -> Option<String> {
    if check.found_in(Field::Division) {
        return None;
    }
    let files_own = context.one_division || check.plan.column(Field::Division).is_none();
    let file = context.division.clone().filter(|_| files_own);
    check.plan.division.clone().or(file)
}
