//! Files of the store: each that is referred to is there and is what its hash says. What nobody refers to is only told.

use std::collections::HashMap;

use chrono::Utc;
use ducha_records::Db;
use ducha_records::store::{Listed, Store, StoreError};
use ducha_records::verify::{self, Check, Fault, StoredFile};

use super::Out;
use crate::backup::{BackupError, Progress, runtime};

/// Files whose names are read at once.
const PAGE: u16 = 1_000;

pub(super) fn check(db: &mut Db, store: &Store, progress: &Progress, out: Out<'_>) -> Result<(), BackupError> {
    let runtime = runtime()?;
    // What comes in from now on may not have its row yet.
    let begun = Utc::now();
    let (_, bytes) = verify::begin_files(db)?;
    progress.bytes("正在核对文件", "checking files", bytes);
    // By their first two digits, so that the names of a few at a time are in memory.
    for beginning in 0..=u8::MAX {
        let beginning = format!("{beginning:02x}");
        let listed = runtime.block_on(store.list(&beginning))?;
        let listed = listed.into_iter().map(|file| (file.sha256.clone(), file));
        let mut spare: HashMap<String, Listed> = listed.collect();
        let mut after = String::new();
        loop {
            let page = verify::files_behind(db, &beginning, &after, PAGE)?;
            let Some(last) = page.last() else { break };
            after.clone_from(&last.sha256);
            out.looked(Check::File, page.len() as u64);
            for file in page {
                spare.remove(&file.sha256);
                progress.add(file.bytes.unsigned_abs());
                judged(&file, runtime.block_on(store.check(&file.sha256)), out)?;
            }
        }
        let mut spare: Vec<Listed> = spare.into_values().filter(|file| file.changed < begun).collect();
        spare.sort_by(|one, other| one.sha256.cmp(&other.sha256));
        out.looked(Check::SpareFile, spare.len() as u64);
        for file in spare {
            out.found(Fault::new(Check::SpareFile, "", file.sha256));
        }
    }
    Ok(())
}

fn judged(file: &StoredFile, found: Result<u64, StoreError>, out: Out<'_>) -> Result<(), BackupError> {
    let fault = |kept: String, wanted: String| {
        let subject = format!("{} (imports {})", file.sha256, file.import_id);
        Fault::new(Check::File, "", subject).told(kept, wanted)
    };
    match found {
        Ok(bytes) if bytes == file.bytes.unsigned_abs() => Ok(()),
        Ok(bytes) => {
            out.found(fault(format!("{} B", file.bytes), format!("{bytes} B")));
            Ok(())
        }
        Err(StoreError::Missing(_)) => {
            out.found(fault("missing".to_owned(), format!("{} B", file.bytes)));
            Ok(())
        }
        Err(StoreError::Damaged(_)) => {
            out.found(fault("damaged".to_owned(), format!("{} B", file.bytes)));
            Ok(())
        }
        Err(error) => Err(error.into()),
    }
}
