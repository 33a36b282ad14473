//! Which files of the store the database refers to.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::db::Db;
use crate::dialect;

/// A file that the database refers to.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct StoredFile {
    /// 64 lower-case hexadecimal digits.
    #[diesel(sql_type = Text)]
    pub sha256: String,
    /// Size of the file.
    #[diesel(sql_type = BigInt)]
    pub bytes: i64,
    /// One of the imports it belongs to.
    #[diesel(sql_type = Text)]
    pub import_id: String,
}

/// Originals and the workbooks made of them.
const REFERRED: &str = "
    SELECT file_sha256 AS sha256, file_bytes AS bytes, id AS import_id FROM imports WHERE stored
    UNION ALL SELECT file_sha256, file_bytes, import_id FROM import_files";
/// Before there were any made.
const ORIGINALS: &str = "SELECT file_sha256 AS sha256, file_bytes AS bytes, id AS import_id FROM imports WHERE stored";

/// Gathers the files that the database refers to in a temporary table, each once. Returns how many there are, and their bytes.
///
/// # Errors
/// The database's.
pub fn begin(db: &mut Db) -> QueryResult<(u64, u64)> {
    let referred = match dialect::whole::has_table(db, "import_files")? {
        true => REFERRED,
        false => ORIGINALS,
    };
    db.batch_execute(&format!(
        "DROP TABLE IF EXISTS referred_files;
         CREATE TEMP TABLE referred_files AS
         SELECT sha256, MIN(bytes) AS bytes, MIN(import_id) AS import_id FROM ({referred}) each_referred GROUP BY sha256;
         CREATE UNIQUE INDEX referred_files_key ON referred_files (sha256)"
    ))?;
    let all: All = diesel::sql_query(
        "SELECT COUNT(*) AS files, CAST(COALESCE(SUM(bytes), 0) AS BIGINT) AS bytes FROM referred_files",
    )
    .get_result(db)?;
    Ok((all.files.unsigned_abs(), all.bytes.unsigned_abs()))
}

#[derive(QueryableByName)]
struct All {
    #[diesel(sql_type = BigInt)]
    files: i64,
    #[diesel(sql_type = BigInt)]
    bytes: i64,
}

/// The next of the gathered files behind a hash, in order, whose hashes begin with `beginning`.
///
/// # Errors
/// The database's.
pub fn page(db: &mut Db, beginning: &str, after: &str, size: u16) -> QueryResult<Vec<StoredFile>> {
    diesel::sql_query(format!(
        "SELECT sha256, bytes, import_id FROM referred_files
         WHERE sha256 > $1 AND sha256 < $2 ORDER BY sha256 LIMIT {size}"
    ))
    .bind::<Text, _>(after.max(beginning))
    .bind::<Text, _>(format!("{beginning}g")) // behind every hexadecimal digit
    .load(db)
}
