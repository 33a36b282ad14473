//! A workbook goes out.

use ducha::v1::{DownloadLedgerRequest, DownloadLedgerResponse, LedgerFile, LedgerFileInfo};
use ducha_records::codes::CopyKind;
use ducha_records::imports;
use ducha_records::{Db, Reach};
use tokio_stream::StreamExt;

use super::upload::CHUNK;
use super::{Ledgers, import};
use crate::answer::Call;
use crate::error::CallError;
use crate::export::{ExportStream, Piece, send};
use crate::language::Text;
use crate::observe::go_on;
use crate::request::Checks;

impl Ledgers {
    pub(super) async fn download(
        &self,
        call: Call,
        request: DownloadLedgerRequest,
    ) -> Result<ExportStream<DownloadLedgerResponse>, CallError> {
        let mut checks = Checks::default();
        let id = checks.uuid("import_id", &request.import_id);
        let file = LedgerFile::try_from(request.file).unwrap_or_default();
        if file == LedgerFile::Unspecified {
            let wanted = Text::new("LedgerFile 的值", "a value of LedgerFile other than UNSPECIFIED");
            checks.refuse("file", wanted, request.file);
        }
        checks.done()?;
        let (language, reach) = (call.language, call.reach());
        let info = self
            .database
            .read(reach.clone(), move |db| info(db, &reach, &id, file))
            .await?;
        let mut bytes = self.store.read(&info.file_sha256).await?;
        let (sender, stream) = ExportStream::channel();
        go_on(async move {
            let mut info = Some(info);
            while let Some(piece) = bytes.next().await {
                let piece = match piece {
                    Ok(piece) => piece,
                    Err(error) => {
                        let status = CallError::from(error).into_status(language);
                        send(&sender, Piece::Broken(status)).await;
                        return;
                    }
                };
                for chunk in piece.chunks(CHUNK) {
                    let answer = DownloadLedgerResponse {
                        info: info.take(),
                        chunk: chunk.to_vec(),
                    };
                    if !send(&sender, Piece::Answer(answer)).await {
                        return; // the client is gone
                    }
                }
            }
            send(&sender, Piece::Complete).await;
        });
        Ok(stream)
    }
}

/// What the file asked for is.
fn info(db: &mut Db, reach: &Reach, id: &str, file: LedgerFile) -> Result<LedgerFileInfo, CallError> {
    let row = import(db, reach, id)?;
    let copy = match file {
        LedgerFile::Marked => CopyKind::Marked,
        LedgerFile::RefusedRows => CopyKind::RefusedRows,
        LedgerFile::Original | LedgerFile::Unspecified => {
            return match row.stored {
                false => Err(CallError::NoFile),
                true => Ok(LedgerFileInfo {
                    file_name: row.file_name,
                    file_bytes: row.file_bytes,
                    file_sha256: row.file_sha256,
                }),
            };
        }
    };
    let copy = imports::files::get(db, id, copy)?.ok_or(CallError::NoFile)?;
    Ok(LedgerFileInfo {
        file_name: copy.file_name,
        file_bytes: copy.file_bytes,
        file_sha256: copy.file_sha256,
    })
}
