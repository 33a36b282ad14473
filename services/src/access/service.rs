//! `AccessService`.

use std::sync::Arc;

use ducha::v1;
use ducha::v1::access_service_server::AccessService;
use ducha_records::{Database, audit, tokens as stored};
use tonic::{Request, Response, Status};

use super::keyring::Keyring;
use super::{event, tokens};
use crate::answer::{Call, answer};
use crate::convert;
use crate::error::CallError;
use crate::page_token::Query;
use crate::pages;
use crate::request::Checks;

const CREATE: &str = "ducha.v1.AccessService/CreateToken";
const REVOKE: &str = "ducha.v1.AccessService/RevokeToken";

/// The credentials and the audit of one database.
pub struct Access {
    database: Database,
    keyring: Option<Arc<Keyring>>,
}

impl Access {
    /// Serves what is in `database`. What is revoked is forgotten by the keyring, where there is one.
    #[must_use]
    pub const fn new(database: Database, keyring: Option<Arc<Keyring>>) -> Self {
        Self { database, keyring }
    }

    async fn create(&self, call: Call, request: v1::CreateTokenRequest) -> Result<v1::CreateTokenResponse, CallError> {
        let new = Checks::default().new_token(&request)?;
        let only_checked = new.validate_only;
        let reach = call.reach();
        let create = move |db: &mut ducha_records::Db| {
            let audited = |change: super::Change<'_>| event(&call.caller, Some(&request), change);
            tokens::create(db, &call.caller, &new, CREATE, &audited)
        };
        let created = self.database.write(reach, create).await?;
        let mut token = convert::token(created.token);
        if only_checked {
            token.id.clear();
            token.created_at = None;
        }
        Ok(v1::CreateTokenResponse {
            token: Some(token),
            secret: created.secret.unwrap_or_default(),
        })
    }

    async fn list(&self, call: Call, request: v1::ListTokensRequest) -> Result<v1::ListTokensResponse, CallError> {
        let mut checks = Checks::default();
        let size = checks.page_size(request.page_size);
        checks.done()?;
        let query = Query::new("ListTokens", "", &(), 0);
        let after = query.after(&request.page_token).ok_or(CallError::PageToken)?;
        let reach = call.reach();
        let page = self
            .database
            .read(reach.clone(), move |db| -> Result<_, CallError> {
                Ok(stored::list(db, &reach, &after, size)?)
            })
            .await?;
        let records = page.rows.into_iter().map(convert::token).collect();
        let (tokens, next) = pages::page(records, page.more, |token: &v1::Token| token.id.clone());
        Ok(v1::ListTokensResponse {
            tokens,
            next_page_token: next.map(|key| query.token(&key)).unwrap_or_default(),
        })
    }

    async fn revoke(&self, call: Call, request: v1::RevokeTokenRequest) -> Result<v1::RevokeTokenResponse, CallError> {
        let mut checks = Checks::default();
        let id = checks.uuid("token_id", &request.token_id);
        checks.done()?;
        let reach = call.reach();
        let revoke = move |db: &mut ducha_records::Db| {
            let audited = |change: super::Change<'_>| event(&call.caller, Some(&request), change);
            tokens::revoke(db, &call.caller, &id, REVOKE, &audited)
        };
        let token = self.database.write(reach, revoke).await?;
        if let Some(keyring) = &self.keyring {
            keyring.forget(&token.id);
        }
        Ok(v1::RevokeTokenResponse {
            token: Some(convert::token(token)),
        })
    }

    async fn events(
        &self,
        call: Call,
        request: v1::ListAuditEventsRequest,
    ) -> Result<v1::ListAuditEventsResponse, CallError> {
        let mut checks = Checks::default();
        let size = checks.page_size(request.page_size);
        let filter = request.filter.unwrap_or_default();
        let wanted = checks.audit(&filter);
        checks.done()?;
        let query = Query::new("ListAuditEvents", "", &filter, 0);
        let before = query.after(&request.page_token).ok_or(CallError::PageToken)?;
        let before = Some(before).filter(|id| !id.is_empty());
        let reach = call.reach();
        let page = self.database.read(reach.clone(), move |db| -> Result<_, CallError> {
            Ok(audit::list(db, &reach, &wanted, before.as_deref(), size)?)
        });
        let page = page.await?;
        let records = page.rows.into_iter().map(convert::audit_event).collect();
        let (events, next) = pages::page(records, page.more, |event: &v1::AuditEvent| event.id.clone());
        Ok(v1::ListAuditEventsResponse {
            events,
            next_page_token: next.map(|key| query.token(&key)).unwrap_or_default(),
        })
    }
}

#[tonic::async_trait]
impl AccessService for Access {
    async fn create_token(
        &self,
        request: Request<v1::CreateTokenRequest>,
    ) -> Result<Response<v1::CreateTokenResponse>, Status> {
        answer(request, |call, request| self.create(call, request)).await
    }

    async fn list_tokens(
        &self,
        request: Request<v1::ListTokensRequest>,
    ) -> Result<Response<v1::ListTokensResponse>, Status> {
        answer(request, |call, request| self.list(call, request)).await
    }

    async fn revoke_token(
        &self,
        request: Request<v1::RevokeTokenRequest>,
    ) -> Result<Response<v1::RevokeTokenResponse>, Status> {
        answer(request, |call, request| self.revoke(call, request)).await
    }

    async fn list_audit_events(
        &self,
        request: Request<v1::ListAuditEventsRequest>,
    ) -> Result<Response<v1::ListAuditEventsResponse>, Status> {
        answer(request, |call, request| self.events(call, request)).await
    }
}
