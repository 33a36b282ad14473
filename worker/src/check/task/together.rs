//! The rules on the fields of a task's row together.

use chrono::NaiveDate;
use ducha_records::codes::{Closure, DeadlineKind, TaskSource, TaskStatus};
use ducha_records::rules;

use super::{TaskRow, Written};
use crate::check::Context;
use crate::check::plan::Field;
use crate::check::row::RowCheck;

/// What is wrong with a row that is late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum Late {
    /// It says that it is on schedule.
    ClaimsOnTrack,
    /// It does not say why.
    Silent,
    /// It says 整改中, which is behind schedule now.
    SaysInProgress,
}

impl TaskRow {
    /// What is wrong with what the task demands, in a county's ledger as in the province's list.
    pub(super) fn check_wording(&self, check: &mut RowCheck<'_, '_>, context: &Context<'_>) {
        let wording = &self.wording;
        if let (Some(due), Some(started)) = (wording.due_on, context.inspection.started_on)
            && due < started
        {
            let params = [("due", due.to_string()), ("started", started.to_string())];
            let written = wording.deadline_text.as_deref().unwrap_or_default();
            check.field(&rules::DUE_BEFORE_INSPECTION, Field::Deadline, written, params);
        }
        if wording.source == Some(TaskSource::TypicalCase.code())
            && wording.case_name.is_none()
            && check.may_be_empty(Field::CaseName)
        {
            check.field(&rules::CASE_UNNAMED, Field::CaseName, "", []);
        }
        if let (Some(number), Some(parent)) = (&self.number, &wording.parent)
            && let Some((wanted, _)) = number.rsplit_once('-')
            && wanted.starts_with(|first: char| first.is_ascii_digit())
            && !number.starts_with(&format!("{parent}-"))
            && number != parent
        {
            let params = [
                ("found", number.clone()),
                ("wanted", wanted.to_owned()),
                ("parent", parent.clone()),
            ];
            check
                .field(&rules::PARENT_DISAGREES, Field::Parent, parent, params)
                .suggestion = wanted.to_owned();
        }
    }

    pub(super) fn check_together(&self, check: &mut RowCheck<'_, '_>, context: &Context<'_>) {
        if self.written.is_none() {
            return;
        }
        self.check_closure(check);
        self.check_closed_on(check);
        self.check_completion(check, context);
    }

    fn check_closure(&self, check: &mut RowCheck<'_, '_>) {
        let Some(closure) = Closure::from_code(self.content.closure) else {
            return;
        };
        let found = || ("found", self.status_text.clone());
        match (closure, self.completed()) {
            (Closure::Closed, false) => {
                check.field(&rules::CLOSED_UNFINISHED, Field::Closure, closure.label(), [found()]);
            }
            (Closure::Accepted | Closure::Publicised, false) => {
                let params = [("closure", closure.label().to_owned()), found()];
                check.field(&rules::ACCEPTED_UNFINISHED, Field::Closure, closure.label(), params);
            }
            (Closure::Returned, true) => {
                check.field(&rules::RETURNED_COMPLETED, Field::Closure, closure.label(), [found()]);
            }
            (Closure::Closed, true) if self.wording.deadline_kind == DeadlineKind::OpenEnded.code() => {
                let deadline = self.wording.deadline_text.clone().unwrap_or_default();
                check.field(
                    &rules::OPEN_ENDED_CLOSED,
                    Field::Closure,
                    closure.label(),
                    [("found", deadline)],
                );
            }
            _ => {}
        }
    }

    fn check_closed_on(&self, check: &mut RowCheck<'_, '_>) {
        let closed = self.content.closure == Closure::Closed.code();
        match (self.content.closed_on, self.content.completed_on) {
            (Some(on), _) if !closed => {
                let on = on.to_string();
                check.field(
                    &rules::CLOSED_DATED_OPEN,
                    Field::ClosedOn,
                    &on,
                    [("closed", on.clone())],
                );
            }
            (Some(on), Some(completed)) if on < completed => {
                let params = [("closed", on.to_string()), ("completed", completed.to_string())];
                check.field(&rules::CLOSED_EARLY, Field::ClosedOn, &on.to_string(), params);
            }
            (None, _) if closed && self.completed() && check.may_be_empty(Field::ClosedOn) => {
                check.field(&rules::CLOSED_UNDATED, Field::ClosedOn, "", []);
            }
            _ => {}
        }
    }

    fn check_completion(&self, check: &mut RowCheck<'_, '_>, context: &Context<'_>) {
        let completed = self.completed();
        if completed && self.content.progress.is_none() && check.may_be_empty(Field::Progress) {
            check.field(&rules::COMPLETED_SILENT, Field::Progress, "", []);
        }
        let Some(on) = self.content.completed_on else {
            if completed && check.may_be_empty(Field::CompletedOn) {
                check.field(&rules::COMPLETED_UNDATED, Field::CompletedOn, "", []);
            }
            return;
        };
        let (written, completed_on) = (on.to_string(), ("completed", on.to_string()));
        if !completed {
            let params = [completed_on, ("found", self.status_text.clone())];
            check.field(&rules::COMPLETED_DATED_OPEN, Field::CompletedOn, &written, params);
        } else if let Some(started) = context.inspection.started_on.filter(|started| on < *started) {
            let params = [completed_on, ("started", started.to_string())];
            check.field(
                &rules::COMPLETED_BEFORE_INSPECTION,
                Field::CompletedOn,
                &written,
                params,
            );
        }
    }

    /// The deadline of a row that is not completed, and what is wrong with the row if the ledger's date is past it.
    pub(in crate::check) fn unfinished_by(&self) -> Option<(NaiveDate, Late)> {
        let due = self.wording.due_on.filter(|_| !self.completed())?;
        let claims = matches!(
            self.written,
            Some(Written::Status(TaskStatus::OnTrack | TaskStatus::Ahead))
        );
        if claims {
            return Some((due, Late::ClaimsOnTrack));
        }
        if self.content.reason.is_none() {
            return Some((due, Late::Silent));
        }
        (self.written == Some(Written::InProgress)).then_some((due, Late::SaysInProgress))
    }
}
