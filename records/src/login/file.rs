//! The database in a configuration file: its URL, or a table of what can be said of it.

use std::fmt::{self, Formatter};

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// `database = "URL"`, or `[database]` with these keys. Both programs read it; each takes what is its own.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatabaseTable {
    /// URL of the database.
    pub url: Option<String>,
    /// URL for the worker, where its role is another.
    pub worker_url: Option<String>,
    /// URL for `ducha-server migrate`, whose role owns the tables.
    pub migrate_url: Option<String>,
    /// URL for `ducha-server backup`, whose role reads every row.
    pub backup_url: Option<String>,
    /// Whether server and worker may be the owner, or a superuser: for development.
    pub allow_owner: Option<bool>,
    /// Seconds that one statement of the server may take; 0: any.
    pub statement_timeout_seconds: Option<u16>,
    /// Seconds that the server waits for a lock; 0: for ever.
    pub lock_timeout_seconds: Option<u16>,
    /// Seconds that a transaction of the server may stand still; 0: for ever.
    pub idle_in_transaction_timeout_seconds: Option<u16>,
}

/// Reads a [`DatabaseTable`] from either form.
///
/// # Errors
/// The deserializer's.
pub fn database_table<'de, D: Deserializer<'de>>(from: D) -> Result<DatabaseTable, D::Error> {
    struct Either;

    impl<'de> Visitor<'de> for Either {
        type Value = DatabaseTable;

        fn expecting(&self, out: &mut Formatter<'_>) -> fmt::Result {
            out.write_str("the URL of a database, or a table with `url`")
        }

        fn visit_str<E: Error>(self, url: &str) -> Result<DatabaseTable, E> {
            Ok(DatabaseTable {
                url: Some(url.to_owned()),
                ..DatabaseTable::default()
            })
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<DatabaseTable, A::Error> {
            DatabaseTable::deserialize(MapAccessDeserializer::new(map))
        }
    }

    from.deserialize_any(Either)
}
