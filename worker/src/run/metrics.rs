//! The metrics of a worker. Their labels have few values, all of our own making.

use std::sync::atomic::AtomicU64;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ducha_records::exposition::Told;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

use super::process::Outcome;

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Verdict {
    verdict: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Outcomes {
    outcome: &'static str,
}

/// The verdict of an attempt that came to none.
const ERROR: &str = "error";

/// The metrics of one worker.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    claims: Counter,
    in_hand: Gauge,
    imports: Family<Verdict, Counter>,
    rows: Family<Verdict, Counter>,
    reading: Counter<f64, AtomicU64>,
    lost: Counter,
    looked_through: Gauge<f64, AtomicU64>,
    imported: Gauge<f64, AtomicU64>,
    notices: Family<Outcomes, Counter>,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("ducha_worker"),
            claims: Counter::default(),
            in_hand: Gauge::default(),
            imports: Family::default(),
            rows: Family::default(),
            reading: Counter::default(),
            lost: Counter::default(),
            looked_through: Gauge::default(),
            imported: Gauge::default(),
            notices: Family::default(),
        };
        metrics.register();
        // A series that begins with its first event tells nobody that it rose.
        drop(metrics.imports.get_or_create(&Verdict { verdict: ERROR }));
        metrics
    }
}

impl Metrics {
    /// Names end in their unit; a counter's `_total` is added as it is told.
    fn register(&mut self) {
        let Self { registry, .. } = self;
        registry.register("claims", "Imports that were taken in hand", self.claims.clone());
        registry.register("in_hand", "Imports that are worked on", self.in_hand.clone());
        registry.register(
            "imports",
            "Imports that were dealt with, by verdict; error: the attempt failed for a reason outside the file",
            self.imports.clone(),
        );
        registry.register(
            "rows",
            "Rows of imports that were dealt with, by verdict",
            self.rows.clone(),
        );
        registry.register(
            "import_seconds",
            "Time spent on imports, from the claim to the workbooks made of them",
            self.reading.clone(),
        );
        registry.register(
            "leases_lost",
            "Claims that were lost, or called off, while the import was worked on",
            self.lost.clone(),
        );
        registry.register(
            "last_success_timestamp_seconds",
            "When the inbox was last looked through and all of its files were put away; 0: never, or there is no inbox",
            self.looked_through.clone(),
        );
        registry.register(
            "notices",
            "Sendings of notices to webhooks, by outcome: taken, failed (sent again later), given_up",
            self.notices.clone(),
        );
        registry.register(
            "last_import_timestamp_seconds",
            "When an import was last dealt with; 0: none",
            self.imported.clone(),
        );
    }

    /// A notice was sent: it is taken, failed, or given up.
    pub(super) fn notice(&self, outcome: &'static str) {
        self.notices.get_or_create(&Outcomes { outcome }).inc();
    }

    pub(super) fn claimed(&self) {
        self.claims.inc();
        self.in_hand.inc();
    }

    pub(super) fn let_go(&self, took: Duration) {
        self.in_hand.dec();
        self.reading.inc_by(took.as_secs_f64());
    }

    /// How an attempt at a verdict ended; without an outcome it failed.
    pub(super) fn dealt(&self, outcome: Option<&Outcome>) {
        let verdict = outcome.map_or(ERROR, |outcome| outcome.state);
        self.imports.get_or_create(&Verdict { verdict }).inc();
        let Some(outcome) = outcome else { return };
        self.imported.set(now());
        for (verdict, rows) in [
            ("inserted", outcome.rows.inserted),
            ("updated", outcome.rows.updated),
            ("unchanged", outcome.rows.unchanged),
            ("refused", outcome.rows.refused),
        ] {
            self.rows
                .get_or_create(&Verdict { verdict })
                .inc_by(rows.unsigned_abs());
        }
    }

    pub(super) fn lease_lost(&self) {
        self.lost.inc();
    }

    pub(super) fn inbox_done(&self) {
        self.looked_through.set(now());
    }
}

/// Seconds of the clock of this machine since 1970.
fn now() -> f64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs_f64()
}

impl Told for Metrics {
    async fn refresh(&self) {}

    fn registry(&self) -> &Registry {
        &self.registry
    }
}
