//! The findings of the end on their way out, and where they point.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use ducha_records::rules::Rule;

use crate::check::across::{RowId, listed};
use crate::check::plan::Field;
use crate::check::sheet::SheetReport;
use crate::check::workbook::PIECE;
use crate::check::{Finding, Piece, Sink, Stopped};
use crate::profile::{LedgerKind, Profiles};

/// Where rows and fields stand, by what is left of the sheets.
pub(in crate::check) struct Places {
    pub(super) sheets: Vec<SheetReport>,
    pub(super) columns: HashMap<(u32, Field), (u32, String)>,
}

impl Places {
    /// Name of a sheet.
    pub fn name(&self, sheet: u32) -> &str {
        &self.sheets[sheet as usize].name // an id is made of a sheet that has its report
    }

    /// Header of a field, as written on the row's sheet.
    pub fn header(&self, id: RowId, field: Field) -> String {
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
        let mut finding = Finding::new(rule, sheet, params).at_row(id.row());
        finding.row_id = Some(id.get());
        match self.columns.get(&(id.sheet(), field)) {
            Some((column, header)) => finding.at_cell(Some(*column), field.name(), header, value),
            None => finding.at_cell(None, field.name(), "", value),
        }
    }
}

/// The findings of the end on their way out: handed on as they come, so that a flood of them is never in memory.
pub(in crate::check) struct Out<'s, S: Sink> {
    pub(super) places: Places,
    pub(super) piece: Piece,
    pub(super) sink: &'s mut S,
    pub(super) off: Off,
    /// Rows refused only now.
    pub withdrawn: HashSet<RowId>,
}

/// The rules that are switched off, by sheet.
pub(super) struct Off(Vec<(Arc<str>, Vec<String>)>);

impl Off {
    pub fn new(places: &Places, profiles: &Profiles) -> Self {
        let kinds = places.sheets.iter().filter_map(|sheet| {
            let kind: LedgerKind = sheet.kind?.parse().ok()?;
            Some((Arc::clone(&sheet.name), profiles.get(kind).rules_off.clone()))
        });
        Self(kinds.filter(|(_, off)| !off.is_empty()).collect())
    }

    pub fn is_off(&self, finding: &Finding) -> bool {
        let of_sheet = self.0.iter().filter(|(sheet, _)| **sheet == *finding.sheet);
        of_sheet.flat_map(|(_, off)| off).any(|code| code == finding.rule.code)
    }
}

impl<S: Sink> Out<'_, S> {
    pub fn put(&mut self, finding: Finding) -> Result<(), Stopped<S::Error>> {
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
        self.group_with(rule, rows, &[], (field, value), params)
    }

    /// The same, with the fingerprint of each row's cell.
    pub fn group_with(
        &mut self,
        rule: &'static Rule,
        rows: &[RowId],
        fingerprints: &[u64],
        (field, value): (Field, &str),
        params: &[(&str, String)],
    ) -> Result<(), Stopped<S::Error>> {
        let Some(first) = rows.first() else { return Ok(()) };
        let first = format!("{}!{}", self.places.name(first.sheet()), first.row());
        let mut lists: HashMap<u32, String> = HashMap::new();
        for (at, row) in rows.iter().enumerate() {
            let places = &self.places;
            let list = lists
                .entry(row.sheet())
                .or_insert_with(|| listed(rows, row.sheet(), |sheet| places.name(sheet)));
            let same = [("rows", list.clone()), ("first", first.clone())];
            let mut finding = places.finding(rule, *row, field, value, same);
            let own = params.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
            finding.params.extend(own);
            finding.fingerprint = fingerprints.get(at).map(|print| format!("{print:016x}"));
            self.put(finding)?;
        }
        Ok(())
    }
}
