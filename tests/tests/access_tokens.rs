//! Credentials are made, listed and revoked by administrators within their reach, and every change is in the audit.

use diesel::RunQueryDsl;
use ducha::v1;
use ducha::v1::access_service_client::AccessServiceClient;
use ducha::v1::inspection_service_client::InspectionServiceClient;
use ducha_records::codes::Role;
use ducha_tests::credentials::Bearer;
use ducha_tests::program::{command, run};
use ducha_tests::{Backend, INSPECTION, TestApp, TestDatabase, inspection, on_both_guarded};
use tonic::service::interceptor::InterceptedService;
use tonic::transport::Channel;
use tonic::{Code, Status};
use tonic_types::StatusExt;

type Client = AccessServiceClient<InterceptedService<Channel, Bearer>>;

fn as_of(app: &TestApp, role: Role, division: Option<&str>) -> Client {
    let bearer = Bearer::issue(&mut app.database().open(), role, division);
    AccessServiceClient::with_interceptor(app.channel.clone(), bearer)
}

fn new(role: v1::Role, division: &str) -> v1::CreateTokenRequest {
    v1::CreateTokenRequest {
        token: Some(v1::Token {
            name: "南明区报送系统".into(),
            role: role.into(),
            division: division.into(),
            ..Default::default()
        }),
        ..Default::default()
    }
}

fn reason(status: &Status) -> String {
    status.get_details_error_info().unwrap().reason
}

async fn events(client: &mut Client) -> Vec<v1::AuditEvent> {
    let request = v1::ListAuditEventsRequest::default();
    client.list_audit_events(request).await.unwrap().into_inner().events
}

async fn works(app: &TestApp, secret: &str) -> bool {
    let bearer = Bearer::of(String::new(), secret.to_owned());
    let mut client = InspectionServiceClient::with_interceptor(app.channel.clone(), bearer);
    client
        .list_inspections(v1::ListInspectionsRequest::default())
        .await
        .is_ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_shown_once_works_and_is_revoked_at_once() {
    on_both_guarded(async |app| {
        let mut client = as_of(&app, Role::Administrator, None);
        let created = client
            .create_token(new(v1::Role::Submitter, "520102"))
            .await
            .unwrap()
            .into_inner();
        let token = created.token.unwrap();
        assert!(created.secret.starts_with("ducha_") && created.secret.len() == 49);
        assert!(works(&app, &created.secret).await);

        let listed = client
            .list_tokens(v1::ListTokensRequest::default())
            .await
            .unwrap()
            .into_inner()
            .tokens;
        assert!(
            listed
                .iter()
                .any(|each| each.id == token.id && each.division == "520102")
        );
        assert!(!format!("{listed:?}").contains(&created.secret[6..]));

        for _ in 0..2 {
            let request = v1::RevokeTokenRequest {
                token_id: token.id.clone(),
            };
            let revoked = client.revoke_token(request).await.unwrap().into_inner().token.unwrap();
            assert!(revoked.revoked_at.is_some());
            assert!(!works(&app, &created.secret).await);
        }
        let told: Vec<_> = events(&mut client)
            .await
            .into_iter()
            .map(|event| (event.method, event.outcome, event.records))
            .collect();
        let of = |method: &str, outcome: v1::AuditOutcome| {
            (
                format!("ducha.v1.AccessService/{method}"),
                i32::from(outcome),
                vec![token.id.clone()],
            )
        };
        assert_eq!(
            told,
            [
                of("RevokeToken", v1::AuditOutcome::Unchanged),
                of("RevokeToken", v1::AuditOutcome::Changed),
                of("CreateToken", v1::AuditOutcome::Changed),
            ]
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retried_creation_creates_once_and_does_not_tell_the_secret_again() {
    on_both_guarded(async |app| {
        let mut client = as_of(&app, Role::Administrator, None);
        let request = v1::CreateTokenRequest {
            request_id: "018f2f9e-0000-7000-8000-000000000001".into(),
            ..new(v1::Role::Reader, "520100")
        };
        let first = client.create_token(request.clone()).await.unwrap().into_inner();
        let again = client.create_token(request.clone()).await.unwrap().into_inner();
        assert_eq!(first.token, again.token);
        assert_eq!(again.secret, "");
        let other = v1::CreateTokenRequest {
            token: new(v1::Role::Reader, "520102").token,
            ..request
        };
        assert_eq!(
            reason(&client.create_token(other).await.unwrap_err()),
            "REQUEST_ID_REUSED"
        );
        let outcomes: Vec<_> = events(&mut client)
            .await
            .iter()
            .map(|event| (event.outcome(), event.request_id.len()))
            .collect();
        assert_eq!(
            outcomes,
            [(v1::AuditOutcome::Unchanged, 36), (v1::AuditOutcome::Changed, 36)]
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gives_or_sees_more_than_they_reach() {
    on_both_guarded(async |app| {
        let mut all = as_of(&app, Role::Administrator, None);
        let foreign = all
            .create_token(new(v1::Role::Reader, "520302"))
            .await
            .unwrap()
            .into_inner()
            .token
            .unwrap();
        let mut city = as_of(&app, Role::Administrator, Some("520100"));
        assert!(city.create_token(new(v1::Role::Submitter, "520102")).await.is_ok());
        let everywhere = new(v1::Role::Administrator, "");
        let mut told = Vec::new();
        for request in [
            new(v1::Role::Reader, "520302"),
            new(v1::Role::Reader, "529999"),
            everywhere,
        ] {
            let asked = request.token.clone().unwrap().division;
            let status = city.create_token(request).await.unwrap_err();
            assert_eq!(status.code(), Code::InvalidArgument);
            told.push(status.message().replace(&asked, "…"));
        }
        assert_eq!(told[0], told[1], "foreign and missing divisions are told alike");

        let seen = city
            .list_tokens(v1::ListTokensRequest::default())
            .await
            .unwrap()
            .into_inner()
            .tokens;
        assert!(seen.iter().all(|token| token.division.starts_with("5201")), "{seen:?}");
        assert!(
            events(&mut city)
                .await
                .iter()
                .all(|event| event.division.starts_with("5201"))
        );
        let missing = "018f2f9e-0000-7000-8000-000000000009".to_owned();
        let mut told = Vec::new();
        for id in [foreign.id, missing] {
            let status = city
                .revoke_token(v1::RevokeTokenRequest { token_id: id.clone() })
                .await
                .unwrap_err();
            told.push((status.code(), reason(&status), status.message().replace(&id, "…")));
        }
        assert_eq!(told[0], told[1]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_and_its_audit_row_stand_or_fall_together() {
    on_both_guarded(async |app| {
        let bearer = Bearer::issue(&mut app.database().open(), Role::Administrator, Some("520000"));
        let mut inspections = InspectionServiceClient::with_interceptor(app.channel.clone(), bearer.clone());
        let change = |name: &str| v1::UpdateInspectionRequest {
            inspection: Some(v1::Inspection {
                id: INSPECTION.into(),
                name: name.into(),
                ..Default::default()
            }),
            ..Default::default()
        };
        inspections.update_inspection(change("新名称")).await.unwrap();
        inspections.update_inspection(change("新名称")).await.unwrap();
        assert!(inspections.update_inspection(change(&"长".repeat(201))).await.is_err());
        let mut client = AccessServiceClient::with_interceptor(app.channel.clone(), bearer.clone());
        let told = events(&mut client).await;
        let outcomes: Vec<_> = told.iter().map(v1::AuditEvent::outcome).collect();
        assert_eq!(outcomes, [v1::AuditOutcome::Unchanged, v1::AuditOutcome::Changed]);
        let event = &told[1];
        assert_eq!(
            (
                event.token_id.as_str(),
                event.division.as_str(),
                event.inspection_id.as_str()
            ),
            (bearer.id.as_str(), "520000", INSPECTION)
        );
        assert_eq!(
            (event.role(), event.request_sha256.len()),
            (v1::Role::Administrator, 64)
        );

        // Without its audit row a change does not happen.
        diesel::sql_query("ALTER TABLE audit_events RENAME TO away")
            .execute(&mut app.database().open())
            .unwrap();
        assert!(inspections.update_inspection(change("另一个名称")).await.is_err());
        diesel::sql_query("ALTER TABLE away RENAME TO audit_events")
            .execute(&mut app.database().open())
            .unwrap();
        let request = v1::GetInspectionRequest { id: INSPECTION.into() };
        let stored = inspections
            .get_inspection(request)
            .await
            .unwrap()
            .into_inner()
            .inspection
            .unwrap();
        assert_eq!(stored.name, "新名称");
    })
    .await;
}

#[test]
fn the_audit_is_never_altered() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let database = TestDatabase::ready(backend);
        let made = run(command("ducha-server").args([
            "token",
            "create",
            "--name",
            "甲",
            "--role",
            "administrator",
            "--database",
            &database.server_url(),
        ]));
        assert_eq!(made.status, Some(0), "{made:?}");
        for statement in ["UPDATE audit_events SET actor = 'x'", "DELETE FROM audit_events"] {
            let refused = diesel::sql_query(statement).execute(&mut database.open());
            assert!(
                refused.unwrap_err().to_string().contains("audit events are never"),
                "{statement}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_token_is_made_on_the_command_line() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let app = TestApp::guarded(backend).await;
        let url = app.database().server_url();
        let token = |more: &[&str]| {
            let mut command = command("ducha-server");
            command.arg("token").args(more).args(["--database", &url]);
            run(&mut command)
        };
        let made = token(&["create", "--name", "省级管理员", "--role", "administrator"]);
        assert_eq!(made.status, Some(0), "{made:?}");
        assert!(
            made.err.contains("not shown again") && !made.err.contains("ducha_"),
            "{made:?}"
        );
        let secret = made.out.trim();
        assert!(works(&app, secret).await);

        let listed = token(&["list"]);
        let id = listed.out.split('\t').next().unwrap().to_owned();
        assert!(listed.out.contains("administrator\tevery division\tuntil ") && listed.out.contains("省级管理员"));
        assert_eq!(token(&["revoke", &id]).status, Some(0));
        assert!(!works(&app, secret).await);
        assert!(token(&["list"]).out.contains("revoked "));

        for refused in [
            &["create", "--name", "甲", "--role", "submitter"][..],
            &["create", "--name", "甲", "--role", "submitter", "--division", "999999"],
            &["create", "--name", "甲", "--role", "king"],
            &["revoke", "nobody"],
        ] {
            assert_eq!(token(refused).status, Some(2), "{refused:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inspection_is_changed_only_by_who_reaches_its_province() {
    on_both_guarded(async |app| {
        let request = |id: &str| v1::UpdateInspectionRequest {
            inspection: Some(v1::Inspection {
                id: id.into(),
                name: "改".into(),
                ..Default::default()
            }),
            ..Default::default()
        };
        let client = |division: &str| {
            let bearer = Bearer::issue(&mut app.database().open(), Role::Administrator, Some(division));
            InspectionServiceClient::with_interceptor(app.channel.clone(), bearer)
        };
        let county = client("520102")
            .update_inspection(request(INSPECTION))
            .await
            .unwrap_err();
        assert_eq!(county.code(), Code::PermissionDenied);
        assert!(client("520000").update_inspection(request(INSPECTION)).await.is_ok());
        let new = v1::Inspection {
            id: "sc-2021".into(),
            name: "四川".into(),
            level: 1,
            round: 2,
            province: inspection().province,
            started_on: "2021-12-05".into(),
            ..Default::default()
        };
        let create = v1::CreateInspectionRequest {
            inspection: Some(new),
            ..Default::default()
        };
        let county = client("520102").create_inspection(create.clone()).await.unwrap_err();
        assert_eq!(county.code(), Code::InvalidArgument);
        assert!(client("520000").create_inspection(create).await.is_ok());
    })
    .await;
}
