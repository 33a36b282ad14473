//! Housekeeping, which every worker does: it costs a query now and then, and nobody has to be chosen for it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use ducha_records::{queue, search};

use super::Shop;
use super::link::Link;

/// How often lost workers are looked for.
const REAP: Duration = Duration::from_secs(5);
/// How often the store is swept, and how old what is swept must be.
const SWEEP: Duration = Duration::from_secs(3_600);
const OLD: TimeDelta = TimeDelta::hours(24);
/// How often texts are brought into the search index that no import took along: of what was undone or withdrawn.
const INDEX: Duration = Duration::from_secs(60);
/// How often the word to stop is looked for.
const LOOK: Duration = Duration::from_millis(500);

/// Keeps house until `over`.
pub(super) fn keep(shop: &Shop, over: &AtomicBool) {
    let mut link = Link::new(shop);
    let mut reaped: Option<Instant> = None;
    let mut swept: Option<Instant> = None;
    let mut indexed = Instant::now();
    while !over.load(Ordering::Relaxed) {
        if reaped.is_none_or(|last| last.elapsed() >= REAP) {
            reap(&mut link);
            reaped = Some(Instant::now());
        }
        if swept.is_none_or(|last| last.elapsed() >= SWEEP) {
            sweep(shop);
            forget(&mut link);
            swept = Some(Instant::now());
        }
        if indexed.elapsed() >= INDEX {
            index(&mut link);
            indexed = Instant::now();
        }
        std::thread::park_timeout(LOOK);
    }
}

fn reap(link: &mut Link<'_>) {
    match link.try_to(queue::reap) {
        Ok(0) => {}
        Ok(imports) => tracing::error!(
            imports,
            "imports were given up: their workers were lost on the last attempt"
        ),
        Err(error) => tracing::warn!(error, "could not look for lost workers"),
    }
}

fn index(link: &mut Link<'_>) {
    match link.try_to(|db| search::index_pending(db, &mut |_| {})) {
        Ok(0) => {}
        Ok(records) => tracing::info!(records, "texts were brought into the search index"),
        Err(error) => tracing::warn!(error, "texts are not in the search index yet"),
    }
}

fn forget(link: &mut Link<'_>) {
    loop {
        match link.try_to(|db| queue::forget_checks(db, queue::CHECKS_KEPT_DAYS)) {
            Ok(0) => return,
            Ok(checks) => tracing::info!(checks, "findings and workbooks of old checks were forgotten"),
            Err(error) => {
                tracing::warn!(error, "old checks could not be forgotten");
                return;
            }
        }
    }
}

fn sweep(shop: &Shop) {
    match shop.runtime.block_on(shop.store.sweep(OLD)) {
        Ok(0) => {}
        Ok(files) => tracing::info!(files, "unfinished uploads were removed from the file store"),
        Err(error) => tracing::warn!(%error, "the file store could not be swept"),
    }
}
