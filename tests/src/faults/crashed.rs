//! G2: a database that crashes in the middle of imports.

use std::time::{Duration, Instant};

use ducha::v1::GetInspectionRequest;
use ducha::v1::inspection_service_client::InspectionServiceClient;
use tonic::transport::Channel;

use super::postgres::{Crash, Postgres};
use super::site::Site;
use super::work::Process;
use super::{PATIENCE, Tally, connected, pass, runtime, within};
use crate::program::Serving;
use crate::{INSPECTION, TestDatabase};

/// Imports that a worker has at once, and that are put for each crash.
const AT_ONCE: usize = 2;
/// Rows of a ledger.
const ROWS: u32 = 500;
/// Seconds that a claim holds: the least there is. A worker that lost the database leaves its claims to run out.
const LEASE: &str = "3";
/// The server answers again so soon after its database does.
const BACK: Duration = Duration::from_secs(10);

/// Crashes PostgreSQL `times` at random moments of imports, by kill -9 and by an immediate shutdown in turn. Server and worker
/// stay, and go on by themselves.
#[must_use]
pub fn database(seed: u64, times: usize) -> Tally {
    let mut postgres = Postgres::start();
    let mut site = Site::over(TestDatabase::at(&postgres.url).prepared());
    let mut random = fastrand::Rng::with_seed(seed);
    let mut tally = Tally::default();
    let mut server = Serving::start(&mut site.server());
    let runtime = runtime();
    let channel = runtime.block_on(connected(&server.address));
    let mut worker = start(&site);
    site.put_new(AT_ONCE, ROWS);
    let begun = Instant::now();
    tally.expect(site.settled(), || "an undisturbed import hangs".to_owned());
    let undisturbed = begun.elapsed();
    let (mut in_hand, mut longest) = (0, Duration::ZERO);
    for number in 0..times {
        site.put_new(AT_ONCE, ROWS);
        let claimed = within(PATIENCE, || held(&site) > 0);
        tally.expect(claimed, || "the worker takes nothing up".to_owned());
        pass(undisturbed.mul_f64(random.f64()));
        in_hand += held(&site);
        postgres.crash(if number % 2 == 0 { Crash::Kill } else { Crash::Immediate });
        postgres.start_again();
        let there = Instant::now();
        let back = within(BACK, || runtime.block_on(ask(&channel)));
        longest = longest.max(there.elapsed());
        tally.expect(back, || {
            format!("the server does not answer {BACK:?} after its database")
        });
        tally.count += 1;
    }
    let settled = site.settled();
    tally.expect(settled, || format!("an import hangs:\n{}", worker.log()));
    tally.expect(server.is_alive(), || "the server ended".to_owned());
    tally.expect(worker.is_alive(), || format!("the worker ended:\n{}", worker.log()));
    tally.expect(in_hand > 0, || "no crash met an import".to_owned());
    site.whole((times + 1) * AT_ONCE, &mut tally);
    tally.told.push(format!(
        "{times} crashes, {in_hand} imports in hand at them, the server answered within {:.1} s",
        longest.as_secs_f64()
    ));
    tally
}

fn start(site: &Site) -> Process {
    let mut command = site.worker(&site.database.url());
    Process::start(command.args(["--lease", LEASE, "--concurrency", &AT_ONCE.to_string()]))
}

fn held(site: &Site) -> i64 {
    site.counted(
        "SELECT COUNT(*) AS counted FROM imports WHERE state = 2 OR (copies_due AND lease_until_utc IS NOT NULL)",
    )
}

/// Whether the server answers from its database.
async fn ask(channel: &Channel) -> bool {
    let request = GetInspectionRequest { id: INSPECTION.into() };
    InspectionServiceClient::new(channel.clone())
        .get_inspection(request)
        .await
        .is_ok()
}
