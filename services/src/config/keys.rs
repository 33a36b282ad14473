//! What each value is called.

use std::path::PathBuf;

use super::{ConfigError, Origin, Setting};

/// How one value is called in each layer.
#[derive(Clone, Copy)]
pub(super) struct Key {
    /// In the file.
    pub name: &'static str,
    /// On the command line; empty: it has none.
    pub flag: &'static str,
    /// Of the environment.
    pub variable: &'static str,
    /// What it may be.
    pub wanted: &'static str,
}

impl Key {
    /// Its value is none that it may have.
    pub(super) const fn refused(self, origin: Origin, found: String) -> ConfigError {
        ConfigError::Value {
            origin,
            key: self.name,
            wanted: self.wanted,
            found,
        }
    }

    /// A file that is of no use without another.
    pub(super) fn with(
        self,
        own: &Setting<PathBuf>,
        other: Self,
        others: &Setting<PathBuf>,
    ) -> Result<(), ConfigError> {
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
    pub(super) fn above_zero(self, setting: Setting<u16>) -> Result<Setting<u16>, ConfigError> {
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
    "database",
    "--database",
    "DUCHA_DATABASE",
    "a sqlite:// or postgres:// URL",
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
pub(super) const MAX_CALLS: Key = key("server.max_calls", "", "DUCHA_MAX_CALLS", "a number from 1 to 65535");
pub(super) const GRACE: Key = key(
    "server.grace_seconds",
    "",
    "DUCHA_GRACE_SECONDS",
    "a number of seconds from 0 to 65535",
);
