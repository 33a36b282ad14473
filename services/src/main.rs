//! `ducha-server`: see [`ducha_server`] and `ducha-server --help`.

use std::process::ExitCode;

use clap::Parser;
use ducha_server::cli::Cli;
use ducha_server::commands;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ducha_records::memory::take_small_pages();
    match commands::run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("ducha-server: {error}");
            ExitCode::from(error.status())
        }
    }
}
