//! An import as it goes on.

use std::time::Duration;

use chrono::Utc;
use ducha::v1::{WatchImportRequest, WatchImportResponse};
use ducha_records::codes::ImportState;
use ducha_records::imports::{self, Import};
use ducha_records::rules::Language;
use ducha_records::{Database, Db, Reach};
use tokio::sync::mpsc;

use super::{Ledgers, Told, told};
use crate::answer::Call;
use crate::error::CallError;
use crate::export::{ExportStream, Piece, send};
use crate::observe::go_on;
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
    ) -> Result<ExportStream<WatchImportResponse>, CallError> {
        let mut checks = Checks::default();
        let id = checks.uuid("import_id", &request.import_id);
        checks.done()?;
        let database = self.database.clone();
        let (language, reach) = (call.language, call.reach());
        let first = look(&database, &reach, &id).await?;
        let (sender, stream) = ExportStream::channel();
        go_on(async move {
            let watched = follow(&database, &reach, &id, first, language, &sender);
            drop(tokio::time::timeout(LONGEST, watched).await);
            send(&sender, Piece::Complete).await;
        });
        Ok(stream)
    }
}

async fn look(database: &Database, reach: &Reach, id: &str) -> Result<Seen, CallError> {
    let (reach, id) = (reach.clone(), id.to_owned());
    database.read(reach.clone(), move |db| seen(db, &reach, &id)).await
}

/// Tells an import whenever it has changed, until it is settled or its watcher gone.
async fn follow(
    database: &Database,
    reach: &Reach,
    id: &str,
    first: Seen,
    language: Language,
    sender: &mpsc::Sender<Piece<WatchImportResponse>>,
) {
    let mut seen = first;
    let mut last = None;
    loop {
        let settled = is_settled(&seen.told.row);
        let answer = seen.message(language);
        if last.as_ref() != Some(&answer) {
            last = Some(answer.clone());
            if !send(sender, Piece::Answer(answer)).await {
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
            Err(error) => {
                send(sender, Piece::Broken(error.into_status(language))).await;
                return;
            }
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
    let (mut before, mut expected) = (0, None);
    match ImportState::from_code(told.row.state) {
        Some(ImportState::Received) => before = imports::waiting_before(db, id)?,
        Some(ImportState::Checking) => expected = imports::rows_of_last(db, &told.row)?,
        _ => {}
    }
    Ok(Seen { told, before, expected })
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
