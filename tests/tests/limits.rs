//! One caller does not take from the others, and a server that is full says so.

use std::time::Duration;

use diesel::RunQueryDsl;
use diesel::connection::SimpleConnection;
use ducha::v1::inspection_service_client::InspectionServiceClient;
use ducha::v1::ledger_service_client::LedgerServiceClient;
use ducha::v1::{GetInspectionRequest, UploadLedgerRequest, UploadLedgerResponse, UploadMetadata};
use ducha_records::Db;
use ducha_records::codes::Role;
use ducha_server::limits::Limits;
use ducha_tests::credentials::Bearer;
use ducha_tests::{Backend, INSPECTION, TestApp, upload};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_stream::wrappers::ReceiverStream;
use tonic::service::interceptor::InterceptedService;
use tonic::transport::Channel;
use tonic::{Code, Response, Status};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_types::StatusExt;

const BOTH: [Backend; 2] = [Backend::Sqlite, Backend::Postgres];

/// The reason of a refused call, what there was too much of, and when to come back.
fn refused(status: &Status) -> (Code, String, String, Duration) {
    let info = status.get_details_error_info().unwrap();
    let wait = status.get_details_retry_info().unwrap().retry_delay.unwrap();
    let limit = info.metadata.get("limit").cloned().unwrap_or_default();
    (status.code(), info.reason, limit, wait)
}

fn rate_limited(status: &Status, wanted: &str) -> Duration {
    let (code, reason, limit, wait) = refused(status);
    assert_eq!(
        (code, reason.as_str(), limit.as_str()),
        (Code::ResourceExhausted, "RATE_LIMITED", wanted),
        "{status:?}"
    );
    assert!(
        status.get_details_localized_message().unwrap().message.contains("重试"),
        "{status:?}"
    );
    wait
}

/// Waits as a client does that was told to.
async fn wait(time: Duration) {
    drop(tokio::time::timeout(time, std::future::pending::<()>()).await);
}

fn guarded(limits: Limits) -> impl AsyncFn(Backend) -> TestApp {
    async move |backend| TestApp::guarded_with(backend, |settings| settings.limits = limits).await
}

fn client(app: &TestApp, bearer: &Bearer) -> InspectionServiceClient<InterceptedService<Channel, Bearer>> {
    InspectionServiceClient::with_interceptor(app.channel.clone(), bearer.clone())
}

async fn get(app: &TestApp, bearer: &Bearer) -> Result<(), Status> {
    let request = GetInspectionRequest { id: INSPECTION.into() };
    client(app, bearer).get_inspection(request).await.map(drop)
}

async fn is_healthy(app: &TestApp) -> bool {
    let health = app
        .health()
        .check(HealthCheckRequest::default())
        .await
        .unwrap()
        .into_inner();
    health.status() == ServingStatus::Serving
}

#[tokio::test(flavor = "multi_thread")]
async fn a_credential_has_its_share_of_calls_and_gets_more_when_it_was_told_to_come_back() {
    let start = guarded(Limits {
        credential_calls_per_second: 1,
        credential_burst_calls: 3,
        ..Limits::NONE
    });
    for backend in BOTH {
        let app = start(backend).await;
        let db = &mut app.database().open();
        let (busy, other) = (
            Bearer::issue(db, Role::Reader, Some("520102")),
            Bearer::issue(db, Role::Reader, Some("520102")),
        );
        for _ in 0..3 {
            get(&app, &busy).await.unwrap();
        }
        let mut told = None;
        // A slow machine may have got one back meanwhile.
        for _ in 0..10 {
            if let Err(status) = get(&app, &busy).await {
                told = Some(rate_limited(&status, "credential_calls"));
                break;
            }
        }
        let told = told.expect("a refused call");
        assert!(told <= Duration::from_secs(1), "{told:?}");
        get(&app, &other).await.unwrap();
        assert!(is_healthy(&app).await);
        wait(told).await;
        get(&app, &busy).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_credentials_of_a_division_share_its_calls_and_others_have_their_own() {
    let start = guarded(Limits {
        division_calls_per_second: 1,
        division_burst_calls: 4,
        ..Limits::NONE
    });
    for backend in BOTH {
        let app = start(backend).await;
        let db = &mut app.database().open();
        let credentials = [(); 4].map(|()| Bearer::issue(db, Role::Reader, Some("520102")));
        let mut refusals = Vec::new();
        for bearer in credentials.iter().cycle().take(40) {
            refusals.extend(get(&app, bearer).await.err());
        }
        assert!(refusals.len() > 20, "{} of 40 calls were refused", refusals.len());
        for status in &refusals {
            rate_limited(status, "division_calls");
        }
        get(&app, &Bearer::issue(db, Role::Reader, Some("520103")))
            .await
            .unwrap();
        get(&app, &Bearer::issue(db, Role::Administrator, None)).await.unwrap();
    }
}

/// An upload that goes on until its sender is dropped.
struct Open {
    sender: mpsc::Sender<UploadLedgerRequest>,
    answer: JoinHandle<Result<Response<UploadLedgerResponse>, Status>>,
}

impl Open {
    async fn begin(app: &TestApp, bearer: &Bearer, division: &str, content: u8) -> Self {
        let (sender, receiver) = mpsc::channel(4);
        let metadata = UploadMetadata {
            division: division.to_owned(),
            ..upload::metadata("台账.xlsx")
        };
        for message in upload::messages(metadata, &[content; 100]) {
            sender.send(message).await.unwrap();
        }
        let mut client = LedgerServiceClient::with_interceptor(app.channel.clone(), bearer.clone());
        let answer = tokio::spawn(async move { client.upload_ledger(ReceiverStream::new(receiver)).await });
        Self { sender, answer }
    }

    /// Waits until the server has taken what was sent: it is in its store.
    async fn taken(app: &TestApp, files: usize) {
        let folder = app.store().strip_prefix("file://").unwrap().to_owned();
        let mut look = tokio::time::interval(Duration::from_millis(20));
        let arrives = async {
            loop {
                look.tick().await;
                let incoming = std::fs::read_dir(format!("{folder}/incoming"));
                if incoming.is_ok_and(|incoming| incoming.count() >= files) {
                    return;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(60), arrives)
            .await
            .expect("the uploads begin");
    }

    async fn end(self) -> Result<UploadLedgerResponse, Status> {
        drop(self.sender);
        self.answer.await.unwrap().map(Response::into_inner)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_division_has_so_many_uploads_under_way_and_the_others_have_theirs() {
    let start = guarded(Limits {
        division_uploads: 2,
        ..Limits::NONE
    });
    for backend in BOTH {
        let app = start(backend).await;
        let db = &mut app.database().open();
        let (county, other) = (
            Bearer::issue(db, Role::Submitter, Some("520102")),
            Bearer::issue(db, Role::Submitter, Some("520103")),
        );
        let first = Open::begin(&app, &county, "520102", 1).await;
        let second = Open::begin(&app, &county, "520102", 2).await;
        Open::taken(&app, 2).await;
        let third = Open::begin(&app, &county, "520102", 3).await.end().await.unwrap_err();
        rate_limited(&third, "division_uploads");
        Open::begin(&app, &other, "520103", 4).await.end().await.unwrap();
        first.end().await.unwrap();
        Open::begin(&app, &county, "520102", 5).await.end().await.unwrap();
        second.end().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_division_has_its_share_of_bytes_and_of_imports_that_wait() {
    for backend in BOTH {
        let limits = Limits {
            division_upload_mib_per_minute: 1,
            ..Limits::NONE
        };
        let app = TestApp::with(backend, |settings| settings.limits = limits).await;
        let large = vec![7; 1_500_000];
        app.upload(upload::metadata("大.xlsx"), &large).await.unwrap();
        let owing = app.upload(upload::metadata("小.xlsx"), &[1; 100]).await.unwrap_err();
        let wait = rate_limited(&owing, "division_upload_bytes");
        assert!((1..60).contains(&wait.as_secs()), "{wait:?}");

        let limits = Limits {
            division_queued_imports: 2,
            ..Limits::NONE
        };
        let app = TestApp::with(backend, |settings| settings.limits = limits).await;
        for content in [1, 2] {
            app.upload(upload::metadata("台账.xlsx"), &[content; 100])
                .await
                .unwrap();
        }
        let third = app.upload(upload::metadata("台账.xlsx"), &[3; 100]).await.unwrap_err();
        rate_limited(&third, "division_queued_imports");
        let other = UploadMetadata {
            division: "520103".to_owned(),
            ..upload::metadata("台账.xlsx")
        };
        app.upload(other, &[4; 100]).await.unwrap();
    }
}

fn overloaded(status: &Status, wanted: Code) {
    let (code, reason, ..) = refused(status);
    assert_eq!((code, reason.as_str()), (wanted, "OVERLOADED"), "{status:?}");
}

/// Keeps every query of inspections waiting until it is let go.
struct Standstill(Db);

impl Standstill {
    fn begin(app: &TestApp) -> Self {
        let mut db = app.database().open();
        db.batch_execute("BEGIN; LOCK TABLE inspections IN ACCESS EXCLUSIVE MODE")
            .unwrap();
        Self(db)
    }

    /// Waits until so many queries wait for it.
    async fn waiting(app: &TestApp, queries: i64) {
        let mut look = tokio::time::interval(Duration::from_millis(20));
        let mut db = app.database().open();
        let arrive = async {
            loop {
                look.tick().await;
                let waiting: Vec<Waiting> = diesel::sql_query(
                    "SELECT COUNT(*) AS queries FROM pg_stat_activity
                     WHERE datname = current_database() AND wait_event_type = 'Lock'",
                )
                .load(&mut db)
                .unwrap();
                if waiting[0].queries >= queries {
                    return;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(60), arrive)
            .await
            .expect("queries wait");
    }

    fn end(mut self) {
        self.0.batch_execute("ROLLBACK").unwrap();
    }
}

#[derive(diesel::QueryableByName)]
struct Waiting {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    queries: i64,
}

fn ask(channel: &Channel) -> JoinHandle<Result<(), Status>> {
    let mut client = InspectionServiceClient::new(channel.clone());
    tokio::spawn(async move {
        let request = GetInspectionRequest { id: INSPECTION.into() };
        client.get_inspection(request).await.map(drop)
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_whose_queries_pile_up_refuses_more_and_loses_none_that_it_took() {
    let app = TestApp::with(Backend::Postgres, |settings| {
        settings.pool_size = 1;
        settings.waiting_queries = 3;
    })
    .await;
    let standstill = Standstill::begin(&app);
    let mut asked: Vec<_> = vec![ask(&app.channel)];
    Standstill::waiting(&app, 1).await;
    // One holds the only connection, three wait for it, and the others are told at once.
    asked.extend((0..20).map(|_| ask(&app.channel)));
    let (mut refusals, mut taken) = (0, Vec::new());
    let told_by = tokio::time::Instant::now() + Duration::from_secs(2);
    for mut call in asked {
        match tokio::time::timeout_at(told_by, &mut call).await {
            Ok(answered) => {
                overloaded(&answered.unwrap().unwrap_err(), Code::ResourceExhausted);
                refusals += 1;
            }
            Err(_) => taken.push(call),
        }
    }
    // Calls that come at the same moment may see the same queue.
    assert!(
        refusals >= 10 && taken.len() >= 4,
        "{refusals} were refused, {} taken",
        taken.len()
    );
    assert!(is_healthy(&app).await, "a full server is not a dead one");
    standstill.end();
    for call in taken {
        call.await.unwrap().unwrap();
    }
    ask(&app.channel).await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn one_connection_cannot_take_all_places() {
    let app = TestApp::with(Backend::Postgres, |settings| {
        settings.pool_size = 2;
        settings.connection_calls = 5;
    })
    .await;
    let standstill = Standstill::begin(&app);
    let greedy: Vec<_> = (0..9).map(|_| ask(&app.channel)).collect();
    Standstill::waiting(&app, 2).await;
    let other = ask(&app.connect().await);
    assert!(is_healthy(&app).await);
    standstill.end();
    let mut refusals = 0;
    for call in greedy {
        if let Err(status) = call.await.unwrap() {
            overloaded(&status, Code::ResourceExhausted);
            refusals += 1;
        }
    }
    assert_eq!(refusals, 4, "all but the five that were let in");
    other.await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_that_waits_too_long_for_a_lock_is_worth_another_try() {
    let app = TestApp::with(Backend::Postgres, |settings| {
        settings.database.limits = Some(ducha_records::login::Limits {
            statement: Some(Duration::from_secs(30)),
            lock: Some(Duration::from_millis(300)),
            idle_in_transaction: Some(Duration::from_secs(60)),
        });
    })
    .await;
    let standstill = Standstill::begin(&app);
    overloaded(&ask(&app.channel).await.unwrap().unwrap_err(), Code::Unavailable);
    standstill.end();
    ask(&app.channel).await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_too_many_is_closed_and_there_is_room_once_another_is() {
    let app = TestApp::with(Backend::Sqlite, |settings| settings.max_connections = 2).await;
    let second = app.connect().await;
    ask(&second).await.unwrap().unwrap();
    let endpoint = tonic::transport::Endpoint::from_shared(format!("http://{}", app.address)).unwrap();
    let third = endpoint.connect().await;
    let refused = match third {
        Ok(channel) => ask(&channel).await.unwrap().is_err(),
        Err(_) => true,
    };
    assert!(refused, "a third connection");
    ask(&app.channel).await.unwrap().unwrap();
    drop(second);
    let mut look = tokio::time::interval(Duration::from_millis(50));
    let comes = async {
        loop {
            look.tick().await;
            if let Ok(channel) = endpoint.connect().await
                && ask(&channel).await.unwrap().is_ok()
            {
                return;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(30), comes)
        .await
        .expect("room for another");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_may_take_longer_than_other_calls() {
    let app = TestApp::with(Backend::Sqlite, |settings| {
        settings.deadline = Duration::from_millis(300)
    })
    .await;
    let bearer = Bearer::of(String::new(), "none".to_owned()); // nobody looks at it
    let slow = Open::begin(&app, &bearer, "520102", 1).await;
    wait(Duration::from_millis(900)).await;
    slow.end().await.unwrap();
}
