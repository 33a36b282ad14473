//! G6: workers that stand still for longer than their claims hold.

use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::sql_types::{BigInt, Text};
use diesel::{QueryableByName, RunQueryDsl};
use ducha_records::db::Backend as Database;
use ducha_records::{Db, inspections};

use super::site::{Site, counted};
use super::work::Process;
use super::{PATIENCE, Tally, pass, within};
use crate::{Backend, INSPECTION};

/// Workers over one queue.
const WORKERS: usize = 8;
/// Of these, how many stand still at once.
const PAUSED: usize = 4;
/// Jobs for each pause.
const JOBS: usize = 5;
/// Rows of a job, and of one that is still being read when its worker was seen to have it.
const ROWS: u32 = 40;
const LONG: u32 = 1_000;
/// A worker that has read such a one comes to its commit within this time.
const TO_COMMIT: Duration = Duration::from_secs(1);
/// Seconds that a claim holds: the least there is.
const LEASE: u64 = 3;
/// A claim that ran out is taken up again within this time, even if nobody tells of it. On SQLite not if its worker stands in
/// a transaction: the others wait until it goes on.
const TAKEN_UP: Duration = Duration::from_secs(2 * LEASE + 4);
/// On PostgreSQL it is, but later by the time for which each of those who stand still may keep the others out.
const GIVEN_WAY: Duration = Duration::from_secs(2 * LEASE + PAUSED as u64 * LEASE * 4 / 3);
/// A worker takes up a job within this time, or there is none for it.
const AT_WORK: Duration = Duration::from_millis(500);
/// What a worker writes whose commit is refused by its token.
const COMMIT_REFUSED: &str = "left to who has it now";
/// The other last words of a worker on an import that is not its own any more.
const REFUSED: [&str; 4] = [
    "another has it by now",
    "the copies belong to who has the import now",
    "the copies are not stored",
    "stopped",
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

/// Lets workers stand still, `pauses` or a few more, each while it holds a job, until others have taken its job; then lets it
/// go on. In turn they are met in their commits, and wherever they are in one of five jobs for each pause.
#[must_use]
pub fn workers(backend: Backend, seed: u64, pauses: usize) -> Tally {
    let mut site = Site::new(backend);
    let mut random = fastrand::Rng::with_seed(seed);
    let mut tally = Tally::default();
    let mut workers: Vec<_> = (0..WORKERS).map(|number| start(&site, number)).collect();
    let (mut jobs, mut came) = (0, Came::default());
    let mut at_commit = false;
    while tally.count < pauses {
        random.shuffle(&mut workers);
        at_commit = !at_commit;
        let still = if at_commit {
            jobs += PAUSED;
            stopped_at_commit(&mut site, &workers)
        } else {
            jobs += PAUSED * JOBS;
            site.put_new(PAUSED * JOBS, ROWS);
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
    // SQLite does not tell who waits in a commit: on a busy machine it may be none of those that were stopped.
    let at_commits = backend == Backend::Sqlite || commits_refused > 0;
    tally.expect(at_commits, || "no commit was refused by its token".to_owned());
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

/// Stops workers that wait in their commits for the inspection, or for SQLite's one writer, which is then free: they have
/// staged their rows, and only their tokens keep them from writing these when they go on.
fn stopped_at_commit<'w>(site: &mut Site, workers: &'w [(usize, Process)]) -> Vec<Still<'w>> {
    let mut locking = site.database.open();
    match locking.backend() {
        Database::Postgres => {
            locking.batch_execute("BEGIN").expect("a transaction");
            inspections::hold(&mut locking, INSPECTION).expect("the lock");
            site.put_new(PAUSED, ROWS);
            let waiting = "SELECT COUNT(*) AS counted FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock'";
            let all = within(PATIENCE, || site.counted(waiting) == PAUSED as i64);
            assert!(all, "four workers reach their commits");
        }
        Database::Sqlite => {
            site.put_new(PAUSED, LONG);
            let reads = || workers.iter().any(|(_, worker)| worker.has_child());
            assert!(within(PATIENCE, reads), "a worker takes up a job");
            locking.batch_execute("BEGIN IMMEDIATE").expect("the lock");
            assert!(
                within(PATIENCE, || !reads()),
                "the workers come to the end of their files"
            );
            // SQLite does not tell who waits.
            pass(TO_COMMIT);
        }
    }
    let held = workers.iter().filter_map(|(number, worker)| {
        let claim = held(site, *number)?;
        worker.signal("STOP");
        Some((worker, claim))
    });
    let held = held.collect();
    locking.batch_execute("ROLLBACK").expect("an end");
    held
}

/// Lets each worker go on once another has its job, or will not have it; whose job was taken must be refused.
fn taken_over(site: &Site, mut still: Vec<Still<'_>>, came: &mut Came, tally: &mut Tally) {
    let mut taken = Vec::new();
    let mut db = site.database.open();
    let time = match db.backend() {
        Database::Sqlite => TAKEN_UP,
        Database::Postgres => GIVEN_WAY,
    };
    within(time, || {
        let (gone, left): (Vec<_>, Vec<_>) = still.drain(..).partition(|(_, claim)| is_taken(&mut db, claim));
        gone.iter().for_each(|(worker, _)| worker.signal("CONT"));
        taken.extend(gone);
        still = left;
        still.is_empty()
    });
    still.iter().for_each(|(worker, _)| worker.signal("CONT"));
    for (worker, claim) in &taken {
        let refused = within(PATIENCE, || {
            says(worker, claim, COMMIT_REFUSED) || REFUSED.iter().any(|text| says(worker, claim, text))
        });
        tally.expect(refused, || format!("nobody refused {claim:?}:\n{}", worker.log()));
        came.commits_refused += usize::from(says(worker, claim, COMMIT_REFUSED));
    }
    came.taken += taken.len();
}

fn is_taken(db: &mut Db, claim: &Claim) -> bool {
    let sql = format!("SELECT lease_token AS counted FROM imports WHERE id = '{}'", claim.id);
    counted(db, &sql) > claim.token
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
