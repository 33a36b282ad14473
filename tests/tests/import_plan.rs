//! A plan tells what an import would do, and does none of it.

use ducha_tests::ledger::{self, Ledgers, good};
use ducha_tests::program::{command, run};
use ducha_tests::{Backend, TestDatabase};
use serde_json::Value as Json;

const NUMBERS: [&str; 3] = ["X2GZ202112060001", "X2GZ202112060002", "X2GZ202112060003"];

/// Two rows that are stored; then the first is said again, the second differs in two cells, and a third comes.
fn changed(backend: Backend) -> (TestDatabase, Ledgers) {
    let (database, ledgers) = (TestDatabase::ready(backend), Ledgers::new());
    let [first, second, third] = NUMBERS.map(|number| good(number, "南明区"));
    ledgers.petitions("520102-台账.xlsx", &[first, second]);
    ledger::import(&database.url(), &[], ledgers.path());
    let mut altered = second;
    (altered[3], altered[6]) = ("水、噪声", "阶段性办结");
    ledgers.petitions("520102-台账.xlsx", &[first, altered, third]);
    (database, ledgers)
}

/// The lines a plan prints.
fn plan(database: &TestDatabase, ledgers: &Ledgers, more: &[&str]) -> Vec<Json> {
    let said = run(command("ducha-worker")
        .args(["import", "--plan", "--output", "json", "--database", &database.url()])
        .args(more)
        .arg(ledgers.path()));
    assert_eq!(said.status, Some(0), "{said:?}");
    let lines = said
        .out
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line of JSON"));
    lines.collect()
}

fn of_type<'l>(lines: &'l [Json], kind: &str) -> Vec<&'l Json> {
    lines.iter().filter(|line| line["type"] == kind).collect()
}

#[test]
fn a_plan_tells_each_changed_field_with_its_cell_and_writes_nothing() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let (database, ledgers) = changed(backend);
        let lines = plan(&database, &ledgers, &[]);
        let changes = of_type(&lines, "change");
        let told: Vec<_> = changes
            .iter()
            .map(|change| (&change["number"], &change["outcome"]))
            .collect();
        assert_eq!(
            told,
            [
                (&Json::from(NUMBERS[1]), &Json::from("changed")),
                (&Json::from(NUMBERS[2]), &Json::from("new"))
            ]
        );
        assert_eq!(
            changes[0]["fields"],
            serde_json::json!([
                {"cell": "G3", "field": "conclusion", "header": "是否办结", "before": "已办结", "after": "阶段性办结"},
                {"cell": "D3", "field": "pollution_kinds", "header": "污染类型", "before": "水", "after": "水、噪声"},
            ])
        );
        let again = plan(&database, &ledgers, &[]);
        assert_eq!(again, lines, "nothing was written, so the plan is the same");
    }
}

#[test]
fn an_import_does_what_its_plan_said() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let (database, ledgers) = changed(backend);
        let lines = plan(&database, &ledgers, &[]);
        let planned = of_type(&lines, "file")[0];
        let did = ledger::import(&database.url(), &[], ledgers.path());
        for count in ["rows", "inserted", "updated", "unchanged", "refused", "warnings"] {
            assert_eq!(planned[count], did.files[0][count], "{count}");
        }
        let after = plan(&database, &ledgers, &[]);
        assert!(of_type(&after, "change").is_empty());
        let hash = |lines: &[Json]| of_type(lines, "file")[0]["plan_hash"].clone();
        assert_ne!(hash(&after), hash(&lines), "the records moved, and so did the plan");
    }
}

#[test]
fn an_inspection_that_is_not_stored_is_planned_and_still_not_stored() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let (database, ledgers) = (TestDatabase::ready(backend), Ledgers::new());
        ledgers.petitions("520102-台账.xlsx", &NUMBERS.map(|number| good(number, "南明区")));
        let lines = plan(&database, &ledgers, &[]);
        assert_eq!(of_type(&lines, "file")[0]["inserted"], 3);
        let stored = ducha_records::inspections::get(&mut database.open(), "gz-2021");
        assert_eq!(stored.expect("a query"), None);
    }
}

#[test]
fn the_whole_plan_is_written_into_a_workbook_in_which_no_cell_is_a_formula() {
    let (database, ledgers) = (TestDatabase::ready(Backend::Sqlite), Ledgers::new());
    let mut row = good(NUMBERS[0], "南明区");
    ledgers.petitions("520102-台账.xlsx", &[row]);
    ledger::import(&database.url(), &[], ledgers.path());
    row[5] = "=1+1";
    ledgers.petitions("520102-台账.xlsx", &[row]);
    let out = tempfile::tempdir().expect("a folder");
    let file = out.path().join("plan.xlsx");
    plan(&database, &ledgers, &["--out", file.to_str().expect("a path")]);
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&file).expect("a workbook");
    let range = calamine::Reader::worksheet_range(&mut book, "变更").expect("the sheet of changes");
    let texts: Vec<String> = range
        .rows()
        .nth(1)
        .expect("a change")
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(texts[2..4], ["F2", NUMBERS[0]]);
    assert_eq!(texts[6..], ["已责令整改。", "=1+1"]);
    let formulas = calamine::Reader::worksheet_formula(&mut book, "变更").expect("formulas");
    assert!(formulas.is_empty());
}
