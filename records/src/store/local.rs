//! Files of this machine, into the store and out of its way.

use std::path::Path as FilePath;

use bytes::Bytes;
use futures_util::TryStreamExt;
use object_store::{ObjectStore, ObjectStoreExt};
use tokio::io::AsyncReadExt;

use super::{Store, StoreError, Stored};

/// Bytes that are read at once.
const PIECE: usize = 256 * 1024;

pub(super) async fn take(store: &Store, path: &FilePath) -> Result<Stored, StoreError> {
    let failed = |error| StoreError::File {
        path: path.to_path_buf(),
        error,
    };
    let mut file = tokio::fs::File::open(path).await.map_err(failed)?;
    let mut incoming = store.receive().await?;
    loop {
        let mut piece = Vec::with_capacity(PIECE);
        if file.read_buf(&mut piece).await.map_err(failed)? == 0 {
            return incoming.finish().await;
        }
        incoming.write(Bytes::from(piece)).await?;
    }
}

pub(super) async fn sweep(store: &Store, age: chrono::TimeDelta) -> Result<usize, StoreError> {
    let before = chrono::Utc::now() - age;
    // Half a file on a disk has a name that a listing of the store does not show.
    let mut swept = match &store.folder {
        Some(folder) => sweep_folder(&folder.join("incoming"), before.into()),
        None => 0,
    };
    let incoming = store.root.clone().join("incoming");
    let old: Vec<_> = store
        .inner
        .list(Some(&incoming))
        .try_filter(|file| std::future::ready(file.last_modified < before))
        .try_collect()
        .await?;
    for file in old {
        store.inner.delete(&file.location).await?;
        swept += 1;
    }
    Ok(swept)
}

fn sweep_folder(folder: &FilePath, before: std::time::SystemTime) -> usize {
    let Ok(files) = std::fs::read_dir(folder) else { return 0 };
    let old = files.flatten().filter(|file| {
        let changed = file.metadata().and_then(|data| data.modified());
        changed.is_ok_and(|changed| changed < before)
    });
    old.filter(|file| std::fs::remove_file(file.path()).is_ok()).count()
}
