//! G1: workers that are killed at a system call of an import that writes, one call after the other.

use std::process::{Command, Stdio};

use diesel::RunQueryDsl;
use ducha_records::codes::ImportState;

use super::Tally;
use super::site::Site;
use crate::{Backend, program};

/// Rows of a ledger.
const ROWS: u32 = 5;
/// The calls by which a worker changes anything outside itself: files, the database's log, what it tells PostgreSQL.
const CALLS: [&str; 14] = [
    "write",
    "pwrite64",
    "writev",
    "sendto",
    "sendmsg",
    "fsync",
    "fdatasync",
    "ftruncate",
    "mkdir",
    "rename",
    "renameat",
    "unlink",
    "unlinkat",
    "copy_file_range",
];
/// How `strace` ends when what it follows is killed, if not by the same signal.
const KILLED: i32 = 128 + 9;

/// Kills a worker at the first, then at every `step`-th call of each kind that one of its threads makes for a small import,
/// until it makes no more. After each, another worker completes the import.
#[must_use]
pub fn workers(backend: Backend, step: usize) -> Tally {
    let mut site = Site::new(backend);
    let mut tally = Tally::default();
    let mut imports = 0;
    for call in CALLS {
        for number in (1..).step_by(step) {
            let bytes = site.ledger(ROWS);
            site.put(&bytes);
            imports += 1;
            let killed = killed_at(&site, call, number);
            tally.count += usize::from(killed);
            completed(&site, &mut tally, || format!("after {call} number {number}"));
            if !killed {
                break;
            }
        }
    }
    site.whole(imports, &mut tally);
    let count = tally.count;
    tally.expect(count >= CALLS.len() / 2, || {
        format!("only {count} kills: strace does not do its work")
    });
    tally.told.push(format!("{backend:?}: {count} kills at a call"));
    tally
}

/// Runs a worker until a thread of it makes this call for so many times; whether one did. The reader is let go: its end is a
/// verdict on the file.
fn killed_at(site: &Site, call: &str, number: usize) -> bool {
    let worker = site.worker(&site.database.url());
    let mut command = Command::new("strace");
    command
        .args(["-f", "--detach-on=execve", "--seccomp-bpf", "-qqq", "-o", "/dev/null"])
        .args(["-e", &format!("trace={call}")])
        .args(["-e", &format!("inject={call}:signal=KILL:when={number}")])
        .arg(worker.get_program())
        .args(worker.get_args())
        .arg("--once")
        .stdin(Stdio::null())
        .current_dir(std::env::temp_dir());
    for (name, value) in worker.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let said = program::run(&mut command);
    match said.status {
        None | Some(KILLED) => true,
        Some(0) => false,
        other => panic!("strace, which scripts/install.sh installs, or its worker ended with {other:?}: {said:?}"),
    }
}

/// Another worker completes what was begun. Claims run out at once here: how soon they do is not what this is about.
fn completed(site: &Site, tally: &mut Tally, at: impl Fn() -> String) {
    let sql = "UPDATE imports SET lease_until_utc = '1970-01-01 00:00:00' WHERE lease_until_utc IS NOT NULL";
    diesel::sql_query(sql).execute(&mut site.database.open()).expect(sql);
    let said = program::run(site.worker(&site.database.url()).arg("--once"));
    tally.expect(said.status == Some(0), || format!("{}: the worker: {said:?}", at()));
    let applied = ImportState::Applied.code();
    let sql = format!("SELECT COUNT(*) AS counted FROM imports WHERE state <> {applied} OR copies_due");
    let open = site.counted(&sql);
    tally.expect(open == 0, || format!("{}: the import is not done", at()));
}
