//! What a server says of itself when it starts.

use std::net::SocketAddr;

use crate::config::{LogFormat, masked};

/// Tells on standard error where the server listens, on which database, whether reflection is on, and where metrics are told.
pub fn show(log: LogFormat, address: SocketAddr, database: &str, reflection: bool, metrics: Option<SocketAddr>) {
    let version = env!("CARGO_PKG_VERSION");
    let database = masked(database);
    let metrics = metrics.map_or_else(|| "off".to_owned(), |address| format!("http://{address}/metrics"));
    match log {
        LogFormat::Human => {
            let reflection = if reflection { "on" } else { "off" };
            eprintln!(
                "ducha-server {version}\n  listening on  {address}\n  database      {database}\n  reflection    {reflection}\n  metrics       {metrics}"
            );
        }
        // A reader of JSON wants nothing else on the stream.
        LogFormat::Json => tracing::info!(version, %address, database, reflection, metrics, "listening"),
    }
}
