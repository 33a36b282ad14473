//! One row of data: checked, remembered for what only the whole file can tell, and handed on.

use ducha_records::codes::RecordKind;

use super::Workbook;
use crate::cell::Row;
use crate::check::across::{RowId, Seen};
use crate::check::end::Dated;
use crate::check::plan::Field;
use crate::check::row::RowCheck;
use crate::check::sheet::Reading;
use crate::check::{emit, petition, plain, task};
use crate::profile::LedgerKind;

impl<'a> Workbook<'a> {
    /// `taken`: a marked copy says that the row is in already, so that its base version is gone for a good reason.
    pub(super) fn data_row(&mut self, reading: &Reading<'a>, row: &Row, taken: bool) {
        self.checked.rows += 1;
        self.piece.rows_read = self.checked.rows;
        self.piece.reported_on = self.dates.first().copied();
        if reading.refused {
            self.checked.refused += 1;
            return;
        }
        let id = RowId::new(reading.plan.index, row.number);
        if !taken {
            self.base_version(reading, id, row);
        }
        let mut check = RowCheck::new(&reading.plan, row.number);
        match reading.plan.kind() {
            LedgerKind::Petitions => self.petition(&mut check, id, reading, row),
            LedgerKind::Tasks => self.task(&mut check, id, reading, row),
            _ => self.plain(&mut check, id, row),
        }
        if check.refused() {
            self.checked.refused += 1;
        }
        self.piece.findings.extend(check.told());
    }

    fn base_version(&mut self, reading: &Reading<'a>, id: RowId, row: &Row) {
        let version = reading.plan.layout.base_version.and_then(|column| row.get(column));
        if let Some(Ok(version)) = version.map(|value| value.as_written().parse()) {
            self.piece.base_versions.push((id.get(), version));
        }
    }

    fn petition(&mut self, check: &mut RowCheck<'_, 'a>, id: RowId, reading: &Reading<'a>, row: &Row) {
        let mut petition = petition::read(check, row, reading.batch, &self.context);
        if let Some(number) = &petition.number {
            check.is_of(RecordKind::Petition, &number.number, &petition.whose);
            let seen = Seen {
                id,
                refused: check.refused(),
            };
            self.petition_keys
                .add(&number.number, petition.whose.division.as_deref(), seen);
        }
        if check.refused() {
            return;
        }
        reading.plan.keep(row, &mut petition.content.remarks);
        if let Some(on) = petition.concluded_on() {
            self.dated.push(Dated::concluded(id, on));
        }
        if let Some(text) = &petition.content.handling {
            self.handlings.add(text, id);
        }
        if let Some(number) = &petition.number {
            let (number, wording) = (number.number.as_str(), &petition.wording);
            let (merged, repeated) = (wording.merged_into.as_deref(), wording.duplicate_of.as_deref());
            self.pointers.add(id, Field::MergedInto, number, merged);
            self.pointers.add(id, Field::DuplicateOf, number, repeated);
            if !self.context.one_division && !self.context.register() {
                let substantiated = petition.content.substantiated;
                self.shared.add(number, id, &wording.complaint, substantiated);
            }
        }
        emit::petition(
            &mut self.piece,
            &mut self.hasher,
            id,
            check.sheet(),
            petition,
            self.context.register(),
        );
    }

    fn plain(&mut self, check: &mut RowCheck<'_, 'a>, id: RowId, row: &Row) {
        let Some(mut plain) = plain::read(check, row, &self.context) else {
            return;
        };
        self.plain.add(check.plan.kind(), &plain, id, check.refused());
        if check.refused() {
            return;
        }
        check.plan.keep(row, plain.remarks());
        self.dated
            .extend(plain.dated.drain(..).map(|(date, what)| Dated::new(id, date, what)));
        emit::plain(&mut self.piece, &mut self.hasher, id, check.sheet(), plain);
    }

    fn task(&mut self, check: &mut RowCheck<'_, 'a>, id: RowId, reading: &Reading<'a>, row: &Row) {
        let mut task = task::read(check, row, reading.reported_on, &self.context);
        if let Some(number) = &task.number {
            check.is_of(RecordKind::Task, number, &task.whose);
            self.task_keys.add(
                number,
                task.whose.division.as_deref(),
                Seen {
                    id,
                    refused: check.refused(),
                },
            );
            self.parents.number(number);
        }
        if check.refused() {
            return;
        }
        reading.plan.keep(row, &mut task.content.remarks);
        if let Some(parent) = &task.wording.parent {
            self.parents.parent(parent, id);
        }
        if let Some(number) = &task.number {
            self.pointers
                .add(id, Field::Parent, number, task.wording.parent.as_deref());
        }
        self.dated
            .extend(task.completed_on().map(|on| Dated::completed(id, on)));
        self.dated.extend(task.closed_on().map(|on| Dated::closed(id, on)));
        if !self.context.register() {
            self.dated.extend(
                task.unfinished_by()
                    .map(|(due, late)| Dated::late(id, due, late, task.status_text())),
            );
        }
        emit::task(
            &mut self.piece,
            &mut self.hasher,
            id,
            check.sheet(),
            task,
            self.context.register(),
        );
    }
}
