//! Records that are named in the details of an error.

use ducha::v1::LedgerKind;
use ducha_records::undo::ChangedSince;

/// Bytes of the records that are named.
const MOST_NAMED: usize = 2_000;

/// The records that later imports have a word on, one in a line, as far as they fit.
pub(super) fn records(changed: &ChangedSince) -> String {
    let mut named = String::new();
    for record in &changed.records {
        let kind = LedgerKind::try_from(i32::from(record.kind)).unwrap_or_default();
        let kind = kind.as_str_name().trim_start_matches("LEDGER_KIND_").to_lowercase();
        let line = format!("{kind} {} {}", record.division, record.number);
        if named.len() + line.len() > MOST_NAMED {
            break;
        }
        if !named.is_empty() {
            named.push('\n');
        }
        named.push_str(&line);
    }
    named
}
