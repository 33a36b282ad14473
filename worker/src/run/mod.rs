//! `ducha-worker run`: works the queue, for as long as it is let.
//!
//! ```text
//! hand       claims an import, has it read, checked and applied, and writes the workbooks made of it; several at once
//! held       what the hands hold; one thread renews the claims, and stops a hand whose claim is lost
//! keeper     ends imports whose workers were lost, and sweeps what dead servers left in the store
//! notices    tells divisions that want it of verdicts on their imports
//! inbox      a folder or bucket into which files are put: each goes through the queue, and then to done/ or refused/
//! schedule   when the inbox is looked through
//! metrics    what is counted of all that, for Prometheus
//! ```
//!
//! Any number of these may run side by side, on any number of machines, over one database and one store.

mod copies;
mod error;
mod hand;
mod held;
mod inbox;
mod keeper;
mod link;
pub mod metrics;
pub mod notices;
mod process;
mod report;
mod schedule;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex};
use std::time::Duration;

use ducha_records::Login;
use ducha_records::queue::Lease;
use ducha_records::store::Store;
use ducha_records::webhooks::Pace;
use tokio::runtime::Handle;

use crate::profile::Profiles;
use crate::reader::Limits;

pub use error::RunError;
pub use inbox::{Folder, Inbox};
pub use schedule::{Schedule, ZONE};

/// What the hands of one program share.
pub struct Shop {
    /// The database, and how to go in.
    pub database: Login,
    /// Where the files are.
    pub store: Store,
    /// The ledger profiles.
    pub profiles: Profiles,
    /// The program whose `read` command reads files: this one.
    pub program: PathBuf,
    /// What a file may ask of the reader.
    pub limits: Limits,
    /// What this worker is called in the queue.
    pub name: String,
    /// How long a claim holds.
    pub lease: Lease,
    /// Hands.
    pub concurrency: usize,
    /// Ends when the queue is empty, instead of waiting for more.
    pub once: bool,
    /// Runs what the store does.
    pub runtime: Handle,
    /// The word to stop.
    pub stop: Stop,
    /// Sends notices to webhooks.
    pub sender: notices::Sender,
    /// How soon they are sent again.
    pub pace: Pace,
    /// What is counted.
    pub metrics: Arc<metrics::Metrics>,
}

/// The word to stop, which wakes who waits.
#[derive(Clone, Default)]
pub struct Stop(Arc<(Mutex<bool>, Condvar)>, Arc<AtomicBool>);

impl Stop {
    /// Says it: no more work is begun.
    pub fn say(&self) {
        if let Ok(mut said) = self.0.0.lock() {
            *said = true;
        }
        self.0.1.notify_all();
    }

    /// Says that work under way shall end at once, too.
    pub fn now(&self) {
        self.1.store(true, Ordering::Relaxed);
        self.say();
    }

    /// Whether work under way shall end at once.
    #[must_use]
    pub fn is_now(&self) -> bool {
        self.1.load(Ordering::Relaxed)
    }

    /// Waits for the word, at most so long; whether it was said.
    #[must_use]
    pub fn within(&self, time: Duration) -> bool {
        let Ok(said) = self.0.0.lock() else { return true };
        match self.0.1.wait_timeout_while(said, time, |said| !*said) {
            Ok((said, _)) => *said,
            Err(_) => true,
        }
    }

    /// Whether it was said.
    #[must_use]
    pub fn is_said(&self) -> bool {
        self.within(Duration::ZERO)
    }
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ended {
    /// Imports that were worked on.
    pub imports: u64,
    /// Those of which rows, or the whole file, were refused, or which failed.
    pub refused: u64,
}

/// Works until the word to stop is said, or, if the shop is open once only, until there is no more to do.
///
/// # Errors
/// [`RunError`] when nothing can be done at all; what happens to single imports is in the queue.
pub fn run(shop: &Shop, inbox: Option<&Inbox>) -> Result<Ended, RunError> {
    let held = held::Held::new(shop);
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| held.keep(&over));
        let house = [
            scope.spawn(|| keeper::keep(shop, &over)),
            scope.spawn(|| notices::keep(shop, &over)),
        ];
        let watching = inbox.map(|inbox| {
            let over = &over;
            scope.spawn(move || inbox.watch(shop, over))
        });
        let hands: Vec<_> = (1..=shop.concurrency)
            .map(|number| {
                let held = &held;
                let feeding = inbox;
                scope.spawn(move || hand::work(shop, held, feeding, number))
            })
            .collect();
        let mut ended = Ended::default();
        let mut failed = None;
        for hand in hands {
            match hand.join() {
                Ok(Ok(of_hand)) => {
                    ended.imports += of_hand.imports;
                    ended.refused += of_hand.refused;
                }
                Ok(Err(error)) => failed = Some(error),
                Err(_) => failed = Some(RunError::Hand),
            }
        }
        over.store(true, Ordering::Relaxed);
        held.wake();
        // They look again now and then, and nobody should wait for that.
        for thread in &house {
            thread.thread().unpark();
        }
        if let Some(watching) = watching {
            // Files whose imports ended are put away before the program ends.
            if watching.join().is_err() {
                failed.get_or_insert(RunError::Hand);
            }
        }
        failed.map_or(Ok(ended), Err)
    })
}
