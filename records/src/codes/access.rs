//! Codes of access: who may do what, and with which kind of credential.

use strum::{EnumIter, EnumString, FromRepr, IntoStaticStr};

/// What a credential may do, wherever it reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, FromRepr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(i16)]
pub enum Role {
    /// Hands in ledgers and reads.
    Submitter = 1,
    /// Reads.
    Reader = 2,
    /// Reads, personal data too, and withdraws.
    Reviewer = 3,
    /// Everything, credentials and the audit too.
    Administrator = 4,
}
coded!(Role);

/// How a caller shows who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, EnumString, FromRepr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(i16)]
pub enum CredentialKind {
    /// `authorization: Bearer …`
    Bearer = 1,
    /// The certificate of its end of the TLS connection.
    Certificate = 2,
}
coded!(CredentialKind);

/// What came of a call that may change something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, EnumString, FromRepr, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[repr(i16)]
pub enum AuditOutcome {
    /// Something changed.
    Changed = 1,
    /// It was so already.
    Unchanged = 2,
}
coded!(AuditOutcome);
