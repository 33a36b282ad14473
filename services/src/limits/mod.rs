//! How much one caller may ask for, so that the others get theirs.
//!
//! Each credential, and each division over all of its credentials, has an allowance of calls that fills up again with time, and
//! each division one of uploaded bytes. A division's uploads at once, and its imports that wait, are limited as well. Who asks
//! for more is told when to come back. A server without access control knows no callers and limits none.

mod bucket;
mod uploads;

use std::time::{Duration, Instant};

pub use bucket::{Allowance, Buckets};
pub use uploads::{UploadPlace, Uploads};

use crate::access::Caller;
use crate::error::CallError;

/// What the server allows. 0 is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Calls that a credential may make each second, on and on.
    pub credential_calls_per_second: u32,
    /// Calls that a credential may make at once after a rest.
    pub credential_burst_calls: u32,
    /// The same for a division, over all of its credentials.
    pub division_calls_per_second: u32,
    /// The same for a division, over all of its credentials.
    pub division_burst_calls: u32,
    /// Uploads of a division under way at once.
    pub division_uploads: u32,
    /// MiB that a division may upload each minute, on and on, and at once after a rest.
    pub division_upload_mib_per_minute: u32,
    /// Imports of a division that wait for a worker.
    pub division_queued_imports: u32,
}

impl Default for Limits {
    /// Ten times what the busiest county and the busiest reader of a province have any need of.
    fn default() -> Self {
        Self {
            credential_calls_per_second: 100,
            credential_burst_calls: 500,
            division_calls_per_second: 300,
            division_burst_calls: 1_500,
            division_uploads: 4,
            division_upload_mib_per_minute: 1_024,
            division_queued_imports: 1_000,
        }
    }
}

impl Limits {
    /// No limits at all.
    pub const NONE: Self = Self {
        credential_calls_per_second: 0,
        credential_burst_calls: 0,
        division_calls_per_second: 0,
        division_burst_calls: 0,
        division_uploads: 0,
        division_upload_mib_per_minute: 0,
        division_queued_imports: 0,
    };
}

/// What there was too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Calls of a credential.
    CredentialCalls,
    /// Calls of a division.
    DivisionCalls,
    /// Uploads of a division at once.
    DivisionUploads,
    /// Bytes that a division uploads.
    DivisionUploadBytes,
    /// Imports of a division that wait.
    DivisionQueuedImports,
}

impl Limit {
    /// Its name in the metadata of an error, which is that of the setting without its unit.
    #[must_use]
    pub const fn token(self) -> &'static str {
        match self {
            Self::CredentialCalls => "credential_calls",
            Self::DivisionCalls => "division_calls",
            Self::DivisionUploads => "division_uploads",
            Self::DivisionUploadBytes => "division_upload_bytes",
            Self::DivisionQueuedImports => "division_queued_imports",
        }
    }
}

/// When there is room again for an upload, or an import: nobody knows, but it is worth another try.
const SOON: Duration = Duration::from_secs(5);

/// Keeps the allowances of one server.
#[derive(Debug)]
pub struct Limiter {
    credentials: Option<Buckets>,
    divisions: Option<Buckets>,
    bytes: Option<Buckets>,
    uploads: Uploads,
    queued: u32,
}

impl Limiter {
    /// Allows what `limits` say.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        let calls = |rate: u32, burst: u32| {
            Allowance::new(u64::from(rate), Duration::from_secs(1), u64::from(burst.max(1))).map(Buckets::new)
        };
        let bytes = u64::from(limits.division_upload_mib_per_minute) * 1024 * 1024;
        Self {
            credentials: calls(limits.credential_calls_per_second, limits.credential_burst_calls),
            divisions: calls(limits.division_calls_per_second, limits.division_burst_calls),
            bytes: Allowance::new(bytes, Duration::from_secs(60), bytes).map(Buckets::new),
            uploads: Uploads::new(limits.division_uploads),
            queued: limits.division_queued_imports,
        }
    }

    /// Takes a call from the allowances of its caller.
    ///
    /// # Errors
    /// [`CallError::RateLimited`].
    pub fn call(&self, caller: &Caller) -> Result<(), CallError> {
        let now = Instant::now();
        let credential = caller
            .token_id
            .as_deref()
            .map(|id| (Limit::CredentialCalls, &self.credentials, id));
        let division = caller
            .division
            .as_deref()
            .map(|code| (Limit::DivisionCalls, &self.divisions, code));
        for (limit, buckets, key) in [credential, division].into_iter().flatten() {
            if let Some(buckets) = buckets {
                buckets.take(key, 1, now).map_err(|wait| limited(limit, wait))?;
            }
        }
        Ok(())
    }

    /// A place for an upload of this division.
    ///
    /// # Errors
    /// [`CallError::RateLimited`] where it has too many under way, or has uploaded too much.
    pub fn upload(&self, division: &str) -> Result<UploadPlace, CallError> {
        if let Some(bytes) = &self.bytes {
            // What comes is taken off as it comes; who owes nothing may begin.
            bytes
                .take(division, 0, Instant::now())
                .map_err(|wait| limited(Limit::DivisionUploadBytes, wait))?;
        }
        self.uploads
            .begin(division)
            .ok_or_else(|| limited(Limit::DivisionUploads, SOON))
    }

    /// Bytes of an upload came in.
    pub fn came(&self, division: &str, bytes: u64) {
        if let Some(buckets) = &self.bytes {
            buckets.owe(division, bytes, Instant::now());
        }
    }

    /// How many imports of a division may wait; `None`: any number.
    #[must_use]
    pub const fn most_queued(&self) -> Option<u32> {
        match self.queued {
            0 => None,
            most => Some(most),
        }
    }
}

/// A division has as many imports waiting as it may.
#[must_use]
pub const fn too_many_queued() -> CallError {
    limited(Limit::DivisionQueuedImports, SOON)
}

const fn limited(limit: Limit, wait: Duration) -> CallError {
    CallError::RateLimited { limit, wait }
}
