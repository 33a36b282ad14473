//! A batch is answered whole, in the order of the request, or not at all.

use ducha::v1::{BatchGetPetitionsRequest, RecordView};
use ducha_tests::{INSPECTION, Seed, TestApp, on_both};
use tonic::{Code, Status};
use tonic_types::StatusExt;

async fn batch(app: &TestApp, numbers: &[&str], view: RecordView) -> Result<Vec<String>, Status> {
    let request = BatchGetPetitionsRequest {
        inspection_id: INSPECTION.into(),
        numbers: numbers.iter().map(ToString::to_string).collect(),
        view: view.into(),
    };
    let answer = app.petitions().batch_get_petitions(request).await?.into_inner();
    Ok(answer.petitions.into_iter().map(|petition| petition.number).collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn records_come_in_the_order_asked_for_and_as_often() {
    on_both(async |app| {
        app.import(Seed::of_petitions("520102", ["X1", "X2", "X3"].map(String::from)))
            .await;
        let numbers = ["X3", "X1", "X3"];
        assert_eq!(batch(&app, &numbers, RecordView::Basic).await.unwrap(), numbers);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn missing_numbers_are_named_and_counted() {
    on_both(async |app| {
        app.import(Seed::of_petitions("520102", ["X1".into()])).await;
        let missing = batch(&app, &["X9", "X1", "X8"], RecordView::Basic).await.unwrap_err();
        assert_eq!(missing.code(), Code::NotFound);
        let info = missing.get_details_error_info().unwrap();
        assert_eq!(info.reason, "PETITION_NOT_FOUND");
        assert_eq!(
            (info.metadata["numbers"].as_str(), info.metadata["missing"].as_str()),
            ("X9,X8", "2")
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_above_two_mebibytes_names_the_export() {
    on_both(async |app| {
        let all: Vec<String> = (0..60).map(|at| format!("X{at:02}")).collect();
        let mut seed = Seed::of_petitions("520102", all.clone());
        seed.petitions
            .iter_mut()
            .for_each(|row| row.2.measures = Some("长".repeat(16_000)));
        app.import(seed).await;
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let refused = batch(&app, &all, RecordView::Full).await.unwrap_err();
        assert_eq!(refused.code(), Code::InvalidArgument);
        let info = refused.get_details_error_info().unwrap();
        assert_eq!(info.reason, "ANSWER_TOO_LARGE");
        assert_eq!(info.metadata["export"], "ducha.v1.PetitionService/ExportPetitions");
        assert_eq!(batch(&app, &all, RecordView::Basic).await.unwrap().len(), 60);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_holds_one_to_a_thousand_numbers() {
    on_both(async |app| {
        for count in [0, 1001] {
            let refused = batch(&app, &vec!["X1"; count], RecordView::Basic).await.unwrap_err();
            assert_eq!(refused.code(), Code::InvalidArgument);
            let bad = refused.get_details_bad_request().unwrap();
            assert_eq!(bad.field_violations[0].field, "numbers");
        }
    })
    .await;
}
