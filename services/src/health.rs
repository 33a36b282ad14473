//! `grpc.health.v1`: the server serves while its database answers and has the schema that this program knows.

use std::time::Duration;

use ducha::v1::{
    access_service_server, inspection_service_server, ledger_service_server, petition_service_server,
    rectification_service_server,
};
use ducha_records::migrate::{self, MigrateError};
use ducha_records::{Database, DatabaseError, Scope};
use tokio::sync::watch;
use tonic_health::ServingStatus;
use tonic_health::server::HealthReporter;

/// The names that have a health of their own; the empty one is the server as a whole.
pub const NAMES: [&str; 6] = [
    "",
    inspection_service_server::SERVICE_NAME,
    petition_service_server::SERVICE_NAME,
    rectification_service_server::SERVICE_NAME,
    ledger_service_server::SERVICE_NAME,
    access_service_server::SERVICE_NAME,
];
/// While all is well, the database is looked at this often.
const CALM: Duration = Duration::from_secs(5);
/// The first pause after it was found away; each further one is twice as long, up to [`CALM`].
const FIRST_PAUSE: Duration = Duration::from_millis(200);
/// A database that takes longer to answer is away.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is known of the database.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Condition {
    /// Not looked at yet.
    Unknown,
    /// Ready.
    Ready,
    /// It answers, but migrations are pending.
    Old,
    /// It does not answer.
    Away(String),
}

/// Why the database could not be looked at.
#[derive(Debug, thiserror::Error)]
enum LookError {
    #[error(transparent)]
    Database(#[from] DatabaseError),
    #[error(transparent)]
    Query(#[from] diesel::result::Error),
    #[error(transparent)]
    Migrate(#[from] MigrateError),
}

/// Keeps the health in step with the database, until `stop` changes.
///
/// `database` should be a pool of its own: a server whose connections are all in use is busy, not ill.
pub async fn follow(database: Database, reporter: HealthReporter, mut stop: watch::Receiver<bool>) {
    let mut known = Condition::Unknown;
    let mut pause = FIRST_PAUSE;
    loop {
        let found = look(&database).await;
        if found != known {
            tell(&found);
            report(&reporter, found == Condition::Ready).await;
        }
        pause = if found == Condition::Ready {
            CALM
        } else if known == Condition::Ready || known == Condition::Unknown {
            FIRST_PAUSE
        } else {
            CALM.min(pause * 2)
        };
        known = found;
        if tokio::time::timeout(pause, stop.changed()).await.is_ok() {
            return;
        }
    }
}

async fn look(database: &Database) -> Condition {
    match tokio::time::timeout(
        PATIENCE,
        database.read(Scope::Nobody, |db| Ok::<_, LookError>(migrate::pending(db)?)),
    )
    .await
    {
        Ok(Ok(false)) => Condition::Ready,
        Ok(Ok(true)) => Condition::Old,
        Ok(Err(error)) => Condition::Away(error.to_string()),
        Err(_) => Condition::Away(format!("no answer within {} s", PATIENCE.as_secs())),
    }
}

fn tell(condition: &Condition) {
    match condition {
        Condition::Unknown => {}
        Condition::Ready => tracing::info!("the database answers: SERVING"),
        Condition::Old => tracing::error!(
            "the database lacks migrations of this program: NOT_SERVING until `ducha-server migrate` was run"
        ),
        Condition::Away(error) => tracing::error!(error, "the database does not answer: NOT_SERVING, trying again"),
    }
}

/// Sets the health of every name.
pub async fn report(reporter: &HealthReporter, serving: bool) {
    let status = if serving {
        ServingStatus::Serving
    } else {
        ServingStatus::NotServing
    };
    for name in NAMES {
        reporter.set_service_status(name, status).await;
    }
}

/// Reports that the server is going away, and ends the streams of those who watch it: they would never end by
/// themselves, and hold the server up.
pub async fn end(mut reporter: HealthReporter) {
    report(&reporter, false).await;
    for name in NAMES {
        reporter.clear_service_status(name).await;
    }
}
