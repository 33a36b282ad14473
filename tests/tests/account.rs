//! The public account: every figure comes out of the ledgers, and each can be opened into the records that make it.

mod another_province;
mod publishing;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use ducha::v1::progress_service_client::ProgressServiceClient;
use ducha::v1::{GetAccountRequest, GetProgressRequest};
use ducha_tests::python::{python, stubs};
use ducha_tests::{Backend, INSPECTION, TestApp, TestDatabase, ledger, serving};
use tonic::transport::Channel;

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples")
}

/// A server over the samples.
pub async fn sampled(backend: Backend) -> TestApp {
    let database = TestDatabase::ready(backend);
    let url = database.url().to_owned();
    let import = tokio::task::spawn_blocking(move || ledger::import(&url, &[], &samples()));
    assert_eq!(import.await.unwrap().said.status, Some(1), "some rows are refused");
    let app = TestApp::over(database, |_| ()).await;
    serving(&app.channel).await;
    app
}

pub fn client(app: &TestApp) -> ProgressServiceClient<Channel> {
    ProgressServiceClient::new(app.channel.clone()).max_decoding_message_size(16 * 1024 * 1024)
}

/// Every number of the public account of Guizhou: the figure, its value, its unit.
const PUBLISHED: &[(&str, &str, &str)] = &[
    ("tasks?task_status=completed", "30", "项"),
    ("petitions", "2307", "件"),
    ("petitions?concluded=yes", "2291", "件"),
    ("activities?activity_kind=meeting", "20", "次"),
    ("activities?activity_kind=field_visit", "16", "次"),
    ("activities?activity_kind=special_action", "7", "次"),
    ("cases", "5", "个"),
    ("issues", "5", "个"),
    ("decisions?source=handed_over&subject=organisation", "42", "个"),
    (
        "decisions?level=department&source=handed_over&subject=organisation",
        "3",
        "个",
    ),
    (
        "decisions?level=county&source=handed_over&subject=organisation",
        "30",
        "个",
    ),
    (
        "decisions?level=township&source=handed_over&subject=organisation",
        "9",
        "个",
    ),
    ("decisions?source=handed_over&subject=person", "142", "人"),
    (
        "decisions?level=department&source=handed_over&subject=person",
        "15",
        "人",
    ),
    ("decisions?level=county&source=handed_over&subject=person", "60", "人"),
    ("decisions?level=township&source=handed_over&subject=person", "67", "人"),
    ("indicator?name=白酒废水治理设施改造项目&period=&value=done", "7", "项"),
    ("indicator?name=单位工业增加值能耗同比&period=&value=done", "-10", "%"),
    (
        "indicator?name=污水应急处理设施能力&period=&value=done",
        "7000",
        "吨/小时",
    ),
    (
        "indicator?name=磷石膏综合利用项目一&period=&value=total",
        "300000",
        "吨/年",
    ),
    (
        "indicator?name=磷石膏综合利用项目二&period=&value=total",
        "1400000",
        "吨/年",
    ),
    (
        "indicator?name=新增城镇污水处理能力&period=2022年&value=done",
        "248500",
        "吨/日",
    ),
    ("indicator?name=新改建污水管网&period=&value=done", "1848.55", "公里"),
    (
        "indicator?name=水产种质资源保护区专题论证报告批复&period=&value=done",
        "2",
        "项",
    ),
    (
        "indicator?name=水产种质资源保护区专题论证报告批复&period=&value=total",
        "2",
        "项",
    ),
    ("indicator?name=水坝改建&period=&value=done", "1", "座"),
    ("indicator?name=水坝整改前期工作&period=&value=done", "0", "座"),
    ("indicator?name=水坝整改前期工作&period=&value=total", "3", "座"),
    (
        "indicator?name=生态修复十大工程&period=2021-2035年&value=total",
        "10",
        "项",
    ),
    (
        "indicator?name=风景名胜区违规审批项目整改&period=&value=done",
        "39",
        "个",
    ),
    (
        "indicator?name=风景名胜区违规审批项目整改&period=&value=total",
        "39",
        "个",
    ),
    ("indicator?name=通报绿色矿山移出名录&period=&value=done", "14", "个"),
    ("indicator?name=通报绿色矿山移出名录&period=&value=total", "14", "个"),
    ("indicator?name=通报矿山生态修复&period=&value=done", "3", "个"),
    ("indicator?name=地质灾害项目技术方案重编&period=&value=done", "17", "个"),
    (
        "indicator?name=地质灾害项目技术方案重编&period=&value=total",
        "17",
        "个",
    ),
    ("indicator?name=各类矿山修复面积&period=&value=done", "1466", "公顷"),
    ("indicator?name=历史遗留矿山修复&period=&value=done", "821", "个"),
    ("indicator?name=历史遗留矿山修复&period=&value=total", "826", "个"),
    ("indicator?name=砂石矿山整改&period=&value=done", "491", "个"),
    ("indicator?name=砂石矿山整改&period=&value=total", "507", "个"),
    ("indicator?name=全省绿色矿山移出名录&period=&value=done", "96", "个"),
    (
        "indicator?name=铝型材企业表面处理工艺拆除&period=&value=done",
        "3",
        "家",
    ),
    (
        "indicator?name=铝型材企业表面处理工艺拆除&period=&value=total",
        "3",
        "家",
    ),
    ("indicator?name=园区企业整改&period=&value=done", "594", "家"),
    ("indicator?name=园区管网问题整改&period=&value=done", "187", "个"),
    (
        "indicator?name=新建垃圾焚烧发电项目&period=2022年&value=done",
        "6",
        "个",
    ),
    (
        "indicator?name=新建垃圾焚烧发电项目能力&period=2022年&value=done",
        "5600",
        "吨/日",
    ),
    ("measure?as_of=2022-02-28&what=ordered", "802", "家"),
    ("measure?as_of=2022-02-28&what=penalised", "344", "家"),
    ("measure?as_of=2022-02-28&unit=万元&what=fine", "989.8", "万元"),
    ("measure?as_of=2022-02-28&what=criminal_cases", "20", "件"),
    ("measure?as_of=2022-02-28&what=detained", "23", "人"),
    ("measure?as_of=2022-02-28&what=interviewed", "161", "人"),
    ("measure?as_of=2022-02-28&what=accountable", "86", "人"),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_figure_of_the_public_account_comes_out_of_the_ledgers() {
    let stubs = stubs();
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let app = sampled(backend).await;
        let request = GetAccountRequest {
            inspection_id: INSPECTION.into(),
            as_of: "2023-05-31".into(),
        };
        let account = client(&app)
            .get_account(request)
            .await
            .unwrap()
            .into_inner()
            .account
            .unwrap();
        let figures: BTreeMap<&str, (Option<&str>, &str)> = account
            .figures
            .iter()
            .map(|figure| (figure.key.as_str(), (figure.value.as_deref(), figure.unit.as_str())))
            .collect();
        for (key, value, unit) in PUBLISHED {
            assert_eq!(figures.get(key), Some(&(Some(*value), *unit)), "{key}");
        }
        let energy = account
            .figures
            .iter()
            .find(|figure| figure.key.contains("能耗"))
            .unwrap();
        assert_eq!(energy.gap, None);
        in_february(&app).await;
        added_up_elsewhere(&app, stubs.path()).await;
    }
}

/// What petition ledgers said of measures by the end of February 2022, and what was concluded by then.
async fn in_february(app: &TestApp) {
    let request = GetProgressRequest {
        inspection_id: INSPECTION.into(),
        as_of: "2022-02-28".into(),
        ..GetProgressRequest::default()
    };
    let progress = client(app).get_progress(request).await.unwrap().into_inner();
    let row = &progress.rows[0];
    let measures = row.measures.as_ref().unwrap();
    assert_eq!(
        (
            measures.ordered,
            measures.penalised,
            measures.fine_fen,
            measures.criminal_cases
        ),
        (802, 344, 989_800_000, 20)
    );
    assert_eq!(
        (
            measures.admin_detained + measures.criminal_detained,
            measures.interviewed,
            measures.accountable
        ),
        (23, 161, 86)
    );
    let petitions = row.petitions.as_ref().unwrap();
    assert_eq!(petitions.petitions, 2307, "all were received in the winter before");
    let parts = petitions.open + petitions.staged + petitions.concluded + petitions.closed;
    assert_eq!(parts, 2307);
    assert!(petitions.concluded < 2291 && petitions.open > 16, "{petitions:?}");
    assert_eq!(row.tasks.as_ref().unwrap().tasks, 0, "tasks were listed in July");
}

/// A client that knows nothing but the contract adds the records of each figure up itself.
async fn added_up_elsewhere(app: &TestApp, stubs: &Path) {
    let mut command = Command::new(python());
    command
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("foreign/figures.py"))
        .args([&app.address.to_string(), INSPECTION, "2023-05-31"])
        .env("PYTHONPATH", stubs);
    let output = tokio::task::spawn_blocking(move || command.output())
        .await
        .unwrap()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(said["wrong"], serde_json::json!([]), "{said}");
    assert!(said["added"].as_u64().unwrap() > 100, "{said}");
}
