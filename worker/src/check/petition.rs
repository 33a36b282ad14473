//! A row of a petition ledger: its fields, and the rules on them together.

use std::str::FromStr;

use chrono::NaiveDate;
use ducha_records::codes::{Channel, Conclusion, PollutionKind, Substantiated};
use ducha_records::petitions::{HandlingContent, PetitionWording};
use ducha_records::rules;

mod together;

use super::Context;
use super::plan::{Field, PlanColumn};
use super::row::RowCheck;
use super::whose::{self, Whose};
use crate::cell::Value;
use crate::values::petition_no::{self, PetitionNumber, PetitionNumberFault};
use crate::values::text;
use crate::values::{batch, numeral};

/// The form of a petition number, for messages.
const NUMBER_EXAMPLE: &str = "X2GZ202112070001";

/// What a row says.
#[derive(Debug, Default)]
pub(super) struct PetitionRow {
    pub number: Option<PetitionNumber>,
    pub whose: Whose,
    pub wording: PetitionWording,
    pub content: HandlingContent,
    conclusion: Option<Conclusion>,
    /// 是否重点件 and 是否重复件, as far as a column says so.
    key_case: Option<bool>,
    duplicate: Option<bool>,
    /// The round that a column names.
    round: Option<u32>,
    /// Degrees, as written and as read.
    longitude: Option<(String, f64)>,
    latitude: Option<(String, f64)>,
}

/// Reads a row and checks it. What is wrong is in `check`.
pub(super) fn read(
    check: &mut RowCheck<'_, '_>,
    row: &crate::cell::Row,
    batch_of_sheet: Option<u32>,
    context: &Context<'_>,
) -> PetitionRow {
    let mut petition = PetitionRow::default();
    let plan = check.plan;
    for (column, value) in plan.cells(row) {
        petition.take(check, column, value, context);
    }
    whose::or_files_own(&mut petition.whose, check, context);
    petition.infer(check, batch_of_sheet);
    check.require(
        |field| petition.is_empty(field),
        |column| plan.row_must_have(column.column.required, context),
    );
    petition.check_together(check, context);
    petition
}

impl PetitionRow {
    fn take<'a>(
        &mut self,
        check: &mut RowCheck<'_, 'a>,
        column: &PlanColumn<'a>,
        value: &Value,
        context: &Context<'_>,
    ) {
        let (wording, content) = (&mut self.wording, &mut self.content);
        match column.field {
            Field::Number => {
                self.number = number(check, column, value);
                self.check_number(check, column, context);
            }
            Field::Division => self.whose = whose::read(check, column, value, context),
            Field::Batch => wording.batch = read_batch(check, column, value),
            Field::Channel => {
                wording.channel = check
                    .choice(column, value)
                    .and_then(|choice| Channel::from_str(&choice.value).ok())
                    .map(Channel::code);
            }
            Field::ReceivedOn => wording.received_on = check.date(column, value, &context.dates),
            Field::KeyCase => {
                self.key_case = check.choice(column, value).map(|choice| choice.value == "yes");
                wording.key_case = self.key_case == Some(true);
            }
            Field::MergedInto => wording.merged_into = number(check, column, value).map(|number| number.number),
            Field::DuplicateOf => wording.duplicate_of = number(check, column, value).map(|number| number.number),
            // No record keeps these: what cannot be read in them refuses nothing.
            Field::Duplicate => self.duplicate = flag(column, value),
            Field::Round => self.round = round(value),
            Field::Longitude => self.longitude = degrees(value),
            Field::Latitude => self.latitude = degrees(value),
            Field::Complaint => wording.complaint = check.text(column, value).unwrap_or_default(),
            Field::PollutionKinds => {
                let kinds = check.choices(column, value);
                let bits = kinds
                    .iter()
                    .filter_map(|choice| PollutionKind::from_str(&choice.value).ok());
                wording.pollution_kinds = bits.fold(0, |bits, kind| bits | kind.bit());
            }
            Field::Substantiated => {
                let choice = check.choice(column, value);
                let read = choice.and_then(|choice| Substantiated::from_str(&choice.value).ok());
                content.substantiated = read.map(Substantiated::code);
            }
            Field::Conclusion => {
                let choice = check.choice(column, value);
                self.conclusion = choice.and_then(|choice| Conclusion::from_str(&choice.value).ok());
                content.conclusion = self.conclusion.map_or(0, Conclusion::code);
            }
            Field::ConcludedOn => content.concluded_on = check.date(column, value, &context.dates),
            Field::Units => append(&mut content.units, check.text(column, value)),
            Field::Remarks => append(&mut content.remarks, check.text(column, value)),
            Field::Own => append(&mut content.remarks, own_text(check, column, value)),
            Field::FineFen => content.fine_fen = check.fen(column, value),
            field => {
                if let Some(text) = content.text_mut(field) {
                    *text = check.text(column, value);
                } else if let Some(count) = content.count_mut(field) {
                    *count = check.count(column, value);
                }
            }
        }
    }

    /// Whether the number is one of this inspection. Provincial inspections number as they like.
    fn check_number<'a>(&self, check: &mut RowCheck<'_, 'a>, column: &PlanColumn<'a>, context: &Context<'_>) {
        let Some(number) = self
            .number
            .as_ref()
            .filter(|number| number.standard && context.inspection.central)
        else {
            return;
        };
        let (written, found) = (number.number.as_str(), ("found", number.number.clone()));
        let letters = &written[2..4]; // a standard number is 16 ASCII characters
        if let Some(wanted) = petition_no::letters(&context.province).filter(|wanted| *wanted != letters) {
            let params = [found, ("letters", letters.to_owned()), ("wanted", wanted.to_owned())];
            check.cell(&rules::NUMBER_OTHER_PROVINCE, column, written, params);
        } else if let (Some(round), Some(wanted)) = (number.round, context.inspection.round)
            && u16::from(round) != wanted
        {
            let params = [found, ("round", round.to_string()), ("wanted", wanted.to_string())];
            check.cell(&rules::NUMBER_OTHER_ROUND, column, written, params);
        }
    }

    /// What the number and the sheet say where no column does.
    fn infer(&mut self, check: &mut RowCheck<'_, '_>, batch_of_sheet: Option<u32>) {
        let wording = &mut self.wording;
        if wording.batch.is_none() && !check.found_in(Field::Batch) {
            wording.batch = batch_of_sheet.and_then(|batch| batch.try_into().ok());
        }
        let Some(number) = &self.number else { return };
        wording.key_case |= number.key_case;
        let channel = number.channel.and_then(|channel| Channel::from_str(channel).ok());
        match (wording.channel, channel) {
            (Some(written), Some(meant)) if written != meant.code() => {
                let written = Channel::from_code(written);
                let found = written.map_or("", Channel::token).to_owned();
                let params = [("found", found), ("wanted", meant.token().to_owned())];
                let value = written.map_or("", Channel::label);
                check
                    .field(&rules::CHANNEL_DISAGREES, Field::Channel, value, params)
                    .suggestion = meant.label().to_owned();
            }
            (None, Some(meant)) => wording.channel = Some(meant.code()),
            _ => {}
        }
        match (wording.received_on, number.received_on) {
            (Some(written), Some(meant)) if written != meant => {
                let params = [("found", written.to_string()), ("wanted", meant.to_string())];
                check
                    .field(
                        &rules::RECEIVED_DISAGREES,
                        Field::ReceivedOn,
                        &written.to_string(),
                        params,
                    )
                    .suggestion = meant.to_string();
            }
            (None, Some(meant)) => wording.received_on = Some(meant),
            _ => {}
        }
    }

    fn is_empty(&self, field: Field) -> bool {
        match field {
            Field::Number => self.number.is_none(),
            Field::Division => self.whose.division.is_none(),
            Field::Complaint => self.wording.complaint.is_empty(),
            Field::Substantiated => self.content.substantiated.is_none(),
            Field::Conclusion => self.conclusion.is_none(),
            _ => false,
        }
    }

    /// Day of the conclusion, where the row is concluded.
    pub fn concluded_on(&self) -> Option<NaiveDate> {
        self.content
            .concluded_on
            .filter(|_| self.conclusion >= Some(Conclusion::Concluded))
    }
}

trait ContentFields {
    fn text_mut(&mut self, field: Field) -> Option<&mut Option<String>>;
    fn count_mut(&mut self, field: Field) -> Option<&mut Option<i32>>;
}

impl ContentFields for HandlingContent {
    fn text_mut(&mut self, field: Field) -> Option<&mut Option<String>> {
        Some(match field {
            Field::Investigation => &mut self.investigation,
            Field::Handling => &mut self.handling,
            Field::Measures => &mut self.measures,
            Field::LatestProgress => &mut self.latest_progress,
            Field::Acceptance => &mut self.acceptance,
            Field::Accountability => &mut self.accountability,
            _ => return None,
        })
    }

    fn count_mut(&mut self, field: Field) -> Option<&mut Option<i32>> {
        Some(match field {
            Field::Ordered => &mut self.ordered,
            Field::Penalised => &mut self.penalised,
            Field::CriminalCases => &mut self.criminal_cases,
            Field::AdminDetained => &mut self.admin_detained,
            Field::CriminalDetained => &mut self.criminal_detained,
            Field::Interviewed => &mut self.interviewed,
            Field::Accountable => &mut self.accountable,
            _ => return None,
        })
    }
}

fn number(check: &mut RowCheck<'_, '_>, column: &PlanColumn<'_>, value: &Value) -> Option<PetitionNumber> {
    let written = check.token(column, value)?;
    match petition_no::read(&written, &check.plan.profile.number_patterns) {
        Ok(number) => {
            if !number.standard && !number.listed {
                let params = [("found", written.to_string()), ("wanted", NUMBER_EXAMPLE.to_owned())];
                check.cell(&rules::NUMBER_UNUSUAL, column, &written, params);
            } else if number.corrected {
                let params = [("found", written.to_string()), ("wanted", number.number.clone())];
                check.cell(&rules::NUMBER_CORRECTED, column, &written, params);
            }
            Some(number)
        }
        Err(PetitionNumberFault::Empty) => None,
        Err(PetitionNumberFault::Malformed) => {
            let params = [("found", written.to_string()), ("wanted", NUMBER_EXAMPLE.to_owned())];
            check.cell(&rules::NUMBER_MALFORMED, column, &written, params);
            None
        }
    }
}

/// What a column of yes and no says; nothing where it says something else.
fn flag(column: &PlanColumn<'_>, value: &Value) -> Option<bool> {
    let choice = column.vocabulary?.read_one(&value.as_written())?;
    Some(choice.value == "yes")
}

/// 第二轮, 二 or 2.
fn round(value: &Value) -> Option<u32> {
    let written = text::key(&value.as_written());
    let bare = written.strip_prefix('第').unwrap_or(&written);
    numeral::read(bare.split('轮').next()?)
}

/// Decimal degrees.
fn degrees(value: &Value) -> Option<(String, f64)> {
    let written = text::clean(&value.as_written()).into_owned();
    let degrees = written.parse().ok().filter(|degrees: &f64| degrees.is_finite())?;
    Some((written, degrees))
}

/// One batch; a cell that names several, or none, cannot be one petition's.
fn read_batch(check: &mut RowCheck<'_, '_>, column: &PlanColumn<'_>, value: &Value) -> Option<i32> {
    let written = check.token(column, value)?;
    match batch::read(&written).as_deref() {
        Some([batch]) => i32::try_from(*batch).ok(),
        _ => {
            check.cell(
                &rules::BATCH_UNREADABLE,
                column,
                &written,
                [("found", written.to_string())],
            );
            None
        }
    }
}

/// The text of a column that only the profile knows, which the remarks keep under its header.
pub(super) fn own_text(check: &mut RowCheck<'_, '_>, column: &PlanColumn<'_>, value: &Value) -> Option<String> {
    let text = check.text(column, value)?;
    Some(format!("{}：{text}", column.column.header))
}

/// Joins the texts of several columns that feed one field.
pub(super) fn append(field: &mut Option<String>, more: Option<String>) {
    match (field.as_mut(), more) {
        (Some(text), Some(more)) => {
            text.push('\n');
            text.push_str(&more);
        }
        (None, more) => *field = more,
        (Some(_), None) => {}
    }
}
