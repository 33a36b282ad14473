//! The store as a whole: what lies in it, whether it is undamaged, and putting it back.

use std::path::Path as FilePath;

use chrono::{DateTime, Utc};
use futures_util::{StreamExt, TryStreamExt};
use object_store::{ObjectStore, ObjectStoreExt};
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;

use super::{Store, StoreError};
use crate::hex::hex;

/// A file as the store lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The hash under which it lies.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// When it was written.
    pub changed: DateTime<Utc>,
}

pub(super) async fn check(store: &Store, sha256: &str) -> Result<u64, StoreError> {
    through(store, sha256, async |_| Ok(())).await
}

pub(super) async fn fetch(store: &Store, sha256: &str, path: &FilePath) -> Result<u64, StoreError> {
    let failed = |error| StoreError::File {
        path: path.to_path_buf(),
        error,
    };
    let mut file = tokio::fs::File::create_new(path).await.map_err(failed)?;
    let bytes = through(store, sha256, async |piece| file.write_all(piece).await.map_err(failed)).await?;
    file.flush().await.map_err(failed)?;
    Ok(bytes)
}

/// Reads a file to its end, piece by piece, and checks that it is what its hash says. Its size.
async fn through(
    store: &Store,
    sha256: &str,
    mut take: impl AsyncFnMut(&[u8]) -> Result<(), StoreError>,
) -> Result<u64, StoreError> {
    let (mut pieces, mut hasher, mut bytes) = (store.read(sha256).await?, Sha256::new(), 0);
    while let Some(piece) = pieces.next().await {
        let piece = piece?;
        hasher.update(&piece);
        take(&piece).await?;
        bytes += piece.len() as u64;
    }
    if hex(&hasher.finalize()) == sha256 {
        Ok(bytes)
    } else {
        Err(StoreError::Damaged(sha256.to_owned()))
    }
}

pub(super) async fn put_back(store: &Store, sha256: &str, path: &FilePath) -> Result<(), StoreError> {
    match check(store, sha256).await {
        Ok(_) => return Ok(()),
        Err(StoreError::Missing(_)) => {}
        // What is received does not take the place of what lies there.
        Err(StoreError::Damaged(_)) => store.inner.delete(&store.key(sha256)).await?,
        Err(error) => return Err(error),
    }
    let stored = store.take(path).await?;
    if stored.sha256 == sha256 {
        Ok(())
    } else {
        Err(StoreError::Damaged(sha256.to_owned()))
    }
}

pub(super) async fn list(store: &Store, beginning: &str) -> Result<Vec<Listed>, StoreError> {
    let folder = store.root.clone().join("files").join(beginning);
    let found: Vec<_> = store.inner.list(Some(&folder)).try_collect().await?;
    let listed = found.into_iter().filter_map(|file| {
        Some(Listed {
            sha256: file.location.filename()?.to_owned(),
            bytes: file.size,
            changed: file.last_modified,
        })
    });
    Ok(listed.collect())
}
