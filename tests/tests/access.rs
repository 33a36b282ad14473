//! Nobody calls anything without a good credential, nor anything their role does not allow.

use std::time::Duration;

use chrono::TimeDelta;
use ducha::v1;
use ducha::v1::inspection_service_client::InspectionServiceClient;
use ducha_records::codes::Role;
use ducha_records::tokens;
use ducha_server::access::policy;
use ducha_tests::credentials::{Bearer, now};
use ducha_tests::{Backend, TestApp, on_both_guarded, raw};
use tonic::{Code, Status};
use tonic_types::StatusExt;

const ROLES: [Role; 4] = [Role::Submitter, Role::Reader, Role::Reviewer, Role::Administrator];

fn reason(status: &Status) -> String {
    status
        .get_details_error_info()
        .map(|info| info.reason)
        .unwrap_or_default()
}

/// The ways not to be let in, as the `authorization` metadata has them.
fn bad_credentials(app: &TestApp) -> Vec<Option<String>> {
    let mut db = app.database().open();
    let expired = Bearer::until(&mut db, Role::Administrator, None, now() - TimeDelta::seconds(1));
    let revoked = Bearer::issue(&mut db, Role::Administrator, None);
    assert!(tokens::revoke(&mut db, &revoked.id, now()).unwrap());
    let good = Bearer::issue(&mut db, Role::Administrator, None).secret;
    let unknown = Bearer::of(String::new(), good.chars().rev().collect()).secret;
    vec![
        None,
        Some(String::new()),
        Some("Bearer ".into()),
        Some(format!("Bearer {}", expired.secret)),
        Some(format!("Bearer {}", revoked.secret)),
        Some(format!("Bearer ducha_{}", &unknown[..43])),
        Some(format!("Bearer {good}x")),
        Some(format!("Bearer  {good}")),
        Some(format!("Basic {good}")),
        Some(good),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn no_method_answers_without_a_good_credential() {
    on_both_guarded(async |app| {
        let bad = bad_credentials(&app);
        for path in raw::methods() {
            for credential in &bad {
                let refused = raw::call(&app.channel, &path, credential.as_deref(), Vec::new()).await;
                let status = refused.expect_err(&path);
                assert_eq!(
                    (status.code(), reason(&status).as_str()),
                    (Code::Unauthenticated, "CREDENTIAL_INVALID"),
                    "{path} with {credential:?}"
                );
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_calls_what_the_table_gives_it_and_nothing_else() {
    let app = TestApp::guarded(Backend::Sqlite).await;
    for role in ROLES {
        let bearer = Bearer::issue(&mut app.database().open(), role, Some("520102"));
        let authorization = format!("bearer {}", bearer.secret);
        for path in raw::methods() {
            let answer = raw::call(&app.channel, &path, Some(&authorization), Vec::new()).await;
            let denied = answer
                .as_ref()
                .is_err_and(|status| status.code() == Code::PermissionDenied);
            let allowed = policy::roles(&path).contains(&role);
            assert_eq!(denied, !allowed, "{path} as {role:?}: {answer:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_method_that_nobody_knows_is_denied() {
    let app = TestApp::guarded(Backend::Sqlite).await;
    let bearer = Bearer::issue(&mut app.database().open(), Role::Administrator, None);
    let authorization = format!("Bearer {}", bearer.secret);
    for path in ["/ducha.v1.PetitionService/DropPetitions", "/other.Service/Get", "/"] {
        let status = raw::call(&app.channel, path, Some(&authorization), Vec::new())
            .await
            .unwrap_err();
        assert_eq!(
            (status.code(), reason(&status).as_str()),
            (Code::PermissionDenied, "ROLE_NOT_ALLOWED"),
            "{path}"
        );
        let status = raw::call(&app.channel, path, None, Vec::new()).await.unwrap_err();
        assert_eq!(status.code(), Code::Unauthenticated, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_known_credential_is_trusted_for_a_while_and_never_beyond_its_end() {
    let app = TestApp::guarded_with(Backend::Sqlite, |settings| settings.trust = Duration::from_secs(3600)).await;
    let mut db = app.database().open();
    let list = async |bearer: &Bearer| {
        let mut client = InspectionServiceClient::with_interceptor(app.channel.clone(), bearer.clone());
        client.list_inspections(v1::ListInspectionsRequest::default()).await
    };
    let revoked = Bearer::issue(&mut db, Role::Reader, Some("520102"));
    assert!(list(&revoked).await.is_ok());
    tokens::revoke(&mut db, &revoked.id, now()).unwrap();
    assert!(list(&revoked).await.is_ok(), "nobody looked again yet");

    // Its end is nearer than the end of the trust.
    let short = Bearer::until(&mut db, Role::Reader, Some("520102"), now() + TimeDelta::seconds(1));
    assert!(list(&short).await.is_ok());
    while list(&short).await.is_ok() {
        tokio::task::yield_now().await;
    }
    assert_eq!(list(&short).await.unwrap_err().code(), Code::Unauthenticated);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_access_control_asks_nobody() {
    let app = TestApp::start(Backend::Sqlite).await;
    let answer = app
        .inspections()
        .list_inspections(v1::ListInspectionsRequest::default())
        .await;
    assert_eq!(answer.unwrap().into_inner().inspections.len(), 1);
}
