//! Where events go: standard error, for people or as JSON. `RUST_LOG` narrows or widens them, as in `RUST_LOG=debug`.

use std::io::{IsTerminal, stderr};

use tracing_subscriber::EnvFilter;

use crate::config::LogFormat;

/// Starts the log of this process. A second start changes nothing.
pub fn start(format: LogFormat) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let events = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(stderr().is_terminal())
        .with_writer(stderr);
    let started = match format {
        LogFormat::Human => events.try_init(),
        LogFormat::Json => events.json().with_span_list(false).try_init(),
    };
    // Another subscriber is there, as in tests: it takes the events.
    drop(started);
}
