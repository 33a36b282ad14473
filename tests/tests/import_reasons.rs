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
    let told = ledger::import(&database.url(), &[], ledgers.path());
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

/// Imports a sheet with what is written beside its rows; rule, row and reason of each warning that has one.
fn given(
    database: &TestDatabase,
    ledgers: &Ledgers,
    name: &str,
    sheet: &[(&[&str], &str)],
) -> Vec<(String, i64, String)> {
    let rows: Vec<Vec<&str>> = sheet
        .iter()
        .map(|(cells, beside)| [*cells, &[*beside]].concat())
        .collect();
    ledgers.sheet(name, &rows);
    let told = ledger::import(&database.url(), &[], ledgers.path());
    assert_eq!(told.files[0]["refused"], 0, "{:?}", told.findings);
    let import = told.files[0]["import_id"].as_str().expect("an import");
    let all = ducha_records::findings::FindingFilter::default();
    let page = ducha_records::findings::list(&mut database.open(), import, &all, 0, 100).expect("findings");
    let reasoned = page.rows.into_iter().filter_map(|finding| {
        let reason = finding.reason?;
        Some((finding.rule, finding.row_number?, reason))
    });
    reasoned.collect()
}

fn reasoned(rule: &str, row: i64) -> Vec<(String, i64, String)> {
    vec![(rule.to_owned(), row, REASON.to_owned())]
}

/// Three petitions with one handling text.
fn pasted(text: &str) -> [[&str; 7]; 3] {
    ["X2GZ202112070001", "X2GZ202112070002", "X2GZ202112070003"].map(|number| {
        let mut row = good(number, "南明区");
        row[5] = text;
        row
    })
}

#[test]
fn a_reason_for_a_rule_across_rows_is_its_rows_and_lapses_with_its_cell() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let (database, ledgers) = (TestDatabase::ready(backend), Ledgers::new());
        let text = "企业已按要求完成整改并通过验收，周边群众对整改结果表示满意，问题已经解决。";
        let import = |rows: &[[&str; 7]; 3], reason: &str| {
            let sheet = [
                (&HEADER[..], REASON_HEADER),
                (&rows[0][..], ""),
                (&rows[1][..], reason),
                (&rows[2][..], ""),
            ];
            given(&database, &ledgers, "520102-台账.xlsx", &sheet)
        };
        assert_eq!(import(&pasted(text), REASON), reasoned("X002", 3));
        assert_eq!(import(&pasted(text), ""), reasoned("X002", 3));
        let other = format!("{text}企业已停产。");
        assert_eq!(import(&pasted(&other), ""), []);
        assert_eq!(import(&pasted(text), ""), [], "it has lapsed for good");
    }
}

#[test]
fn a_reason_for_rows_of_one_petition_that_differ_lapses_with_the_cell_of_its_row() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let (database, ledgers) = (TestDatabase::ready(backend), Ledgers::new());
        let import = |second: &str, reason: &str| {
            let (one, mut other) = (good("X2GZ202112070001", "南明区"), good("X2GZ202112070001", "云岩区"));
            other[1] = second;
            let sheet = [(&HEADER[..], REASON_HEADER), (&one[..], ""), (&other[..], reason)];
            given(&database, &ledgers, "520100-台账.xlsx", &sheet)
        };
        assert_eq!(import("工地夜间施工，噪声扰民。", REASON), reasoned("X024", 3));
        assert_eq!(import("工地夜间施工，噪声扰民。", ""), reasoned("X024", 3));
        assert_eq!(import("工地白天施工，噪声扰民。", ""), []);
    }
}

#[test]
fn reasons_of_the_plain_kinds_are_kept_by_their_natural_keys() {
    let header = &["电站名称", "预警时间", "预警类型", "处置情况", "办结时间", "备注"][..];
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let (database, ledgers) = (TestDatabase::ready(backend), Ledgers::new());
        let import = |station: &str, reason: &str| {
            let open = [station, "2022-05-01", "离线", "", "", ""];
            let sheet = [
                (header, REASON_HEADER),
                (&["一级电站", "2022-05-01", "离线", "已恢复", "2022-05-03", ""][..], ""),
                (&open[..], reason),
                (&["填报日期：2022年5月31日"][..], ""),
            ];
            given(&database, &ledgers, "520102-预警台账.xlsx", &sheet)
        };
        assert_eq!(import("二级电站", REASON), reasoned("R132", 3));
        assert_eq!(import("二级电站", ""), reasoned("R132", 3));
        assert_eq!(import("三级电站", ""), [], "it is another alert");
        assert_eq!(import("二级电站", ""), reasoned("R132", 3));
    }
}
