//! The metrics as they are asked for: what stands in the database is looked at then.

use std::sync::Arc;
use std::time::Duration;

use ducha_records::exposition::Told;
use ducha_records::scope::Whole;
use ducha_records::{Database, DatabaseError, Scope, queue};
use prometheus_client::registry::Registry;

use super::metrics::Metrics;

/// Whoever asks for metrics waits no longer for the database.
const PATIENCE: Duration = Duration::from_secs(3);

/// The metrics of a server, and where it looks for them.
pub struct ServerTold {
    /// What was counted.
    pub metrics: Arc<Metrics>,
    /// The pool that calls use.
    pub pool: Database,
    /// Another, so that a server whose connections are all in use can tell so.
    pub watched: Database,
}

impl Told for ServerTold {
    async fn refresh(&self) {
        self.metrics.pool(self.pool.in_use());
        let standing = self.watched.read(Scope::Table(Whole::Imports), |db| {
            queue::standing(db).map_err(DatabaseError::from)
        });
        match tokio::time::timeout(PATIENCE, standing).await {
            Ok(Ok(standing)) => self.metrics.queue(Some(&standing)),
            Ok(Err(error)) => {
                tracing::debug!(%error, "the queue could not be counted");
                self.metrics.queue(None);
            }
            Err(_) => self.metrics.queue(None),
        }
    }

    fn registry(&self) -> &Registry {
        self.metrics.registry()
    }
}
