//! The monthly scheduling: what came about, what is late, who has filed.

use chrono::NaiveDate;
use ducha::v1::progress_service_client::ProgressServiceClient;
use ducha::v1::{FilingState, GetScheduleRequest, GetScheduleResponse, ScheduleRow};
use ducha_records::petitions::HandlingContent;
use ducha_records::tasks::ProgressContent;
use ducha_tests::{INSPECTION, Seed, TestApp, on_both, petition, task};
use tonic::Code;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn handled(conclusion: i16, on: Option<&str>) -> HandlingContent {
    HandlingContent {
        conclusion,
        concluded_on: on.map(day),
        ..petition().1
    }
}

fn ledger(division: &str, reported_on: &str, rows: &[(&str, HandlingContent)]) -> Seed {
    let row = |(number, content): &(&str, HandlingContent)| ((*number).to_owned(), petition().0, content.clone());
    Seed {
        reported_on: day(reported_on),
        petitions: rows.iter().map(row).collect(),
        ..Seed::of(division)
    }
}

async fn schedule(app: &TestApp, from: &str, as_of: &str) -> GetScheduleResponse {
    let request = GetScheduleRequest {
        inspection_id: INSPECTION.into(),
        from: from.into(),
        as_of: as_of.into(),
        ..GetScheduleRequest::default()
    };
    let mut client = ProgressServiceClient::new(app.channel.clone());
    client.get_schedule(request).await.unwrap().into_inner()
}

fn of<'r>(schedule: &'r GetScheduleResponse, division: &str) -> &'r ScheduleRow {
    schedule.rows.iter().find(|row| row.division == division).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_period_tells_what_was_concluded_reopened_and_is_past_its_answer() {
    on_both(async |app| {
        let january = [
            ("X1", handled(0, None)),
            ("X2", handled(2, Some("2022-01-15"))),
            ("X3", handled(0, None)),
        ];
        app.import(ledger("520102", "2022-01-31", &january)).await;
        let february = [
            ("X1", handled(2, Some("2022-02-10"))),
            ("X2", handled(0, None)),
            ("X3", handled(0, None)),
        ];
        app.import(ledger("520102", "2022-02-28", &february)).await;
        // X1 is shared, and open elsewhere: the province has not concluded it.
        app.import(ledger("520302", "2022-02-28", &[("X1", handled(0, None))]))
            .await;

        let told = schedule(&app, "2022-02-01", "2022-02-28").await;
        let county = of(&told, "520102");
        assert_eq!(
            (
                county.newly_concluded,
                county.reopened,
                county.open,
                county.past_answer_limit
            ),
            (1, 1, 2, 2)
        );
        assert_eq!(county.name, "南明区");
        let total = told.total.as_ref().unwrap();
        assert_eq!((total.newly_concluded, total.reopened, total.open), (0, 1, 3));

        // Received on 2021-12-07, handed over the day after, answered within ten days.
        let told = schedule(&app, "2021-12-07", "2021-12-18").await;
        assert_eq!(told.total.unwrap().past_answer_limit, 0);
        let told = schedule(&app, "2021-12-07", "2021-12-19").await;
        assert_eq!(told.total.unwrap().past_answer_limit, 3);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_period_tells_which_tasks_were_completed_and_which_ran_over() {
    on_both(async |app| {
        let (wording, content) = task();
        let done = ProgressContent {
            status: 4,
            completed_on: Some(day("2024-01-10")),
            ..content.clone()
        };
        let seed = Seed {
            reported_on: day("2023-06-30"),
            tasks: vec![("1".into(), wording.clone(), content), ("2".into(), wording, done)],
            ..Seed::of("520102")
        };
        app.import(seed).await;
        let told = |schedule: GetScheduleResponse| {
            let total = schedule.total.unwrap();
            (
                total.newly_completed,
                total.newly_overdue,
                total.overdue,
                total.due_soon,
            )
        };
        assert_eq!(told(schedule(&app, "2023-12-01", "2023-12-31").await), (0, 0, 0, 2));
        assert_eq!(told(schedule(&app, "2024-01-01", "2024-01-31").await), (1, 1, 1, 0));
        assert_eq!(told(schedule(&app, "2024-02-01", "2024-02-29").await), (0, 0, 1, 0));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_period_tells_who_filed_and_who_did_not() {
    on_both(async |app| {
        app.import(ledger("520102", "2022-01-31", &[("X1", handled(0, None))]))
            .await;
        app.import(ledger("520103", "2022-02-28", &[("X2", handled(0, None))]))
            .await;
        // A prefecture files for its counties.
        let mut assigned = ledger("520300", "2022-02-28", &[("X3", handled(0, None))]);
        assigned.assigned = vec![("X3".into(), "520302".into())];
        app.import(assigned).await;

        let told = schedule(&app, "2022-02-01", "2022-02-28").await;
        assert_eq!(told.filing_due_on, "2022-03-07", "five working days");
        for (division, state) in [
            ("520102", FilingState::NotFiled),
            ("520103", FilingState::FiledLate), // it came in today
            ("520302", FilingState::FiledLate),
        ] {
            assert_eq!(of(&told, division).filing(), state, "{division}");
        }
        assert!(!of(&told, "520103").filed_on.is_empty() && of(&told, "520102").filed_on.is_empty());

        let today = chrono::Utc::now().date_naive();
        app.import(ledger("520102", &today.to_string(), &[("X1", handled(1, None))]))
            .await;
        let first = today - chrono::TimeDelta::days(3);
        let told = schedule(&app, &first.to_string(), "").await;
        assert_eq!(of(&told, "520102").filing(), FilingState::Filed);
        assert_eq!(of(&told, "520103").filing(), FilingState::Due);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_schedule_without_a_period_is_refused() {
    on_both(async |app| {
        let mut client = ProgressServiceClient::new(app.channel.clone());
        let asked = |from: &str, as_of: &str, days: u32| GetScheduleRequest {
            inspection_id: INSPECTION.into(),
            from: from.into(),
            as_of: as_of.into(),
            filing_working_days: days,
            ..GetScheduleRequest::default()
        };
        for (request, field) in [
            (asked("", "2022-02-28", 0), "from"),
            (asked("2022-03-01", "2022-02-28", 0), "from"),
            (asked("2022-02-01", "2022-02-28", 101), "filing_working_days"),
        ] {
            let refused = client.get_schedule(request).await.unwrap_err();
            assert_eq!(refused.code(), Code::InvalidArgument);
            assert!(refused.message().contains(field), "{refused}");
        }
    })
    .await;
}
