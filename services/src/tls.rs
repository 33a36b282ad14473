//! TLS: the server's certificate, and the certificates of clients.
//!
//! rustls with ring, which builds with a C compiler alone. TLS 1.2 and 1.3; the protocol inside is HTTP/2 only.

use std::path::{Path, PathBuf};
use std::time::Duration;

use tonic::transport::{Certificate, Identity, ServerTlsConfig};

/// A handshake that takes longer is given up: it would hold a connection for nothing.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// Why TLS cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read.
    #[error("cannot read {path} ({what}): {error}")]
    Read {
        /// What the file is.
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
}

/// Files for TLS, in PEM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tls {
    /// The server's certificate, then those of who signed it.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
    /// Certificates of who signs those of clients; absent: clients show none. With it a client may still come with a token
    /// alone.
    pub client_ca: Option<PathBuf>,
}

impl Tls {
    /// What the transport needs of it.
    ///
    /// # Errors
    /// [`TlsError`] when a file cannot be read.
    pub fn config(&self) -> Result<ServerTlsConfig, TlsError> {
        let certificate = read("the server's certificate", &self.certificate)?;
        let key = read("the server's private key", &self.key)?;
        let config = ServerTlsConfig::new()
            .identity(Identity::from_pem(certificate, key))
            .timeout(HANDSHAKE);
        Ok(match &self.client_ca {
            Some(path) => config
                .client_ca_root(Certificate::from_pem(read("the certificates for clients", path)?))
                .client_auth_optional(true),
            None => config,
        })
    }
}

fn read(what: &'static str, path: &Path) -> Result<Vec<u8>, TlsError> {
    std::fs::read(path).map_err(|error| TlsError::Read {
        what,
        path: path.to_owned(),
        error,
    })
}
