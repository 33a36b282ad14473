//! A row of the province's list of issues handed over for accountability.

use ducha_records::accountability::IssueContent;

use super::Context;
use super::petition::append;
use super::plain::{self, Content, PlainRow};
use super::plan::Field;
use super::row::RowCheck;
use crate::cell::Row;

/// Reads a row and checks it. Whatever division it names, an issue is the province's.
pub(super) fn read(check: &mut RowCheck<'_, '_>, row: &Row, context: &Context<'_>) -> PlainRow {
    let mut content = IssueContent::default();
    let mut number = None;
    plain::cells(check, row, context, |check, column, value| match column.field {
        Field::Number => number = plain::issue_number(check, column, value),
        Field::Title => content.title = check.text(column, value).unwrap_or_default(),
        Field::HandedOverOn => content.handed_over_on = check.date(column, value, &context.dates),
        Field::Remarks => append(&mut content.remarks, check.text(column, value)),
        _ => {}
    });
    plain::require(check, context, |field| match field {
        Field::Number => number.is_none(),
        Field::Title => content.title.is_empty(),
        _ => false,
    });
    PlainRow {
        division: Some(context.province.clone()),
        label: (Field::Number, number.clone().unwrap_or_default()),
        key: number,
        content: Content::Issue(content),
        dated: Vec::new(),
    }
}
