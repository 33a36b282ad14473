//! Codes of imports: how far one shall go, and where it stands.

use strum::{EnumIter, EnumString, FromRepr, IntoStaticStr};

/// What an import was asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, EnumString, FromRepr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(i16)]
pub enum Mode {
    /// Check only.
    Check = 1,
    /// Check and wait for a word.
    Plan = 2,
    /// Check and apply.
    Apply = 3,
}
coded!(Mode);

/// What refused rows mean for the others of their ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, EnumString, FromRepr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(i16)]
pub enum Acceptance {
    /// The valid rows are taken.
    ValidRows = 1,
    /// No row is taken unless every row is valid.
    AllOrNothing = 2,
}
coded!(Acceptance);

/// A workbook made of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, EnumString, FromRepr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(i16)]
pub enum CopyKind {
    /// The ledger with its findings marked.
    Marked = 1,
    /// The refused rows alone.
    RefusedRows = 2,
}
coded!(CopyKind);

/// Where an import stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, EnumString, FromRepr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(i16)]
pub enum ImportState {
    /// The file is here.
    Received = 1,
    /// A worker is reading it.
    Checking = 2,
    /// Checked, and records were not to be changed.
    Checked = 3,
    /// Checked, and waiting for a word.
    Planned = 4,
    /// Being applied.
    Applying = 5,
    /// Every row is in.
    Applied = 6,
    /// Some rows were refused, the others are in.
    AppliedInPart = 7,
    /// The file as a whole was refused.
    Rejected = 8,
    /// Attempts are used up.
    Failed = 9,
    /// Called off before it was applied.
    Cancelled = 10,
    /// Applied, and taken back.
    Undone = 11,
}
coded!(ImportState);

impl ImportState {
    /// Whether no worker changes it any more.
    #[must_use]
    pub const fn is_final(self) -> bool {
        !matches!(self, Self::Received | Self::Checking | Self::Planned | Self::Applying)
    }
}
