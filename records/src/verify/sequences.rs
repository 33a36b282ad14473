//! Numbers of revisions and verdicts: each once, none left out, and as many as the inspection says.

use diesel::QueryResult;

use super::{Check, Observer, find, look};
use crate::db::Db;

/// A table whose rows are numbered, its number, and where the inspection keeps the last one.
const NUMBERED: [(&str, &str, &str); 2] = [
    ("revisions", "sequence", "last_sequence"),
    ("import_verdicts", "verdict", "last_verdict"),
];

pub(super) fn check(db: &mut Db, out: &mut dyn Observer) -> QueryResult<()> {
    for (table, number, last) in NUMBERED {
        let of = format!("FROM {table} t WHERE t.inspection_id = i.id");
        for has in [
            format!("(SELECT COALESCE(MAX(t.{number}), 0) {of})"),
            // Where no number is left out, more of them would be doubles.
            format!("(SELECT COUNT(*) {of})"),
        ] {
            find(db, Check::Sequence, &last_is(last, &has), out)?;
        }
        find(db, Check::Sequence, &gaps(table, number), out)?;
        look(db, Check::Sequence, table, out)?;
    }
    find(db, Check::Sequence, VERDICTS, out)?;
    find(db, Check::Sequence, SEARCH, out)
}

/// The last number that an inspection keeps.
fn last_is(last: &str, has: &str) -> String {
    format!(
        "SELECT i.id AS inspection, 'inspections {last}' AS subject, CAST(i.{last} AS TEXT) AS kept,
            CAST({has} AS TEXT) AS wanted
         FROM inspections i WHERE i.{last} <> {has}"
    )
}

/// Numbers without the one before them.
fn gaps(table: &str, number: &str) -> String {
    format!(
        "SELECT t.inspection_id AS inspection, '{table} ' || t.{number} AS subject, NULL AS kept,
            CAST(t.{number} - 1 AS TEXT) AS wanted
         FROM {table} t
         WHERE t.{number} <> 1 AND NOT EXISTS (
            SELECT 1 FROM {table} b WHERE b.inspection_id = t.inspection_id AND b.{number} = t.{number} - 1
         )"
    )
}

/// Verdicts that stand behind revisions that are not there, or before one that came earlier.
const VERDICTS: &str = "
    SELECT v.inspection_id AS inspection, 'import_verdicts ' || v.verdict AS subject, CAST(v.sequence AS TEXT) AS kept,
        CAST(i.last_sequence AS TEXT) AS wanted
    FROM import_verdicts v
    JOIN inspections i ON i.id = v.inspection_id
    LEFT JOIN import_verdicts b ON b.inspection_id = v.inspection_id AND b.verdict = v.verdict - 1
    WHERE v.sequence > i.last_sequence OR v.sequence < b.sequence OR v.revisions > v.sequence";

/// An index that is said to have come further than there is.
const SEARCH: &str = "
    SELECT s.inspection_id AS inspection, 'search_progress' AS subject, CAST(s.sequence AS TEXT) AS kept,
        CAST(i.last_sequence AS TEXT) AS wanted
    FROM search_progress s JOIN inspections i ON i.id = s.inspection_id WHERE s.sequence > i.last_sequence";
