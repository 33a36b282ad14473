//! Why a profile file was refused, with the file and the line to look at.

use std::fmt;
use std::path::PathBuf;

use ducha_records::rules::Language;

use super::{ColumnKind, LedgerKind};

/// Every mistake of a file, by line. Never empty.
#[derive(Debug)]
pub struct ProfileErrors(Vec<ProfileError>);

impl ProfileErrors {
    /// At least one mistake.
    pub(super) fn new(first: ProfileError, mut others: Vec<ProfileError>) -> Self {
        others.insert(0, first);
        Self(others)
    }

    /// None where there are none.
    pub(super) fn of(errors: Vec<ProfileError>) -> Option<Self> {
        (!errors.is_empty()).then_some(Self(errors))
    }

    /// The mistakes, by line.
    #[must_use]
    pub fn all(&self) -> &[ProfileError] {
        &self.0
    }

    /// One line for each mistake.
    #[must_use]
    pub fn render(&self, language: Language) -> String {
        let lines: Vec<String> = self.0.iter().map(|error| error.render(language)).collect();
        lines.join("\n")
    }
}

impl From<ProfileError> for ProfileErrors {
    fn from(error: ProfileError) -> Self {
        Self::new(error, Vec::new())
    }
}

impl fmt::Display for ProfileErrors {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.render(Language::En))
    }
}

impl std::error::Error for ProfileErrors {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.first()?.source()
    }
}

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

impl ProfileError {
    /// File, line and reason.
    #[must_use]
    pub fn render(&self, language: Language) -> String {
        let file = self.file.display();
        match (language, self.line) {
            (Language::Zh, 0) => format!("{file}：{}", self.fault.zh()),
            (Language::Zh, line) => format!("{file} 第 {line} 行：{}", self.fault.zh()),
            (Language::En, 0) => format!("{file}: {}", self.fault),
            (Language::En, line) => format!("{file}, line {line}: {}", self.fault),
        }
    }
}

impl fmt::Display for ProfileError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.render(Language::En))
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
    /// A column of the profile's own that is no plain text.
    #[error("field {0:?} is the profile's own (x_...), so its kind must be text")]
    OwnFieldNotText(String),
    /// A rule that does not exist.
    #[error("there is no rule {0:?} to switch off")]
    UnknownRule(String),
    /// A rule without which something wrong would be stored, or read over.
    #[error("rule {0} cannot be switched off: without it a row would be stored without knowing what it says")]
    RuleNeeded(String),
    /// No regular expression.
    #[error("the number pattern {pattern:?} cannot be read: {reason}")]
    BadPattern {
        /// As written.
        pattern: String,
        /// What is wrong with it.
        reason: String,
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
