//! Divisions.

use ducha::v1::Division;
use ducha_records::divisions::Division as Row;

use super::list;

/// A division as it is stored.
#[must_use]
pub fn division(row: Row) -> Division {
    Division {
        code: row.code,
        name: row.name,
        parent: row.parent.unwrap_or_default(),
        local: row.local,
        short_names: list(&row.short_names, '|'),
        former_codes: list(&row.former_codes, '|'),
        former_names: list(&row.former_names, '|'),
    }
}
