//! Answers to calls that are not let in.
//!
//! Whoever answers before a request has ended has its stream reset, and frames that still come for it are errors: after some
//! thousand of them HTTP/2 ends the connection, with all other calls on it. So the message of a call, which is small, is read
//! and forgotten first. An upload that goes on is cut off.

use std::pin::{Pin, pin};
use std::time::Duration;

use http_body::Body as _;
use tonic::body::Body;
use tonic::codegen::{Bytes, http};
use tonic::metadata::MetadataMap;

use crate::error::CallError;
use crate::language;

/// So much of a request is read, in bytes.
const MOST: usize = 64 * 1024;
/// For so long.
const PATIENCE: Duration = Duration::from_secs(1);

/// The answer to a call that is refused.
pub async fn refused(request: http::Request<Body>, error: CallError) -> http::Response<Body> {
    let (head, body) = request.into_parts();
    // Who is slower than that is cut off like an upload.
    drop(tokio::time::timeout(PATIENCE, forget(body)).await);
    let language = language::of(&MetadataMap::from_headers(head.headers));
    error.into_status(language).into_http()
}

async fn forget(body: Body) {
    let mut body = pin!(body);
    let mut read = 0;
    while read < MOST {
        match std::future::poll_fn(|context| Pin::as_mut(&mut body).poll_frame(context)).await {
            Some(Ok(frame)) => read += frame.data_ref().map_or(0, Bytes::len),
            Some(Err(_)) | None => return,
        }
    }
}
