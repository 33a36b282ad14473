//! Imports are undone.

use ducha::v1::{UndoImportRequest, UndoImportResponse, UndoneCount};
use ducha_records::codes::Role;
use ducha_records::imports::Import;
use ducha_records::undo::{Counted, Undo, undo};
use ducha_records::{Db, audit};

use super::{Ledgers, audited, import, of_row};
use crate::access::Caller;
use crate::answer::Call;
use crate::clock::now;
use crate::error::CallError;
use crate::history::Told;
use crate::pages;
use crate::request::Checks;

const UNDO: &str = "ducha.v1.LedgerService/UndoImport";

impl Ledgers {
    pub(super) async fn undo(&self, call: Call, request: UndoImportRequest) -> Result<UndoImportResponse, CallError> {
        let mut checks = Checks::default();
        let id = checks.uuid("import_id", &request.import_id);
        checks.words("note", &request.note, 0);
        checks.done()?;
        let (language, personal) = (call.language, call.caller.sees_personal_data());
        let reach = call.reach();
        let undone = move |db: &mut Db| {
            let row = import(db, &call.reach(), &id)?;
            is_own(&call.caller, &row)?;
            let note = request.note.trim();
            let wanted = Undo {
                import_id: &id,
                reach: &call.caller.reach,
                actor: &call.caller.name,
                note: Some(note).filter(|note| !note.is_empty()),
                at_utc: now(),
                validate_only: request.validate_only,
            };
            let undone = undo(db, wanted, |db, import| {
                audit::write(db, &audited(&call.caller, UNDO, Some(&request), import, None))
            })?;
            let told = Told::read(db, &undone.import.inspection_id, undone.rows, personal)?;
            Ok::<_, CallError>((of_row(db, undone.import)?, undone.counts, told))
        };
        let (import, counts, told) = self.database.write(reach, undone).await?;
        let messages = told.messages().map(|(_, message)| message).collect();
        let (rows, _) = pages::page(messages, false, |_| String::new());
        Ok(UndoImportResponse {
            ledger_import: Some(import.message(language)),
            counts: counts.into_iter().map(count).collect(),
            rows,
        })
    }
}

/// Who hands ledgers in takes back its own; who reviews them, any in reach.
fn is_own(caller: &Caller, import: &Import) -> Result<(), CallError> {
    if caller.role == Role::Submitter && import.submitter != caller.name {
        return Err(CallError::ImportOfAnother);
    }
    Ok(())
}

fn count(counted: Counted) -> UndoneCount {
    let number = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    UndoneCount {
        kind: counted.kind.into(),
        restored: number(counted.restored),
        removed: number(counted.removed),
    }
}
