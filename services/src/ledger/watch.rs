//! An import as it goes on.

use std::time::Duration;

use chrono::Utc;
use ducha::v1::{WatchImportRequest, WatchImportResponse};
use ducha_records::codes::ImportState;
use ducha_records::imports::{self, Import};
use ducha_records::rules::Language;
use ducha_records::{Database, Db, Reach};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::{Answers, Ledgers, Told, told};
use crate::answer::Call;
use crate::error::CallError;
use crate::request::Checks;

/// How often a watched import is looked at.
const LOOK: Duration = Duration::from_millis(500);
/// A watch is ended after this time; its client calls again.
const LONGEST: Duration = Duration::from_secs(25 * 60);

/// What is told of an import at one moment.
struct Seen {
    told: Told,
    /// Imports that wait before it.
    before: i64,
    /// Rows of the last applied ledger of its division.
    expected: Option<i64>,
}

impl Ledgers {
    pub(super) async fn watch(
        &self,
        call: Call,
        request: WatchImportRequest,
    ) -> Result<Answers<WatchImportResponse>, CallError> {
        let mut checks = Checks::default();
        let id = checks.uuid("import_id", &request.import_id);
        checks.done()?;
        let database = self.database.clone();
        let (language, reach) = (call.language, call.reach());
        let first = look(&database, &reach, &id).await?;
        let (sender, answers) = mpsc::channel(1);
        tokio::spawn(async move {
            let watched = follow(&database, &reach, &id, first, language, &sender);
            drop(tokio::time::timeout(LONGEST, watched).await);
        });
        Ok(Box::pin(ReceiverStream::new(answers)))
    }
}

async fn look(database: &Database, reach: &Reach, id: &str) -> Result<Seen, CallError> {
    let (reach, id) = (reach.clone(), id.to_owned());
    database.run(move |db| seen(db, &reach, &id)).await
}

/// Tells an import whenever it has changed, until it is settled or its watcher gone.
async fn follow(
    database: &Database,
    reach: &Reach,
    id: &str,
    first: Seen,
    language: Language,
    sender: &mpsc::Sender<Result<WatchImportResponse, tonic::Status>>,
) {
    let mut seen = first;
    let mut last = None;
    loop {
        let settled = is_settled(&seen.told.row);
        let answer = seen.message(language);
        if last.as_ref() != Some(&answer) {
            last = Some(answer.clone());
            if sender.send(Ok(answer)).await.is_err() {
                return;
            }
        }
        if settled {
            return;
        }
        // Until it is time to look again, or the watcher is gone.
        if tokio::time::timeout(LOOK, sender.closed()).await.is_ok() {
            return;
        }
        seen = match look(database, reach, id).await {
            Ok(seen) => seen,
            Err(error) => return drop(sender.send(Err(error.into_status(language))).await),
        };
    }
}

/// Whether no worker changes an import unless someone says so, and the workbooks made of it are there.
fn is_settled(import: &Import) -> bool {
    let state = ImportState::from_code(import.state);
    !import.copies_due && state.is_none_or(|state| state.is_final() || state == ImportState::Planned)
}

fn seen(db: &mut Db, reach: &Reach, id: &str) -> Result<Seen, CallError> {
    let told = told(db, reach, id)?;
    let waits = told.row.state == ImportState::Received.code();
    Ok(Seen {
        before: match waits {
            true => imports::waiting_before(db, id)?,
            false => 0,
        },
        expected: imports::rows_of_last(db, &told.row)?,
        told,
    })
}

impl Seen {
    fn message(self, language: Language) -> WatchImportResponse {
        let row = &self.told.row;
        let reading = row.state == ImportState::Checking.code() && row.rows_read > 0;
        let begun = row.started_at_utc.filter(|_| reading);
        let seconds = begun.map(|begun| (Utc::now().naive_utc() - begun).as_seconds_f64());
        let rate = seconds
            .filter(|seconds| *seconds > 0.0)
            .map(|seconds| row.rows_read as f64 / seconds);
        let left = self.expected.map(|expected| (expected - row.rows_read).max(0) as f64);
        WatchImportResponse {
            rows_per_second: rate,
            seconds_left: rate.zip(left).map(|(rate, left)| left / rate),
            queue_position: u32::try_from(self.before).unwrap_or(u32::MAX),
            ledger_import: Some(self.told.message(language)),
        }
    }
}
