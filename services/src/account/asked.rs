//! What a figure of an account counts, as a template says it: `tasks(status="completed")`, and as its key writes it:
//! `tasks?status=completed`.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;
use ducha::v1::Dimension;
use strum::{EnumIter, EnumString, IntoStaticStr};

use crate::language::{Language, Text};
use crate::progress::facts::Group;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Subject {
    /// Distinct petitions.
    Petitions,
    /// Problems: one for each kind of pollution of each petition.
    Problems,
    /// What was done about petitions.
    Measure,
    /// Tasks.
    Tasks,
    /// Typical cases.
    Cases,
    /// Issues handed over.
    Issues,
    /// Accountability decisions.
    Decisions,
    /// Activities.
    Activities,
    /// Alerts.
    Alerts,
    /// An indicator.
    Indicator,
}

/// Why a figure is no figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown(pub Text);

/// What a figure counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Asked {
    /// Of what.
    pub subject: Subject,
    /// Which of it: name and value of each condition.
    pub filters: BTreeMap<String, String>,
}

/// Conditions of petitions and measures.
const HANDED_OVER: &[&str] = &["batch", "channel", "key_case", "pollution_kind"];

impl Subject {
    /// Names of the conditions that apply to it, beside `area`, `as_of` and `scale`.
    const fn filters(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::Petitions | Self::Problems => &[HANDED_OVER, &["concluded", "conclusion", "substantiated"]],
            Self::Measure => &[HANDED_OVER, &["what", "unit"]],
            Self::Tasks | Self::Cases => &[&[
                "theme",
                "topic",
                "task_source",
                "case",
                "plan_year",
                "task_status",
                "closure",
                "overdue",
                "due_soon",
                "long_term",
            ]],
            Self::Issues => &[],
            Self::Decisions => &[&["subject", "level", "penalty", "issue", "source"]],
            Self::Activities => &[&["activity_kind", "from", "place", "topic"]],
            Self::Alerts => &[&["alert_kind", "settled"]],
            Self::Indicator => &[&["name", "unit", "period", "value"]],
        }
    }

    /// The facts that it is counted from.
    #[must_use]
    pub const fn group(self) -> Group {
        match self {
            Self::Petitions | Self::Problems => Group::Petitions,
            Self::Measure => Group::Measures,
            Self::Tasks | Self::Cases => Group::Tasks,
            Self::Issues | Self::Decisions | Self::Activities | Self::Alerts | Self::Indicator => Group::Plain,
        }
    }
}

/// The dimension that a condition is of; `None`: it is none of one.
#[must_use]
pub fn dimension(filter: &str) -> Option<Dimension> {
    Dimension::from_str_name(&format!("DIMENSION_{}", filter.to_uppercase()))
}

impl Asked {
    /// What a template asks for.
    ///
    /// # Errors
    /// [`Unknown`] naming a condition that the subject does not have, or a day that is none.
    pub fn new(subject: Subject, filters: BTreeMap<String, String>) -> Result<Self, Unknown> {
        let known = |name: &str| {
            let own = subject.filters().iter().any(|names| names.contains(&name));
            own || matches!(name, "area" | "as_of" | "scale")
        };
        if let Some(name) = filters.keys().find(|name| !known(name)) {
            let subject: &str = subject.into();
            return Err(Unknown(Text::new(
                format!("{subject} 没有条件 {name}"),
                format!("{subject} has no condition {name}"),
            )));
        }
        for name in ["as_of", "from"] {
            if let Some(day) = filters.get(name).filter(|day| day.parse::<NaiveDate>().is_err()) {
                return Err(Unknown(Text::new(
                    format!("{name} 不是日期：{day}"),
                    format!("{name} is no day: {day}"),
                )));
            }
        }
        Ok(Self { subject, filters })
    }

    /// Reads a key.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        let (subject, rest) = key.split_once('?').unwrap_or((key, ""));
        let mut filters = BTreeMap::new();
        for pair in rest.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=')?;
            filters.insert(name.to_owned(), unescape(value)?);
        }
        Self::new(subject.parse().ok()?, filters).ok()
    }

    /// A condition.
    #[must_use]
    pub fn filter(&self, name: &str) -> Option<&str> {
        self.filters.get(name).map(String::as_str)
    }

    /// A condition that is a day. Days were checked when it was made.
    #[must_use]
    pub fn day(&self, name: &str) -> Option<NaiveDate> {
        self.filter(name)?.parse().ok()
    }

    /// Unit of the figure.
    #[must_use]
    pub fn unit(&self, language: Language) -> &str {
        if let Some(unit) = self.filter("unit") {
            return unit;
        }
        match self.subject {
            Subject::Petitions => language.pick("件", "petitions"),
            Subject::Problems => language.pick("个", "problems"),
            Subject::Tasks => language.pick("项", "tasks"),
            Subject::Cases => language.pick("个", "cases"),
            Subject::Issues => language.pick("个", "issues"),
            Subject::Decisions if self.filter("subject") == Some("person") => language.pick("人", "persons"),
            Subject::Decisions => language.pick("个", "organisations"),
            Subject::Activities | Subject::Alerts => language.pick("次", ""),
            Subject::Measure => match self.filter("what") {
                Some("ordered" | "penalised") => language.pick("家", "enterprises"),
                Some("criminal_cases") => language.pick("件", "cases"),
                Some("parts" | "reported") => language.pick("件", "parts"),
                Some("fine") => language.pick("元", "yuan"),
                _ => language.pick("人", "persons"),
            },
            Subject::Indicator => "",
        }
    }

    /// What it counts, for people: the subject with its conditions.
    #[must_use]
    pub fn label(&self, language: Language) -> String {
        let subject = match self.subject {
            Subject::Petitions => language.pick("群众信访举报件", "petitions"),
            Subject::Problems => language.pick("信访反映问题", "problems in petitions"),
            Subject::Measure => language.pick("边督边改措施", "measures on petitions"),
            Subject::Tasks => language.pick("整改任务", "rectification tasks"),
            Subject::Cases => language.pick("典型案例", "typical cases"),
            Subject::Issues => language.pick("移交责任追究问题", "accountability issues"),
            Subject::Decisions => language.pick("责任追究", "accountability decisions"),
            Subject::Activities => language.pick("工作活动", "activities"),
            Subject::Alerts => language.pick("生态流量预警", "flow warnings"),
            Subject::Indicator => language.pick("指标", "indicator"),
        };
        let conditions: Vec<_> = self
            .filters
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        match conditions.is_empty() {
            true => subject.to_owned(),
            false => format!("{subject} [{}]", conditions.join(", ")),
        }
    }
}

impl fmt::Display for Asked {
    /// The key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let subject: &str = self.subject.into();
        f.write_str(subject)?;
        for (at, (name, value)) in self.filters.iter().enumerate() {
            write!(f, "{}{name}={}", if at == 0 { '?' } else { '&' }, escape(value))?;
        }
        Ok(())
    }
}

/// A value without the signs that keys are made with.
fn escape(value: &str) -> String {
    let mut escaped = String::new();
    for letter in value.chars() {
        match letter {
            '%' | '&' | '=' | '?' => escaped.push_str(&format!("%{:02X}", u32::from(letter))),
            _ => escaped.push(letter),
        }
    }
    escaped
}

fn unescape(value: &str) -> Option<String> {
    let mut parts = value.split('%');
    let mut read = parts.next()?.to_owned();
    for part in parts {
        let code = u8::from_str_radix(part.get(..2)?, 16).ok()?;
        read.push(char::from(code));
        read.push_str(&part[2..]);
    }
    Some(read)
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;

    fn asked(subject: Subject, filters: &[(&str, &str)]) -> Result<Asked, Unknown> {
        let filters = filters.iter().map(|(name, value)| ((*name).into(), (*value).into()));
        Asked::new(subject, filters.collect())
    }

    #[test]
    fn a_key_is_read_as_what_it_was_made_of() {
        for figure in [
            asked(Subject::Petitions, &[]).unwrap(),
            asked(
                Subject::Tasks,
                &[("task_status", "completed"), ("theme", "水&气=100%？?")],
            )
            .unwrap(),
            asked(Subject::Indicator, &[("name", "污水管网"), ("value", "done")]).unwrap(),
        ] {
            assert_eq!(Asked::parse(&figure.to_string()), Some(figure));
        }
        assert_eq!(
            Asked::parse("tasks?task_status=completed").unwrap().to_string(),
            "tasks?task_status=completed"
        );
        for key in [
            "",
            "tasks?x=1",
            "tasks?theme",
            "tasks?theme=%4",
            "wages",
            "petitions?as_of=tomorrow",
        ] {
            assert_eq!(Asked::parse(key), None, "{key}");
        }
    }

    #[test]
    fn a_condition_that_a_subject_does_not_have_is_named() {
        let Unknown(text) = asked(Subject::Issues, &[("level", "county")]).unwrap_err();
        assert_eq!(text.en, "issues has no condition level");
    }

    #[test]
    fn every_condition_of_a_dimension_is_named_as_the_dimension_is() {
        let plain = [
            "concluded",
            "what",
            "unit",
            "due_soon",
            "long_term",
            "source",
            "from",
            "place",
            "settled",
            "name",
            "period",
            "value",
        ];
        for subject in Subject::iter() {
            for name in subject.filters().iter().copied().flatten() {
                assert!(dimension(name).is_some() || plain.contains(name), "{name}");
            }
        }
    }
}
