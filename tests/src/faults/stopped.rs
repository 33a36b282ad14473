//! G19: SIGTERM of a server under load.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use ducha::v1::GetInspectionRequest;
use ducha::v1::inspection_service_client::InspectionServiceClient;
use tokio::task::JoinSet;
use tonic::Status;
use tonic::transport::Channel;

use super::site::Site;
use super::{Tally, block_on, connected};
use crate::program::Serving;
use crate::{Backend, INSPECTION};

/// Connections, each with [`CALLERS`].
const CONNECTIONS: usize = 4;
/// Who call over a connection, each one call after the other.
const CALLERS: usize = 4;
/// Calls that were answered before the server is told to stop.
const BEFORE: usize = 100;
/// What the server gives calls in progress.
const GRACE: Duration = Duration::from_secs(10);

/// A call that failed: when it began, and what it was answered.
type Failed = (Instant, Status);

/// Stops a server under load `times`: every call that began before is answered, and the server ends well in time.
#[must_use]
pub fn under_load(backend: Backend, times: usize) -> Tally {
    let site = Site::new(backend);
    let mut tally = Tally::default();
    let (mut answered, mut longest) = (0, Duration::ZERO);
    for _ in 0..times {
        let server = Serving::start(&mut site.server());
        let (calls, took) = block_on(stop(server, &mut tally));
        answered += calls;
        longest = longest.max(took);
    }
    tally.count = times;
    tally.expect(longest < GRACE, || format!("a server took {longest:?} to end"));
    let longest = longest.as_secs_f64();
    tally.told.push(format!(
        "{backend:?}: {answered} calls answered, ended within {longest:.1} s"
    ));
    tally
}

/// Stops a server; how many calls it answered, and how long it took to end.
async fn stop(server: Serving, tally: &mut Tally) -> (usize, Duration) {
    let (over, answered) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let mut callers = JoinSet::new();
    for _ in 0..CONNECTIONS {
        let channel = connected(&server.address).await;
        for _ in 0..CALLERS {
            callers.spawn(call(channel.clone(), over.clone(), answered.clone()));
        }
    }
    while answered.load(Ordering::Relaxed) < BEFORE {
        tokio::task::yield_now().await;
    }
    let told = Instant::now();
    let ended = tokio::task::spawn_blocking(move || server.terminate()).await;
    let (status, log) = ended.expect("its end");
    let took = told.elapsed();
    over.store(true, Ordering::Relaxed);
    tally.expect(status == Some(0), || {
        format!("the server ended with {status:?}:\n{log}")
    });
    for (began, status) in callers.join_all().await.into_iter().flatten() {
        tally.expect(began >= told, || format!("a call before the end failed: {status:?}"));
        // Whoever calls a server that is gone is told so, and nothing else.
        let unavailable = status.code() == tonic::Code::Unavailable || is_unsent(&status);
        tally.expect(unavailable, || format!("a call failed otherwise: {status:?}"));
    }
    (answered.load(Ordering::Relaxed), took)
}

/// Calls until a call fails, or it is over.
async fn call(channel: Channel, over: Arc<AtomicBool>, answered: Arc<AtomicUsize>) -> Option<Failed> {
    let mut client = InspectionServiceClient::new(channel);
    while !over.load(Ordering::Relaxed) {
        let began = Instant::now();
        let request = GetInspectionRequest { id: INSPECTION.into() };
        match client.get_inspection(request).await {
            Ok(_) => answered.fetch_add(1, Ordering::Relaxed),
            Err(status) => return Some((began, status)),
        };
    }
    None
}

/// Whether a call never left this side, since its connection was closed.
fn is_unsent(status: &Status) -> bool {
    let text = format!("{status:?}");
    text.contains("Canceled") || text.contains("GoAway")
}
