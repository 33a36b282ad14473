//! `HistoryService`.

mod answers;
mod cursor;
mod read;
mod watch;
mod withdraw;

use std::sync::Arc;

use ducha::v1;
use ducha::v1::history_service_server::HistoryService;
use ducha_records::Database;
use ducha_records::revisions::{self, RecordKey};
use tokio::sync::{Semaphore, watch as signal};
use tonic::{Request, Response, Status};

pub use cursor::present;
pub use read::Told;

use crate::answer::{Call, answer};
use crate::error::CallError;
use crate::export::ExportStream;
use crate::lookup;
use crate::page_token::Query;
use crate::pages;
use crate::request::Checks;

/// Feeds that may be watched at once.
const MOST_WATCHES: usize = 128;

/// The history in one database.
pub struct History {
    database: Database,
    watches: Arc<Semaphore>,
    stopped: signal::Receiver<bool>,
}

impl History {
    /// Serves what is in `database`. Feeds that wait for more end once `stopped` says so.
    #[must_use]
    pub fn new(database: Database, stopped: signal::Receiver<bool>) -> Self {
        Self {
            database,
            watches: Arc::new(Semaphore::new(MOST_WATCHES)),
            stopped,
        }
    }

    async fn list(
        &self,
        call: Call,
        request: v1::ListRevisionsRequest,
    ) -> Result<v1::ListRevisionsResponse, CallError> {
        let mut checks = Checks::default();
        checks.inspection_id("inspection_id", &request.inspection_id);
        let size = checks.page_size(request.page_size);
        let key = checks.record_key(&request);
        checks.done()?;
        let (query, before) = asked(&request)?;
        let (inspection, reach) = (request.inspection_id, call.reach());
        let scope = reach.clone();
        let personal = call.caller.sees_personal_data();
        let read = move |db: &mut ducha_records::Db| {
            lookup::inspection(db, &reach, &inspection)?;
            let page = revisions::of_record(db, &reach, &inspection, &key, before, size)?;
            if page.rows.is_empty() && before.is_none() {
                return Err(no_record(key));
            }
            let told = Told::read(db, &inspection, page.rows, personal)?;
            Ok((told, page.more))
        };
        let (told, more) = self.database.read(scope, read).await?;
        let (sequences, records): (Vec<i64>, Vec<_>) = told.messages().unzip();
        let (revisions, next) = pages::page(records, more, |_| String::new());
        // The token goes on behind the last revision that fits into the answer.
        let last = next.and_then(|_| sequences.get(revisions.len().checked_sub(1)?));
        Ok(v1::ListRevisionsResponse {
            revisions,
            next_page_token: last.map(|last| query.token(&last.to_string())).unwrap_or_default(),
        })
    }
}

/// What the tokens of a request are bound to, and the revision before which it goes on.
fn asked(request: &v1::ListRevisionsRequest) -> Result<(Query, Option<i64>), CallError> {
    let bound = v1::ListRevisionsRequest {
        page_size: 0,
        page_token: String::new(),
        ..request.clone()
    };
    let query = Query::new("ListRevisions", &request.inspection_id, &bound, 0);
    let before = query.after(&request.page_token).ok_or(CallError::PageToken)?;
    let before = match before.as_str() {
        "" => None,
        sequence => Some(sequence.parse().map_err(|_| CallError::PageToken)?),
    };
    Ok((query, before))
}

fn no_record(key: RecordKey) -> CallError {
    CallError::NoHistory(key.number)
}

#[tonic::async_trait]
impl HistoryService for History {
    type WatchChangesStream = ExportStream<v1::WatchChangesResponse>;

    async fn list_revisions(
        &self,
        request: Request<v1::ListRevisionsRequest>,
    ) -> Result<Response<v1::ListRevisionsResponse>, Status> {
        answer(request, |call, request| self.list(call, request)).await
    }

    async fn withdraw_record(
        &self,
        request: Request<v1::WithdrawRecordRequest>,
    ) -> Result<Response<v1::WithdrawRecordResponse>, Status> {
        answer(request, |call, request| self.withdraw(call, request)).await
    }

    async fn watch_changes(
        &self,
        request: Request<v1::WatchChangesRequest>,
    ) -> Result<Response<Self::WatchChangesStream>, Status> {
        answer(request, |call, request| self.watch(call, request)).await
    }
}
