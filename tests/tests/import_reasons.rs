//! Why a warning stands is said once: it is kept by rule and record, and carried on until the cell changes.

use ducha_tests::ledger::{self, HEADER, Ledgers, good};
use ducha_tests::{Backend, TestDatabase};

/// As a marked copy heads the column for reasons.
const REASON_HEADER: &str = "系统核对：理由（请填写）";
const REASON: &str = "举报件为旧系统编号，交办单如此。";

/// Imports a ledger with one row and what is written beside it; returns the reasons of its warnings of the number.
fn reasons(database: &TestDatabase, ledgers: &Ledgers, row: [&str; 7], reason: &str) -> Vec<Option<String>> {
    let beside = |row: [&str; 7], last: &str| {
        let mut cells = row.map(str::to_owned).to_vec();
        cells.push(last.to_owned());
        cells
    };
    ledgers.sheet(
        "520102-台账.xlsx",
        &[beside(HEADER, REASON_HEADER), beside(row, reason)],
    );
    let told = ledger::import(database.url(), &[], ledgers.path());
    assert_eq!(told.files[0]["refused"], 0, "{}", told.said.err);
    let import = told.files[0]["import_id"].as_str().expect("an import");
    let filter = ducha_records::findings::FindingFilter {
        rules: vec!["C021".to_owned()],
        ..Default::default()
    };
    let page = ducha_records::findings::list(&mut database.open(), import, &filter, 0, 10).expect("findings");
    page.rows.into_iter().map(|finding| finding.reason).collect()
}

#[test]
fn a_reason_is_carried_to_later_ledgers_until_the_cell_changes() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let (database, ledgers) = (TestDatabase::ready(backend), Ledgers::new());
        let unusual = good("GZXF20211215031", "南明区");
        assert_eq!(reasons(&database, &ledgers, unusual, ""), [None]);
        assert_eq!(reasons(&database, &ledgers, unusual, REASON), [Some(REASON.to_owned())]);
        assert_eq!(reasons(&database, &ledgers, unusual, ""), [Some(REASON.to_owned())]);
        assert_eq!(
            reasons(&database, &ledgers, unusual, "另有说明。"),
            [Some("另有说明。".to_owned())],
            "a newer reason takes its place"
        );
        // The same record, its number written in another way: the cell says something else.
        let altered = good("gzxf20211215031", "南明区");
        assert_eq!(reasons(&database, &ledgers, altered, ""), [None]);
        assert_eq!(
            reasons(&database, &ledgers, unusual, ""),
            [None],
            "it has lapsed for good"
        );
    }
}

#[test]
fn a_reason_is_the_records_and_not_anothers() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let (database, ledgers) = (TestDatabase::ready(backend), Ledgers::new());
        reasons(&database, &ledgers, good("GZXF20211215031", "南明区"), REASON);
        let other = good("GZXF20211215032", "南明区");
        assert_eq!(reasons(&database, &ledgers, other, ""), [None]);
    }
}
