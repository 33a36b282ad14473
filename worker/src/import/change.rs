//! What a row of a plan would change, in the words of ledgers.

use ducha_records::codes::{
    Channel, Closure, Conclusion, DeadlineKind, PlainKind, PollutionKind, RecordKind, Substantiated, TaskSource,
    TaskStatus,
};
use ducha_records::importing::{FieldChange, FieldPlaces, Outcome, PlannedKind, PlannedRow};
use ducha_records::rules::Language;
use serde_json::{Value, json};
use strum::IntoEnumIterator;

use crate::cell::address;
use crate::profile::{LedgerKind, Profile, Profiles};

/// Fen in ten thousand yuan.
const FEN_IN_WAN: i64 = 1_000_000;

/// A row of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Sheet it stands in.
    pub sheet: String,
    /// Row, counted from 1.
    pub row: i64,
    /// Number of its record.
    pub number: String,
    /// Whose part; empty in the province's list.
    pub division: String,
    /// What would become of it.
    pub outcome: Outcome,
    /// The fields that differ, for a row that changes its record.
    pub fields: Vec<ChangedField>,
}

/// A field that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedField {
    /// Address of its cell, `F12`; empty where no column of the sheet feeds it.
    pub cell: String,
    /// As the records name it.
    pub field: String,
    /// Its column's header: as the sheet has it, else as the profile has it.
    pub header: [String; 2],
    /// What is stored, in Chinese and English; empty for nothing.
    pub before: [String; 2],
    /// What the ledger says.
    pub after: [String; 2],
}

/// Makes changes of planned rows.
#[derive(Debug)]
pub(super) struct Words<'a> {
    pub profiles: &'a Profiles,
    pub places: FieldPlaces,
}

impl Words<'_> {
    /// The row in the words of its ledger.
    pub fn change(&self, row: PlannedRow) -> Change {
        let profile = self.profiles.get(match row.kind {
            PlannedKind::Numbered(RecordKind::Petition) => LedgerKind::Petitions,
            PlannedKind::Numbered(RecordKind::Task) => LedgerKind::Tasks,
            PlannedKind::Plain(PlainKind::Indicator) => LedgerKind::Indicators,
            PlannedKind::Plain(PlainKind::AccountabilityIssue) => LedgerKind::AccountabilityIssues,
            PlannedKind::Plain(PlainKind::Accountability) => LedgerKind::Accountabilities,
            PlannedKind::Plain(PlainKind::Activity) => LedgerKind::Activities,
            PlannedKind::Plain(PlainKind::Alert) => LedgerKind::Alerts,
        });
        let field = |change| self.field(profile, &row.sheet, row.row_number, change);
        Change {
            fields: row.changes.iter().map(field).collect(),
            sheet: row.sheet,
            row: row.row_number,
            number: row.number,
            division: row.division,
            outcome: row.outcome,
        }
    }

    fn field(&self, profile: &Profile, sheet: &str, row: i64, change: &FieldChange) -> ChangedField {
        let column = column_of(&change.field);
        let place = self.places.get(sheet, column);
        let cell = match (place.column, u32::try_from(row)) {
            (Some(column), Ok(row)) => address(row, column.unsigned_abs()),
            _ => String::new(),
        };
        let shown = |value| Language::both().map(|language| shown(profile, &change.field, value, language));
        ChangedField {
            cell,
            field: change.field.clone(),
            header: header(profile, column, &place.header),
            before: shown(&change.before),
            after: shown(&change.after),
        }
    }
}

impl Change {
    /// A line of JSON; values in Chinese, as ledgers write them.
    #[must_use]
    pub fn json(&self, file: &str) -> Value {
        let fields: Vec<Value> = self
            .fields
            .iter()
            .map(|field| {
                json!({
                    "cell": field.cell, "field": field.field, "header": field.header[0],
                    "before": field.before[0], "after": field.after[0],
                })
            })
            .collect();
        json!({
            "type": "change", "file": file, "sheet": self.sheet, "row": self.row, "number": self.number,
            "division": self.division, "outcome": outcome_token(self.outcome), "fields": fields,
        })
    }
}

/// What becomes of a row, for programs.
#[must_use]
pub const fn outcome_token(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Unchanged => "unchanged",
        Outcome::Inserted => "new",
        Outcome::Updated => "changed",
        Outcome::Late => "late",
        Outcome::Unlisted | Outcome::NotAssigned | Outcome::OtherUnit | Outcome::Outdated => "refused",
    }
}

/// The profile's column that feeds a field of the records.
fn column_of(field: &str) -> &str {
    match field {
        "deadline_text" | "deadline_kind" | "due_on" | "long_term" => "deadline",
        "assigned" => "division",
        other => other,
    }
}

fn header(profile: &Profile, column: &str, written: &str) -> [String; 2] {
    let (zh, en) = profile.column(column).map_or((column, column), |column| {
        (column.header.as_str(), column.label_en.as_str())
    });
    let zh = if written.is_empty() { zh } else { written };
    [zh.to_owned(), en.to_owned()]
}

/// A value of the records as a ledger would write it.
fn shown(profile: &Profile, field: &str, value: &Value, language: Language) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => language.pick("是", "yes").to_owned(),
        Value::Bool(false) => language.pick("否", "no").to_owned(),
        Value::Number(number) => match number.as_i64() {
            Some(number) => of_number(profile, field, number, language),
            None => number.to_string(),
        },
        Value::Array(items) => {
            let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            items.join("、")
        }
        Value::String(text) => text.clone(),
        Value::Object(_) => value.to_string(),
    }
}

fn of_number(profile: &Profile, field: &str, number: i64, language: Language) -> String {
    if field == "fine_fen" {
        return format!("{} {}", wan(number), language.pick("万元", "0,000 yuan"));
    }
    let tokens: Vec<&'static str> = if field == "pollution_kinds" {
        let set = |kind: &PollutionKind| i64::from(kind.bit()) & number != 0;
        PollutionKind::iter().filter(set).map(PollutionKind::token).collect()
    } else {
        token(field, number).into_iter().collect()
    };
    if tokens.is_empty() && field != "pollution_kinds" {
        return number.to_string();
    }
    let labels: Vec<&str> = tokens
        .into_iter()
        .map(|token| label(profile, field, token, language))
        .collect();
    labels.join("、")
}

/// The word a coded field keeps as a number.
fn token(field: &str, number: i64) -> Option<&'static str> {
    let code = i16::try_from(number).ok()?;
    match field {
        "channel" => Channel::from_code(code).map(Channel::token),
        "substantiated" => Substantiated::from_code(code).map(Substantiated::token),
        "conclusion" => Conclusion::from_code(code).map(Conclusion::token),
        "status" => TaskStatus::from_code(code).map(TaskStatus::token),
        "closure" => Closure::from_code(code).map(Closure::token),
        "source" => TaskSource::from_code(code).map(TaskSource::token),
        "deadline_kind" => DeadlineKind::from_code(code).map(DeadlineKind::token),
        _ => None,
    }
}

fn label<'a>(profile: &'a Profile, field: &str, token: &'a str, language: Language) -> &'a str {
    profile
        .choice(field, token)
        .map_or(token, |choice| language.pick(&choice.label, &choice.label_en))
}

/// Ten thousand yuan, exact, without zeros at the end.
fn wan(fen: i64) -> String {
    let (whole, rest) = (fen / FEN_IN_WAN, fen % FEN_IN_WAN);
    let decimals = format!("{:06}", rest.abs());
    let decimals = decimals.trim_end_matches('0');
    if decimals.is_empty() {
        whole.to_string()
    } else {
        format!("{whole}.{decimals}")
    }
}
