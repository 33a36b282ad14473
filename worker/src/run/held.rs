//! What the hands hold. Claims are renewed at a third of their time; a hand whose claim is lost, or cannot be renewed
//! before it runs out, is stopped.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use ducha_records::db::Backend;
use ducha_records::imports::Import;
use ducha_records::queue;

use super::Shop;
use super::link::Link;

/// One import in a hand.
#[derive(Debug)]
pub(super) struct Holding {
    id: String,
    token: i64,
    /// Rows read so far.
    pub rows: AtomicI64,
    /// Whether the work shall end at once.
    pub stop: AtomicBool,
    renewed: Mutex<Instant>,
}

/// All that is held.
pub(super) struct Held<'a> {
    shop: &'a Shop,
    holdings: Mutex<Vec<Arc<Holding>>>,
    changed: Condvar,
}

impl<'a> Held<'a> {
    pub fn new(shop: &'a Shop) -> Self {
        Self {
            shop,
            holdings: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    /// Takes an import in hand that was claimed just now.
    pub fn hold(&self, import: &Import) -> Arc<Holding> {
        let holding = Arc::new(Holding {
            id: import.id.clone(),
            token: import.lease_token,
            rows: AtomicI64::new(0),
            stop: AtomicBool::new(false),
            renewed: Mutex::new(Instant::now()),
        });
        if let Ok(mut holdings) = self.holdings.lock() {
            holdings.push(Arc::clone(&holding));
        }
        holding
    }

    /// Lets go of it.
    pub fn release(&self, holding: &Arc<Holding>) {
        if let Ok(mut holdings) = self.holdings.lock() {
            holdings.retain(|held| !Arc::ptr_eq(held, holding));
        }
    }

    /// Wakes the thread that renews.
    pub fn wake(&self) {
        self.changed.notify_all();
    }

    /// Renews claims until `over`.
    pub fn keep(&self, over: &AtomicBool) {
        let third = Duration::from_secs(u64::from(self.shop.lease.0)) / 3;
        let pause = third.min(Duration::from_secs(1));
        let mut link = Link::new(self.shop);
        while !over.load(Ordering::Relaxed) {
            // This thread stands for the program: systemd starts another one if it hangs.
            drop(sd_notify::notify(&[sd_notify::NotifyState::Watchdog]));
            for holding in self.now() {
                self.look(&holding, third, &mut link);
            }
            let Ok(holdings) = self.holdings.lock() else { return };
            drop(self.changed.wait_timeout(holdings, pause));
        }
    }

    fn now(&self) -> Vec<Arc<Holding>> {
        self.holdings.lock().map(|held| held.clone()).unwrap_or_default()
    }

    /// Renews a claim that is a third through; its rows are told a little more often.
    fn look(&self, holding: &Holding, third: Duration, link: &mut Link<'_>) {
        if self.shop.stop.is_now() {
            holding.stop.store(true, Ordering::Relaxed);
        }
        let Ok(mut renewed) = holding.renewed.lock() else {
            return;
        };
        let (age, now) = (renewed.elapsed(), Instant::now());
        let tells = holding.rows.load(Ordering::Relaxed) > 0 && age >= TELL;
        if age < third && !tells {
            return;
        }
        match self.renew(holding, link) {
            Ok(true) => *renewed = now,
            Ok(false) => {
                tracing::warn!(
                    import = holding.id,
                    "the claim is lost: another has it, or it was called off"
                );
                self.lost(holding);
            }
            Err(error) => {
                tracing::warn!(import = holding.id, error, "the claim could not be renewed");
                let out = age >= Duration::from_secs(u64::from(self.shop.lease.0));
                // On SQLite one writer holds up all others, and whoever might claim the import as well.
                if out && !matches!(Backend::of(&self.shop.database.url), Ok(Backend::Sqlite)) {
                    self.lost(holding);
                }
            }
        }
    }

    /// Stops the hand, and counts it once.
    fn lost(&self, holding: &Holding) {
        if !holding.stop.swap(true, Ordering::Relaxed) {
            self.shop.metrics.lease_lost();
        }
    }

    fn renew(&self, holding: &Holding, link: &mut Link<'_>) -> Result<bool, String> {
        let rows = holding.rows.load(Ordering::Relaxed);
        link.try_to(|db| queue::renew(db, &holding.id, holding.token, self.shop.lease, rows))
    }
}

/// How often the rows that were read are told.
const TELL: Duration = Duration::from_secs(2);
