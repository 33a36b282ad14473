//! Why a backup, a restore or a check did not go through. Texts are for people: English, then Chinese.

use std::io;
use std::path::{Path, PathBuf};

use ducha_records::db::OpenError;
use ducha_records::migrate::MigrateError;
use ducha_records::store::StoreError;

use crate::config::ConfigError;

/// Why it did not go through.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The configuration.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// It is not to be done as it stands; nothing was.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The database could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The schema.
    #[error(transparent)]
    Migrate(#[from] MigrateError),
    /// The database failed.
    #[error("the database failed: {0}\n数据库出错。")]
    Query(#[from] diesel::result::Error),
    /// The file store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file or a folder.
    #[error("{path}: {error}\n文件或文件夹读写失败。")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// A program of PostgreSQL did not do its work.
    #[error("{program} failed:\n{said}\n{program} 运行失败。")]
    Program {
        /// Its name.
        program: &'static str,
        /// What it wrote to standard error.
        said: String,
    },
    /// Files of the store that are not what they should be.
    #[error(
        "files of the store are missing or damaged: {}{}\n文件库中有文件缺失或损坏，详见上列哈希。",
        .files.join(" "),
        if *.made { "; the backup was made without them" } else { "; no backup was made (--skip-damaged makes one without them)" }
    )]
    Files {
        /// Their hashes.
        files: Vec<String>,
        /// A backup was made without them.
        made: bool,
    },
    /// The restored database does not have what the backup says.
    #[error(
        "the restored database has {found} rows in {table}, the backup says {wanted}\n恢复后的数据库与备份清单的行数不符（{table}）。"
    )]
    Rows {
        /// The table.
        table: String,
        /// Rows that are there.
        found: i64,
        /// Rows that should be.
        wanted: i64,
    },
    /// Something is not whole.
    #[error("{0} faults were found\n发现 {0} 处错误。")]
    Faults(u64),
}

/// Why something is not to be done as it stands.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Something lies where the backup should.
    #[error("{0} is there already; name a folder that is not\n{0} 已存在，请指定尚不存在的文件夹。")]
    There(PathBuf),
    /// There is no such database.
    #[error("there is no database {0}\n数据库 {0} 不存在。")]
    NoDatabase(String),
    /// What lies there is no whole backup.
    #[error("{folder} is no whole backup: {why}\n{folder} 不是完整的备份。")]
    NotWhole {
        /// The folder.
        folder: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// It is of the other kind of database.
    #[error(
        "the backup is of {backup}, the database is {database}\n备份来自 {backup}，目标数据库是 {database}，不能互相恢复。"
    )]
    OtherKind {
        /// Of the backup.
        backup: String,
        /// Of the target.
        database: String,
    },
    /// A later version of ducha made it.
    #[error(
        "its schema {0} is newer than this program; use the version of ducha that made it, or a later one\n数据库结构版本 {0} 比本程序新，请使用生成它的版本或更新版本的 ducha。"
    )]
    Newer(String),
    /// The schema is older than the program.
    #[error(
        "the database lacks migrations; run `ducha-server migrate` first\n数据库结构不是最新，请先运行 ducha-server migrate。"
    )]
    Older,
    /// There are records.
    #[error(
        "the database is not empty; --replace deletes what is in it\n目标数据库不是空的；如确要覆盖，请加 --replace（其中的记录将全部删除）。"
    )]
    NotEmpty,
    /// It is somebody else's.
    #[error(
        "the database holds tables that are not ducha's, and is left alone\n目标数据库中有其他程序的表，不予改动。"
    )]
    NotOurs,
    /// Somebody works with it.
    #[error(
        "the database is in use by other connections; stop servers and workers first\n目标数据库正在使用，请先停止服务端和处理程序。"
    )]
    InUse,
    /// The role would see a part of the rows.
    #[error(
        "the database role {0:?} may not read every row: row-level security holds for it, or it lacks SELECT. A backup wants \
         the role ducha_backup of deploy/postgres.sql (BYPASSRLS, reads only), as backup_url under [database] or \
         DUCHA_BACKUP_DATABASE, or a superuser\n数据库角色“{0}”不能读取全部数据（受行级安全限制或缺少 SELECT 权限）。备份请使用 \
         deploy/postgres.sql 中的角色 ducha_backup（[database] 下的 backup_url 或 DUCHA_BACKUP_DATABASE），或超级用户。"
    )]
    Role(String),
    /// A program of PostgreSQL is not here.
    #[error(
        "{program} of PostgreSQL {wanted} or later is needed{}; install the client programs of PostgreSQL (Debian: postgresql-client), \
         or name their folder in DUCHA_POSTGRES_BIN\n需要 PostgreSQL {wanted} 或更高版本的 {program}，请安装 PostgreSQL 客户端程序，或用 \
         DUCHA_POSTGRES_BIN 指定其所在文件夹。",
        .found.map(|found| format!(", and only {found} was found")).unwrap_or_default()
    )]
    NoProgram {
        /// Its name.
        program: &'static str,
        /// Major version.
        wanted: u32,
        /// The newest that is here.
        found: Option<u32>,
    },
    /// The server is older than the one that the backup is from.
    #[error(
        "the backup is from PostgreSQL {backup}, the server is {server}\n备份来自 PostgreSQL {backup}，目标服务器版本 {server} 过旧。"
    )]
    OldServer {
        /// Major version of the server it is from.
        backup: u32,
        /// Major version of the target.
        server: u32,
    },
}

impl BackupError {
    /// What befell a file.
    pub fn file(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_path_buf();
        move |error| Self::File { path, error }
    }

    /// The exit status: 2 when it was refused as it stands, 1 when it was tried and failed.
    #[must_use]
    pub const fn status(&self) -> u8 {
        match self {
            Self::Config(_)
            | Self::Refused(_)
            | Self::Open(OpenError::UnknownUrl { .. })
            | Self::Store(StoreError::Url { .. }) => 2,
            _ => 1,
        }
    }
}
