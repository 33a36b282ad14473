//! Why a file could not be read: one variant for each thing a person must do differently, with the rule of the catalogue
//! that it breaks, whose texts say what was found and what to do.

use strum::{EnumString, IntoStaticStr};

mod crossing;
mod texts;

/// What was counted when a limit was passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Measure {
    /// Bytes of the file.
    FileBytes,
    /// Bytes of the package once unpacked.
    InflatedBytes,
    /// Bytes of the shared strings once unpacked.
    SharedStringBytes,
    /// Entries of the zip package.
    ZipEntries,
    /// Sheets of the workbook.
    Sheets,
    /// Rows of the workbook.
    Rows,
    /// Cells of the workbook that are not empty.
    Cells,
    /// Cells of the smallest rectangle around all that a sheet holds.
    LaidOutCells,
    /// Characters of one cell.
    TextChars,
    /// Merged blocks of the workbook.
    Merges,
    /// Bytes of one row as sent to the parent.
    RowBytes,
}

/// How the child ended, if not as it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Crash {
    /// It panicked.
    Panic,
    /// A signal ended it; the number is the signal's.
    Signal,
    /// It left with an exit code it should not have; the number is the code.
    Exit,
    /// Its output stopped before the last frame.
    CutShort,
    /// Its output was not a frame.
    BadFrame,
}

/// Which clock ran out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Clock {
    /// Processor time of the child.
    Cpu,
    /// Time the parent waited.
    Wall,
}

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {}", self.code(), self.message_en())]
pub enum ReadError {
    /// F001: none of the kinds of file that are known here.
    NotAWorkbook,
    /// F002: a Word document (doc, docx, rtf).
    Word,
    /// F003: a PDF.
    Pdf,
    /// F004: plain text, such as CSV.
    Text,
    /// F005: encrypted with a password.
    Password,
    /// F006: a workbook that breaks its own format.
    Damaged {
        /// Sheet or part of the package; empty where the file as a whole is meant.
        place: String,
        /// What was wrong there, in English.
        detail: String,
    },
    /// F007: more than the limits admit.
    TooLarge {
        /// What was counted.
        what: Measure,
        /// How many were found; counting stops at the first one too many.
        found: u64,
        /// How many are admitted.
        limit: u64,
        /// Sheet and cell, or part of the package; empty where the file as a whole is meant.
        place: String,
    },
    /// F008: no bytes at all.
    Empty,
    /// F009: a web page or XML that is named like a workbook.
    Markup,
    /// F010: a PowerPoint presentation (ppt, pptx).
    PowerPoint,
    /// F011: a cell or merged block beyond row 1,048,576 or column XFD.
    OutsideGrid {
        /// Sheet, or part of the package.
        place: String,
        /// Address as written, such as `A1048577`.
        address: String,
    },
    /// F012: the reader itself broke on this file.
    Crashed {
        /// How it ended.
        how: Crash,
        /// Signal or exit code, 0 where there is none.
        number: i32,
    },
    /// F013: the child reached its memory limit.
    OutOfMemory,
    /// F014: reading took too long.
    TimedOut {
        /// Which clock ran out.
        clock: Clock,
        /// How long it may run.
        seconds: u64,
    },
    /// F015: a zip package made to harm its reader.
    HostileZip {
        /// What was found, in English.
        detail: String,
    },
    /// F016: an XML part with a document type definition, which no spreadsheet program writes.
    Doctype {
        /// The part of the package.
        part: String,
    },
    /// F017: the file could not be opened or read from disk.
    Unreadable {
        /// What the system said.
        detail: String,
    },
}

impl ReadError {
    /// [`ReadError::Damaged`] at `place`, with whatever the parser said.
    pub(crate) fn damaged(place: impl Into<String>, detail: impl std::fmt::Display) -> Self {
        Self::Damaged {
            place: place.into(),
            detail: detail.to_string(),
        }
    }

    /// [`ReadError::Unreadable`] with what the system said.
    pub(crate) fn unreadable(detail: impl std::fmt::Display) -> Self {
        Self::Unreadable {
            detail: detail.to_string(),
        }
    }
}

#[cfg(test)]
pub(crate) fn one_of_each() -> Vec<ReadError> {
    vec![
        ReadError::NotAWorkbook,
        ReadError::Word,
        ReadError::Pdf,
        ReadError::Text,
        ReadError::Password,
        ReadError::damaged("台账", "no end tag"),
        ReadError::TooLarge {
            what: Measure::Rows,
            found: 11,
            limit: 10,
            place: String::new(),
        },
        ReadError::Empty,
        ReadError::Markup,
        ReadError::PowerPoint,
        ReadError::OutsideGrid {
            place: "台账".into(),
            address: "A1048577".into(),
        },
        ReadError::Crashed {
            how: Crash::Signal,
            number: 11,
        },
        ReadError::OutOfMemory,
        ReadError::TimedOut {
            clock: Clock::Cpu,
            seconds: 60,
        },
        ReadError::HostileZip {
            detail: "two entries named a.xml".into(),
        },
        ReadError::Doctype {
            part: "xl/workbook.xml".into(),
        },
        ReadError::unreadable("permission denied"),
    ]
}
