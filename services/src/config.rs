//! Configuration in layers: flags over `DUCHA_*` variables over a TOML file over defaults, each value with its origin.
//!
//! The file is shared with the worker: `database`, `store` and `log` are of both, `[server]` is ours, and `[worker]` is skipped.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use ducha_records::store;
use serde::Deserialize;

use self::keys::{
    ACCESS_CONTROL, CALENDAR, CLIENT_CA, DATABASE, GRACE, Key, LISTEN, LOG, MAX_CALLS, MAX_FILE, PLAINTEXT, POOL_SIZE,
    REFLECTION, STORE, TEMPLATES, TLS_CERT, TLS_KEY,
};
use crate::access::keyring;
use crate::progress::calendar::{Calendar, CalendarError};
use crate::serve::Settings;
use crate::tls::Tls;

mod error;
mod keys;
mod values;

pub use error::ConfigError;
pub use values::{LogFormat, Origin, Setting, masked};

/// Read when no file is named, if it is there.
pub const DEFAULT_FILE: &str = "ducha.toml";

/// Values from the command line; what is absent comes from a lower layer.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    /// `--config`
    pub config: Option<PathBuf>,
    /// `--database`
    pub database: Option<String>,
    /// `--store`
    pub store: Option<String>,
    /// `--listen`
    pub listen: Option<SocketAddr>,
    /// `--no-access-control`
    pub no_access_control: bool,
    /// `--tls-cert`
    pub tls_cert: Option<PathBuf>,
    /// `--tls-key`
    pub tls_key: Option<PathBuf>,
    /// `--client-ca`
    pub client_ca: Option<PathBuf>,
    /// `--plaintext`
    pub plaintext: bool,
    /// `--reflection`
    pub reflection: bool,
    /// `--pool-size`
    pub pool_size: Option<u16>,
    /// `--log`
    pub log: Option<LogFormat>,
}

/// Everything that can be set.
#[derive(Debug, Clone)]
pub struct Config {
    /// URL of the database.
    pub database: Setting<String>,
    /// How events are written.
    pub log: Setting<LogFormat>,
    /// URL of the file store.
    pub store: Setting<String>,
    /// No uploaded file is larger, in MiB.
    pub max_file_mib: Setting<u16>,
    /// Where templates of accounts are kept; empty: the built-in ones.
    pub templates: Setting<PathBuf>,
    /// Which days are worked; empty: Monday to Friday.
    pub calendar: Setting<PathBuf>,
    /// Where to listen.
    pub listen: Setting<SocketAddr>,
    /// Whether calls need a credential.
    pub access_control: Setting<bool>,
    /// The server's certificate; empty: none.
    pub tls_cert: Setting<PathBuf>,
    /// Its private key; empty: none.
    pub tls_key: Setting<PathBuf>,
    /// Who signs the certificates of clients; empty: nobody.
    pub client_ca: Setting<PathBuf>,
    /// Whether to serve plaintext to others than this machine.
    pub plaintext: Setting<bool>,
    /// Whether to serve reflection.
    pub reflection: Setting<bool>,
    /// Connections to the database.
    pub pool_size: Setting<u16>,
    /// Calls in progress at once.
    pub max_calls: Setting<u16>,
    /// Seconds that calls may go on once the server is told to stop.
    pub grace_seconds: Setting<u16>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    database: Option<String>,
    store: Option<String>,
    log: Option<LogFormat>,
    #[serde(default)]
    server: ServerTable,
    /// The worker's own; it checks them.
    #[serde(default, rename = "worker")]
    _worker: toml::Table,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ServerTable {
    max_file_mib: Option<u16>,
    templates: Option<PathBuf>,
    calendar: Option<PathBuf>,
    listen: Option<SocketAddr>,
    access_control: Option<bool>,
    tls_cert: Option<PathBuf>,
    tls_key: Option<PathBuf>,
    client_ca: Option<PathBuf>,
    plaintext: Option<bool>,
    reflection: Option<bool>,
    pool_size: Option<u16>,
    max_calls: Option<u16>,
    grace_seconds: Option<u16>,
}

/// The layers below the flags.
struct Layers<'a> {
    variable: &'a dyn Fn(&str) -> Option<OsString>,
    file: PathBuf,
}

impl Layers<'_> {
    fn pick<T: FromStr>(
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

impl Config {
    /// Puts the layers together.
    ///
    /// # Errors
    /// [`ConfigError`] naming the layer, the key, and in a file the line and column.
    pub fn load(flags: Flags, variable: &dyn Fn(&str) -> Option<OsString>) -> Result<Self, ConfigError> {
        let named = flags.config.or_else(|| variable("DUCHA_CONFIG").map(PathBuf::from));
        let path = named.clone().unwrap_or_else(|| PathBuf::from(DEFAULT_FILE));
        let file = read(&path, named.is_some())?;
        let server = file.server;
        let layers = Layers { variable, file: path };
        let listen = SocketAddr::from(([127, 0, 0, 1], 50051));
        let reflection = flags.reflection.then_some(true);
        let access_control = flags.no_access_control.then_some(false);
        let plaintext = flags.plaintext.then_some(true);
        let none = PathBuf::new;
        let pool_size = layers.pick(POOL_SIZE, flags.pool_size, server.pool_size, 8)?;
        let max_file = layers.pick(MAX_FILE, None, server.max_file_mib, 64)?;
        let max_calls = layers.pick(MAX_CALLS, None, server.max_calls, 512)?;
        let config = Self {
            database: layers.pick(DATABASE, flags.database, file.database, "sqlite://ducha.db".to_owned())?,
            store: layers.pick(STORE, flags.store, file.store, store::DEFAULT.to_owned())?,
            max_file_mib: MAX_FILE.above_zero(max_file)?,
            templates: layers.pick(TEMPLATES, None, server.templates, none())?,
            calendar: layers.pick(CALENDAR, None, server.calendar, none())?,
            log: layers.pick(LOG, flags.log, file.log, LogFormat::Human)?,
            listen: layers.pick(LISTEN, flags.listen, server.listen, listen)?,
            access_control: layers.pick(ACCESS_CONTROL, access_control, server.access_control, true)?,
            tls_cert: layers.pick(TLS_CERT, flags.tls_cert, server.tls_cert, none())?,
            tls_key: layers.pick(TLS_KEY, flags.tls_key, server.tls_key, none())?,
            client_ca: layers.pick(CLIENT_CA, flags.client_ca, server.client_ca, none())?,
            plaintext: layers.pick(PLAINTEXT, plaintext, server.plaintext, false)?,
            reflection: layers.pick(REFLECTION, reflection, server.reflection, false)?,
            pool_size: POOL_SIZE.above_zero(pool_size)?,
            max_calls: MAX_CALLS.above_zero(max_calls)?,
            grace_seconds: layers.pick(GRACE, None, server.grace_seconds, 10)?,
        };
        TLS_CERT.with(&config.tls_cert, TLS_KEY, &config.tls_key)?;
        TLS_KEY.with(&config.tls_key, TLS_CERT, &config.tls_cert)?;
        CLIENT_CA.with(&config.client_ca, TLS_CERT, &config.tls_cert)?;
        Ok(config)
    }

    /// The files for TLS, where there are any.
    fn tls(&self) -> Option<Tls> {
        let file = |setting: &Setting<PathBuf>| Some(setting.value.clone()).filter(|path| !path.as_os_str().is_empty());
        Some(Tls {
            certificate: file(&self.tls_cert)?,
            key: file(&self.tls_key)?,
            client_ca: file(&self.client_ca),
        })
    }

    /// What the server needs of it.
    ///
    /// # Errors
    /// [`CalendarError`] when the file that it names cannot be used.
    pub fn settings(&self) -> Result<Settings, CalendarError> {
        let calendar = &self.calendar.value;
        Ok(Settings {
            calendar: match calendar.as_os_str().is_empty() {
                true => Calendar::default(),
                false => Calendar::read(calendar)?,
            },
            database: self.database.value.clone(),
            store: self.store.value.clone(),
            max_file_bytes: u64::from(self.max_file_mib.value) * 1024 * 1024,
            templates: self.templates(),
            listen: self.listen.value,
            access_control: self.access_control.value,
            trust: keyring::TRUST,
            tls: self.tls(),
            plaintext: self.plaintext.value,
            reflection: self.reflection.value,
            pool_size: self.pool_size.value.into(),
            max_calls: self.max_calls.value.into(),
            grace: Duration::from_secs(self.grace_seconds.value.into()),
        })
    }

    /// Where templates of accounts are kept; absent: the built-in ones.
    #[must_use]
    pub fn templates(&self) -> Option<PathBuf> {
        Some(self.templates.value.clone()).filter(|path| !path.as_os_str().is_empty())
    }

    /// The configuration as a file would have it, its password hidden; with `origins` each value says where it came from.
    #[must_use]
    pub fn to_toml(&self, origins: bool) -> String {
        let line = |key: &str, value: String, origin: &Origin| match origins {
            true => format!("{key} = {value} # {origin}\n"),
            false => format!("{key} = {value}\n"),
        };
        let quoted = |text: String| toml::Value::String(text).to_string();
        // A file that is not named is not one of an empty name.
        let path = |key: &str, setting: &Setting<PathBuf>| match setting.value.as_os_str().is_empty() {
            true => String::new(),
            false => line(key, quoted(setting.value.display().to_string()), &setting.origin),
        };
        [
            line("database", quoted(masked(&self.database.value)), &self.database.origin),
            line("store", quoted(self.store.value.clone()), &self.store.origin),
            line("log", quoted(self.log.value.to_string()), &self.log.origin),
            "\n[server]\n".to_owned(),
            line("listen", quoted(self.listen.value.to_string()), &self.listen.origin),
            line(
                "max_file_mib",
                self.max_file_mib.value.to_string(),
                &self.max_file_mib.origin,
            ),
            line(
                "access_control",
                self.access_control.value.to_string(),
                &self.access_control.origin,
            ),
            path("templates", &self.templates),
            path("calendar", &self.calendar),
            path("tls_cert", &self.tls_cert),
            path("tls_key", &self.tls_key),
            path("client_ca", &self.client_ca),
            line("plaintext", self.plaintext.value.to_string(), &self.plaintext.origin),
            line("reflection", self.reflection.value.to_string(), &self.reflection.origin),
            line("pool_size", self.pool_size.value.to_string(), &self.pool_size.origin),
            line("max_calls", self.max_calls.value.to_string(), &self.max_calls.origin),
            line(
                "grace_seconds",
                self.grace_seconds.value.to_string(),
                &self.grace_seconds.origin,
            ),
        ]
        .concat()
    }
}

/// Reads the file. One that nobody named may be absent.
fn read(path: &Path, named: bool) -> Result<File, ConfigError> {
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

#[cfg(test)]
mod tests;
