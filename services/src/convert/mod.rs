//! Rows of the database as messages of the contract.
//!
//! A row is moved into its message, and the message is cut where a view wants it short. A code that the database holds
//! and the contract does not know becomes "unspecified"; the schema's tests keep that from happening.

mod access;
mod account;
mod division;
mod import;
mod inspection;
mod mask;
mod petition;
mod plain;
mod revision;
mod rule;
mod shorten;
mod task;

use std::collections::HashMap;

use chrono::NaiveDateTime;
use ducha::v1::RecordSource;
use prost_types::Timestamp;

pub use access::{audit_event, token};
pub use account::{account, account_hash, document, figure, figure_record, published};
pub use division::division;
pub use import::{finding, import, kinds, planned_row};
pub use inspection::{inspection, inspection_etag};
pub use petition::{petition, petition_imports};
pub use plain::{accountability, activity, alert, decimal, indicator, issue};
pub use revision::{mask_persons, revision, verdict};
pub use rule::rule;
pub use task::{task, task_imports};

/// What the files of imports were called, by import.
pub type FileNames = HashMap<String, String>;

/// A moment of the database, which is UTC.
fn timestamp(moment: NaiveDateTime) -> Timestamp {
    let moment = moment.and_utc();
    Timestamp {
        seconds: moment.timestamp(),
        nanos: i32::try_from(moment.timestamp_subsec_nanos()).unwrap_or(0),
    }
}

/// The mark of a content: its version, and when that was written, so that a record made anew is told from its namesake.
fn etag(version: i64, written: NaiveDateTime) -> String {
    format!("{version:x}-{:x}", written.and_utc().timestamp_micros())
}

/// Enum numbers of the contract that lie one above the codes of the database, where 0 means something.
fn shifted(code: i16) -> i32 {
    i32::from(code) + 1
}

/// Where a record was read; absent where its import is out of the caller's reach.
fn origin(import_id: String, sheet: String, row: i64, names: &FileNames) -> Option<RecordSource> {
    (!import_id.is_empty()).then(|| RecordSource {
        file_name: names.get(&import_id).cloned().unwrap_or_default(),
        import_id,
        sheet,
        row: u32::try_from(row).unwrap_or(0),
    })
}

/// A count of the database, which are never below 0.
fn count(number: Option<i32>) -> Option<u32> {
    number.and_then(|number| u32::try_from(number).ok())
}

/// A list that the database keeps as one text.
fn list(text: &str, separator: char) -> Vec<String> {
    text.split(separator)
        .filter(|item| !item.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use ducha::v1;
    use ducha_records::codes;

    use super::*;

    /// The tokens of `$code`'s values are the names of `$message`'s, at numbers `code + $offset`.
    macro_rules! same_names {
        ($code:ty, $message:ty, $offset:expr, $prefix:expr) => {
            for code in (-1..100).filter_map(<$code>::from_code) {
                let number = i32::from(code.code()) + $offset;
                let name = <$message>::try_from(number).unwrap().as_str_name();
                assert_eq!(name, format!("{}_{}", $prefix, code.token().to_uppercase()));
            }
        };
    }

    #[test]
    fn every_code_of_the_database_has_its_number_in_the_contract() {
        same_names!(codes::Level, v1::InspectionLevel, 0, "INSPECTION_LEVEL");
        same_names!(codes::Role, v1::Role, 0, "ROLE");
        same_names!(codes::AuditOutcome, v1::AuditOutcome, 0, "AUDIT_OUTCOME");
        same_names!(codes::Change, v1::RevisionChange, 0, "REVISION_CHANGE");
        same_names!(codes::Channel, v1::PetitionChannel, 0, "PETITION_CHANNEL");
        same_names!(codes::TaskSource, v1::TaskSource, 0, "TASK_SOURCE");
        same_names!(codes::Mode, v1::ImportMode, 0, "IMPORT_MODE");
        same_names!(codes::ImportState, v1::ImportState, 0, "IMPORT_STATE");
        same_names!(codes::Severity, v1::Severity, 0, "SEVERITY");
        same_names!(codes::Substantiated, v1::Substantiated, 1, "SUBSTANTIATED");
        same_names!(codes::Conclusion, v1::PetitionConclusion, 1, "PETITION_CONCLUSION");
        same_names!(codes::TaskStatus, v1::TaskStatus, 1, "TASK_STATUS");
        same_names!(codes::Closure, v1::TaskClosure, 1, "TASK_CLOSURE");
        same_names!(codes::IndicatorStage, v1::IndicatorStage, 0, "INDICATOR_STAGE");
        same_names!(codes::Aggregation, v1::IndicatorAggregation, 0, "INDICATOR_AGGREGATION");
        same_names!(codes::Basis, v1::IndicatorBasis, 0, "INDICATOR_BASIS");
        same_names!(codes::Subject, v1::AccountabilitySubject, 0, "ACCOUNTABILITY_SUBJECT");
        same_names!(codes::CadreLevel, v1::CadreLevel, 0, "CADRE_LEVEL");
        same_names!(codes::Penalty, v1::Penalty, 1, "PENALTY");
        same_names!(
            codes::AccountabilitySource,
            v1::AccountabilitySource,
            0,
            "ACCOUNTABILITY_SOURCE"
        );
        same_names!(codes::ActivityKind, v1::ActivityKind, 0, "ACTIVITY_KIND");
        same_names!(codes::AlertKind, v1::AlertKind, 0, "ALERT_KIND");
        same_names!(codes::PollutionKind, v1::PollutionKind, 1, "POLLUTION_KIND");
    }

    #[test]
    fn a_moment_keeps_its_microseconds() {
        let moment = chrono::DateTime::from_timestamp(1_700_000_000, 123_456_000).unwrap();
        let sent = timestamp(moment.naive_utc());
        assert_eq!((sent.seconds, sent.nanos), (1_700_000_000, 123_456_000));
    }
}
