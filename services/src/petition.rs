//! `PetitionService`.

use std::sync::Arc;

use diesel::QueryResult;
use ducha::v1::petition_service_server::PetitionService;
use ducha::v1::{self, Petition};
use ducha_records::page::Page;
use ducha_records::petitions::{self, PetitionFilter, PetitionWithParts};
use ducha_records::{Database, Db, Reach};
use tokio::sync::Semaphore;
use tonic::{Request, Response, Status};

use crate::answer::{Call, answer};
use crate::convert::{self, FileNames};
use crate::error::{CallError, Numbered};
use crate::export::{self, Export, ExportStream};
use crate::numbered::{self, Kind, Listing};
use crate::page_token::Query;
use crate::pages::{self, View};
use crate::request::Checks;

/// Petitions as numbered records.
#[derive(Debug, Clone)]
pub struct OfPetitions;

impl Kind for OfPetitions {
    type Row = PetitionWithParts;
    type Filter = PetitionFilter;
    type Message = Petition;
    const NUMBERED: Numbered = Numbered::Petition;
    const EXPORT: &'static str = "ducha.v1.PetitionService/ExportPetitions";

    fn get(db: &mut Db, reach: &Reach, inspection: &str, number: &str) -> QueryResult<Option<PetitionWithParts>> {
        petitions::get(db, reach, inspection, number)
    }

    fn batch(db: &mut Db, reach: &Reach, inspection: &str, numbers: &[String]) -> QueryResult<Vec<PetitionWithParts>> {
        petitions::batch(db, reach, inspection, numbers)
    }

    fn list(
        db: &mut Db,
        reach: &Reach,
        inspection: &str,
        filter: &PetitionFilter,
        after: &str,
        size: usize,
    ) -> QueryResult<Page<PetitionWithParts>> {
        petitions::list(db, reach, inspection, filter, after, size)
    }

    fn imports(row: &PetitionWithParts) -> impl Iterator<Item = &String> {
        convert::petition_imports(row)
    }

    fn message(row: PetitionWithParts, names: &FileNames) -> Petition {
        convert::petition(row, names)
    }

    fn divisions(filter: &mut PetitionFilter) -> &mut Vec<String> {
        &mut filter.divisions
    }
}

/// The petitions of one database.
pub struct Petitions {
    database: Database,
    exports: Arc<Semaphore>,
}

impl Petitions {
    /// Serves what is in `database`; `exports` are the places for exports.
    #[must_use]
    pub const fn new(database: Database, exports: Arc<Semaphore>) -> Self {
        Self { database, exports }
    }

    async fn get(&self, call: Call, request: v1::GetPetitionRequest) -> Result<v1::GetPetitionResponse, CallError> {
        let mut checks = Checks::default();
        checks.inspection_id("inspection_id", &request.inspection_id);
        checks.text("number", &request.number, 1, 64);
        let view = checks.view(request.view, View::Full);
        checks.done()?;
        let found = numbered::get::<OfPetitions>(&self.database, &call, request.inspection_id, request.number, view);
        Ok(v1::GetPetitionResponse {
            petition: Some(found.await?),
        })
    }

    async fn batch(
        &self,
        call: Call,
        request: v1::BatchGetPetitionsRequest,
    ) -> Result<v1::BatchGetPetitionsResponse, CallError> {
        let mut checks = Checks::default();
        checks.inspection_id("inspection_id", &request.inspection_id);
        checks.numbers(&request.numbers);
        let view = checks.view(request.view, View::Basic);
        checks.done()?;
        let found = numbered::batch::<OfPetitions>(&self.database, &call, request.inspection_id, request.numbers, view);
        Ok(v1::BatchGetPetitionsResponse {
            petitions: found.await?,
        })
    }

    async fn list(
        &self,
        call: Call,
        request: v1::ListPetitionsRequest,
    ) -> Result<v1::ListPetitionsResponse, CallError> {
        let mut checks = Checks::default();
        let size = checks.page_size(request.page_size);
        let filter = request.filter.unwrap_or_default();
        let (listing, query) = listed(
            (checks, &call),
            "ListPetitions",
            request.inspection_id,
            &filter,
            (request.view, View::Basic),
        )?;
        let after = query.after(&request.page_token).ok_or(CallError::PageToken)?;
        let listing = listing.expanded(&self.database).await?;
        let read = listing.read(&self.database, after, size).await?;
        let (petitions, next) = pages::page(read.records, read.more, |petition| petition.number.clone());
        Ok(v1::ListPetitionsResponse {
            petitions,
            next_page_token: next.map(|key| query.token(&key)).unwrap_or_default(),
            change_cursor: read.cursor,
        })
    }

    async fn export(
        &self,
        call: Call,
        request: v1::ExportPetitionsRequest,
    ) -> Result<ExportStream<v1::ExportPetitionsResponse>, CallError> {
        let filter = request.filter.unwrap_or_default();
        let (listing, query) = listed(
            (Checks::default(), &call),
            "ExportPetitions",
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
            answer: |petitions, resume_token, change_cursor| v1::ExportPetitionsResponse {
                petitions,
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
    filter: &v1::PetitionFilter,
    (view, default): (i32, View),
) -> Result<(Listing<OfPetitions>, Query), CallError> {
    checks.inspection_id("inspection_id", &inspection);
    let view = checks.view(view, default);
    let stored = checks.petitions(filter);
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
impl PetitionService for Petitions {
    type ExportPetitionsStream = ExportStream<v1::ExportPetitionsResponse>;

    async fn get_petition(
        &self,
        request: Request<v1::GetPetitionRequest>,
    ) -> Result<Response<v1::GetPetitionResponse>, Status> {
        answer(request, |call, request| self.get(call, request)).await
    }

    async fn batch_get_petitions(
        &self,
        request: Request<v1::BatchGetPetitionsRequest>,
    ) -> Result<Response<v1::BatchGetPetitionsResponse>, Status> {
        answer(request, |call, request| self.batch(call, request)).await
    }

    async fn list_petitions(
        &self,
        request: Request<v1::ListPetitionsRequest>,
    ) -> Result<Response<v1::ListPetitionsResponse>, Status> {
        answer(request, |call, request| self.list(call, request)).await
    }

    async fn export_petitions(
        &self,
        request: Request<v1::ExportPetitionsRequest>,
    ) -> Result<Response<Self::ExportPetitionsStream>, Status> {
        answer(request, |call, request| self.export(call, request)).await
    }
}
