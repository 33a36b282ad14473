//! Tasks and their progress.

use ducha::v1::{Deadline, DeadlineKind, Task, TaskProgress};
use ducha_records::codes;
use ducha_records::tasks::{Progress, TaskWithParts, TaskWording};

use super::mask::{mask_all, mask_fields};
use super::shorten::{cut, cut_all, cut_fields, note};
use super::{FileNames, etag, list, origin, shifted, timestamp};
use crate::pages::Record;
use crate::request::day_text;

/// The imports that a task and its parts were read from.
pub fn task_imports(row: &TaskWithParts) -> impl Iterator<Item = &String> {
    let parts = row.progress.iter().filter(|part| part.reported);
    std::iter::once(&row.task.import_id).chain(parts.map(|part| &part.import_id))
}

/// A task with all its parts.
#[must_use]
pub fn task(row: TaskWithParts, names: &FileNames) -> Task {
    let TaskWithParts { task, progress } = row;
    let wording = task.wording;
    Task {
        deadline: deadline(&wording),
        inspection_id: task.inspection_id,
        number: task.number,
        parent: wording.parent.unwrap_or_default(),
        theme: wording.theme.unwrap_or_default(),
        topic: wording.topic.unwrap_or_default(),
        source: wording.source.unwrap_or(0).into(),
        case_name: wording.case_name.unwrap_or_default(),
        plan_years: wording.plan_years.unwrap_or_default(),
        problem: wording.problem,
        target: wording.target.unwrap_or_default(),
        measures: wording.measures.unwrap_or_default(),
        lead_unit: wording.lead_unit.unwrap_or_default(),
        units: list(&wording.units.unwrap_or_default(), '\n'),
        supervising_unit: wording.supervising_unit.unwrap_or_default(),
        accepting_unit: wording.accepting_unit.unwrap_or_default(),
        assigned_divisions: progress.iter().map(|part| part.division.clone()).collect(),
        unreported_divisions: progress
            .iter()
            .filter(|part| !part.reported)
            .map(|part| part.division.clone())
            .collect(),
        status: shifted(task.status),
        completed_on: day_text(task.completed_on),
        closure: shifted(task.closure),
        closed_on: day_text(task.closed_on),
        progress: progress
            .into_iter()
            .filter(|part| part.reported)
            .map(|part| part_of(part, names))
            .collect(),
        origin: origin(task.import_id, task.sheet, task.row_number, names),
        etag: etag(task.version, task.updated_at_utc),
        version: task.version,
        updated_at: Some(timestamp(task.updated_at_utc)),
        shortened_fields: Vec::new(),
    }
}

/// A ledger that states no deadline has none; one whose text could not be understood has one of unknown kind.
fn deadline(wording: &TaskWording) -> Option<Deadline> {
    let as_written = wording.deadline_text.clone()?;
    let kind = match codes::DeadlineKind::from_code(wording.deadline_kind) {
        Some(codes::DeadlineKind::Date) => DeadlineKind::Date,
        Some(codes::DeadlineKind::OpenEnded) => DeadlineKind::OpenEnded,
        Some(codes::DeadlineKind::Immediate) => DeadlineKind::Immediate,
        Some(codes::DeadlineKind::Unknown) | None => DeadlineKind::Unknown,
    };
    Some(Deadline {
        as_written,
        kind: kind.into(),
        due: day_text(wording.due_on),
        long_term: wording.long_term,
    })
}

fn part_of(row: Progress, names: &FileNames) -> TaskProgress {
    let content = row.content;
    TaskProgress {
        division: row.division,
        progress: content.progress.unwrap_or_default(),
        status: shifted(content.status),
        completed_on: day_text(content.completed_on),
        closure: shifted(content.closure),
        closed_on: day_text(content.closed_on),
        reason: content.reason.unwrap_or_default(),
        remarks: content.remarks.unwrap_or_default(),
        reported_on: day_text(Some(row.reported_on)),
        origin: origin(row.import_id, row.sheet, row.row_number, names),
        shortened_fields: Vec::new(),
    }
}

impl Record for Task {
    fn shorten(&mut self) {
        cut_fields!(
            self,
            topic,
            case_name,
            problem,
            target,
            measures,
            lead_unit,
            supervising_unit,
            accepting_unit
        );
        if cut_all(&mut self.units) {
            note(&mut self.shortened_fields, "units");
        }
        if self
            .deadline
            .as_mut()
            .is_some_and(|deadline| cut(&mut deadline.as_written))
        {
            self.shortened_fields.push("deadline".to_owned());
        }
        for part in &mut self.progress {
            cut_fields!(part, progress, reason, remarks);
        }
    }

    fn mask(&mut self) {
        mask_fields!(
            self,
            topic,
            case_name,
            problem,
            target,
            measures,
            lead_unit,
            supervising_unit,
            accepting_unit
        );
        if mask_all(&mut self.units) {
            note(&mut self.shortened_fields, "units");
        }
        for part in &mut self.progress {
            mask_fields!(part, progress, reason, remarks);
        }
    }

    fn key(&self) -> &str {
        &self.number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_is_there_only_where_the_ledger_states_one() {
        let stated = |text: Option<&str>, kind: codes::DeadlineKind| {
            deadline(&TaskWording {
                deadline_text: text.map(str::to_owned),
                deadline_kind: kind.code(),
                ..Default::default()
            })
            .map(|deadline| deadline.kind())
        };
        assert_eq!(stated(None, codes::DeadlineKind::Unknown), None);
        let unknown = stated(Some("待定"), codes::DeadlineKind::Unknown);
        assert_eq!(unknown, Some(DeadlineKind::Unknown));
        let date = stated(Some("2023年底前"), codes::DeadlineKind::Date);
        assert_eq!(date, Some(DeadlineKind::Date));
    }

    #[test]
    fn the_basic_view_names_a_cut_deadline() {
        let mut task = Task {
            deadline: Some(Deadline {
                as_written: "长".repeat(250),
                ..Default::default()
            }),
            ..Default::default()
        };
        task.shorten();
        assert_eq!(task.shortened_fields, ["deadline"]);
    }
}
