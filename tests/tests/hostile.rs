//! Whatever is in a file: it is read, or refused with a code of its own, soon and in little memory; and nothing of it is
//! dropped without a word.

use std::sync::atomic::{AtomicUsize, Ordering};

use ducha_tests::hostile::{self, Hostile, judge};

/// Threads that check files: as many as the smallest machine has processors.
const THREADS: usize = 2;

/// Checks every kind, and returns what was wrong.
fn judged(kinds: &[Hostile]) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut wrong = Vec::new();
        let folder = tempfile::tempdir().unwrap();
        while let Some(kind) = kinds.get(next.fetch_add(1, Ordering::AcqRel)) {
            let path = folder.path().join(format!("台账.{}", kind.extension));
            std::fs::write(&path, &kind.bytes).unwrap();
            let answer = judge::check(&path);
            if std::env::var_os("SHOW").is_some() {
                eprintln!(
                    "{:6.2} s {:6} {:8} KiB {:?} {:?} {}",
                    answer.took.as_secs_f64(),
                    answer.worker_kib,
                    answer.child_kib,
                    answer.code(),
                    answer.rules,
                    kind.name
                );
            }
            wrong.extend(judge::against(kind, &answer));
            std::fs::remove_file(path).unwrap();
        }
        wrong
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    })
}

#[test]
fn every_hostile_kind_gets_its_answer_within_seconds_and_in_little_memory() {
    let kinds = hostile::all();
    let mut names: Vec<_> = kinds.iter().map(|kind| &kind.name).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), kinds.len(), "each kind has a name of its own");
    let wrong = judged(&kinds);
    assert!(
        wrong.is_empty(),
        "{} of {} kinds:\n{}",
        wrong.len(),
        kinds.len(),
        wrong.join("\n")
    );
}
