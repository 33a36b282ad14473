//! The real programs, as they were built beside the tests.

use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;

/// The path of a program of this workspace.
///
/// # Panics
/// When it was not built.
#[must_use]
pub fn path(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("the path of the test");
    // target/debug/deps/system-… stands one folder below the programs, target/release/ducha-torture beside them.
    let mut folders = test.ancestors().skip(1).take(2);
    let beside = folders
        .clone()
        .map(|folder| folder.join(name))
        .find(|path| path.is_file());
    let path = beside.unwrap_or_else(|| folders.nth(1).expect("a target folder").join(name));
    assert!(
        path.is_file(),
        "{} is missing; run `cargo build --workspace --bins` first",
        path.display()
    );
    path
}

/// A command of this program, away from the settings of whoever runs the tests.
#[must_use]
pub fn command(name: &str) -> Command {
    let mut command = Command::new(path(name));
    for (variable, _) in std::env::vars_os() {
        if variable.to_string_lossy().starts_with("DUCHA_") {
            command.env_remove(variable);
        }
    }
    command.env_remove("RUST_LOG");
    command.current_dir(std::env::temp_dir());
    command
}

/// What a command that ended said.
#[derive(Debug)]
pub struct Said {
    /// Its exit status.
    pub status: Option<i32>,
    /// What it wrote to standard output.
    pub out: String,
    /// What it wrote to standard error.
    pub err: String,
}

/// Runs a command to its end.
pub fn run(command: &mut Command) -> Said {
    let output = command.output().expect("the command runs");
    Said {
        status: output.status.code(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Sends a process a signal, such as `TERM`.
pub fn signal(process: u32, name: &str) {
    let sent = Command::new("kill")
        .arg(format!("-{name}"))
        .arg(process.to_string())
        .status();
    assert!(sent.expect("kill runs").success(), "SIG{name} to {process}");
}

/// The most memory that a process has had resident so far, in KiB; `None` once it is gone.
#[must_use]
pub fn most_resident(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

/// A program that serves; it is killed when this is dropped.
pub struct Serving {
    child: Child,
    /// Reads what it writes, so that it never waits for who does.
    log: Option<JoinHandle<String>>,
    /// Where it listens.
    pub address: String,
    /// What it wrote to standard error until it told its address.
    pub banner: String,
}

impl Serving {
    /// Starts the command, and waits for the line that tells its address.
    pub fn start(command: &mut Command) -> Self {
        let mut child = command.stderr(Stdio::piped()).spawn().expect("the server starts");
        let mut log = BufReader::new(child.stderr.take().expect("its standard error"));
        let (mut address, mut banner) = (String::new(), String::new());
        while address.is_empty() {
            let read = log.read_line(&mut banner).expect("a line");
            assert!(read > 0, "the server ended and told no address:\n{banner}");
            let told = banner.split_once("listening on");
            let told = told.and_then(|(_, rest)| rest.split_whitespace().next());
            told.unwrap_or_default().clone_into(&mut address);
        }
        let log = std::thread::spawn(move || {
            let mut rest = String::new();
            log.read_to_string(&mut rest).expect("the rest of the log");
            rest
        });
        Self {
            child,
            log: Some(log),
            address,
            banner,
        }
    }

    /// Its process.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether it has not ended.
    pub fn is_alive(&mut self) -> bool {
        self.child.try_wait().expect("its state").is_none()
    }

    /// Sends SIGTERM, and returns the exit status and what the program still wrote.
    pub fn terminate(mut self) -> (Option<i32>, String) {
        signal(self.id(), "TERM");
        let log = self.log.take().expect("a log that is read once");
        let rest = log.join().expect("the rest of the log");
        (self.child.wait().expect("its end").code(), rest)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended already; then there is nothing to kill.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
