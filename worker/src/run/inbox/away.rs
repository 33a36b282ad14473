//! Files whose imports ended are put away, with the workbooks made of them and a report beside them.

use ducha_records::Db;
use ducha_records::codes::{CopyKind, ImportState};
use ducha_records::imports::{self, Import};
use ducha_records::store::StoreError;

use super::Inbox;
use super::feed::{DONE, REFUSED};
use crate::import::in_china;
use crate::marked::{MARKED_END, REFUSED_END};
use crate::run::{Shop, report};

/// Why a file could not be put away.
#[derive(Debug, thiserror::Error)]
enum AwayError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the database failed: {0}")]
    Database(#[from] diesel::result::Error),
}

impl Inbox {
    /// Puts away what has ended; whether that went well.
    pub(super) fn put_away(&self, shop: &Shop, db: &mut Db) -> bool {
        let Ok(waiting) = self.waiting.lock().map(|waiting| waiting.clone()) else {
            return true;
        };
        let mut well = true;
        for (name, id) in waiting {
            match self.ended(shop, db, &name, &id) {
                Ok(false) => continue,
                Ok(true) => {}
                Err(error) => {
                    tracing::error!(file = name, import = id, %error, "cannot be put away, and is tried again");
                    well = false;
                    continue;
                }
            }
            if let Ok(mut waiting) = self.waiting.lock() {
                waiting.remove(&name);
            }
        }
        well
    }

    /// Puts a file away if its import has ended and the workbooks made of it are there; whether it is done with.
    fn ended(&self, shop: &Shop, db: &mut Db, name: &str, id: &str) -> Result<bool, AwayError> {
        let Some(import) = imports::get(db, id)? else {
            return Ok(true);
        };
        let state = ImportState::from_code(import.state);
        if import.copies_due || !state.is_some_and(ImportState::is_final) {
            return Ok(false);
        }
        let folder = match state {
            Some(ImportState::Applied | ImportState::AppliedInPart) => DONE,
            _ => REFUSED,
        };
        let place = place(folder, name, &import);
        for (kind, end) in [(CopyKind::Marked, MARKED_END), (CopyKind::RefusedRows, REFUSED_END)] {
            if let Some(copy) = imports::files::get(db, id, kind)? {
                let ending = copy.file_name.rsplit('.').next().unwrap_or("xlsx");
                let path = format!("{place}{end}.{ending}");
                shop.runtime
                    .block_on(self.folder.put_stored(&path, &shop.store, &copy.file_sha256))?;
            }
        }
        let text = report::text(db, &import)?;
        shop.runtime
            .block_on(self.folder.put(&format!("{place}-报告.txt"), text))?;
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        // The file itself last: until it is gone from the inbox, all this is done again.
        match shop
            .runtime
            .block_on(self.folder.rename(name, &format!("{place}.{ending}")))
        {
            Err(StoreError::Missing(_)) => Ok(true), // another worker has done it
            moved => moved.map(|()| true).map_err(Into::into),
        }
    }
}

/// Where a file goes, without its ending: the same folder below `folder`, the time of its import before its name.
fn place(folder: &str, name: &str, import: &Import) -> String {
    let (below, base) = name.rsplit_once('/').unwrap_or(("", name));
    let stem = base.rsplit_once('.').map_or(base, |(stem, _)| stem);
    let at = in_china(import.created_at_utc).format("%Y%m%d-%H%M%S");
    match below {
        "" => format!("{folder}/{at}-{stem}"),
        below => format!("{folder}/{below}/{at}-{stem}"),
    }
}
