//! `ducha-worker read`: what the reader sees. As a child of an import it writes frames.

use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode};

use super::COULD_NOT_RUN;
use super::args::ReadArgs;
use crate::reader::{ALLOCATOR_RESERVES, Limits, RESERVED, child};

pub(super) fn run(args: &ReadArgs) -> ExitCode {
    if std::env::var_os(ALLOCATOR_RESERVES).is_none() {
        // The allocator has reserved its addresses by now, and the limit on memory would count them: begin anew.
        let error = start_over();
        eprintln!("ducha-worker: this program cannot start itself: {error}");
        return ExitCode::from(COULD_NOT_RUN);
    }
    let limits = match args.limits.as_deref().map(serde_json::from_str::<Limits>) {
        None => Limits::default(),
        Some(Ok(limits)) => limits,
        Some(Err(error)) => {
            eprintln!("ducha-worker: --limits: {error}");
            return ExitCode::from(COULD_NOT_RUN);
        }
    };
    if args.frames {
        child::run(&args.file, &limits)
    } else {
        child::run_json(&args.file, &limits)
    }
}

/// The same command in the place of this one. Returns only where that failed.
fn start_over() -> std::io::Error {
    match std::env::current_exe() {
        Ok(program) => Command::new(program)
            .args(std::env::args_os().skip(1))
            .env(ALLOCATOR_RESERVES, RESERVED)
            .exec(),
        Err(error) => error,
    }
}
