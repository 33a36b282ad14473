//! A listing is ordered by number, and short unless asked otherwise.

use ducha::v1::{ListPetitionsRequest, ListTasksRequest, RecordView};
use ducha_tests::{INSPECTION, Seed, on_both};
use tonic::Code;

#[tokio::test(flavor = "multi_thread")]
async fn petitions_come_by_number_with_long_texts_cut() {
    on_both(async |app| {
        let mut seed = Seed::of_petitions("520102", ["X3", "X1", "X10", "X2"].map(String::from));
        seed.petitions[1].1.complaint = "长".repeat(500);
        app.import(seed).await;
        let request = |view: RecordView| ListPetitionsRequest {
            inspection_id: INSPECTION.into(),
            view: view.into(),
            ..Default::default()
        };
        let list = async |view| {
            app.petitions()
                .list_petitions(request(view))
                .await
                .unwrap()
                .into_inner()
        };

        let basic = list(RecordView::Unspecified).await;
        let numbers: Vec<_> = basic
            .petitions
            .iter()
            .map(|petition| petition.number.as_str())
            .collect();
        assert_eq!(numbers, ["X1", "X10", "X2", "X3"]);
        assert_eq!(basic.next_page_token, "");
        assert_eq!(basic.petitions[0].complaint, "长".repeat(200));
        assert_eq!(basic.petitions[0].shortened_fields, ["complaint"]);
        assert!(basic.petitions[1].shortened_fields.is_empty());

        let full = list(RecordView::Full).await;
        assert_eq!(full.petitions[0].complaint, "长".repeat(500));
        assert!(full.petitions[0].shortened_fields.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inspection_without_records_has_an_empty_page_and_an_unknown_one_is_not_found() {
    on_both(async |app| {
        let list = async |inspection: &str| {
            let request = ListTasksRequest {
                inspection_id: inspection.into(),
                ..Default::default()
            };
            app.tasks().list_tasks(request).await
        };
        assert!(list(INSPECTION).await.unwrap().into_inner().tasks.is_empty());
        assert_eq!(list("no-such").await.unwrap_err().code(), Code::NotFound);
    })
    .await;
}
