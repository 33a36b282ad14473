//! The command line of `ducha-worker`.

mod args;
mod causes;
mod changes;
mod check;
mod import;
mod json;
mod plan_book;
mod read;
mod reasons;
mod run;
mod setup;
mod table;
mod template;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};

/// Every row is in.
const ALL_IN: u8 = 0;
/// Some rows, or whole files, were refused.
const SOME_REFUSED: u8 = 1;
/// The command could not run.
const COULD_NOT_RUN: u8 = 2;

/// Runs the command the process was started with.
#[must_use]
pub fn main() -> ExitCode {
    ducha_records::memory::take_small_pages();
    let cli = Cli::parse();
    let ended = match cli.command {
        Command::Import(args) => import::run(args),
        Command::Check(args) => check::run(args),
        Command::Run(args) => run::run(&args),
        Command::Template(args) => template::run(&args),
        Command::Read(args) => return read::run(&args),
    };
    match ended {
        Ok(true) => ExitCode::from(ALL_IN),
        Ok(false) => ExitCode::from(SOME_REFUSED),
        Err(error) => {
            eprintln!("ducha-worker: {error}");
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}
