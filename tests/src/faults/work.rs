//! Workers, and what they wrote.

use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::program::signal;

/// A program whose log is kept; it is killed when this is dropped.
pub(super) struct Process {
    child: Child,
    log: PathBuf,
    // Only kept: the log lies in it.
    _folder: TempDir,
}

impl Process {
    pub fn start(command: &mut Command) -> Self {
        let folder = tempfile::tempdir().expect("a folder for a log");
        let log = folder.path().join("log");
        let file = File::create(&log).expect("a log");
        let child = command.stdout(Stdio::null()).stderr(file).spawn();
        Self {
            child: child.expect("the program starts"),
            log,
            _folder: folder,
        }
    }

    /// Sends it a signal, such as `STOP`.
    pub fn signal(&self, name: &str) {
        signal(self.child.id(), name);
    }

    /// kill -9, and its end.
    pub fn kill(&mut self) {
        // It may have ended already; then there is nothing to kill.
        drop(self.child.kill());
        drop(self.child.wait());
    }

    /// Waits for its end; its exit status.
    pub fn ended(&mut self) -> Option<i32> {
        self.child.wait().expect("its end").code()
    }

    /// Whether it has a process of its own, such as a reader.
    pub fn has_child(&self) -> bool {
        let threads = std::fs::read_dir(format!("/proc/{}/task", self.child.id())).expect("its threads");
        threads.flatten().any(|thread| {
            // A thread may have ended meanwhile.
            let children = std::fs::read_to_string(thread.path().join("children"));
            children.is_ok_and(|children| !children.trim().is_empty())
        })
    }

    /// Whether it has not ended.
    pub fn is_alive(&mut self) -> bool {
        self.child.try_wait().expect("its state").is_none()
    }

    /// What it wrote so far.
    pub fn log(&self) -> String {
        String::from_utf8_lossy(&std::fs::read(&self.log).expect("a log")).into_owned()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}
