//! Credentials for tests, put into the database as `ducha-server token create` would.

use chrono::{NaiveDateTime, SubsecRound, TimeDelta, Utc};
use ducha_records::Db;
use ducha_records::codes::{CredentialKind, Role};
use ducha_records::tokens::{self, Token};
use ducha_server::access::secret;
use tonic::metadata::{Ascii, MetadataValue};
use tonic::service::Interceptor;
use tonic::{Request, Status};
use uuid::Uuid;

/// A bearer token, as a client adds it to each of its calls.
#[derive(Debug, Clone)]
pub struct Bearer {
    /// Id of the credential.
    pub id: String,
    /// The token.
    pub secret: String,
    metadata: MetadataValue<Ascii>,
}

impl Bearer {
    /// A token that is good for an hour.
    #[must_use]
    pub fn issue(db: &mut Db, role: Role, division: Option<&str>) -> Self {
        Self::until(db, role, division, now() + TimeDelta::hours(1))
    }

    /// A token that ends at this moment, UTC.
    #[must_use]
    pub fn until(db: &mut Db, role: Role, division: Option<&str>, expires_at_utc: NaiveDateTime) -> Self {
        let secret = secret::generate().expect("random bytes");
        let token = stored(role, division, secret::hash(secret.as_bytes()), expires_at_utc);
        tokens::create(db, &token).expect("a token");
        Self::of(token.id, secret)
    }

    /// A token of any text, whether somebody has it or not.
    #[must_use]
    pub fn of(id: String, secret: String) -> Self {
        let metadata = format!("Bearer {secret}").parse().expect("a header");
        Self { id, secret, metadata }
    }
}

fn stored(role: Role, division: Option<&str>, hash: secret::Hash, expires_at_utc: NaiveDateTime) -> Token {
    Token {
        id: Uuid::now_v7().to_string(),
        kind: CredentialKind::Bearer.code(),
        name: format!("{} of {}", role.token(), division.unwrap_or("all")),
        role: role.code(),
        division: division.map(str::to_owned),
        hash: hash.to_vec(),
        request_id: None,
        created_by: "test".to_owned(),
        created_at_utc: now(),
        expires_at_utc,
        revoked_at_utc: None,
        last_used_at_utc: None,
    }
}

/// Now, as exactly as both databases keep it.
#[must_use]
pub fn now() -> NaiveDateTime {
    Utc::now().naive_utc().trunc_subsecs(6)
}

impl Interceptor for Bearer {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        request.metadata_mut().insert("authorization", self.metadata.clone());
        Ok(request)
    }
}
