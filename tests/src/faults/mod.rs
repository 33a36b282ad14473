//! What goes wrong around a program: processes that are killed or stand still, connections that are cut, a database that
//! goes away. Each fault is a function that is given how often; `make torture` and the system tests call the same ones.
//!
//! ```text
//! site       a database and a file store, with ledgers to import and what must hold afterwards
//! work       workers, and what they wrote
//! killed     kill -9 of workers at random moments
//! calls      the same at each system call that writes
//! uploads    kill -9 of servers that take ledgers in
//! at_once    the same ledger from many clients
//! paused     workers that stand still for longer than their claims hold
//! proxy      what stands between a program and PostgreSQL, and cuts the connection at a COMMIT
//! commit     servers and workers whose connections are cut so
//! postgres   a PostgreSQL of a test's own, which is told when to crash
//! crashed    what becomes of imports when it does
//! stopped    SIGTERM of a server under load
//! overload   ten times as many calls as a server takes
//! ```

mod at_once;
mod calls;
mod commit;
mod crashed;
mod killed;
mod overload;
mod paused;
mod postgres;
mod proxy;
mod site;
mod stopped;
mod uploads;
mod work;

use std::fmt;
use std::time::Duration;

use tonic::transport::Channel;

use crate::app::connect;
use crate::serving;

pub use at_once::same_ledger;
pub use calls::workers as workers_killed_at_calls;
pub use commit::{imports as imports_cut, uploads as uploads_cut};
pub use crashed::database as database_crashed;
pub use killed::workers as workers_killed;
pub use overload::calls as overloaded;
pub use paused::workers as workers_paused;
pub use stopped::under_load as stopped_under_load;
pub use uploads::servers as servers_killed;

/// No event that is waited for takes longer, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// What came of a fault that was tried many times.
#[derive(Debug, Default)]
pub struct Tally {
    /// How often it was tried.
    pub count: usize,
    /// What was counted, in a line.
    pub told: Vec<String>,
    /// What must not be.
    pub wrong: Vec<String>,
}

impl Tally {
    /// Notes what is not as it must be.
    fn expect(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.wrong.push(what());
        }
    }

    /// Adds what came of more of the same, such as on another database.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.count += other.count;
        self.told.extend(other.told);
        self.wrong.extend(other.wrong);
        self
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.told.join("; "))
    }
}

/// Runs what is asynchronous to its end, and everything that it began.
fn block_on<T>(work: impl Future<Output = T>) -> T {
    runtime().block_on(work)
}

/// What runs it, for connections that last longer than one question.
fn runtime() -> tokio::runtime::Runtime {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(2).enable_all().build();
    runtime.expect("a runtime")
}

/// A connection to a server that serves.
async fn connected(address: &str) -> Channel {
    let channel = connect(address).await;
    serving(&channel).await;
    channel
}

/// Lets time pass: a fault strikes at a moment, not at an event.
fn pass(time: Duration) {
    let ends = std::time::Instant::now() + time;
    while let Some(left) = ends.checked_duration_since(std::time::Instant::now()) {
        std::thread::park_timeout(left);
    }
}

/// Asks until the answer is yes, at most for so long; whether it was.
fn within(time: Duration, mut asked: impl FnMut() -> bool) -> bool {
    let ends = std::time::Instant::now() + time;
    loop {
        if asked() {
            return true;
        }
        if std::time::Instant::now() > ends {
            return false;
        }
        pass(LOOK);
    }
}

/// How often something is asked.
const LOOK: Duration = Duration::from_millis(20);
