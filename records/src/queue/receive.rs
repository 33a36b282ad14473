//! A file that has come in whole.

use diesel::prelude::*;

use crate::codes::ImportState;
use crate::db::Db;
use crate::dialect;
use crate::imports::{self, Import};
use crate::schema::imports as table;
use crate::scope::{Whole, beyond};

/// What a file became that was handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Its import, which may be one from before.
    pub import: Import,
    /// Whether it is new.
    pub new: bool,
}

/// Why a file was not taken in.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// The request id was used to hand in something else.
    #[error("the request id was used for another file")]
    RequestIdReused,
    /// The database failed.
    #[error(transparent)]
    Query(#[from] diesel::result::Error),
}

/// Puts a file that is in the store into the queue. The same bytes of the same division, in the same mode, are the import
/// from before while that is in progress, or applied and nothing later of the division and kind was; and a call that is
/// made again, by its request id, is what it was. `also` runs in the same transaction, when the import is new.
///
/// # Errors
/// [`ReceiveError`].
pub fn receive(
    db: &mut Db,
    mut import: Import,
    also: impl FnOnce(&mut Db, &Import) -> QueryResult<()>,
) -> Result<Received, ReceiveError> {
    import.stored = true;
    dialect::write(db, |db| {
        // Whoever hands in the same bytes at the same time waits here, and then sees what became of them.
        dialect::lock_bytes(db, &import.file_sha256)?;
        if let Some(before) = of_request(db, &import)? {
            return if same(&before, &import) {
                Ok(from_before(before))
            } else {
                Err(ReceiveError::RequestIdReused)
            };
        }
        if let Some(before) = in_force(db, &import)? {
            return Ok(from_before(before));
        }
        imports::create(db, &import)?;
        also(db, &import)?;
        dialect::notify(db)?;
        Ok(Received { import, new: true })
    })
}

const fn from_before(import: Import) -> Received {
    Received { import, new: false }
}

fn of_request(db: &mut Db, import: &Import) -> QueryResult<Option<Import>> {
    let Some(request_id) = &import.request_id else {
        return Ok(None);
    };
    beyond(db, Whole::Imports, |db| {
        table::table
            .filter(table::request_id.eq(request_id))
            .select(Import::as_select())
            .first(db)
            .optional()
    })
}

fn same(before: &Import, now: &Import) -> bool {
    let key = |import: &Import| {
        (
            import.inspection_id.clone(),
            import.file_sha256.clone(),
            import.mode,
            import.submitter.clone(),
        )
    };
    key(before) == key(now)
}

/// The import of the same bytes that is in progress, or applied and the last of its division and kinds.
fn in_force(db: &mut Db, import: &Import) -> QueryResult<Option<Import>> {
    let candidates: Vec<Import> = table::table
        .filter(table::inspection_id.eq(&import.inspection_id))
        .filter(table::file_sha256.eq(&import.file_sha256))
        .filter(table::mode.eq(import.mode))
        .filter(table::state.eq_any(IN_FORCE.map(ImportState::code)))
        .order(table::id.desc())
        .select(Import::as_select())
        .load(db)?;
    // A division that nobody named is one of its own, which an SQL comparison would not say.
    for before in candidates
        .into_iter()
        .filter(|before| before.division == import.division)
    {
        let applied = APPLIED.iter().any(|state| state.code() == before.state);
        if !applied || !followed(db, &before)? {
            return Ok(Some(before));
        }
    }
    Ok(None)
}

const APPLIED: [ImportState; 2] = [ImportState::Applied, ImportState::AppliedInPart];
const IN_FORCE: [ImportState; 6] = [
    ImportState::Received,
    ImportState::Checking,
    ImportState::Planned,
    ImportState::Applying,
    ImportState::Applied,
    ImportState::AppliedInPart,
];

/// Whether a later import of the same division, with a kind in common, was applied.
fn followed(db: &mut Db, import: &Import) -> QueryResult<bool> {
    let later: Vec<(Option<String>, String)> = table::table
        .filter(table::inspection_id.eq(&import.inspection_id))
        .filter(table::id.gt(&import.id))
        .filter(table::state.eq_any(APPLIED.map(ImportState::code)))
        .select((table::division, table::kinds))
        .load(db)?;
    let has = |kinds: &str| {
        kinds
            .split('|')
            .any(|kind| import.kinds.split('|').any(|own| own == kind))
    };
    Ok(later
        .iter()
        .any(|(division, kinds)| *division == import.division && has(kinds)))
}
