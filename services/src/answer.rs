//! From a request to its answer: caller and language are read once, and every error becomes a status in that language.

use std::future::Future;
use std::sync::Arc;

use ducha_records::Reach;
use ducha_records::rules::Language;
use tonic::{Request, Response, Status};

use crate::access::Caller;
use crate::error::CallError;
use crate::language;
use crate::pages::{Shown, View};

/// What a handler knows of a call beside its request.
#[derive(Debug, Clone)]
pub struct Call {
    /// Who calls.
    pub caller: Arc<Caller>,
    /// The language of texts for people.
    pub language: Language,
}

impl Call {
    /// Whose records may be answered with.
    #[must_use]
    pub fn reach(&self) -> Reach {
        self.caller.reach.clone()
    }

    /// How records are shown to the caller in this view.
    #[must_use]
    pub fn shown(&self, view: View) -> Shown {
        Shown {
            view,
            personal: self.caller.sees_personal_data(),
        }
    }
}

/// Answers a request with what `handle` makes of it.
///
/// # Errors
/// The status of the error that `handle` returns; UNAUTHENTICATED for a request that did not come through the gate.
pub async fn answer<Q, A, F>(request: Request<Q>, handle: impl FnOnce(Call, Q) -> F) -> Result<Response<A>, Status>
where
    F: Future<Output = Result<A, CallError>>,
{
    let language = language::of(request.metadata());
    let Some(caller) = request.extensions().get::<Arc<Caller>>().cloned() else {
        return Err(CallError::Unauthenticated.into_status(language));
    };
    match handle(Call { caller, language }, request.into_inner()).await {
        Ok(answer) => Ok(Response::new(answer)),
        Err(error) => Err(error.into_status(language)),
    }
}
