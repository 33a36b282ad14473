//! Notices of verdicts on their way to webhooks.
//!
//! A thread of its own makes notices of new verdicts and sends what is due, several at once and one of each webhook. A receiver
//! that takes a notice answers with a status of 200 to 299; anything else, and no answer, has it sent again, with growing
//! pauses, for a day. What was sent and not noted, because the worker died, is sent again: at least once, with the same id.

mod resolve;
mod send;
mod sign;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ducha_records::codes::DeliveryState;
use ducha_records::webhooks::{self, Delivery, Failure};
use tokio::task::JoinSet;

pub use send::{SendError, Sender, Sending};

use super::Shop;
use super::link::Link;

/// How often new verdicts and due notices are looked for.
const LOOK: Duration = Duration::from_secs(1);
/// Notices that are under way at once.
const AT_ONCE: usize = 16;

/// Sends notices until `over`; what is made by then and due is tried once more.
pub(super) fn keep(shop: &Shop, over: &AtomicBool) {
    let mut link = Link::new(shop);
    loop {
        let last = over.load(Ordering::Relaxed);
        if let Err(error) = link.try_to(webhooks::make) {
            tracing::warn!(error, "notices of verdicts could not be made, and are made later");
        }
        // A receiver that did not take one is left alone until the next look: it would hold up the others each time.
        let mut left = Vec::new();
        while round(shop, &mut link, &mut left) {}
        if last {
            return;
        }
        std::thread::park_timeout(LOOK);
    }
}

/// Sends what is due, and adds to `left` the webhooks that did not take it; whether there may be more.
fn round(shop: &Shop, link: &mut Link<'_>, left: &mut Vec<String>) -> bool {
    let due = match link.try_to(|db| webhooks::claim(db, AT_ONCE, left, shop.pace)) {
        Ok(due) if due.is_empty() => return false,
        Ok(due) => due,
        Err(error) => {
            tracing::warn!(error, "due notices could not be looked for");
            return false;
        }
    };
    let sent = shop.runtime.block_on(send_all(&shop.sender, due));
    for (delivery, answer) in sent {
        if answer.is_err() {
            left.push(delivery.webhook_id.clone());
        }
        note(shop, link, &delivery, answer);
    }
    !shop.stop.is_now()
}

type Answer = Result<u16, SendError>;

async fn send_all(sender: &Sender, due: Vec<Delivery>) -> Vec<(Delivery, Answer)> {
    let mut under_way = JoinSet::new();
    for delivery in due {
        let sender = *sender;
        under_way.spawn(async move {
            let answer = sender.send(&Sending::of(&delivery)).await;
            (delivery, answer)
        });
    }
    under_way.join_all().await
}

/// Notes how a sending ended. Where that fails, the notice is sent again.
fn note(shop: &Shop, link: &mut Link<'_>, delivery: &Delivery, answer: Answer) {
    let noted = match answer {
        Ok(status) => link
            .try_to(|db| webhooks::taken(db, delivery, status))
            .map(|()| "taken"),
        Err(error) => not_taken(shop, link, delivery, &error),
    };
    match noted {
        Ok(outcome) => shop.metrics.notice(outcome),
        Err(error) => tracing::warn!(
            notice = delivery.id,
            error,
            "how a notice went could not be noted; it is sent again"
        ),
    }
}

/// Notes that a notice was not taken, and tells the log; what is counted.
fn not_taken(shop: &Shop, link: &mut Link<'_>, delivery: &Delivery, error: &SendError) -> Result<&'static str, String> {
    let (notice, webhook, attempt) = (&delivery.id, &delivery.webhook_id, delivery.attempt);
    let why = error.to_string();
    let failure = Failure {
        status: error.status(),
        why: &why,
    };
    let state = link.try_to(|db| webhooks::failed(db, delivery, failure, shop.pace))?;
    if state == Some(DeliveryState::GivenUp) {
        tracing::error!(notice, webhook, attempt, why, "a notice is given up");
        return Ok("given_up");
    }
    tracing::warn!(notice, webhook, attempt, why, "a notice was not taken");
    Ok("failed")
}
