//! `ducha-worker read`: what the reader sees. As a child of an import it writes frames.

use std::process::ExitCode;

use super::COULD_NOT_RUN;
use super::args::ReadArgs;
use crate::reader::{Limits, child};

pub(super) fn run(args: &ReadArgs) -> ExitCode {
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
