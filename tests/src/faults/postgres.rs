//! A PostgreSQL of a test's own, which is told when to crash.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// How a database ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Crash {
    /// kill -9 of all its processes.
    Kill,
    /// Its immediate shutdown.
    Immediate,
}

/// A server that is gone when this is dropped.
pub(super) struct Postgres {
    script: Child,
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    /// Its URL, for who may everything.
    pub url: String,
}

impl Postgres {
    pub fn start() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts/crashing-postgres.sh");
        let mut command = Command::new(path);
        let mut script = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the script");
        let (orders, answers) = (script.stdin.take(), script.stdout.take().expect("its answers"));
        let mut postgres = Self {
            script,
            orders,
            answers: BufReader::new(answers),
            url: String::new(),
        };
        postgres.url = postgres.ready();
        postgres
    }

    /// Has it end; it is gone then.
    pub fn crash(&mut self, how: Crash) {
        self.order(match how {
            Crash::Kill => "kill",
            Crash::Immediate => "immediate",
        });
        assert_eq!(self.answer(), "gone");
    }

    /// Has it come back; it takes connections then.
    pub fn start_again(&mut self) {
        self.order("start");
        assert_eq!(self.ready(), self.url);
    }

    fn order(&mut self, order: &str) {
        let orders = self.orders.as_mut().expect("a script that listens");
        writeln!(orders, "{order}").expect("an order");
    }

    fn ready(&mut self) -> String {
        let answer = self.answer();
        let url = answer.strip_prefix("ready ").expect("a server that is ready");
        url.to_owned()
    }

    fn answer(&mut self) -> String {
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("an answer");
        line.trim_end().to_owned()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // The end of its input is its word to end.
        drop(self.orders.take());
        drop(self.script.wait());
    }
}
