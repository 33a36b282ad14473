//! A row of an indicator ledger: what was reached, exact and with its unit.

use std::str::FromStr;

use ducha_records::codes::{Aggregation, Basis, IndicatorStage};
use ducha_records::indicators::IndicatorContent;
use ducha_records::rules;

use super::amount::{self, Scaled, Written};
use super::petition::append;
use super::plain::{self, Content, PlainRow};
use super::plan::{Field, PlanColumn};
use super::row::RowCheck;
use super::{Context, keys, task};
use crate::cell::{Row, Value};
use crate::values::period;

/// What a row says beyond its content.
#[derive(Default)]
struct Read<'p, 'a> {
    content: IndicatorContent,
    unit: Option<Scaled>,
    done: Option<Written<'p, 'a>>,
    total: Option<Written<'p, 'a>>,
    /// The total that the cell of what is done says: 821/826.
    beside: Option<Written<'p, 'a>>,
    aggregation: Option<Aggregation>,
    basis: Option<Basis>,
}

/// Reads a row and checks it.
pub(super) fn read(check: &mut RowCheck<'_, '_>, row: &Row, context: &Context<'_>) -> PlainRow {
    let mut read = Read::default();
    let division = plain::cells(check, row, context, |check, column, value| {
        read.take(check, column, value)
    });
    read.settle_amounts(check);
    read.settle_words(check);
    plain::require(check, context, |field| match field {
        Field::Name => read.content.name.is_empty(),
        Field::Division => division.is_none(),
        _ => false,
    });
    let content = read.content;
    let part = |text: &Option<String>| text.clone().unwrap_or_default();
    let key = keys::joined(&[&content.name, &part(&content.period), &part(&content.task)]);
    PlainRow {
        division,
        key: (!content.name.is_empty()).then_some(key),
        label: (Field::Name, label(&content)),
        content: Content::Indicator(content),
        dated: Vec::new(),
    }
}

/// The name with what tells its rows apart.
fn label(content: &IndicatorContent) -> String {
    let parts = [Some(&content.name), content.period.as_ref(), content.task.as_ref()];
    parts
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(" ")
}

impl<'p, 'a> Read<'p, 'a> {
    fn take(&mut self, check: &mut RowCheck<'p, 'a>, column: &'p PlanColumn<'a>, value: &Value) {
        let content = &mut self.content;
        match column.field {
            Field::Name => content.name = check.text(column, value).unwrap_or_default(),
            Field::Theme => content.theme = check.text(column, value),
            Field::Topic => content.topic = check.text(column, value),
            Field::Task => content.task = task::number(check, column, value),
            Field::Unit => self.unit = amount::unit(check, column, value),
            Field::Done => (self.done, self.beside) = amount::read_done(check, column, value),
            Field::Total => self.total = amount::read(check, column, value),
            Field::Period => content.period = read_period(check, column, value),
            Field::Stage => {
                let choice = check.choice(column, value);
                let stage = choice.and_then(|choice| IndicatorStage::from_str(&choice.value).ok());
                content.stage = stage.map(IndicatorStage::code);
            }
            Field::Aggregation => {
                let choice = check.choice(column, value);
                self.aggregation = choice.and_then(|choice| Aggregation::from_str(&choice.value).ok());
            }
            Field::Basis => {
                let choice = check.choice(column, value);
                self.basis = choice.and_then(|choice| Basis::from_str(&choice.value).ok());
            }
            Field::Remarks => append(&mut content.remarks, check.text(column, value)),
            _ => {}
        }
    }

    /// One unit for the row, and both amounts in it.
    fn settle_amounts(&mut self, check: &mut RowCheck<'_, '_>) {
        let unreadable = [Field::Done, Field::Total, Field::Unit]
            .into_iter()
            .any(|field| check.found_in(field));
        if unreadable {
            return;
        }
        let (done, total) = (self.done.take(), self.total.take());
        let beside = self.beside.take();
        if let (Some(total), Some(beside)) = (&total, &beside)
            && total.quantity.amount != beside.quantity.amount
        {
            beside.differs_from(check, total);
            return;
        }
        let total = total.or(beside);
        if done.is_none() && total.is_none() {
            check.field(&rules::AMOUNT_MISSING, Field::Done, "", []);
            return;
        }
        let of_cells = [&done, &total]
            .into_iter()
            .flatten()
            .find_map(|written| written.quantity.unit.clone());
        let scale = |check: &RowCheck<'_, '_>, written: &Written<'_, '_>| {
            let by = self.unit.clone().or_else(|| written.headers_unit(check));
            by.filter(|by| self.unit.is_some() || of_cells.as_ref().is_none_or(|unit| *unit == by.unit))
        };
        let content = &mut self.content;
        let mut units = Vec::new();
        for (written, other, millionths, text) in [
            (&done, &total, &mut content.done_millionths, &mut content.done_text),
            (&total, &done, &mut content.total_millionths, &mut content.total_text),
        ] {
            let Some(written) = written else { continue };
            let by = scale(check, written);
            *millionths = written.settle(check, by.as_ref(), other.as_ref().map(|other| &other.quantity));
            *text = Some(written.text.clone());
            content.approximate |= written.quantity.approximate;
            units.extend(written.quantity.unit.clone().or(by.map(|by| by.unit)));
        }
        units.dedup();
        match units.as_slice() {
            [] if !check.refused() => {
                let header = check
                    .plan
                    .profile
                    .column("unit")
                    .map_or("单位", |column| &column.header);
                check.field(&rules::REQUIRED_EMPTY, Field::Unit, "", [("header", header.to_owned())]);
            }
            [unit, other, ..] => {
                let params = [("found", other.clone()), ("wanted", unit.clone())];
                check.field(&rules::UNITS_DISAGREE, Field::Total, other, params);
            }
            _ => {}
        }
        content.unit = units.into_iter().next().unwrap_or_default();
    }

    /// What the amounts say together with the words of the row.
    fn settle_words(&mut self, check: &mut RowCheck<'_, '_>) {
        let content = &mut self.content;
        let percent = check.plan.profile.units.is_percent(&content.unit);
        if percent && self.aggregation == Some(Aggregation::Sum) {
            check.field(&rules::PERCENT_SUMMED, Field::Aggregation, Aggregation::Sum.token(), []);
        }
        let otherwise = if percent { Aggregation::None } else { Aggregation::Sum };
        content.aggregation = self.aggregation.unwrap_or(otherwise).code();
        let of_period = match amount::says_cumulative(check) {
            Some(cumulative) => !cumulative,
            None => content.period.is_some(),
        };
        let otherwise = if of_period { Basis::InPeriod } else { Basis::Cumulative };
        content.basis = self.basis.unwrap_or(otherwise).code();
        let (Some(done), Some(total)) = (content.done_millionths, content.total_millionths) else {
            return;
        };
        let shown = |text: &Option<String>| text.clone().unwrap_or_default();
        let params = [
            ("done", shown(&content.done_text)),
            ("total", shown(&content.total_text)),
        ];
        let found = shown(&content.done_text);
        if done > total {
            check.field(&rules::DONE_ABOVE_TOTAL, Field::Done, &found, params);
        } else if done < total && content.stage == Some(IndicatorStage::Completed.code()) {
            check.field(&rules::COMPLETED_SHORT, Field::Done, &found, params);
        }
    }
}

fn read_period(check: &mut RowCheck<'_, '_>, column: &PlanColumn<'_>, value: &Value) -> Option<String> {
    let written = check.token(column, value)?.into_owned();
    match period::read(value) {
        Some(period) if period.chars().count() <= column.column.max_chars.unwrap_or(usize::MAX) => Some(period),
        Some(_) => {
            check.text(column, value);
            None
        }
        None => {
            check.cell(&rules::DATE_AMBIGUOUS, column, &written, [("found", written.clone())]);
            None
        }
    }
}
