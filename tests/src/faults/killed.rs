//! G1: workers that are killed in the middle of imports.

use std::time::{Duration, Instant};

use super::site::Site;
use super::work::Process;
use super::{Tally, pass};
use crate::Backend;

/// Imports, and workers that are killed over them, at the same time.
const LANES: usize = 6;
/// Rows of a ledger: three pieces.
const ROWS: u32 = 2_500;
/// Rounds until a database has as many petitions as an inspection has numbers for.
const ROUNDS: usize = 6;
/// Seconds that a claim holds: few, and twice as long as an idle worker on PostgreSQL may take to look, less a reserve.
const LEASE: u64 = 4;

/// Kills workers, `kills` or a few more, at random moments of imports that others then complete.
#[must_use]
pub fn workers(backend: Backend, seed: u64, kills: usize) -> Tally {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut tally = Tally::default();
    let (mut cut, mut longest) = (0, Duration::ZERO);
    let mut rounds = kills.div_ceil(LANES);
    while rounds > 0 {
        let mut site = Site::new(backend);
        let undisturbed = undisturbed(&mut site);
        let of_site = rounds.min(ROUNDS);
        for _ in 0..of_site {
            let (claimed, resumed) = round(&mut site, undisturbed, &mut random, &mut tally);
            cut += claimed;
            longest = longest.max(resumed);
        }
        site.whole((of_site + 1) * LANES, &mut tally);
        rounds -= of_site;
    }
    let most = Duration::from_secs(2 * LEASE);
    tally.expect(longest <= most, || {
        format!("an import was resumed after {longest:?} only")
    });
    let (count, longest) = (tally.count, longest.as_secs_f64());
    tally.told.push(format!(
        "{backend:?}: {count} kills, {cut} of them while the worker held an import, resumed within {longest:.1} s"
    ));
    tally
}

/// How long workers take whom nobody disturbs.
fn undisturbed(site: &mut Site) -> Duration {
    site.put_new(LANES, ROWS);
    let begun = Instant::now();
    let mut all: Vec<_> = (0..LANES).map(|_| start(site, &["--once"])).collect();
    for worker in &mut all {
        worker.ended();
    }
    begun.elapsed()
}

/// Kills a worker for each of some imports, and has another complete them. How many imports were in hand when it was
/// over, and how long it took until the last was taken up again.
fn round(site: &mut Site, undisturbed: Duration, random: &mut fastrand::Rng, tally: &mut Tally) -> (usize, Duration) {
    site.put_new(LANES, ROWS);
    let mut moments: Vec<_> = (0..LANES).map(|_| undisturbed.mul_f64(0.9 * random.f64())).collect();
    moments.sort();
    let begun = Instant::now();
    let mut workers: Vec<_> = (0..LANES).map(|_| start(site, &["--once"])).collect();
    for (worker, moment) in workers.iter_mut().zip(moments) {
        pass(moment.saturating_sub(begun.elapsed()));
        worker.kill();
        tally.count += 1;
    }
    let over = Instant::now();
    let in_hand = "SELECT COUNT(*) AS counted FROM imports WHERE state = 2 OR copies_due";
    let lost = site.counted(in_hand);
    let second = start(site, &["--concurrency", &LANES.to_string()]);
    let still = "SELECT COUNT(*) AS counted FROM imports
        WHERE state IN (1, 2) AND (worker IS NULL OR worker NOT LIKE 'second/%') OR (state <> 2 AND copies_due)";
    let taken = super::within(super::PATIENCE, || site.counted(still) == 0);
    tally.expect(taken, || "an import was not taken up again".to_owned());
    let resumed = over.elapsed();
    let settled = site.settled();
    tally.expect(settled, || {
        format!("an import hangs: {:?}\n{}", site.imports().last(), second.log())
    });
    (lost as usize, resumed)
}

fn start(site: &Site, arguments: &[&str]) -> Process {
    let name = if arguments.contains(&"--once") {
        "first"
    } else {
        "second"
    };
    let mut command = site.worker(&site.database.url());
    command
        .args(["--lease", &LEASE.to_string(), "--name", name])
        .args(arguments);
    Process::start(&mut command)
}
