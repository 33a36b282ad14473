//! What is asked of the history.

use ducha::v1;
use ducha_records::revisions::{ChangeFilter, RecordKey};

use super::Checks;
use super::filters::{EQUAL, LONGEST_CODE};
use crate::language::Text;

/// Longest number or key of a record, in characters.
const LONGEST_KEY: usize = 512;

impl Checks {
    /// The record whose history is asked for.
    pub fn record_key(&mut self, request: &v1::ListRevisionsRequest) -> RecordKey {
        let kind = self.record("number", request.kind, &request.number);
        self.text("division", &request.division, 0, LONGEST_CODE);
        RecordKey {
            kind,
            number: request.number.clone(),
            division: Some(request.division.clone()).filter(|division| !division.is_empty()),
        }
    }

    /// Kind and number of a record; the code of the kind.
    pub fn record(&mut self, field: &str, kind: i32, number: &str) -> i16 {
        let known = v1::LedgerKind::try_from(kind).is_ok_and(|kind| kind != v1::LedgerKind::Unspecified);
        if !known {
            let wanted = Text::new(
                "LedgerKind 的值，且不为 UNSPECIFIED",
                "a value of LedgerKind other than UNSPECIFIED",
            );
            self.refuse("kind", wanted, kind);
        }
        self.text(field, number, 1, LONGEST_KEY);
        i16::try_from(kind).unwrap_or_default()
    }

    /// A filter of the feed.
    pub fn changes(&mut self, filter: &v1::ChangeFilter) -> ChangeFilter {
        self.division_codes(&filter.divisions);
        ChangeFilter {
            divisions: filter.divisions.clone(),
            kinds: self.codes::<v1::LedgerKind>("filter.kinds", &filter.kinds, EQUAL),
        }
    }
}
