//! Metrics on a port of their own, in the text format that Prometheus reads. Both programs tell theirs this way; what they
//! tell is in each of them.
//!
//! The port is for the operator's network: it asks for no credential, and tells counts and times but nobody's data.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{ALLOW, CONTENT_TYPE, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode, body, server::conn::http1};
use hyper_util::rt::{TokioIo, TokioTimer};
use prometheus_client::encoding::text::encode;
use prometheus_client::registry::Registry;
use serde::Deserialize;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// The one path that is answered.
pub const PATH: &str = "/metrics";
const FORMAT: HeaderValue = HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");
/// Who asks for metrics are a few; more wait at the socket.
const MOST_CONNECTIONS: usize = 16;
/// A connection that sends no request within this time is closed.
const PATIENCE: Duration = Duration::from_secs(10);

/// The pause after a connection could not be taken.
const PAUSE: Duration = Duration::from_millis(200);

/// `[metrics]` of a configuration file. Both programs read it; each takes what is its own.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetricsTable {
    /// Where the server tells its metrics.
    pub listen: Option<SocketAddr>,
    /// Where the worker does.
    pub worker_listen: Option<SocketAddr>,
}

/// Where the metrics of a program come from.
pub trait Told: Send + Sync + 'static {
    /// Brings up to date what is looked at only when somebody asks.
    fn refresh(&self) -> impl Future<Output = ()> + Send;
    /// All of them.
    fn registry(&self) -> &Registry;
}

/// Answers on `listener` for as long as it is polled.
pub async fn serve(listener: TcpListener, told: Arc<impl Told>) {
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            return;
        };
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                // Most likely the process has no file left to open; it may have one later.
                tracing::warn!(%error, "a connection for metrics could not be taken");
                drop(tokio::time::timeout(PAUSE, std::future::pending::<()>()).await);
                continue;
            }
        };
        let told = Arc::clone(&told);
        tokio::spawn(async move {
            let _place = place;
            let answer = service_fn(|request| answer(Arc::clone(&told), request));
            let served = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(PATIENCE)
                .serve_connection(TokioIo::new(stream), answer);
            if let Err(error) = served.await {
                tracing::debug!(%error, "a connection for metrics broke off");
            }
        });
    }
}

async fn answer(told: Arc<impl Told>, request: Request<body::Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let mut answer = Response::new(Full::default());
    if request.uri().path() != PATH {
        *answer.status_mut() = StatusCode::NOT_FOUND;
        return Ok(answer);
    }
    if request.method() != Method::GET {
        *answer.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
        answer.headers_mut().insert(ALLOW, HeaderValue::from_static("GET"));
        return Ok(answer);
    }
    told.refresh().await;
    let mut text = String::new();
    // Writing into a String cannot fail.
    if encode(&mut text, told.registry()).is_err() {
        *answer.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        return Ok(answer);
    }
    answer.headers_mut().insert(CONTENT_TYPE, FORMAT);
    *answer.body_mut() = Full::new(Bytes::from(text));
    Ok(answer)
}
