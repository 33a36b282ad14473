//! `InspectionService`.

use std::collections::BTreeSet;

use diesel::result::{DatabaseErrorKind, Error as QueryError};
use ducha::v1::inspection_service_server::InspectionService;
use ducha::v1::{self, Inspection};
use ducha_records::codes::AuditOutcome;
use ducha_records::inspections::{self, Inspection as Row};
use ducha_records::page::Page;
use ducha_records::scope::{Whole, beyond};
use ducha_records::{Database, DatabaseError, Db, Reach, audit, divisions, in_transaction};
use tonic::{Request, Response, Status};

use crate::access::{Caller, Change, event};
use crate::answer::{Call, answer};
use crate::clock::now;
use crate::convert;
use crate::error::CallError;
use crate::language::Text;
use crate::lookup;
use crate::page_token::Query;
use crate::pages;
use crate::request::{Checks, NewInspection, UpdatedInspection};

const CREATE: &str = "ducha.v1.InspectionService/CreateInspection";
const UPDATE: &str = "ducha.v1.InspectionService/UpdateInspection";
/// How often a change without an etag is tried again when others change the same inspection at the same moment.
const ATTEMPTS: usize = 5;
/// Longest code of a division that is looked up at all, in characters.
const LONGEST_CODE: usize = 16;

/// The inspections and divisions of one database.
pub struct Inspections {
    database: Database,
}

impl Inspections {
    /// Serves what is in `database`.
    #[must_use]
    pub const fn new(database: Database) -> Self {
        Self { database }
    }

    async fn get(&self, call: Call, request: v1::GetInspectionRequest) -> Result<v1::GetInspectionResponse, CallError> {
        let mut checks = Checks::default();
        checks.inspection_id("id", &request.id);
        checks.done()?;
        let reach = call.reach();
        let found = self
            .database
            .read(reach.clone(), move |db| lookup::inspection(db, &reach, &request.id))
            .await?;
        Ok(v1::GetInspectionResponse {
            inspection: Some(convert::inspection(found)),
        })
    }

    async fn list(
        &self,
        call: Call,
        request: v1::ListInspectionsRequest,
    ) -> Result<v1::ListInspectionsResponse, CallError> {
        let mut checks = Checks::default();
        let size = checks.page_size(request.page_size);
        checks.done()?;
        let query = Query::new("ListInspections", "", &(), 0);
        let after = query.after(&request.page_token).ok_or(CallError::PageToken)?;
        let reach = call.reach();
        let page = self.database.read(reach.clone(), move |db| -> Result<_, CallError> {
            Ok(inspections::list(db, &reach, &after, size)?)
        });
        let page = page.await?;
        let records = page.rows.into_iter().map(convert::inspection).collect();
        let (inspections, next) = pages::page(records, page.more, |inspection: &Inspection| inspection.id.clone());
        Ok(v1::ListInspectionsResponse {
            inspections,
            next_page_token: next.map(|key| query.token(&key)).unwrap_or_default(),
        })
    }

    async fn create(
        &self,
        call: Call,
        request: v1::CreateInspectionRequest,
    ) -> Result<v1::CreateInspectionResponse, CallError> {
        let new = Checks::default().new_inspection(request.clone())?;
        let reach = call.reach();
        let create = move |db: &mut Db| create(db, &call.caller, &request, new);
        let inspection = self.database.write(reach, create).await?;
        Ok(v1::CreateInspectionResponse {
            inspection: Some(inspection),
        })
    }

    async fn update(
        &self,
        call: Call,
        request: v1::UpdateInspectionRequest,
    ) -> Result<v1::UpdateInspectionResponse, CallError> {
        let change = Checks::default().updated_inspection(request.clone())?;
        let reach = call.reach();
        let update = move |db: &mut Db| update(db, &call.caller, &request, &change);
        let row = self.database.write(reach, update).await?;
        Ok(v1::UpdateInspectionResponse {
            inspection: Some(convert::inspection(row)),
        })
    }

    async fn divisions(
        &self,
        call: Call,
        request: v1::ListDivisionsRequest,
    ) -> Result<v1::ListDivisionsResponse, CallError> {
        let mut checks = Checks::default();
        let size = checks.page_size(request.page_size);
        checks.text("under", &request.under, 0, LONGEST_CODE);
        checks.done()?;
        let query = Query::new("ListDivisions", &request.under, &(), 0);
        let after = query.after(&request.page_token).ok_or(CallError::PageToken)?;
        let page = self
            .database
            .read(call.reach(), move |db| match request.under.as_str() {
                "" => Ok(divisions::list(db, None, &after, size)?),
                root => under(db, root, &after, size),
            });
        let page = page.await?;
        let records = page.rows.into_iter().map(convert::division).collect();
        let (divisions, next) = pages::page(records, page.more, |division: &v1::Division| division.code.clone());
        Ok(v1::ListDivisionsResponse {
            divisions,
            next_page_token: next.map(|key| query.token(&key)).unwrap_or_default(),
        })
    }
}

/// A page of a division and everything below it. A country has some thousand divisions, so that they are looked through.
fn under(db: &mut Db, root: &str, after: &str, size: usize) -> Result<Page<divisions::Division>, CallError> {
    let all = divisions::all(db)?;
    if !all.iter().any(|division| division.code == root) {
        return Err(CallError::NoDivision(root.to_owned()));
    }
    let within: BTreeSet<String> = divisions::within(db, &[root.to_owned()])?.into_iter().collect();
    let rows = all
        .into_iter()
        .filter(|division| division.code.as_str() > after && within.contains(&division.code))
        .take(size + 1)
        .collect();
    Ok(Page::cut(rows, size))
}

fn create(
    db: &mut Db,
    caller: &Caller,
    request: &v1::CreateInspectionRequest,
    new: NewInspection,
) -> Result<Inspection, CallError> {
    let mut row = new.row;
    has_province(db, &caller.reach, &row)?;
    if new.validate_only {
        return Ok(match created_before(db, &caller.reach, &row)? {
            Some(stored) => convert::inspection(stored),
            None => Inspection {
                etag: String::new(),
                created_at: None,
                updated_at: None,
                ..convert::inspection(row)
            },
        });
    }
    row.created_at_utc = now();
    row.updated_at_utc = row.created_at_utc;
    let created = in_transaction(db, |db| {
        let before = created_before(db, &caller.reach, &row)?;
        let outcome = match before {
            Some(_) => AuditOutcome::Unchanged,
            None => {
                inspections::create(db, &row)?;
                AuditOutcome::Changed
            }
        };
        let change = Change {
            method: CREATE,
            inspection: Some(&row.id),
            records: &[&row.id],
            outcome,
            request_id: row.request_id.as_deref(),
        };
        audit::write(db, &event(caller, Some(request), change))?;
        Ok(before.unwrap_or_else(|| row.clone()))
    });
    match created {
        Ok(row) => Ok(convert::inspection(row)),
        // Somebody else was faster with this id, or this very call was sent twice at once.
        Err(CallError::Database(DatabaseError::Query(
            error @ QueryError::DatabaseError(DatabaseErrorKind::UniqueViolation, _),
        ))) => created_before(db, &caller.reach, &row)?
            .map(convert::inspection)
            .ok_or_else(|| error.into()),
        Err(error) => Err(error),
    }
}

/// What an earlier call with the same request id made.
fn created_before(db: &mut Db, reach: &Reach, row: &Row) -> Result<Option<Row>, CallError> {
    beyond(db, Whole::Inspections, |db| made_before(db, reach, row))
}

fn made_before(db: &mut Db, reach: &Reach, row: &Row) -> Result<Option<Row>, CallError> {
    if let Some(request_id) = &row.request_id
        && let Some(stored) = inspections::by_request(db, request_id)?
    {
        // By now it may be another province's, and out of the caller's reach.
        return if stored.id == row.id && reach.has(&stored.province) {
            Ok(Some(stored))
        } else {
            Err(CallError::RequestIdReused)
        };
    }
    match inspections::get(db, &row.id)? {
        // It came between the two questions, and was made by this very call sent twice at once.
        Some(stored) if row.request_id.is_some() && stored.request_id == row.request_id => Ok(Some(stored)),
        Some(_) => Err(CallError::InspectionExists(row.id.clone())),
        None => Ok(None),
    }
}

fn update(
    db: &mut Db,
    caller: &Caller,
    request: &v1::UpdateInspectionRequest,
    change: &UpdatedInspection,
) -> Result<Row, CallError> {
    for _ in 0..ATTEMPTS {
        if let Some(row) = in_transaction(db, |db| updated(db, caller, request, change))? {
            return Ok(row);
        }
    }
    Err(CallError::EtagMismatch)
}

/// One attempt; `None`: somebody else changed the inspection at the same moment.
fn updated(
    db: &mut Db,
    caller: &Caller,
    request: &v1::UpdateInspectionRequest,
    change: &UpdatedInspection,
) -> Result<Option<Row>, CallError> {
    let stored = lookup::inspection(db, &caller.reach, change.id())?;
    // All within its province see it; only who reaches the province changes it.
    if !caller.reach.has(&stored.province) {
        return Err(CallError::RoleNotAllowed);
    }
    if change
        .etag()
        .is_some_and(|etag| etag != convert::inspection_etag(&stored))
    {
        return Err(CallError::EtagMismatch);
    }
    let mut row = change.applied_to(&stored)?;
    let changes = row != stored;
    if changes {
        has_province(db, &caller.reach, &row)?;
        row.updated_at_utc = now();
        if !inspections::update(db, &row, stored.version)? {
            return Ok(None);
        }
        row.version = stored.version + 1;
    }
    let outcome = if changes {
        AuditOutcome::Changed
    } else {
        AuditOutcome::Unchanged
    };
    let change = Change {
        method: UPDATE,
        inspection: Some(&row.id),
        records: &[&row.id],
        outcome,
        request_id: None,
    };
    audit::write(db, &event(caller, Some(request), change))?;
    Ok(Some(row))
}

fn has_province(db: &mut Db, reach: &Reach, row: &Row) -> Result<(), CallError> {
    if lookup::is_in_reach(db, reach, &row.province)? {
        return Ok(());
    }
    let wanted = Text::new("已有的省级行政区划代码", "the code of a division");
    Err(CallError::field("inspection.province", wanted, row.province.clone()))
}

#[tonic::async_trait]
impl InspectionService for Inspections {
    async fn get_inspection(
        &self,
        request: Request<v1::GetInspectionRequest>,
    ) -> Result<Response<v1::GetInspectionResponse>, Status> {
        answer(request, |call, request| self.get(call, request)).await
    }

    async fn list_inspections(
        &self,
        request: Request<v1::ListInspectionsRequest>,
    ) -> Result<Response<v1::ListInspectionsResponse>, Status> {
        answer(request, |call, request| self.list(call, request)).await
    }

    async fn create_inspection(
        &self,
        request: Request<v1::CreateInspectionRequest>,
    ) -> Result<Response<v1::CreateInspectionResponse>, Status> {
        answer(request, |call, request| self.create(call, request)).await
    }

    async fn update_inspection(
        &self,
        request: Request<v1::UpdateInspectionRequest>,
    ) -> Result<Response<v1::UpdateInspectionResponse>, Status> {
        answer(request, |call, request| self.update(call, request)).await
    }

    async fn list_divisions(
        &self,
        request: Request<v1::ListDivisionsRequest>,
    ) -> Result<Response<v1::ListDivisionsResponse>, Status> {
        answer(request, |call, request| self.divisions(call, request)).await
    }
}
