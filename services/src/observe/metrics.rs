//! The metrics of the server. Their labels have few values, all of our own making.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use ducha_records::pool::PoolUse;
use ducha_records::queue::Standing;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use tonic::Code;

use crate::error::CallError;

/// Bounds of the times until an answer begins, in seconds: from a single read to the deadline of a call.
const BOUNDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Call {
    method: &'static str,
    code: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Method {
    method: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Reason {
    reason: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct State {
    state: &'static str,
}

/// The metrics of one server.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    calls: Family<Call, Counter>,
    durations: Family<Method, Histogram, fn() -> Histogram>,
    in_progress: Gauge,
    refused: Family<Reason, Counter>,
    uploaded: Counter,
    connections: Family<State, Gauge>,
    waiting: Gauge,
    database_up: Gauge,
    imports: Family<State, Gauge>,
    rows: Gauge,
    oldest: Gauge<f64, AtomicU64>,
}

/// Why calls and connections are not let in.
const REFUSALS: [&str; 6] = [
    "calls",
    "connection_calls",
    "connections",
    "look_ups",
    "queries",
    "rate",
];

fn histogram() -> Histogram {
    Histogram::new(BOUNDS)
}

impl Default for Metrics {
    fn default() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("ducha"),
            calls: Family::default(),
            durations: Family::new_with_constructor(histogram),
            in_progress: Gauge::default(),
            refused: Family::default(),
            uploaded: Counter::default(),
            connections: Family::default(),
            waiting: Gauge::default(),
            database_up: Gauge::default(),
            imports: Family::default(),
            rows: Gauge::default(),
            oldest: Gauge::default(),
        };
        metrics.register();
        // A series that begins with its first event tells nobody that it rose.
        for reason in REFUSALS {
            drop(metrics.refused.get_or_create(&Reason { reason }));
        }
        metrics
    }
}

impl Metrics {
    /// Names end in their unit; a counter's `_total` is added as it is told.
    fn register(&mut self) {
        let Self { registry, .. } = self;
        registry.register("calls", "Calls that ended, health checks left out", self.calls.clone());
        registry.register(
            "call_duration_seconds",
            "Time until the answer of a call began",
            self.durations.clone(),
        );
        registry.register(
            "calls_in_progress",
            "Calls that have not ended",
            self.in_progress.clone(),
        );
        registry.register(
            "calls_refused",
            "Calls that were not let in, by what there was too much of",
            self.refused.clone(),
        );
        registry.register("upload_bytes", "Bytes of ledgers that came in", self.uploaded.clone());
        registry.register(
            "database_connections",
            "Connections of the pool, in use and idle",
            self.connections.clone(),
        );
        registry.register(
            "database_waiting",
            "Queries that wait for a connection of the pool",
            self.waiting.clone(),
        );
        registry.register(
            "database_up",
            "Whether the database answered the last time these metrics were asked for",
            self.database_up.clone(),
        );
        registry.register("imports", "Imports by state", self.imports.clone());
        registry.register(
            "imported_rows",
            "Rows of applied ledgers that made or changed a record",
            self.rows.clone(),
        );
        registry.register(
            "oldest_queued_import_age_seconds",
            "Time since the oldest import was handed in that waits or is worked on; 0 without any",
            self.oldest.clone(),
        );
    }

    pub(super) const fn registry(&self) -> &Registry {
        &self.registry
    }

    /// A call begins; it ends when what is returned is dropped.
    pub(super) fn begin(self: &Arc<Self>, method: &'static str) -> Seen {
        self.in_progress.inc();
        Seen {
            metrics: Arc::clone(self),
            method,
            // Whoever goes away before the answer was there in whole.
            status: Code::Cancelled,
        }
    }

    /// A call was not let in.
    pub fn refuse(&self, reason: &'static str) {
        self.refused.get_or_create(&Reason { reason }).inc();
    }

    /// A call was not let in, if that is what the error says.
    pub fn refused_for(&self, error: &CallError) {
        match error {
            CallError::RateLimited { .. } => self.refuse("rate"),
            CallError::Overloaded => self.refuse("look_ups"),
            _ => {}
        }
    }

    /// Bytes of an upload came in.
    pub fn upload(&self, bytes: usize) {
        self.uploaded.inc_by(bytes as u64);
    }

    pub(super) fn pool(&self, used: PoolUse) {
        for (state, connections) in [("in_use", used.in_use), ("idle", used.idle)] {
            self.connections.get_or_create(&State { state }).set(connections as i64);
        }
        self.waiting.set(used.waiting as i64);
    }

    /// How the queue stands; `None`: the database does not answer.
    pub(super) fn queue(&self, standing: Option<&Standing>) {
        self.database_up.set(standing.is_some().into());
        let Some(standing) = standing else { return };
        for (state, imports) in &standing.imports {
            let state = State { state: state.token() };
            self.imports.get_or_create(&state).set(*imports);
        }
        self.rows.set(standing.rows);
        self.oldest.set(standing.oldest_seconds);
    }
}

/// A call that is under way.
#[derive(Debug)]
pub struct Seen {
    metrics: Arc<Metrics>,
    method: &'static str,
    status: Code,
}

impl Seen {
    /// Its answer begins, and may have its status already.
    pub(super) fn answered(&mut self, took: Duration, status: Option<Code>) {
        let method = Method { method: self.method };
        let durations = self.metrics.durations.get_or_create(&method);
        durations.observe(took.as_secs_f64());
        if let Some(status) = status {
            self.status = status;
        }
    }

    pub(super) const fn ended(&mut self, status: Code) {
        self.status = status;
    }
}

impl Drop for Seen {
    fn drop(&mut self) {
        self.metrics.in_progress.dec();
        let call = Call {
            method: self.method,
            code: name(self.status),
        };
        self.metrics.calls.get_or_create(&call).inc();
    }
}

/// The name of a code, as gRPC writes it.
pub(super) const fn name(code: Code) -> &'static str {
    match code {
        Code::Ok => "OK",
        Code::Cancelled => "CANCELLED",
        Code::Unknown => "UNKNOWN",
        Code::InvalidArgument => "INVALID_ARGUMENT",
        Code::DeadlineExceeded => "DEADLINE_EXCEEDED",
        Code::NotFound => "NOT_FOUND",
        Code::AlreadyExists => "ALREADY_EXISTS",
        Code::PermissionDenied => "PERMISSION_DENIED",
        Code::ResourceExhausted => "RESOURCE_EXHAUSTED",
        Code::FailedPrecondition => "FAILED_PRECONDITION",
        Code::Aborted => "ABORTED",
        Code::OutOfRange => "OUT_OF_RANGE",
        Code::Unimplemented => "UNIMPLEMENTED",
        Code::Internal => "INTERNAL",
        Code::Unavailable => "UNAVAILABLE",
        Code::DataLoss => "DATA_LOSS",
        Code::Unauthenticated => "UNAUTHENTICATED",
    }
}
