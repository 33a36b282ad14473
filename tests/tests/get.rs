//! A record is answered with everything that its ledgers say, and with what follows from its parts.

use ducha::v1::{
    DeadlineKind, GetPetitionRequest, GetTaskRequest, PetitionConclusion, PollutionKind, RecordView, Substantiated,
    TaskClosure, TaskSource, TaskStatus,
};
use ducha_tests::{INSPECTION, Seed, on_both};
use tonic::Code;

fn petition(number: &str) -> GetPetitionRequest {
    GetPetitionRequest {
        inspection_id: INSPECTION.into(),
        number: number.into(),
        view: 0,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_petition_comes_with_its_parts_and_where_they_were_read() {
    on_both(async |app| {
        let mut seed = Seed::of_petitions("520102", ["X2GZ202112070001".into()]);
        seed.assigned.push(("X2GZ202112070001".into(), "520103".into()));
        let import = app.import(seed).await;
        let answer = app
            .petitions()
            .get_petition(petition("X2GZ202112070001"))
            .await
            .unwrap();
        let got = answer.into_inner().petition.unwrap();

        assert_eq!((got.batch, got.received_on.as_str()), (Some(1), "2021-12-07"));
        assert_eq!(
            got.pollution_kinds().collect::<Vec<_>>(),
            [PollutionKind::Water, PollutionKind::Soil]
        );
        assert_eq!(got.assigned_divisions, ["520102", "520103"]);
        assert_eq!(got.unreported_divisions, ["520103"]);
        assert_eq!(got.conclusion(), PetitionConclusion::Open, "one part has not reported");
        assert_eq!(got.substantiated(), Substantiated::Yes);
        assert_eq!(got.handlings.len(), 1);

        let part = &got.handlings[0];
        assert_eq!(part.units, ["县生态环境分局", "县水务局"]);
        assert_eq!(
            (part.fine_fen, part.accountable, part.ordered),
            (Some(1_547_256_000), Some(0), None)
        );
        assert_eq!(
            (part.concluded_on.as_str(), part.reported_on.as_str()),
            ("2022-01-15", "2022-03-31")
        );
        let origin = part.origin.as_ref().unwrap();
        assert_eq!((&origin.import_id, origin.file_name.as_str()), (&import, "台账.xlsx"));
        assert_eq!((origin.sheet.as_str(), origin.row), ("台账", 4));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_etag_changes_with_the_content_and_only_then() {
    on_both(async |app| {
        let seed = Seed::of_petitions("520102", ["X1".into()]);
        app.import(seed.clone()).await;
        let etag = async || {
            let answer = app.petitions().get_petition(petition("X1")).await.unwrap();
            answer.into_inner().petition.unwrap().etag
        };
        let first = etag().await;
        app.import(seed.clone()).await;
        assert_eq!(etag().await, first, "the same content again");
        let mut changed = seed;
        changed.petitions[0].2.conclusion = 3;
        app.import(changed).await;
        assert_ne!(etag().await, first);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_comes_with_its_deadline_and_its_parts() {
    on_both(async |app| {
        app.import(Seed::of_tasks("520102", ["12-3".into()])).await;
        let request = GetTaskRequest {
            inspection_id: INSPECTION.into(),
            number: "12-3".into(),
            view: RecordView::Full.into(),
        };
        let got = app.tasks().get_task(request).await.unwrap().into_inner().task.unwrap();
        assert_eq!((got.source(), got.status()), (TaskSource::Report, TaskStatus::OnTrack));
        assert_eq!(got.closure(), TaskClosure::None);
        let deadline = got.deadline.unwrap();
        assert_eq!(
            (deadline.kind(), deadline.due.as_str()),
            (DeadlineKind::Date, "2023-12-31")
        );
        assert!(deadline.long_term);
        assert_eq!(got.progress[0].progress, "主体工程已完工");
        assert_eq!((got.version, got.assigned_divisions), (1, vec!["520102".to_owned()]));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_not_found() {
    on_both(async |app| {
        let missing = app.petitions().get_petition(petition("X404")).await.unwrap_err();
        assert_eq!(
            (missing.code(), missing.message()),
            (Code::NotFound, "there is no petition \"X404\"")
        );
        let request = GetPetitionRequest {
            inspection_id: "no-such".into(),
            ..petition("X404")
        };
        let missing = app.petitions().get_petition(request).await.unwrap_err();
        assert_eq!(missing.message(), "there is no inspection \"no-such\"");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_above_two_mebibytes_comes_in_the_basic_view() {
    on_both(async |app| {
        for division in [
            "520102", "520103", "520111", "520112", "520113", "520115", "520121", "520122", "520123", "520181",
        ] {
            let mut seed = Seed::of_petitions(division, ["X1".into()]);
            let content = &mut seed.petitions[0].2;
            for text in [
                &mut content.investigation,
                &mut content.handling,
                &mut content.measures,
                &mut content.latest_progress,
                &mut content.accountability,
            ] {
                *text = Some("长".repeat(16_000));
            }
            app.import(seed).await;
        }
        let answer = app.petitions().get_petition(petition("X1")).await.unwrap();
        let got = answer.into_inner().petition.unwrap();
        assert_eq!(got.handlings.len(), 10);
        for part in got.handlings {
            assert_eq!(part.investigation.chars().count(), 200);
            assert!(part.shortened_fields.contains(&"latest_progress".to_owned()));
        }
    })
    .await;
}
