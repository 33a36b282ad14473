//! The form of a division's ledgers is kept from one to the next. On both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what it expects")]

mod support;

use ducha_records::Db;
use support::ledger::*;
use support::on_both;

const FORM: &[(&str, &str)] = &[
    ("number", "受理编号"),
    ("complaint", "举报内容"),
    ("conclusion", "是否办结"),
];
const OTHER: &[(&str, &str)] = &[
    ("number", "编号"),
    ("complaint", "举报内容"),
    ("conclusion", "是否办结"),
];

fn ledger(on: &str, form: &[(&str, &str)]) -> File {
    let rows = [petition("X2GZ202112070001", NANMING)];
    File::of(on).division(NANMING).petitions(rows).form(form)
}

/// Imports it; the rules of what was told.
fn told(db: &mut Db, file: File) -> Vec<String> {
    let (_, findings) = file.import_with_findings(db);
    findings.into_iter().map(|finding| finding.rule).collect()
}

#[test]
fn a_change_is_told_once_and_the_first_ledger_has_none() {
    on_both(|_, db| {
        inspect(db, ROUND);
        assert!(told(db, ledger("2022-04-30", FORM)).is_empty());
        assert_eq!(told(db, ledger("2022-05-31", OTHER)), ["H033"]);
        assert!(told(db, ledger("2022-06-30", OTHER)).is_empty());
    });
}

#[test]
fn another_division_has_a_form_of_its_own_and_a_ledger_of_nobody_has_none() {
    on_both(|_, db| {
        inspect(db, ROUND);
        told(db, ledger("2022-04-30", FORM));
        assert!(told(db, ledger("2022-05-31", OTHER).division(YUNYAN)).is_empty());
        let of_nobody = File::of("2022-05-31").petitions([petition("X2GZ202112070001", NANMING)]);
        assert!(told(db, of_nobody.form(OTHER)).is_empty());
    });
}

#[test]
fn a_ledger_older_than_the_last_one_neither_changes_the_form_nor_is_compared_with_it() {
    on_both(|_, db| {
        inspect(db, ROUND);
        told(db, ledger("2022-05-31", FORM));
        assert!(!told(db, ledger("2022-04-30", OTHER)).contains(&"H033".to_owned()));
        assert!(told(db, ledger("2022-06-30", FORM)).is_empty());
    });
}

#[test]
fn a_word_is_new_only_until_it_was_told() {
    on_both(|_, db| {
        inspect(db, ROUND);
        let worded = |on| ledger(on, FORM).word("conclusion", "办结", "已办结");
        told(db, ledger("2022-03-31", FORM));
        assert_eq!(told(db, worded("2022-04-30")), ["C061"]);
        assert!(told(db, ledger("2022-05-31", FORM)).is_empty());
        assert!(told(db, worded("2022-06-30")).is_empty());
    });
}

#[test]
fn a_rule_that_the_profile_switches_off_is_not_told() {
    on_both(|_, db| {
        inspect(db, ROUND);
        told(db, ledger("2022-04-30", FORM));
        assert!(told(db, ledger("2022-05-31", OTHER).without("H033")).is_empty());
    });
}
