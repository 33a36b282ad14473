//! Files that are no ledgers, and databases that are none, get their own clear answers.

use std::path::{Path, PathBuf};

use ducha_tests::ledger::{self, Ledgers, good};
use ducha_tests::{Backend, TestDatabase, program};
use rust_xlsxwriter::Workbook;

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("files").join(name)
}

#[test]
fn each_kind_of_wrong_file_is_refused_with_its_own_code_and_says_what_to_do() {
    for (name, code) in [
        ("word.xls", "F002"),
        ("word.xlsx", "F002"),
        ("pdf.xlsx", "F003"),
        ("ledger.csv", "F004"),
        ("csv.xlsx", "F004"),
        ("password.xlsx", "F005"),
        ("truncated.xlsx", "F006"),
        ("short-cells.xlsb", "F006"),
        ("empty.xlsx", "F008"),
        ("html.xls", "F009"),
    ] {
        let told = ledger::check(&[], &file(name));
        let error = &told.files[0]["error"];
        assert_eq!(error["code"], code, "{name}: {error}");
        assert!(
            error["message_zh"]
                .as_str()
                .is_some_and(|text| text.chars().count() > 5),
            "{name}: {error}"
        );
        assert!(
            error["message_en"].as_str().is_some_and(|text| text.len() > 10),
            "{name}: {error}"
        );
        assert_eq!(
            (told.said.status, &told.files[0]["state"]),
            (Some(1), &"rejected".into()),
            "{name}"
        );
    }
    assert_eq!(
        ledger::check(&["--division", "520102"], &file("plain.xlsx")).files[0]["state"],
        "checked"
    );
}

#[test]
fn a_refused_file_leaves_an_import_that_says_why_and_no_record() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let database = TestDatabase::ready(backend);
        let ledgers = Ledgers::new();
        std::fs::copy(file("pdf.xlsx"), ledgers.path().join("520102-台账.xlsx")).unwrap();
        ledgers.petitions("520103-台账.xlsx", &[good("X2GZ202112070001", "云岩区")]);
        let told = ledger::import(&database.url(), &[], ledgers.path());
        assert_eq!(told.said.status, Some(1));
        let mut db = database.open();
        let page = ducha_records::imports::list(
            &mut db,
            &ducha_records::Reach::All,
            "gz-2021",
            &Default::default(),
            None,
            10,
        )
        .unwrap();
        let states: Vec<_> = page
            .rows
            .iter()
            .map(|row| (row.error_code.clone(), row.inserted))
            .collect();
        assert_eq!(states, [(None, 1), (Some("F003".to_owned()), 0)], "newest first");
    }
}

#[test]
fn a_cell_at_the_far_corner_of_the_grid_costs_nothing() {
    let ledgers = Ledgers::new();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, (header, text)) in ledger::HEADER
        .into_iter()
        .zip(good("X2GZ202112070001", "南明区"))
        .enumerate()
    {
        sheet.write(0, column as u16, header).unwrap();
        sheet.write(1, column as u16, text).unwrap();
    }
    sheet.write(1_048_575, 16_383, "x").unwrap();
    let path = ledgers.path().join("520102-台账.xlsx");
    book.save(&path).unwrap();
    let told = ledger::check(&[], &path);
    assert_eq!(told.files[0]["state"], "checked", "{:?}", told.files);
    assert_eq!(told.files[0]["accepted"], 1);
}

#[test]
fn a_workbook_without_a_ledger_is_refused_and_names_its_sheets() {
    let ledgers = Ledgers::new();
    let path = ledgers.sheet("520102-x.xlsx", &[["会议", "时间"], ["第一次", "上午"]]);
    let told = ledger::check(&[], &path);
    let error = &told.files[0]["error"];
    assert_eq!(error["code"], "S001");
    assert!(error["message_zh"].as_str().unwrap().contains("Sheet1"), "{error}");
}

#[test]
fn what_cannot_run_ends_with_2_and_says_why() {
    let ledgers = Ledgers::new();
    let path = ledgers.petitions("520102-台账.xlsx", &[good("X2GZ202112070001", "南明区")]);
    for (url, reason) in [
        ("mysql://host/db", "must begin with sqlite:// or postgres://"),
        ("postgres://127.0.0.1:1/ducha", "cannot open the database"),
        ("sqlite:///nowhere/at/all/ducha.db", "cannot open the database"),
    ] {
        let told = ledger::import(url, &[], &path);
        assert_eq!(told.said.status, Some(2), "{url}");
        assert!(told.said.err.contains(reason), "{url}: {}", told.said.err);
    }
    let database = TestDatabase::ready(Backend::Sqlite);
    let missing = ledger::import(&database.url(), &[], &ledgers.path().join("missing.xlsx"));
    assert_eq!(missing.said.status, Some(2));
    let unknown = ledger::import(&database.url(), &["--inspection", "none"], &path);
    assert!(
        unknown.said.err.contains("there is no inspection \"none\""),
        "{}",
        unknown.said.err
    );
    let nobody = ledger::import(&database.url(), &["--division", "999999"], &path);
    assert!(
        nobody.said.err.contains("999999 is no known division"),
        "{}",
        nobody.said.err
    );
}

#[test]
fn a_postgres_without_the_newest_schema_is_not_written_to() {
    let database = TestDatabase::planned(Backend::Postgres);
    database.make();
    let ledgers = Ledgers::new();
    let path = ledgers.petitions("520102-台账.xlsx", &[good("X2GZ202112070001", "南明区")]);
    let told = ledger::import(&database.url(), &[], &path);
    assert_eq!(told.said.status, Some(2));
    assert!(told.said.err.contains("ducha-server migrate"), "{}", told.said.err);
}

#[test]
fn a_key_too_many_in_inspection_toml_is_refused_with_its_line() {
    let ledgers = Ledgers::new();
    let path = ledgers.petitions("520102-台账.xlsx", &[good("X2GZ202112070001", "南明区")]);
    let toml = format!("{}rounds = 3\n", ledger::INSPECTION_TOML);
    std::fs::write(ledgers.path().join("inspection.toml"), toml).unwrap();
    let database = TestDatabase::ready(Backend::Sqlite);
    let told = ledger::import(&database.url(), &[], &path);
    assert_eq!(told.said.status, Some(2));
    assert!(
        told.said.err.contains("line 10") && told.said.err.contains("rounds"),
        "{}",
        told.said.err
    );
}

#[test]
fn help_reads_like_a_manual() {
    let help = program::run(program::command("ducha-worker").args(["import", "--help"]));
    assert_eq!(help.status, Some(0));
    for part in [
        "Usage: ducha-worker import",
        "--division <CODE>",
        "Examples:",
        "DUCHA_DATABASE",
    ] {
        assert!(help.out.contains(part), "{part} is missing:\n{}", help.out);
    }
    assert!(
        program::run(program::command("ducha-worker").arg("--help"))
            .out
            .contains("Exit codes:")
    );
}
