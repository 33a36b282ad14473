//! The configuration file.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use ducha_records::exposition::MetricsTable;
use ducha_records::login::{DatabaseTable, database_table};
use ducha_records::webhooks::WebhooksTable;
use serde::Deserialize;

use super::limits::LimitsTable;
use super::{ConfigError, LogFormat};

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default, deserialize_with = "database_table")]
    pub database: DatabaseTable,
    pub store: Option<String>,
    pub log: Option<LogFormat>,
    #[serde(default)]
    pub server: ServerTable,
    #[serde(default)]
    pub limits: LimitsTable,
    #[serde(default)]
    pub metrics: MetricsTable,
    #[serde(default)]
    pub webhooks: WebhooksTable,
    /// The worker's own; it checks them.
    #[serde(default, rename = "worker")]
    _worker: toml::Table,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ServerTable {
    pub max_file_mib: Option<u16>,
    pub templates: Option<PathBuf>,
    pub profiles: Option<PathBuf>,
    pub calendar: Option<PathBuf>,
    pub listen: Option<SocketAddr>,
    pub access_control: Option<bool>,
    pub tls_cert: Option<PathBuf>,
    pub tls_key: Option<PathBuf>,
    pub client_ca: Option<PathBuf>,
    pub plaintext: Option<bool>,
    pub reflection: Option<bool>,
    pub pool_size: Option<u16>,
    pub max_calls: Option<u16>,
    pub max_connections: Option<u16>,
    pub connection_calls: Option<u16>,
    pub waiting_queries: Option<u16>,
    pub grace_seconds: Option<u16>,
}

/// Reads the file. One that nobody named may be absent.
pub(super) fn read(path: &Path, named: bool) -> Result<File, ConfigError> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !named => return Ok(File::default()),
        Err(error) => {
            return Err(ConfigError::Read {
                path: path.to_owned(),
                error,
            });
        }
    };
    toml::from_str(&text).map_err(|error| ConfigError::File {
        path: path.to_owned(),
        error: Box::new(error),
    })
}
