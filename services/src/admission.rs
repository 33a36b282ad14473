//! What every call passes before it reaches its handler: limits on what is in progress, and a deadline.
//!
//! A server that is full says so at once, with a time to try again, instead of letting calls wait unseen. It is full when it
//! has as many calls in progress as it takes, or as one connection may have, and when so many queries wait for the database
//! that another would only wait longer. Health checks always pass: a full server is not a dead one.

use std::convert::Infallible;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use ducha_records::Database;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tonic::Status;
use tonic::body::Body;
use tonic::codegen::{BoxFuture, Service, http};
use tonic::transport::server::TlsConnectInfo;

use crate::connections::Connection;
use crate::error::CallError;
use crate::observe::metrics::Metrics;
use crate::refusal::refused;

/// A call must begin to answer within this time, unless the settings say otherwise. A shorter deadline of the caller counts as
/// well.
pub const DEADLINE: Duration = Duration::from_secs(30);
/// An answer to an upload begins when the upload has ended; the handler has limits of its own for it.
const UPLOAD: &str = "/ducha.v1.LedgerService/UploadLedger";
/// Calls below this path pass unhindered.
pub const HEALTH: &str = "/grpc.health.v1.Health/";

/// How much is taken at once.
#[derive(Clone)]
pub struct Full {
    /// Places for calls in progress.
    places: Arc<Semaphore>,
    database: Database,
    /// So many queries may wait for a connection to the database.
    queries: usize,
    metrics: Arc<Metrics>,
}

impl Full {
    /// Lets `calls` be in progress at once, and `queries` wait for `database`; counts what is refused.
    #[must_use]
    pub fn new(calls: usize, queries: usize, database: Database, metrics: Arc<Metrics>) -> Self {
        Self {
            places: Arc::new(Semaphore::new(calls)),
            database,
            queries,
            metrics,
        }
    }

    /// Places for a call, or why there are none.
    fn admit(&self, request: &http::Request<Body>) -> Result<Places, CallError> {
        let refuse = |reason, error| {
            self.metrics.refuse(reason);
            error
        };
        let call = Arc::clone(&self.places).try_acquire_owned();
        let call = call.map_err(|_| refuse("calls", CallError::Busy))?;
        let connection = match of_connection(request) {
            Some(connection) => {
                let place = Arc::clone(&connection.calls).try_acquire_owned();
                Some(place.map_err(|_| refuse("connection_calls", CallError::Overloaded))?)
            }
            None => None,
        };
        if self.database.in_use().waiting >= self.queries {
            return Err(refuse("queries", CallError::Overloaded));
        }
        Ok(Places(call, connection))
    }
}

/// What a call holds until its answer begins.
struct Places(
    #[expect(dead_code, reason = "held, not looked at")] OwnedSemaphorePermit,
    #[expect(dead_code, reason = "held, not looked at")] Option<OwnedSemaphorePermit>,
);

fn of_connection(request: &http::Request<Body>) -> Option<&Connection> {
    let extensions = request.extensions();
    let plain = extensions.get::<Connection>();
    plain.or_else(|| Some(extensions.get::<TlsConnectInfo<Connection>>()?.get_ref()))
}

/// The services behind the limits.
#[derive(Clone)]
pub struct Admission<S> {
    inner: S,
    full: Full,
    deadline: Duration,
}

impl<S> Admission<S> {
    /// Lets calls in until it is full, and lets each take so long.
    pub const fn new(inner: S, full: Full, deadline: Duration) -> Self {
        Self { inner, full, deadline }
    }
}

type Answered = Result<http::Response<Body>, Infallible>;

impl<S> Service<http::Request<Body>> for Admission<S>
where
    S: Service<http::Request<Body>, Response = http::Response<Body>, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send,
{
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<Self::Response, Infallible>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        // The service that was polled ready is the one to call; its clone takes its place.
        let next = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, next);
        if request.uri().path().starts_with(HEALTH) {
            return Box::pin(inner.call(request));
        }
        let places = match self.full.admit(&request) {
            Ok(places) => places,
            Err(error) => return Box::pin(async move { Ok(refused(request, error).await) }),
        };
        let deadline = (request.uri().path() != UPLOAD).then_some(self.deadline);
        Box::pin(async move {
            let _places = places;
            match deadline {
                Some(deadline) => in_time(deadline, inner.call(request)).await,
                None => inner.call(request).await,
            }
        })
    }
}

async fn in_time(deadline: Duration, call: impl Future<Output = Answered>) -> Answered {
    match tokio::time::timeout(deadline, call).await {
        Ok(answered) => answered,
        Err(_) => {
            let message = format!("the call took more than {} s", deadline.as_secs());
            Ok(Status::deadline_exceeded(message).into_http())
        }
    }
}
