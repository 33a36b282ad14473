//! Reading tasks with their parts: two statements each, whatever is asked.

use diesel::prelude::*;

use super::filter::{Query, TaskFilter};
use super::row::{Progress, Task, TaskWithParts, progress_row, task_row};
use super::{progress_columns, wording_columns};
use crate::codes::RecordKind;
use crate::db::Db;
use crate::dialect;
use crate::page::Page;
use crate::reach::Reach;
use crate::schema::{task_progress, tasks};
use crate::search::{self, Source, Wanted};

const KIND: RecordKind = RecordKind::Task;

/// The task with this number and its parts, as far as they are in reach; none if none of it is.
///
/// # Errors
/// The database's.
pub fn get(db: &mut Db, reach: &Reach, inspection: &str, number: &str) -> QueryResult<Option<TaskWithParts>> {
    let task: Option<Task> = tasks::table
        .find((inspection, number))
        .select(task_row!())
        .first(db)
        .optional()?;
    let Some(task) = task else {
        return Ok(None);
    };
    let progress = task_progress::table
        .filter(
            task_progress::inspection_id
                .eq(inspection)
                .and(task_progress::number.eq(number)),
        )
        .order(task_progress::division)
        .select(progress_row!())
        .load(db)?;
    Ok(within(reach, TaskWithParts { task, progress }))
}

/// Those of these tasks that there are, by number, with their parts, as far as they are in reach.
///
/// # Errors
/// The database's.
pub fn batch(db: &mut Db, reach: &Reach, inspection: &str, numbers: &[String]) -> QueryResult<Vec<TaskWithParts>> {
    let rows = tasks::table
        .filter(tasks::inspection_id.eq(inspection).and(tasks::number.eq_any(numbers)))
        .order(tasks::number)
        .select(task_row!())
        .load(db)?;
    with_parts(db, reach, inspection, rows, false)
}

/// One page of an inspection's tasks by number, behind the number `after`, with their parts, as far
/// as they are in reach.
///
/// # Errors
/// The database's, and `QueryBuilderError` for a text that [`search::Phrase`] refuses.
pub fn list(
    db: &mut Db,
    reach: &Reach,
    inspection: &str,
    filter: &TaskFilter,
    after: &str,
    size: usize,
) -> QueryResult<Page<TaskWithParts>> {
    let Some(text) = &filter.text else {
        let rows = load(db, page_query(reach, inspection, filter, after, size + 1))?;
        let Page { rows, more } = Page::cut(rows, size);
        let gapless = *reach == Reach::All && *filter == TaskFilter::default();
        let rows = with_parts(db, reach, inspection, rows, gapless)?;
        return Ok(Page { rows, more });
    };
    let wanted = Wanted {
        // The index knows the texts of all parts, those out of reach too.
        compare: *reach != Reach::All,
        inspection,
        kind: KIND,
        text,
        after,
        size,
    };
    search::page(db, &wanted, |db, source, after, rows| {
        let query = page_query(reach, inspection, filter, after, rows);
        let query = match source {
            Source::Known(numbers) => query.filter(tasks::number.eq_any(numbers)),
            Source::Common { phrase, stale_after } => query.filter(dialect::search::has_phrase(
                db.backend(),
                "tasks",
                KIND,
                inspection,
                phrase,
                *stale_after,
            )),
            Source::Stale { after: sequence } => {
                query.filter(dialect::search::is_stale("tasks", KIND, inspection, after, *sequence))
            }
        };
        let rows = load(db, query)?;
        with_parts(db, reach, inspection, rows, false)
    })
}

/// The first rows behind the number `after`, all conditions but the text applied.
fn page_query<'a>(
    reach: &'a Reach,
    inspection: &'a str,
    filter: &'a TaskFilter,
    after: &'a str,
    rows: usize,
) -> Query<'a> {
    let query = tasks::table
        .filter(tasks::inspection_id.eq(inspection).and(tasks::number.gt(after)))
        .order(tasks::number)
        .limit(rows as i64)
        .into_boxed();
    filter.narrow(query, reach, inspection, after)
}

fn load(db: &mut Db, query: Query<'_>) -> QueryResult<Vec<Task>> {
    query.select(task_row!()).load(db)
}

fn with_parts(
    db: &mut Db,
    reach: &Reach,
    inspection: &str,
    rows: Vec<Task>,
    without_gaps: bool,
) -> QueryResult<Vec<TaskWithParts>> {
    let parts = if without_gaps {
        parts_between(db, inspection, &rows)?
    } else {
        parts_of(db, inspection, &rows)?
    };
    Ok(joined(rows, parts)
        .into_iter()
        .filter_map(|record| within(reach, record))
        .collect())
}

/// What of a task is in reach: its parts of divisions in reach, and its own fields when there is one or when they are from
/// a ledger in reach. Where they are from another ledger, that is not told.
fn within(reach: &Reach, mut record: TaskWithParts) -> Option<TaskWithParts> {
    if *reach == Reach::All {
        return Some(record);
    }
    record.progress.retain(|part| reach.has(&part.division));
    let owned = reach.has(&record.task.owner);
    if !owned {
        record.task.import_id.clear();
        record.task.sheet.clear();
    }
    (owned || !record.progress.is_empty()).then_some(record)
}

/// Parts of tasks that follow each other without a gap: a range, which both databases prepare once.
fn parts_between(db: &mut Db, inspection: &str, rows: &[Task]) -> QueryResult<Vec<Progress>> {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
        return Ok(Vec::new());
    };
    task_progress::table
        .filter(task_progress::inspection_id.eq(inspection))
        .filter(task_progress::number.ge(&first.number))
        .filter(task_progress::number.le(&last.number))
        .order((task_progress::number, task_progress::division))
        .select(progress_row!())
        .load(db)
}

/// Parts of any tasks. SQLite takes the list as one parameter for each number, and so prepares anew.
fn parts_of(db: &mut Db, inspection: &str, rows: &[Task]) -> QueryResult<Vec<Progress>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    task_progress::table
        .filter(task_progress::inspection_id.eq(inspection))
        .filter(task_progress::number.eq_any(rows.iter().map(|row| &row.number)))
        .order((task_progress::number, task_progress::division))
        .select(progress_row!())
        .load(db)
}

/// Gives each task its parts; both come in the order of numbers.
fn joined(rows: Vec<Task>, parts: Vec<Progress>) -> Vec<TaskWithParts> {
    let mut parts = parts.into_iter().peekable();
    rows.into_iter()
        .map(|task| {
            let mut progress = Vec::new();
            while let Some(part) = parts.next_if(|part| part.number <= task.number) {
                if part.number == task.number {
                    progress.push(part);
                }
            }
            TaskWithParts { task, progress }
        })
        .collect()
}
