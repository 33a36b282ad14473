//! The audit row of a call.

use ducha_records::audit::AuditEvent;
use ducha_records::codes::AuditOutcome;
use ducha_records::hex::hex;
use prost::Message;
use uuid::Uuid;

use super::{Caller, secret};
use crate::clock::now;

/// What a call changed.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    /// `package.Service/Method`, or the command.
    pub method: &'static str,
    /// The inspection that it was about.
    pub inspection: Option<&'a str>,
    /// Ids of what was changed.
    pub records: &'a [&'a str],
    /// What came of it.
    pub outcome: AuditOutcome,
    /// The request's own id, where it has one.
    pub request_id: Option<&'a str>,
}

/// The row to be written in the transaction of the change.
#[must_use]
pub fn event(caller: &Caller, request: Option<&impl Message>, change: Change<'_>) -> AuditEvent {
    AuditEvent {
        id: Uuid::now_v7().to_string(),
        at_utc: now(),
        token_id: caller.token_id.clone(),
        actor: caller.name.clone(),
        role: caller.token_id.as_ref().map(|_| caller.role.code()),
        division: caller.division.clone(),
        method: change.method.to_owned(),
        inspection_id: change.inspection.map(str::to_owned),
        records: serde_json::json!(change.records).to_string(),
        outcome: change.outcome.code(),
        request_id: change.request_id.map(str::to_owned),
        request_sha256: request.map(|request| hex(&secret::hash(&request.encode_to_vec()))),
    }
}
