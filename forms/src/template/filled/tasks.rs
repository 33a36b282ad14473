//! The tasks of a division that are not completed.

use diesel::QueryResult;
use ducha_records::Db;
use ducha_records::codes::{Closure, TaskSource, TaskStatus};
use ducha_records::tasks::{self, Progress, ProgressContent, Task, TaskFilter, TaskWording};

use super::{BaseVersion, FilledRow, FilledValue, PAGE, Whose};
use crate::cell::Value;
use crate::profile::Profile;
use crate::values::date::DateContext;
use crate::values::deadline::{self, DeadlineFault};

/// By rising number, as people count.
pub(super) fn rows(db: &mut Db, profile: &Profile, whose: &Whose<'_>) -> QueryResult<Vec<FilledRow>> {
    // A task is as far as its least advanced part, so one with an unfinished part is unfinished.
    let unfinished = [
        TaskStatus::NotStarted,
        TaskStatus::Behind,
        TaskStatus::OnTrack,
        TaskStatus::Ahead,
    ];
    let filter = TaskFilter {
        divisions: whose.codes(),
        statuses: unfinished.map(TaskStatus::code).to_vec(),
        ..TaskFilter::default()
    };
    let mut rows = Vec::new();
    let mut after = String::new();
    loop {
        let page = tasks::list(db, whose.reach, whose.inspection, &filter, &after, PAGE)?;
        for found in &page.rows {
            let open =
                |part: &&Progress| whose.has(&part.division) && part.content.status < TaskStatus::Completed.code();
            rows.extend(
                found
                    .progress
                    .iter()
                    .filter(open)
                    .map(|part| row(profile, whose, &found.task, part)),
            );
        }
        match page.rows.last().filter(|_| page.more) {
            Some(last) => after.clone_from(&last.task.number),
            None => break,
        }
    }
    rows.sort_by_cached_key(|row| match row.cells.get("number") {
        Some(FilledValue::Text(number)) => order(number),
        _ => Vec::new(),
    });
    Ok(rows)
}

/// As people count: 3 before 16, and 12-3 behind 12.
fn order(number: &str) -> Vec<(u64, String)> {
    let part = |part: &str| (part.parse().unwrap_or(u64::MAX), part.to_owned());
    number.split('-').map(part).collect()
}

fn row(profile: &Profile, whose: &Whose<'_>, task: &Task, part: &Progress) -> FilledRow {
    let mut row = FilledRow::new(BaseVersion {
        record: task.version,
        part: part.edition,
    });
    row.text("number", Some(&task.number));
    row.text("division", Some(&whose.name(&part.division)));
    wording(&mut row, profile, &task.wording);
    if part.reported {
        content(&mut row, profile, &part.content);
    }
    row
}

fn wording(row: &mut FilledRow, profile: &Profile, wording: &TaskWording) {
    row.word(
        profile,
        "source",
        wording.source.and_then(TaskSource::from_code).map(TaskSource::token),
    );
    row.text("problem", Some(&wording.problem));
    let texts = [
        ("parent", &wording.parent),
        ("theme", &wording.theme),
        ("topic", &wording.topic),
        ("case_name", &wording.case_name),
        ("plan_years", &wording.plan_years),
        ("target", &wording.target),
        ("measures", &wording.measures),
        ("lead_unit", &wording.lead_unit),
        ("units", &wording.units),
        ("supervising_unit", &wording.supervising_unit),
        ("accepting_unit", &wording.accepting_unit),
        ("deadline", &absolute(wording)),
    ];
    for (field, text) in texts {
        row.text(field, text.as_ref());
    }
}

/// The deadline as written; one that names no year (今年底前) as the day it meant, since the form has no date to count from.
fn absolute(wording: &TaskWording) -> Option<String> {
    let text = wording.deadline_text.clone()?;
    let read = deadline::read(&Value::Text(text.clone()), None, &DateContext::default());
    match (read, wording.due_on) {
        (Err(DeadlineFault::RelativeYear), Some(due)) => Some(due.format("%Y年%-m月%-d日前").to_string()),
        _ => Some(text),
    }
}

fn content(row: &mut FilledRow, profile: &Profile, content: &ProgressContent) {
    row.text("progress", content.progress.as_ref());
    let status = TaskStatus::from_code(content.status);
    row.word(profile, "status", status.map(TaskStatus::token));
    row.day("completed_on", content.completed_on);
    // No closure is left blank, as a county leaves it.
    let closure = Closure::from_code(content.closure).filter(|closure| *closure != Closure::None);
    row.word(profile, "closure", closure.map(Closure::token));
    row.day("closed_on", content.closed_on);
    row.text("reason", content.reason.as_ref());
    row.text("remarks", content.remarks.as_ref());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_without_a_year_is_given_the_one_it_meant() {
        let deadline = |text: &str| {
            absolute(&TaskWording {
                deadline_text: Some(text.to_owned()),
                due_on: chrono::NaiveDate::from_ymd_opt(2022, 12, 31),
                ..TaskWording::default()
            })
        };
        assert_eq!(deadline("今年底前").as_deref(), Some("2022年12月31日前"));
        assert_eq!(
            deadline("2022年底前，长期坚持").as_deref(),
            Some("2022年底前，长期坚持")
        );
    }

    #[test]
    fn tasks_stand_in_the_order_in_which_people_count() {
        let mut numbers = ["30", "3", "12-10", "GZ-2", "12", "12-3"];
        numbers.sort_by_cached_key(|number| order(number));
        assert_eq!(numbers, ["3", "12", "12-3", "12-10", "30", "GZ-2"]);
    }
}
