//! The sample ledgers, imported by the real worker, give exactly what their generator says they hold.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use diesel::sql_types::BigInt;
use diesel::{QueryableByName, RunQueryDsl};
use ducha_tests::ledger::{self, Told};
use ducha_tests::{Backend, TestDatabase};
use serde_json::Value as Json;

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

fn number(database: &TestDatabase, sql: &str) -> i64 {
    diesel::sql_query(sql)
        .get_result::<Number>(&mut database.open())
        .expect(sql)
        .number
}

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples")
}

fn expected() -> Json {
    let text = std::fs::read_to_string(samples().join("expected.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn both(test: impl Fn(&TestDatabase)) {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        test(&TestDatabase::ready(backend));
    }
}

#[test]
fn every_figure_of_the_samples_is_the_published_one() {
    both(|database| {
        let told = ledger::import(&database.url(), &[], &samples());
        assert_eq!(told.said.status, Some(1), "{}", told.said.err);
        assert_eq!(number(database, "SELECT COUNT(*) AS number FROM petitions"), 2307);
        assert_eq!(
            number(
                database,
                "SELECT COUNT(*) AS number FROM petitions WHERE conclusion >= 2"
            ),
            2291
        );
        assert_eq!(
            number(database, "SELECT COUNT(*) AS number FROM tasks WHERE status = 4"),
            30
        );
        for (kind, records) in [
            ("indicators", 24),
            ("accountability_issues", 5),
            ("accountabilities WHERE subject = 1", 42),
            ("accountabilities WHERE subject = 2", 142),
            ("accountabilities WHERE subject = 2 AND level = 3", 67),
            ("activities WHERE kind = 1", 20),
            ("activities WHERE kind = 2", 16),
        ] {
            let count = format!("SELECT COUNT(*) AS number FROM {kind}");
            assert_eq!(number(database, &count), records, "{kind}");
        }
        let capacity = "SELECT done_millionths AS number FROM indicators WHERE name = '新增城镇污水处理能力'";
        assert_eq!(number(database, capacity), 248_500_000_000);
        let expected = &expected()["measures"];
        for measure in [
            "ordered",
            "penalised",
            "fine_fen",
            "criminal_cases",
            "admin_detained",
            "criminal_detained",
            "interviewed",
            "accountable",
        ] {
            let sum = format!("SELECT CAST(COALESCE(SUM({measure}), 0) AS BIGINT) AS number FROM handlings");
            assert_eq!(Some(number(database, &sum)), expected[measure].as_i64(), "{measure}");
        }
    });
}

#[test]
fn every_planted_mistake_is_found_in_its_cell_and_nothing_else_is() {
    both(|database| {
        let told = ledger::import(&database.url(), &[], &samples());
        for file in expected()["files"].as_array().unwrap() {
            compare(&told, file);
        }
    });
}

fn compare(told: &Told, expected: &Json) {
    let path = expected["path"].as_str().unwrap();
    let file = told.files.iter().find(|file| file["file"] == path).expect(path);
    let rows = ["petition_rows", "task_rows", "plain_rows"];
    let of_all = |key: &str| {
        rows.map(|kind| expected[kind][key].as_i64().unwrap())
            .iter()
            .sum::<i64>()
    };
    assert_eq!(
        (file["rows"].as_i64(), file["refused"].as_i64()),
        (Some(of_all("rows")), Some(of_all("refused"))),
        "{path}"
    );
    let sum = ["inserted", "updated", "unchanged", "refused"]
        .map(|key| file[key].as_i64().unwrap())
        .iter()
        .sum::<i64>();
    assert_eq!(
        Some(sum),
        file["rows"].as_i64(),
        "{path}: rows in = inserted + updated + unchanged + refused"
    );
    let found: BTreeSet<(String, String, String)> = told
        .findings
        .iter()
        .filter(|finding| finding["file"] == path && !(finding["severity"] == "note" && finding["cell"] == ""))
        .map(|finding| {
            ["sheet", "cell", "severity"]
                .map(|key| finding[key].as_str().unwrap().to_owned())
                .into()
        })
        .collect();
    let severity = BTreeMap::from([("refused", "error"), ("warning", "warning"), ("note", "note")]);
    let planted: BTreeSet<(String, String, String)> = expected["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            let text = |key: &str| finding[key].as_str().unwrap().to_owned();
            (
                text("sheet"),
                text("cell"),
                severity[finding["outcome"].as_str().unwrap()].to_owned(),
            )
        })
        .collect();
    assert_eq!(found, planted, "{path}");
}

#[test]
fn importing_the_samples_again_changes_nothing_and_makes_no_revision() {
    both(|database| {
        ledger::import(&database.url(), &[], &samples());
        let revisions = number(database, "SELECT COUNT(*) AS number FROM revisions");
        let again = ledger::import(&database.url(), &[], &samples());
        assert_eq!(again.said.status, Some(1));
        for file in &again.files {
            assert_eq!(
                (file["inserted"].as_i64(), file["updated"].as_i64()),
                (Some(0), Some(0)),
                "{file}"
            );
        }
        assert_eq!(number(database, "SELECT COUNT(*) AS number FROM revisions"), revisions);
        let last = "SELECT last_sequence AS number FROM inspections";
        assert_eq!(number(database, last), revisions, "revisions are numbered without gaps");
    });
}
