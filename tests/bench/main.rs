//! `make bench`: what ducha costs, as ratios to floors measured in the same run.
//!
//! The floors are the least any importer must do: read the workbook with calamine's streaming reader, and write the same
//! rows with COPY or a prepared insert. A ratio above its goal fails the run.

mod connections;
mod floors;
mod import;
mod marked;
mod memory;
mod progress;
mod report;
mod serving;
mod upload;
mod workbook;

use std::path::PathBuf;
use std::process::ExitCode;

use report::Report;

/// Why a measurement could not be made.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Rows of the ledger that is measured, unless `BENCH_ROWS` says otherwise; 0 leaves imports out.
const ROWS: u32 = 100_000;
/// Rows of the large ledger that shows growth, unless `BENCH_LARGE_ROWS` says otherwise; 0 leaves it out.
const LARGE_ROWS: u32 = 1_000_000;

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::from(2)
        }
    }
}

/// Measures everything; whether every goal was met.
fn run() -> Result<bool, Failure> {
    let place = Place::find()?;
    let mut report = Report::default();
    let rows = number("BENCH_ROWS", ROWS)?;
    if rows > 0 {
        marked::measure(&place, rows, &mut report)?;
        import::measure(&place, rows, number("BENCH_LARGE_ROWS", LARGE_ROWS)?, &mut report)?;
    }
    upload::measure(&place, &mut report)?;
    progress::measure(&mut report)?;
    serving::measure(&place.server, &mut report)?;
    println!("{}", report.render());
    Ok(report.all_met())
}

fn number(variable: &str, default: u32) -> Result<u32, Failure> {
    match std::env::var(variable) {
        Ok(text) => text
            .parse()
            .map_err(|_| format!("{variable} must be a number, found {text:?}").into()),
        Err(_) => Ok(default),
    }
}

/// Where programs and databases are.
struct Place {
    worker: PathBuf,
    server: PathBuf,
    /// A folder that is removed at the end.
    folder: tempfile::TempDir,
    postgres: String,
}

impl Place {
    fn find() -> Result<Self, Failure> {
        let here = std::env::current_exe()?;
        let programs = here.parent().ok_or("this program has no folder")?;
        Ok(Self {
            worker: programs.join("ducha-worker"),
            server: programs.join("ducha-server"),
            folder: tempfile::tempdir_in(programs)?,
            postgres: std::env::var("DUCHA_TEST_POSTGRES_URL")
                .map_err(|_| "DUCHA_TEST_POSTGRES_URL is not set; run `make bench`")?,
        })
    }

    /// URL of a new SQLite database.
    fn sqlite(&self, name: &str) -> String {
        format!("sqlite://{}", self.folder.path().join(name).display())
    }
}
