//! How much memory a process has had resident.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use ducha_tests::program::most_resident;

use crate::{Failure, Place};

/// The most memory a process has had resident so far, in MiB.
pub fn resident(process: u32) -> Result<f64, Failure> {
    let kib = most_resident(process).ok_or("the process is gone")?;
    Ok(kib as f64 / 1024.0)
}

/// The most memory the reading child has resident, in MiB.
pub fn child_memory(place: &Place, file: &Path) -> Result<f64, Failure> {
    let mut child = Command::new(&place.worker)
        .args(["read", "--limits", r#"{"file_bytes":134217728}"#, "--frames", "--"])
        .arg(file)
        .stdout(Stdio::piped())
        .spawn()?;
    watched(child.id(), || drain(&mut child))
}

/// The most memory `process` has resident while `work` is done, in MiB.
pub fn watched(process: u32, work: impl FnOnce() -> Result<(), Failure>) -> Result<f64, Failure> {
    let (most, done) = (AtomicU64::new(0), AtomicBool::new(false));
    std::thread::scope(|scope| {
        scope.spawn(|| watch(process, &most, &done));
        let ended = work();
        done.store(true, Ordering::Release);
        ended
    })?;
    Ok(most.load(Ordering::Acquire) as f64 / 1024.0)
}

fn watch(process: u32, most_kib: &AtomicU64, done: &AtomicBool) {
    while !done.load(Ordering::Acquire) {
        if let Ok(mib) = resident(process) {
            most_kib.fetch_max((mib * 1024.0) as u64, Ordering::AcqRel);
        }
        std::thread::park_timeout(Duration::from_millis(5));
    }
}

/// Reads what a child says to its end.
pub fn drain(child: &mut Child) -> Result<(), Failure> {
    let mut frames = child.stdout.take().ok_or("no standard output")?;
    std::io::copy(&mut frames, &mut std::io::sink())?;
    let status = child.wait()?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("the reader ended with {status}").into())
    }
}
