//! From the inbox into the queue.

use std::path::{Path, PathBuf};

use chrono::{TimeDelta, Utc};
use ducha_records::codes::{Acceptance, Mode};
use ducha_records::imports::NewImport;
use ducha_records::store::{FolderFile, StoreError};
use ducha_records::{Db, divisions, inspections, queue};
use sha2::{Digest, Sha256};

use super::Inbox;
use crate::import::files::{self, division_named};
use crate::import::inspection::{self, InspectionFileError};
use crate::run::Shop;
use crate::values::division::Gazetteer;

/// A file that was changed within this time may still be on its way.
const SETTLED: TimeDelta = TimeDelta::seconds(5);
/// Folders of the inbox that hold what was put away.
pub(super) const DONE: &str = "done";
pub(super) const REFUSED: &str = "refused";

/// Why an inbox could not be looked through.
#[derive(Debug, thiserror::Error)]
pub(super) enum FeedError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the database failed: {0}")]
    Database(#[from] diesel::result::Error),
    #[error(transparent)]
    File(#[from] InspectionFileError),
    #[error("the inspection {0:?} is not in the database")]
    Unknown(String),
    #[error("no inspection is named: give --inspection ID, or put an inspection.toml into the inbox")]
    NoInspection,
    #[error("{0}")]
    Receive(#[from] queue::ReceiveError),
}

/// How far the inbox was taken over.
pub(super) struct Fed {
    /// Files that were changed a moment ago.
    pub unfinished: usize,
}

impl Inbox {
    /// Puts every file that is there in whole into the queue.
    pub(super) fn feed(&self, shop: &Shop, db: &mut Db) -> Result<Fed, FeedError> {
        let files = shop.runtime.block_on(self.folder.list())?;
        let mut files: Vec<FolderFile> = files.into_iter().filter(|file| is_ledger(&file.name)).collect();
        if files.is_empty() {
            return Ok(Fed { unfinished: 0 });
        }
        let (inspection, province) = self.inspection(shop, db)?;
        let gazetteer = Gazetteer::from(divisions::all(db)?);
        // The province's lists first: they say which numbers there are.
        files.sort_by_key(|file| {
            (
                division_named(&file.name, &gazetteer).as_ref() != Some(&province),
                file.name.clone(),
            )
        });
        let mut unfinished = 0;
        for file in files {
            if file.changed > Utc::now() - SETTLED {
                unfinished += 1;
            } else if !self.is_waiting(&file.name) {
                self.hand_in(shop, db, &inspection, division_named(&file.name, &gazetteer), file)?;
            }
        }
        Ok(Fed { unfinished })
    }

    fn is_waiting(&self, name: &str) -> bool {
        self.waiting.lock().is_ok_and(|waiting| waiting.contains_key(name))
    }

    fn hand_in(
        &self,
        shop: &Shop,
        db: &mut Db,
        inspection: &str,
        division: Option<String>,
        file: FolderFile,
    ) -> Result<(), FeedError> {
        let stored = match shop.runtime.block_on(self.folder.store(&file.name, &shop.store)) {
            Ok(stored) => stored,
            // Another worker has put it away in the meantime.
            Err(StoreError::Missing(_)) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        let new = NewImport {
            inspection_id: inspection.to_owned(),
            division,
            file_name: base(&file.name),
            request_id: Some(request_id(&file, &stored.sha256)),
            file_sha256: stored.sha256,
            file_bytes: i64::try_from(stored.bytes).unwrap_or(i64::MAX),
            submitter: self.submitter.clone(),
            mode: Mode::Apply,
            acceptance: Acceptance::ValidRows,
            max_refused_share: None,
            complete: true,
        };
        let received = queue::receive(db, new.received(Utc::now().naive_utc()), |_, _| Ok(()))?;
        tracing::info!(
            file = file.name,
            import = received.import.id,
            new = received.new,
            "taken from the inbox"
        );
        if let Ok(mut waiting) = self.waiting.lock() {
            waiting.insert(file.name, received.import.id);
        }
        Ok(())
    }

    /// The inspection of the inbox, made if `inspection.toml` names a new one, and the code of its province.
    fn inspection(&self, shop: &Shop, db: &mut Db) -> Result<(String, String), FeedError> {
        if let Some(id) = &self.inspection {
            let known = inspections::get(db, id)?.ok_or_else(|| FeedError::Unknown(id.clone()))?;
            return Ok((known.id, known.province));
        }
        let text = match shop.runtime.block_on(self.folder.text(inspection::FILE)) {
            Ok(text) => text,
            Err(StoreError::Missing(_)) => return Err(FeedError::NoInspection),
            Err(error) => return Err(error.into()),
        };
        let file = inspection::parse(PathBuf::from(inspection::FILE), &text)?;
        let made = inspection::made(db, &file)?;
        Ok((made.id, made.province))
    }
}

/// Whether a name is a ledger's: a workbook that is not hidden, no lock of a spreadsheet program, and not put away.
fn is_ledger(name: &str) -> bool {
    let hidden = |part: &str| part.starts_with('.') || part.starts_with("~$");
    let mut parts = name.split('/');
    let away = parts.clone().count() > 1 && matches!(parts.clone().next(), Some(DONE | REFUSED));
    !away && !parts.any(hidden) && files::is_workbook(Path::new(name))
}

fn base(name: &str) -> String {
    name.rsplit('/').next().unwrap_or(name).to_owned()
}

/// A UUID that stands for this file as it is now, so that it is handed in once, whoever does it.
fn request_id(file: &FolderFile, sha256: &str) -> String {
    let mut hasher = Sha256::new();
    for part in [&file.name, sha256, &file.changed.timestamp_micros().to_string()] {
        hasher.update(part);
        hasher.update([0]);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hasher.finalize()[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_away_hidden_or_no_workbook_is_left_alone() {
        for ledger in ["520102/台账.xlsx", "台账.xls", "a/b/c.et", "done.xlsx"] {
            assert!(is_ledger(ledger), "{ledger}");
        }
        for other in [
            "done/520102/台账.xlsx",
            "refused/台账.xlsx",
            "520102/~$台账.xlsx",
            ".tmp/a.xlsx",
            "inspection.toml",
            "520102/说明.docx",
        ] {
            assert!(!is_ledger(other), "{other}");
        }
    }
}
