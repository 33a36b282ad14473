//! What templates go through: themes, topics, indicators, areas, months, places, paragraphs.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use ducha::v1::Dimension;
use ducha_records::accounts;
use minijinja::value::{Kwargs, Value};
use minijinja::{Error, State};

use super::{Engine, globals, record, refused};
use crate::account::asked::{Asked, Subject};
use crate::account::{asked, evaluate};
use crate::language::Language;
use crate::progress::{dimension, indicators, label};

/// Most ends of months in one list.
const MOST_MONTHS: usize = 120;

impl Engine {
    /// The inspection's themes in its order, and then others that records name.
    pub(super) fn themes(&self) -> Vec<String> {
        let mut themes = self.world.inspection.themes();
        let Some(facts) = self.facts() else { return themes };
        let named = facts.tasks.iter().filter_map(|task| task.theme.as_ref());
        for theme in named.chain(facts.indicators.iter().filter_map(|fact| fact.theme.as_ref())) {
            if !themes.contains(theme) {
                themes.push(theme.clone());
            }
        }
        themes
    }

    /// Topics of a theme, in the order of tasks and then of indicators.
    pub(super) fn topics(&self, theme: &str) -> Vec<String> {
        let mut topics: Vec<String> = Vec::new();
        let Some(facts) = self.facts() else { return topics };
        let tasks = facts.tasks.iter().map(|task| (&task.theme, &task.topic));
        let indicators = facts.indicators.iter().map(|fact| (&fact.theme, &fact.topic));
        for (of, topic) in tasks.chain(indicators) {
            if let Some(topic) = topic
                .as_ref()
                .filter(|topic| of.as_deref() == Some(theme) && !topics.contains(*topic))
            {
                topics.push(topic.clone());
            }
        }
        topics
    }

    /// Indicators of a theme, a topic, or all: name, unit and period of each, with its figures.
    pub(super) fn indicators(&self, given: &Kwargs) -> Result<Vec<Value>, Error> {
        let theme: Option<String> = given.get("theme")?;
        let topic: Option<String> = given.get("topic")?;
        given.assert_all_used()?;
        let Some(facts) = self.facts() else {
            return Ok(Vec::new());
        };
        let mut seen = BTreeSet::new();
        let mut listed = Vec::new();
        for fact in &facts.indicators {
            let here = theme.as_ref().is_none_or(|theme| fact.theme.as_ref() == Some(theme))
                && topic
                    .as_ref()
                    .is_none_or(|topic| fact.topic.as_deref().unwrap_or_default() == topic);
            let period = fact.period.clone().unwrap_or_default();
            if !here || !seen.insert((fact.name.clone(), period.clone())) {
                continue;
            }
            listed.push(self.indicator(&fact.name, &period));
        }
        Ok(listed)
    }

    fn indicator(&self, name: &str, period: &str) -> Value {
        let asked = |value: &str| Asked {
            subject: Subject::Indicator,
            filters: BTreeMap::from([
                ("name".to_owned(), name.to_owned()),
                ("period".to_owned(), period.to_owned()),
                ("value".to_owned(), value.to_owned()),
            ]),
        };
        let (done, total) = (asked("done"), asked("total"));
        let counted = self.facts().map(|facts| evaluate::indicators(&done, facts));
        let counted = counted.as_deref().and_then(|counted| counted.first().cloned());
        let has = |of: fn(&indicators::Counted) -> Option<i64>| counted.as_ref().and_then(of).is_some();
        let (with_done, with_total) = (has(|counted| counted.done), has(|counted| counted.total));
        let stage = counted.as_ref().map_or(0, |counted| counted.figure.stage);
        record([
            ("name", Value::from(self.term_of(name))),
            ("period", Value::from(self.term_of(period))),
            (
                "unit",
                Value::from(self.term_of(counted.as_ref().map_or("", |counted| counted.figure.unit.as_str()))),
            ),
            (
                "approximate",
                Value::from(counted.as_ref().is_some_and(|counted| counted.figure.approximate)),
            ),
            ("stage", Value::from(stage_label(stage, self.world.language))),
            ("has_done", Value::from(with_done)),
            ("has_total", Value::from(with_total)),
            (
                "done",
                if with_done || !with_total {
                    self.value(done)
                } else {
                    Value::from(())
                },
            ),
            ("total", if with_total { self.value(total) } else { Value::from(()) }),
        ])
    }

    /// Areas below the province: code and name of each.
    pub(super) fn areas(&self) -> Vec<Value> {
        let named = |code: &String| {
            let name = self.world.names.get(code).unwrap_or(code);
            record([("code", code.clone()), ("name", self.term_of(name))])
        };
        self.world.below.iter().map(named).collect()
    }

    /// Values that petitions, tasks or decisions have of a dimension: token and name of each.
    pub(super) fn values(&self, name: &str) -> Result<Vec<Value>, Error> {
        let by = asked::dimension(name).ok_or_else(|| refused(format!("there is no dimension {name}")))?;
        let Some(facts) = self.facts() else {
            return Ok(Vec::new());
        };
        let mut keys: BTreeSet<dimension::Key> = BTreeSet::new();
        if dimension::applies(by, dimension::Kind::Petitions) {
            keys.extend(facts.petitions.iter().flat_map(|cell| dimension::of_petition(by, cell)));
        }
        if dimension::applies(by, dimension::Kind::Tasks) {
            keys.extend(
                facts
                    .tasks
                    .iter()
                    .flat_map(|task| dimension::of_task(by, task, facts.day)),
            );
        }
        if dimension::applies(by, dimension::Kind::Accountability) {
            keys.extend(
                facts
                    .decisions
                    .iter()
                    .flat_map(|fact| dimension::of_decision(by, "", fact)),
            );
        }
        if by == Dimension::ActivityKind {
            keys.extend(
                facts
                    .activities
                    .iter()
                    .flat_map(|fact| dimension::of_activity(by, "", fact)),
            );
        }
        let named = |(_, value): dimension::Key| {
            let label = label(by, &value, &self.world.names, self.world.language);
            record([("label", self.term_of(&label)), ("value", value)])
        };
        Ok(keys.into_iter().map(named).collect())
    }

    /// Ends of months from the beginning of the inspection to the day, and the day itself.
    pub(super) fn months(&self) -> Vec<String> {
        let (mut day, last) = (self.world.inspection.started_on, self.world.day);
        let mut ends = Vec::new();
        while let Some(end) = end_of_month(day).filter(|end| *end < last) {
            ends.push(end.to_string());
            let Some(next) = end.succ_opt() else { break };
            day = next;
        }
        ends.push(last.to_string());
        ends.split_off(ends.len().saturating_sub(MOST_MONTHS))
    }

    /// Places of activities of a kind, each once, in the order of their days.
    pub(super) fn places(&self, kind: &str) -> Vec<String> {
        let mut places: Vec<String> = Vec::new();
        let Some(facts) = self.facts() else { return places };
        for fact in &facts.activities {
            let of_kind = dimension::of_activity(Dimension::ActivityKind, "", fact);
            if of_kind.iter().any(|(_, value)| value == kind) {
                for place in fact.places.iter().flat_map(|places| places.lines()) {
                    if !places.iter().any(|known| known == place) {
                        places.push(place.to_owned());
                    }
                }
            }
        }
        places.iter().map(|place| self.term_of(place)).collect()
    }

    pub(super) fn date(&self, day: &str) -> Result<String, Error> {
        let day: NaiveDate = day.parse().map_err(|_| refused(format!("{day} is no day")))?;
        Ok(match self.world.language {
            Language::Zh => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
            Language::En => day.format("%-d %B %Y").to_string(),
        })
    }

    /// The paragraphs of a section, rendered as templates themselves.
    pub(super) fn paragraphs(&self, state: &mut State<'_, '_>, section: &str) -> Result<Vec<Value>, Error> {
        let mut rendered = Vec::new();
        for (at, paragraph) in self.world.settings.paragraphs.iter().enumerate() {
            if paragraph.section != section {
                continue;
            }
            let text = accounts::spoken(&paragraph.zh, &paragraph.en, self.world.language);
            let name = format!("paragraph {}", at + 1);
            let markdown = state.env().render_named_str(&name, text, globals(&self.world))?;
            rendered.push(Value::from_safe_string(markdown));
        }
        Ok(rendered)
    }
}

fn end_of_month(day: NaiveDate) -> Option<NaiveDate> {
    let (year, month) = if day.month() == 12 {
        (day.year() + 1, 1)
    } else {
        (day.year(), day.month() + 1)
    };
    NaiveDate::from_ymd_opt(year, month, 1)?.pred_opt()
}

fn stage_label(stage: i32, language: Language) -> &'static str {
    match stage {
        1 => language.pick("前期工作", "in preparation"),
        2 => language.pick("已批复", "approved"),
        3 => language.pick("已启动", "started"),
        4 => language.pick("已完成", "completed"),
        _ => "",
    }
}
