//! Configuration in layers: flags over `DUCHA_*` variables (both read by clap) over a TOML file over defaults.
//!
//! The file is shared with the server: `database`, `store` and `log` are of both, `[worker]` is ours, and `[server]` is skipped.

use std::num::NonZeroU16;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use ducha_records::exposition::MetricsTable;
use ducha_records::login::{DatabaseTable, database_table};
use ducha_records::rules::Language;
use ducha_records::webhooks::WebhooksTable;
use serde::Deserialize;

/// Read when no file is named, if it is there.
pub const DEFAULT_FILE: &str = "ducha.toml";
/// The embedded default.
pub const DEFAULT_DATABASE: &str = "sqlite://ducha.db";

/// How events are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Lines for people.
    Human,
    /// One JSON object in a line.
    Json,
}

/// The language of tables and messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// zh-CN
    #[default]
    Zh,
    /// English
    En,
}

impl Lang {
    /// The language of the rules' texts.
    #[must_use]
    pub const fn language(self) -> Language {
        match self {
            Self::Zh => Language::Zh,
            Self::En => Language::En,
        }
    }
}

/// The configuration file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// The database.
    #[serde(default, deserialize_with = "database_table")]
    pub database: DatabaseTable,
    /// URL of the file store.
    pub store: Option<String>,
    /// How events are written.
    pub log: Option<LogFormat>,
    /// Where metrics are told.
    #[serde(default)]
    pub metrics: MetricsTable,
    /// Where notices may go.
    #[serde(default)]
    pub webhooks: WebhooksTable,
    /// The worker's own keys.
    #[serde(default)]
    pub worker: WorkerTable,
    /// The server's own; it checks them.
    #[serde(default, rename = "server")]
    _server: toml::Table,
    /// The server's own as well.
    #[serde(default, rename = "limits")]
    _limits: toml::Table,
}

/// The worker's own keys.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkerTable {
    /// Ledger profiles that replace the built-in ones.
    pub profiles: Option<PathBuf>,
    /// The language of tables and messages.
    pub lang: Option<Lang>,
    /// Largest file that is read, in MiB.
    pub max_file_mib: Option<NonZeroU16>,
    /// Who hands files in.
    pub submitter: Option<String>,
}

/// Why a configuration file was refused.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It cannot be read.
    #[error("cannot read the configuration file {path}: {error}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// It is not what it should be; the text names line and column.
    #[error("in the configuration file {path}: {error}")]
    Toml {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        error: Box<toml::de::Error>,
    },
}

impl File {
    /// Reads `path`; with none, `ducha.toml` if it is there.
    ///
    /// # Errors
    /// [`ConfigError`]; a default file that is not there is no error.
    pub fn load(path: Option<&Path>) -> Result<Self, ConfigError> {
        let named = path.unwrap_or(Path::new(DEFAULT_FILE));
        let text = match std::fs::read_to_string(named) {
            Ok(text) => text,
            Err(error) if path.is_none() && error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => {
                return Err(ConfigError::Read {
                    path: named.to_path_buf(),
                    error,
                });
            }
        };
        toml::from_str(&text).map_err(|error| ConfigError::Toml {
            path: named.to_path_buf(),
            error: Box::new(error),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_does_not_exist_is_refused_with_its_line() {
        let refused = toml::from_str::<File>("[worker]\nlanguage = \"zh\"")
            .unwrap_err()
            .to_string();
        assert!(refused.contains("line 2") && refused.contains("language"), "{refused}");
    }

    #[test]
    fn the_database_is_a_url_or_a_table_of_known_keys() {
        let file: File = toml::from_str("[database]\nurl = \"sqlite://a.db\"\nworker_url = \"sqlite://b.db\"").unwrap();
        assert_eq!(file.database.worker_url.as_deref(), Some("sqlite://b.db"));
        let refused = toml::from_str::<File>("[database]\nurl = \"sqlite://a.db\"\nmigrate = \"x\"").unwrap_err();
        let refused = refused.to_string();
        assert!(
            refused.contains("migrate_url") && refused.contains("line 3"),
            "{refused}"
        );
        assert!(
            toml::from_str::<File>("database = 1")
                .unwrap_err()
                .to_string()
                .contains("the URL of a database")
        );
    }

    #[test]
    fn the_servers_keys_are_left_to_the_server() {
        let file: File = toml::from_str("database = \"sqlite://a.db\"\n[server]\nlisten = \"127.0.0.1:1\"").unwrap();
        assert_eq!(file.database.url.as_deref(), Some("sqlite://a.db"));
    }
}
