//! Many files at once: every hostile kind, and mutants by the thousand.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::judge::{self, Answer};
use super::mutate::Samples;
use super::{Hostile, all};

/// Files that are checked at the same time: as many as the smallest machine has processors.
const THREADS: usize = 2;
/// Mutants that one run of the worker checks: starting it costs as much as three of them.
const BATCH: u64 = 25;
/// A batch may take longer than a single file, and yet no file in it longer than that.
const BATCH_PATIENCE: Duration = Duration::from_secs(60);
/// KiB that a child may have resident on a mutant of an ordinary workbook.
const CHILD_KIB: u64 = 300 * 1024;

/// What came of many files.
#[derive(Debug, Default)]
pub struct Tally {
    /// How many were given to the worker.
    pub files: usize,
    /// How many were answered with each code, and how many were `read`.
    pub codes: BTreeMap<String, usize>,
    /// What must not be.
    pub wrong: Vec<String>,
    /// The most that a worker had resident, in KiB.
    pub worker_kib: u64,
    /// The most that a child of one had resident, in KiB.
    pub child_kib: u64,
    /// The longest that a run of the worker took.
    pub longest: Duration,
}

impl Tally {
    fn add(&mut self, answer: &Answer) {
        for file in &answer.files {
            let code = file["error"]["code"].as_str().unwrap_or("read");
            *self.codes.entry(code.to_owned()).or_default() += 1;
        }
        self.worker_kib = self.worker_kib.max(answer.worker_kib);
        self.child_kib = self.child_kib.max(answer.child_kib);
        self.longest = self.longest.max(answer.took);
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let codes: Vec<_> = self
            .codes
            .iter()
            .map(|(code, count)| format!("{code} {count}"))
            .collect();
        let (worker, child) = (self.worker_kib / 1024, self.child_kib / 1024);
        write!(
            out,
            "{} wrong of {}; worker {worker} MiB, child {child} MiB; {}",
            self.wrong.len(),
            self.files,
            codes.join(", ")
        )
    }
}

/// Checks every hostile kind, each in a run of its own.
#[must_use]
pub fn kinds() -> Tally {
    let kinds = all();
    each(kinds.len() as u64, |number, folder, tally| {
        let kind = &kinds[number as usize];
        let answer = alone(kind, folder);
        let mut tally = tally.lock().expect("no thread has panicked");
        tally.files += 1;
        tally.add(&answer);
        tally.wrong.extend(judge::against(kind, &answer));
    })
}

fn alone(kind: &Hostile, folder: &Path) -> Answer {
    let path = folder.join(format!("台账.{}", kind.extension));
    std::fs::write(&path, &kind.bytes).expect("the file");
    let answer = judge::check(&path);
    std::fs::remove_file(path).expect("the file is still there");
    answer
}

/// Checks the first `count` mutants of a seed. What is wrong names the numbers of the mutants, which make them again.
#[must_use]
pub fn mutants(samples: &Samples, seed: u64, count: u64) -> Tally {
    each(count.div_ceil(BATCH), |batch, folder, tally| {
        let numbers = batch * BATCH..count.min((batch + 1) * BATCH);
        let files = (numbers.end - numbers.start) as usize;
        let inner = tempfile::tempdir_in(folder).expect("a folder");
        for number in numbers.clone() {
            let (extension, bytes) = samples.mutant(seed, number);
            std::fs::write(inner.path().join(format!("{number:06}.{extension}")), bytes).expect("a mutant");
        }
        let answer = judge::check(inner.path());
        let mut wrong = answer.broken();
        if answer.files.len() != files {
            wrong.push(format!(
                "{} of {files} files were answered: {}",
                answer.files.len(),
                answer.words
            ));
        }
        if answer.took > BATCH_PATIENCE {
            wrong.push(format!("took {:.0} s", answer.took.as_secs_f64()));
        }
        if answer.child_kib > CHILD_KIB {
            wrong.push(format!(
                "a child took {} KiB, admitted are {CHILD_KIB}",
                answer.child_kib
            ));
        }
        let late = answer.files.iter().filter(|file| file["error"]["code"] == "F014");
        wrong.extend(late.map(|file| format!("{} took too long", file["file"])));
        let mut tally = tally.lock().expect("no thread has panicked");
        tally.files += files;
        tally.add(&answer);
        tally.wrong.extend(
            wrong
                .into_iter()
                .map(|fault| format!("seed {seed}, mutants {numbers:?}: {fault}")),
        );
    })
}

/// Does `work` for every number below `count`, each thread with a folder of its own.
fn each(count: u64, work: impl Fn(u64, &Path, &Mutex<Tally>) + Sync) -> Tally {
    let (next, tally) = (AtomicU64::new(0), Mutex::new(Tally::default()));
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                let folder = tempfile::tempdir().expect("a folder");
                loop {
                    let number = next.fetch_add(1, Ordering::AcqRel);
                    if number >= count {
                        return;
                    }
                    work(number, folder.path(), &tally);
                }
            });
        }
    });
    tally.into_inner().expect("no thread has panicked")
}
