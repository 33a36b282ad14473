//! One hand: claims an import, deals with it, and claims the next.

use std::time::{Duration, Instant};

use ducha_records::db::Backend;
use ducha_records::imports::Import;
use ducha_records::{Db, importing, queue, search};

use super::error::{AttemptError, RunError};
use super::held::Held;
use super::link::Link;
use super::process::{self, Outcome};
use super::{Ended, Inbox, Shop};

/// How often an idle hand looks at the queue: on SQLite it has no other way to hear of an import; on PostgreSQL it is
/// woken, and looks in case that was missed.
const LOOK_SQLITE: Duration = Duration::from_millis(500);
const LOOK_POSTGRES: Duration = Duration::from_secs(5);
/// How often an idle hand looks whether it was woken. That asks no database.
const WAKE: Duration = Duration::from_millis(100);
/// The pause after the database could not be reached; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);
/// Seconds until an import is tried again that failed for a reason outside the file, for its first attempt; each
/// further one waits four times as long.
const FIRST_RETRY: u32 = 5;

/// Works until told to stop, or until the queue is empty if the shop is open once only.
pub(super) fn work(shop: &Shop, held: &Held<'_>, inbox: Option<&Inbox>, number: usize) -> Result<Ended, RunError> {
    let name = format!("{}/{number}", shop.name);
    let (mut ended, mut pause, mut link) = (Ended::default(), FIRST_PAUSE, Link::hearing(shop));
    while !shop.stop.is_said() {
        match link.try_to(|db| queue::claim(db, &name, shop.lease)) {
            Ok(Some(import)) => {
                pause = FIRST_PAUSE;
                let refused = deal(shop, held, &mut link, import);
                ended.imports += 1;
                ended.refused += u64::from(refused);
            }
            Ok(None) if shop.once && inbox.is_none_or(Inbox::is_fed) => return Ok(ended),
            Ok(None) => idle(shop, &mut link),
            Err(error) => {
                tracing::warn!(error, "the queue cannot be reached");
                if shop.stop.within(pause) {
                    break;
                }
                pause = LONGEST_PAUSE.min(pause * 2);
            }
        }
    }
    Ok(ended)
}

/// Waits until there may be something to do.
fn idle(shop: &Shop, link: &mut Link<'_>) {
    let Ok(db) = link.db() else { return };
    if db.backend() == Backend::Sqlite {
        let _ = shop.stop.within(LOOK_SQLITE);
        return;
    }
    let begun = Instant::now();
    while begun.elapsed() < LOOK_POSTGRES {
        // An error shows again when the queue is looked at.
        if queue::heard(db).unwrap_or(true) || shop.stop.within(WAKE) {
            return;
        }
    }
}

/// Deals with one import; whether rows or the whole file were refused, or it failed.
fn deal(shop: &Shop, held: &Held<'_>, link: &mut Link<'_>, import: Import) -> bool {
    let begun = Instant::now();
    let Ok(db) = link.db() else { return false };
    let holding = held.hold(&import);
    shop.metrics.claimed();
    let copies_due = import.copies_due;
    let dealt = process::process(shop, db, &import, &holding);
    held.release(&holding);
    shop.metrics.let_go(begun.elapsed());
    // One whose copies were due had been counted with its verdict.
    if !copies_due {
        shop.metrics.dealt(dealt.as_ref().ok());
    }
    match dealt {
        Ok(outcome) => {
            let Outcome { state, rows } = outcome;
            tracing::info!(
                import = import.id,
                file = import.file_name,
                state,
                rows = rows.read(),
                refused = rows.refused,
                seconds = begun.elapsed().as_secs_f64(),
                "dealt with"
            );
            after(db);
            rows.refused > 0 || !matches!(state, "applied" | "checked" | "planned")
        }
        Err(error) => {
            failed(shop, link, &import, &error);
            true
        }
    }
}

/// What may wait until the verdict stands.
fn after(db: &mut Db) {
    if let Err(error) = importing::settle(db) {
        tracing::warn!(%error, "the log could not be copied into the database file");
    }
    if let Err(error) = search::index_pending(db, &mut |_| {}) {
        tracing::warn!(%error, "texts are not in the search index yet; the next import takes them along");
    }
}

fn failed(shop: &Shop, link: &mut Link<'_>, import: &Import, error: &AttemptError) {
    let (id, token) = (import.id.as_str(), import.lease_token);
    if error.is_over() {
        return tracing::warn!(import = id, "left to who has it now");
    }
    if error.is_stopped() {
        let given = match shop.stop.is_now() {
            true => link.try_to(|db| queue::give_back(db, id, token)),
            false => Ok(false),
        };
        return match given {
            Ok(given) => tracing::warn!(import = id, given, "stopped"),
            Err(error) => tracing::warn!(import = id, error, "stopped, and the claim runs out by itself"),
        };
    }
    tracing::error!(import = id, attempt = import.attempt, %error, "the attempt failed");
    if error.is_of_database() {
        // Its connection may be what failed; another can tell so at once, and nobody has to wait until the claim runs out.
        link.lose();
    }
    let pause = FIRST_RETRY.saturating_mul(4_u32.saturating_pow(import.attempt.unsigned_abs().saturating_sub(1)));
    match link.try_to(|db| queue::fail(db, id, token, &error.failure(), pause)) {
        Ok(Some(_)) => {}
        Ok(None) => tracing::warn!(import = id, "another has it by now"),
        Err(error) => tracing::warn!(import = id, error, "and the claim runs out by itself"),
    }
}
