//! From a request to its answer: the language is read once, and every error becomes a status in it.

use std::future::Future;

use ducha_records::rules::Language;
use tonic::{Request, Response, Status};

use crate::error::CallError;
use crate::language;

/// Answers a request with what `handle` makes of it.
pub async fn answer<Q, A, F>(request: Request<Q>, handle: impl FnOnce(Language, Q) -> F) -> Result<Response<A>, Status>
where
    F: Future<Output = Result<A, CallError>>,
{
    let language = language::of(request.metadata());
    match handle(language, request.into_inner()).await {
        Ok(answer) => Ok(Response::new(answer)),
        Err(error) => Err(error.into_status(language)),
    }
}
