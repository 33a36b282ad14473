//! Cursors of the feed: opaque to clients, bound to their inspection, good on every server and across restarts.

use ducha_records::Db;
use ducha_records::feed::{self, Position};

use crate::error::CallError;
use crate::page_token::Query;

/// Stands between the epoch and the numbers of a place. No epoch has one.
const BETWEEN: char = '.';

fn query(inspection: &str) -> Query {
    // Filters are no part of it: a cursor that came with a list goes on with any of them.
    Query::new("WatchChanges", inspection, &(), 0)
}

/// The cursor of a place in the feed of an inspection.
#[must_use]
pub fn cursor(inspection: &str, place: &Position) -> String {
    let Position {
        epoch,
        sequence,
        verdict,
    } = place;
    query(inspection).token(&format!("{epoch}{BETWEEN}{sequence}{BETWEEN}{verdict}"))
}

/// The cursor of the present end; empty where there is no such inspection.
///
/// # Errors
/// The database's.
pub fn present(db: &mut Db, inspection: &str) -> Result<String, CallError> {
    let end = feed::end(db, inspection)?;
    Ok(end.map(|end| cursor(inspection, &end)).unwrap_or_default())
}

/// The place of a cursor; `None` for the empty one, which is before the first revision.
///
/// # Errors
/// [`CallError::Cursor`] when it is no cursor of this inspection.
pub fn place(inspection: &str, cursor: &str) -> Result<Option<Position>, CallError> {
    if cursor.is_empty() {
        return Ok(None);
    }
    let key = query(inspection).key(cursor).ok_or(CallError::Cursor)?;
    let (epoch, numbers) = key.split_once(BETWEEN).ok_or(CallError::Cursor)?;
    // One from before verdicts were told is behind none of them.
    let (sequence, verdict) = numbers.split_once(BETWEEN).unwrap_or((numbers, "0"));
    let number = |text: &str| text.parse().map_err(|_| CallError::Cursor);
    Ok(Some(Position {
        epoch: epoch.to_owned(),
        sequence: number(sequence)?,
        verdict: number(verdict)?,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_back_to_its_place_in_its_inspection_only() {
        let end = Position {
            epoch: "0123456789abcdef0123456789abcdef".to_owned(),
            sequence: i64::MAX,
            verdict: 7,
        };
        let text = cursor("gz-2021", &end);
        assert_eq!(place("gz-2021", &text).ok(), Some(Some(end.clone())));
        let old = query("gz-2021").token(&format!("{}.{}", end.epoch, end.sequence));
        let before = Position { verdict: 0, ..end };
        assert_eq!(
            place("gz-2021", &old).ok(),
            Some(Some(before)),
            "from before verdicts were told"
        );
        assert!(matches!(place("gz-2022", &text), Err(CallError::Cursor)));
        assert!(matches!(place("gz-2021", &text[1..]), Err(CallError::Cursor)));
        assert_eq!(place("gz-2021", "").ok(), Some(None));
    }
}
