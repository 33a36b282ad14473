//! The gate that every call passes before its handler.

use std::convert::Infallible;
use std::sync::Arc;
use std::task::{Context, Poll};

use ducha_records::codes::{CredentialKind, Role};
use tonic::body::Body;
use tonic::codegen::{BoxFuture, Service, http};
use tonic::transport::server::TlsConnectInfo;

use super::keyring::Keyring;
use super::secret::{self, Hash};
use super::{Caller, policy};
use crate::admission::HEALTH;
use crate::connections::Connection;
use crate::error::CallError;
use crate::limits::Limiter;
use crate::observe::metrics::Metrics;
use crate::refusal::refused;

/// The scheme of the `authorization` metadata; its case does not matter.
const SCHEME: &str = "bearer ";

/// How calls are let in.
#[derive(Clone)]
pub enum Entry {
    /// With a credential of this keyring.
    Guarded(Arc<Keyring>),
    /// All of them, as this caller.
    Open(Arc<Caller>),
}

/// The services behind the gate.
#[derive(Clone)]
pub struct Gate<S> {
    inner: S,
    entry: Entry,
    limiter: Arc<Limiter>,
    metrics: Arc<Metrics>,
}

impl<S> Gate<S> {
    /// Lets calls in as `entry` says, as many as `limiter` allows, and counts those that it does not.
    pub const fn new(inner: S, entry: Entry, limiter: Arc<Limiter>, metrics: Arc<Metrics>) -> Self {
        Self {
            inner,
            entry,
            limiter,
            metrics,
        }
    }
}

impl<S> Service<http::Request<Body>> for Gate<S>
where
    S: Service<http::Request<Body>, Response = http::Response<Body>, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send,
{
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<Self::Response, Infallible>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: http::Request<Body>) -> Self::Future {
        // The service that was polled ready is the one to call; its clone takes its place.
        let next = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, next);
        if request.uri().path().starts_with(HEALTH) {
            return Box::pin(inner.call(request));
        }
        let keyring = match &self.entry {
            Entry::Guarded(keyring) => Arc::clone(keyring),
            Entry::Open(caller) => {
                request.extensions_mut().insert(Arc::clone(caller));
                return Box::pin(inner.call(request));
            }
        };
        let credential = presented(&request);
        let roles = policy::roles(request.uri().path());
        let (limiter, metrics) = (Arc::clone(&self.limiter), Arc::clone(&self.metrics));
        Box::pin(async move {
            match admitted(&keyring, credential, &limiter, roles).await {
                Ok(caller) => {
                    request.extensions_mut().insert(caller);
                    inner.call(request).await
                }
                Err(error) => {
                    metrics.refused_for(&error);
                    Ok(refused(request, error).await)
                }
            }
        })
    }
}

/// The caller with this credential, if it has not had its share and its role is one of those that may make the call.
async fn admitted(
    keyring: &Keyring,
    credential: Option<(CredentialKind, Hash)>,
    limiter: &Limiter,
    roles: &[Role],
) -> Result<Arc<Caller>, CallError> {
    let (kind, hash) = credential.ok_or(CallError::Unauthenticated)?;
    let caller = keyring.caller(kind, hash).await?;
    limiter.call(&caller)?;
    if roles.contains(&caller.role) {
        Ok(caller)
    } else {
        Err(CallError::RoleNotAllowed)
    }
}

/// The credential of a request: its token or, where it brings none, the certificate of its connection.
fn presented(request: &http::Request<Body>) -> Option<(CredentialKind, Hash)> {
    match request.headers().get(http::header::AUTHORIZATION) {
        Some(value) => {
            let (scheme, token) = value.to_str().ok()?.split_at_checked(SCHEME.len())?;
            let token = scheme.eq_ignore_ascii_case(SCHEME).then_some(token)?;
            Some((CredentialKind::Bearer, secret::presented(token)?))
        }
        None => {
            let connection = request.extensions().get::<TlsConnectInfo<Connection>>()?;
            let certificates = connection.peer_certs()?;
            Some((CredentialKind::Certificate, secret::hash(certificates.first()?)))
        }
    }
}
