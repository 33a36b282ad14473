//! A row of an alert ledger: a warning of a station's ecological flow, and what was done about it.

use std::str::FromStr;

use chrono::NaiveDate;
use ducha_records::alerts::AlertContent;
use ducha_records::codes::AlertKind;
use ducha_records::rules;

use super::end::What;
use super::petition::append;
use super::plain::{self, Content, PlainRow};
use super::plan::{Field, PlanColumn};
use super::row::RowCheck;
use super::{Context, keys};
use crate::cell::{Row, Value};

/// What a row says.
#[derive(Default)]
struct Read {
    number: Option<String>,
    station: Option<String>,
    raised_on: Option<NaiveDate>,
    kind: Option<AlertKind>,
    texts: AlertContent,
}

/// Reads a row and checks it. A row without its station, its day or its kind is none: what is missing is found.
pub(super) fn read(check: &mut RowCheck<'_, '_>, row: &Row, context: &Context<'_>) -> Option<PlainRow> {
    let mut read = Read::default();
    let division = plain::cells(check, row, context, |check, column, value| {
        read.take(check, column, value, context);
    });
    plain::require(check, context, |field| match field {
        Field::Division => division.is_none(),
        Field::Station => read.station.is_none(),
        Field::RaisedOn => read.raised_on.is_none(),
        Field::Kind => read.kind.is_none(),
        _ => false,
    });
    let (station, raised_on, kind) = (read.station?, read.raised_on?, read.kind?);
    let content = AlertContent {
        station,
        raised_on,
        kind: kind.code(),
        ..read.texts
    };
    check_together(check, &content);
    let key = keys::joined(&[&content.station, &raised_on.to_string(), kind.token()]);
    Some(PlainRow {
        division,
        key: Some(read.number.unwrap_or(key)),
        label: (Field::Station, format!("{} {raised_on}", content.station)),
        dated: dated(check, &content),
        content: Content::Alert(content),
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
            Field::Station => self.station = check.text(column, value),
            Field::RaisedOn => self.raised_on = check.date(column, value, &context.dates),
            Field::Kind => {
                let choice = check.choice(column, value);
                self.kind = choice.and_then(|choice| AlertKind::from_str(&choice.value).ok());
            }
            Field::Handling => texts.handling = check.text(column, value),
            Field::SettledOn => texts.settled_on = check.date(column, value, &context.dates),
            Field::Remarks => append(&mut texts.remarks, check.text(column, value)),
            _ => {}
        }
    }
}

fn check_together(check: &mut RowCheck<'_, '_>, content: &AlertContent) {
    let Some(settled) = content.settled_on else { return };
    if settled < content.raised_on {
        let params = [
            ("settled", settled.to_string()),
            ("raised", content.raised_on.to_string()),
        ];
        check.field(&rules::SETTLED_EARLY, Field::SettledOn, &settled.to_string(), params);
    } else if content.handling.is_none() && !check.found_in(Field::Handling) {
        check.field(&rules::SETTLED_SILENT, Field::Handling, "", []);
    }
}

/// An open alert is held against its limit, unless the remarks say why it is open.
fn dated(check: &RowCheck<'_, '_>, content: &AlertContent) -> Vec<(NaiveDate, What)> {
    let future = |field| What::InFuture(&rules::ALERT_IN_FUTURE, field, "found");
    let mut dated = vec![(content.raised_on, future(Field::RaisedOn))];
    let unread = check.found_in(Field::SettledOn);
    match (content.settled_on, check.plan.profile.open_days) {
        (Some(settled), _) => dated.push((settled, future(Field::SettledOn))),
        (None, Some(days)) if content.remarks.is_none() && !unread => {
            dated.push((content.raised_on, What::OpenFor(days)));
        }
        (None, _) => {}
    }
    dated
}
