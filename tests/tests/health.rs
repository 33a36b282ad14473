//! Health follows the server from its first moment to its last.

use ducha_tests::{Backend, TestApp, on_both};
use tonic::Code;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;

fn of(service: &str) -> HealthCheckRequest {
    HealthCheckRequest {
        service: service.into(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_server_and_each_service_report_their_health() {
    on_both(async |app| {
        for service in [
            "",
            "ducha.v1.InspectionService",
            "ducha.v1.PetitionService",
            "ducha.v1.RectificationService",
            "ducha.v1.LedgerService",
        ] {
            let state = app.health().check(of(service)).await.unwrap().into_inner();
            assert_eq!(state.status(), ServingStatus::Serving, "{service}");
        }
        let unknown = app.health().check(of("ducha.v1.NoSuchService")).await.unwrap_err();
        assert_eq!(unknown.code(), Code::NotFound);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stops_says_so_and_does_not_wait_for_watchers() {
    let mut app = TestApp::start(Backend::Sqlite).await;
    let mut states = app.health().watch(of("")).await.unwrap().into_inner();
    let first = states.message().await.unwrap().unwrap();
    assert_eq!(first.status(), ServingStatus::Serving);
    let ended = app.stop();
    let next = states.message().await.unwrap().unwrap();
    assert_eq!(next.status(), ServingStatus::NotServing);
    assert!(states.message().await.unwrap().is_none(), "the watch ends");
    ended.await.unwrap();
}
