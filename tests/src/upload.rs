//! How a county system uses the service: it uploads, watches, and fetches.

use std::path::Path;

use ducha::v1::upload_ledger_request::Part;
use ducha::v1::{
    DownloadLedgerRequest, Import, ImportMode, LedgerFile, UploadLedgerRequest, UploadLedgerResponse, UploadMetadata,
    WatchImportRequest,
};
use tonic::Status;

use crate::{INSPECTION, TestApp};

/// Bytes of a chunk.
const CHUNK: usize = 256 * 1024;

/// What comes with a ledger of 520102 that is to be applied.
#[must_use]
pub fn metadata(file_name: &str) -> UploadMetadata {
    UploadMetadata {
        inspection_id: INSPECTION.to_owned(),
        division: "520102".to_owned(),
        file_name: file_name.to_owned(),
        mode: ImportMode::Apply.into(),
        ..UploadMetadata::default()
    }
}

/// The messages of an upload.
#[must_use]
pub fn messages(metadata: UploadMetadata, bytes: &[u8]) -> Vec<UploadLedgerRequest> {
    let chunks = bytes.chunks(CHUNK).map(|chunk| Part::Chunk(chunk.to_vec()));
    std::iter::once(Part::Metadata(metadata))
        .chain(chunks)
        .map(|part| UploadLedgerRequest { part: Some(part) })
        .collect()
}

impl TestApp {
    /// Uploads a file.
    ///
    /// # Errors
    /// The server's.
    pub async fn upload(&self, metadata: UploadMetadata, bytes: &[u8]) -> Result<UploadLedgerResponse, Status> {
        let messages = tokio_stream::iter(messages(metadata, bytes));
        let answer = self.ledgers().upload_ledger(messages).await?;
        Ok(answer.into_inner())
    }

    /// Uploads a file of this machine under its own name; the id of its import.
    pub async fn upload_file(&self, path: &Path) -> String {
        let name = path.file_name().expect("a name").to_string_lossy();
        let bytes = std::fs::read(path).expect("the file");
        let answer = self.upload(metadata(&name), &bytes).await.expect("an upload");
        answer.ledger_import.expect("an import").id
    }

    /// Uploads a file, and watches until nothing more becomes of it.
    pub async fn handed_in(&self, metadata: UploadMetadata, bytes: &[u8]) -> Import {
        let answer = self.upload(metadata, bytes).await.expect("an upload");
        self.watched(&answer.ledger_import.expect("an import").id).await
    }

    /// Watches an import until nothing more becomes of it.
    pub async fn watched(&self, id: &str) -> Import {
        let request = WatchImportRequest {
            import_id: id.to_owned(),
        };
        let mut answers = self
            .ledgers()
            .watch_import(request)
            .await
            .expect("a watch")
            .into_inner();
        let mut last = None;
        while let Some(answer) = answers.message().await.expect("an answer") {
            last = answer.ledger_import;
        }
        last.expect("an import")
    }

    /// Fetches a workbook: its name and its bytes.
    ///
    /// # Errors
    /// The server's.
    pub async fn download(&self, id: &str, file: LedgerFile) -> Result<(String, Vec<u8>), Status> {
        let request = DownloadLedgerRequest {
            import_id: id.to_owned(),
            file: file.into(),
        };
        let mut answers = self.ledgers().download_ledger(request).await?.into_inner();
        let (mut info, mut bytes) = (None, Vec::new());
        while let Some(answer) = answers.message().await? {
            info = info.or(answer.info);
            bytes.extend(answer.chunk);
        }
        let info = info.expect("what it is");
        assert_eq!(info.file_bytes, bytes.len() as i64);
        Ok((info.file_name, bytes))
    }
}
