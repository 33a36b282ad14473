//! A folder or a bucket into which others put files.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::{StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};

use super::{Store, StoreError, Stored};

/// A file in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderFile {
    /// Its path below the folder, with `/` between the parts.
    pub name: String,
    /// When it was changed last.
    pub changed: DateTime<Utc>,
    /// Its size.
    pub bytes: u64,
}

/// A folder or a bucket's prefix.
#[derive(Debug, Clone)]
pub struct Folder(Store);

impl Folder {
    /// The folder behind a URL of the kind that [`Store::open`] takes.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn open(url: &str) -> Result<Self, StoreError> {
        Store::open(url).map(Self)
    }

    /// The files in it and below it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn list(&self) -> Result<Vec<FolderFile>, StoreError> {
        let root = Some(&self.0.root).filter(|root| !root.as_ref().is_empty());
        let found: Vec<_> = self.0.inner.list(root).try_collect().await?;
        let named = found.into_iter().filter_map(|file| {
            let parts = file.location.prefix_match(&self.0.root)?;
            let parts: Vec<_> = parts.map(|part| part.as_ref().to_owned()).collect();
            Some(FolderFile {
                name: parts.join("/"),
                changed: file.last_modified,
                bytes: file.size,
            })
        });
        Ok(named.collect())
    }

    /// A small file as text.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if it is not there.
    pub async fn text(&self, name: &str) -> Result<String, StoreError> {
        let bytes = self
            .0
            .inner
            .get(&self.path(name)?)
            .await
            .map_err(|error| missing(error, name))?;
        let bytes = bytes.bytes().await?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Copies a file into a store.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if it is not there any more.
    pub async fn store(&self, name: &str, store: &Store) -> Result<Stored, StoreError> {
        let found = self
            .0
            .inner
            .get(&self.path(name)?)
            .await
            .map_err(|error| missing(error, name))?;
        let (mut pieces, mut incoming) = (found.into_stream(), store.receive().await?);
        while let Some(piece) = pieces.next().await {
            incoming.write(piece?).await?;
        }
        incoming.finish().await
    }

    /// Writes a file, in the place of one of that name.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn put(&self, name: &str, text: String) -> Result<(), StoreError> {
        self.0.inner.put(&self.path(name)?, Bytes::from(text).into()).await?;
        Ok(())
    }

    /// Writes a file of a store, in the place of one of that name.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn put_stored(&self, name: &str, store: &Store, sha256: &str) -> Result<(), StoreError> {
        let mut upload = object_store::WriteMultipart::new(self.0.inner.put_multipart(&self.path(name)?).await?);
        let mut pieces = store.read(sha256).await?;
        while let Some(piece) = pieces.next().await {
            upload.wait_for_capacity(2).await?;
            upload.put(piece?);
        }
        upload.finish().await?;
        Ok(())
    }

    /// Gives a file another name.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if it is not there any more.
    pub async fn rename(&self, from: &str, to: &str) -> Result<(), StoreError> {
        let (old, new) = (self.path(from)?, self.path(to)?);
        self.0
            .inner
            .rename(&old, &new)
            .await
            .map_err(|error| missing(error, from))
    }

    fn path(&self, name: &str) -> Result<Path, StoreError> {
        let below = Path::parse(name).map_err(object_store::Error::from)?;
        Ok(self.0.root.parts().chain(below.parts()).collect())
    }
}

fn missing(error: object_store::Error, name: &str) -> StoreError {
    match error {
        object_store::Error::NotFound { .. } => StoreError::Missing(name.to_owned()),
        error => error.into(),
    }
}
