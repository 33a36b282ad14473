//! Why a profile file was refused, with the file and the line to look at.

use std::fmt;
use std::path::PathBuf;

use super::{ColumnKind, LedgerKind};

/// A profile file that was refused.
#[derive(Debug)]
pub struct ProfileError {
    /// The file, or the directory where no single file is at fault.
    pub file: PathBuf,
    /// Line counted from 1; 0 where no single line is at fault.
    pub line: usize,
    /// What is wrong there.
    pub fault: ProfileFault,
}

impl fmt::Display for ProfileError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(out, "{}: {}", self.file.display(), self.fault),
            line => write!(out, "{}, line {line}: {}", self.file.display(), self.fault),
        }
    }
}

impl std::error::Error for ProfileError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.fault {
            ProfileFault::Unreadable(cause) => Some(cause),
            _ => None,
        }
    }
}

/// What is wrong in a profile file.
#[derive(Debug, thiserror::Error)]
pub enum ProfileFault {
    /// The file or directory cannot be read.
    #[error("cannot be read: {0}")]
    Unreadable(std::io::Error),
    /// The directory has no profile at all, which is a wrong path rather than a wish.
    #[error("the directory has no profile (*.toml)")]
    NoFiles,
    /// Two files of the directory have the same kind.
    #[error("kind {kind} stands in {} already", first.display())]
    SecondFile {
        /// The kind that both files have.
        kind: LedgerKind,
        /// The file read first.
        first: PathBuf,
    },
    /// Not TOML, or a key or value that a profile does not have.
    #[error("{0}")]
    Toml(String),
    /// A column, or the identity, names a field this kind of ledger does not have.
    #[error("{kind} has no field {field:?}, wanted one of: {}", kind.fields().join(", "))]
    UnknownField {
        /// Kind of ledger.
        kind: LedgerKind,
        /// The field as written.
        field: String,
    },
    /// No column for a field of this kind of ledger.
    #[error("no column has field {0:?}, wanted one for every field")]
    MissingField(&'static str),
    /// Two columns for one field.
    #[error("field {0:?} has a column already")]
    DuplicateField(String),
    /// The identity names no field, so every table would be a ledger.
    #[error("identity names no field, wanted at least one")]
    NoIdentity,
    /// A ledger of what must be settled, and no limit to hold it against.
    #[error("open_days is missing, wanted the days in which an alert must be settled")]
    NoLimit,
    /// A ledger of quantities, and no units to read them by.
    #[error("units is empty, wanted at least one")]
    NoUnits,
    /// A unit that two measures claim, or a blank one.
    #[error("unit {0:?} is blank or stands for another measure already")]
    BadUnit(String),
    /// A header without any letter or digit.
    #[error("header {0:?} has neither letter nor digit")]
    EmptyHeader(String),
    /// One header stands for two columns.
    #[error("header {header:?} stands for field {other:?} already")]
    ClaimedTwice {
        /// The header as written.
        header: String,
        /// The field that has it.
        other: String,
    },
    /// A fallback that can never be taken, since the header belongs to another column outright.
    #[error("fallback {header:?} can never be taken, it stands for field {other:?}")]
    DeadFallback {
        /// The header as written.
        header: String,
        /// The field that has it.
        other: String,
    },
    /// The file has no vocabulary of this name.
    #[error("no vocabulary {0:?} in this file")]
    NoSuchVocabulary(String),
    /// A column of choices without a vocabulary, or another column with one.
    #[error("kind {0} wants {wanted} vocabulary", wanted = if .0.has_vocabulary() { "a" } else { "no" })]
    VocabularyMisplaced(ColumnKind),
    /// The choices of a vocabulary contradict each other.
    #[error("vocabulary {name:?}: {reason}")]
    BadVocabulary {
        /// Name of the vocabulary.
        name: String,
        /// What the vocabulary says.
        reason: String,
    },
    /// A field changes what it holds, which the code cannot follow.
    #[error("field {field:?} has kind {found}, wanted {wanted}")]
    KindChanged {
        /// The field.
        field: String,
        /// Kind in the file.
        found: ColumnKind,
        /// Kind in the embedded profile.
        wanted: ColumnKind,
    },
    /// A state the records do not have.
    #[error("field {field:?} has no value {value:?}; other ways of writing a known value belong into its `accepts`")]
    NewValue {
        /// The field.
        field: String,
        /// The value in the file.
        value: String,
    },
}
