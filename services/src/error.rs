//! Why a call fails, and the one place where that becomes a gRPC status with `google.rpc` details.

mod named;
mod text;

use std::collections::HashMap;
use std::time::Duration;

use diesel::result::Error as QueryError;
use ducha::v1::ErrorReason;
use ducha_records::DatabaseError;
use ducha_records::codes::ImportState;
use ducha_records::queue::ReceiveError;
use ducha_records::rules::Language;
use ducha_records::store::StoreError;
use ducha_records::undo::{ChangedSince, UndoError};
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, FieldViolation, StatusExt};

use crate::language::{self, Text};
use crate::limits::Limit;

/// The `domain` of every `ErrorInfo`.
const DOMAIN: &str = "ducha";
/// What a caller is told to wait before it tries again.
const RETRY_AFTER: Duration = Duration::from_secs(2);
/// Details travel in a header, and clients refuse more than 8 KiB of those: so many violations, missing numbers and
/// characters of a found value fit.
const MOST_VIOLATIONS: usize = 10;
const MOST_NUMBERS: usize = 50;
const MOST_FOUND: usize = 64;

/// One field of a request that breaks its bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Path of the field, such as `filter.batches[2]`.
    pub field: String,
    /// What the contract allows.
    pub wanted: Text,
    /// What the request holds.
    pub found: String,
}

/// Kind of a record that is asked for by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbered {
    /// A petition.
    Petition,
    /// A task.
    Task,
}

/// Why a call failed.
#[derive(Debug)]
pub enum CallError {
    /// Fields of the request break their bounds.
    Fields(Vec<Violation>),
    /// A page token that this query did not issue.
    PageToken,
    /// A resume token that this export did not issue.
    ResumeToken,
    /// A cursor of the feed that is none of the inspection's.
    Cursor,
    /// A cursor from before the database was restored.
    FeedReset,
    /// No record with this number has a history.
    NoHistory(String),
    /// The records of a batch do not fit into an answer.
    TooLarge {
        /// The rpc that streams them.
        export: &'static str,
    },
    /// No such inspection.
    NoInspection(String),
    /// No such division.
    NoDivision(String),
    /// No records with these numbers.
    NoRecord(Numbered, Vec<String>),
    /// No such import.
    NoImport(String),
    /// The id of a new inspection is taken.
    InspectionExists(String),
    /// The request id belongs to another creation.
    RequestIdReused,
    /// The record changed since the caller read it.
    EtagMismatch,
    /// An upload whose messages are not metadata and then chunks.
    OutOfOrder,
    /// An upload without bytes.
    FileEmpty,
    /// An upload that is too large.
    FileTooLarge {
        /// The most that is taken, in bytes.
        limit: u64,
    },
    /// The bytes that arrived have another hash than was told.
    HashMismatch,
    /// An upload that stood still, or took too long.
    TooSlow,
    /// The client's side of a stream broke off.
    Broken(Status),
    /// The import has no such file.
    NoFile,
    /// The plan is another one by now.
    PlanChanged {
        /// The hash of the present plan.
        hash: String,
    },
    /// The state of the import does not allow this.
    ImportState(Option<ImportState>),
    /// Later imports have a word on the same records.
    ImportChangedSince(Box<ChangedSince>),
    /// The import was applied by a version that kept no images.
    ImportTooOld,
    /// A submitter may only undo what it handed in itself.
    ImportOfAnother,
    /// A reason is given for what is no warning.
    TakesNoReason {
        /// Path of the entry in the request.
        field: String,
    },
    /// The file store did not do what it was asked.
    Store(StoreError),
    /// A template of accounts cannot be rendered; the text names its line.
    Template(String),
    /// No figure has this key.
    NoFigure(String),
    /// No such published account.
    NoAccount(String),
    /// The account is another one by now; its hash.
    AccountChanged(String),
    /// No credential, or one that is unknown, expired or revoked. Which of these, the caller does not learn.
    Unauthenticated,
    /// The role of the credential does not allow the method.
    RoleNotAllowed,
    /// No such credential.
    NoToken(String),
    /// Another credential is this certificate.
    CertificateTaken,
    /// More calls are in progress than the server takes.
    Busy,
    /// Something else that calls need is used up for the moment.
    Overloaded,
    /// The caller, or its division, has had its share.
    RateLimited {
        /// Of what.
        limit: Limit,
        /// When it may have more.
        wait: Duration,
    },
    /// The database did not answer, or a query failed.
    Database(DatabaseError),
    /// Something that cannot be, such as a stored code without a meaning. Only the log learns of it.
    Internal(String),
}

impl From<DatabaseError> for CallError {
    fn from(error: DatabaseError) -> Self {
        Self::Database(error)
    }
}

impl From<QueryError> for CallError {
    fn from(error: QueryError) -> Self {
        Self::Database(error.into())
    }
}

impl From<StoreError> for CallError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Missing(_) => Self::NoFile,
            error => Self::Store(error),
        }
    }
}

impl From<ReceiveError> for CallError {
    fn from(error: ReceiveError) -> Self {
        match error {
            ReceiveError::RequestIdReused => Self::RequestIdReused,
            ReceiveError::Query(error) => error.into(),
        }
    }
}

impl From<UndoError> for CallError {
    fn from(error: UndoError) -> Self {
        match error {
            UndoError::Unknown => Self::NoImport(String::new()),
            UndoError::State(state) => Self::ImportState(state),
            UndoError::TooOld => Self::ImportTooOld,
            UndoError::ChangedSince(changed) => Self::ImportChangedSince(changed),
            UndoError::Query(error) => error.into(),
        }
    }
}

impl CallError {
    /// The error of a single field.
    pub fn field(field: impl Into<String>, wanted: Text, found: impl Into<String>) -> Self {
        Self::Fields(vec![Violation {
            field: field.into(),
            wanted,
            found: found.into(),
        }])
    }

    /// The status of a failed call, in the language of its caller.
    ///
    /// What the caller may not learn (the text of a database's error) is logged here.
    #[must_use]
    pub fn into_status(self, language: Language) -> Status {
        self.log();
        let (code, reason) = self.code();
        let text = self.text();
        let name = reason.as_str_name().trim_start_matches("ERROR_REASON_");
        let mut details = ErrorDetails::new();
        details
            .set_error_info(name, DOMAIN, self.metadata())
            .set_localized_message(language::tag(language), text.in_language(language));
        let again = matches!(code, Code::Unavailable | Code::ResourceExhausted);
        if again && !matches!(self, Self::FileTooLarge { .. }) {
            details.set_retry_info(Some(self.wait()));
        }
        if let Self::Fields(violations) = &self {
            details.set_bad_request(
                violations
                    .iter()
                    .take(MOST_VIOLATIONS)
                    .map(described)
                    .collect::<Vec<_>>(),
            );
        }
        Status::with_error_details(code, text.en, details)
    }

    fn wait(&self) -> Duration {
        match self {
            Self::RateLimited { wait, .. } => *wait,
            _ => RETRY_AFTER,
        }
    }

    /// What went wrong, in English: for the command line.
    #[must_use]
    pub fn told(&self) -> String {
        self.text().en
    }

    fn log(&self) {
        match self {
            Self::Database(error) if error.is_overloaded() => tracing::warn!(%error, "the database is overloaded"),
            Self::Database(error) if error.is_unavailable() => tracing::warn!(%error, "the database does not answer"),
            Self::Database(error) => tracing::error!(%error, "a query failed"),
            Self::Store(error) => tracing::error!(%error, "the file store failed"),
            Self::Internal(error) => tracing::error!(error, "a fault of the server"),
            _ => {}
        }
    }

    fn code(&self) -> (Code, ErrorReason) {
        match self {
            Self::Fields(_) => (Code::InvalidArgument, ErrorReason::FieldInvalid),
            Self::PageToken => (Code::InvalidArgument, ErrorReason::PageTokenInvalid),
            Self::ResumeToken => (Code::InvalidArgument, ErrorReason::ResumeTokenInvalid),
            Self::Cursor => (Code::InvalidArgument, ErrorReason::CursorInvalid),
            Self::FeedReset => (Code::FailedPrecondition, ErrorReason::FeedReset),
            Self::NoHistory(_) => (Code::NotFound, ErrorReason::RecordNotFound),
            Self::TooLarge { .. } => (Code::InvalidArgument, ErrorReason::AnswerTooLarge),
            Self::NoInspection(_) => (Code::NotFound, ErrorReason::InspectionNotFound),
            Self::NoDivision(_) => (Code::NotFound, ErrorReason::DivisionNotFound),
            Self::NoRecord(Numbered::Petition, _) => (Code::NotFound, ErrorReason::PetitionNotFound),
            Self::NoRecord(Numbered::Task, _) => (Code::NotFound, ErrorReason::TaskNotFound),
            Self::NoImport(_) => (Code::NotFound, ErrorReason::ImportNotFound),
            Self::InspectionExists(_) => (Code::AlreadyExists, ErrorReason::InspectionExists),
            Self::RequestIdReused => (Code::AlreadyExists, ErrorReason::RequestIdReused),
            Self::OutOfOrder => (Code::InvalidArgument, ErrorReason::UploadOutOfOrder),
            Self::FileEmpty => (Code::InvalidArgument, ErrorReason::FileEmpty),
            Self::FileTooLarge { .. } => (Code::ResourceExhausted, ErrorReason::FileTooLarge),
            Self::HashMismatch => (Code::Aborted, ErrorReason::HashMismatch),
            Self::TooSlow => (Code::DeadlineExceeded, ErrorReason::UploadTooSlow),
            Self::Broken(status) => (status.code(), ErrorReason::UploadTooSlow),
            Self::NoFile => (Code::NotFound, ErrorReason::FileNotFound),
            Self::PlanChanged { .. } => (Code::Aborted, ErrorReason::PlanChanged),
            Self::ImportState(_) => (Code::FailedPrecondition, ErrorReason::ImportState),
            Self::ImportChangedSince(_) => (Code::FailedPrecondition, ErrorReason::ImportChangedSince),
            Self::ImportTooOld => (Code::FailedPrecondition, ErrorReason::ImportTooOld),
            Self::ImportOfAnother => (Code::PermissionDenied, ErrorReason::ImportOfAnother),
            Self::TakesNoReason { .. } => (Code::InvalidArgument, ErrorReason::FindingTakesNoReason),
            Self::Store(_) => (Code::Unavailable, ErrorReason::StoreUnavailable),
            Self::EtagMismatch => (Code::Aborted, ErrorReason::EtagMismatch),
            Self::Template(_) => (Code::FailedPrecondition, ErrorReason::TemplateInvalid),
            Self::NoFigure(_) => (Code::NotFound, ErrorReason::FigureNotFound),
            Self::NoAccount(_) => (Code::NotFound, ErrorReason::AccountNotFound),
            Self::AccountChanged(_) => (Code::Aborted, ErrorReason::AccountChanged),
            Self::Unauthenticated => (Code::Unauthenticated, ErrorReason::CredentialInvalid),
            Self::RoleNotAllowed => (Code::PermissionDenied, ErrorReason::RoleNotAllowed),
            Self::NoToken(_) => (Code::NotFound, ErrorReason::TokenNotFound),
            Self::CertificateTaken => (Code::AlreadyExists, ErrorReason::CertificateTaken),
            Self::Busy => (Code::ResourceExhausted, ErrorReason::TooManyCalls),
            Self::Overloaded => (Code::ResourceExhausted, ErrorReason::Overloaded),
            Self::RateLimited { .. } => (Code::ResourceExhausted, ErrorReason::RateLimited),
            Self::Database(error) if error.is_overloaded() => (Code::Unavailable, ErrorReason::Overloaded),
            Self::Database(error) if error.is_unavailable() || error.lacks_schema() => {
                (Code::Unavailable, ErrorReason::DatabaseUnavailable)
            }
            Self::Database(_) | Self::Internal(_) => (Code::Internal, ErrorReason::Internal),
        }
    }

    fn metadata(&self) -> HashMap<String, String> {
        match self {
            Self::TooLarge { export } => HashMap::from([("export".to_owned(), (*export).to_owned())]),
            Self::NoRecord(_, numbers) => {
                let first = &numbers[..numbers.len().min(MOST_NUMBERS)];
                HashMap::from([
                    ("numbers".to_owned(), first.join(",")),
                    ("missing".to_owned(), numbers.len().to_string()),
                ])
            }
            Self::FileTooLarge { limit } => HashMap::from([("limit_bytes".to_owned(), limit.to_string())]),
            Self::AccountChanged(hash) => HashMap::from([("content_sha256".to_owned(), hash.clone())]),
            Self::RateLimited { limit, .. } => HashMap::from([("limit".to_owned(), limit.token().to_owned())]),
            Self::PlanChanged { hash } => HashMap::from([("plan_hash".to_owned(), hash.clone())]),
            Self::ImportState(state) => {
                let state = state.map_or("unknown", ImportState::token);
                HashMap::from([("state".to_owned(), state.to_owned())])
            }
            Self::ImportChangedSince(changed) => HashMap::from([
                ("imports".to_owned(), changed.imports.join(",")),
                ("records".to_owned(), named::records(changed)),
            ]),
            Self::TakesNoReason { field } => HashMap::from([("field".to_owned(), field.clone())]),
            _ => HashMap::new(),
        }
    }
}

fn described(violation: &Violation) -> FieldViolation {
    let found = shown(&violation.found);
    FieldViolation::new(
        &violation.field,
        format!("wanted {}, found {found}", violation.wanted.en),
    )
}

/// A value as it is repeated to its sender: quoted, without control characters, and not too long.
fn shown(found: &str) -> String {
    match found.char_indices().nth(MOST_FOUND) {
        Some((end, _)) => format!("{:?}…", &found[..end]),
        None => format!("{found:?}"),
    }
}

#[cfg(test)]
mod tests {
    use ducha_records::undo::ChangedRecord;

    use super::*;

    #[test]
    fn a_status_carries_reason_and_text_in_the_language_asked_for() {
        let status = CallError::NoInspection("gz-2021".into()).into_status(Language::Zh);
        assert_eq!(
            (status.code(), status.message()),
            (Code::NotFound, "there is no inspection \"gz-2021\"")
        );
        let details = status.get_error_details();
        let info = details.error_info().unwrap();
        assert_eq!(
            (info.reason.as_str(), info.domain.as_str()),
            ("INSPECTION_NOT_FOUND", "ducha")
        );
        let text = details.localized_message().unwrap();
        assert_eq!(
            (text.locale.as_str(), text.message.as_str()),
            ("zh-CN", "没有督察“gz-2021”")
        );
    }

    #[test]
    fn the_caller_learns_nothing_of_a_failed_query() {
        let error = CallError::Database(DatabaseError::Query(QueryError::NotFound));
        let status = error.into_status(Language::En);
        assert_eq!(
            (status.code(), status.message()),
            (Code::Internal, "a fault of the server")
        );
    }

    #[test]
    fn a_database_that_is_away_is_worth_another_try() {
        let away = CallError::Database(DatabaseError::Unavailable("password=secret".into()));
        let status = away.into_status(Language::En);
        assert_eq!(status.code(), Code::Unavailable);
        assert!(!status.message().contains("secret"));
        assert!(status.get_details_retry_info().is_some());
    }

    #[test]
    fn details_stay_below_what_clients_take_as_headers() {
        let long = "长".repeat(10_000);
        let violation = Violation {
            field: "numbers[999]".into(),
            wanted: Text::new("1 到 64 个字符", "1 to 64 characters"),
            found: long.clone(),
        };
        let record = ChangedRecord {
            kind: 3,
            number: "长".repeat(150),
            division: "520102".into(),
        };
        for error in [
            CallError::Fields(vec![violation; 1000]),
            CallError::NoRecord(Numbered::Task, vec!["1".repeat(64); 1000]),
            CallError::ImportChangedSince(Box::new(ChangedSince {
                imports: vec!["1".repeat(36); 10],
                records: vec![record; 10],
            })),
        ] {
            let status = error.into_status(Language::Zh);
            let bytes = status.details().len() * 4 / 3 + status.message().len() * 3;
            assert!(bytes < 8000, "{bytes} bytes");
        }
    }
}
