//! Figures: what counts, as of which day, for whom.

mod indicators;

use chrono::NaiveDate;
use ducha::v1::progress_service_client::ProgressServiceClient;
use ducha::v1::{Dimension, GetProgressRequest, GetProgressResponse, MeasureFigures, PetitionFigures, ProgressRow};
use ducha_records::petitions::HandlingContent;
use ducha_tests::{INSPECTION, Seed, TestApp, on_both, petition, task};
use tonic::Code;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn asked(as_of: &str, by: &[Dimension]) -> GetProgressRequest {
    GetProgressRequest {
        inspection_id: INSPECTION.into(),
        as_of: as_of.into(),
        group_by: by.iter().map(|by| (*by).into()).collect(),
        ..GetProgressRequest::default()
    }
}

async fn progress(app: &TestApp, request: GetProgressRequest) -> GetProgressResponse {
    let mut client = ProgressServiceClient::new(app.channel.clone());
    client.get_progress(request).await.unwrap().into_inner()
}

/// The only row.
async fn all(app: &TestApp, as_of: &str) -> ProgressRow {
    let response = progress(app, asked(as_of, &[])).await;
    assert_eq!(response.rows.len(), 1);
    response.rows.into_iter().next().unwrap()
}

async fn petitions(app: &TestApp, as_of: &str) -> PetitionFigures {
    all(app, as_of).await.petitions.unwrap()
}

async fn measures(app: &TestApp, as_of: &str) -> MeasureFigures {
    all(app, as_of).await.measures.unwrap()
}

/// Values and petitions of each row.
fn by_value(response: &GetProgressResponse) -> Vec<(String, i64)> {
    let row = |row: &ProgressRow| {
        let values: Vec<&str> = row.keys.iter().map(|key| key.value.as_str()).collect();
        (
            values.join("/"),
            row.petitions.as_ref().map_or(0, |figures| figures.petitions),
        )
    };
    response.rows.iter().map(row).collect()
}

/// The same as it is wanted.
fn rows<const N: usize>(rows: [(&str, i64); N]) -> Vec<(String, i64)> {
    rows.map(|(values, petitions)| (values.to_owned(), petitions)).to_vec()
}

/// A county's ledger of one petition with this handling.
fn ledger(division: &str, number: &str, reported_on: &str, content: HandlingContent) -> Seed {
    Seed {
        reported_on: day(reported_on),
        petitions: vec![(number.to_owned(), petition().0, content)],
        ..Seed::of(division)
    }
}

fn open(ordered: i32) -> HandlingContent {
    HandlingContent {
        conclusion: 0,
        concluded_on: None,
        substantiated: None,
        ordered: Some(ordered),
        fine_fen: None,
        ..petition().1
    }
}

fn concluded(on: Option<&str>, ordered: i32) -> HandlingContent {
    HandlingContent {
        concluded_on: on.map(day),
        ordered: Some(ordered),
        fine_fen: None,
        ..petition().1
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_petition_counts_from_the_day_it_was_received_and_as_concluded_from_the_day_it_was() {
    on_both(async |app| {
        app.import(ledger("520102", "X1", "2022-03-31", concluded(Some("2022-01-15"), 1)))
            .await;
        for (as_of, petitions_then, concluded_then) in [
            ("2021-12-06", 0, 0),
            ("2021-12-07", 1, 0),
            ("2022-01-14", 1, 0),
            ("2022-01-15", 1, 1),
        ] {
            let figures = petitions(&app, as_of).await;
            assert_eq!(
                (figures.petitions, figures.concluded),
                (petitions_then, concluded_then),
                "{as_of}"
            );
        }
        // Measures have no day of their own.
        assert_eq!(measures(&app, "2022-03-30").await.ordered, 0);
        assert_eq!(measures(&app, "2022-03-31").await.ordered, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_earlier_is_what_counts_for_an_earlier_day() {
    on_both(async |app| {
        app.import(ledger("520102", "X1", "2022-01-31", open(1))).await;
        app.import(ledger("520102", "X1", "2022-02-28", open(3))).await;
        app.import(ledger("520102", "X1", "2022-03-31", concluded(None, 5)))
            .await;
        for (as_of, ordered, done) in [
            ("2022-01-30", 0, 0),
            ("2022-01-31", 1, 0),
            ("2022-02-27", 1, 0),
            ("2022-02-28", 3, 0),
            ("2022-03-31", 5, 1),
        ] {
            assert_eq!(measures(&app, as_of).await.ordered, ordered, "{as_of}");
            assert_eq!(petitions(&app, as_of).await.concluded, done, "{as_of}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_that_comes_late_counts_for_its_own_day_and_overwrites_nothing_newer() {
    on_both(async |app| {
        app.import(ledger("520102", "X1", "2022-03-31", open(5))).await;
        app.import(ledger("520102", "X1", "2022-01-31", open(1))).await;
        app.import(ledger("520102", "X1", "2022-02-28", open(3))).await;
        for (as_of, ordered) in [
            ("2022-01-30", 0),
            ("2022-01-31", 1),
            ("2022-02-28", 3),
            ("2022-03-31", 5),
            ("2023-01-01", 5),
        ] {
            assert_eq!(measures(&app, as_of).await.ordered, ordered, "{as_of}");
        }
        // The same day corrected.
        app.import(ledger("520102", "X1", "2022-02-28", open(4))).await;
        assert_eq!(measures(&app, "2022-03-01").await.ordered, 4);
        app.import(ledger("520102", "X1", "2022-03-31", open(6))).await;
        assert_eq!(measures(&app, "2022-03-31").await.ordered, 6);
        assert_eq!(measures(&app, "2022-03-30").await.ordered, 4);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_again_counts_since_it_was_first_said() {
    on_both(async |app| {
        app.import(ledger("520102", "X1", "2022-01-31", open(2))).await;
        app.import(ledger("520102", "X1", "2022-03-31", open(2))).await;
        assert_eq!(measures(&app, "2022-02-15").await.ordered, 2);
        // A ledger in between that says something else makes two statements of one.
        app.import(ledger("520102", "X1", "2022-02-28", open(7))).await;
        for (as_of, ordered) in [
            ("2022-02-15", 2),
            ("2022-02-28", 7),
            ("2022-03-30", 7),
            ("2022-03-31", 2),
        ] {
            assert_eq!(measures(&app, as_of).await.ordered, ordered, "{as_of}");
        }
        // An older ledger that says what is stored: it was said then as well.
        app.import(ledger("520102", "X1", "2021-12-31", open(2))).await;
        assert_eq!(measures(&app, "2021-12-31").await.ordered, 2);
        assert_eq!(measures(&app, "2022-03-01").await.ordered, 7);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_ledger_that_says_the_same_counts_for_its_own_day() {
    on_both(async |app| {
        app.import(ledger("520102", "X1", "2022-03-31", open(2))).await;
        assert_eq!(measures(&app, "2022-01-31").await.ordered, 0);
        app.import(ledger("520102", "X1", "2022-01-31", open(2))).await;
        assert_eq!(measures(&app, "2022-01-31").await.ordered, 2);
        assert_eq!(measures(&app, "2022-01-30").await.ordered, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_petition_that_is_reopened_was_concluded_until_then() {
    on_both(async |app| {
        app.import(ledger("520102", "X1", "2022-02-28", concluded(Some("2022-01-15"), 1)))
            .await;
        app.import(ledger("520102", "X1", "2022-04-30", open(1))).await;
        for (as_of, done) in [("2022-01-15", 1), ("2022-04-29", 1), ("2022-04-30", 0)] {
            assert_eq!(petitions(&app, as_of).await.concluded, done, "{as_of}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shared_petition_is_one_of_the_province_and_one_of_each_of_its_counties() {
    on_both(async |app| {
        for (division, conclusion) in [("520102", 2), ("520302", 0)] {
            let content = HandlingContent {
                conclusion,
                concluded_on: (conclusion == 2).then(|| day("2022-01-15")),
                ..petition().1
            };
            app.import(ledger(division, "X1", "2022-03-31", content)).await;
        }
        app.import(ledger("520103", "X2", "2022-03-31", concluded(Some("2022-01-15"), 0)))
            .await;

        let province = petitions(&app, "2022-12-31").await;
        assert_eq!(
            (province.petitions, province.open, province.concluded),
            (2, 1, 1),
            "open while a part is"
        );
        let areas = progress(&app, asked("2022-12-31", &[Dimension::Area])).await;
        assert_eq!(
            by_value(&areas),
            rows([("520100", 2), ("520300", 1)]),
            "3 in areas, 2 in the province"
        );
        assert_eq!(areas.rows[0].keys[0].label, "贵阳市");
        assert_eq!(
            areas.rows[0].petitions.as_ref().unwrap().concluded,
            2,
            "its part is concluded"
        );
        let counties = progress(&app, asked("2022-12-31", &[Dimension::Division])).await;
        assert_eq!(by_value(&counties), rows([("520102", 1), ("520103", 1), ("520302", 1)]));
        let below = progress(
            &app,
            GetProgressRequest {
                division: "520100".into(),
                ..asked("2022-12-31", &[])
            },
        )
        .await;
        assert_eq!(below.rows[0].petitions.as_ref().unwrap().petitions, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn problems_are_counted_by_kind_and_petitions_are_not_their_sum() {
    on_both(async |app| {
        // Water and soil each, both.
        app.import(Seed::of_petitions("520102", ["X1".to_owned(), "X2".to_owned()]))
            .await;
        let figures = petitions(&app, "2022-12-31").await;
        assert_eq!((figures.petitions, figures.problems), (2, 4));
        let kinds = progress(&app, asked("2022-12-31", &[Dimension::PollutionKind])).await;
        assert_eq!(by_value(&kinds), rows([("water", 2), ("soil", 2)]));
        assert!(
            kinds
                .rows
                .iter()
                .all(|row| row.tasks.is_none() && row.handed_over.is_none()),
            "no kinds of pollution"
        );
        let two = progress(
            &app,
            asked("2022-12-31", &[Dimension::Conclusion, Dimension::PollutionKind]),
        )
        .await;
        assert_eq!(by_value(&two), rows([("concluded/water", 2), ("concluded/soil", 2)]));
        assert!(
            two.rows.iter().all(|row| row.measures.is_none()),
            "measures have no conclusion"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_rate_says_what_it_counts() {
    on_both(async |app| {
        for (number, conclusion) in [("X1", 2), ("X2", 1), ("X3", 0), ("X4", 3)] {
            let content = HandlingContent {
                conclusion,
                concluded_on: (conclusion >= 2).then(|| day("2022-01-15")),
                ..petition().1
            };
            app.import(ledger("520102", number, "2022-03-31", content)).await;
        }
        let figures = petitions(&app, "2022-12-31").await;
        let rates: Vec<(&str, i64, i64, &str)> = figures
            .rates
            .iter()
            .map(|rate| {
                (
                    rate.rule.as_str(),
                    rate.numerator,
                    rate.denominator,
                    rate.per_cent.as_str(),
                )
            })
            .collect();
        assert_eq!(
            rates,
            [("concluded", 2, 4, "50.00"), ("concluded_or_staged", 3, 4, "75.00")]
        );
        assert!(
            all(&app, "2021-12-01").await.petitions.unwrap().rates.is_empty(),
            "none of nothing"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_period_counts_what_came_about_in_it() {
    on_both(async |app| {
        app.import(ledger("520102", "X1", "2022-01-31", open(1))).await;
        app.import(ledger("520102", "X1", "2022-03-31", concluded(Some("2022-03-10"), 4)))
            .await;
        app.import(ledger("520102", "X2", "2022-02-28", open(2))).await;
        let request = GetProgressRequest {
            from: "2022-03-01".into(),
            ..asked("2022-03-31", &[])
        };
        let row = progress(&app, request).await.rows.into_iter().next().unwrap();
        let figures = row.petitions.unwrap();
        assert_eq!((figures.petitions, figures.concluded, figures.open), (0, 1, -1));
        assert_eq!(row.measures.unwrap().ordered, 3);
        assert!(figures.rates.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_are_counted_by_state_and_are_overdue_by_the_day() {
    on_both(async |app| {
        let (wording, content) = task();
        let done = ducha_records::tasks::ProgressContent {
            status: 4,
            completed_on: Some(day("2023-06-30")),
            ..content.clone()
        };
        let seed = Seed {
            tasks: vec![("1".into(), wording.clone(), content), ("2".into(), wording, done)],
            ..Seed::of("520102")
        };
        app.import(seed).await;
        let at = async |as_of: &str| all(&app, as_of).await.tasks.unwrap();
        let figures = at("2023-06-29").await;
        assert_eq!(
            (figures.tasks, figures.completed, figures.not_started),
            (2, 0, 1),
            "not yet completed"
        );
        let figures = at("2023-12-31").await;
        assert_eq!(
            (figures.completed, figures.overdue, figures.due_soon, figures.long_term),
            (1, 0, 1, 2)
        );
        let figures = at("2024-01-01").await;
        assert_eq!((figures.completed, figures.overdue, figures.due_soon), (1, 1, 0));
        let themes = progress(&app, asked("2024-01-01", &[Dimension::Theme, Dimension::Overdue])).await;
        let told: Vec<(String, i64)> = themes
            .rows
            .iter()
            .map(|row| {
                let keys: Vec<&str> = row.keys.iter().map(|key| key.value.as_str()).collect();
                (keys.join("/"), row.tasks.as_ref().unwrap().tasks)
            })
            .collect();
        assert_eq!(told, [("水/yes".to_owned(), 1), ("水/no".to_owned(), 1)]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_makes_no_sense_is_refused_by_field() {
    on_both(async |app| {
        let mut client = ProgressServiceClient::new(app.channel.clone());
        for (request, field) in [
            (asked("2022-13-01", &[]), "as_of"),
            (asked("", &[Dimension::Batch, Dimension::Batch]), "group_by[1]"),
            (asked("", &[Dimension::Area, Dimension::Division]), "group_by[1]"),
            (asked("", &[Dimension::Unspecified]), "group_by[0]"),
            (
                asked("", &[Dimension::Area, Dimension::Batch, Dimension::Channel]),
                "group_by",
            ),
            (
                GetProgressRequest {
                    from: "2022-05-01".into(),
                    ..asked("2022-04-01", &[])
                },
                "from",
            ),
        ] {
            let refused = client.get_progress(request).await.unwrap_err();
            assert_eq!(refused.code(), Code::InvalidArgument);
            assert!(refused.message().contains(field), "{refused}");
        }
        let mut missing = asked("", &[]);
        missing.division = "999999".into();
        let refused = client.get_progress(missing).await.unwrap_err();
        assert_eq!(refused.code(), Code::NotFound);
        let response = progress(&app, asked("2021-12-01", &[])).await;
        let kinds: Vec<&str> = response.gaps.iter().map(|gap| gap.kind.as_str()).collect();
        assert_eq!(kinds, ["NO_RECORDS", "BEFORE_BEGIN"]);
    })
    .await;
}
