//! The marked copy of a large ledger.

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::memory::{child_memory, drain, watched};
use crate::report::Report;
use crate::{Failure, Place, workbook};

/// Rows in which something is found.
const FINDINGS: u32 = 1_000;
/// Each time is the best of so many.
const TIMES: usize = 3;

/// Measures a copy of `rows` rows: what it takes beyond the check, beside reading the file.
pub fn measure(place: &Place, rows: u32, report: &mut Report) -> Result<(), Failure> {
    let folder = place.folder.path().join("marked");
    let copies = folder.join("copies");
    std::fs::create_dir_all(&copies)?;
    let file = folder.join("520100-ledger.xlsx");
    let findings = FINDINGS.min(rows);
    workbook::write_spoilt(&file, rows, rows / findings)?;
    let (mut read, mut checked, mut marked) = (Duration::MAX, Duration::MAX, Duration::MAX);
    let mut mib = 0_f64;
    for _ in 0..TIMES {
        read = read.min(timed(|| reading(place, &file))?);
        checked = checked.min(timed(|| check(place, &file, None, findings).map(drop))?);
        marked = marked.min(timed(|| {
            mib = mib.max(check(place, &file, Some(&copies), findings)?);
            Ok(())
        })?);
    }
    report.told(
        format!("reading child reads {rows} rows"),
        format!("{:.3} s", read.as_secs_f64()),
    );
    report.told(
        format!("{rows} rows checked, {findings} findings"),
        format!("{:.3} s", checked.as_secs_f64()),
    );
    report.slower(
        format!("marked copy of {rows} rows, {findings} findings, beside reading"),
        marked.saturating_sub(checked),
        read,
        2.0,
    );
    report.memory("marked copy: worker, resident at most", mib, 100.0);
    let child = child_memory(place, &file)?;
    report.memory("marked copy: reading child, resident at most", child, 300.0);
    std::fs::remove_dir_all(folder)?;
    Ok(())
}

fn timed(work: impl FnOnce() -> Result<(), Failure>) -> Result<Duration, Failure> {
    let began = Instant::now();
    work()?;
    Ok(began.elapsed())
}

fn reading(place: &Place, file: &Path) -> Result<(), Failure> {
    let mut child = Command::new(&place.worker)
        .args(["read", "--frames", "--"])
        .arg(file)
        .stdout(Stdio::piped())
        .spawn()?;
    drain(&mut child)
}

/// Checks a file; the most memory the worker had resident, in MiB.
fn check(place: &Place, file: &Path, marked: Option<&Path>, findings: u32) -> Result<f64, Failure> {
    let lines = file.with_extension("json");
    let mut command = Command::new(&place.worker);
    command.args(["check", "--output", "json"]);
    if let Some(folder) = marked {
        command.arg("--marked").arg(folder);
    }
    let mut worker: Child = command.arg(file).stdout(File::create(&lines)?).spawn()?;
    let mib = watched(worker.id(), || worker.wait().map(drop).map_err(Failure::from))?;
    let told = std::fs::read_to_string(&lines)?;
    let found = told
        .lines()
        .filter(|line| line.contains("\"type\":\"finding\""))
        .count();
    if found != findings as usize {
        return Err(format!("{found} findings, wanted {findings}").into());
    }
    Ok(mib)
}
