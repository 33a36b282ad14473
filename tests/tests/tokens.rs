//! A token goes on with its own query, on any server, and with nothing else.

use ducha::v1::{ErrorReason, ListPetitionsRequest, PetitionFilter, RecordView};
use ducha_tests::{Backend, INSPECTION, Seed, TestApp, on_both};
use tonic::{Code, Status};
use tonic_types::StatusExt;

fn first_page() -> ListPetitionsRequest {
    ListPetitionsRequest {
        inspection_id: INSPECTION.into(),
        page_size: 1,
        ..Default::default()
    }
}

fn reason(status: &Status) -> (Code, String) {
    (status.code(), status.get_details_error_info().unwrap().reason)
}

async fn seeded(app: &TestApp) -> String {
    app.import(Seed::of_petitions("520102", ["X1", "X2", "X3"].map(String::from)))
        .await;
    let page = app.petitions().list_petitions(first_page()).await.unwrap();
    page.into_inner().next_page_token
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_another_query_is_refused() {
    on_both(async |app| {
        let token = seeded(&app).await;
        let refused = ErrorReason::PageTokenInvalid
            .as_str_name()
            .trim_start_matches("ERROR_REASON_");
        let other_queries = [
            ListPetitionsRequest {
                filter: Some(PetitionFilter {
                    batches: vec![1],
                    ..Default::default()
                }),
                ..first_page()
            },
            ListPetitionsRequest {
                view: RecordView::Full.into(),
                ..first_page()
            },
            ListPetitionsRequest {
                inspection_id: "gz-2022".into(),
                ..first_page()
            },
        ];
        for query in other_queries {
            let request = ListPetitionsRequest {
                page_token: token.clone(),
                ..query
            };
            let status = app.petitions().list_petitions(request).await.unwrap_err();
            assert_eq!(reason(&status), (Code::InvalidArgument, refused.to_owned()));
        }
        for forged in ["x", "AAAA", &token[1..], &format!("{token}A")] {
            let request = ListPetitionsRequest {
                page_token: forged.into(),
                ..first_page()
            };
            let status = app.petitions().list_petitions(request).await.unwrap_err();
            assert_eq!(reason(&status), (Code::InvalidArgument, refused.to_owned()), "{forged}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_goes_on_with_another_page_size() {
    on_both(async |app| {
        let request = ListPetitionsRequest {
            page_token: seeded(&app).await,
            page_size: 500,
            ..first_page()
        };
        let page = app.petitions().list_petitions(request).await.unwrap().into_inner();
        let numbers: Vec<_> = page.petitions.iter().map(|petition| petition.number.as_str()).collect();
        assert_eq!(numbers, ["X2", "X3"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_good_on_another_server() {
    let one = TestApp::start(Backend::Sqlite).await;
    let token = seeded(&one).await;
    let other = TestApp::start(Backend::Sqlite).await;
    seeded(&other).await;
    let request = ListPetitionsRequest {
        page_token: token,
        ..first_page()
    };
    let page = other.petitions().list_petitions(request).await.unwrap().into_inner();
    assert_eq!(page.petitions[0].number, "X2");
}
