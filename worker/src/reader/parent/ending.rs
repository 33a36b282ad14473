//! How a child ended, and what that says about the file.

use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::process::{ChildStderr, ExitStatus};
use std::sync::mpsc::{Receiver, sync_channel};

use rustix::process::Signal;

use crate::reader::error::{Clock, Crash, ReadError};
use crate::reader::limits::Limits;

/// Bytes of standard error that are kept; the rest is read and thrown away, so that the child is not held up.
const KEPT_BYTES: u64 = 16 * 1024;
/// Exit code of a panic.
const PANICKED: i32 = 101;

/// Reads standard error on a thread of its own; its beginning comes once it has been closed.
pub(super) fn listen(out: Option<ChildStderr>) -> Receiver<String> {
    let (sender, words) = sync_channel(1);
    if let Some(out) = out {
        std::thread::spawn(move || {
            // Nobody may want it any more.
            let _ = sender.send(first_words(out));
        });
    }
    words
}

/// The beginning of what is written to `out`, which is read to its end.
fn first_words(mut out: impl Read) -> String {
    let mut kept = Vec::new();
    // A pipe that fails has said all it can.
    let _ = out.by_ref().take(KEPT_BYTES).read_to_end(&mut kept);
    let _ = std::io::copy(&mut out, &mut std::io::sink());
    String::from_utf8_lossy(&kept).into_owned()
}

/// The verdict on the file of a child that ended without its last frame.
pub(super) fn verdict(status: ExitStatus, errors: &str, limits: &Limits, otherwise: Crash) -> ReadError {
    let out_of_memory = errors.contains("memory allocation of") || errors.contains("Cannot allocate memory");
    match (status.signal(), status.code()) {
        (Some(signal), _) if signal == Signal::XCPU.as_raw() => ReadError::TimedOut {
            clock: Clock::Cpu,
            seconds: limits.cpu_seconds,
        },
        (Some(signal), _) if signal == Signal::ABORT.as_raw() && out_of_memory => ReadError::OutOfMemory,
        (Some(signal), _) => ReadError::Crashed {
            how: Crash::Signal,
            number: signal,
        },
        (None, Some(PANICKED)) if out_of_memory => ReadError::OutOfMemory,
        (None, Some(PANICKED)) => ReadError::Crashed {
            how: Crash::Panic,
            number: 0,
        },
        (None, Some(0)) | (None, None) => ReadError::Crashed {
            how: otherwise,
            number: 0,
        },
        (None, Some(code)) => ReadError::Crashed {
            how: Crash::Exit,
            number: code,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ending_has_a_verdict_of_its_own() {
        let crashed = |how, number| ReadError::Crashed { how, number };
        // Wait statuses of Unix: a signal in the low bits, an exit code in the second byte.
        for (raw, errors, wanted) in [
            (
                24,
                "",
                ReadError::TimedOut {
                    clock: Clock::Cpu,
                    seconds: 60,
                },
            ),
            (
                6,
                "memory allocation of 96000000000 bytes failed",
                ReadError::OutOfMemory,
            ),
            (6, "", crashed(Crash::Signal, 6)),
            (9, "", crashed(Crash::Signal, 9)),
            (11, "", crashed(Crash::Signal, 11)),
            (
                101 << 8,
                "thread 'main' panicked: capacity overflow",
                crashed(Crash::Panic, 0),
            ),
            (2 << 8, "", crashed(Crash::Exit, 2)),
            (0, "", crashed(Crash::CutShort, 0)),
        ] {
            let found = verdict(ExitStatus::from_raw(raw), errors, &Limits::default(), Crash::CutShort);
            assert_eq!(found, wanted, "{raw} {errors}");
        }
    }

    #[test]
    fn only_the_beginning_of_what_a_child_complains_is_kept() {
        assert_eq!(first_words(std::io::repeat(b'x').take(1_000_000)).len(), 16 * 1024);
    }
}
