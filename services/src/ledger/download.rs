//! A workbook goes out.

use ducha::v1::{DownloadLedgerRequest, DownloadLedgerResponse, LedgerFile, LedgerFileInfo};
use ducha_records::codes::CopyKind;
use ducha_records::imports;
use ducha_records::rules::Language;
use ducha_records::{Db, Reach};
use tokio::sync::mpsc;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;
use tonic::Status;

use super::upload::CHUNK;
use super::{Answers, Ledgers, import};
use crate::answer::Call;
use crate::error::CallError;
use crate::language::Text;
use crate::request::Checks;

/// Answers that wait for the client: it sets the pace.
const AHEAD: usize = 2;

impl Ledgers {
    pub(super) async fn download(
        &self,
        call: Call,
        request: DownloadLedgerRequest,
    ) -> Result<Answers<DownloadLedgerResponse>, CallError> {
        let mut checks = Checks::default();
        let id = checks.uuid("import_id", &request.import_id);
        let file = LedgerFile::try_from(request.file).unwrap_or_default();
        if file == LedgerFile::Unspecified {
            let wanted = Text::new("LedgerFile 的值", "a value of LedgerFile other than UNSPECIFIED");
            checks.refuse("file", wanted, request.file);
        }
        checks.done()?;
        let (language, reach) = (call.language, call.reach());
        let info = self.database.run(move |db| info(db, &reach, &id, file)).await?;
        let mut bytes = self.store.read(&info.file_sha256).await?;
        let (sender, answers) = mpsc::channel(AHEAD);
        tokio::spawn(async move {
            let mut info = Some(info);
            while let Some(piece) = bytes.next().await {
                let piece = match piece {
                    Ok(piece) => piece,
                    Err(error) => return drop(sender.send(Err(broken(error, language))).await),
                };
                for chunk in piece.chunks(CHUNK) {
                    let answer = DownloadLedgerResponse {
                        info: info.take(),
                        chunk: chunk.to_vec(),
                    };
                    if sender.send(Ok(answer)).await.is_err() {
                        return; // the client is gone
                    }
                }
            }
        });
        Ok(Box::pin(ReceiverStream::new(answers)))
    }
}

fn broken(error: ducha_records::store::StoreError, language: Language) -> Status {
    CallError::from(error).into_status(language)
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
