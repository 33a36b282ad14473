//! The inbox: a folder or a bucket into which files are put. Each goes through the queue like any other, and is put away
//! when its import has ended.
//!
//! ```text
//! 520102/台账.xlsx               whose ledger it is, its folder or the head of its name says
//! inspection.toml                which inspection the files belong to, unless the command says
//! done/520102/20261126-020013-台账.xlsx       what was imported, with the workbooks made of it and a report beside it
//! refused/…                                   what was not
//! ```
//!
//! Several workers may watch one inbox: a file is known by its name, its bytes and the time of its last change, and makes
//! one import, whoever sees it.

mod away;
mod feed;

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use ducha_records::Db;
pub use ducha_records::store::Folder;

use super::link::Link;
use super::{Schedule, Shop};

/// How often the inbox is looked through if no schedule says when.
const LOOK: Duration = Duration::from_secs(5);
/// How often the imports of its files are looked at.
const TICK: Duration = Duration::from_millis(500);

/// An inbox.
pub struct Inbox {
    folder: Folder,
    /// The inspection of its files, if the command names it.
    inspection: Option<String>,
    /// Who hands its files in.
    submitter: String,
    schedule: Option<Schedule>,
    /// Imports that have not ended, by the file they are of.
    waiting: Mutex<HashMap<String, String>>,
    /// Set to have it looked through at once.
    now: AtomicBool,
    /// Set once every file that was there at the beginning is in the queue.
    fed: AtomicBool,
}

impl Inbox {
    /// An inbox that is looked through on a schedule, or every few seconds without one.
    #[must_use]
    pub fn new(folder: Folder, inspection: Option<String>, submitter: String, schedule: Option<Schedule>) -> Self {
        Self {
            folder,
            inspection,
            submitter,
            schedule,
            waiting: Mutex::default(),
            now: AtomicBool::new(false),
            fed: AtomicBool::new(false),
        }
    }

    /// Has it looked through at once.
    pub fn look_now(&self) {
        self.now.store(true, Ordering::Relaxed);
    }

    /// Whether every file that was there at the beginning is in the queue.
    pub(super) fn is_fed(&self) -> bool {
        self.fed.load(Ordering::Relaxed)
    }

    /// Feeds the queue and puts files away, until `over` and all that ended is put away.
    pub(super) fn watch(&self, shop: &Shop, over: &AtomicBool) {
        let mut due = self.first(shop);
        let mut looked = None;
        let mut link = Link::new(shop);
        // It was looked through, and what was found is still on its way.
        let mut through = false;
        loop {
            let last = over.load(Ordering::Relaxed);
            match link.db() {
                Ok(db) => {
                    let looks = !last && !shop.stop.is_said() && self.is_due(&mut due, &mut looked);
                    let fed = !looks || self.look(shop, db);
                    through = looks && fed || through && !looks;
                    if !self.put_away(shop, db) || !fed {
                        link.lose(); // it may be the connection that failed
                    } else if through && self.is_empty() {
                        shop.metrics.inbox_done();
                        through = false;
                    }
                }
                Err(error) => tracing::warn!(error, "the inbox waits for the database"),
            }
            if last {
                return;
            }
            std::thread::park_timeout(TICK);
        }
    }

    /// When it is looked through first: with a schedule when that says so, unless this is the only time.
    fn first(&self, shop: &Shop) -> Option<DateTime<Utc>> {
        let schedule = self.schedule.as_ref().filter(|_| !shop.once)?;
        schedule.next(Utc::now())
    }

    fn is_due(&self, due: &mut Option<DateTime<Utc>>, looked: &mut Option<Instant>) -> bool {
        let asked = self.now.swap(false, Ordering::Relaxed);
        let is_due = match (*due, *looked) {
            (Some(due), _) => Utc::now() >= due,
            (None, looked) => looked.is_none_or(|looked| looked.elapsed() >= LOOK),
        };
        if is_due {
            *looked = Some(Instant::now());
            *due = due.and_then(|_| self.schedule.as_ref()?.next(Utc::now()));
        }
        is_due || asked
    }

    fn is_empty(&self) -> bool {
        self.waiting.lock().is_ok_and(|waiting| waiting.is_empty())
    }

    /// Feeds the queue; whether that went well.
    fn look(&self, shop: &Shop, db: &mut Db) -> bool {
        let fed = self.feed(shop, db);
        let well = fed.is_ok();
        match fed {
            // A file that is still being copied is taken the next time; a single run waits for it.
            Ok(fed) if fed.unfinished == 0 => self.fed.store(true, Ordering::Relaxed),
            Ok(fed) => {
                tracing::info!(
                    files = fed.unfinished,
                    "files in the inbox were changed a moment ago and wait"
                );
                if self.schedule.is_some() {
                    self.look_now();
                }
            }
            Err(error) => tracing::error!(%error, "the inbox could not be looked through"),
        }
        well
    }
}
