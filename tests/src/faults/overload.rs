//! G18: ten times as many calls as a server takes.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use ducha::v1::inspection_service_client::InspectionServiceClient;
use ducha::v1::ledger_service_client::LedgerServiceClient;
use ducha::v1::{GetInspectionRequest, UploadMetadata};
use tokio::task::JoinSet;
use tonic::transport::Channel;
use tonic::{Code, Status};
use uuid::Uuid;

use super::site::Site;
use super::{Tally, block_on, connected};
use crate::program::Serving;
use crate::upload::{messages, metadata};
use crate::{Backend, INSPECTION};

/// Calls that the server takes at once, and who call: ten times as many, each one call after the other.
const CAPACITY: usize = 16;
const CALLERS: usize = 10 * CAPACITY;
/// Connections that they share.
const CONNECTIONS: usize = 10;
/// Of the callers, one in so many uploads.
const UPLOADS: usize = 10;
/// Ledgers to upload for each second, and their rows.
const LEDGERS: u64 = 2;
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
    tally.expect(refused > 0 && answered > 100, || {
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
        callers.spawn(async move {
            if number % UPLOADS == 0 {
                upload(&channel, &load).await;
            }
            ask(&channel, &load).await;
        });
    }
    drop(tokio::time::timeout(time, std::future::pending::<()>()).await);
    load.over.store(true, Ordering::Relaxed);
    let ended = Instant::now();
    drop(callers.join_all().await);
    let uploaded = load.acknowledged.lock().expect("imports").len();
    let recovered = recovered(&channels[0], ended).await;
    load.over.store(false, Ordering::Relaxed);
    // What is left is uploaded by one caller alone.
    upload(&channels[0], load).await;
    (uploaded, recovered)
}

/// Asks until it is over.
async fn ask(channel: &Channel, load: &Load) {
    while !load.over.load(Ordering::Relaxed) {
        load.counts.note(get(channel).await);
    }
}

async fn get(channel: &Channel) -> Result<(), Status> {
    let request = GetInspectionRequest { id: INSPECTION.into() };
    let mut client = InspectionServiceClient::new(channel.clone());
    client.get_inspection(request).await.map(drop)
}

/// Uploads ledgers, each again until it is acknowledged, until it is over or there are no more.
async fn upload(channel: &Channel, load: &Load) {
    while let Some(bytes) = load.next() {
        let metadata = UploadMetadata {
            request_id: Uuid::now_v7().to_string(),
            ..metadata("台账.xlsx")
        };
        let mut acknowledged = false;
        while !acknowledged && !load.over.load(Ordering::Relaxed) {
            let messages = tokio_stream::iter(messages(metadata.clone(), &bytes));
            let answer = LedgerServiceClient::new(channel.clone()).upload_ledger(messages).await;
            let import = answer.map(|answer| answer.into_inner().ledger_import.map(|import| import.id));
            acknowledged = matches!(&import, Ok(Some(_)));
            load.counts
                .note(import.map(|id| load.acknowledged.lock().expect("imports").extend(id)));
        }
        if !acknowledged {
            load.ledgers.lock().expect("ledgers").push(bytes);
            return;
        }
    }
}

impl Load {
    fn next(&self) -> Option<Vec<u8>> {
        if self.over.load(Ordering::Relaxed) {
            return None;
        }
        self.ledgers.lock().expect("ledgers").pop()
    }
}

impl Counts {
    fn note(&self, answer: Result<(), Status>) {
        let counter = match answer {
            Ok(()) => &self.answered,
            Err(status) if status.code() == Code::ResourceExhausted => &self.refused,
            Err(status) => return self.wrong.lock().expect("answers").push(status),
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }
}

/// How long after the overload as many calls at once as the server takes were all answered; none if they never were in time.
async fn recovered(channel: &Channel, since: Instant) -> Option<Duration> {
    while since.elapsed() < RECOVERED {
        let mut calls = JoinSet::new();
        for _ in 0..CAPACITY {
            let channel = channel.clone();
            calls.spawn(async move { get(&channel).await.is_ok() });
        }
        if calls.join_all().await.into_iter().all(|answered| answered) {
            return Some(since.elapsed());
        }
    }
    None
}

/// Every upload was acknowledged in the end, each of them is one import, and its worker makes records of it.
fn kept(site: &Site, load: &Load, wanted: usize, tally: &mut Tally) {
    let mut acknowledged = load.acknowledged.lock().expect("imports").clone();
    acknowledged.sort();
    let mut stored: Vec<_> = site.imports().into_iter().map(|import| import.id).collect();
    stored.sort();
    tally.expect(acknowledged == stored, || {
        format!(
            "{} uploads were acknowledged, and {} imports are stored",
            acknowledged.len(),
            stored.len()
        )
    });
    site.worked(tally);
    site.whole(wanted, tally);
}
