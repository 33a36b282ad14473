//! The file store: ledgers as they were handed in and the workbooks made of them, each under the SHA-256 of its bytes.
//! Server and worker meet here and in the database.
//!
//! ```text
//! files/ab/abcd…      a whole file, under its hash; never changed
//! incoming/UUID       a file that is being received; whole files only leave it
//! ```
//!
//! `file://FOLDER` writes through to the disk before a file counts as stored. `s3://BUCKET/PREFIX` takes what it needs to
//! know from the `AWS_*` variables of the environment.

mod folder;
mod incoming;
mod local;
mod open;
mod whole;

use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};

pub use folder::{Folder, FolderFile};
pub use incoming::{Incoming, Stored};
pub use open::choose_tls;
pub use whole::Listed;

/// Where files are kept unless someone says otherwise.
pub const DEFAULT: &str = "file://ducha-files";

/// Why the file store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The URL means nothing to us.
    #[error("{url:?} is no file store; wanted file://FOLDER or s3://BUCKET/PREFIX")]
    Url {
        /// As given.
        url: String,
    },
    /// The store failed.
    #[error("the file store failed: {0}")]
    Store(#[from] object_store::Error),
    /// A file of this machine could not be read or written.
    #[error("{path}: {error}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// What lies under a hash has another one.
    #[error("the stored file {0} is damaged")]
    Damaged(String),
    /// Nothing lies under this hash.
    #[error("the file {0} is not in the store")]
    Missing(String),
}

/// A file store.
#[derive(Debug, Clone)]
pub struct Store {
    inner: Arc<dyn ObjectStore>,
    root: Path,
    /// The folder, for a store on this machine.
    folder: Option<PathBuf>,
}

impl Store {
    /// The store behind a URL. Nothing is asked of it yet, except that a folder is made.
    ///
    /// # Errors
    /// [`StoreError`] if the URL is no store's, or the folder cannot be made.
    pub fn open(url: &str) -> Result<Self, StoreError> {
        open::open(url)
    }

    fn key(&self, sha256: &str) -> Path {
        let begins = sha256.get(..2).unwrap_or_default();
        self.root.clone().join("files").join(begins).join(sha256)
    }

    /// Begins to take a file in.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn receive(&self) -> Result<Incoming, StoreError> {
        Incoming::begin(self).await
    }

    /// Takes in a file of this machine.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn take(&self, path: &FilePath) -> Result<Stored, StoreError> {
        local::take(self, path).await
    }

    /// Whether a file is there.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn has(&self, sha256: &str) -> Result<bool, StoreError> {
        match self.inner.head(&self.key(sha256)).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// The bytes of a file, piece by piece.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if it is not there.
    pub async fn read(&self, sha256: &str) -> Result<BoxStream<'static, Result<Bytes, StoreError>>, StoreError> {
        match self.inner.get(&self.key(sha256)).await {
            Ok(found) => Ok(found.into_stream().map(|piece| piece.map_err(Into::into)).boxed()),
            Err(object_store::Error::NotFound { .. }) => Err(StoreError::Missing(sha256.to_owned())),
            Err(error) => Err(error.into()),
        }
    }

    /// Copies a file to `path` of this machine, which must not be there; checks that it is what its hash says. Returns its size.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn fetch(&self, sha256: &str, path: &FilePath) -> Result<u64, StoreError> {
        whole::fetch(self, sha256, path).await
    }

    /// Reads a file to its end and checks that it is what its hash says. Returns its size.
    ///
    /// # Errors
    /// [`StoreError::Missing`] and [`StoreError::Damaged`]; the others when the store fails.
    pub async fn check(&self, sha256: &str) -> Result<u64, StoreError> {
        whole::check(self, sha256).await
    }

    /// Puts a file of this machine back under the hash that it is known to have, in the place of a damaged one.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if the file has another hash; [`StoreError`].
    pub async fn put_back(&self, sha256: &str, path: &FilePath) -> Result<(), StoreError> {
        whole::put_back(self, sha256, path).await
    }

    /// The files whose hashes begin with these two digits.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn list(&self, beginning: &str) -> Result<Vec<Listed>, StoreError> {
        whole::list(self, beginning).await
    }

    /// Removes what was left behind by servers that died while they received a file, once it is `age` old.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sweep(&self, age: chrono::TimeDelta) -> Result<usize, StoreError> {
        local::sweep(self, age).await
    }
}
