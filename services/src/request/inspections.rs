//! Inspections as callers send them: a new one, and changes of a stored one.

use chrono::{NaiveDate, NaiveDateTime};
use ducha::v1::{CreateInspectionRequest, Inspection, InspectionLevel, UpdateInspectionRequest};
use ducha_records::inspections::Inspection as Row;

use super::{Checks, day_text};
use crate::convert;
use crate::error::CallError;
use crate::language::Text;

/// The fields that a mask may name.
const FIELDS: [&str; 10] = [
    "name",
    "level",
    "round",
    "province",
    "group",
    "started_on",
    "ended_on",
    "feedback_on",
    "first_received_on",
    "themes",
];

/// Content of an inspection that holds every bound; whether its province exists is still to be seen.
#[derive(Debug, Clone)]
struct Content {
    level: i16,
    round: i32,
    started_on: NaiveDate,
    ended_on: Option<NaiveDate>,
    feedback_on: Option<NaiveDate>,
    first_received_on: Option<NaiveDate>,
    themes: String,
}

/// An inspection that is to be created.
#[derive(Debug, Clone)]
pub struct NewInspection {
    /// The row to be stored, with its times still to be set.
    pub row: Row,
    /// Only checks are wanted.
    pub validate_only: bool,
}

/// An inspection that is to be changed.
#[derive(Debug, Clone)]
pub struct UpdatedInspection {
    /// What the caller sent.
    sent: Inspection,
    /// The fields that change.
    fields: Vec<&'static str>,
}

impl Checks {
    /// The content of an inspection, as sent or as it would be after a change.
    fn content(&mut self, inspection: &Inspection) -> Option<Content> {
        let level = InspectionLevel::try_from(inspection.level).unwrap_or_default();
        if level == InspectionLevel::Unspecified {
            let wanted = Text::new("CENTRAL 或 PROVINCIAL", "central or provincial");
            self.refuse("inspection.level", wanted, inspection.level);
        }
        if !(1..=99).contains(&inspection.round) {
            self.refuse("inspection.round", Text::new("1 到 99", "1 to 99"), inspection.round);
        }
        self.text("inspection.name", &inspection.name, 1, 200);
        self.text("inspection.group", &inspection.group, 0, 100);
        self.province(&inspection.province);
        self.themes(&inspection.themes);
        let started_on = self.required_day("inspection.started_on", &inspection.started_on);
        let ended_on = self.not_before(started_on, "inspection.ended_on", &inspection.ended_on);
        let feedback_on = self.not_before(started_on, "inspection.feedback_on", &inspection.feedback_on);
        let first_received_on = self.day("inspection.first_received_on", &inspection.first_received_on);
        Some(Content {
            level: i16::try_from(inspection.level).ok()?,
            round: i32::try_from(inspection.round).ok()?,
            started_on: started_on?,
            ended_on,
            feedback_on,
            first_received_on,
            themes: serde_json::json!(inspection.themes).to_string(),
        })
    }

    fn province(&mut self, code: &str) {
        let fits = code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()) && code.ends_with("0000");
        if !fits {
            let wanted = Text::new("省级行政区划代码，如 520000", "the code of a province, such as 520000");
            self.refuse("inspection.province", wanted, code);
        }
    }

    fn themes(&mut self, themes: &[String]) {
        if themes.len() > 50 {
            let wanted = Text::new("至多 50 个主题", "at most 50 themes");
            self.refuse("inspection.themes", wanted, themes.len());
            return;
        }
        for (at, theme) in themes.iter().enumerate() {
            let field = format!("inspection.themes[{at}]");
            self.text(&field, theme, 1, 200);
            if themes[..at].contains(theme) {
                let wanted = Text::new("与其他主题不同", "different from the other themes");
                self.refuse(field, wanted, theme);
            }
        }
    }

    fn not_before(&mut self, started_on: Option<NaiveDate>, field: &str, text: &str) -> Option<NaiveDate> {
        let day = self.day(field, text);
        if let (Some(started_on), Some(day)) = (started_on, day)
            && day < started_on
        {
            let started_on = day_text(Some(started_on));
            let wanted = Text::new(format!("不早于 {started_on}"), format!("not before {started_on}"));
            self.refuse(field, wanted, text);
        }
        day
    }

    /// A request to create an inspection.
    ///
    /// # Errors
    /// [`CallError::Fields`] when it breaks a bound.
    pub fn new_inspection(mut self, request: CreateInspectionRequest) -> Result<NewInspection, CallError> {
        let inspection = request.inspection.unwrap_or_default();
        self.inspection_id("inspection.id", &inspection.id);
        let request_id = match request.request_id.as_str() {
            "" => None,
            id => Some(self.uuid("request_id", id)),
        };
        let content = self.content(&inspection);
        self.done()?;
        let content = content.ok_or_else(unreachable_content)?;
        Ok(NewInspection {
            row: Row {
                id: inspection.id.clone(),
                request_id,
                ..empty_row()
            }
            .with(inspection, content),
            validate_only: request.validate_only,
        })
    }

    /// A request to change an inspection.
    ///
    /// # Errors
    /// [`CallError::Fields`] when it names no inspection, or a field that may not change.
    pub fn updated_inspection(mut self, request: UpdateInspectionRequest) -> Result<UpdatedInspection, CallError> {
        let sent = request.inspection.unwrap_or_default();
        self.inspection_id("inspection.id", &sent.id);
        self.text("inspection.etag", &sent.etag, 0, 64);
        let paths = request.update_mask.map(|mask| mask.paths).unwrap_or_default();
        let mut fields = Vec::new();
        match paths.as_slice() {
            [] => fields.extend(FIELDS.into_iter().filter(|field| is_set(&sent, field))),
            [all] if all == "*" => fields.extend(FIELDS),
            paths => {
                for path in paths {
                    match FIELDS.into_iter().find(|field| field == path) {
                        Some(field) => fields.push(field),
                        None => {
                            let wanted = Text::new(
                                "可修改的字段名，或单独的 *",
                                "the name of a field that may change, or * alone",
                            );
                            self.refuse("update_mask", wanted, path);
                        }
                    }
                }
            }
        }
        self.done()?;
        Ok(UpdatedInspection { sent, fields })
    }
}

impl UpdatedInspection {
    /// The inspection that changes.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.sent.id
    }

    /// The etag that the stored inspection must have, if the caller gave one.
    #[must_use]
    pub fn etag(&self) -> Option<&str> {
        Some(self.sent.etag.as_str()).filter(|etag| !etag.is_empty())
    }

    /// The stored inspection with the changes put in.
    ///
    /// # Errors
    /// [`CallError::Fields`] when the whole would break a bound.
    pub fn applied_to(&self, stored: &Row) -> Result<Row, CallError> {
        let mut message = convert::inspection(stored.clone());
        for field in &self.fields {
            copy(&self.sent, &mut message, field);
        }
        let mut checks = Checks::default();
        let content = checks.content(&message);
        checks.done()?;
        Ok(stored.clone().with(message, content.ok_or_else(unreachable_content)?))
    }
}

/// Puts checked content into a row.
trait With {
    fn with(self, inspection: Inspection, content: Content) -> Self;
}

impl With for Row {
    fn with(self, inspection: Inspection, content: Content) -> Self {
        Self {
            name: inspection.name,
            level: content.level,
            round: content.round,
            province: inspection.province,
            team: Some(inspection.group).filter(|group| !group.is_empty()),
            started_on: content.started_on,
            ended_on: content.ended_on,
            feedback_on: content.feedback_on,
            first_received_on: content.first_received_on,
            themes: content.themes,
            ..self
        }
    }
}

/// A row of version 1 with nothing in it.
fn empty_row() -> Row {
    Row {
        id: String::new(),
        name: String::new(),
        level: 0,
        round: 0,
        province: String::new(),
        team: None,
        started_on: NaiveDate::default(),
        ended_on: None,
        feedback_on: None,
        first_received_on: None,
        themes: String::new(),
        petition_register: false,
        task_register: false,
        last_sequence: 0,
        version: 1,
        request_id: None,
        created_at_utc: NaiveDateTime::default(),
        updated_at_utc: NaiveDateTime::default(),
    }
}

/// Content that held every check can be put together.
fn unreachable_content() -> CallError {
    CallError::Internal("an inspection passed every check and still had no content".into())
}

fn is_set(inspection: &Inspection, field: &str) -> bool {
    match field {
        "level" => inspection.level != 0,
        "round" => inspection.round != 0,
        "themes" => !inspection.themes.is_empty(),
        "name" => !inspection.name.is_empty(),
        "province" => !inspection.province.is_empty(),
        "group" => !inspection.group.is_empty(),
        "started_on" => !inspection.started_on.is_empty(),
        "ended_on" => !inspection.ended_on.is_empty(),
        "feedback_on" => !inspection.feedback_on.is_empty(),
        "first_received_on" => !inspection.first_received_on.is_empty(),
        _ => false,
    }
}

fn copy(from: &Inspection, to: &mut Inspection, field: &str) {
    match field {
        "level" => to.level = from.level,
        "round" => to.round = from.round,
        "themes" => to.themes.clone_from(&from.themes),
        "name" => to.name.clone_from(&from.name),
        "province" => to.province.clone_from(&from.province),
        "group" => to.group.clone_from(&from.group),
        "started_on" => to.started_on.clone_from(&from.started_on),
        "ended_on" => to.ended_on.clone_from(&from.ended_on),
        "feedback_on" => to.feedback_on.clone_from(&from.feedback_on),
        "first_received_on" => to.first_received_on.clone_from(&from.first_received_on),
        _ => {}
    }
}
