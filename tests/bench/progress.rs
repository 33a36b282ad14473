//! Figures of the present and of a day in the past, beside the same over ten times fewer petitions.

use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate};
use ducha::v1::progress_service_client::ProgressServiceClient;
use ducha::v1::{Dimension, GetProgressRequest};
use ducha_records::codes::Role;
use ducha_tests::credentials::Bearer;
use ducha_tests::{Backend, INSPECTION, Seed, TestDatabase, inspection, petition};
use tonic::transport::Channel;

use crate::report::Report;
use crate::serving::served;
use crate::{Failure, number};

/// Petitions, unless `BENCH_PETITIONS` says otherwise; 0 leaves figures out.
const PETITIONS: u32 = 200_000;
/// Of so many counties.
const COUNTIES: [&str; 8] = [
    "520102", "520103", "520111", "520112", "520113", "520115", "520302", "520303",
];
/// Each time is the best of so many.
const TIMES: usize = 10;
/// A day on which a part of what is said had come true: only counts by day tell it.
const PAST: &str = "2022-02-20";
/// What a figure of a day in the past may take, in seconds.
const GOAL: f64 = 0.1;

/// Measures both databases.
pub fn measure(report: &mut Report) -> Result<(), Failure> {
    let most = number("BENCH_PETITIONS", PETITIONS)?;
    if most == 0 {
        return Ok(());
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    for (name, backend) in [("SQLite", Backend::Sqlite), ("PostgreSQL", Backend::Postgres)] {
        let fewer = runtime.block_on(times(backend, most / 10))?;
        let more = runtime.block_on(times(backend, most))?;
        let what = format!("{name}: GetProgress over {most} petitions, beside {}", most / 10);
        report.slower(what, more.present, fewer.present, 2.0);
        report.within(
            format!("{name}: GetProgress as of a day in the past, {most} petitions"),
            more.past,
            GOAL,
        );
    }
    Ok(())
}

struct Times {
    present: Duration,
    past: Duration,
}

async fn times(backend: Backend, petitions: u32) -> Result<Times, Failure> {
    let database = TestDatabase::ready(backend);
    ducha_records::inspections::create(&mut database.open(), &inspection())?;
    for (at, county) in (0..).zip(COUNTIES) {
        drop(seed(at, county, petitions / COUNTIES.len() as u32).import(&database.url()));
    }
    let channel = served(&database.server_url()).await?;
    let bearer = Bearer::issue(&mut database.open(), Role::Reader, Some("520000"));
    Ok(Times {
        present: best(&channel, &bearer, "").await?,
        past: best(&channel, &bearer, PAST).await?,
    })
}

/// A county's ledger, in which petitions differ by what figures tell apart, and by their days.
fn seed(county: u32, division: &str, petitions: u32) -> Seed {
    // Batch 1 comes in.
    let first = NaiveDate::from_ymd_opt(2021, 12, 6).unwrap_or_default();
    let rows = (0..petitions).map(|at| {
        let (mut wording, mut content) = petition();
        wording.batch = Some(at as i32 % 26 + 1);
        wording.pollution_kinds = 1 << (at % 5);
        wording.key_case = at % 50 == 0;
        wording.received_on = Some(first + Days::new(u64::from(at % 26)));
        content.conclusion = at as i16 % 3;
        content.substantiated = Some(at as i16 % 4);
        content.concluded_on = (content.conclusion == 2).then(|| first + Days::new(u64::from(at % 97) + 27));
        (format!("X2GZ2021{county}{at:07}"), wording, content)
    });
    Seed {
        petitions: rows.collect(),
        reported_on: first + Days::new(60),
        ..Seed::of(division)
    }
}

async fn best(channel: &Channel, bearer: &Bearer, as_of: &str) -> Result<Duration, Failure> {
    let mut client = ProgressServiceClient::with_interceptor(channel.clone(), bearer.clone());
    let mut best = Duration::MAX;
    for _ in 0..TIMES {
        let request = GetProgressRequest {
            inspection_id: INSPECTION.to_owned(),
            as_of: as_of.to_owned(),
            group_by: vec![Dimension::Batch.into(), Dimension::Conclusion.into()],
            ..GetProgressRequest::default()
        };
        let begun = Instant::now();
        client.get_progress(request).await?;
        best = best.min(begun.elapsed());
    }
    Ok(best)
}
