//! What every call passes before it reaches its handler: a limit on calls in progress, and a deadline.
//!
//! A server that is full says so at once, with a time to try again, instead of letting calls wait unseen. Health checks
//! always pass: a full server is not a dead one.

use std::convert::Infallible;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::sync::Semaphore;
use tonic::Status;
use tonic::body::Body;
use tonic::codegen::{BoxFuture, Service, http};
use tonic::metadata::MetadataMap;

use crate::error::CallError;
use crate::language;
use crate::observe::metrics::Metrics;

/// A call must begin to answer within this time. A shorter deadline of the caller counts as well.
const DEADLINE: Duration = Duration::from_secs(30);
/// Calls below this path pass unhindered.
pub const HEALTH: &str = "/grpc.health.v1.Health/";

/// The services behind the limit.
#[derive(Clone)]
pub struct Admission<S> {
    inner: S,
    places: Arc<Semaphore>,
    metrics: Arc<Metrics>,
}

impl<S> Admission<S> {
    /// Lets `most` calls be in progress at once, and counts those that are refused.
    pub fn new(inner: S, most: usize, metrics: Arc<Metrics>) -> Self {
        Self {
            inner,
            places: Arc::new(Semaphore::new(most)),
            metrics,
        }
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
        let Ok(place) = Arc::clone(&self.places).try_acquire_owned() else {
            self.metrics.refuse("calls");
            let language = language::of(&MetadataMap::from_headers(request.headers().clone()));
            return Box::pin(async move { Ok(CallError::Busy.into_status(language).into_http()) });
        };
        Box::pin(async move {
            let _place = place;
            in_time(inner.call(request)).await
        })
    }
}

async fn in_time(call: impl Future<Output = Answered>) -> Answered {
    match tokio::time::timeout(DEADLINE, call).await {
        Ok(answered) => answered,
        Err(_) => {
            let message = format!("the call took more than {} s", DEADLINE.as_secs());
            Ok(Status::deadline_exceeded(message).into_http())
        }
    }
}
