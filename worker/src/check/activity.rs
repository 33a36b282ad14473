//! A row of an activity ledger: a meeting, a visit, an inspection, an action or a document.

use std::str::FromStr;

use chrono::NaiveDate;
use ducha_records::activities::ActivityContent;
use ducha_records::codes::ActivityKind;
use ducha_records::rules;

use super::end::What;
use super::petition::append;
use super::plain::{self, Content, PlainRow};
use super::plan::{Field, PlanColumn};
use super::row::RowCheck;
use super::{Context, keys};
use crate::cell::{Row, Value};
use crate::values::task_no;

/// What a row says.
#[derive(Default)]
struct Read {
    number: Option<String>,
    kind: Option<ActivityKind>,
    held_on: Option<NaiveDate>,
    topic: Option<String>,
    texts: ActivityContent,
}

/// Reads a row and checks it. A row without its kind or its day is none: what is missing is found.
pub(super) fn read(check: &mut RowCheck<'_, '_>, row: &Row, context: &Context<'_>) -> Option<PlainRow> {
    let mut read = Read::default();
    let division = plain::cells(check, row, context, |check, column, value| {
        read.take(check, column, value, context);
    });
    plain::require(check, context, |field| match field {
        Field::Division => division.is_none(),
        Field::Kind => read.kind.is_none(),
        Field::HeldOn => read.held_on.is_none(),
        Field::Topic => read.topic.is_none(),
        _ => false,
    });
    let (kind, held_on, topic) = (read.kind?, read.held_on?, read.topic?);
    let content = ActivityContent {
        kind: kind.code(),
        held_on,
        topic,
        ..read.texts
    };
    if kind == ActivityKind::FieldVisit && content.places.is_none() && !check.found_in(Field::Places) {
        check.field(&rules::VISIT_WITHOUT_PLACE, Field::Places, "", []);
    }
    if let Some(since) = context.inspection.started_on.filter(|since| held_on < *since) {
        let params = [("held", held_on.to_string()), ("since", since.to_string())];
        check.field(&rules::HELD_EARLY, Field::HeldOn, &held_on.to_string(), params);
    }
    let place = content.places.as_deref().unwrap_or_default();
    let hashed = keys::hashed(&format!("{held_on}-{}", kind.token()), &[&content.topic, place]);
    Some(PlainRow {
        division,
        key: Some(read.number.unwrap_or(hashed)),
        label: (Field::Topic, content.topic.clone()),
        dated: vec![(held_on, What::InFuture(&rules::HELD_IN_FUTURE, Field::HeldOn, "held"))],
        content: Content::Activity(content),
    })
}

impl Read {
    fn take<'a>(
        &mut self,
        check: &mut RowCheck<'_, 'a>,
        column: &PlanColumn<'a>,
        value: &Value,
        context: &Context<'_>,
    ) {
        let texts = &mut self.texts;
        match column.field {
            Field::Number => self.number = plain::number(check, column, value),
            Field::Kind => {
                let choice = check.choice(column, value);
                self.kind = choice.and_then(|choice| ActivityKind::from_str(&choice.value).ok());
            }
            Field::HeldOn => self.held_on = check.first_date(column, value, &context.dates),
            Field::Organiser => texts.organiser = check.text(column, value),
            Field::Places => texts.places = check.text(column, value).map(|places| lines(&places)),
            Field::Topic => self.topic = check.text(column, value),
            Field::Tasks => texts.tasks = tasks(check, column, value),
            Field::Result => texts.result = check.text(column, value),
            Field::Remarks => append(&mut texts.remarks, check.text(column, value)),
            _ => {}
        }
    }
}

/// Marks between places and between numbers of tasks.
const MARKS: [char; 6] = ['、', ',', '，', ';', '；', '\n'];

/// One place a line.
fn lines(places: &str) -> String {
    let places: Vec<&str> = places
        .split(MARKS)
        .map(str::trim)
        .filter(|place| !place.is_empty())
        .collect();
    places.join("\n")
}

/// Numbers of tasks in their plain form, one a line, each once.
fn tasks(check: &mut RowCheck<'_, '_>, column: &PlanColumn<'_>, value: &Value) -> Option<String> {
    let written = check.token(column, value)?.into_owned();
    let mut numbers: Vec<String> = Vec::new();
    for piece in written
        .split(MARKS)
        .flat_map(|piece| piece.split(['和', '及']))
        .map(str::trim)
    {
        if piece.is_empty() {
            continue;
        }
        let Some(number) = task_no::read(piece) else {
            let params = [("found", piece.to_owned()), ("wanted", "12-3".to_owned())];
            check.cell(&rules::NUMBER_MALFORMED, column, &written, params);
            return None;
        };
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    Some(numbers.join("\n"))
}
