//! Making, listing and revoking credentials: what the service and the command line have in common.

use chrono::NaiveDateTime;
use diesel::result::{DatabaseErrorKind, Error as QueryError};
use ducha_records::audit::{self, AuditEvent};
use ducha_records::codes::{AuditOutcome, CredentialKind, Role};
use ducha_records::tokens::{self, Token};
use ducha_records::{Db, in_transaction};
use uuid::Uuid;

use super::secret::{self, Hash};
use super::{Caller, Change};
use crate::clock::now;
use crate::error::CallError;
use crate::language::Text;
use crate::lookup;

/// A credential that is to be created, its bounds checked.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// Whose it is.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// Its division; absent: every one.
    pub division: Option<String>,
    /// The hash of a certificate; absent: a bearer token is to be made.
    pub certificate: Option<Hash>,
    /// From when on it is refused, UTC.
    pub expires_at: NaiveDateTime,
    /// Of the call.
    pub request_id: Option<String>,
    /// Only checks are wanted.
    pub validate_only: bool,
}

/// A credential that was created, or would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created {
    /// As it is stored.
    pub token: Token,
    /// Its secret, if it was created just now and is a bearer token.
    pub secret: Option<String>,
}

/// What writes the audit row of a change: it is asked inside the transaction, once it is known what came of it.
pub type Audited<'a> = &'a dyn Fn(Change<'_>) -> AuditEvent;

/// Creates a credential. The same request id again creates nothing.
///
/// # Errors
/// [`CallError::Fields`] for a division out of the caller's reach, which is told like one that is not there;
/// [`CallError::RequestIdReused`], [`CallError::CertificateTaken`]; the database's.
pub fn create(
    db: &mut Db,
    caller: &Caller,
    new: &NewToken,
    method: &'static str,
    audited: Audited<'_>,
) -> Result<Created, CallError> {
    is_in_reach(db, caller, new.division.as_deref())?;
    let (token, secret) = made(caller, new)?;
    if new.validate_only {
        return Ok(Created { token, secret: None });
    }
    let stored = in_transaction(db, |db| {
        let before = match &new.request_id {
            Some(id) => tokens::by_request(db, id)?,
            None => None,
        };
        let outcome = if before.is_some() {
            AuditOutcome::Unchanged
        } else {
            AuditOutcome::Changed
        };
        let stored = match before {
            Some(before) if !is_same(&before, new) => return Err(CallError::RequestIdReused),
            Some(before) => before,
            None => {
                tokens::create(db, &token)?;
                token.clone()
            }
        };
        let change = Change {
            method,
            inspection: None,
            records: &[&stored.id],
            outcome,
            request_id: new.request_id.as_deref(),
        };
        audit::write(db, &audited(change))?;
        Ok(stored)
    });
    let stored = stored.map_err(|error| taken(error, new))?;
    let secret = secret.filter(|_| stored.id == token.id);
    Ok(Created { token: stored, secret })
}

/// Revokes a credential that is in the caller's reach.
///
/// # Errors
/// [`CallError::NoToken`]; the database's.
pub fn revoke(
    db: &mut Db,
    caller: &Caller,
    id: &str,
    method: &'static str,
    audited: Audited<'_>,
) -> Result<Token, CallError> {
    in_transaction(db, |db| {
        if tokens::get(db, &caller.reach, id)?.is_none() {
            return Err(CallError::NoToken(id.to_owned()));
        }
        let revoked = tokens::revoke(db, id, now())?;
        let change = Change {
            method,
            inspection: None,
            records: &[id],
            outcome: if revoked {
                AuditOutcome::Changed
            } else {
                AuditOutcome::Unchanged
            },
            request_id: None,
        };
        audit::write(db, &audited(change))?;
        tokens::get(db, &caller.reach, id)?.ok_or_else(|| CallError::NoToken(id.to_owned()))
    })
}

/// Nobody gives more than they have.
fn is_in_reach(db: &mut Db, caller: &Caller, division: Option<&str>) -> Result<(), CallError> {
    let reached = match division {
        Some(division) => lookup::is_in_reach(db, &caller.reach, division)?,
        None => caller.reach.has_any(None),
    };
    if reached {
        return Ok(());
    }
    let wanted = Text::new("本凭证可及的行政区划代码", "the code of a division within your reach");
    Err(CallError::field("token.division", wanted, division.unwrap_or_default()))
}

fn made(caller: &Caller, new: &NewToken) -> Result<(Token, Option<String>), CallError> {
    let (kind, hash, secret) = match new.certificate {
        Some(hash) => (CredentialKind::Certificate, hash, None),
        None => {
            let secret = secret::generate().map_err(|error| CallError::Internal(error.to_string()))?;
            (CredentialKind::Bearer, secret::hash(secret.as_bytes()), Some(secret))
        }
    };
    let token = Token {
        id: Uuid::now_v7().to_string(),
        kind: kind.code(),
        name: new.name.clone(),
        role: new.role.code(),
        division: new.division.clone(),
        hash: hash.to_vec(),
        request_id: new.request_id.clone(),
        created_by: caller.name.clone(),
        created_at_utc: now(),
        expires_at_utc: new.expires_at,
        revoked_at_utc: None,
        last_used_at_utc: None,
    };
    Ok((token, secret))
}

/// Whether a stored credential is what a request asks for again. Its end may be counted from the time of the call.
fn is_same(stored: &Token, new: &NewToken) -> bool {
    stored.name == new.name
        && stored.role == new.role.code()
        && stored.division == new.division
        && match new.certificate {
            Some(hash) => stored.hash == hash,
            None => stored.kind == CredentialKind::Bearer.code(),
        }
}

/// The one hash that two credentials can have in common is a certificate's.
fn taken(error: CallError, new: &NewToken) -> CallError {
    match error {
        CallError::Database(ducha_records::DatabaseError::Query(QueryError::DatabaseError(
            DatabaseErrorKind::UniqueViolation,
            _,
        ))) if new.certificate.is_some() => CallError::CertificateTaken,
        other => other,
    }
}
