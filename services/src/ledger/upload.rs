//! A ledger comes in: straight into the file store, and into the queue once it is there in whole.

use std::time::Duration;

use bytes::Bytes;
use ducha::v1::upload_ledger_request::Part;
use ducha::v1::{self, UploadLedgerRequest, UploadLedgerResponse};
use ducha_records::imports::Import;
use ducha_records::queue::{self, Received};
use ducha_records::store::{Incoming, Stored};
use tokio::time::{Instant, timeout, timeout_at};
use tonic::Streaming;

use ducha_records::{Db, audit};

use super::{Ledgers, Told, audited, of_row};
use crate::answer::Call;
use crate::error::CallError;
use crate::language::Text;
use crate::limits::{self, UploadPlace};
use crate::lookup;
use crate::request::{Checks, Upload};

const METHOD: &str = "ducha.v1.LedgerService/UploadLedger";
/// No chunk is larger, in bytes.
pub(super) const CHUNK: usize = 256 * 1024;
/// A client that sends nothing for so long has given up.
const PATIENCE: Duration = Duration::from_secs(30);
/// No upload takes longer.
const LONGEST: Duration = Duration::from_secs(600);

impl Ledgers {
    pub(super) async fn upload(
        &self,
        call: Call,
        mut messages: Streaming<UploadLedgerRequest>,
    ) -> Result<UploadLedgerResponse, CallError> {
        let ends = Instant::now() + LONGEST;
        let metadata = match next(&mut messages, ends).await? {
            Some(Part::Metadata(metadata)) => metadata,
            _ => return Err(CallError::OutOfOrder),
        };
        let mut checks = Checks::default();
        let mut upload = checks.upload(metadata);
        checks.done()?;
        upload.submitter.clone_from(&call.caller.name);
        // Whose ledger it is, the credential says where the caller does not.
        upload.division = upload.division.or_else(|| call.caller.division.clone());
        self.known(&call, &upload).await?;
        let _place = self.place(&upload)?;
        let mut incoming = self.store.receive().await?;
        if let Err(error) = self.take(&mut messages, &mut incoming, &upload, ends).await {
            incoming.give_up().await;
            return Err(error);
        }
        self.queue(call, upload, incoming.finish().await?).await
    }

    /// Refuses what belongs to no inspection or division that the caller may speak for, before its bytes are taken.
    async fn known(&self, call: &Call, upload: &Upload) -> Result<(), CallError> {
        let (reach, inspection) = (call.reach(), upload.inspection_id.clone());
        let (division, most) = (upload.division.clone(), self.limiter.most_queued());
        let known = self.database.read(reach.clone(), move |db| {
            lookup::inspection(db, &reach, &inspection)?;
            let Some(code) = division else { return Ok(()) };
            if !lookup::is_in_reach(db, &reach, &code)? {
                return Err(CallError::NoDivision(code));
            }
            let Some(most) = most else { return Ok(()) };
            match queue::waiting_of(db, &code, most)? < most {
                true => Ok(()),
                false => Err(limits::too_many_queued()),
            }
        });
        known.await.inspect_err(|error| self.metrics.refused_for(error))
    }

    /// A place among the uploads of its division.
    fn place(&self, upload: &Upload) -> Result<Option<UploadPlace>, CallError> {
        let place = upload.division.as_deref().map(|division| self.limiter.upload(division));
        place.transpose().inspect_err(|error| self.metrics.refused_for(error))
    }

    /// Takes the chunks of a file.
    async fn take(
        &self,
        messages: &mut Streaming<UploadLedgerRequest>,
        incoming: &mut Incoming,
        upload: &Upload,
        ends: Instant,
    ) -> Result<(), CallError> {
        while let Some(part) = next(messages, ends).await? {
            let Part::Chunk(chunk) = part else {
                return Err(CallError::OutOfOrder);
            };
            if chunk.is_empty() || chunk.len() > CHUNK {
                let wanted = Text::new("1 到 262144 个字节", "1 to 262144 bytes");
                return Err(CallError::field("chunk", wanted, chunk.len().to_string()));
            }
            if incoming.bytes() + chunk.len() as u64 > self.largest {
                return Err(CallError::FileTooLarge { limit: self.largest });
            }
            self.metrics.upload(chunk.len());
            if let Some(division) = &upload.division {
                self.limiter.came(division, chunk.len() as u64);
            }
            incoming.write(Bytes::from(chunk)).await?;
        }
        match incoming.bytes() {
            0 => Err(CallError::FileEmpty),
            _ => Ok(()),
        }
    }

    async fn queue(&self, call: Call, upload: Upload, stored: Stored) -> Result<UploadLedgerResponse, CallError> {
        if upload.file_sha256.as_ref().is_some_and(|told| *told != stored.sha256) {
            return Err(CallError::HashMismatch);
        }
        let import = upload.import(stored);
        let (language, reach, caller) = (call.language, call.reach(), call.caller);
        let received = self
            .database
            .write(reach, move |db| -> Result<(Told, bool), CallError> {
                let audit = |db: &mut Db, import: &Import| {
                    let request_id = import.request_id.as_deref();
                    audit::write(
                        db,
                        &audited(&caller, METHOD, None::<&v1::UploadMetadata>, import, request_id),
                    )
                };
                let Received { import, new } = queue::receive(db, import, audit)?;
                Ok((of_row(db, import)?, new))
            });
        let (told, new) = received.await?;
        Ok(UploadLedgerResponse {
            ledger_import: Some(told.message(language)),
            already_received: !new,
        })
    }
}

/// The next part of an upload; `None` at its end.
async fn next(messages: &mut Streaming<UploadLedgerRequest>, ends: Instant) -> Result<Option<Part>, CallError> {
    let message = timeout_at(ends, timeout(PATIENCE, messages.message())).await;
    match message {
        Ok(Ok(Ok(Some(message)))) => message.part.map(Some).ok_or(CallError::OutOfOrder),
        Ok(Ok(Ok(None))) => Ok(None),
        Ok(Ok(Err(status))) => Err(CallError::Broken(status)),
        Err(_) | Ok(Err(_)) => Err(CallError::TooSlow),
    }
}
