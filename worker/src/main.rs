//! `ducha-worker`: reads county ledgers, checks them and imports them.

use std::process::ExitCode;

fn main() -> ExitCode {
    ducha_worker::cli::main()
}
