//! What the province's list of petitions does, and what becomes of county ledgers beside it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what it expects")]

mod support;

use ducha_records::codes::{Conclusion, ImportState};
use ducha_records::{petitions, rules};
use serde_json::json;
use support::ledger::*;
use support::on_both;

#[test]
fn the_provinces_list_assigns_and_counties_report() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let listed = petition("D1", PROVINCE).assigned(&[NANMING, YUNYAN]);
        assert_eq!(
            File::register("2022-01-01").petitions([listed]).import(db).rows,
            counts(1, 0, 0, 0)
        );
        let now = stored_petition(db, "D1");
        assert!(now.petition.registered);
        assert_eq!(now.petition.owner, PROVINCE);
        let parts: Vec<_> = now
            .handlings
            .iter()
            .map(|part| (part.division.as_str(), part.assigned, part.reported))
            .collect();
        assert_eq!(parts, [(NANMING, true, false), (YUNYAN, true, false)]);

        let reported =
            concluded("D1", NANMING, "2022-01-10").worded(|wording| "县里的说法".clone_into(&mut wording.complaint));
        assert_eq!(
            File::of("2022-01-31").petitions([reported]).import(db).rows,
            counts(1, 0, 0, 0)
        );
        let now = stored_petition(db, "D1");
        assert_eq!(now.petition.wording.complaint, "D1 反映的问题");
        assert_eq!(
            now.petition.conclusion,
            Conclusion::Open.code(),
            "the other county has not reported"
        );
        assert_eq!(now.petition.concluded_on, None);
        File::of("2022-01-31")
            .petitions([concluded("D1", YUNYAN, "2022-01-20")])
            .import(db);
        let now = stored_petition(db, "D1").petition;
        assert_eq!(
            (now.conclusion, now.concluded_on),
            (Conclusion::Concluded.code(), Some(day("2022-01-20")))
        );
    });
}

#[test]
fn a_list_that_comes_after_the_counties_takes_the_wording_over() {
    on_both(|_, db| {
        inspect(db, ROUND);
        File::of("2022-01-31")
            .petitions([concluded("D1", NANMING, "2022-01-10")])
            .import(db);
        let listed = petition("D1", PROVINCE)
            .worded(|wording| wording.batch = Some(7))
            .assigned(&[NANMING, YUNYAN]);
        assert_eq!(
            File::register("2022-01-01").petitions([listed.clone()]).import(db).rows,
            counts(0, 1, 0, 0)
        );
        let now = stored_petition(db, "D1");
        assert_eq!(
            (
                now.petition.registered,
                now.petition.wording.batch,
                now.petition.version
            ),
            (true, Some(7), 2)
        );
        assert_eq!(now.petition.conclusion, Conclusion::Open.code());
        let last = revisions(db).pop().unwrap();
        assert_eq!(last.division, "");
        assert_eq!(last.delta().0, json!({"batch": null, "assigned": []}));
        assert_eq!(last.delta().1, json!({"batch": 7, "assigned": [NANMING, YUNYAN]}));

        let narrowed = listed.assigned(&[NANMING]);
        assert_eq!(
            File::register("2022-01-02").petitions([narrowed]).import(db).rows,
            counts(0, 1, 0, 0)
        );
        let now = stored_petition(db, "D1");
        assert_eq!(
            now.handlings.len(),
            1,
            "a part nobody reported goes with its assignment"
        );
        assert_eq!(now.petition.conclusion, Conclusion::Concluded.code());
    });
}

#[test]
fn a_listed_petition_without_divisions_is_open() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let committed = File::register("2022-01-01")
            .petitions([petition("D1", PROVINCE)])
            .import(db);
        assert_eq!((committed.rows, committed.revisions), (counts(1, 0, 0, 0), 1));
        let now = stored_petition(db, "D1");
        assert_eq!(
            (now.petition.conclusion, now.petition.contradictory, now.handlings.len()),
            (0, false, 0)
        );
    });
}

#[test]
fn what_the_provinces_list_does_not_know_or_give_is_refused() {
    on_both(|_, db| {
        inspect(db, ROUND);
        File::register("2022-01-01")
            .petitions([petition("D1", PROVINCE).assigned(&[NANMING])])
            .import(db);
        let rows = [petition("D1", YUNYAN), petition("D2", YUNYAN), petition("D1", NANMING)];
        let (committed, findings) = File::of("2022-01-31").petitions(rows).import_with_findings(db);
        assert_eq!(committed.rows, counts(1, 0, 0, 2));
        assert_eq!(
            (committed.import.state, committed.import.errors),
            (ImportState::AppliedInPart.code(), 2)
        );
        let told: Vec<_> = findings
            .iter()
            .map(|finding| (finding.row_number, finding.rule.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                (Some(4), rules::NOT_ASSIGNED.code),
                (Some(5), rules::NUMBER_UNLISTED.code)
            ]
        );
        assert_eq!(
            petitions::get(db, &ducha_records::Reach::All, ROUND, "D2").unwrap(),
            None
        );
        assert_eq!(stored_petition(db, "D1").handlings.len(), 1);
    });
}
