//! G18: ten times as many calls as a server takes.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use ducha::v1::inspection_service_client::InspectionServiceClient;
use ducha::v1::ledger_service_client::LedgerServiceClient;
use ducha::v1::{GetInspectionRequest, UploadMetadata};
use tokio::task::JoinSet;
use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Status};
use uuid::Uuid;

use super::site::Site;
use super::{Tally, block_on};
use crate::program::{self, Serving};
use crate::upload::{messages, metadata};
use crate::{Backend, INSPECTION, serving};

/// Calls that the server takes at once, and who call: ten times as many, each one call after the other.
const CAPACITY: usize = 16;
const CALLERS: usize = 10 * CAPACITY;
/// Connections that they share.
const CONNECTIONS: usize = 10;
/// Of the callers, one in so many uploads.
const UPLOADS: usize = 10;
/// Ledgers to upload for each second, and their rows.
const LEDGERS: u64 = 5;
const ROWS: u32 = 5;
/// Once there are no more calls than it takes, it refuses none after this time.
const RECOVERED: Duration = Duration::from_secs(5);

/// What came of the calls.
#[derive(Default)]
struct Counts {
    answered: AtomicUsize,
    refused: AtomicUsize,
    /// Answered otherwise.
    wrong: Mutex<Vec<Status>>,
}

/// What the callers share.
struct Load {
    over: AtomicBool,
    counts: Counts,
    ledgers: Mutex<Vec<Vec<u8>>>,
    /// Imports of uploads that were acknowledged.
    acknowledged: Mutex<Vec<String>>,
}

/// Calls a server from ten times as many as it takes, for so long. All are answered: with what they asked for, or with
/// RESOURCE_EXHAUSTED. No upload that was acknowledged is lost, and the server recovers.
#[must_use]
pub fn calls(backend: Backend, time: Duration) -> Tally {
    let mut site = Site::new(backend);
    let mut tally = Tally::default();
    let ledgers: Vec<_> = (0..LEDGERS * time.as_secs()).map(|_| site.ledger(ROWS)).collect();
    let wanted = ledgers.len();
    let load = Arc::new(Load {
        over: AtomicBool::new(false),
        counts: Counts::default(),
        ledgers: Mutex::new(ledgers),
        acknowledged: Mutex::default(),
    });
    let server = Serving::start(site.server().env("DUCHA_MAX_CALLS", CAPACITY.to_string()));
    let (uploaded, recovered) = block_on(overload(&server.address, &load, time));
    let (answered, refused) = (
        load.counts.answered.load(Ordering::Relaxed),
        load.counts.refused.load(Ordering::Relaxed),
    );
    for status in load.counts.wrong.lock().expect("answers").iter().take(10) {
        tally.wrong.push(format!("a call was answered otherwise: {status:?}"));
    }
    tally.expect(refused > 0 && answered > 0, || {
        format!("{answered} calls were answered and {refused} refused: that is no overload")
    });
    tally.expect(recovered.is_some(), || format!("calls are refused {RECOVERED:?} later"));
    kept(&site, &load, wanted, &mut tally);
    tally.count = answered + refused;
    tally.told.push(format!(
        "{backend:?}: {} s, {answered} calls answered, {uploaded} of them uploads, {refused} refused, recovered in {:.1} s",
        time.as_secs(),
        recovered.unwrap_or(RECOVERED).as_secs_f64()
    ));
    tally
}

/// Calls for so long, then as many as the server takes: how many uploads were acknowledged meanwhile, and how long it took
/// until nobody was refused.
async fn overload(address: &str, load: &Arc<Load>, time: Duration) -> (usize, Option<Duration>) {
    let mut callers = JoinSet::new();
    let mut channels = Vec::new();
    for _ in 0..CONNECTIONS {
        channels.push(connected(address).await);
    }
    for number in 0..CALLERS {
        let (channel, load) = (channels[number % CONNECTIONS].clone(), load.clone());
        if number % UPLOADS == 0 {
            callers.spawn(upload(channel, load));
        } else {
            callers.spawn(ask(channel, load));
        }
    }
    drop(tokio::time::timeout(time, callers.join_next()).await);
    load.over.store(true, Ordering::Relaxed);
    let ended = Instant::now();
    drop(callers.join_all().await);
    let uploaded = load.acknowledged.lock().expect("imports").len();
    let recovered = recovered(&channels[0], ended).await;
    load.over.store(false, Ordering::Relaxed);
    // What is left is uploaded by one caller alone.
    upload(channels.swap_remove(0), load.clone()).await;
    (uploaded, recovered)
}
