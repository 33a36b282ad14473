//! `ProgressService`: figures, and the account that is made of them.

mod account;
pub mod calendar;
pub mod dimension;
pub mod facts;
pub mod gap;
mod get;
pub mod indicators;
mod labels;
mod publish;
pub mod rate;
mod schedule;
pub mod tally;

use std::path::PathBuf;

use ducha::v1;
use ducha::v1::progress_service_server::ProgressService;
use ducha_records::Database;
use tonic::{Request, Response, Status};

pub use labels::label;

use self::calendar::Calendar;
use crate::answer::answer;
use crate::export::ExportStream;

/// The figures of one database.
pub struct Progress {
    database: Database,
    /// Where an administrator keeps templates of accounts; absent: the built-in ones.
    templates: Option<PathBuf>,
    calendar: Calendar,
}

impl Progress {
    /// Serves what is in `database`.
    #[must_use]
    pub const fn new(database: Database, templates: Option<PathBuf>, calendar: Calendar) -> Self {
        Self {
            database,
            templates,
            calendar,
        }
    }
}

#[tonic::async_trait]
impl ProgressService for Progress {
    type DownloadAccountStream = ExportStream<v1::DownloadAccountResponse>;

    async fn get_progress(
        &self,
        request: Request<v1::GetProgressRequest>,
    ) -> Result<Response<v1::GetProgressResponse>, Status> {
        answer(request, |call, request| self.get_progress(call, request)).await
    }

    async fn get_schedule(
        &self,
        request: Request<v1::GetScheduleRequest>,
    ) -> Result<Response<v1::GetScheduleResponse>, Status> {
        answer(request, |call, request| self.get_schedule(call, request)).await
    }

    async fn get_account(
        &self,
        request: Request<v1::GetAccountRequest>,
    ) -> Result<Response<v1::GetAccountResponse>, Status> {
        answer(request, |call, request| self.get_account(call, request)).await
    }

    async fn list_figure_records(
        &self,
        request: Request<v1::ListFigureRecordsRequest>,
    ) -> Result<Response<v1::ListFigureRecordsResponse>, Status> {
        answer(request, |call, request| self.list_records(call, request)).await
    }

    async fn download_account(
        &self,
        request: Request<v1::DownloadAccountRequest>,
    ) -> Result<Response<Self::DownloadAccountStream>, Status> {
        answer(request, |call, request| self.download(call, request)).await
    }

    async fn publish_account(
        &self,
        request: Request<v1::PublishAccountRequest>,
    ) -> Result<Response<v1::PublishAccountResponse>, Status> {
        answer(request, |call, request| self.publish(call, request)).await
    }

    async fn list_published_accounts(
        &self,
        request: Request<v1::ListPublishedAccountsRequest>,
    ) -> Result<Response<v1::ListPublishedAccountsResponse>, Status> {
        answer(request, |call, request| self.list_published(call, request)).await
    }

    async fn get_published_account(
        &self,
        request: Request<v1::GetPublishedAccountRequest>,
    ) -> Result<Response<v1::GetPublishedAccountResponse>, Status> {
        answer(request, |call, request| self.get_published(call, request)).await
    }
}
