//! A row of a task ledger: its fields, and the rules on them together.

use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use ducha_records::codes::{Closure, DeadlineKind, TaskSource, TaskStatus};
use ducha_records::rules;
use ducha_records::tasks::{ProgressContent, TaskWording};

mod together;

pub(super) use together::Late;

use super::Context;
use super::petition::{append, own_text};
use super::plan::{Field, PlanColumn};
use super::row::RowCheck;
use super::whose::{self, Whose};
use crate::cell::Value;
use crate::values::deadline::{self, DeadlineFault};
use crate::values::task_no;

/// What a ledger says of the status, beyond what is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    /// One of the closed list.
    Status(TaskStatus),
    /// 基本完成
    LargelyCompleted,
    /// 整改中: says nothing about the schedule.
    InProgress,
}

/// What a row says.
#[derive(Debug, Default)]
pub(super) struct TaskRow {
    pub number: Option<String>,
    pub whose: Whose,
    pub wording: TaskWording,
    pub content: ProgressContent,
    written: Option<Written>,
    status_text: String,
}

/// Reads a row and checks it. What is wrong is in `check`. `reported_on` is the date above the header, if there is one.
pub(super) fn read(
    check: &mut RowCheck<'_, '_>,
    row: &crate::cell::Row,
    reported_on: Option<NaiveDate>,
    context: &Context<'_>,
) -> TaskRow {
    let mut task = TaskRow::default();
    let plan = check.plan;
    for (column, value) in plan.cells(row) {
        task.take(check, column, value, reported_on, context);
    }
    whose::or_files_own(&mut task.whose, check, context);
    let register = context.register();
    check.require(
        |field| task.is_empty(field),
        |column| plan.row_must_have(column.column.required, context),
    );
    task.settle_status(check, reported_on.unwrap_or(context.today));
    task.check_wording(check, context);
    if !register {
        task.check_together(check, context);
    }
    task
}

impl TaskRow {
    fn take<'a>(
        &mut self,
        check: &mut RowCheck<'_, 'a>,
        column: &PlanColumn<'a>,
        value: &Value,
        reported_on: Option<NaiveDate>,
        context: &Context<'_>,
    ) {
        let (wording, content) = (&mut self.wording, &mut self.content);
        match column.field {
            Field::Number => self.number = number(check, column, value),
            Field::Parent => wording.parent = number(check, column, value),
            Field::Division => self.whose = whose::read(check, column, value, context),
            Field::Source => {
                let choice = check.choice(column, value);
                let read = choice.and_then(|choice| TaskSource::from_str(&choice.value).ok());
                wording.source = read.map(TaskSource::code);
            }
            Field::Problem => wording.problem = check.text(column, value).unwrap_or_default(),
            Field::Units => append(&mut wording.units, check.text(column, value)),
            Field::Deadline => read_deadline(wording, check, column, value, reported_on, context),
            Field::Status => self.take_status(check, column, value),
            Field::CompletedOn => content.completed_on = check.date(column, value, &context.dates),
            Field::Closure => {
                let choice = check.choice(column, value);
                let read = choice.and_then(|choice| Closure::from_str(&choice.value).ok());
                content.closure = content.closure.max(read.map_or(0, Closure::code));
            }
            Field::ClosedOn => content.closed_on = check.date(column, value, &context.dates),
            Field::Remarks => append(&mut content.remarks, check.text(column, value)),
            Field::Own => append(&mut content.remarks, own_text(check, column, value)),
            field => {
                let text = match field {
                    Field::Progress => Some(&mut content.progress),
                    Field::Reason => Some(&mut content.reason),
                    field => wording_text(wording, field),
                };
                if let Some(text) = text {
                    *text = check.text(column, value);
                }
            }
        }
    }

    fn take_status<'a>(&mut self, check: &mut RowCheck<'_, 'a>, column: &PlanColumn<'a>, value: &Value) {
        let Some(choice) = check.choice(column, value) else {
            return;
        };
        self.status_text.clone_from(&choice.label);
        let completed = Some(Written::Status(TaskStatus::Completed));
        self.written = match choice.value.as_str() {
            "largely_completed" => Some(Written::LargelyCompleted),
            "in_progress" => Some(Written::InProgress),
            "completed_and_closed" => {
                self.content.closure = Closure::Closed.code();
                completed
            }
            "completed_long_term" => {
                self.wording.long_term = true;
                completed
            }
            token => TaskStatus::from_str(token).ok().map(Written::Status),
        };
    }

    /// A status that says nothing about the schedule is on track until the deadline, and behind after it.
    fn settle_status(&mut self, check: &mut RowCheck<'_, '_>, as_of: NaiveDate) {
        let overdue = self.wording.due_on.is_some_and(|due| due < as_of);
        let status = match self.written {
            Some(Written::Status(status)) => status,
            Some(Written::LargelyCompleted | Written::InProgress) if overdue => TaskStatus::Behind,
            Some(Written::LargelyCompleted | Written::InProgress) => TaskStatus::OnTrack,
            None => TaskStatus::NotStarted,
        };
        if self.written == Some(Written::LargelyCompleted) {
            let found = self.status_text.clone();
            check.field(
                &rules::LARGELY_COMPLETED,
                Field::Status,
                &found,
                [("found", found.clone())],
            );
        }
        self.content.status = status.code();
    }

    fn is_empty(&self, field: Field) -> bool {
        match field {
            Field::Number => self.number.is_none(),
            Field::Division => self.whose.division.is_none(),
            Field::Problem => self.wording.problem.is_empty(),
            Field::Status => self.written.is_none(),
            _ => false,
        }
    }

    fn completed(&self) -> bool {
        self.content.status == TaskStatus::Completed.code()
    }

    /// Day of completion, where the row is completed.
    pub fn completed_on(&self) -> Option<NaiveDate> {
        self.content.completed_on.filter(|_| self.completed())
    }

    /// Day of closing, where the row is closed.
    pub fn closed_on(&self) -> Option<NaiveDate> {
        let closed = self.content.closure == Closure::Closed.code();
        self.content.closed_on.filter(|_| closed)
    }

    /// The status as the profile labels it.
    pub fn status_text(&self) -> &str {
        &self.status_text
    }
}

fn wording_text(wording: &mut TaskWording, field: Field) -> Option<&mut Option<String>> {
    Some(match field {
        Field::Theme => &mut wording.theme,
        Field::Topic => &mut wording.topic,
        Field::CaseName => &mut wording.case_name,
        Field::PlanYears => &mut wording.plan_years,
        Field::Target => &mut wording.target,
        Field::Measures => &mut wording.measures,
        Field::LeadUnit => &mut wording.lead_unit,
        Field::SupervisingUnit => &mut wording.supervising_unit,
        Field::AcceptingUnit => &mut wording.accepting_unit,
        _ => return None,
    })
}

/// A task number in its plain form, [`task_no::read`].
pub(super) fn number(check: &mut RowCheck<'_, '_>, column: &PlanColumn<'_>, value: &Value) -> Option<String> {
    let written = check.token(column, value)?;
    if let Value::DateTime(_) = value {
        check.cell(
            &rules::NUMBER_BECAME_DATE,
            column,
            &written,
            [("found", written.to_string())],
        );
        return None;
    }
    let number = task_no::read(&written);
    if number.is_none() {
        let params = [("found", written.to_string()), ("wanted", "12-3".to_owned())];
        check.cell(&rules::NUMBER_MALFORMED, column, &written, params);
    }
    number
}

fn read_deadline(
    wording: &mut TaskWording,
    check: &mut RowCheck<'_, '_>,
    column: &PlanColumn<'_>,
    value: &Value,
    reported_on: Option<NaiveDate>,
    context: &Context<'_>,
) {
    let Some(written) = check.token(column, value) else {
        return;
    };
    match deadline::read(value, reported_on.map(|date| date.year()), &context.dates) {
        Ok(read) => {
            if read.staged {
                check.cell(
                    &rules::DEADLINE_STAGED,
                    column,
                    &written,
                    [("found", written.to_string())],
                );
            }
            wording.deadline_text = Some(written.into_owned());
            wording.deadline_kind = match read.kind {
                deadline::DeadlineKind::Date => DeadlineKind::Date,
                deadline::DeadlineKind::OpenEnded => DeadlineKind::OpenEnded,
                deadline::DeadlineKind::Immediate => DeadlineKind::Immediate,
                deadline::DeadlineKind::Unknown => DeadlineKind::Unknown,
            }
            .code();
            wording.due_on = read.due;
            wording.long_term |= read.long_term;
        }
        Err(DeadlineFault::Date(fault)) => check.date_fault(column, &written, fault, &context.dates),
        Err(DeadlineFault::Unreadable) => {
            check.cell(
                &rules::DEADLINE_UNREADABLE,
                column,
                &written,
                [("found", written.to_string())],
            );
        }
        Err(DeadlineFault::RelativeYear) => {
            check.cell(
                &rules::DEADLINE_WITHOUT_YEAR,
                column,
                &written,
                [("found", written.to_string())],
            );
        }
    }
}
