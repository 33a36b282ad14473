//! The history of a record: who changed what, when and from which row, as far as the caller may see it.

use ducha::v1;
use ducha::v1::history_service_client::HistoryServiceClient;
use ducha_records::codes::Role;
use ducha_tests::credentials::Bearer;
use ducha_tests::tenants::{SHARED, ledger, own};
use ducha_tests::{INSPECTION, Seed, TestApp, on_both, on_both_guarded, petition};
use tonic::{Code, Status};
use tonic_types::StatusExt;

fn asked(kind: v1::LedgerKind, number: &str) -> v1::ListRevisionsRequest {
    v1::ListRevisionsRequest {
        inspection_id: INSPECTION.into(),
        kind: kind.into(),
        number: number.into(),
        ..Default::default()
    }
}

async fn listed(app: &TestApp, bearer: &Bearer, request: v1::ListRevisionsRequest) -> Vec<v1::Revision> {
    let mut history = HistoryServiceClient::with_interceptor(app.channel.clone(), bearer.clone());
    history.list_revisions(request).await.unwrap().into_inner().revisions
}

fn reason(status: &Status) -> (Code, String) {
    (status.code(), status.get_details_error_info().unwrap().reason)
}

/// A ledger of Nanming with one petition, whose investigation this is.
fn saying(text: &str, reported_on: &str) -> Seed {
    let (wording, mut content) = petition();
    content.investigation = Some(text.to_owned());
    Seed {
        petitions: vec![("X1".to_owned(), wording, content)],
        reported_on: reported_on.parse().unwrap(),
        ..Seed::of("520102")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_change_says_who_when_where_and_what() {
    on_both(async |app| {
        app.import(saying("一", "2022-01-31")).await;
        let import = app.import(saying("二", "2022-02-28")).await;
        app.import(saying("三", "2022-02-01")).await;
        let request = asked(v1::LedgerKind::Petitions, "X1");
        let answer = app.history().list_revisions(request).await.unwrap().into_inner();
        let changes: Vec<_> = answer.revisions.iter().map(v1::Revision::change).collect();
        use v1::RevisionChange::{Created, Late, Updated};
        assert_eq!(changes, [Late, Updated, Created]);
        let updated = &answer.revisions[1];
        let field = &updated.fields[0];
        assert_eq!(updated.fields.len(), 1);
        assert_eq!(
            (
                field.field.as_str(),
                field.before_json.as_str(),
                field.after_json.as_str()
            ),
            ("investigation", "\"一\"", "\"二\"")
        );
        let origin = updated.origin.as_ref().unwrap();
        assert_eq!(
            (
                origin.import_id.as_str(),
                origin.file_name.as_str(),
                origin.sheet.as_str(),
                origin.row
            ),
            (import.as_str(), "台账.xlsx", "台账", 4)
        );
        assert_eq!((updated.actor.as_str(), updated.division.as_str()), ("test", "520102"));
        assert!(updated.changed_at.is_some());
        assert!(answer.next_page_token.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_go_on_where_the_one_before_ended() {
    on_both(async |app| {
        for day in 1..=5 {
            app.import(saying(&day.to_string(), &format!("2022-02-0{day}"))).await;
        }
        let whole = asked(v1::LedgerKind::Petitions, "X1");
        let all = app.history().list_revisions(whole.clone()).await.unwrap().into_inner();
        let (mut found, mut token) = (Vec::new(), String::new());
        loop {
            let request = v1::ListRevisionsRequest {
                page_size: 2,
                page_token: token,
                ..whole.clone()
            };
            let page = app.history().list_revisions(request).await.unwrap().into_inner();
            found.extend(page.revisions);
            token = page.next_page_token;
            if token.is_empty() {
                break;
            }
        }
        assert_eq!((found.len(), &found), (5, &all.revisions));
        let other = v1::ListRevisionsRequest {
            page_token: "x".into(),
            ..whole
        };
        let refused = app.history().list_revisions(other).await.unwrap_err();
        assert_eq!(reason(&refused), (Code::InvalidArgument, "PAGE_TOKEN_INVALID".into()));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_without_a_history_is_not_found() {
    on_both(async |app| {
        app.import(saying("一", "2022-01-31")).await;
        for (kind, number) in [(v1::LedgerKind::Petitions, "X2"), (v1::LedgerKind::Tasks, "X1")] {
            let refused = app.history().list_revisions(asked(kind, number)).await.unwrap_err();
            assert_eq!(reason(&refused), (Code::NotFound, "RECORD_NOT_FOUND".into()));
        }
        let unnamed = asked(v1::LedgerKind::Unspecified, "");
        let refused = app.history().list_revisions(unnamed).await.unwrap_err();
        let details = refused.get_details_bad_request().unwrap().field_violations;
        let fields: Vec<_> = details.iter().map(|each| each.field.as_str()).collect();
        assert_eq!(fields, ["kind", "number"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn persons_are_masked_in_the_history_as_they_are_in_the_records() {
    on_both_guarded(async |app| {
        app.import(ledger("520102")).await;
        let mut later = ledger("520102");
        later.reported_on = "2022-04-30".parse().unwrap();
        later.petitions[0].2.investigation = Some("电话13812345678".to_owned());
        later.plain.accountabilities = ducha_tests::tenants::decision("520102", |decision| {
            decision.reason = Some("王某某失察".to_owned());
        });
        app.import(later).await;
        for (role, shown) in [(Role::Reader, false), (Role::Submitter, false), (Role::Reviewer, true)] {
            let bearer = Bearer::issue(&mut app.database().open(), role, Some("520102"));
            let number = own("520102");
            let petition = listed(&app, &bearer, asked(v1::LedgerKind::Petitions, &number)).await;
            let decision = listed(&app, &bearer, asked(v1::LedgerKind::Accountabilities, &number)).await;
            let said = |revision: &v1::Revision| revision.fields[0].after_json.clone();
            let (phone, person) = (said(&petition[0]), said(&decision[0]));
            if shown {
                assert_eq!(
                    (phone.as_str(), person.as_str()),
                    ("\"电话13812345678\"", "\"王某某失察\"")
                );
            } else {
                assert_eq!(
                    (phone.as_str(), person.as_str()),
                    ("\"电话138********\"", "\"王**失察\"")
                );
                assert_eq!(decision[0].shortened_fields, ["reason"]);
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_county_changed_of_a_shared_record_is_told_without_saying_who() {
    on_both_guarded(async |app| {
        app.import(ledger("520102")).await;
        app.import(ledger("520103")).await;
        let bearer = Bearer::issue(&mut app.database().open(), Role::Reader, Some("520103"));
        let shared = listed(&app, &bearer, asked(v1::LedgerKind::Petitions, SHARED)).await;
        let divisions: Vec<_> = shared.iter().map(|each| each.division.as_str()).collect();
        assert_eq!(divisions, ["520103", ""]);
        assert_eq!((shared[1].actor.as_str(), &shared[1].origin), ("", &None));
    })
    .await;
}
