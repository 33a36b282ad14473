//! A server outlives its database: it says that it cannot serve, and serves again by itself.

use ducha::v1::GetInspectionRequest;
use ducha_tests::{Backend, INSPECTION, TestApp, TestDatabase, inspection, serving};
use tonic::{Code, Status};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_types::StatusExt;

async fn health(app: &TestApp) -> ServingStatus {
    let request = HealthCheckRequest::default();
    app.health().check(request).await.unwrap().into_inner().status()
}

async fn get(app: &TestApp) -> Result<(), Status> {
    let request = GetInspectionRequest { id: INSPECTION.into() };
    app.inspections().get_inspection(request).await.map(drop)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_down_at_the_start_is_waited_for() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let app = TestApp::over(TestDatabase::planned(backend), |_| ()).await;
        assert_eq!(health(&app).await, ServingStatus::NotServing);
        let away = get(&app).await.unwrap_err();
        assert_eq!(away.code(), Code::Unavailable, "{away:?}");
        assert_eq!(away.get_details_error_info().unwrap().reason, "DATABASE_UNAVAILABLE");
        assert!(away.get_details_retry_info().unwrap().retry_delay.is_some());
        assert!(
            !away.message().contains("ducha_test"),
            "no address in {}",
            away.message()
        );

        app.database().make();
        app.database().migrate();
        ducha_records::inspections::create(&mut app.database().open(), &inspection()).unwrap();
        serving(&app.channel).await;
        get(&app).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_without_the_schema_is_not_served_until_it_is_migrated() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let database = TestDatabase::planned(backend);
        database.make();
        let app = TestApp::over(database, |_| ()).await;
        assert_eq!(health(&app).await, ServingStatus::NotServing);
        app.database().migrate();
        serving(&app.channel).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_goes_away_and_comes_back_is_noticed() {
    let app = TestApp::start(Backend::Postgres).await;
    get(&app).await.unwrap();
    let mut states = app
        .health()
        .watch(HealthCheckRequest::default())
        .await
        .unwrap()
        .into_inner();
    assert_eq!(
        states.message().await.unwrap().unwrap().status(),
        ServingStatus::Serving
    );

    app.database().lock_out();
    for _ in 0..3 {
        let away = get(&app).await.unwrap_err();
        assert_eq!(away.code(), Code::Unavailable, "{away:?}");
    }
    let noticed = states.message().await.unwrap().unwrap();
    assert_eq!(noticed.status(), ServingStatus::NotServing);

    app.database().let_in();
    let noticed = states.message().await.unwrap().unwrap();
    assert_eq!(noticed.status(), ServingStatus::Serving);
    get(&app).await.unwrap();
}
