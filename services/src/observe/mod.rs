//! What is seen of every call from outside: its id, its events in the log, and its place in the metrics.
//!
//! ```text
//! observe ─► admission ─► gate ─► handlers
//! ```
//!
//! This is the outermost layer, so that calls which are refused are seen as well. Health checks are not looked at.

mod body;
mod id;
pub mod metrics;
mod told;

use std::convert::Infallible;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;

use tonic::Code;
use tonic::body::Body;
use tonic::codegen::{BoxFuture, Service, http};
use tracing::Instrument;

use self::body::{Watched, status_of};
use self::metrics::{Metrics, name};
use crate::access::policy;
use crate::admission::HEALTH;

pub use id::HEADER;
pub use told::ServerTold;

/// The method of a call that no service has: whatever its path says, it is one.
const UNKNOWN: &str = "unknown";

/// The services whose calls are looked at.
#[derive(Clone)]
pub struct Observe<S> {
    inner: S,
    metrics: Arc<Metrics>,
}

impl<S> Observe<S> {
    /// Counts calls in `metrics`.
    pub const fn new(inner: S, metrics: Arc<Metrics>) -> Self {
        Self { inner, metrics }
    }
}

impl<S> Service<http::Request<Body>> for Observe<S>
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
        let method = policy::name(request.uri().path()).unwrap_or(UNKNOWN);
        let id = id::of(request.headers());
        // Of the highest level, so that no filter takes the id from an event.
        let span = tracing::error_span!("call", method, request_id = id.to_str().unwrap_or_default());
        let mut seen = self.metrics.begin(method);
        let began = Instant::now();
        let call = async move {
            let (mut head, body) = inner.call(request).await?.into_parts();
            let took = began.elapsed();
            head.headers.insert(HEADER, id);
            // A status in the headers is that of a call that failed at once.
            let status = status_of(&head.headers);
            seen.answered(took, status);
            tracing::debug!(
                status = name(status.unwrap_or(Code::Ok)),
                micros = took.as_micros() as u64,
                "call"
            );
            Ok(http::Response::from_parts(head, Body::new(Watched::new(body, seen))))
        };
        Box::pin(call.instrument(span))
    }
}

/// Goes on with a call once its handler has answered: what is logged still belongs to it.
pub fn go_on(work: impl Future<Output = ()> + Send + 'static) {
    tokio::spawn(work.in_current_span());
}
