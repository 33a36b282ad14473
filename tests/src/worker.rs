//! A worker that runs beside a server.

use std::process::{Child, Command, Stdio};

use crate::TestApp;
use crate::program;

/// `ducha-worker run` over a server's database and file store; it is killed when this is dropped.
pub struct Worker(Child);

/// The command that starts a worker over a server's database and file store.
#[must_use]
pub fn command(app: &TestApp, arguments: &[&str]) -> Command {
    let mut command = program::command("ducha-worker");
    command
        .args(["run", "--database", &app.database().url(), "--store", &app.store()])
        .args(arguments)
        .stdin(Stdio::null());
    command
}

impl Worker {
    /// Starts it.
    #[must_use]
    pub fn start(app: &TestApp, arguments: &[&str]) -> Self {
        Self(command(app, arguments).spawn().expect("the worker starts"))
    }

    /// Its process.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// Sends it a signal, such as `TERM`.
    pub fn signal(&self, name: &str) {
        program::signal(self.id(), name);
    }

    /// Waits for its end; its exit status.
    pub fn ended(mut self) -> Option<i32> {
        self.0.wait().expect("its end").code()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // It may have ended already; then there is nothing to kill.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Works the queue of a server until it is empty.
pub async fn work_once(app: &TestApp, arguments: &[&str]) -> Option<i32> {
    let mut command = command(app, arguments);
    command.arg("--once");
    let ended = tokio::task::spawn_blocking(move || program::run(&mut command))
        .await
        .expect("the worker");
    eprintln!("{}", ended.err);
    ended.status
}
