//! A filter lets through exactly what matches every field that is set.

use ducha::v1::{
    DateRange, ListPetitionsRequest, ListTasksRequest, PetitionChannel, PetitionConclusion, PetitionFilter,
    PollutionKind, Substantiated, TaskClosure, TaskFilter, TaskSource, TaskStatus,
};
use ducha_tests::{INSPECTION, Seed, TestApp, on_both};

fn range(first: &str, last: &str) -> Option<DateRange> {
    Some(DateRange {
        first: first.into(),
        last: last.into(),
    })
}

async fn petitions(app: &TestApp, filter: PetitionFilter) -> Vec<String> {
    let request = ListPetitionsRequest {
        inspection_id: INSPECTION.into(),
        filter: Some(filter),
        ..Default::default()
    };
    let page = app.petitions().list_petitions(request).await.unwrap().into_inner();
    page.petitions.into_iter().map(|petition| petition.number).collect()
}

/// A: batch 1, a letter of 7 December, concluded in Nanming. B: batch 2, a call of 8 December, a key case, open in
/// Zhongshan, not substantiated.
async fn seed_petitions(app: &TestApp) {
    app.import(Seed::of_petitions("520102", ["A".into()])).await;
    let mut seed = Seed::of_petitions("520201", ["B".into()]);
    let (_, wording, content) = &mut seed.petitions[0];
    wording.batch = Some(2);
    wording.channel = Some(1);
    wording.received_on = Some("2021-12-08".parse().unwrap());
    wording.key_case = true;
    wording.pollution_kinds = 1 << 3;
    content.conclusion = 0;
    content.concluded_on = None;
    content.substantiated = Some(3);
    app.import(seed).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn petitions_are_filtered_by_each_field() {
    on_both(async |app| {
        seed_petitions(&app).await;
        let none = PetitionFilter::default;
        let cases: [(&str, PetitionFilter); 14] = [
            ("AB", none()),
            (
                "A",
                PetitionFilter {
                    divisions: vec!["520102".into()],
                    ..none()
                },
            ),
            (
                "A",
                PetitionFilter {
                    divisions: vec!["520100".into()],
                    ..none()
                },
            ),
            (
                "AB",
                PetitionFilter {
                    divisions: vec!["520000".into()],
                    ..none()
                },
            ),
            (
                "B",
                PetitionFilter {
                    batches: vec![2, 7],
                    ..none()
                },
            ),
            (
                "B",
                PetitionFilter {
                    channels: vec![PetitionChannel::Phone.into()],
                    ..none()
                },
            ),
            (
                "A",
                PetitionFilter {
                    pollution_kinds: vec![PollutionKind::Soil.into()],
                    ..none()
                },
            ),
            (
                "B",
                PetitionFilter {
                    conclusions: vec![PetitionConclusion::Open.into()],
                    ..none()
                },
            ),
            (
                "B",
                PetitionFilter {
                    substantiated: vec![Substantiated::No.into()],
                    ..none()
                },
            ),
            (
                "B",
                PetitionFilter {
                    key_case: Some(true),
                    ..none()
                },
            ),
            (
                "A",
                PetitionFilter {
                    key_case: Some(false),
                    ..none()
                },
            ),
            (
                "B",
                PetitionFilter {
                    received: range("2021-12-08", "2021-12-08"),
                    ..none()
                },
            ),
            (
                "A",
                PetitionFilter {
                    concluded: range("", "2022-12-31"),
                    ..none()
                },
            ),
            (
                "",
                PetitionFilter {
                    batches: vec![1],
                    key_case: Some(true),
                    ..none()
                },
            ),
        ];
        for (wanted, filter) in cases {
            assert_eq!(petitions(&app, filter.clone()).await.concat(), wanted, "{filter:?}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_are_filtered_by_each_field() {
    on_both(async |app| {
        // A: on schedule, due at the end of 2023. B: completed late and struck off, in another theme.
        app.import(Seed::of_tasks("520102", ["A".into()])).await;
        let mut seed = Seed::of_tasks("520201", ["B".into()]);
        let (_, wording, content) = &mut seed.tasks[0];
        wording.theme = Some("大气".into());
        wording.source = Some(2);
        wording.due_on = Some("2022-06-30".parse().unwrap());
        wording.long_term = false;
        content.status = 4;
        content.completed_on = Some("2022-09-01".parse().unwrap());
        content.closure = 5;
        app.import(seed).await;

        let none = TaskFilter::default;
        let cases: [(&str, TaskFilter); 11] = [
            ("AB", none()),
            (
                "B",
                TaskFilter {
                    divisions: vec!["520200".into()],
                    ..none()
                },
            ),
            (
                "B",
                TaskFilter {
                    themes: vec!["大气".into()],
                    ..none()
                },
            ),
            (
                "B",
                TaskFilter {
                    sources: vec![TaskSource::TypicalCase.into()],
                    ..none()
                },
            ),
            (
                "A",
                TaskFilter {
                    statuses: vec![TaskStatus::OnTrack.into()],
                    ..none()
                },
            ),
            (
                "B",
                TaskFilter {
                    closures: vec![TaskClosure::Closed.into()],
                    ..none()
                },
            ),
            (
                "A",
                TaskFilter {
                    due: range("2023-01-01", ""),
                    ..none()
                },
            ),
            (
                "B",
                TaskFilter {
                    overdue_as_of: "2022-08-01".into(),
                    ..none()
                },
            ),
            (
                "",
                TaskFilter {
                    overdue_as_of: "2022-10-01".into(),
                    ..none()
                },
            ),
            (
                "A",
                TaskFilter {
                    overdue_as_of: "2024-01-01".into(),
                    ..none()
                },
            ),
            (
                "A",
                TaskFilter {
                    long_term: Some(true),
                    ..none()
                },
            ),
        ];
        for (wanted, filter) in cases {
            let request = ListTasksRequest {
                inspection_id: INSPECTION.into(),
                filter: Some(filter.clone()),
                ..Default::default()
            };
            let page = app.tasks().list_tasks(request).await.unwrap().into_inner();
            let numbers: String = page.tasks.into_iter().map(|task| task.number).collect();
            assert_eq!(numbers, wanted, "{filter:?}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_is_found_wherever_the_petition_says_it() {
    on_both(async |app| {
        seed_petitions(&app).await;
        let mut seed = Seed::of_petitions("520103", ["C".into()]);
        seed.petitions[0].1.complaint = "ＡＢＣ化工厂排放废气".into();
        seed.petitions[0].2.investigation = Some("现场检查未发现异常".into());
        app.import(seed).await;
        for (text, wanted) in [
            ("污水", "AB"),
            ("废气", "C"),
            ("化工厂排放", "C"),
            ("未发现", "C"),
            ("abc化工", "C"), // width and case do not matter
            ("厂废", ""),
        ] {
            let filter = PetitionFilter {
                text_contains: text.into(),
                ..Default::default()
            };
            assert_eq!(petitions(&app, filter).await.concat(), wanted, "{text}");
        }
    })
    .await;
}
