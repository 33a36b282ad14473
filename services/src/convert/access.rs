//! Credentials and the audit.

use ducha::v1::{AuditEvent, Token};
use ducha_records::audit::AuditEvent as EventRow;
use ducha_records::codes::CredentialKind;
use ducha_records::hex::hex;
use ducha_records::tokens::Token as Row;

use super::timestamp;

/// A credential as it is stored. Of a bearer token not even the hash is told.
#[must_use]
pub fn token(row: Row) -> Token {
    let certificate = row.kind == CredentialKind::Certificate.code();
    Token {
        id: row.id,
        name: row.name,
        role: row.role.into(),
        division: row.division.unwrap_or_default(),
        certificate_sha256: if certificate { hex(&row.hash) } else { String::new() },
        expires_at: Some(timestamp(row.expires_at_utc)),
        created_at: Some(timestamp(row.created_at_utc)),
        created_by: row.created_by,
        revoked_at: row.revoked_at_utc.map(timestamp),
        last_used_at: row.last_used_at_utc.map(timestamp),
    }
}

/// An event of the audit as it is stored.
#[must_use]
pub fn audit_event(row: EventRow) -> AuditEvent {
    AuditEvent {
        records: row.records(),
        id: row.id,
        happened_at: Some(timestamp(row.at_utc)),
        token_id: row.token_id.unwrap_or_default(),
        actor: row.actor,
        role: row.role.unwrap_or(0).into(),
        division: row.division.unwrap_or_default(),
        method: row.method,
        inspection_id: row.inspection_id.unwrap_or_default(),
        outcome: row.outcome.into(),
        request_id: row.request_id.unwrap_or_default(),
        request_sha256: row.request_sha256.unwrap_or_default(),
    }
}
