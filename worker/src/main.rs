//! `ducha-worker`: reads county ledgers, checks them and imports them.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ducha_worker::cli::main()
}
