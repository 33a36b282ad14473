//! `LedgerService`: ledgers come in, are watched, and go out.

mod download;
mod planned;
mod reasons;
mod steer;
mod template;
mod undo;
mod upload;
mod watch;

use std::sync::Arc;

use ducha::v1;
use ducha::v1::ledger_service_server::LedgerService;
use ducha_forms::profile::Profiles;
use ducha_records::audit::AuditEvent;
use ducha_records::codes::AuditOutcome;
use ducha_records::page::Page;
use ducha_records::rules::{self, Language};
use ducha_records::store::Store;
use ducha_records::{Database, Db, Reach, findings, imports};
use prost::Message;
use tonic::{Request, Response, Status, Streaming};

use crate::access::{Caller, Change, event};
use crate::answer::{Call, answer};
use crate::convert;
use crate::error::CallError;
use crate::export::ExportStream;
use crate::limits::Limiter;
use crate::lookup;
use crate::observe::metrics::Metrics;
use crate::page_token::Query;
use crate::pages;
use crate::request::{Checks, Imports};

/// Imports that are looked through for those of certain kinds in one call; the page then ends, and its token goes on.
const MOST_LOOKED_THROUGH: usize = 10_000;

/// The imports and findings of one database.
pub struct Ledgers {
    database: Database,
    store: Store,
    /// No file is larger, in bytes.
    largest: u64,
    profiles: Arc<Profiles>,
    limiter: Arc<Limiter>,
    metrics: Arc<Metrics>,
}

impl Ledgers {
    /// Serves what is in `database` and `store` and forms made of `profiles`, and takes files of up to `largest` bytes, as many
    /// as `limiter` allows.
    #[must_use]
    pub const fn new(
        database: Database,
        store: Store,
        largest: u64,
        profiles: Arc<Profiles>,
        limiter: Arc<Limiter>,
        metrics: Arc<Metrics>,
    ) -> Self {
        Self {
            database,
            store,
            largest,
            profiles,
            limiter,
            metrics,
        }
    }

    async fn get(&self, call: Call, request: v1::GetImportRequest) -> Result<v1::GetImportResponse, CallError> {
        let mut checks = Checks::default();
        let id = checks.uuid("import_id", &request.import_id);
        checks.done()?;
        let reach = call.reach();
        let told = self
            .database
            .read(reach.clone(), move |db| told(db, &reach, &id))
            .await?;
        Ok(v1::GetImportResponse {
            ledger_import: Some(told.message(call.language)),
        })
    }

    async fn list(&self, call: Call, request: v1::ListImportsRequest) -> Result<v1::ListImportsResponse, CallError> {
        let mut checks = Checks::default();
        checks.inspection_id("inspection_id", &request.inspection_id);
        let size = checks.page_size(request.page_size);
        let filter = request.filter.unwrap_or_default();
        let wanted = checks.imports(&filter);
        checks.done()?;
        let query = Query::new("ListImports", &request.inspection_id, &filter, 0);
        let before = query.after(&request.page_token).ok_or(CallError::PageToken)?;
        let (reach, inspection) = (call.reach(), request.inspection_id);
        let listed = self
            .database
            .read(reach.clone(), move |db| {
                list(db, &reach, &inspection, wanted, before, size)
            })
            .await?;
        let found = listed.page.rows.len();
        let records = listed.page.rows.into_iter();
        let records = records.map(|told| told.message(call.language)).collect();
        let (imports, mut next) = pages::page(records, listed.page.more, |import: &v1::Import| import.id.clone());
        // Those that were looked through in vain need not be looked through again.
        if listed.page.more && found < size && imports.len() == found {
            next = listed.seen;
        }
        Ok(v1::ListImportsResponse {
            imports,
            next_page_token: next.map(|key| query.token(&key)).unwrap_or_default(),
        })
    }

    async fn findings(
        &self,
        call: Call,
        request: v1::ListFindingsRequest,
    ) -> Result<v1::ListFindingsResponse, CallError> {
        let mut checks = Checks::default();
        let id = checks.uuid("import_id", &request.import_id);
        let size = checks.page_size(request.page_size);
        let filter = request.filter.unwrap_or_default();
        let wanted = checks.findings(&filter);
        checks.done()?;
        let query = Query::new("ListFindings", &id, &filter, 0);
        let after = query.after(&request.page_token).and_then(|key| finding_id(&key));
        let after = after.ok_or(CallError::PageToken)?;
        let reach = call.reach();
        let page = self.database.read(reach.clone(), move |db| -> Result<_, CallError> {
            import(db, &reach, &id)?;
            Ok(findings::list(db, &id, &wanted, after, size)?)
        });
        let page = page.await?;
        let records = page
            .rows
            .into_iter()
            .map(|row| convert::finding(row, call.language, call.caller.sees_personal_data()))
            .collect();
        let (findings, next) = pages::page(records, page.more, |finding: &v1::Finding| finding.id.clone());
        Ok(v1::ListFindingsResponse {
            findings,
            next_page_token: next.map(|key| query.token(&key)).unwrap_or_default(),
        })
    }
}

/// The catalogue, or some families of it. It is part of the program, so no database is asked.
fn rules(language: Language, request: &v1::ListRulesRequest) -> Result<v1::ListRulesResponse, CallError> {
    let mut checks = Checks::default();
    checks.families(&request.families);
    checks.done()?;
    let told = rules::all().iter().map(|rule| convert::rule(rule, language));
    let wanted = |rule: &v1::Rule| request.families.is_empty() || request.families.contains(&rule.family);
    Ok(v1::ListRulesResponse {
        rules: told.filter(wanted).collect(),
    })
}

/// The key of a finding, which a token carries as text. Findings are counted from 1.
fn finding_id(key: &str) -> Option<i64> {
    if key.is_empty() { Some(0) } else { key.parse().ok() }
}

fn import(db: &mut Db, reach: &Reach, id: &str) -> Result<imports::Import, CallError> {
    imports::get(db, id)?
        .filter(|row| reach.has_any(row.division.as_deref()))
        .ok_or_else(|| CallError::NoImport(id.to_owned()))
}

/// The audit row of what a call did to an import.
fn audited(
    caller: &Caller,
    method: &'static str,
    request: Option<&impl Message>,
    import: &imports::Import,
    request_id: Option<&str>,
) -> AuditEvent {
    let change = Change {
        method,
        inspection: Some(&import.inspection_id),
        records: &[&import.id],
        outcome: AuditOutcome::Changed,
        request_id,
    };
    event(caller, request, change)
}

/// An import with the kinds of the workbooks that were made of it.
struct Told {
    row: imports::Import,
    copies: Vec<i16>,
}

impl Told {
    fn message(self, language: Language) -> v1::Import {
        convert::import(self.row, &self.copies, language)
    }
}

/// The import with this id, as it is told.
fn told(db: &mut Db, reach: &Reach, id: &str) -> Result<Told, CallError> {
    let row = import(db, reach, id)?;
    of_row(db, row)
}

/// An import that was read already, as it is told.
fn of_row(db: &mut Db, row: imports::Import) -> Result<Told, CallError> {
    let copies = imports::files::kinds(db, std::slice::from_ref(&row))?.remove(&row.id);
    Ok(Told {
        row,
        copies: copies.unwrap_or_default(),
    })
}

/// A page of imports, and the last one that was looked at.
struct Listed {
    page: Page<Told>,
    seen: Option<String>,
}

fn list(
    db: &mut Db,
    reach: &Reach,
    inspection: &str,
    mut wanted: Imports,
    before: String,
    size: usize,
) -> Result<Listed, CallError> {
    wanted.stored.divisions = lookup::below(db, &wanted.stored.divisions)?;
    let mut seen = Some(before).filter(|id| !id.is_empty());
    let mut found = Vec::new();
    let mut looked_through = 0;
    loop {
        let page = imports::list(db, reach, inspection, &wanted.stored, seen.as_deref(), size)?;
        if page.rows.is_empty() && looked_through == 0 {
            lookup::inspection(db, reach, inspection)?;
        }
        looked_through += page.rows.len();
        if let Some(last) = page.rows.last() {
            seen = Some(last.id.clone());
        }
        found.extend(page.rows.into_iter().filter(|row| of_kind(row, &wanted.kinds)));
        if !page.more || found.len() >= size || looked_through >= MOST_LOOKED_THROUGH {
            let cut = found.len() > size;
            found.truncate(size);
            let more = page.more || cut;
            let mut copies = imports::files::kinds(db, &found)?;
            let rows = found.into_iter().map(|row| Told {
                copies: copies.remove(&row.id).unwrap_or_default(),
                row,
            });
            return Ok(Listed {
                page: Page {
                    rows: rows.collect(),
                    more,
                },
                seen,
            });
        }
    }
}

fn of_kind(row: &imports::Import, wanted: &[i32]) -> bool {
    wanted.is_empty() || convert::kinds(&row.kinds).iter().any(|kind| wanted.contains(kind))
}

#[tonic::async_trait]
impl LedgerService for Ledgers {
    type WatchImportStream = ExportStream<v1::WatchImportResponse>;
    type DownloadLedgerStream = ExportStream<v1::DownloadLedgerResponse>;
    type DownloadTemplateStream = ExportStream<v1::DownloadTemplateResponse>;

    async fn upload_ledger(
        &self,
        request: Request<Streaming<v1::UploadLedgerRequest>>,
    ) -> Result<Response<v1::UploadLedgerResponse>, Status> {
        answer(request, |call, messages| self.upload(call, messages)).await
    }

    async fn watch_import(
        &self,
        request: Request<v1::WatchImportRequest>,
    ) -> Result<Response<Self::WatchImportStream>, Status> {
        answer(request, |call, request| self.watch(call, request)).await
    }

    async fn download_ledger(
        &self,
        request: Request<v1::DownloadLedgerRequest>,
    ) -> Result<Response<Self::DownloadLedgerStream>, Status> {
        answer(request, |call, request| self.download(call, request)).await
    }

    async fn download_template(
        &self,
        request: Request<v1::DownloadTemplateRequest>,
    ) -> Result<Response<Self::DownloadTemplateStream>, Status> {
        answer(request, |call, request| self.template(call, request)).await
    }

    async fn list_planned_rows(
        &self,
        request: Request<v1::ListPlannedRowsRequest>,
    ) -> Result<Response<v1::ListPlannedRowsResponse>, Status> {
        answer(request, |call, request| self.planned(call, request)).await
    }

    async fn commit_import(
        &self,
        request: Request<v1::CommitImportRequest>,
    ) -> Result<Response<v1::CommitImportResponse>, Status> {
        answer(request, |call, request| self.commit(call, request)).await
    }

    async fn cancel_import(
        &self,
        request: Request<v1::CancelImportRequest>,
    ) -> Result<Response<v1::CancelImportResponse>, Status> {
        answer(request, |call, request| self.cancel(call, request)).await
    }

    async fn undo_import(
        &self,
        request: Request<v1::UndoImportRequest>,
    ) -> Result<Response<v1::UndoImportResponse>, Status> {
        answer(request, |call, request| self.undo(call, request)).await
    }

    async fn give_reasons(
        &self,
        request: Request<v1::GiveReasonsRequest>,
    ) -> Result<Response<v1::GiveReasonsResponse>, Status> {
        answer(request, |call, request| self.give(call, request)).await
    }

    async fn get_import(
        &self,
        request: Request<v1::GetImportRequest>,
    ) -> Result<Response<v1::GetImportResponse>, Status> {
        answer(request, |call, request| self.get(call, request)).await
    }

    async fn list_imports(
        &self,
        request: Request<v1::ListImportsRequest>,
    ) -> Result<Response<v1::ListImportsResponse>, Status> {
        answer(request, |call, request| self.list(call, request)).await
    }

    async fn list_findings(
        &self,
        request: Request<v1::ListFindingsRequest>,
    ) -> Result<Response<v1::ListFindingsResponse>, Status> {
        answer(request, |call, request| self.findings(call, request)).await
    }

    async fn list_rules(
        &self,
        request: Request<v1::ListRulesRequest>,
    ) -> Result<Response<v1::ListRulesResponse>, Status> {
        answer(request, |call, request| async move { rules(call.language, &request) }).await
    }
}
