//! Workbooks made of imports, which lie in the file store.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{IDS, Import};
use crate::codes::CopyKind;
use crate::db::Db;
use crate::schema::import_files;

/// A workbook made of an import.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = import_files)]
pub struct ImportFile {
    /// The import.
    pub import_id: String,
    /// [`CopyKind`].
    pub kind: i16,
    /// As it is offered to who fetches it.
    pub file_name: String,
    /// 64 lower-case hexadecimal digits.
    pub file_sha256: String,
    /// Size of the file.
    pub file_bytes: i64,
}

/// The workbook of this kind, if one was made.
///
/// # Errors
/// The database's.
pub fn get(db: &mut Db, import: &str, kind: CopyKind) -> QueryResult<Option<ImportFile>> {
    import_files::table
        .find((import, kind.code()))
        .select(ImportFile::as_select())
        .first(db)
        .optional()
}

/// Puts these in the place of all that were made before of an import.
///
/// # Errors
/// The database's.
pub fn replace(db: &mut Db, import: &str, files: &[ImportFile]) -> QueryResult<()> {
    diesel::delete(import_files::table.filter(import_files::import_id.eq(import))).execute(db)?;
    for file in files {
        diesel::insert_into(import_files::table).values(file).execute(db)?;
    }
    Ok(())
}

/// Which workbooks were made of these imports, by import, in the order of their kinds.
///
/// # Errors
/// The database's.
pub fn kinds(db: &mut Db, imports: &[Import]) -> QueryResult<HashMap<String, Vec<i16>>> {
    let mut kinds: HashMap<String, Vec<i16>> = HashMap::new();
    for imports in imports.chunks(IDS) {
        let ids = imports.iter().map(|import| &import.id);
        let found: Vec<(String, i16)> = import_files::table
            .filter(import_files::import_id.eq_any(ids))
            .order((import_files::import_id, import_files::kind))
            .select((import_files::import_id, import_files::kind))
            .load(db)?;
        for (import, kind) in found {
            kinds.entry(import).or_default().push(kind);
        }
    }
    Ok(kinds)
}
