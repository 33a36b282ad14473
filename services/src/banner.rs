//! What a server says of itself when it starts.

use std::net::SocketAddr;

use crate::config::{LogFormat, masked};

/// Tells on standard error where the server listens, on which database, and whether reflection is on.
pub fn show(log: LogFormat, address: SocketAddr, database: &str, reflection: bool) {
    let version = env!("CARGO_PKG_VERSION");
    let database = masked(database);
    match log {
        LogFormat::Human => {
            let reflection = if reflection { "on" } else { "off" };
            eprintln!(
                "ducha-server {version}\n  listening on  {address}\n  database      {database}\n  reflection    {reflection}"
            );
        }
        // A reader of JSON wants nothing else on the stream.
        LogFormat::Json => tracing::info!(version, %address, database, reflection, "listening"),
    }
}
