//! G1 to G6, G18 and G19: programs and databases that are killed or stand still, connections that are cut, too many calls.

use std::time::Duration;

use ducha_tests::Backend;
use ducha_tests::faults::{self, Tally};

use crate::report::Outcome;
use crate::{Failure, number};

/// Where the random numbers begin, unless `TORTURE_SEED` says otherwise.
const SEED: u64 = 20_260_101;
/// How often each fault strikes, over both databases where both are meant.
const WORKERS_KILLED: usize = 200;
const CRASHES: usize = 50;
const SERVERS_KILLED: usize = 100;
const UPLOADS_CUT: usize = 100;
const IMPORTS_CUT: usize = 60;
const ROUNDS_AT_ONCE: usize = 50;
const PAUSES: usize = 200;
const STOPS: usize = 50;
/// At every call that writes.
const EVERY: usize = 1;
/// How long a server has too many calls, on each database.
const OVERLOAD: Duration = Duration::from_secs(60);

/// kill -9 of workers, at random moments and at every call that writes.
pub fn workers_killed() -> Result<Outcome, Failure> {
    let seed = number("TORTURE_SEED", SEED)?;
    Ok(on_both(|backend| {
        faults::workers_killed(backend, seed, WORKERS_KILLED / 2).and(faults::workers_killed_at_calls(backend, EVERY))
    }))
}

/// A database that crashes.
pub fn database_crashed() -> Result<Outcome, Failure> {
    let seed = number("TORTURE_SEED", SEED)?;
    Ok(outcome(faults::database_crashed(seed, CRASHES)))
}

/// kill -9 of servers.
pub fn servers_killed() -> Result<Outcome, Failure> {
    let seed = number("TORTURE_SEED", SEED)?;
    Ok(on_both(|backend| {
        faults::servers_killed(backend, seed, SERVERS_KILLED / 2)
    }))
}

/// A connection that is cut at a COMMIT.
pub fn commits_cut() -> Result<Outcome, Failure> {
    Ok(outcome(
        faults::uploads_cut(UPLOADS_CUT).and(faults::imports_cut(IMPORTS_CUT)),
    ))
}

/// The same ledger from many.
pub fn same_ledger() -> Result<Outcome, Failure> {
    Ok(on_both(|backend| faults::same_ledger(backend, ROUNDS_AT_ONCE / 2)))
}

/// Workers that stand still.
pub fn workers_paused() -> Result<Outcome, Failure> {
    let seed = number("TORTURE_SEED", SEED)?;
    Ok(on_both(|backend| faults::workers_paused(backend, seed, PAUSES / 2)))
}

/// Ten times too many calls.
pub fn overloaded() -> Result<Outcome, Failure> {
    Ok(on_both(|backend| faults::overloaded(backend, OVERLOAD)))
}

/// SIGTERM under load.
pub fn stopped_under_load() -> Result<Outcome, Failure> {
    Ok(on_both(|backend| faults::stopped_under_load(backend, STOPS / 2)))
}

fn on_both(fault: impl Fn(Backend) -> Tally) -> Outcome {
    outcome(fault(Backend::Sqlite).and(fault(Backend::Postgres)))
}

fn outcome(tally: Tally) -> Outcome {
    Outcome {
        count: tally.count,
        result: tally.to_string(),
        faults: tally.wrong,
    }
}
