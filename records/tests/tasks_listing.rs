//! Which tasks a filter finds.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what it expects")]

mod support;

use ducha_records::Db;
use ducha_records::codes::{Closure, TaskSource, TaskStatus};
use ducha_records::page::DateSpan;
use ducha_records::tasks::{self, TaskFilter};
use support::ledger::*;
use support::on_both;

fn strings<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

fn span(first: &str, last: &str) -> DateSpan {
    let end = |text: &str| (!text.is_empty()).then(|| day(text));
    DateSpan {
        first: end(first),
        last: end(last),
    }
}

fn task_numbers(db: &mut Db, filter: &TaskFilter) -> Vec<String> {
    let page = tasks::list(db, &ducha_records::Reach::All, ROUND, filter, "", 100).unwrap();
    assert!(!page.more);
    page.rows.into_iter().map(|row| row.task.number).collect()
}

#[test]
fn a_task_filter_finds_what_it_says() {
    let all = TaskFilter::default;
    let due = |number: &str, on: &str| {
        let on = day(on);
        task(number, NANMING).worded(move |wording| wording.due_on = Some(on))
    };
    let completed = |row: TaskRow, on: Option<&str>| {
        let on = on.map(day);
        row.says(move |content| {
            content.status = TaskStatus::Completed.code();
            content.completed_on = on;
            content.closure = Closure::Closed.code();
        })
    };
    let rows = [
        due("T1", "2022-06-30").worded(|wording| wording.theme = Some("水".to_owned())),
        completed(due("T2", "2022-06-30"), Some("2022-06-01")),
        completed(due("T3", "2022-06-30"), Some("2022-08-01")),
        completed(due("T4", "2022-06-30"), None),
        due("T5", "2022-07-01"),
        task("T6", YUNYAN).worded(|wording| {
            wording.long_term = true;
            wording.source = Some(TaskSource::Report.code());
        }),
    ];
    let overdue = |on: &str| TaskFilter {
        overdue_as_of: Some(day(on)),
        ..all()
    };
    let cases = [
        (all(), &["T1", "T2", "T3", "T4", "T5", "T6"][..]),
        (overdue("2022-06-30"), &[]),
        (overdue("2022-07-01"), &["T1", "T3"]),
        (overdue("2022-07-31"), &["T1", "T3", "T5"]),
        (overdue("2022-08-01"), &["T1", "T5"]),
        (
            TaskFilter {
                due: span("2022-07-01", ""),
                ..all()
            },
            &["T5"],
        ),
        (
            TaskFilter {
                due: span("", "2022-06-30"),
                ..all()
            },
            &["T1", "T2", "T3", "T4"],
        ),
        (
            TaskFilter {
                themes: strings(["水"]),
                ..all()
            },
            &["T1"],
        ),
        (
            TaskFilter {
                sources: vec![TaskSource::Report.code()],
                ..all()
            },
            &["T6"],
        ),
        (
            TaskFilter {
                statuses: vec![TaskStatus::Completed.code()],
                ..all()
            },
            &["T2", "T3", "T4"],
        ),
        (
            TaskFilter {
                closures: vec![Closure::None.code()],
                ..all()
            },
            &["T1", "T5", "T6"],
        ),
        (
            TaskFilter {
                long_term: Some(true),
                ..all()
            },
            &["T6"],
        ),
        (
            TaskFilter {
                divisions: strings([YUNYAN]),
                ..all()
            },
            &["T6"],
        ),
    ];
    on_both(|_, db| {
        inspect(db, ROUND);
        File::of("2022-01-31").tasks(rows.clone()).import(db);
        for (filter, expected) in &cases {
            assert_eq!(task_numbers(db, filter), *expected, "{filter:?}");
        }
        let page = tasks::list(db, &ducha_records::Reach::All, ROUND, &all(), "T2", 2).unwrap();
        let numbers: Vec<_> = page.rows.iter().map(|row| row.task.number.as_str()).collect();
        assert_eq!((numbers, page.more), (vec!["T3", "T4"], true));
    });
}
