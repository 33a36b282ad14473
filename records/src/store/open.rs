//! From a URL to a store.

use std::path::PathBuf;
use std::sync::Arc;

use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;

use super::{Store, StoreError};

pub(super) fn open(url: &str) -> Result<Store, StoreError> {
    let unknown = || StoreError::Url { url: url.to_owned() };
    if let Some(folder) = url.strip_prefix("file://").filter(|folder| !folder.is_empty()) {
        return on_disk(folder.into());
    }
    let bucket = url.strip_prefix("s3://").ok_or_else(unknown)?;
    let (bucket, prefix) = bucket.split_once('/').unwrap_or((bucket, ""));
    if bucket.is_empty() {
        return Err(unknown());
    }
    let root = Path::parse(prefix).map_err(|_| unknown())?;
    choose_tls();
    let s3 = AmazonS3Builder::from_env().with_bucket_name(bucket).build()?;
    Ok(Store {
        inner: Arc::new(s3),
        root,
        folder: None,
    })
}

/// Has this program speak TLS with ring, as tonic does. Whoever makes a client of HTTP does so first.
pub fn choose_tls() {
    // An error says that the program has chosen one already.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

fn on_disk(folder: PathBuf) -> Result<Store, StoreError> {
    let failed = |error| StoreError::File {
        path: folder.clone(),
        error,
    };
    std::fs::create_dir_all(&folder).map_err(failed)?;
    let folder = folder.canonicalize().map_err(failed)?;
    let files = LocalFileSystem::new_with_prefix(&folder)?.with_fsync(true);
    Ok(Store {
        inner: Arc::new(files),
        root: Path::default(),
        folder: Some(folder),
    })
}
