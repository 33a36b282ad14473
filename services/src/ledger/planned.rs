//! What a planned import would change.

use ducha::v1::{ListPlannedRowsRequest, ListPlannedRowsResponse, PlannedRow};
use ducha_records::imports;

use super::{Ledgers, import};
use crate::answer::Call;
use crate::convert;
use crate::error::CallError;
use crate::page_token::Query;
use crate::pages;
use crate::request::Checks;

impl Ledgers {
    pub(super) async fn planned(
        &self,
        call: Call,
        request: ListPlannedRowsRequest,
    ) -> Result<ListPlannedRowsResponse, CallError> {
        let mut checks = Checks::default();
        let id = checks.uuid("import_id", &request.import_id);
        let size = checks.page_size(request.page_size);
        checks.done()?;
        let (reach, asked) = (call.reach(), id.clone());
        let row = self
            .database
            .read(reach.clone(), move |db| import(db, &reach, &asked))
            .await?;
        let hash = row.plan_hash.unwrap_or_default();
        // A token of a plan that holds no more is refused: its rows may be others.
        let query = Query::new("ListPlannedRows", &id, &hash, 0);
        let after = query.after(&request.page_token).and_then(|key| position(&key));
        let after = after.ok_or(CallError::PageToken)?;
        let page = self
            .database
            .read(call.reach(), move |db| {
                Ok::<_, CallError>(imports::planned::list(db, &id, after, size)?)
            })
            .await?;
        let rows = page.rows.into_iter().map(convert::planned_row).collect();
        let (planned_rows, next) = pages::page(rows, page.more, |row: &PlannedRow| row.position.to_string());
        Ok(ListPlannedRowsResponse {
            planned_rows,
            next_page_token: next.map(|key| query.token(&key)).unwrap_or_default(),
            plan_hash: hash,
        })
    }
}

/// The key of a row, which a token carries as text. Rows are counted from 1.
fn position(key: &str) -> Option<i64> {
    if key.is_empty() { Some(0) } else { key.parse().ok() }
}
