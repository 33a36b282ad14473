//! `RectificationService`.

use std::sync::Arc;

use diesel::QueryResult;
use ducha::v1::rectification_service_server::RectificationService;
use ducha::v1::{self, Task};
use ducha_records::page::Page;
use ducha_records::tasks::{self, TaskFilter, TaskWithParts};
use ducha_records::{Database, Db, Reach};
use tokio::sync::Semaphore;
use tonic::{Request, Response, Status};

use crate::accountability;
use crate::answer::{Call, answer};
use crate::convert::{self, FileNames};
use crate::error::{CallError, Numbered};
use crate::export::{self, Export, ExportStream};
use crate::numbered::{self, Kind, Listing};
use crate::page_token::Query;
use crate::pages::{self, View};
use crate::request::Checks;

/// Tasks as numbered records.
#[derive(Debug, Clone)]
pub struct OfTasks;

impl Kind for OfTasks {
    type Row = TaskWithParts;
    type Filter = TaskFilter;
    type Message = Task;
    const NUMBERED: Numbered = Numbered::Task;
    const EXPORT: &'static str = "ducha.v1.RectificationService/ExportTasks";

    fn get(db: &mut Db, reach: &Reach, inspection: &str, number: &str) -> QueryResult<Option<TaskWithParts>> {
        tasks::get(db, reach, inspection, number)
    }

    fn batch(db: &mut Db, reach: &Reach, inspection: &str, numbers: &[String]) -> QueryResult<Vec<TaskWithParts>> {
        tasks::batch(db, reach, inspection, numbers)
    }

    fn list(
        db: &mut Db,
        reach: &Reach,
        inspection: &str,
        filter: &TaskFilter,
        after: &str,
        size: usize,
    ) -> QueryResult<Page<TaskWithParts>> {
        tasks::list(db, reach, inspection, filter, after, size)
    }

    fn imports(row: &TaskWithParts) -> impl Iterator<Item = &String> {
        convert::task_imports(row)
    }

    fn message(row: TaskWithParts, names: &FileNames) -> Task {
        convert::task(row, names)
    }

    fn divisions(filter: &mut TaskFilter) -> &mut Vec<String> {
        &mut filter.divisions
    }
}

/// The tasks of one database.
pub struct Tasks {
    database: Database,
    exports: Arc<Semaphore>,
}

impl Tasks {
    /// Serves what is in `database`; `exports` are the places for exports.
    #[must_use]
    pub const fn new(database: Database, exports: Arc<Semaphore>) -> Self {
        Self { database, exports }
    }

    async fn get(&self, call: Call, request: v1::GetTaskRequest) -> Result<v1::GetTaskResponse, CallError> {
        let mut checks = Checks::default();
        checks.inspection_id("inspection_id", &request.inspection_id);
        checks.text("number", &request.number, 1, 64);
        let view = checks.view(request.view, View::Full);
        checks.done()?;
        let found = numbered::get::<OfTasks>(&self.database, &call, request.inspection_id, request.number, view);
        Ok(v1::GetTaskResponse {
            task: Some(found.await?),
        })
    }

    async fn batch(
        &self,
        call: Call,
        request: v1::BatchGetTasksRequest,
    ) -> Result<v1::BatchGetTasksResponse, CallError> {
        let mut checks = Checks::default();
        checks.inspection_id("inspection_id", &request.inspection_id);
        checks.numbers(&request.numbers);
        let view = checks.view(request.view, View::Basic);
        checks.done()?;
        let found = numbered::batch::<OfTasks>(&self.database, &call, request.inspection_id, request.numbers, view);
        Ok(v1::BatchGetTasksResponse { tasks: found.await? })
    }

    async fn list(&self, call: Call, request: v1::ListTasksRequest) -> Result<v1::ListTasksResponse, CallError> {
        let mut checks = Checks::default();
        let size = checks.page_size(request.page_size);
        let filter = request.filter.unwrap_or_default();
        let (listing, query) = listed(
            (checks, &call),
            "ListTasks",
            request.inspection_id,
            &filter,
            (request.view, View::Basic),
        )?;
        let after = query.after(&request.page_token).ok_or(CallError::PageToken)?;
        let listing = listing.expanded(&self.database).await?;
        let read = listing.read(&self.database, after, size).await?;
        let (tasks, next) = pages::page(read.records, read.more, |task| task.number.clone());
        Ok(v1::ListTasksResponse {
            tasks,
            next_page_token: next.map(|key| query.token(&key)).unwrap_or_default(),
            change_cursor: read.cursor,
        })
    }

    async fn export(
        &self,
        call: Call,
        request: v1::ExportTasksRequest,
    ) -> Result<ExportStream<v1::ExportTasksResponse>, CallError> {
        let filter = request.filter.unwrap_or_default();
        let (listing, query) = listed(
            (Checks::default(), &call),
            "ExportTasks",
            request.inspection_id,
            &filter,
            (request.view, View::Full),
        )?;
        let after = query.after(&request.resume_token).ok_or(CallError::ResumeToken)?;
        let place = export::place(&self.exports)?;
        let listing = listing.found(&self.database).await?.expanded(&self.database).await?;
        let export = Export {
            listing,
            query,
            language: call.language,
            answer: |tasks, resume_token, change_cursor| v1::ExportTasksResponse {
                tasks,
                resume_token,
                change_cursor,
            },
        };
        Ok(export.start(self.database.clone(), after, place))
    }
}

/// The checked query of a listing or an export.
fn listed(
    (mut checks, call): (Checks, &Call),
    method: &str,
    inspection: String,
    filter: &v1::TaskFilter,
    (view, default): (i32, View),
) -> Result<(Listing<OfTasks>, Query), CallError> {
    checks.inspection_id("inspection_id", &inspection);
    let view = checks.view(view, default);
    let stored = checks.tasks(filter);
    checks.done()?;
    let query = Query::new(method, &inspection, filter, view as i32);
    let listing = Listing {
        inspection,
        filter: stored,
        reach: call.reach(),
        shown: call.shown(view),
    };
    Ok((listing, query))
}

#[tonic::async_trait]
impl RectificationService for Tasks {
    type ExportTasksStream = ExportStream<v1::ExportTasksResponse>;

    async fn get_task(&self, request: Request<v1::GetTaskRequest>) -> Result<Response<v1::GetTaskResponse>, Status> {
        answer(request, |call, request| self.get(call, request)).await
    }

    async fn batch_get_tasks(
        &self,
        request: Request<v1::BatchGetTasksRequest>,
    ) -> Result<Response<v1::BatchGetTasksResponse>, Status> {
        answer(request, |call, request| self.batch(call, request)).await
    }

    async fn list_tasks(
        &self,
        request: Request<v1::ListTasksRequest>,
    ) -> Result<Response<v1::ListTasksResponse>, Status> {
        answer(request, |call, request| self.list(call, request)).await
    }

    async fn list_indicators(
        &self,
        request: Request<v1::ListIndicatorsRequest>,
    ) -> Result<Response<v1::ListIndicatorsResponse>, Status> {
        answer(request, |call, request| {
            accountability::list_indicators(&self.database, call, request)
        })
        .await
    }

    async fn export_tasks(
        &self,
        request: Request<v1::ExportTasksRequest>,
    ) -> Result<Response<Self::ExportTasksStream>, Status> {
        answer(request, |call, request| self.export(call, request)).await
    }
}
