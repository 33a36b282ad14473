//! What an operator sees: metrics of server and worker, and the ids of calls in the log.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::process::{Child, Stdio};

use ducha::v1::inspection_service_client::InspectionServiceClient;
use ducha::v1::{GetInspectionRequest, ListPetitionsRequest};
use ducha_tests::ledger::{HEADER, Ledgers, good};
use ducha_tests::program::{Serving, command};
use ducha_tests::scrape::{get, scrape, until};
use ducha_tests::{Backend, INSPECTION, TestApp, TestDatabase, serving, upload, worker};
use tonic::transport::Endpoint;
use tonic::{Code, Request};

async fn observed(backend: Backend) -> (TestApp, SocketAddr) {
    let app = TestApp::with(backend, |settings| {
        settings.metrics = Some(SocketAddr::from(([127, 0, 0, 1], 0)));
    })
    .await;
    let metrics = app.metrics.unwrap();
    (app, metrics)
}

fn asked(id: &str) -> Request<GetInspectionRequest> {
    Request::new(GetInspectionRequest { id: id.into() })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_counts_calls_by_method_and_code_bytes_and_the_queue() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let (app, metrics) = observed(backend).await;
        app.inspections().get_inspection(asked(INSPECTION)).await.unwrap();
        app.inspections().get_inspection(asked(INSPECTION)).await.unwrap();
        app.inspections().get_inspection(asked("none")).await.unwrap_err();
        let request = ListPetitionsRequest {
            inspection_id: INSPECTION.into(),
            ..Default::default()
        };
        app.petitions().list_petitions(request).await.unwrap();
        app.upload(upload::metadata("台账.xlsx"), &[7; 300]).await.unwrap();

        let get = "method=\"ducha.v1.InspectionService/GetInspection\"";
        let told = scrape(metrics).await;
        for (series, wanted) in [
            (format!("ducha_calls_total{{{get},code=\"OK\"}}"), 2.0),
            (format!("ducha_calls_total{{{get},code=\"NOT_FOUND\"}}"), 1.0),
            (
                "ducha_calls_total{method=\"ducha.v1.LedgerService/UploadLedger\",code=\"OK\"}".to_owned(),
                1.0,
            ),
            (format!("ducha_call_duration_seconds_count{{{get}}}"), 3.0),
            (format!("ducha_call_duration_seconds_bucket{{le=\"+Inf\",{get}}}"), 3.0),
            ("ducha_calls_in_progress".to_owned(), 0.0),
            ("ducha_upload_bytes_total".to_owned(), 300.0),
            ("ducha_database_up".to_owned(), 1.0),
            ("ducha_imports{state=\"received\"}".to_owned(), 1.0),
            ("ducha_imports{state=\"applied\"}".to_owned(), 0.0),
            ("ducha_imported_rows".to_owned(), 0.0),
            ("ducha_database_waiting".to_owned(), 0.0),
            ("ducha_database_connections{state=\"in_use\"}".to_owned(), 0.0),
        ] {
            assert_eq!(told.value(&series), Some(wanted), "{series} in\n{}", told.0);
        }
        assert!(told.value("ducha_database_connections{state=\"idle\"}").unwrap() >= 1.0);
        let age = told.value("ducha_oldest_queued_import_age_seconds").unwrap();
        assert!((0.0..60.0).contains(&age), "{age}");
        assert!(told.0.ends_with("# EOF\n"), "{}", told.0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_that_came_in_are_counted_from_the_database() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let (app, metrics) = observed(backend).await;
        let numbers = (1..=7).map(|at| format!("N-{at}"));
        app.import(ducha_tests::Seed::of_petitions("520102", numbers)).await;
        let told = scrape(metrics).await;
        assert_eq!(told.value("ducha_imported_rows"), Some(7.0), "{}", told.0);
        assert_eq!(told.value("ducha_imports{state=\"applied\"}"), Some(1.0));
        assert_eq!(told.value("ducha_oldest_queued_import_age_seconds"), Some(0.0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_tells_that_its_database_is_away_and_answers_nothing_else() {
    let (app, metrics) = observed(Backend::Postgres).await;
    assert_eq!(scrape(metrics).await.value("ducha_database_up"), Some(1.0));
    app.database().lock_out();
    until(metrics, "ducha_database_up", |up| up == 0.0).await;
    app.inspections().get_inspection(asked(INSPECTION)).await.unwrap_err();
    let away = "ducha_calls_total{method=\"ducha.v1.InspectionService/GetInspection\",code=\"UNAVAILABLE\"}";
    assert_eq!(scrape(metrics).await.value(away), Some(1.0));
    app.database().let_in();
    until(metrics, "ducha_database_up", |up| up == 1.0).await;

    let other = tokio::task::spawn_blocking(move || get(metrics, "/")).await.unwrap();
    assert!(other.starts_with("HTTP/1.1 404"), "{other}");
}

/// A worker that tells metrics; it is killed when this is dropped.
struct Told {
    child: Child,
    address: SocketAddr,
}

impl Told {
    fn start(app: &TestApp, arguments: &[&str]) -> Self {
        let mut command = worker::command(app, arguments);
        command.args(["--metrics-listen", "127.0.0.1:0"]).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        let address = loop {
            line.clear();
            assert!(log.read_line(&mut line).unwrap() > 0, "the worker ended");
            if let Some((_, address)) = line.split_once("address=") {
                break address.trim().parse().unwrap();
            }
        };
        // Nobody reads on, but a full pipe would hold the worker up.
        std::thread::spawn(move || drop(log.read_to_string(&mut String::new())));
        Self { child, address }
    }
}

impl Drop for Told {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_counts_claims_verdicts_rows_and_its_last_success() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let app = TestApp::start(backend).await;
        let (ledgers, inbox) = (Ledgers::new(), tempfile::tempdir().unwrap());
        let mut wrong = good("X2GZ202112070002", "南明区").map(str::to_owned);
        wrong[HEADER.iter().position(|header| *header == "是否办结").unwrap()] = "已办接".to_owned();
        let rows = [
            HEADER.map(str::to_owned).to_vec(),
            good("X2GZ202112070001", "南明区").map(str::to_owned).to_vec(),
            wrong.to_vec(),
        ];
        let path = ledgers.sheet("520102-台账.xlsx", &rows);
        let worker = Told::start(
            &app,
            &["--inbox", inbox.path().to_str().unwrap(), "--inspection", INSPECTION],
        );
        app.watched(&app.upload_file(&path).await).await;

        let verdict = "ducha_worker_imports_total{verdict=\"applied_in_part\"}";
        let told = until(worker.address, verdict, |imports| imports == 1.0).await;
        for (series, wanted) in [
            ("ducha_worker_claims_total", 1.0),
            ("ducha_worker_in_hand", 0.0),
            ("ducha_worker_rows_total{verdict=\"inserted\"}", 1.0),
            ("ducha_worker_rows_total{verdict=\"refused\"}", 1.0),
            ("ducha_worker_leases_lost_total", 0.0),
        ] {
            assert_eq!(told.value(series), Some(wanted), "{series} in\n{}", told.0);
        }
        assert!(told.value("ducha_worker_import_seconds_total").unwrap() > 0.0);
        let recent = |at: f64| at > 1_700_000_000.0;
        assert!(recent(
            told.value("ducha_worker_last_import_timestamp_seconds").unwrap()
        ));
        // An empty inbox that was looked through is a success as well.
        until(worker.address, "ducha_worker_last_success_timestamp_seconds", recent).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_has_the_id_of_its_call_which_the_caller_may_choose() {
    let app = TestApp::start(Backend::Sqlite).await;
    let mut chosen = asked(INSPECTION);
    chosen
        .metadata_mut()
        .insert("x-request-id", "county-1.42".parse().unwrap());
    let answer = app.inspections().get_inspection(chosen).await.unwrap();
    assert_eq!(answer.metadata().get("x-request-id").unwrap(), "county-1.42");

    let mut failing = asked("none");
    failing
        .metadata_mut()
        .insert("x-request-id", "county-1.43".parse().unwrap());
    let failed = app.inspections().get_inspection(failing).await.unwrap_err();
    assert_eq!(failed.code(), Code::NotFound);
    assert_eq!(failed.metadata().get("x-request-id").unwrap(), "county-1.43");

    let mut odd = asked(INSPECTION);
    odd.metadata_mut().insert("x-request-id", "two words".parse().unwrap());
    for request in [odd, asked(INSPECTION)] {
        let answer = app.inspections().get_inspection(request).await.unwrap();
        let made = answer.metadata().get("x-request-id").unwrap().to_str().unwrap();
        assert!(uuid::Uuid::parse_str(made).is_ok(), "{made}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_event_of_a_call_has_its_id_in_the_log() {
    let database = TestDatabase::ready(Backend::Postgres);
    let server = Serving::start(
        command("ducha-server")
            .args(["serve", "--no-access-control", "--listen", "127.0.0.1:0"])
            .env("DUCHA_DATABASE", database.server_url())
            .env("RUST_LOG", "ducha_server=debug"),
    );
    let endpoint = Endpoint::from_shared(format!("http://{}", server.address)).unwrap();
    let channel = endpoint.connect().await.unwrap();
    serving(&channel).await;
    database.lock_out();
    let mut request = asked(INSPECTION);
    request
        .metadata_mut()
        .insert("x-request-id", "county-1.44".parse().unwrap());
    let failed = InspectionServiceClient::new(channel)
        .get_inspection(request)
        .await
        .unwrap_err();
    assert_eq!(failed.code(), Code::Unavailable);
    let (_, log) = server.terminate();
    for event in ["the database does not answer", "status=\"UNAVAILABLE\""] {
        let of_call = log
            .lines()
            .find(|line| line.contains("county-1.44") && line.contains(event));
        let line = of_call.unwrap_or_else(|| panic!("no {event} of the call in\n{log}"));
        assert!(line.contains("InspectionService/GetInspection"), "{line}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn alerts_ask_for_metrics_that_are_told() {
    let (app, metrics) = observed(Backend::Sqlite).await;
    let worker = Told::start(&app, &[]);
    app.inspections().get_inspection(asked(INSPECTION)).await.unwrap();
    let told = [scrape(metrics).await.0, scrape(worker.address).await.0].concat();
    let alerts = include_str!("../../deploy/alerts.yml");
    let words = alerts.split(|character: char| !character.is_ascii_alphanumeric() && character != '_');
    let names: Vec<&str> = words.filter(|word| word.starts_with("ducha_")).collect();
    assert!(names.len() > 8, "{names:?}");
    for name in names {
        let name = name.trim_end_matches("_total").trim_end_matches("_bucket");
        assert!(told.contains(&format!("# TYPE {name} ")), "nobody tells {name}");
    }
}
