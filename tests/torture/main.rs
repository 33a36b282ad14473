//! `make torture`: holds ducha against what breaks systems like it, goal by goal, and ends with a table.
//!
//! Each goal is a module with a function that returns its line; a new one gets a place in [`GOALS`]. A goal that is
//! missed fails the run. `TORTURE_GOALS=G10,G11` runs only these.
//!
//! `ducha-torture write FOLDER` writes the hostile kinds into a folder, `ducha-torture write FOLDER SEED FIRST END` the
//! mutants of a seed, so that what was found can be looked at.

mod faults;
mod files;
mod report;

use std::process::ExitCode;
use std::time::Instant;

use report::{Line, Outcome, Report};

/// Why a goal could not be tried.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// What is promised, and what holds it.
struct Goal {
    /// Its number in the list of goals.
    number: &'static str,
    what: &'static str,
    run: fn() -> Result<Outcome, Failure>,
}

/// All goals, in the order in which they run.
const GOALS: [Goal; 10] = [
    Goal {
        number: "G1",
        what: "kill -9 of workers: 0 rows lost, 0 twice, resumed within 2 leases",
        run: faults::workers_killed,
    },
    Goal {
        number: "G2",
        what: "PostgreSQL crashes amid imports: 0 lost, 0 twice, back within 10 s",
        run: faults::database_crashed,
    },
    Goal {
        number: "G3",
        what: "kill -9 of servers: each import has its file, none acknowledged lost",
        run: faults::servers_killed,
    },
    Goal {
        number: "G4",
        what: "cut at a COMMIT: the same import again, 0 duplicates",
        run: faults::commits_cut,
    },
    Goal {
        number: "G5",
        what: "one ledger from 32 clients at once: 1 import",
        run: faults::same_ledger,
    },
    Goal {
        number: "G6",
        what: "workers paused past their lease: each job once, the stale refused",
        run: faults::workers_paused,
    },
    Goal {
        number: "G10",
        what: "hostile kinds: a typed answer within 10 s, worker < 100 MiB",
        run: files::kinds,
    },
    Goal {
        number: "G11",
        what: "mutated workbooks: 0 crashes of the worker, 0 untyped answers",
        run: files::mutants,
    },
    Goal {
        number: "G18",
        what: "10 times the calls for 60 s: excess refused, 0 lost, back within 5 s",
        run: faults::overloaded,
    },
    Goal {
        number: "G19",
        what: "SIGTERM under load: 0 calls failed that had begun, status 0 in time",
        run: faults::stopped_under_load,
    },
];

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("torture: {error}");
            ExitCode::from(2)
        }
    }
}

/// Runs what was asked for; whether every goal was reached.
fn run() -> Result<bool, Failure> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    if !arguments.is_empty() {
        return files::write(&arguments).map(|()| true);
    }
    let wanted = std::env::var("TORTURE_GOALS").unwrap_or_default();
    let chosen = |goal: &&Goal| wanted.is_empty() || wanted.split(',').any(|number| number.trim() == goal.number);
    let mut report = Report::default();
    for goal in GOALS.iter().filter(chosen) {
        eprintln!("{}: {}", goal.number, goal.what);
        let begun = Instant::now();
        let outcome = (goal.run)()?;
        report.push(Line {
            goal: goal.number,
            what: goal.what,
            outcome,
            took: begun.elapsed(),
        });
    }
    if report.is_empty() {
        return Err(format!("no goal is named {wanted:?}").into());
    }
    println!("{}", report.render());
    Ok(report.all_reached())
}

/// The number in a variable, or `default` where it is not set.
fn number(variable: &str, default: u64) -> Result<u64, Failure> {
    match std::env::var(variable) {
        Ok(text) => text
            .parse()
            .map_err(|_| format!("{variable} must be a number, found {text:?}").into()),
        Err(_) => Ok(default),
    }
}
