//! How much one caller may ask for, as it is configured.

use serde::Deserialize;

use super::keys::{self, Layers};
use super::{ConfigError, Setting};
use crate::limits::Limits;

/// `[limits]` of the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LimitsTable {
    credential_calls_per_second: Option<u32>,
    credential_burst_calls: Option<u32>,
    division_calls_per_second: Option<u32>,
    division_burst_calls: Option<u32>,
    division_uploads: Option<u32>,
    division_upload_mib_per_minute: Option<u32>,
    division_queued_imports: Option<u32>,
}

/// The limits, each with its origin. 0 is no limit.
#[derive(Debug, Clone)]
pub struct LimitSettings {
    /// Calls that a credential may make each second, on and on.
    pub credential_calls_per_second: Setting<u32>,
    /// Calls that a credential may make at once after a rest.
    pub credential_burst_calls: Setting<u32>,
    /// The same for a division, over all of its credentials.
    pub division_calls_per_second: Setting<u32>,
    /// The same for a division, over all of its credentials.
    pub division_burst_calls: Setting<u32>,
    /// Uploads of a division under way at once.
    pub division_uploads: Setting<u32>,
    /// MiB that a division may upload each minute.
    pub division_upload_mib_per_minute: Setting<u32>,
    /// Imports of a division that wait for a worker.
    pub division_queued_imports: Setting<u32>,
}

impl LimitSettings {
    pub(super) fn load(layers: &Layers<'_>, table: &LimitsTable) -> Result<Self, ConfigError> {
        let usual = Limits::default();
        let pick = |key, stored, usual| layers.pick(key, None, stored, usual);
        Ok(Self {
            credential_calls_per_second: pick(
                keys::CREDENTIAL_CALLS,
                table.credential_calls_per_second,
                usual.credential_calls_per_second,
            )?,
            credential_burst_calls: pick(
                keys::CREDENTIAL_BURST,
                table.credential_burst_calls,
                usual.credential_burst_calls,
            )?,
            division_calls_per_second: pick(
                keys::DIVISION_CALLS,
                table.division_calls_per_second,
                usual.division_calls_per_second,
            )?,
            division_burst_calls: pick(
                keys::DIVISION_BURST,
                table.division_burst_calls,
                usual.division_burst_calls,
            )?,
            division_uploads: pick(keys::DIVISION_UPLOADS, table.division_uploads, usual.division_uploads)?,
            division_upload_mib_per_minute: pick(
                keys::DIVISION_UPLOAD_MIB,
                table.division_upload_mib_per_minute,
                usual.division_upload_mib_per_minute,
            )?,
            division_queued_imports: pick(
                keys::DIVISION_QUEUED,
                table.division_queued_imports,
                usual.division_queued_imports,
            )?,
        })
    }

    /// What they say.
    #[must_use]
    pub const fn limits(&self) -> Limits {
        Limits {
            credential_calls_per_second: self.credential_calls_per_second.value,
            credential_burst_calls: self.credential_burst_calls.value,
            division_calls_per_second: self.division_calls_per_second.value,
            division_burst_calls: self.division_burst_calls.value,
            division_uploads: self.division_uploads.value,
            division_upload_mib_per_minute: self.division_upload_mib_per_minute.value,
            division_queued_imports: self.division_queued_imports.value,
        }
    }

    /// Each with its name.
    pub(super) fn named(&self) -> [(&'static str, &Setting<u32>); 7] {
        [
            ("credential_calls_per_second", &self.credential_calls_per_second),
            ("credential_burst_calls", &self.credential_burst_calls),
            ("division_calls_per_second", &self.division_calls_per_second),
            ("division_burst_calls", &self.division_burst_calls),
            ("division_uploads", &self.division_uploads),
            ("division_upload_mib_per_minute", &self.division_upload_mib_per_minute),
            ("division_queued_imports", &self.division_queued_imports),
        ]
    }
}
