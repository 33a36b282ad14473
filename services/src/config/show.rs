//! The configuration as it is shown.

use std::fmt::Display;
use std::path::PathBuf;

use super::{Config, Setting, masked};

/// Lines of a file, one after the other.
struct Lines {
    text: String,
    origins: bool,
}

impl Lines {
    fn table(&mut self, name: &str) {
        self.text.push_str(&format!("\n[{name}]\n"));
    }

    /// Numbers and truth values stand as they are.
    fn plain<T: Display>(&mut self, key: &str, setting: &Setting<T>) {
        self.line(key, &setting.value.to_string(), setting);
    }

    fn text<T: Display>(&mut self, key: &str, setting: &Setting<T>) {
        self.quoted(key, setting.value.to_string(), setting);
    }

    fn url(&mut self, key: &str, setting: &Setting<String>) {
        self.quoted(key, masked(&setting.value), setting);
    }

    /// A file that is not named is not one of an empty name.
    fn path(&mut self, key: &str, setting: &Setting<PathBuf>) {
        if !setting.value.as_os_str().is_empty() {
            self.quoted(key, setting.value.display().to_string(), setting);
        }
    }

    fn quoted<T>(&mut self, key: &str, value: String, setting: &Setting<T>) {
        self.line(key, &toml::Value::String(value).to_string(), setting);
    }

    fn line<T>(&mut self, key: &str, value: &str, setting: &Setting<T>) {
        let origin = match self.origins {
            true => format!(" # {}", setting.origin),
            false => String::new(),
        };
        self.text.push_str(&format!("{key} = {value}{origin}\n"));
    }
}

impl Config {
    /// The configuration as a file would have it, its passwords hidden; with `origins` each value says where it came from.
    #[must_use]
    pub fn to_toml(&self, origins: bool) -> String {
        let mut lines = Lines {
            text: String::new(),
            origins,
        };
        lines.text("store", &self.store);
        lines.text("log", &self.log);
        lines.table("database");
        lines.url("url", &self.database);
        if self.migrate_database.value != self.database.value {
            lines.url("migrate_url", &self.migrate_database);
        }
        if self.backup_database.value != self.database.value {
            lines.url("backup_url", &self.backup_database);
        }
        lines.plain("allow_owner", &self.allow_owner);
        lines.plain("statement_timeout_seconds", &self.statement_timeout_seconds);
        lines.plain("lock_timeout_seconds", &self.lock_timeout_seconds);
        lines.plain(
            "idle_in_transaction_timeout_seconds",
            &self.idle_in_transaction_timeout_seconds,
        );
        lines.table("server");
        lines.text("listen", &self.listen);
        lines.plain("max_file_mib", &self.max_file_mib);
        lines.plain("access_control", &self.access_control);
        lines.path("templates", &self.templates);
        lines.path("profiles", &self.profiles);
        lines.path("calendar", &self.calendar);
        lines.path("tls_cert", &self.tls_cert);
        lines.path("tls_key", &self.tls_key);
        lines.path("client_ca", &self.client_ca);
        lines.plain("plaintext", &self.plaintext);
        lines.plain("reflection", &self.reflection);
        lines.plain("pool_size", &self.pool_size);
        lines.plain("max_calls", &self.max_calls);
        lines.plain("max_connections", &self.max_connections);
        lines.plain("connection_calls", &self.connection_calls);
        lines.plain("waiting_queries", &self.waiting_queries);
        lines.plain("grace_seconds", &self.grace_seconds);
        lines.table("limits");
        for (name, limit) in self.limits.named() {
            lines.plain(name, limit);
        }
        lines.table("webhooks");
        lines.plain("allow_private", &self.allow_private);
        if self.metrics_listen.value.0.is_some() {
            lines.table("metrics");
            lines.text("listen", &self.metrics_listen);
        }
        lines.text
    }
}
