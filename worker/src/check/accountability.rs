//! A row of an accountability ledger: one organisation or one person, with all kinds of penalty.

use std::str::FromStr;

use chrono::NaiveDate;
use ducha_records::accountability::AccountabilityContent;
use ducha_records::codes::{AccountabilitySource, CadreLevel, Penalty, Subject};
use ducha_records::rules;

use super::end::What;
use super::petition::append;
use super::plain::{self, Content, PlainRow};
use super::plan::{Field, PlanColumn};
use super::row::RowCheck;
use super::{Context, keys};
use crate::cell::{Row, Value};
use crate::values::text;

/// What a row says.
#[derive(Default)]
struct Read {
    content: AccountabilityContent,
    number: Option<String>,
    subject: Option<Subject>,
    source: Option<AccountabilitySource>,
    penalties: Vec<Penalty>,
}

/// Reads a row and checks it.
pub(super) fn read(check: &mut RowCheck<'_, '_>, row: &Row, context: &Context<'_>) -> PlainRow {
    let mut read = Read::default();
    let division = plain::cells(check, row, context, |check, column, value| {
        read.take(check, column, value, context);
    });
    read.settle_subject(check);
    read.settle_source(check);
    read.check_together(check, context);
    plain::require(check, context, |field| match field {
        Field::Division => division.is_none(),
        Field::Kinds => read.content.kinds == 0,
        _ => false,
    });
    let key = read.key();
    let content = read.content;
    let dated = content.decided_on.map(|on| {
        (
            on,
            What::InFuture(&rules::DECIDED_IN_FUTURE, Field::DecidedOn, "decided"),
        )
    });
    PlainRow {
        division,
        key,
        label: (Field::Unit, label(&content)),
        dated: dated.into_iter().collect(),
        content: Content::Accountability(content),
    }
}

/// Issue and unit, but never a person's name.
fn label(content: &AccountabilityContent) -> String {
    let parts = [&content.issue, &content.unit, &content.post];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    if parts.is_empty() {
        "—".to_owned()
    } else {
        parts.join(" ")
    }
}

impl Read {
    fn take<'a>(
        &mut self,
        check: &mut RowCheck<'_, 'a>,
        column: &PlanColumn<'a>,
        value: &Value,
        context: &Context<'_>,
    ) {
        let content = &mut self.content;
        match column.field {
            Field::Number => self.number = plain::number(check, column, value),
            Field::Issue => content.issue = plain::issue_number(check, column, value),
            Field::IssueTitle => content.issue_title = check.text(column, value),
            Field::Subject => {
                let choice = check.choice(column, value);
                self.subject = choice.and_then(|choice| Subject::from_str(&choice.value).ok());
            }
            Field::Name => content.name = name(check, column, value),
            Field::Unit => content.unit = check.text(column, value),
            Field::Post => content.post = check.text(column, value),
            Field::Level => {
                let choice = check.choice(column, value);
                content.level = choice
                    .and_then(|choice| CadreLevel::from_str(&choice.value).ok())
                    .map(CadreLevel::code);
            }
            Field::Kinds => {
                self.penalties = check
                    .choices(column, value)
                    .into_iter()
                    .flat_map(|choice| penalties(&choice.value))
                    .collect();
                content.kinds = self.penalties.iter().fold(0, |bits, penalty| bits | penalty.bit());
            }
            Field::DecidedOn => content.decided_on = check.date(column, value, &context.dates),
            Field::Source => {
                let choice = check.choice(column, value);
                self.source = choice.and_then(|choice| AccountabilitySource::from_str(&choice.value).ok());
            }
            Field::Reason => content.reason = check.text(column, value),
            Field::Remarks => append(&mut content.remarks, check.text(column, value)),
            _ => {}
        }
    }

    /// A name makes it a person, where no column says who it is.
    fn settle_subject(&mut self, check: &mut RowCheck<'_, '_>) {
        let content = &mut self.content;
        let named = content.name.is_some();
        let subject = self
            .subject
            .unwrap_or(if named { Subject::Person } else { Subject::Organisation });
        content.subject = subject.code();
        if check.found_in(Field::Subject) {
            return;
        }
        match subject {
            Subject::Organisation if named => {
                check.field(&rules::SUBJECT_DISAGREES, Field::Subject, "单位", []);
            }
            Subject::Organisation if content.unit.is_none() && !check.found_in(Field::Unit) => {
                check.field(&rules::UNIT_MISSING, Field::Unit, "", []);
            }
            Subject::Person if !named && !check.found_in(Field::Name) => {
                check.field(&rules::PERSON_WITHOUT_NAME, Field::Name, "", []);
            }
            _ => {}
        }
        for penalty in &self.penalties {
            let wanted = match penalty.only_for() {
                Some(only) if only != subject && only == Subject::Person => "个人",
                Some(only) if only != subject => "单位",
                _ => continue,
            };
            let label = check.plan.column(Field::Kinds).and_then(|column| column.vocabulary);
            let label = label
                .and_then(|words| words.read_one(penalty.token()))
                .map_or("", |choice| &choice.label);
            let params = [("found", label.to_owned()), ("wanted", wanted.to_owned())];
            check.field(&rules::PENALTY_MISPLACED, Field::Kinds, label, params);
        }
    }

    /// The number of an issue says that it was handed over, where no column does.
    fn settle_source(&mut self, check: &mut RowCheck<'_, '_>) {
        let issue = self.content.issue.clone();
        let source = self.source.or(issue.as_ref().map(|_| AccountabilitySource::HandedOver));
        match (source, issue) {
            (None, _) if !check.found_in(Field::Source) && !check.found_in(Field::Issue) => {
                check.field(&rules::SOURCE_MISSING, Field::Source, "", []);
            }
            (Some(AccountabilitySource::OnTheSpot), Some(issue)) => {
                check.field(
                    &rules::SPOT_WITH_ISSUE,
                    Field::Issue,
                    &issue,
                    [("found", issue.clone())],
                );
            }
            _ => {}
        }
        self.source = source;
        self.content.source = source.map_or(0, AccountabilitySource::code);
    }

    fn check_together(&self, check: &mut RowCheck<'_, '_>, context: &Context<'_>) {
        if self.content.level.is_none() && !check.found_in(Field::Level) {
            check.field(&rules::LEVEL_MISSING, Field::Level, "", []);
        }
        let (since, what) = match self.source {
            Some(AccountabilitySource::HandedOver) => (context.inspection.feedback_on, "督察反馈"),
            Some(AccountabilitySource::OnTheSpot) => (context.inspection.started_on, "督察进驻"),
            None => (None, ""),
        };
        if let (Some(decided), Some(since)) = (self.content.decided_on, since)
            && decided < since
        {
            self.decided_early(check, (decided, since), what);
        }
    }

    fn decided_early(&self, check: &mut RowCheck<'_, '_>, (decided, since): (NaiveDate, NaiveDate), what: &str) {
        let params = [
            ("decided", decided.to_string()),
            ("since", since.to_string()),
            ("what", what.to_owned()),
        ];
        check.field(&rules::DECIDED_EARLY, Field::DecidedOn, &decided.to_string(), params);
    }

    /// The ledger's own number, else the issue and a hash of who it is: a key is shown, and a name must not be.
    fn key(&self) -> Option<String> {
        let content = &self.content;
        let part = |text: &Option<String>| text.as_deref().map(text::key).unwrap_or_default();
        let (unit, name) = (part(&content.unit), part(&content.name));
        if self.number.is_some() || (unit.is_empty() && name.is_empty()) {
            return self.number.clone();
        }
        let issue = content.issue.as_deref().unwrap_or("spot");
        let source = content.source.to_string();
        Some(keys::hashed(
            issue,
            &[&content.subject.to_string(), &source, &unit, &name],
        ))
    }
}

/// The penalties of a word of the vocabulary. A word that only another profile has is one of the others.
fn penalties(word: &str) -> Vec<Penalty> {
    match word {
        "party_and_government" => vec![Penalty::PartyDiscipline, Penalty::GovernmentDiscipline],
        word => vec![Penalty::from_str(word).unwrap_or(Penalty::Other)],
    }
}

/// A person's name. It is not repeated in what is found.
fn name(check: &mut RowCheck<'_, '_>, column: &PlanColumn<'_>, value: &Value) -> Option<String> {
    let name = check.token(column, value)?.into_owned();
    let length = name.chars().count();
    match column.column.max_chars.filter(|limit| length > *limit) {
        Some(limit) => {
            let params = [("found", length.to_string()), ("limit", limit.to_string())];
            check.cell(&rules::TEXT_TOO_LONG, column, "", params);
            None
        }
        None => Some(name),
    }
}
