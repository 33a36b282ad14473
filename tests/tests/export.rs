//! An export gives everything once, at the pace of its client, and can be gone on with.

use ducha::v1::{ExportPetitionsRequest, ExportPetitionsResponse, GetPetitionRequest, PetitionFilter, RecordView};
use ducha_tests::{Backend, INSPECTION, Seed, TestApp, on_both};
use prost::Message;
use tonic::{Code, Streaming};
use tonic_types::StatusExt;

fn everything() -> ExportPetitionsRequest {
    ExportPetitionsRequest {
        inspection_id: INSPECTION.into(),
        ..Default::default()
    }
}

fn numbers(count: usize) -> Vec<String> {
    (0..count).map(|at| format!("X{at:05}")).collect()
}

async fn export(app: &TestApp, request: ExportPetitionsRequest) -> Streaming<ExportPetitionsResponse> {
    app.petitions().export_petitions(request).await.unwrap().into_inner()
}

async fn rest(mut stream: Streaming<ExportPetitionsResponse>) -> Vec<String> {
    let mut seen = Vec::new();
    while let Some(answer) = stream.message().await.unwrap() {
        assert!(!answer.petitions.is_empty() && !answer.resume_token.is_empty());
        assert!(answer.encoded_len() <= 2 * 1024 * 1024);
        seen.extend(answer.petitions.into_iter().map(|petition| petition.number));
    }
    seen
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_comes_once_and_in_full() {
    on_both(async |app| {
        let all = numbers(1203);
        let mut seed = Seed::of_petitions("520102", all.clone());
        seed.petitions[0].1.complaint = "长".repeat(8000);
        app.import(seed).await;
        let mut stream = export(&app, everything()).await;
        let first = stream.message().await.unwrap().unwrap();
        assert_eq!(first.petitions[0].complaint.chars().count(), 8000);
        let mut seen: Vec<_> = first.petitions.into_iter().map(|petition| petition.number).collect();
        seen.extend(rest(stream).await);
        assert_eq!(seen, all);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_export_goes_on_behind_its_last_token() {
    on_both(async |app| {
        let all = numbers(1203);
        app.import(Seed::of_petitions("520102", all.clone())).await;
        let mut stream = export(&app, everything()).await;
        let first = stream.message().await.unwrap().unwrap();
        drop(stream);
        let resumed = ExportPetitionsRequest {
            resume_token: first.resume_token,
            ..everything()
        };
        let mut seen: Vec<_> = first.petitions.into_iter().map(|petition| petition.number).collect();
        assert!(seen.len() < all.len());
        seen.extend(rest(export(&app, resumed.clone()).await).await);
        assert_eq!(seen, all);

        let other = ExportPetitionsRequest {
            view: RecordView::Basic.into(),
            ..resumed
        };
        let refused = app.petitions().export_petitions(other).await.unwrap_err();
        assert_eq!(refused.code(), Code::InvalidArgument);
        assert_eq!(refused.get_details_error_info().unwrap().reason, "RESUME_TOKEN_INVALID");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_keeps_to_its_filter() {
    on_both(async |app| {
        app.import(Seed::of_petitions("520102", ["A".into()])).await;
        app.import(Seed::of_petitions("520201", ["B".into()])).await;
        let request = ExportPetitionsRequest {
            filter: Some(PetitionFilter {
                divisions: vec!["520200".into()],
                ..Default::default()
            }),
            ..everything()
        };
        assert_eq!(rest(export(&app, request).await).await, ["B"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn exports_that_nobody_reads_hold_no_connection() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let app = TestApp::with(backend, |settings| settings.pool_size = 1).await;
        let all = numbers(2000);
        let mut seed = Seed::of_petitions("520102", all.clone());
        // 24 MB: more than what lies in buffers between server and client.
        seed.petitions
            .iter_mut()
            .for_each(|row| row.2.handling = Some("办".repeat(4000)));
        app.import(seed).await;
        let mut stalled = Vec::new();
        for _ in 0..3 {
            let answer = app.petitions_apart().await.export_petitions(everything()).await;
            stalled.push(answer.unwrap().into_inner());
        }
        for number in all.iter().take(20) {
            let request = GetPetitionRequest {
                inspection_id: INSPECTION.into(),
                number: number.clone(),
                view: 0,
            };
            app.petitions().get_petition(request).await.unwrap();
        }
        for stream in stalled {
            assert_eq!(rest(stream).await, all);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_inspection_is_told_before_the_stream_begins() {
    on_both(async |app| {
        let request = ExportPetitionsRequest {
            inspection_id: "no-such".into(),
            ..everything()
        };
        let refused = app.petitions().export_petitions(request).await.unwrap_err();
        assert_eq!(refused.code(), Code::NotFound);
    })
    .await;
}
