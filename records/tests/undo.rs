//! An import is undone: what it made goes, what it changed is what it was, and its file can be handed in again. On both
//! databases.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what it expects")]

#[path = "undo/told.rs"]
mod told;

mod support;

use std::collections::BTreeMap;

use chrono::Utc;
use diesel::prelude::*;
use ducha_records::codes::ImportState;
use ducha_records::importing::Committed;
use ducha_records::undo::{ChangedSince, Undo, UndoError, Undone, undo};
use ducha_records::{Db, Reach, feed, imports};
use support::dump::{columns, dump};
use support::ledger::*;
use support::on_both;
use support::plain::{alert, alerts};

fn attempt(db: &mut Db, import: &str, validate_only: bool) -> Result<Undone, UndoError> {
    let wanted = Undo {
        import_id: import,
        reach: &Reach::All,
        actor: "审核员",
        note: Some("报错了"),
        at_utc: Utc::now().naive_utc(),
        validate_only,
    };
    undo(db, wanted, |_, _| Ok(()))
}

fn undone(db: &mut Db, import: &Committed) -> Undone {
    attempt(db, &import.import.id, false).unwrap()
}

fn refused(db: &mut Db, import: &Committed) -> ChangedSince {
    match attempt(db, &import.import.id, false) {
        Err(UndoError::ChangedSince(since)) => *since,
        other => panic!("{other:?}"),
    }
}

/// Everything that is stored, with the imports by these names.
fn stored(db: &mut Db, named: &[(&Committed, &str)]) -> Vec<String> {
    let labels = named
        .iter()
        .map(|(import, name)| (import.import.id.clone(), (*name).to_owned()));
    dump(db, ROUND, &labels.collect::<BTreeMap<_, _>>())
}

fn saying(number: &str, division: &str, text: &str) -> PetitionRow {
    let text = text.to_owned();
    petition(number, division).says(|said| said.investigation = Some(text))
}

fn counted(undone: &Undone) -> Vec<(i16, i64, i64)> {
    let counts = undone.counts.iter();
    counts
        .map(|count| (count.kind, count.restored, count.removed))
        .collect()
}

/// A ledger with something of everything: two petitions, a task, alerts, a form and a warning with a reason.
fn first() -> File {
    File::of("2022-01-31")
        .division(NANMING)
        .petitions([
            saying("D1", NANMING, "一").assigned(&[YUNYAN]),
            saying("D2", NANMING, "一"),
        ])
        .tasks([task("T1", NANMING)])
        .plain(alerts(NANMING, &[alert("一级", "2022-01-01")]))
        .form(&[("number", "编号")])
        .warned(1, "odd", Some("旧编号"))
}

/// The next one changes the first petition, says the second again, and has others.
fn second() -> File {
    let mut handled = alert("一级", "2022-01-01");
    handled.handling = Some("已处理".to_owned());
    File::of("2022-02-28")
        .division(NANMING)
        .petitions([
            saying("D1", NANMING, "二")
                .worded(|said| said.complaint = "另述".to_owned())
                .assigned(&[YUNYAN]),
            saying("D2", NANMING, "一"),
            saying("D3", NANMING, "二").assigned(&[YUNYAN]),
        ])
        .tasks([task("T1", NANMING).says(|said| said.status = 4), task("T2", NANMING)])
        .plain(alerts(NANMING, &[handled, alert("二级", "2022-01-01")]))
        .form(&[("number", "受理编号")])
        .word("number", "甲", "乙")
        .warned(1, "odd", Some("另有原因"))
}

#[test]
fn what_an_import_left_is_taken_back_and_its_file_does_the_same_again() {
    on_both(|_, db| {
        for beside in [false, true] {
            let id = format!("gz-{beside}");
            inspect(db, &id);
            let of = |file: File| {
                let file = file.inspection(&id);
                if beside { file.beside() } else { file }
            };
            let (first, second) = (of(first()), of(second()));
            let a = first.import(db).import.id;
            let labels = |b: &str| BTreeMap::from([(a.clone(), "A".to_owned()), (b.to_owned(), "B".to_owned())]);
            let after_a = dump(db, &id, &labels("(none)"));
            let b = second.clone().import(db).import.id;
            let after_b = dump(db, &id, &labels(&b));
            assert_ne!(after_a, after_b);
            let told = attempt(db, &b, true).unwrap();
            assert_eq!(dump(db, &id, &labels(&b)), after_b, "it was only told");
            let done = attempt(db, &b, false).unwrap();
            assert_eq!((counted(&done), done.rows.len()), (counted(&told), told.rows.len()));
            assert_eq!(counted(&done), [(1, 1, 1), (2, 1, 1), (7, 1, 1)]);
            assert_eq!(done.import.state, ImportState::Undone.code());
            assert_eq!(dump(db, &id, &labels(&b)), after_a);
            let again = second.import(db);
            assert_eq!(again.rows, counts(3, 3, 1, 0));
            assert_eq!(dump(db, &id, &labels(&again.import.id)), after_b);
        }
    });
}

#[test]
fn a_second_undo_answers_as_the_first_and_changes_nothing() {
    on_both(|_, db| {
        inspect(db, ROUND);
        first().import(db);
        let import = second().import(db);
        let done = undone(db, &import);
        let end = feed::end(db, ROUND).unwrap();
        let mut rows = undone(db, &import).rows;
        assert_eq!(rows, done.rows);
        assert_eq!(counted(&undone(db, &import)), counted(&done));
        assert_eq!(feed::end(db, ROUND).unwrap(), end);
        let first = rows.remove(0);
        assert_eq!(
            (first.actor.as_str(), first.reason.as_deref(), first.sheet.as_str()),
            ("审核员", Some("报错了"), "Sheet1")
        );
        assert_eq!((first.import_id, first.row_number), (import.import.id, 4));
    });
}

#[test]
fn later_imports_with_a_word_on_the_same_records_stand_in_the_way() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let a = File::of("2022-01-31")
            .petitions([saying("D1", NANMING, "一"), saying("D2", NANMING, "一")])
            .import(db);
        let b = File::of("2022-02-28")
            .petitions([saying("D1", NANMING, "二")])
            .import(db);
        let changes = File::of("2022-03-31")
            .petitions([saying("D1", NANMING, "三")])
            .import(db);
        let repeats = File::of("2022-04-30")
            .petitions([saying("D1", NANMING, "三")])
            .import(db);
        let late = File::of("2022-02-01")
            .petitions([saying("D1", NANMING, "迟")])
            .import(db);
        let unrelated = File::of("2022-04-30")
            .petitions([saying("D2", NANMING, "二")])
            .import(db);
        for (import, later) in [
            (&a, &[&b, &changes, &repeats, &late, &unrelated][..]),
            (&b, &[&changes, &repeats, &late]),
            (&changes, &[&repeats, &late]),
        ] {
            let since = refused(db, import);
            let ids: Vec<_> = later.iter().map(|import| import.import.id.clone()).collect();
            assert_eq!(since.imports, ids);
            assert_eq!(
                (since.records[0].number.as_str(), since.records[0].division.as_str()),
                ("D1", NANMING)
            );
        }
        // What only said again what was stored stands on nothing, and nothing is lost with it.
        for import in [&late, &repeats, &changes, &b] {
            undone(db, import);
        }
        let part = &stored_petition(db, "D1").handlings[0];
        assert_eq!(
            (part.content.investigation.as_deref(), part.reported_on),
            (Some("一"), day("2022-01-31"))
        );
        assert_eq!(refused(db, &a).imports, [unrelated.import.id]);
    });
}

#[test]
fn a_repetition_that_made_a_record_younger_can_be_undone_from_under_later_changes() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let ledger = |day: &str, text: &str| File::of(day).petitions([saying("D1", NANMING, text)]);
        ledger("2022-01-31", "一").import(db);
        let repeats = ledger("2022-03-31", "一").beside().import(db);
        let changes = ledger("2022-04-30", "二").import(db);
        undone(db, &repeats);
        undone(db, &changes);
        let part = &stored_petition(db, "D1").handlings[0];
        assert_eq!(part.reported_on, day("2022-01-31"), "nothing says that it is younger");
        let again = ledger("2022-02-28", "三").import(db);
        assert_eq!(again.rows, counts(0, 1, 0, 0), "so that this is not late");
    });
}

#[test]
fn an_assigned_part_is_unreported_again_and_the_provinces_list_can_be_undone_too() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let empty = stored(db, &[]);
        let list = File::register("2022-01-31").petitions([
            petition("D1", PROVINCE).assigned(&[NANMING, YUNYAN]),
            petition("D2", PROVINCE).assigned(&[NANMING]),
        ]);
        let list = list.import(db);
        let before = stored(db, &[(&list, "list")]);
        let county = File::of("2022-02-28")
            .petitions([concluded("D1", NANMING, "2022-02-01")])
            .import(db);
        assert_eq!(refused(db, &list).imports, std::slice::from_ref(&county.import.id));
        undone(db, &county);
        assert_eq!(stored(db, &[(&list, "list")]), before);
        assert!(!stored_petition(db, "D1").handlings[0].reported);
        let other = File::register("2022-03-31")
            .petitions([petition("D1", PROVINCE)
                .worded(|said| said.batch = Some(2))
                .assigned(&[YUNYAN])])
            .import(db);
        assert_eq!(stored_petition(db, "D1").handlings.len(), 1);
        undone(db, &other);
        assert_eq!(stored(db, &[(&list, "list")]), before);
        undone(db, &list);
        assert_eq!(stored(db, &[]), empty, "nor does the inspection have a list any more");
    });
}

#[test]
fn a_ledger_filled_in_on_what_is_stored_again_is_not_taken_for_an_older_one() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let ledger = |text: &str, part: i64| {
            File::of("2022-02-28")
                .petitions([saying("D1", NANMING, text)])
                .filled_in_on(1, 1, part)
        };
        File::of("2022-01-31")
            .petitions([saying("D1", NANMING, "一")])
            .import(db);
        let wrong = ledger("二", 1).import(db);
        assert_eq!(wrong.rows, counts(0, 1, 0, 0));
        undone(db, &wrong);
        let part = &stored_petition(db, "D1").handlings[0];
        assert_eq!((part.version, part.edition), (3, 1), "the version goes on");
        assert_eq!(
            ledger("三", 2).import(db).rows,
            counts(0, 0, 0, 1),
            "what it was filled in on was undone"
        );
        assert_eq!(ledger("三", 1).import(db).rows, counts(0, 1, 0, 0));
        assert_eq!(ledger("四", 1).import(db).rows, counts(0, 0, 0, 1));
    });
}

#[test]
fn only_what_was_applied_can_be_undone() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let import = first().import(db);
        let id = import.import.id.as_str();
        for state in [1, 2, 3, 4, 5, 8, 9, 10] {
            diesel::sql_query(format!("UPDATE imports SET state = {state}"))
                .execute(db)
                .unwrap();
            assert!(matches!(attempt(db, id, false), Err(UndoError::State(Some(found))) if found.code() == state));
        }
        diesel::sql_query("UPDATE imports SET state = 7").execute(db).unwrap();
        diesel::sql_query("DELETE FROM import_verdicts").execute(db).unwrap();
        assert!(
            matches!(attempt(db, id, false), Err(UndoError::TooOld)),
            "it left no images"
        );
        assert!(matches!(attempt(db, "none", false), Err(UndoError::Unknown)));
        assert_eq!(imports::get(db, id).unwrap().unwrap().state, 7);
    });
}

#[test]
fn images_have_the_columns_of_their_tables() {
    on_both(|_, db| {
        for table in [
            "petitions",
            "handlings",
            "tasks",
            "task_progress",
            "indicators",
            "accountability_issues",
            "accountabilities",
            "activities",
            "alerts",
            "reasons",
        ] {
            let mut wanted = columns(db, table);
            wanted.insert(0, "before_import".to_owned());
            assert_eq!(columns(db, &format!("before_{table}")), wanted);
        }
    });
}
