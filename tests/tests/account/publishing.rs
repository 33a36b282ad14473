//! A published account stays as it was, and tells what would be another figure today.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use ducha::v1::progress_service_client::ProgressServiceClient;
use ducha::v1::{
    Account, Figure, GetAccountRequest, GetAccountResponse, GetPublishedAccountRequest, ListPublishedAccountsRequest,
    PublishAccountRequest, PublishedAccount,
};
use ducha_records::codes::Role;
use ducha_records::petitions::HandlingContent;
use ducha_tests::credentials::Bearer;
use ducha_tests::{INSPECTION, Seed, TestApp, on_both, on_both_guarded, petition};
use tonic::Code;

use super::client;

const AS_OF: &str = "2022-12-31";

async fn account(app: &TestApp) -> Account {
    let request = GetAccountRequest {
        inspection_id: INSPECTION.into(),
        as_of: AS_OF.into(),
    };
    let GetAccountResponse { account } = client(app).get_account(request).await.unwrap().into_inner();
    account.unwrap()
}

fn publication(content_sha256: &str) -> PublishAccountRequest {
    PublishAccountRequest {
        inspection_id: INSPECTION.into(),
        as_of: AS_OF.into(),
        content_sha256: content_sha256.into(),
        note: "第一次公开".into(),
        request_id: String::new(),
    }
}

async fn publish(app: &TestApp, request: PublishAccountRequest) -> PublishedAccount {
    let response = client(app).publish_account(request).await.unwrap().into_inner();
    response.published_account.unwrap()
}

/// A ledger of one petition, concluded, with so many enterprises ordered to rectify.
fn ledger(number: &str, ordered: i32) -> Seed {
    let content = HandlingContent {
        ordered: Some(ordered),
        fine_fen: None,
        ..petition().1
    };
    Seed {
        reported_on: NaiveDate::from_ymd_opt(2022, 6, 30).unwrap(),
        petitions: vec![(number.to_owned(), petition().0, content)],
        ..Seed::of("520102")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_published_account_stays_and_exactly_what_depends_on_a_changed_row_is_told() {
    on_both(async |app| {
        app.import(ledger("X1", 3)).await;
        app.import(ledger("X2", 4)).await;
        let looked_at = account(&app).await;
        let published = publish(&app, publication(&looked_at.content_sha256)).await;
        assert_eq!(
            (published.as_of.as_str(), published.note.as_str(), published.sequence),
            (AS_OF, "第一次公开", 2)
        );

        // One cell of one row.
        app.import(ledger("X2", 9)).await;
        let request = GetPublishedAccountRequest {
            published_account_id: published.id.clone(),
        };
        let told = client(&app).get_published_account(request).await.unwrap().into_inner();
        assert_eq!(told.account, Some(looked_at), "as it was");
        let value = |figure: &Option<Figure>| figure.as_ref().unwrap().value.clone().unwrap();
        let told: Vec<(String, String, String)> = (told.differences.iter())
            .map(|each| (each.key.clone(), value(&each.published), value(&each.now)))
            .collect();
        let moved: BTreeSet<(&str, &str, &str)> = (told.iter())
            .map(|(key, before, now)| (key.as_str(), before.as_str(), now.as_str()))
            .collect();
        let wanted = BTreeSet::from([
            ("measure?what=ordered", "7", "12"),
            ("measure?area=520100&what=ordered", "7", "12"),
        ]);
        assert_eq!(moved, wanted, "and no other figure");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_is_no_longer_what_was_looked_at_is_not_published() {
    on_both(async |app| {
        app.import(ledger("X1", 3)).await;
        let looked_at = account(&app).await;
        app.import(ledger("X2", 4)).await;
        let refused = client(&app)
            .publish_account(publication(&looked_at.content_sha256))
            .await
            .unwrap_err();
        assert_eq!(refused.code(), Code::Aborted);
        let mut request = publication(&account(&app).await.content_sha256);
        request.request_id = "018f2c7e-9a3b-7cde-8123-456789abcdef".into();
        let published = publish(&app, request.clone()).await;
        app.import(ledger("X3", 4)).await;
        assert_eq!(
            publish(&app, request).await,
            published,
            "a call made again answers as it did"
        );
        let second = publish(&app, publication("")).await;
        let request = ListPublishedAccountsRequest {
            inspection_id: INSPECTION.into(),
            page_size: 1,
            page_token: String::new(),
        };
        let first_page = client(&app)
            .list_published_accounts(request.clone())
            .await
            .unwrap()
            .into_inner();
        assert_eq!(first_page.published_accounts, [second]);
        let next = ListPublishedAccountsRequest {
            page_token: first_page.next_page_token,
            ..request
        };
        let last_page = client(&app).list_published_accounts(next).await.unwrap().into_inner();
        assert_eq!(
            (last_page.published_accounts, last_page.next_page_token),
            (vec![published], String::new())
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_reviews_the_whole_province_publishes_and_everybody_reads() {
    on_both_guarded(async |app| {
        app.import(ledger("X1", 3)).await;
        let as_role = |role, division| {
            let bearer = Bearer::issue(&mut app.database().open(), role, division);
            ProgressServiceClient::with_interceptor(app.channel.clone(), bearer)
        };
        for (role, division, code) in [
            (Role::Submitter, Some("520000"), Code::PermissionDenied),
            (Role::Reader, Some("520000"), Code::PermissionDenied),
            (Role::Reviewer, Some("520100"), Code::NotFound),
        ] {
            let refused = as_role(role, division)
                .publish_account(publication(""))
                .await
                .unwrap_err();
            assert_eq!(refused.code(), code, "{role:?} of {division:?}");
        }
        let mut reviewer = as_role(Role::Reviewer, Some("520000"));
        let published = reviewer
            .publish_account(publication(""))
            .await
            .unwrap()
            .into_inner()
            .published_account
            .unwrap();
        let request = GetPublishedAccountRequest {
            published_account_id: published.id,
        };
        let mut county = as_role(Role::Reader, Some("520102"));
        let told = county.get_published_account(request).await.unwrap().into_inner();
        assert!(
            told.account.is_some() && told.differences.is_empty(),
            "what the province has now is not told"
        );
    })
    .await;
}
