//! A reviewer takes out a record, or a division's part of one; later ledgers may bring it again. On both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what it expects")]

mod support;

use chrono::Utc;
use ducha_records::codes::{Change, PlainKind, RecordKind};
use ducha_records::petitions;
use ducha_records::revisions::Revision;
use ducha_records::undo::{WithdrawError, Withdrawal, withdraw};
use ducha_records::{Db, Reach, accountability, alerts as stored_alerts, plain::After};
use support::ledger::*;
use support::on_both;
use support::plain::{alert, alerts, decision, decisions};

fn attempt(db: &mut Db, kind: i16, number: &str, division: &str) -> Result<Vec<Revision>, WithdrawError> {
    let wanted = Withdrawal {
        inspection_id: ROUND,
        kind,
        number,
        division,
        actor: "审核员",
        reason: "重复报送",
        at_utc: Utc::now().naive_utc(),
    };
    withdraw(db, wanted, |_| Ok(()))
}

/// Withdraws what there is; division and number of fields of each revision.
fn withdrawn(db: &mut Db, kind: i16, number: &str, division: &str) -> Vec<(String, bool)> {
    let told = attempt(db, kind, number, division).unwrap();
    for revision in &told {
        assert_eq!(
            (revision.kind, revision.number.as_str(), revision.change),
            (kind, number, Change::Withdrawn.code())
        );
        assert_eq!(
            (
                revision.actor.as_str(),
                revision.reason.as_deref(),
                revision.import_id.as_str()
            ),
            ("审核员", Some("重复报送"), "")
        );
    }
    let told = told.into_iter();
    told.map(|revision| (revision.division.clone(), revision.fields().is_empty()))
        .collect()
}

fn is_unknown(db: &mut Db, kind: i16, number: &str, division: &str) -> bool {
    matches!(attempt(db, kind, number, division), Err(WithdrawError::Unknown))
}

fn divisions(db: &mut Db, number: &str) -> Option<Vec<(String, bool)>> {
    let record = petitions::get(db, &Reach::All, ROUND, number).unwrap()?;
    Some(
        record
            .handlings
            .into_iter()
            .map(|part| (part.division, part.reported))
            .collect(),
    )
}

const PETITION: i16 = RecordKind::Petition as i16;

#[test]
fn a_part_goes_and_takes_a_record_along_that_nobody_else_has() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let rows = [concluded("D1", NANMING, "2022-01-10"), petition("D1", YUNYAN)];
        File::of("2022-01-31").petitions(rows.clone()).import(db);
        assert_eq!(withdrawn(db, PETITION, "D1", YUNYAN), [(YUNYAN.to_owned(), false)]);
        assert_eq!(divisions(db, "D1"), Some(vec![(NANMING.to_owned(), true)]));
        let state = stored_petition(db, "D1").petition.conclusion;
        assert_eq!(state, 2, "the state is that of the parts that are left");
        assert!(is_unknown(db, PETITION, "D1", YUNYAN));
        let gone = withdrawn(db, PETITION, "D1", NANMING);
        assert_eq!(gone, [(NANMING.to_owned(), false), (String::new(), false)]);
        assert_eq!(divisions(db, "D1"), None);
        let again = File::of("2022-01-31").petitions(rows).import(db);
        assert_eq!(again.rows, counts(2, 0, 0, 0), "a later ledger makes it again");
    });
}

#[test]
fn a_part_that_is_assigned_is_not_reported_any_more_and_may_be_reported_again() {
    on_both(|_, db| {
        inspect(db, ROUND);
        File::register("2022-01-31")
            .petitions([petition("D1", PROVINCE).assigned(&[NANMING])])
            .import(db);
        let ledger = || File::of("2022-02-28").petitions([concluded("D1", NANMING, "2022-02-01")]);
        ledger().import(db);
        assert_eq!(withdrawn(db, PETITION, "D1", NANMING), [(NANMING.to_owned(), false)]);
        assert_eq!(divisions(db, "D1"), Some(vec![(NANMING.to_owned(), false)]));
        assert_eq!(stored_petition(db, "D1").petition.conclusion, 0);
        assert!(is_unknown(db, PETITION, "D1", NANMING), "nothing is reported");
        assert_eq!(ledger().import(db).rows, counts(1, 0, 0, 0));
    });
}

#[test]
fn a_record_goes_with_all_its_parts_and_each_of_them_is_told() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let list = || File::register("2022-01-31").petitions([petition("D1", PROVINCE).assigned(&[NANMING, YUNYAN])]);
        list().import(db);
        File::of("2022-02-28").petitions([petition("D1", NANMING)]).import(db);
        let gone = withdrawn(db, PETITION, "D1", "");
        let wanted = [
            (NANMING.to_owned(), false),
            (YUNYAN.to_owned(), true),
            (String::new(), false),
        ];
        assert_eq!((gone.as_slice(), divisions(db, "D1")), (&wanted[..], None));
        assert!(is_unknown(db, PETITION, "D1", ""));
        let unlisted = File::of("2022-03-31").petitions([petition("D1", NANMING)]).import(db);
        assert_eq!(
            unlisted.rows,
            counts(0, 0, 0, 1),
            "the province has a list, and this is not on it"
        );
        assert_eq!(list().import(db).rows, counts(1, 0, 0, 0));
    });
}

#[test]
fn records_of_other_kinds_go_by_division_and_issues_with_the_last_decision_on_them() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let plain = decisions(NANMING, &[decision("甲局", Some("1")), decision("乙局", Some("1"))]);
        File::of("2022-01-31").plain(plain).import(db);
        File::of("2022-01-31")
            .plain(alerts(NANMING, &[alert("一级", "2022-01-01")]))
            .import(db);
        File::of("2022-01-31")
            .plain(alerts(YUNYAN, &[alert("一级", "2022-01-01")]))
            .import(db);
        assert_eq!(withdrawn(db, PlainKind::Alert.code(), "一级", YUNYAN).len(), 1);
        let left = stored_alerts::list(
            db,
            &Reach::All,
            ROUND,
            &stored_alerts::AlertFilter::default(),
            &After::default(),
            9,
        )
        .unwrap();
        assert_eq!(
            left.rows.iter().map(|row| row.division.as_str()).collect::<Vec<_>>(),
            [NANMING]
        );
        let issues = |db: &mut Db| {
            let filter = accountability::IssueFilter::default();
            accountability::list_issues(db, &Reach::All, ROUND, &filter, &After::default(), 9)
                .unwrap()
                .rows
                .len()
        };
        let kind = PlainKind::Accountability.code();
        assert_eq!(withdrawn(db, kind, "甲局", NANMING).len(), 1);
        assert_eq!(issues(db), 1);
        let told = attempt(db, kind, "乙局", NANMING).unwrap();
        assert_eq!(told.iter().map(|row| row.kind).collect::<Vec<_>>(), [4, kind]);
        assert_eq!(issues(db), 0);
        assert!(is_unknown(db, kind, "丙局", NANMING));
        let again = decisions(NANMING, &[decision("乙局", Some("1"))]);
        assert_eq!(File::of("2022-02-28").plain(again).import(db).rows, counts(1, 0, 0, 0));
    });
}
