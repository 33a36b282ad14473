//! G6: workers that stand still for longer than their claims hold.

use std::time::{Duration, Instant};

use diesel::sql_types::{BigInt, Text};
use diesel::{QueryableByName, RunQueryDsl};

use super::site::{Site, counted};
use super::work::Process;
use super::{PATIENCE, Tally, within};
use crate::Backend;

/// Workers over one queue.
const WORKERS: usize = 8;
/// Of these, how many stand still at once.
const PAUSED: usize = 4;
/// Jobs for each pause.
const JOBS: usize = 5;
/// Rows of a job.
const ROWS: u32 = 40;
/// Seconds that a claim holds: the least there is.
const LEASE: u64 = 3;
/// A claim that ran out is taken up again within this time, even if nobody tells of it; or its worker stands in a
/// transaction that keeps others out, and must go on first.
const TAKEN_UP: Duration = Duration::from_secs(2 * LEASE + 4);
/// A worker takes up a job within this time, or there is none for it.
const AT_WORK: Duration = Duration::from_millis(500);
/// What a worker writes that is refused by its token.
const REFUSED: [&str; 3] = [
    "left to who has it now",
    "the copies belong to who has the import now",
    "the claim is lost",
];

/// An import that a worker holds.
#[derive(QueryableByName, Debug)]
struct Claim {
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = BigInt)]
    token: i64,
}

/// Lets workers stand still, `pauses` or a few more, each while it holds one of five jobs for each pause, until others have
/// taken its job; then lets it go on.
#[must_use]
pub fn workers(backend: Backend, seed: u64, pauses: usize) -> Tally {
    let mut site = Site::new(backend);
    let mut random = fastrand::Rng::with_seed(seed);
    let mut tally = Tally::default();
    let mut workers: Vec<_> = (0..WORKERS).map(|number| start(&site, number)).collect();
    let (mut jobs, mut taken) = (0, 0);
    while tally.count < pauses {
        for _ in 0..PAUSED * JOBS {
            let bytes = site.ledger(ROWS);
            site.put(&bytes);
            jobs += 1;
        }
        random.shuffle(&mut workers);
        taken += wave(&site, &workers, &mut tally);
        tally.expect(site.settled(), || "a job hangs".to_owned());
    }
    site.whole(jobs, &mut tally);
    let count = tally.count;
    tally.told.push(format!(
        "{backend:?}: {jobs} jobs, {count} pauses, {taken} jobs taken over meanwhile and their workers refused"
    ));
    tally
}

fn start(site: &Site, number: usize) -> (usize, Process) {
    let mut command = site.worker(&site.database.url());
    let name = format!("worker-{number}");
    command.args(["--lease", &LEASE.to_string(), "--name", &name]);
    (number, Process::start(&mut command))
}

/// Stops four workers, each at a moment when it holds a job, until others have these jobs; then each of them must be refused.
/// How many jobs were taken over.
fn wave(site: &Site, workers: &[(usize, Process)], tally: &mut Tally) -> usize {
    let mut paused = Vec::new();
    for (number, worker) in workers {
        if paused.len() == PAUSED {
            break;
        }
        // Idle ones have nothing that could be taken from them.
        within(AT_WORK, || held(site, *number).is_some());
        worker.signal("STOP");
        match held(site, *number) {
            Some(claim) => paused.push((worker, claim)),
            None => worker.signal("CONT"),
        }
    }
    tally.count += paused.len();
    let (mut taken, begun) = (Vec::new(), Instant::now());
    for (worker, claim) in paused {
        let sql = format!("SELECT lease_token AS counted FROM imports WHERE id = '{}'", claim.id);
        let left = TAKEN_UP.saturating_sub(begun.elapsed());
        if within(left, || counted(&mut site.database.open(), &sql) > claim.token) {
            taken.push((worker, claim));
        }
        worker.signal("CONT");
    }
    for (worker, claim) in &taken {
        let refused = within(PATIENCE, || is_refused(&worker.log(), &claim.id));
        tally.expect(refused, || format!("nobody refused {claim:?}:\n{}", worker.log()));
    }
    taken.len()
}

/// What a worker holds.
fn held(site: &Site, number: usize) -> Option<Claim> {
    let sql = format!(
        "SELECT id, lease_token AS token FROM imports
         WHERE worker LIKE 'worker-{number}/%' AND (state = 2 OR copies_due) AND lease_until_utc IS NOT NULL"
    );
    let mut found: Vec<Claim> = diesel::sql_query(&sql).load(&mut site.database.open()).expect(&sql);
    found.pop()
}

/// Whether a worker wrote that an import is not its own any more.
fn is_refused(log: &str, id: &str) -> bool {
    log.lines()
        .any(|line| line.contains(id) && REFUSED.iter().any(|refused| line.contains(refused)))
}
