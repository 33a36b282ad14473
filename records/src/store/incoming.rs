//! A file on its way into the store.

use bytes::Bytes;
use object_store::path::Path;
use object_store::{ObjectStoreExt, WriteMultipart};
use sha2::{Digest, Sha256};

use super::{Store, StoreError};
use crate::hex::hex;

/// Pieces that may be on their way to the store at once; each is 5 MiB, the least that S3 takes.
const UNDER_WAY: usize = 2;

/// A file that is being received. Dropped, it leaves nothing under any hash.
#[derive(Debug)]
pub struct Incoming {
    store: Store,
    place: Path,
    upload: WriteMultipart,
    hasher: Sha256,
    bytes: u64,
}

/// A file that is in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
}

impl Incoming {
    pub(super) async fn begin(store: &Store) -> Result<Self, StoreError> {
        let name = uuid::Uuid::now_v7().to_string();
        let place = store.root.clone().join("incoming").join(name);
        let upload = store.inner.put_multipart(&place).await?;
        Ok(Self {
            store: store.clone(),
            place,
            upload: WriteMultipart::new(upload),
            hasher: Sha256::new(),
            bytes: 0,
        })
    }

    /// Bytes received so far.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Takes the next bytes; waits while the store is slower than they come.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn write(&mut self, piece: Bytes) -> Result<(), StoreError> {
        self.hasher.update(&piece);
        self.bytes += piece.len() as u64;
        self.upload.wait_for_capacity(UNDER_WAY).await?;
        self.upload.put(piece);
        Ok(())
    }

    /// Ends the file and puts it under its hash.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is under the hash then that was not there before.
    pub async fn finish(self) -> Result<Stored, StoreError> {
        let sha256 = hex(&self.hasher.finalize());
        self.upload.finish().await?;
        let files = &self.store.inner;
        if self.store.has(&sha256).await? {
            files.delete(&self.place).await?;
        } else {
            files.rename(&self.place, &self.store.key(&sha256)).await?;
        }
        Ok(Stored {
            sha256,
            bytes: self.bytes,
        })
    }

    /// Gives the file up.
    pub async fn give_up(self) {
        if let Err(error) = self.upload.abort().await {
            tracing::warn!(%error, "a file that is not wanted any more stays in the store until it is swept");
        }
    }
}
