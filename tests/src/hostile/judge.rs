//! Lets the real worker check files, and says what it answered and what it took.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value as Json;

use super::{Hostile, Wanted};
use crate::program::{self, most_resident};

/// KiB that the worker itself may have resident, whatever it is given.
pub const WORKER_KIB: u64 = 100 * 1024;
/// How long one file may take.
pub const PATIENCE: Duration = Duration::from_secs(10);
/// How often the memory of the processes is looked at.
const EVERY: Duration = Duration::from_millis(4);

/// What a run of `ducha-worker check` answered.
#[derive(Debug, Default)]
pub struct Answer {
    /// Exit code; `None` after a signal.
    pub status: Option<i32>,
    /// The lines of the files, in their order.
    pub files: Vec<Json>,
    /// Rules of findings, each once and in the order they came.
    pub rules: Vec<String>,
    /// Beginning of what was written to standard error.
    pub words: String,
    /// How long it took.
    pub took: Duration,
    /// The most that the worker had resident, in KiB.
    pub worker_kib: u64,
    /// The most that a child of it had resident, in KiB.
    pub child_kib: u64,
}

/// Checks a file, or every file of a folder, as a ledger of 520102, and lets copies be marked as for every upload.
///
/// # Panics
/// When the worker cannot be started.
#[must_use]
pub fn check(path: &Path) -> Answer {
    let begun = Instant::now();
    let copies = tempfile::tempdir().expect("a folder");
    let mut command = program::command("ducha-worker");
    command
        .args(["check", "--output", "json", "--division", "520102", "--marked"])
        .arg(copies.path())
        .arg("--refused")
        .arg(copies.path())
        .arg(path);
    let started = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = started.expect("the worker starts");
    let (worker, reader, done) = (AtomicU64::new(0), AtomicU64::new(0), AtomicBool::new(false));
    let process = child.id();
    let mut answer = std::thread::scope(|scope| {
        scope.spawn(|| watch(process, &worker, &reader, &done));
        let answer = listen(&mut child);
        done.store(true, Ordering::Release);
        answer
    });
    answer.took = begun.elapsed();
    (answer.worker_kib, answer.child_kib) = (worker.into_inner(), reader.into_inner());
    answer
}

fn listen(child: &mut Child) -> Answer {
    let mut answer = Answer::default();
    let errors = child.stderr.take().expect("its standard error");
    let words = std::thread::spawn(move || std::io::read_to_string(errors));
    let out = BufReader::new(child.stdout.take().expect("its standard output"));
    for line in out.lines().map_while(Result::ok) {
        let Ok(said) = serde_json::from_str::<Json>(&line) else {
            answer.words = format!("found on standard output: {line}");
            continue;
        };
        if said["type"] == "file" {
            answer.files.push(said);
        } else if let Some(rule) = said["rule"].as_str()
            && !answer.rules.iter().any(|known| known == rule)
        {
            answer.rules.push(rule.to_owned());
        }
    }
    let words = words.join().expect("its words").unwrap_or_default();
    answer.words.extend(words.chars().take(2_000));
    answer.status = child.wait().expect("its end").code();
    answer
}

fn watch(process: u32, worker: &AtomicU64, reader: &AtomicU64, done: &AtomicBool) {
    while !done.load(Ordering::Acquire) {
        worker.fetch_max(most_resident(process).unwrap_or(0), Ordering::AcqRel);
        for child in children(process) {
            reader.fetch_max(most_resident(child).unwrap_or(0), Ordering::AcqRel);
        }
        std::thread::park_timeout(EVERY);
    }
}

/// The processes that a process has started.
fn children(process: u32) -> Vec<u32> {
    let threads = std::fs::read_dir(format!("/proc/{process}/task"))
        .into_iter()
        .flatten()
        .flatten();
    let lists = threads.filter_map(|thread| std::fs::read_to_string(thread.path().join("children")).ok());
    lists
        .flat_map(|list| {
            list.split_whitespace()
                .filter_map(|id| id.parse().ok())
                .collect::<Vec<_>>()
        })
        .collect()
}

impl Answer {
    /// Why a file is refused as a whole; `None` if it is not.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.files.first().and_then(|file| file["error"]["code"].as_str())
    }

    /// What broke a promise that holds for every file; empty if nothing did.
    #[must_use]
    pub fn broken(&self) -> Vec<String> {
        let mut broken = Vec::new();
        // Where the last column of the grid is in use, no column is left for our marks, and that is told.
        let unmarked = self.status == Some(2) && self.words.contains("a sheet whose last column is in use");
        if !unmarked && !matches!(self.status, Some(0 | 1)) {
            broken.push(format!("the worker ended with {:?}: {}", self.status, self.words));
        }
        if self.worker_kib > WORKER_KIB {
            broken.push(format!(
                "the worker took {} KiB, admitted are {WORKER_KIB}",
                self.worker_kib
            ));
        }
        broken.extend(self.files.iter().filter_map(untyped));
        broken
    }
}

/// What is wrong with the answer for one file: its rows must add up, and an error have a code and both texts.
#[must_use]
pub fn untyped(file: &Json) -> Option<String> {
    let error = &file["error"];
    let texts = ["code", "message_zh", "message_en"]
        .iter()
        .all(|key| error[key].as_str().is_some_and(|text| text.len() > 3));
    let sound = match file["state"].as_str() {
        Some("rejected") => texts && file["accepted"].as_u64().unwrap_or(0) == 0,
        Some("checked") => {
            error.is_null() && file["rows"].as_u64() == Some(number(file, "accepted") + number(file, "refused"))
        }
        _ => false,
    };
    (!sound).then(|| format!("an answer out of the known set: {file}"))
}

fn number(file: &Json, key: &str) -> u64 {
    file[key].as_u64().unwrap_or(0)
}

/// What is wrong with the answer for a hostile file; empty if nothing is.
#[must_use]
pub fn against(hostile: &Hostile, answer: &Answer) -> Vec<String> {
    let mut wrong = answer.broken();
    if answer.took > PATIENCE {
        wrong.push(format!(
            "took {:.1} s, admitted are {} s",
            answer.took.as_secs_f64(),
            PATIENCE.as_secs()
        ));
    }
    let [file] = answer.files.as_slice() else {
        wrong.push(format!(
            "wanted one answer, found {}: {}",
            answer.files.len(),
            answer.words
        ));
        return wrong;
    };
    let read = |rows| answer.code().is_none() && number(file, "accepted") == rows;
    let one_of = |codes: &[&str]| answer.code().is_some_and(|code| codes.contains(&code));
    let right = match hostile.wanted {
        Wanted::Refused(codes) => one_of(codes),
        Wanted::Read(rows) => read(rows),
        Wanted::ReadOrRefused(codes) => read(1) || one_of(codes),
        Wanted::Told(rule) => answer.rules.iter().any(|found| found.starts_with(rule)),
    };
    if !right {
        let found = (answer.code(), number(file, "accepted"), &answer.rules);
        wrong.push(format!(
            "wanted {:?}, found {found:?} {}",
            hostile.wanted, file["error"]["message_en"]
        ));
    }
    wrong
        .into_iter()
        .map(|fault| format!("{}: {fault}", hostile.name))
        .collect()
}
