//! What changed in a division's form since its last ledger is told: once, in the plan too, and in the marked copy.

use ducha_records::findings::{self, FindingFilter};
use ducha_tests::ledger::{self, HEADER, Ledgers, good};
use ducha_tests::program::{command, run};
use ducha_tests::{Backend, TestDatabase};
use serde_json::Value as Json;

const ROW: [&str; 7] = good("X2GZ202112070001", "南明区");

/// The rules about forms, with their cells and texts.
fn drift(findings: &[Json]) -> Vec<(String, String, String)> {
    let text = |line: &Json, key: &str| line[key].as_str().unwrap_or_default().to_owned();
    let of_form = |line: &&Json| ["H03", "C061"].iter().any(|code| text(line, "rule").starts_with(code));
    let told = findings.iter().filter(of_form);
    told.map(|line| (text(line, "rule"), text(line, "cell"), text(line, "message_zh")))
        .collect()
}

fn wanted(rule: &str, cell: &str, text: &str) -> (String, String, String) {
    (rule.to_owned(), cell.to_owned(), text.to_owned())
}

/// The form of the second ledger: the answer has moved to the end under another name, 处理和整改情况 is gone, and there are
/// remarks; its one row writes 办结 where the first one wrote 已办结.
fn changed(ledgers: &Ledgers) {
    let header = [
        "受理编号",
        "交办问题基本情况",
        "行政区域",
        "污染类型",
        "是否办结",
        "备注",
        "是否属实",
    ];
    let row = [ROW[0], ROW[1], ROW[2], ROW[3], "办结", "", ROW[4]];
    ledgers.sheet("520102-台账.xlsx", &[header, row]);
}

#[test]
fn each_change_of_a_form_is_a_note_that_is_told_once() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let (database, ledgers) = (TestDatabase::ready(backend), Ledgers::new());
        ledgers.petitions("520102-台账.xlsx", &[ROW]);
        let first = ledger::import(&database.url(), &[], ledgers.path());
        assert_eq!(drift(&first.findings), []);
        changed(&ledgers);
        let all = [
            wanted("H034", "G1", "“是否属实”一列换了位置：上次在 E 列，这次在 G 列"),
            wanted("H032", "", "上次台账里的“处理和整改情况”一列，这次没有了"),
            wanted("H031", "F1", "这次多了一列“备注”，上次的台账没有"),
            wanted(
                "C061",
                "E2",
                "“是否办结”一列以前没有用过“办结”这个写法，系统按“已办结”处理",
            ),
        ];
        let plan = ledger::import(&database.url(), &["--plan"], ledgers.path());
        assert_eq!(drift(&plan.findings), all, "a plan tells it and keeps nothing");
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().to_str().unwrap();
        let second = ledger::import(&database.url(), &["--marked", to], ledgers.path());
        assert_eq!(drift(&second.findings), all);
        let severities: Vec<_> = second.findings.iter().map(|line| &line["severity"]).collect();
        assert_eq!(severities, ["note"; 4]);

        let import = second.files[0]["import_id"].as_str().unwrap();
        let stored = findings::list(&mut database.open(), import, &FindingFilter::default(), 0, 10).unwrap();
        let mut codes: Vec<_> = stored.rows.into_iter().map(|finding| finding.rule).collect();
        codes.sort();
        assert_eq!(codes, ["C061", "H031", "H032", "H034"]);
        let copy = folder.path().join("520102-台账-核对.xlsx");
        let read = run(command("ducha-worker").arg("read").arg(copy));
        assert!(read.out.contains("H034") && read.out.contains("C061"), "{}", read.out);

        let third = ledger::import(&database.url(), &[], ledgers.path());
        assert_eq!(drift(&third.findings), []);
    }
}

#[test]
fn a_header_that_is_not_known_and_a_word_that_is_refused_are_not_told_again() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let (database, ledgers) = (TestDatabase::ready(backend), Ledgers::new());
        ledgers.petitions("520102-台账.xlsx", &[ROW]);
        ledger::import(&database.url(), &[], ledgers.path());
        let (mut header, mut row) = (HEADER, ROW);
        header[5] = "处里和整改情况";
        row[6] = "快办完了";
        ledgers.sheet("520102-台账.xlsx", &[header, row]);
        let told = ledger::import(&database.url(), &[], ledgers.path());
        assert_eq!(drift(&told.findings), []);
        assert_eq!(told.faults().len(), 2, "{:?}", told.faults());
    }
}
