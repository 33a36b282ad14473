//! Credentials that were found good a moment ago.
//!
//! A call with a known credential costs no query. What is known is forgotten after some seconds, so that a revocation takes
//! effect within that time on every server; on the server that revokes, at once. Credentials that are no good are not
//! kept: each costs its caller a query, and fills nothing.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use chrono::{NaiveDateTime, TimeDelta, Utc};
use ducha_records::codes::{CredentialKind, Role};
use ducha_records::scope::Whole;
use ducha_records::tokens::{self, Token};
use ducha_records::{Database, Db, Reach, Scope};
use tokio::sync::Semaphore;

use super::Caller;
use super::secret::Hash;
use crate::error::CallError;

/// For so long a credential is trusted without another look, unless the settings say otherwise.
pub const TRUST: Duration = Duration::from_secs(5);
/// How long a call waits until its credential is looked up.
const PATIENCE: Duration = Duration::from_secs(3);
/// Credentials that are kept at once; a province has a few hundred.
const MOST_KNOWN: usize = 10_000;
/// The last use of a credential is noted when the noted one is older than this.
const NOTE_AFTER: TimeDelta = TimeDelta::minutes(5);

/// Who calls is not known before the credential is found: it is looked for among all, and nothing else is seen.
const TOKENS: Scope = Scope::Table(Whole::Tokens);

/// A credential that was found good.
struct Known {
    caller: Arc<Caller>,
    expires_at: NaiveDateTime,
    until: Instant,
}

/// The credentials of one database.
pub struct Keyring {
    database: Database,
    trust: Duration,
    known: RwLock<HashMap<Hash, Known>>,
    /// Look-ups at once. Calls with credentials that nobody has cost a query each; however many they are, connections remain
    /// for others.
    looking: Semaphore,
    /// One note at a time: on SQLite a note may wait for an import, and calls must not wait with it.
    noting: Arc<Semaphore>,
}

impl Keyring {
    /// Looks credentials up in `database`, so many at once, and trusts them for so long.
    #[must_use]
    pub fn new(database: Database, look_ups: usize, trust: Duration) -> Self {
        Self {
            database,
            trust,
            known: RwLock::default(),
            looking: Semaphore::new(look_ups),
            noting: Arc::new(Semaphore::new(1)),
        }
    }

    /// Who presents a credential of this kind and hash.
    ///
    /// # Errors
    /// [`CallError::Unauthenticated`] when it is unknown, expired or revoked; [`CallError::Overloaded`] when others are looked
    /// up for too long; the database's.
    pub async fn caller(&self, kind: CredentialKind, hash: Hash) -> Result<Arc<Caller>, CallError> {
        if let Some(caller) = self.known(&hash) {
            return Ok(caller);
        }
        let place = tokio::time::timeout(PATIENCE, self.looking.acquire()).await;
        let Ok(Ok(_place)) = place else {
            return Err(CallError::Overloaded);
        };
        let (token, caller) = self.database.read(TOKENS, move |db| look_up(db, kind, &hash)).await?;
        let caller = Arc::new(caller);
        self.keep(hash, &token, &caller);
        self.note(&token);
        Ok(caller)
    }

    /// Forgets a credential, so that its next use is looked up.
    pub fn forget(&self, token_id: &str) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, one| one.caller.token_id.as_deref() != Some(token_id));
    }

    fn known(&self, hash: &Hash) -> Option<Arc<Caller>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let one = known.get(hash)?;
        let good = Instant::now() < one.until && Utc::now().naive_utc() < one.expires_at;
        good.then(|| Arc::clone(&one.caller))
    }

    fn keep(&self, hash: Hash, token: &Token, caller: &Arc<Caller>) {
        if self.trust.is_zero() {
            return;
        }
        let now = Instant::now();
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_KNOWN {
            known.retain(|_, one| now < one.until);
        }
        if known.len() < MOST_KNOWN {
            let one = Known {
                caller: Arc::clone(caller),
                expires_at: token.expires_at_utc,
                until: now + self.trust,
            };
            known.insert(hash, one);
        }
    }

    /// Notes the use of a credential, while the call goes on.
    fn note(&self, token: &Token) {
        let now = Utc::now().naive_utc();
        if token.last_used_at_utc.is_some_and(|last| now - last < NOTE_AFTER) {
            return;
        }
        let Ok(place) = Arc::clone(&self.noting).try_acquire_owned() else {
            return;
        };
        let (database, id) = (self.database.clone(), token.id.clone());
        tokio::spawn(async move {
            let _place = place;
            let noted = database.write(TOKENS, move |db| -> Result<(), CallError> {
                Ok(tokens::used(db, &id, now)?)
            });
            if let Err(error) = noted.await {
                tracing::warn!(?error, "the use of a credential could not be noted");
            }
        });
    }
}

fn look_up(db: &mut Db, kind: CredentialKind, hash: &Hash) -> Result<(Token, Caller), CallError> {
    let token = tokens::by_hash(db, hash)?.filter(|token| token.kind == kind.code());
    let token = token.ok_or(CallError::Unauthenticated)?;
    if token.revoked_at_utc.is_some() || token.expires_at_utc <= Utc::now().naive_utc() {
        return Err(CallError::Unauthenticated);
    }
    let role = Role::from_code(token.role).ok_or_else(|| CallError::Internal(format!("role {}", token.role)))?;
    let caller = Caller {
        token_id: Some(token.id.clone()),
        name: token.name.clone(),
        role,
        division: token.division.clone(),
        reach: Reach::of(db, token.division.as_deref())?,
    };
    Ok((token, caller))
}
