//! G6: workers that stand still for longer than their claims hold.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::sql_types::{BigInt, Text};
use diesel::{QueryableByName, RunQueryDsl};
use ducha_records::inspections;

use super::site::{Site, counted};
use super::work::Process;
use super::{PATIENCE, Tally, within};
use crate::{Backend, INSPECTION};

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
/// A claim that ran out is taken up again within this time, even if nobody tells of it, and if a worker that stands still
/// keeps the others out for as long as PostgreSQL lets it. On SQLite it does so until it goes on.
const TAKEN_UP: Duration = Duration::from_secs(2 * LEASE + 6);
/// A worker takes up a job within this time, or there is none for it.
const AT_WORK: Duration = Duration::from_millis(500);
/// What a worker writes whose commit is refused by its token.
const COMMIT_REFUSED: &str = "left to who has it now";
/// The other ways in which a worker finds that an import is not its own any more, or that nothing came of its work.
const REFUSED: [&str; 4] = [
    "another has it by now",
    "the copies belong to who has the import now",
    "the copies are not stored",
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

/// A worker that stands still, and what it holds.
type Still<'w> = (&'w Process, Claim);

/// What came of those that stood still.
#[derive(Default)]
struct Came {
    taken: usize,
    commits_refused: usize,
}

/// Lets workers stand still, `pauses` or a few more, each while it holds one of five jobs for each pause, until others have
/// taken its job; then lets it go on.
#[must_use]
pub fn workers(backend: Backend, seed: u64, pauses: usize) -> Tally {
    let mut site = Site::new(backend);
    let mut random = fastrand::Rng::with_seed(seed);
    let mut tally = Tally::default();
    let mut workers: Vec<_> = (0..WORKERS).map(|number| start(&site, number)).collect();
    let (mut jobs, mut came) = (0, Came::default());
    // SQLite does not tell who waits for its lock; its first wave is like the others.
    let mut at_commit = backend == Backend::Postgres;
    while tally.count < pauses {
        random.shuffle(&mut workers);
        let still = if std::mem::take(&mut at_commit) {
            jobs += PAUSED;
            stopped_at_commit(&mut site, &workers)
        } else {
            jobs += PAUSED * JOBS;
            put(&mut site, PAUSED * JOBS);
            stopped_at_work(&site, &workers)
        };
        tally.count += still.len();
        taken_over(&site, still, &mut came, &mut tally);
        let settled = site.settled();
        tally.expect(settled, || "a job hangs".to_owned());
    }
    site.whole(jobs, &mut tally);
    let (count, Came { taken, commits_refused }) = (tally.count, came);
    tally.expect(taken > 0, || "no job was taken over".to_owned());
    tally.expect(commits_refused > 0, || "no commit was refused by its token".to_owned());
    tally.told.push(format!(
        "{backend:?}: {jobs} jobs, {count} pauses, {taken} jobs taken over and their workers refused, {commits_refused} at \
         the commit"
    ));
    tally
}

fn start(site: &Site, number: usize) -> (usize, Process) {
    let mut command = site.worker(&site.database.url());
    let name = format!("worker-{number}");
    command.args(["--lease", &LEASE.to_string(), "--name", &name]);
    (number, Process::start(&mut command))
}

fn put(site: &mut Site, jobs: usize) {
    for _ in 0..jobs {
        let bytes = site.ledger(ROWS);
        site.put(&bytes);
    }
}

/// Stops four workers, each at a moment when it holds a job.
fn stopped_at_work<'w>(site: &Site, workers: &'w [(usize, Process)]) -> Vec<Still<'w>> {
    let mut still = Vec::new();
    for (number, worker) in workers {
        if still.len() == PAUSED {
            break;
        }
        // Idle ones have nothing that could be taken from them.
        within(AT_WORK, || held(site, *number).is_some());
        worker.signal("STOP");
        match held(site, *number) {
            Some(claim) => still.push((worker, claim)),
            None => worker.signal("CONT"),
        }
    }
    still
}

/// Stops four workers that wait in their commits for the inspection, which is then free.
fn stopped_at_commit<'w>(site: &mut Site, workers: &'w [(usize, Process)]) -> Vec<Still<'w>> {
    let mut locking = site.database.open();
    locking.batch_execute("BEGIN").expect("a transaction");
    inspections::hold(&mut locking, INSPECTION).expect("the lock");
    put(site, PAUSED);
    let waiting = "SELECT COUNT(*) AS counted FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let all = within(PATIENCE, || site.counted(waiting) == PAUSED as i64);
    assert!(all, "four workers reach their commits");
    let held: Vec<_> = workers
        .iter()
        .filter_map(|(number, worker)| Some((worker, held(site, *number)?)))
        .collect();
    for (worker, _) in &held {
        worker.signal("STOP");
    }
    locking.batch_execute("ROLLBACK").expect("an end");
    held
}

/// Lets workers go on once others have their jobs, or will not have them; whose job was taken must be refused.
fn taken_over(site: &Site, still: Vec<Still<'_>>, came: &mut Came, tally: &mut Tally) {
    let (mut taken, begun) = (Vec::new(), Instant::now());
    for (worker, claim) in still {
        let sql = format!("SELECT lease_token AS counted FROM imports WHERE id = '{}'", claim.id);
        let left = TAKEN_UP.saturating_sub(begun.elapsed());
        if within(left, || counted(&mut site.database.open(), &sql) > claim.token) {
            taken.push((worker, claim));
        } else {
            // On SQLite the others wait for it.
            worker.signal("CONT");
        }
    }
    for (worker, _) in &taken {
        worker.signal("CONT");
    }
    for (worker, claim) in &taken {
        let refused = within(PATIENCE, || {
            says(worker, claim, COMMIT_REFUSED) || REFUSED.iter().any(|text| says(worker, claim, text))
        });
        tally.expect(refused, || format!("nobody refused {claim:?}:\n{}", worker.log()));
        came.commits_refused += usize::from(says(worker, claim, COMMIT_REFUSED));
    }
    came.taken += taken.len();
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

/// Whether a worker wrote this of an import.
fn says(worker: &Process, claim: &Claim, text: &str) -> bool {
    worker
        .log()
        .lines()
        .any(|line| line.contains(&claim.id) && line.contains(text))
}
