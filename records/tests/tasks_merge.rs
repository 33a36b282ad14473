//! What becomes of the rows of task ledgers.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what it expects")]

mod support;

use ducha_records::codes::{Closure, ImportState, TaskStatus};
use ducha_records::tasks::{self, TaskWithParts};
use ducha_records::{Db, rules};
use serde_json::json;
use support::ledger::*;
use support::on_both;

fn stored(db: &mut Db, number: &str) -> TaskWithParts {
    tasks::get(db, &ducha_records::Reach::All, ROUND, number)
        .unwrap()
        .expect("the task is stored")
}

fn completed(number: &str, division: &str, on: &str) -> TaskRow {
    task(number, division).says(|content| {
        content.status = TaskStatus::Completed.code();
        content.completed_on = Some(day(on));
        content.closure = Closure::Closed.code();
        content.closed_on = Some(day(on));
    })
}

#[test]
fn a_new_row_makes_a_task_with_its_part() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let row = completed("T1", NANMING, "2022-01-10").worded(|wording| {
            wording.theme = Some("长江保护".to_owned());
            wording.due_on = Some(day("2025-12-31"));
            wording.long_term = true;
        });
        let committed = File::of("2022-01-31").tasks([row.clone()]).import(db);
        assert_eq!(committed.rows, counts(1, 0, 0, 0));
        let TaskWithParts { task, progress } = stored(db, "T1");
        assert_eq!(task.wording, row.wording);
        assert_eq!(
            (task.status, task.completed_on),
            (TaskStatus::Completed.code(), Some(day("2022-01-10")))
        );
        assert_eq!(
            (task.closure, task.closed_on),
            (Closure::Closed.code(), Some(day("2022-01-10")))
        );
        assert_eq!(
            (task.version, task.import_id.as_str()),
            (1, committed.import.id.as_str())
        );
        assert_eq!(progress.len(), 1);
        assert_eq!((&progress[0].content, progress[0].reported), (&row.content, true));
    });
}

#[test]
fn importing_the_same_rows_again_changes_nothing() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let rows = [task("T1", NANMING), completed("T2", NANMING, "2022-01-10")];
        File::of("2022-01-31").tasks(rows.clone()).import(db);
        let before = stored(db, "T1");
        let again = File::of("2022-01-31").tasks(rows).import(db);
        assert_eq!((again.rows, again.revisions), (counts(0, 0, 2, 0), 0));
        assert_eq!(stored(db, "T1"), before);
        assert_eq!(revisions(db).len(), 2);
    });
}

#[test]
fn a_changed_row_is_stored_and_its_revision_names_the_fields_that_differ() {
    on_both(|_, db| {
        inspect(db, ROUND);
        File::of("2022-01-31").tasks([task("T1", NANMING)]).import(db);
        let changed = completed("T1", NANMING, "2022-02-10").worded(|wording| wording.due_on = Some(day("2023-06-30")));
        let committed = File::of("2022-02-28").tasks([changed]).import(db);
        assert_eq!((committed.rows, committed.revisions), (counts(0, 1, 0, 0), 1));
        let now = stored(db, "T1");
        assert_eq!(
            (now.task.wording.due_on, now.task.version, now.progress[0].version),
            (Some(day("2023-06-30")), 2, 2)
        );
        assert_eq!(
            revisions(db).pop().unwrap().delta(),
            (
                json!({"due_on": null, "status": 0, "completed_on": null, "closure": 0, "closed_on": null}),
                json!({"due_on": "2023-06-30", "status": 4, "completed_on": "2022-02-10", "closure": 5,
                    "closed_on": "2022-02-10"}),
            )
        );
    });
}

#[test]
fn a_late_ledger_goes_into_the_history_only() {
    on_both(|_, db| {
        inspect(db, ROUND);
        File::of("2022-02-28")
            .tasks([completed("T1", NANMING, "2022-02-10")])
            .import(db);
        let before = stored(db, "T1");
        let (late, findings) = File::of("2022-01-31")
            .tasks([task("T1", NANMING)])
            .import_with_findings(db);
        assert_eq!((late.rows, late.revisions), (counts(0, 0, 1, 0), 1));
        assert_eq!(findings[0].rule, rules::OLDER_THAN_STORED.code);
        assert_eq!(stored(db, "T1"), before);
        assert_eq!(revisions(db).pop().unwrap().change, 3);
    });
}

#[test]
fn the_provinces_list_assigns_and_counties_report() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let listed = task("T1", PROVINCE).assigned(&[NANMING, YUNYAN]);
        assert_eq!(
            File::register("2022-01-01").tasks([listed]).import(db).rows,
            counts(1, 0, 0, 0)
        );
        assert_eq!(
            File::of("2022-01-31")
                .tasks([completed("T1", NANMING, "2022-01-10")])
                .import(db)
                .rows,
            counts(1, 0, 0, 0)
        );
        let now = stored(db, "T1");
        assert_eq!(
            (now.task.registered, now.task.status, now.task.completed_on),
            (true, 0, None)
        );
        File::of("2022-01-31")
            .tasks([completed("T1", YUNYAN, "2022-01-20")])
            .import(db);
        let now = stored(db, "T1").task;
        assert_eq!(
            (now.status, now.completed_on),
            (TaskStatus::Completed.code(), Some(day("2022-01-20")))
        );
    });
}

#[test]
fn a_list_that_comes_after_the_counties_takes_the_wording_over() {
    on_both(|_, db| {
        inspect(db, ROUND);
        File::of("2022-01-31")
            .tasks([completed("T1", NANMING, "2022-01-10")])
            .import(db);
        let listed = task("T1", PROVINCE)
            .worded(|wording| wording.topic = Some("磷石膏".to_owned()))
            .assigned(&[NANMING, YUNYAN]);
        assert_eq!(
            File::register("2022-01-01").tasks([listed.clone()]).import(db).rows,
            counts(0, 1, 0, 0)
        );
        let now = stored(db, "T1");
        assert_eq!(
            (now.task.owner.as_str(), now.task.status, now.progress.len()),
            (PROVINCE, 0, 2)
        );
        assert_eq!(
            revisions(db).pop().unwrap().delta().1,
            json!({"topic": "磷石膏", "assigned": [NANMING, YUNYAN]})
        );
        File::register("2022-01-02")
            .tasks([listed.assigned(&[NANMING])])
            .import(db);
        let now = stored(db, "T1");
        assert_eq!((now.task.status, now.progress.len()), (TaskStatus::Completed.code(), 1));
    });
}

#[test]
fn a_listed_task_without_divisions_has_not_started() {
    on_both(|_, db| {
        inspect(db, ROUND);
        assert_eq!(
            File::register("2022-01-01")
                .tasks([task("T1", PROVINCE)])
                .import(db)
                .rows,
            counts(1, 0, 0, 0)
        );
        let now = stored(db, "T1");
        assert_eq!((now.task.status, now.task.closure, now.progress.len()), (0, 0, 0));
    });
}

#[test]
fn what_the_provinces_list_does_not_know_or_give_is_refused() {
    on_both(|_, db| {
        inspect(db, ROUND);
        File::register("2022-01-01")
            .tasks([task("T1", PROVINCE).assigned(&[NANMING])])
            .import(db);
        let rows = [task("T1", YUNYAN), task("T2", NANMING)];
        let (committed, findings) = File::of("2022-01-31").tasks(rows).import_with_findings(db);
        assert_eq!(
            (committed.rows, committed.import.state),
            (counts(0, 0, 0, 2), ImportState::AppliedInPart.code())
        );
        let told: Vec<_> = findings.iter().map(|finding| finding.rule.as_str()).collect();
        assert_eq!(told, [rules::NOT_ASSIGNED.code, rules::NUMBER_UNLISTED.code]);
        assert_eq!(tasks::get(db, &ducha_records::Reach::All, ROUND, "T2").unwrap(), None);
    });
}

#[test]
fn rows_that_are_taken_back_are_refused_and_leave_nothing() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let rows = [
            task("T1", NANMING),
            completed("T1", NANMING, "2022-01-10"),
            task("T2", NANMING),
        ];
        assert_eq!(
            File::of("2022-01-31").tasks(rows).withdrawing([1, 2]).import(db).rows,
            counts(1, 0, 0, 2)
        );
        assert_eq!(tasks::get(db, &ducha_records::Reach::All, ROUND, "T1").unwrap(), None);
    });
}

#[test]
fn the_state_of_a_task_is_that_of_the_part_that_has_come_least_far() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let ahead = task("T1", YUNYAN).says(|content| {
            content.status = TaskStatus::Ahead.code();
            content.closure = Closure::Applied.code();
        });
        File::of("2022-01-31")
            .tasks([completed("T1", NANMING, "2022-01-10"), ahead])
            .import(db);
        let now = stored(db, "T1").task;
        assert_eq!(
            (now.status, now.closure),
            (TaskStatus::Ahead.code(), Closure::Applied.code())
        );
        assert_eq!((now.completed_on, now.closed_on), (None, None));
    });
}

#[test]
fn what_was_completed_and_is_behind_now_is_stored_and_told() {
    on_both(|_, db| {
        inspect(db, ROUND);
        // Had it been closed, that it is reopened would be told instead.
        let not_closed = completed("T1", NANMING, "2022-01-10").says(|content| {
            content.closure = Closure::Accepted.code();
            content.closed_on = None;
        });
        File::of("2022-01-31").tasks([not_closed]).import(db);
        let behind = task("T1", NANMING).says(|content| content.status = TaskStatus::Behind.code());
        let (_, findings) = File::of("2022-02-28").tasks([behind]).import_with_findings(db);
        assert!(
            findings
                .iter()
                .any(|finding| finding.rule == rules::WENT_BACKWARDS.code),
            "{findings:?}"
        );
        assert_eq!(stored(db, "T1").task.status, TaskStatus::Behind.code());
    });
}
