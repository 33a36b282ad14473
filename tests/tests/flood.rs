//! A ledger in which everything is wrong: counted exactly, told completely, and paged through as fast as any other.

use std::time::{Duration, Instant};

use ducha::v1::{GetImportRequest, ListFindingsRequest};
use ducha_records::rules;
use ducha_tests::ledger::{self, HEADER, Ledgers};
use ducha_tests::{Backend, TestApp, TestDatabase};

/// Rows of the ledger, each with this many wrong cells.
const ROWS: u32 = 60_000;
const WRONG: u32 = 5;
/// The longest that a page may take, but for a few that something else held up.
const PAGE: Duration = Duration::from_millis(100);

/// Every row has five cells that cannot be read.
fn flood() -> Vec<Vec<String>> {
    let mut rows = vec![HEADER.map(str::to_owned).to_vec()];
    rows.extend((0..ROWS).map(|at| {
        let mut row = ledger::good(&format!("第{at}件"), "南明区").map(str::to_owned).to_vec();
        for (cell, header) in row.iter_mut().zip(HEADER) {
            match header {
                "受理编号" => *cell = format!("X2GZ2021{at}"),
                "交办问题基本情况" => cell.clear(),
                "行政区域" => "南明曲".clone_into(cell),
                "是否属实" => "属失".clone_into(cell),
                "是否办结" => "已办接".clone_into(cell),
                _ => {}
            }
        }
        row
    }));
    rows
}

#[tokio::test(flavor = "multi_thread")]
async fn three_hundred_thousand_findings_are_counted_stored_and_paged_through() {
    let ledgers = Ledgers::new();
    ledgers.sheet("520102-台账.xlsx", &flood());
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let database = TestDatabase::ready(backend);
        let told = ledger::import(database.url(), &[], ledgers.path());
        let all = u64::from(ROWS * WRONG);
        assert_eq!(told.findings.len() as u64, all, "{}", told.said.err);
        assert!(told.findings.iter().all(|finding| finding["cell"] != ""));
        assert!(told.findings.iter().all(|finding| finding["hint_zh"] != ""));
        let id = told.files[0]["import_id"].as_str().unwrap().to_owned();

        let app = TestApp::over(database, |_| ()).await;
        let request = GetImportRequest { import_id: id.clone() };
        let import = app.ledgers().get_import(request).await.unwrap().into_inner();
        assert_eq!(u64::from(import.ledger_import.unwrap().errors), all);
        let (mut token, mut seen, mut slow, mut pages) = (String::new(), 0_u64, 0, 0);
        loop {
            let request = ListFindingsRequest {
                import_id: id.clone(),
                page_size: 1_000,
                page_token: token,
                ..Default::default()
            };
            let begun = Instant::now();
            let page = app.ledgers().list_findings(request).await.unwrap().into_inner();
            slow += u32::from(begun.elapsed() > PAGE);
            pages += 1;
            seen += page.findings.len() as u64;
            assert!(page.findings.iter().all(|finding| rules::find(&finding.rule).is_some()));
            token = page.next_page_token;
            if token.is_empty() {
                break;
            }
        }
        assert_eq!(seen, all);
        assert!(slow * 20 <= pages, "{slow} of {pages} pages took longer than {PAGE:?}");
    }
}
