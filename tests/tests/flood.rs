//! A ledger in which everything is wrong: counted exactly, told completely, and paged through as fast as any other.

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::{Duration, Instant};

use ducha::v1::{ListFindingsRequest, ListImportsRequest};
use ducha_tests::ledger::{self, HEADER, Ledgers};
use ducha_tests::{Backend, INSPECTION, TestApp, TestDatabase, program};

/// Rows of the ledger, each with this many wrong cells.
const ROWS: u32 = 60_000;
const WRONG: u32 = 5;
/// A late page may take this many times as long as an early one: it costs the same, but machines are not idle.
const NOISE: u32 = 4;
/// Kilobytes (1,024 bytes) that the worker may hold, whatever it finds.
const WORKER_KB: u64 = 100 * 1_024;

/// Every row has five cells that cannot be read.
fn flood() -> Vec<Vec<String>> {
    let mut rows = vec![HEADER.map(str::to_owned).to_vec()];
    rows.extend((0..ROWS).map(|at| {
        let mut row = ledger::good("", "南明曲").map(str::to_owned).to_vec();
        for (cell, header) in row.iter_mut().zip(HEADER) {
            match header {
                "受理编号" => *cell = format!("X2GZ2021{at}"),
                "交办问题基本情况" => cell.clear(),
                "是否属实" => "属失".clone_into(cell),
                "是否办结" => "已办接".clone_into(cell),
                _ => {}
            }
        }
        row
    }));
    rows
}

#[test]
fn three_hundred_thousand_findings_are_all_told_to_machines_and_none_is_kept() {
    let ledgers = Ledgers::new();
    let path = ledgers.sheet("520102-台账.xlsx", &flood());
    let mut command = program::command("ducha-worker");
    command.args(["check", "--output", "json"]).arg(path);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let (mut findings, mut held) = (0, 0);
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        findings += u32::from(line.unwrap().contains(r#""type":"finding""#));
        // So many more do not fit into the pipe: the worker cannot have ended.
        if findings == ROWS * WRONG - 10_000 && held == 0 {
            held = program::most_resident(child.id()).unwrap();
        }
    }
    assert_eq!((findings, child.wait().unwrap().code()), (ROWS * WRONG, Some(1)));
    assert!((1..WORKER_KB).contains(&held), "the worker held {held} kB");
}

#[tokio::test(flavor = "multi_thread")]
async fn three_hundred_thousand_findings_are_grouped_for_people_and_paged_through() {
    let ledgers = Ledgers::new();
    ledgers.sheet("520102-台账.xlsx", &flood());
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let database = TestDatabase::ready(backend);
        let mut command = program::command("ducha-worker");
        command
            .args(["import", "--database", &database.url()])
            .arg(ledgers.path());
        let said = program::run(&mut command);
        let lines = said.out.lines().count();
        assert!(said.out.contains("属失") && lines < 400, "{lines} lines: {}", said.err);

        let app = TestApp::over(database, |_| ()).await;
        let request = ListImportsRequest {
            inspection_id: INSPECTION.into(),
            ..Default::default()
        };
        let imports = app.ledgers().list_imports(request).await.unwrap().into_inner().imports;
        assert_eq!(imports[0].errors, ROWS * WRONG);
        page_through(&app, &imports[0].id).await;
    }
}

/// Reads every page, and compares how long the late ones take with the early ones.
async fn page_through(app: &TestApp, import: &str) {
    let (mut token, mut seen, mut took) = (String::new(), 0, Vec::new());
    loop {
        let request = ListFindingsRequest {
            import_id: import.to_owned(),
            page_size: 1_000,
            page_token: token,
            ..Default::default()
        };
        let begun = Instant::now();
        let page = app.ledgers().list_findings(request).await.unwrap().into_inner();
        took.push(begun.elapsed());
        seen += page.findings.len() as u32;
        token = page.next_page_token;
        if token.is_empty() {
            break;
        }
    }
    assert_eq!(seen, ROWS * WRONG);
    let third = took.len() / 3;
    let (early, late) = (median(&took[..third]), median(&took[2 * third..]));
    println!("a page of 1000 findings: {early:?} at first, {late:?} at last");
    assert!(late <= early * NOISE, "{early:?} at first, {late:?} at last");
}

fn median(took: &[Duration]) -> Duration {
    let mut sorted = took.to_vec();
    sorted.sort_unstable();
    sorted[sorted.len() / 2]
}
