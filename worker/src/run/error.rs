//! Why a run ended that should have gone on, and why an attempt at an import failed.

use ducha_records::db::OpenError;
use ducha_records::importing::CommitError;
use ducha_records::queue::Failure;
use ducha_records::store::StoreError;

use crate::import::FileError;

/// The code of an attempt that failed since the database did.
const DATABASE_FAILED: &str = "DATABASE_FAILED";

/// Why nothing can be done at all.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The database cannot be had.
    #[error("cannot open the database: {0}")]
    Open(#[from] OpenError),
    /// The inbox cannot be had.
    #[error("the inbox: {0}")]
    Inbox(StoreError),
    /// A thread ended in a panic.
    #[error("a thread of this program failed")]
    Hand,
}

/// Why an attempt at an import failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum AttemptError {
    #[error("the inspection {0} is gone")]
    Inspection(String),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    File(#[from] FileError),
    #[error("the database failed: {0}")]
    Database(#[from] diesel::result::Error),
    #[error("cannot make a temporary folder: {0}")]
    Folder(std::io::Error),
}

impl AttemptError {
    /// Whether somebody else has the import now, or it was called off: nothing is left to do.
    pub fn is_over(&self) -> bool {
        matches!(self, Self::File(FileError::Commit(CommitError::LostLease)))
    }

    /// Whether the work was stopped from here.
    pub fn is_stopped(&self) -> bool {
        matches!(self, Self::File(FileError::Stopped))
    }

    /// Whether the database failed, or the connection to it.
    pub fn is_of_database(&self) -> bool {
        self.failure().code == DATABASE_FAILED
    }

    /// What the submitter is told. What failed in detail is in the log.
    pub fn failure(&self) -> Failure {
        let (code, zh, en) = match self {
            Self::Store(_) => (
                "STORE_FAILED",
                "文件存储暂时不可用",
                "The file store could not be reached.",
            ),
            Self::Inspection(_) => (
                "INSPECTION_GONE",
                "督察已不存在",
                "The inspection is not there any more.",
            ),
            Self::Database(_) | Self::File(FileError::Database(_) | FileError::Commit(_)) => (
                DATABASE_FAILED,
                "数据库暂时不可用",
                "The database could not be reached.",
            ),
            Self::File(_) | Self::Folder(_) => ("WORKER_FAILED", "处理程序出错", "The worker failed."),
        };
        Failure {
            code,
            zh: format!("{zh}，文件没有导入。系统会自动重试；多次失败后请联系管理员。"),
            en: format!("{en} Nothing was imported. It is tried again; if it fails for good, ask the administrator."),
        }
    }
}
