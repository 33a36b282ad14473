//! Credentials: bearer tokens and client certificates. What they are compared with is a hash; the secret is kept nowhere.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::Db;
use crate::page::Page;
use crate::reach::Reach;
use crate::schema_access::tokens;
use crate::scope::{Whole, beyond};

/// One credential. Times are UTC.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = tokens)]
pub struct Token {
    /// uuid version 7.
    pub id: String,
    /// [`crate::codes::CredentialKind`].
    pub kind: i16,
    /// Whose it is.
    pub name: String,
    /// [`crate::codes::Role`].
    pub role: i16,
    /// It reaches this division and all below it; every one if absent.
    pub division: Option<String>,
    /// SHA-256 of the token's text, or of the certificate in DER: 32 bytes.
    pub hash: Vec<u8>,
    /// Of the call that created it.
    pub request_id: Option<String>,
    /// Name of who created it.
    pub created_by: String,
    /// When it was created.
    pub created_at_utc: NaiveDateTime,
    /// From then on it is refused.
    pub expires_at_utc: NaiveDateTime,
    /// Since when it is refused.
    pub revoked_at_utc: Option<NaiveDateTime>,
    /// When it was used last, to about five minutes.
    pub last_used_at_utc: Option<NaiveDateTime>,
}

/// The credential with this hash, whether it is still good or not.
///
/// # Errors
/// The database's.
pub fn by_hash(db: &mut Db, hash: &[u8]) -> QueryResult<Option<Token>> {
    tokens::table
        .filter(tokens::hash.eq(hash))
        .select(Token::as_select())
        .first(db)
        .optional()
}

/// The credential that a call with this `request_id` created, in the caller's reach or not.
///
/// # Errors
/// The database's.
pub fn by_request(db: &mut Db, request_id: &str) -> QueryResult<Option<Token>> {
    beyond(db, Whole::Tokens, |db| {
        tokens::table
            .filter(tokens::request_id.eq(request_id))
            .select(Token::as_select())
            .first(db)
            .optional()
    })
}

/// The credential with this id, if it is in reach.
///
/// # Errors
/// The database's.
pub fn get(db: &mut Db, reach: &Reach, id: &str) -> QueryResult<Option<Token>> {
    let found: Option<Token> = tokens::table.find(id).select(Token::as_select()).first(db).optional()?;
    Ok(found.filter(|token| reach.has_any(token.division.as_deref())))
}

/// Stores a new credential.
///
/// # Errors
/// The database's: a unique violation when the certificate or the request id is taken.
pub fn create(db: &mut Db, token: &Token) -> QueryResult<()> {
    diesel::insert_into(tokens::table).values(token).execute(db).map(drop)
}

/// One page of the credentials in reach by id, behind the id `after`.
///
/// # Errors
/// The database's.
pub fn list(db: &mut Db, reach: &Reach, after: &str, size: usize) -> QueryResult<Page<Token>> {
    let mut query = tokens::table.filter(tokens::id.gt(after)).into_boxed();
    if let Some(codes) = reach.codes() {
        query = query.filter(tokens::division.eq_any(codes));
    }
    let rows = query
        .order(tokens::id)
        .limit(size as i64 + 1)
        .select(Token::as_select())
        .load(db)?;
    Ok(Page::cut(rows, size))
}

/// Revokes a credential. `false`: it was revoked before, or is not there.
///
/// # Errors
/// The database's.
pub fn revoke(db: &mut Db, id: &str, at_utc: NaiveDateTime) -> QueryResult<bool> {
    let revoked = diesel::update(tokens::table.find(id).filter(tokens::revoked_at_utc.is_null()))
        .set(tokens::revoked_at_utc.eq(at_utc))
        .execute(db)?;
    Ok(revoked == 1)
}

/// Notes that a credential is in use.
///
/// # Errors
/// The database's.
pub fn used(db: &mut Db, id: &str, at_utc: NaiveDateTime) -> QueryResult<()> {
    diesel::update(tokens::table.find(id))
        .set(tokens::last_used_at_utc.eq(at_utc))
        .execute(db)
        .map(drop)
}
