//! What becomes of the rows of petition ledgers.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what it expects")]

mod support;

use ducha_records::codes::{Conclusion, ImportState, Substantiated};
use ducha_records::importing::Stage;
use ducha_records::petitions::{self, Handling, Petition, PetitionWithParts};
use ducha_records::rules;
use serde_json::json;
use support::ledger::*;
use support::on_both;

#[test]
fn a_new_row_makes_a_petition_with_its_part() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let row = concluded("D1", NANMING, "2022-01-10")
            .worded(|wording| wording.batch = Some(3))
            .says(|content| content.fine_fen = Some(i64::MAX));
        let committed = File::of("2022-01-31").petitions([row.clone()]).import(db);
        assert_eq!(committed.rows, counts(1, 0, 0, 0));
        assert_eq!(
            (committed.import.rows_read, committed.import.state),
            (1, ImportState::Applied.code())
        );
        assert!(!committed.import.indexed);
        let PetitionWithParts { petition, handlings } = stored_petition(db, "D1");
        let expected = Petition {
            inspection_id: ROUND.to_owned(),
            number: "D1".to_owned(),
            wording: row.wording,
            registered: false,
            owner: NANMING.to_owned(),
            conclusion: Conclusion::Concluded.code(),
            substantiated: Some(Substantiated::Yes.code()),
            contradictory: false,
            concluded_on: Some(day("2022-01-10")),
            reported_on: day("2022-01-31"),
            version: 1,
            import_id: committed.import.id.clone(),
            sheet: "Sheet1".to_owned(),
            row_number: 4,
            updated_at_utc: petition.updated_at_utc,
        };
        assert_eq!(petition, expected);
        let part = Handling {
            number: "D1".to_owned(),
            division: NANMING.to_owned(),
            assigned: false,
            reported: true,
            content: row.content,
            reported_on: day("2022-01-31"),
            version: 1,
            edition: 1,
            import_id: committed.import.id,
            sheet: "Sheet1".to_owned(),
            row_number: 4,
        };
        assert_eq!(handlings, [part]);
    });
}

#[test]
fn importing_the_same_rows_again_changes_nothing() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let rows = [petition("D1", NANMING), petition("D2", NANMING).assigned(&[YUNYAN])];
        File::of("2022-01-31").petitions(rows.clone()).import(db);
        let before = [stored_petition(db, "D1"), stored_petition(db, "D2")];
        let again = File::of("2022-01-31").petitions(rows).import(db);
        assert_eq!((again.rows, again.revisions), (counts(0, 0, 2, 0), 0));
        assert!(again.import.indexed, "there is nothing to index");
        assert_eq!([stored_petition(db, "D1"), stored_petition(db, "D2")], before);
        assert_eq!(revisions(db).len(), 2);
    });
}

#[test]
fn a_changed_row_is_stored_and_its_revision_names_the_fields_that_differ() {
    on_both(|_, db| {
        inspect(db, ROUND);
        File::of("2022-01-31")
            .petitions([petition("D1", NANMING), petition("D2", NANMING)])
            .import(db);
        let changed =
            concluded("D1", NANMING, "2022-02-10").worded(|wording| "改过的问题".clone_into(&mut wording.complaint));
        let committed = File::of("2022-02-28")
            .petitions([changed, petition("D2", NANMING)])
            .import(db);
        assert_eq!((committed.rows, committed.revisions), (counts(0, 1, 1, 0), 1));
        let now = stored_petition(db, "D1");
        assert_eq!(now.petition.wording.complaint, "改过的问题");
        assert_eq!((now.petition.version, now.handlings[0].version), (2, 2));
        assert_eq!(now.petition.conclusion, Conclusion::Concluded.code());
        let revisions = revisions(db);
        let last = revisions.last().unwrap();
        assert_eq!(
            (last.number.as_str(), last.division.as_str(), last.change),
            ("D1", NANMING, 2)
        );
        assert_eq!(
            last.delta(),
            (
                json!({"complaint": "D1 反映的问题", "conclusion": 0, "concluded_on": null, "substantiated": null}),
                json!({"complaint": "改过的问题", "conclusion": 2, "concluded_on": "2022-02-10", "substantiated": 0}),
            )
        );
        assert_eq!(revisions[0].before, None, "a creation keeps no copy");
    });
}

#[test]
fn the_wording_of_another_division_is_not_changed() {
    on_both(|_, db| {
        inspect(db, ROUND);
        File::of("2022-01-31").petitions([petition("D1", NANMING)]).import(db);
        let other = petition("D1", YUNYAN).worded(|wording| "别的说法".clone_into(&mut wording.complaint));
        assert_eq!(
            File::of("2022-01-31").petitions([other]).import(db).rows,
            counts(1, 0, 0, 0)
        );
        let now = stored_petition(db, "D1");
        assert_eq!(
            (now.petition.wording.complaint.as_str(), now.petition.owner.as_str()),
            ("D1 反映的问题", NANMING)
        );
        assert_eq!((now.petition.version, now.handlings.len()), (2, 2));
    });
}

#[test]
fn a_late_ledger_goes_into_the_history_only_and_only_once() {
    on_both(|_, db| {
        inspect(db, ROUND);
        File::of("2022-02-28")
            .petitions([concluded("D1", NANMING, "2022-02-10")])
            .import(db);
        let before = stored_petition(db, "D1");
        let (late, findings) = File::of("2022-01-31")
            .petitions([petition("D1", NANMING)])
            .import_with_findings(db);
        assert_eq!((late.rows, late.revisions), (counts(0, 0, 1, 0), 1));
        assert_eq!(stored_petition(db, "D1"), before);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].rule, rules::OLDER_THAN_STORED.code);
        let history = revisions(db);
        assert_eq!((history.len(), history[1].change), (2, 3));
        assert_eq!(history[1].delta().1["conclusion"], json!(0));
        let again = File::of("2022-01-31")
            .petitions([petition("D1", NANMING)])
            .same_bytes_as(&late)
            .import(db);
        assert_eq!((again.rows, again.revisions), (counts(0, 0, 1, 0), 0));
        assert_eq!(revisions(db).len(), 2);
    });
}

#[test]
fn a_row_filled_in_on_what_is_gone_overwrites_nothing() {
    on_both(|_, db| {
        inspect(db, ROUND);
        File::of("2022-01-31")
            .petitions([petition("D1", NANMING), petition("D2", NANMING)])
            .import(db);
        File::of("2022-02-28")
            .petitions([concluded("D1", NANMING, "2022-02-10")])
            .import(db);
        let before = stored_petition(db, "D1");
        let ordered = |number| petition(number, NANMING).says(|content| content.ordered = Some(1));
        let file = File::of("2022-03-31").petitions([ordered("D1"), ordered("D2"), ordered("D3")]);
        let sent = file
            .filled_in_on(1, 1, 1)
            .filled_in_on(2, 1, 1)
            .filled_in_on(3, 1, 1)
            .import(db);
        assert_eq!((sent.rows, sent.revisions), (counts(1, 1, 0, 1), 2));
        assert_eq!(stored_petition(db, "D1"), before);
        assert_eq!(stored_petition(db, "D2").handlings[0].content.ordered, Some(1));
    });
}

#[test]
fn rows_that_are_taken_back_are_refused_and_leave_nothing() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let rows = [
            petition("D1", NANMING),
            petition("D2", NANMING),
            petition("D1", NANMING).says(|content| content.ordered = Some(1)),
            petition("D1", YUNYAN),
        ];
        let committed = File::of("2022-01-31").petitions(rows).withdrawing([1, 3]).import(db);
        assert_eq!(committed.rows, counts(2, 0, 0, 2));
        assert_eq!(committed.import.rows_read, 4);
        let parts = stored_petition(db, "D1").handlings;
        assert_eq!(
            parts.iter().map(|part| part.division.as_str()).collect::<Vec<_>>(),
            [YUNYAN]
        );
    });
}

#[test]
fn saying_the_same_again_later_keeps_what_came_in_between_out() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let says = |ordered| petition("D1", NANMING).says(|content| content.ordered = Some(ordered));
        File::of("2022-01-31").petitions([says(1)]).import(db);
        let again = File::of("2022-03-31").petitions([says(1)]).import(db);
        assert_eq!((again.rows, again.revisions), (counts(0, 0, 1, 0), 0));
        let between = File::of("2022-02-28").petitions([says(2)]).import(db);
        assert_eq!(between.rows, counts(0, 0, 1, 0), "older than what March said");
        assert_eq!(stored_petition(db, "D1").handlings[0].content.ordered, Some(1));
    });
}

#[test]
fn a_petition_is_concluded_once_every_part_is() {
    let states = [
        // each part's conclusion, and the whole's
        ([Conclusion::Concluded, Conclusion::Open], Conclusion::Open),
        ([Conclusion::Staged, Conclusion::Closed], Conclusion::Staged),
        ([Conclusion::Closed, Conclusion::Concluded], Conclusion::Concluded),
        ([Conclusion::Closed, Conclusion::Closed], Conclusion::Closed),
    ];
    on_both(|_, db| {
        inspect(db, ROUND);
        for (index, (parts, whole)) in states.into_iter().enumerate() {
            let number = format!("D{index}");
            let rows = [NANMING, YUNYAN]
                .into_iter()
                .zip(parts)
                .zip(["2022-01-10", "2022-01-09"]);
            let rows = rows.map(|((division, conclusion), on)| {
                petition(&number, division).says(|content| {
                    content.conclusion = conclusion.code();
                    content.concluded_on = (conclusion >= Conclusion::Concluded).then(|| day(on));
                })
            });
            assert_eq!(
                File::of("2022-01-31").petitions(rows).import(db).rows,
                counts(2, 0, 0, 0)
            );
            let now = stored_petition(db, &number).petition;
            let on = (whole >= Conclusion::Concluded).then(|| day("2022-01-10"));
            assert_eq!((now.conclusion, now.concluded_on), (whole.code(), on), "{parts:?}");
        }
    });
}

#[test]
fn parts_of_which_one_says_no_and_another_does_not_contradict_each_other() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let says = |division, value: Substantiated| {
            petition("D1", division).says(|content| content.substantiated = Some(value.code()))
        };
        File::of("2022-01-31")
            .petitions([says(NANMING, Substantiated::Yes)])
            .import(db);
        let (_, findings) = File::of("2022-01-31")
            .petitions([says(YUNYAN, Substantiated::No)])
            .import_with_findings(db);
        assert_eq!(findings[0].rule, rules::PARTS_CONTRADICT.code);
        let now = stored_petition(db, "D1").petition;
        assert_eq!((now.contradictory, now.substantiated), (true, None));
        let (_, findings) = File::of("2022-02-28")
            .petitions([says(YUNYAN, Substantiated::Partly)])
            .import_with_findings(db);
        assert!(findings.is_empty(), "{findings:?}");
        let now = stored_petition(db, "D1").petition;
        assert_eq!(
            (now.contradictory, now.substantiated),
            (false, Some(Substantiated::Partly.code()))
        );
    });
}

#[test]
fn a_division_named_by_another_has_a_part_that_waits_for_its_report() {
    on_both(|_, db| {
        inspect(db, ROUND);
        File::of("2022-01-31")
            .petitions([concluded("D1", NANMING, "2022-01-10").assigned(&[YUNYAN, NANMING])])
            .import(db);
        let now = stored_petition(db, "D1");
        let parts: Vec<_> = now
            .handlings
            .iter()
            .map(|part| (part.division.as_str(), part.reported))
            .collect();
        assert_eq!(parts, [(NANMING, true), (YUNYAN, false)]);
        assert_eq!(now.petition.conclusion, Conclusion::Open.code());
    });
}

#[test]
fn what_was_concluded_and_is_open_again_is_stored_and_told() {
    on_both(|_, db| {
        inspect(db, ROUND);
        File::of("2022-01-31")
            .petitions([concluded("D1", NANMING, "2022-01-10")])
            .import(db);
        let (committed, findings) = File::of("2022-02-28")
            .petitions([petition("D1", NANMING)])
            .import_with_findings(db);
        assert_eq!(committed.rows, counts(0, 1, 0, 0));
        assert_eq!(findings[0].rule, rules::WENT_BACKWARDS.code);
        assert_eq!(stored_petition(db, "D1").petition.conclusion, Conclusion::Open.code());
    });
}

#[test]
fn revisions_are_numbered_without_a_gap_in_each_inspection() {
    on_both(|_, db| {
        inspect(db, ROUND);
        inspect(db, "gz-2024");
        for (month, inspection) in [ROUND, "gz-2024", ROUND].into_iter().enumerate() {
            let row = |number: String| petition(&number, NANMING).says(|content| content.ordered = Some(month as i32));
            let rows = (0..3).map(|index| row(format!("D{index}")));
            let tasks = [task(&format!("T{month}"), NANMING)];
            File::of("2022-01-31")
                .inspection(inspection)
                .petitions(rows)
                .tasks(tasks)
                .import(db);
        }
        let numbered: Vec<_> = revisions(db)
            .iter()
            .map(|revision| (revision.sequence, revision.kind))
            .collect();
        let of_round = [(1, 1), (2, 1), (3, 1), (4, 2), (5, 1), (6, 1), (7, 1), (8, 2)];
        assert_eq!(numbered, [&of_round[..], &of_round[..4]].concat());
    });
}

#[test]
fn a_file_that_is_given_up_leaves_nothing_and_the_connection_goes_on() {
    on_both(|fresh, db| {
        inspect(db, ROUND);
        drop(Stage::open(db).unwrap());
        File::of("2022-01-31").petitions([petition("D1", NANMING)]).import(db);
        let seen = petitions::get(&mut fresh.open(), &ducha_records::Reach::All, ROUND, "D1").unwrap();
        assert!(seen.is_some(), "another connection sees what was committed");
    });
}
