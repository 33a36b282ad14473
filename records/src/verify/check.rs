//! What is checked, and what it is called.

use strum::{EnumIter, IntoStaticStr};

use crate::rules::Language;

/// What is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Check {
    /// The file of a SQLite database, by SQLite itself.
    Storage,
    /// Hashes of what records are about.
    WordingHash,
    /// Hashes of what divisions report.
    ContentHash,
    /// States of records against their parts.
    State,
    /// Rows that others refer to.
    Reference,
    /// Codes of divisions.
    Division,
    /// Numbers of revisions and verdicts.
    Sequence,
    /// Rows and findings of imports.
    ImportCount,
    /// Kept counts of petitions and measures.
    PetitionCount,
    /// Hashes of published accounts.
    Account,
    /// Files in the store.
    File,
    /// Files that nobody refers to: no fault.
    SpareFile,
}

impl Check {
    /// Its code, for programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// Its name, for people.
    #[must_use]
    pub const fn name(self, language: Language) -> &'static str {
        let (zh, en) = match self {
            Self::Storage => ("数据库文件", "database file"),
            Self::WordingHash => ("事项内容的哈希", "hash of a wording"),
            Self::ContentHash => ("填报内容的哈希", "hash of a content"),
            Self::State => ("汇总状态", "derived state"),
            Self::Reference => ("引用", "reference"),
            Self::Division => ("行政区划代码", "code of a division"),
            Self::Sequence => ("修订与结论的编号", "number of a revision or verdict"),
            Self::ImportCount => ("导入的行数与问题数", "counts of an import"),
            Self::PetitionCount => ("信访件计数", "counts of petitions"),
            Self::Account => ("已发布账目的哈希", "hash of a published account"),
            Self::File => ("文件库中的文件", "stored file"),
            Self::SpareFile => ("无人引用的文件（仅提示）", "file that nobody refers to (a note)"),
        };
        match language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    /// Whether what it finds is no fault.
    #[must_use]
    pub const fn is_note(self) -> bool {
        matches!(self, Self::SpareFile)
    }
}
