//! Why a workbook could not be marked as it is.

use std::io;

/// What stopped the marking.
#[derive(Debug, thiserror::Error)]
pub enum MarkError {
    /// Reading the original or writing the copy.
    #[error("the marked copy cannot be written: {0}")]
    Io(#[from] io::Error),
    /// The package is no zip that can be read.
    #[error("the package cannot be read: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// A part is no XML that can be read.
    #[error("{part}: {detail}")]
    Malformed {
        /// The part.
        part: String,
        /// What is wrong with it.
        detail: String,
    },
    /// A part that must be held in memory is too large for it.
    #[error("{part} has more than {limit} bytes")]
    TooLarge {
        /// The part.
        part: String,
        /// Most bytes.
        limit: u64,
    },
    /// Something this program does not know how to keep.
    #[error("{part}: {what} cannot be kept")]
    Unsupported {
        /// The part.
        part: String,
        /// What it has.
        what: &'static str,
    },
    /// The original could not be read a second time.
    #[error("the original cannot be read again: {0}")]
    Read(#[from] crate::reader::ReadError),
    /// A plain copy could not be written.
    #[error("the plain copy cannot be written: {0}")]
    Plain(#[from] rust_xlsxwriter::XlsxError),
}

impl MarkError {
    /// A part that is not what it should be.
    pub(super) fn malformed(part: &str, detail: impl std::fmt::Display) -> Self {
        Self::Malformed {
            part: part.to_owned(),
            detail: detail.to_string(),
        }
    }

    /// Whether a plain copy may still succeed where this failed.
    pub(super) const fn concerns_layout(&self) -> bool {
        matches!(
            self,
            Self::Zip(_) | Self::Malformed { .. } | Self::TooLarge { .. } | Self::Unsupported { .. }
        )
    }
}
