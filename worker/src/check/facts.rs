//! What rules know of the inspection a ledger belongs to.

use chrono::NaiveDate;
use ducha_records::codes::Level;
use ducha_records::inspections::Inspection;

use crate::import::inspection::{FileLevel, InspectionFile};

/// An inspection, as far as it is known: a check without a database may know nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts {
    /// The central inspection, whose numbers and rounds have one form everywhere.
    pub central: bool,
    /// Its round, counted from 1.
    pub round: Option<u16>,
    /// Its first day.
    pub started_on: Option<NaiveDate>,
    /// Its last day.
    pub ended_on: Option<NaiveDate>,
    /// Day of its feedback.
    pub feedback_on: Option<NaiveDate>,
}

impl From<&Inspection> for Facts {
    fn from(stored: &Inspection) -> Self {
        Self {
            central: stored.level == Level::Central.code(),
            round: u16::try_from(stored.round).ok(),
            started_on: Some(stored.started_on),
            ended_on: stored.ended_on,
            feedback_on: stored.feedback_on,
        }
    }
}

impl From<&InspectionFile> for Facts {
    fn from(file: &InspectionFile) -> Self {
        Self {
            central: file.level == FileLevel::Central,
            round: Some(file.round),
            started_on: Some(file.started_on),
            ended_on: Some(file.ended_on),
            feedback_on: Some(file.feedback_on),
        }
    }
}
