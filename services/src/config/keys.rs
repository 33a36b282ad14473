//! How each value is called in each layer, and which layer has it.

use std::ffi::OsString;
use std::path::PathBuf;
use std::str::FromStr;

use super::{ConfigError, Origin, Setting};

/// The layers below the flags.
pub(super) struct Layers<'a> {
    pub variable: &'a dyn Fn(&str) -> Option<OsString>,
    pub file: PathBuf,
}

impl Layers<'_> {
    pub fn pick<T: FromStr>(
        &self,
        key: Key,
        flag: Option<T>,
        file: Option<T>,
        default: T,
    ) -> Result<Setting<T>, ConfigError> {
        if let Some(value) = flag {
            return Ok(Setting {
                value,
                origin: Origin::Flag(key.flag),
            });
        }
        if let Some(text) = (self.variable)(key.variable) {
            let origin = Origin::Variable(key.variable);
            let text = text.to_string_lossy();
            return match text.parse() {
                Ok(value) => Ok(Setting { value, origin }),
                Err(_) => Err(key.refused(origin, text.into_owned())),
            };
        }
        Ok(match file {
            Some(value) => Setting {
                value,
                origin: Origin::File(self.file.clone()),
            },
            None => Setting {
                value: default,
                origin: Origin::Default,
            },
        })
    }
}

/// How one value is called in each layer.
#[derive(Clone, Copy)]
pub(super) struct Key {
    name: &'static str,
    flag: &'static str,
    variable: &'static str,
    wanted: &'static str,
}

impl Key {
    const fn refused(self, origin: Origin, found: String) -> ConfigError {
        ConfigError::Value {
            origin,
            key: self.name,
            wanted: self.wanted,
            found,
        }
    }

    /// A file that is of no use without another.
    pub fn with(self, own: &Setting<PathBuf>, other: Self, others: &Setting<PathBuf>) -> Result<(), ConfigError> {
        if own.value.as_os_str().is_empty() || !others.value.as_os_str().is_empty() {
            return Ok(());
        }
        Err(ConfigError::Alone {
            origin: own.origin.clone(),
            key: self.name,
            other: other.name,
        })
    }

    /// A number that must not be 0.
    pub fn above_zero(self, setting: Setting<u16>) -> Result<Setting<u16>, ConfigError> {
        if setting.value == 0 {
            return Err(self.refused(setting.origin, "0".to_owned()));
        }
        Ok(setting)
    }
}

const fn key(name: &'static str, flag: &'static str, variable: &'static str, wanted: &'static str) -> Key {
    Key {
        name,
        flag,
        variable,
        wanted,
    }
}

pub(super) const DATABASE: Key = key(
    "database.url",
    "--database",
    "DUCHA_DATABASE",
    "a sqlite:// or postgres:// URL",
);
pub(super) const MIGRATE: Key = key(
    "database.migrate_url",
    "--database",
    "DUCHA_MIGRATE_DATABASE",
    "a sqlite:// or postgres:// URL",
);
pub(super) const BACKUP: Key = key(
    "database.backup_url",
    "--database",
    "DUCHA_BACKUP_DATABASE",
    "a sqlite:// or postgres:// URL",
);
pub(super) const ALLOW_OWNER: Key = key(
    "database.allow_owner",
    "--allow-owner",
    "DUCHA_ALLOW_OWNER",
    "true or false",
);
const SECONDS: &str = "a number of seconds from 0 (no limit) to 65535";
pub(super) const STATEMENT: Key = key(
    "database.statement_timeout_seconds",
    "",
    "DUCHA_STATEMENT_TIMEOUT_SECONDS",
    SECONDS,
);
pub(super) const LOCK: Key = key(
    "database.lock_timeout_seconds",
    "",
    "DUCHA_LOCK_TIMEOUT_SECONDS",
    SECONDS,
);
pub(super) const IDLE: Key = key(
    "database.idle_in_transaction_timeout_seconds",
    "",
    "DUCHA_IDLE_IN_TRANSACTION_TIMEOUT_SECONDS",
    SECONDS,
);
pub(super) const LOG: Key = key("log", "--log", "DUCHA_LOG", "human or json");
pub(super) const STORE: Key = key("store", "--store", "DUCHA_STORE", "a file:// or s3:// URL");
pub(super) const MAX_FILE: Key = key(
    "server.max_file_mib",
    "",
    "DUCHA_MAX_FILE_MIB",
    "a number of MiB from 1 to 65535",
);
pub(super) const TEMPLATES: Key = key("server.templates", "", "DUCHA_TEMPLATES", "a folder");
pub(super) const PROFILES: Key = key("server.profiles", "", "DUCHA_PROFILES", "a folder");
pub(super) const CALENDAR: Key = key("server.calendar", "", "DUCHA_CALENDAR", "a file");
pub(super) const LISTEN: Key = key(
    "server.listen",
    "--listen",
    "DUCHA_LISTEN",
    "an address and a port, such as 127.0.0.1:50051",
);
pub(super) const ACCESS_CONTROL: Key = key(
    "server.access_control",
    "--no-access-control",
    "DUCHA_ACCESS_CONTROL",
    "true or false",
);
pub(super) const TLS_CERT: Key = key("server.tls_cert", "--tls-cert", "DUCHA_TLS_CERT", "a file");
pub(super) const TLS_KEY: Key = key("server.tls_key", "--tls-key", "DUCHA_TLS_KEY", "a file");
pub(super) const CLIENT_CA: Key = key("server.client_ca", "--client-ca", "DUCHA_CLIENT_CA", "a file");
pub(super) const PLAINTEXT: Key = key("server.plaintext", "--plaintext", "DUCHA_PLAINTEXT", "true or false");
pub(super) const REFLECTION: Key = key("server.reflection", "--reflection", "DUCHA_REFLECTION", "true or false");
pub(super) const POOL_SIZE: Key = key(
    "server.pool_size",
    "--pool-size",
    "DUCHA_POOL_SIZE",
    "a number from 1 to 65535",
);
pub(super) const ALLOW_PRIVATE: Key = key(
    "webhooks.allow_private",
    "",
    "DUCHA_WEBHOOKS_ALLOW_PRIVATE",
    "true or false",
);
pub(super) const METRICS: Key = key(
    "metrics.listen",
    "--metrics-listen",
    "DUCHA_METRICS_LISTEN",
    "an address and a port, such as 127.0.0.1:9464, or nothing",
);
const COUNT: &str = "a number from 0 (no limit) to 4294967295";
pub(super) const CREDENTIAL_CALLS: Key = key(
    "limits.credential_calls_per_second",
    "",
    "DUCHA_CREDENTIAL_CALLS_PER_SECOND",
    COUNT,
);
pub(super) const CREDENTIAL_BURST: Key = key(
    "limits.credential_burst_calls",
    "",
    "DUCHA_CREDENTIAL_BURST_CALLS",
    COUNT,
);
pub(super) const DIVISION_CALLS: Key = key(
    "limits.division_calls_per_second",
    "",
    "DUCHA_DIVISION_CALLS_PER_SECOND",
    COUNT,
);
pub(super) const DIVISION_BURST: Key = key("limits.division_burst_calls", "", "DUCHA_DIVISION_BURST_CALLS", COUNT);
pub(super) const DIVISION_UPLOADS: Key = key("limits.division_uploads", "", "DUCHA_DIVISION_UPLOADS", COUNT);
pub(super) const DIVISION_UPLOAD_MIB: Key = key(
    "limits.division_upload_mib_per_minute",
    "",
    "DUCHA_DIVISION_UPLOAD_MIB_PER_MINUTE",
    COUNT,
);
pub(super) const DIVISION_QUEUED: Key = key(
    "limits.division_queued_imports",
    "",
    "DUCHA_DIVISION_QUEUED_IMPORTS",
    COUNT,
);
pub(super) const MAX_CONNECTIONS: Key = key(
    "server.max_connections",
    "",
    "DUCHA_MAX_CONNECTIONS",
    "a number from 1 to 65535",
);
pub(super) const CONNECTION_CALLS: Key = key(
    "server.connection_calls",
    "",
    "DUCHA_CONNECTION_CALLS",
    "a number from 1 to 65535",
);
pub(super) const WAITING_QUERIES: Key = key(
    "server.waiting_queries",
    "",
    "DUCHA_WAITING_QUERIES",
    "a number from 1 to 65535",
);
pub(super) const MAX_CALLS: Key = key("server.max_calls", "", "DUCHA_MAX_CALLS", "a number from 1 to 65535");
pub(super) const GRACE: Key = key(
    "server.grace_seconds",
    "",
    "DUCHA_GRACE_SECONDS",
    "a number of seconds from 0 to 65535",
);
