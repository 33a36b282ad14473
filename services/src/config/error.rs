//! Why a configuration is refused.

use std::path::PathBuf;

use super::Origin;

/// Why a configuration was refused.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read the configuration file {path}: {error}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// The file is not what it should be; the text names line and column.
    #[error("in the configuration file {path}: {error}")]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        error: Box<toml::de::Error>,
    },
    /// A value that means nothing without another.
    #[error("{origin}: {key} needs {other} as well")]
    Alone {
        /// Where it came from.
        origin: Origin,
        /// What it sets.
        key: &'static str,
        /// What is missing.
        other: &'static str,
    },
    /// A value that means nothing.
    #[error("{origin}: {key} must be {wanted}, found {found:?}")]
    Value {
        /// Where it came from.
        origin: Origin,
        /// What it sets.
        key: &'static str,
        /// What is possible.
        wanted: &'static str,
        /// What it says.
        found: String,
    },
}
