//! One sheet for each county: its name says whose the rows are, where it names exactly one division of the file's.

use ducha_tests::ledger::{self, HEADER, Ledgers, good};
use ducha_tests::{Backend, TestDatabase};

/// A row of petitions without its division.
fn row(number: &'static str) -> Vec<&'static str> {
    let mut row = good(number, "").to_vec();
    row.remove(2);
    row
}

fn header() -> Vec<&'static str> {
    let mut header = HEADER.to_vec();
    header.remove(2);
    header
}

#[test]
fn petitions_on_a_sheet_named_after_a_county_are_that_countys() {
    let ledgers = Ledgers::new();
    let (header, first, second) = (header(), row("X2GZ202112070001"), row("X2GZ202112070002"));
    let sheets: [(&str, &[&[&str]]); 2] = [("南明区", &[&header, &first]), ("云岩区", &[&header, &second])];
    ledgers.book("520100-贵阳市信访台账.xlsx", &sheets);
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let database = TestDatabase::ready(backend);
        let told = ledger::import(&database.url(), &[], ledgers.path());
        assert_eq!(told.faults(), []);
        for (number, division) in [("X2GZ202112070001", "520102"), ("X2GZ202112070002", "520103")] {
            let stored =
                ducha_records::petitions::get(&mut database.open(), &ducha_records::Reach::All, "gz-2021", number)
                    .unwrap()
                    .unwrap();
            let divisions: Vec<_> = stored.handlings.iter().map(|part| part.division.as_str()).collect();
            assert_eq!(divisions, [division]);
        }
    }
}

#[test]
fn a_sheet_whose_name_says_nothing_needs_a_column_in_a_prefectures_ledger() {
    let ledgers = Ledgers::new();
    let (header, row) = (header(), row("X2GZ202112070001"));
    let sheets: [(&str, &[&[&str]]); 2] = [("南明区、云岩区", &[&header, &row]), ("南明区", &[&header, &row])];
    let path = ledgers.book("520100-贵阳市信访台账.xlsx", &sheets);
    let told = ledger::check(&[], &path);
    assert_eq!(told.faults(), [("H001".to_owned(), String::new())]);
    assert_eq!(
        (&told.files[0]["accepted"], &told.files[0]["refused"]),
        (&1.into(), &1.into())
    );
}

#[test]
fn a_sheet_of_the_provinces_list_assigns_its_rows_to_the_county_it_is_named_after() {
    let ledgers = Ledgers::new();
    let list: &[&[&str]] = &[
        &["受理编号", "交办问题基本情况", "污染类型"],
        &["X2GZ202112070001", "养殖场排污。", "水"],
    ];
    ledgers.book("520000-交办清单.xlsx", &[("南明区", list)]);
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let database = TestDatabase::ready(backend);
        let told = ledger::import(&database.url(), &[], ledgers.path());
        assert_eq!(told.faults(), []);
        let stored = ducha_records::petitions::get(
            &mut database.open(),
            &ducha_records::Reach::All,
            "gz-2021",
            "X2GZ202112070001",
        )
        .unwrap()
        .unwrap();
        let parts: Vec<_> = stored
            .handlings
            .iter()
            .map(|part| (part.division.as_str(), part.assigned))
            .collect();
        assert_eq!(parts, [("520102", true)]);
    }
}
