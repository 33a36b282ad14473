//! Inspections.

use ducha::v1::Inspection;
use ducha_records::inspections::Inspection as Row;

use super::{etag, timestamp};
use crate::request::day_text;

/// The mark of an inspection's content.
#[must_use]
pub fn inspection_etag(row: &Row) -> String {
    etag(row.version, row.updated_at_utc)
}

/// An inspection as it is stored.
#[must_use]
pub fn inspection(row: Row) -> Inspection {
    Inspection {
        etag: inspection_etag(&row),
        themes: row.themes(),
        id: row.id,
        name: row.name,
        level: row.level.into(),
        round: u32::try_from(row.round).unwrap_or(0),
        province: row.province,
        group: row.team.unwrap_or_default(),
        started_on: day_text(Some(row.started_on)),
        ended_on: day_text(row.ended_on),
        feedback_on: day_text(row.feedback_on),
        first_received_on: day_text(row.first_received_on),
        created_at: Some(timestamp(row.created_at_utc)),
        updated_at: Some(timestamp(row.updated_at_utc)),
    }
}
