//! Configuration in layers: flags over `DUCHA_*` variables over a TOML file over defaults, each value with its origin.
//!
//! The file is shared with the worker: `database`, `store` and `log` are of both, `[server]` is ours, `[worker]` is skipped.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use ducha_records::login::{self, Limits, Login};
use ducha_records::store;

use crate::access::keyring;
use crate::admission;
use crate::progress::calendar::{Calendar, CalendarError};
use crate::serve::Settings;
use crate::tls::Tls;

mod error;
mod file;
mod keys;
mod limits;
mod show;
mod values;

pub use error::ConfigError;
use keys::Layers;
pub use limits::LimitSettings;
pub use values::{Listen, LogFormat, Origin, Setting, masked};

/// Read when no file is named, if it is there.
pub const DEFAULT_FILE: &str = "ducha.toml";

/// Values from the command line; what is absent comes from a lower layer.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    /// `--config`
    pub config: Option<PathBuf>,
    /// `--database`
    pub database: Option<String>,
    /// `--allow-owner`
    pub allow_owner: bool,
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
    /// `--metrics-listen`
    pub metrics_listen: Option<SocketAddr>,
    /// `--log`
    pub log: Option<LogFormat>,
}

/// Everything that can be set.
#[derive(Debug, Clone)]
pub struct Config {
    /// URL of the database.
    pub database: Setting<String>,
    /// URL of the database for who changes its schema.
    pub migrate_database: Setting<String>,
    /// URL of the database for who backs it up.
    pub backup_database: Setting<String>,
    /// Whether the server's role may own tables.
    pub allow_owner: Setting<bool>,
    /// Seconds that one statement may take; 0: any.
    pub statement_timeout_seconds: Setting<u16>,
    /// Seconds that a lock is waited for; 0: for ever.
    pub lock_timeout_seconds: Setting<u16>,
    /// Seconds that a transaction may stand still; 0: for ever.
    pub idle_in_transaction_timeout_seconds: Setting<u16>,
    /// How events are written.
    pub log: Setting<LogFormat>,
    /// URL of the file store.
    pub store: Setting<String>,
    /// No uploaded file is larger, in MiB.
    pub max_file_mib: Setting<u16>,
    /// Where templates of accounts are kept; empty: the built-in ones.
    pub templates: Setting<PathBuf>,
    /// A folder of ledger profiles; empty: the built-in ones.
    pub profiles: Setting<PathBuf>,
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
    /// Connections at once.
    pub max_connections: Setting<u16>,
    /// Calls in progress at once on one connection.
    pub connection_calls: Setting<u16>,
    /// Queries that may wait for a connection to the database.
    pub waiting_queries: Setting<u16>,
    /// How much one caller may ask for.
    pub limits: LimitSettings,
    /// Whether notices may go to addresses that are not public.
    pub allow_private: Setting<bool>,
    /// Where metrics are told.
    pub metrics_listen: Setting<Listen>,
    /// Seconds that calls may go on once the server is told to stop.
    pub grace_seconds: Setting<u16>,
}

impl Config {
    /// Puts the layers together.
    ///
    /// # Errors
    /// [`ConfigError`] naming the layer, the key, and in a file the line and column.
    pub fn load(flags: Flags, variable: &dyn Fn(&str) -> Option<OsString>) -> Result<Self, ConfigError> {
        let named = flags.config.or_else(|| variable("DUCHA_CONFIG").map(PathBuf::from));
        let path = named.clone().unwrap_or_else(|| PathBuf::from(DEFAULT_FILE));
        let file = file::read(&path, named.is_some())?;
        let (server, stored) = (file.server, file.database);
        let metrics = file.metrics.listen.map(|address| Listen(Some(address)));
        let metrics_flag = flags.metrics_listen.map(|address| Listen(Some(address)));
        let layers = Layers { variable, file: path };
        let listen = SocketAddr::from(([127, 0, 0, 1], 50051));
        let reflection = flags.reflection.then_some(true);
        let access_control = flags.no_access_control.then_some(false);
        let plaintext = flags.plaintext.then_some(true);
        let none = PathBuf::new;
        let pool_size = layers.pick(keys::POOL_SIZE, flags.pool_size, server.pool_size, 8)?;
        let max_file = layers.pick(keys::MAX_FILE, None, server.max_file_mib, 64)?;
        let counted = |key: keys::Key, stored, default| key.above_zero(layers.pick(key, None, stored, default)?);
        let max_calls = layers.pick(keys::MAX_CALLS, None, server.max_calls, 512)?;
        let allow_owner = flags.allow_owner.then_some(true);
        let named_on_line = flags.database.clone();
        let database = layers.pick(
            keys::DATABASE,
            flags.database,
            stored.url,
            "sqlite://ducha.db".to_owned(),
        )?;
        let migrate = layers.pick(keys::MIGRATE, named_on_line.clone(), stored.migrate_url, String::new())?;
        let backup = layers.pick(keys::BACKUP, named_on_line, stored.backup_url, String::new())?;
        let seconds = |key, stored, default| layers.pick(key, None, stored, default);
        let config = Self {
            migrate_database: said(migrate).unwrap_or_else(|| database.clone()),
            backup_database: said(backup).unwrap_or_else(|| database.clone()),
            database,
            allow_owner: layers.pick(keys::ALLOW_OWNER, allow_owner, stored.allow_owner, login::ALLOW_OWNER)?,
            statement_timeout_seconds: seconds(keys::STATEMENT, stored.statement_timeout_seconds, 30)?,
            lock_timeout_seconds: seconds(keys::LOCK, stored.lock_timeout_seconds, 5)?,
            idle_in_transaction_timeout_seconds: seconds(keys::IDLE, stored.idle_in_transaction_timeout_seconds, 60)?,
            store: layers.pick(keys::STORE, flags.store, file.store, store::DEFAULT.to_owned())?,
            max_file_mib: keys::MAX_FILE.above_zero(max_file)?,
            templates: layers.pick(keys::TEMPLATES, None, server.templates, none())?,
            profiles: layers.pick(keys::PROFILES, None, server.profiles, none())?,
            calendar: layers.pick(keys::CALENDAR, None, server.calendar, none())?,
            log: layers.pick(keys::LOG, flags.log, file.log, LogFormat::Human)?,
            listen: layers.pick(keys::LISTEN, flags.listen, server.listen, listen)?,
            access_control: layers.pick(keys::ACCESS_CONTROL, access_control, server.access_control, true)?,
            tls_cert: layers.pick(keys::TLS_CERT, flags.tls_cert, server.tls_cert, none())?,
            tls_key: layers.pick(keys::TLS_KEY, flags.tls_key, server.tls_key, none())?,
            client_ca: layers.pick(keys::CLIENT_CA, flags.client_ca, server.client_ca, none())?,
            plaintext: layers.pick(keys::PLAINTEXT, plaintext, server.plaintext, false)?,
            reflection: layers.pick(keys::REFLECTION, reflection, server.reflection, false)?,
            pool_size: keys::POOL_SIZE.above_zero(pool_size)?,
            max_connections: counted(keys::MAX_CONNECTIONS, server.max_connections, 1_024)?,
            connection_calls: counted(keys::CONNECTION_CALLS, server.connection_calls, 32)?,
            waiting_queries: counted(keys::WAITING_QUERIES, server.waiting_queries, 128)?,
            limits: LimitSettings::load(&layers, &file.limits)?,
            max_calls: keys::MAX_CALLS.above_zero(max_calls)?,
            allow_private: layers.pick(keys::ALLOW_PRIVATE, None, file.webhooks.allow_private, false)?,
            metrics_listen: layers.pick(keys::METRICS, metrics_flag, metrics, Listen(None))?,
            grace_seconds: layers.pick(keys::GRACE, None, server.grace_seconds, 10)?,
        };
        keys::TLS_CERT.with(&config.tls_cert, keys::TLS_KEY, &config.tls_key)?;
        keys::TLS_KEY.with(&config.tls_key, keys::TLS_CERT, &config.tls_cert)?;
        keys::CLIENT_CA.with(&config.client_ca, keys::TLS_CERT, &config.tls_cert)?;
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

    /// How the server goes into its database.
    fn login(&self) -> Login {
        let seconds = |setting: &Setting<u16>| Some(Duration::from_secs(setting.value.into()));
        Login {
            url: self.database.value.clone(),
            allow_owner: self.allow_owner.value,
            limits: Some(Limits {
                statement: seconds(&self.statement_timeout_seconds),
                lock: seconds(&self.lock_timeout_seconds),
                idle_in_transaction: seconds(&self.idle_in_transaction_timeout_seconds),
            }),
        }
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
            database: self.login(),
            store: self.store.value.clone(),
            max_file_bytes: u64::from(self.max_file_mib.value) * 1024 * 1024,
            templates: self.templates(),
            profiles: named(&self.profiles),
            listen: self.listen.value,
            access_control: self.access_control.value,
            trust: keyring::TRUST,
            tls: self.tls(),
            plaintext: self.plaintext.value,
            reflection: self.reflection.value,
            pool_size: self.pool_size.value.into(),
            metrics: self.metrics_listen.value.0,
            max_calls: self.max_calls.value.into(),
            max_connections: self.max_connections.value.into(),
            connection_calls: self.connection_calls.value.into(),
            waiting_queries: self.waiting_queries.value.into(),
            limits: self.limits.limits(),
            deadline: admission::DEADLINE,
            grace: Duration::from_secs(self.grace_seconds.value.into()),
        })
    }

    /// Where templates of accounts are kept; absent: the built-in ones.
    #[must_use]
    pub fn templates(&self) -> Option<PathBuf> {
        named(&self.templates)
    }
}

/// A URL that somebody said.
fn said(url: Setting<String>) -> Option<Setting<String>> {
    Some(url).filter(|url| !url.value.is_empty())
}

/// A path that is named.
fn named(path: &Setting<PathBuf>) -> Option<PathBuf> {
    Some(path.value.clone()).filter(|path| !path.as_os_str().is_empty())
}

#[cfg(test)]
mod tests;
