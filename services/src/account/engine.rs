//! What templates of accounts are written with: figures, lists to go through, and dates.
//!
//! A template is rendered once or twice: facts of days that it turns out to need are wished for, loaded, and then it is
//! rendered anew. So it needs no database while it runs, and every figure knows what it was asked for.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{Datelike, NaiveDate};
use ducha::v1::Dimension;
use ducha_records::accounts::AccountSettings;
use ducha_records::figures::Area;
use ducha_records::inspections::Inspection;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Object, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, State, UndefinedBehavior};
use strum::IntoEnumIterator;

use super::asked::{Asked, Subject, Unknown};
use super::document::Figure;
use super::evaluate::{self, MILLION};
use super::number::number;
use super::parse;
use crate::language::Language;
use crate::progress::facts::{Facts, Group};
use crate::progress::{dimension, gap, label};

/// Steps that a template may take, so that one that never ends does: a usual account takes some thousand.
const FUEL: u64 = 5_000_000;
/// Most ends of months in one list.
const MOST_MONTHS: usize = 120;

/// Which facts: of a day, told apart by area so, of a group.
pub type Wish = (NaiveDate, Area, Group);

/// What a template sees.
pub struct World {
    /// Language of the account.
    pub language: Language,
    /// The day whose state it tells.
    pub day: NaiveDate,
    /// The inspection.
    pub inspection: Inspection,
    /// What an administrator says.
    pub settings: AccountSettings,
    /// Names of divisions by code.
    pub names: BTreeMap<String, String>,
    /// Areas directly below the province.
    pub below: Vec<String>,
    /// Facts by what was wished.
    pub facts: HashMap<Wish, Arc<Facts>>,
}

/// Figures as they come up.
#[derive(Default)]
struct Found {
    figures: Vec<Figure>,
    places: HashMap<String, usize>,
    wishes: BTreeSet<Wish>,
}

/// A world that is being written about.
pub struct Engine {
    world: World,
    found: Mutex<Found>,
}

/// A figure in a template: printed as a mark that the document's parser knows.
struct FigureValue {
    place: usize,
    figure: Figure,
}

impl fmt::Debug for FigureValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} = {}", self.figure.key, self.figure.text)
    }
}

impl Object for FigureValue {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        match key.as_str()? {
            // A missing value is none, so that a template can ask for it.
            "value" => Some(self.figure.millionths.map_or(Value::from(()), |millionths| {
                if millionths % MILLION == 0 {
                    Value::from(millionths / MILLION)
                } else {
                    Value::from(millionths as f64 / MILLION as f64)
                }
            })),
            // As a chart's values are written.
            "point" => Some(Value::from_safe_string(match self.figure.millionths {
                Some(millionths) => (millionths / MILLION).to_string(),
                None => "\"\"".to_owned(),
            })),
            "missing" => Some(self.figure.millionths.is_none().into()),
            "text" => Some(self.figure.text.clone().into()),
            "unit" => Some(self.figure.unit.clone().into()),
            "key" => Some(self.figure.key.clone().into()),
            _ => None,
        }
    }

    fn is_true(self: &Arc<Self>) -> bool {
        self.figure.millionths.is_some_and(|millionths| millionths != 0)
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&parse::mark(self.place))
    }
}

/// A rendered template.
pub struct Rendered {
    /// Its Markdown, with marks for figures.
    pub markdown: String,
    /// The figures.
    pub figures: Vec<Figure>,
    /// Facts that it lacked; where there are any, it is to be rendered anew.
    pub wishes: BTreeSet<Wish>,
    /// The world it was rendered in.
    pub world: World,
}

/// Renders a template.
///
/// # Errors
/// The template's, with its line.
pub fn render(world: World, template: &str) -> Result<Rendered, Error> {
    let engine = Arc::new(Engine {
        world,
        found: Mutex::default(),
    });
    let markdown = {
        let environment = environment(&engine)?;
        environment.render_named_str("account", template, globals(&engine.world))?
    };
    let engine = Arc::try_unwrap(engine)
        .map_err(|_| Error::new(ErrorKind::InvalidOperation, "the template's values outlive it"))?;
    let found = engine.found.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(Rendered {
        markdown,
        figures: found.figures,
        wishes: found.wishes,
        world: engine.world,
    })
}

fn globals(world: &World) -> Value {
    let inspection = &world.inspection;
    let date = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    record([
        ("as_of", Value::from(world.day.to_string())),
        ("name", Value::from(inspection.name.clone())),
        ("round", Value::from(inspection.round)),
        ("group", Value::from(inspection.team.clone())),
        ("province", Value::from(world.names.get(&inspection.province).cloned())),
        ("started_on", Value::from(inspection.started_on.to_string())),
        ("ended_on", Value::from(date(inspection.ended_on))),
        ("feedback_on", Value::from(date(inspection.feedback_on))),
    ])
}

fn environment(engine: &Arc<Engine>) -> Result<Environment<'static>, Error> {
    let mut environment = Environment::new();
    environment.set_fuel(Some(FUEL));
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.set_formatter(|out, _, value| {
        if value.is_none() || value.is_undefined() {
            return Err(Error::new(ErrorKind::UndefinedError, "there is no such value"));
        }
        let text = value.to_string();
        let printed = if value.is_safe() || value.downcast_object_ref::<FigureValue>().is_some() {
            text
        } else {
            parse::escape(&text)
        };
        out.write_str(&printed).map_err(Error::from)
    });
    environment.add_filter("quoted", |text: String| Value::from_safe_string(parse::quote(&text)));
    for subject in Subject::iter() {
        let engine = Arc::clone(engine);
        let name: &'static str = subject.into();
        environment.add_function(name, move |filters: Kwargs| engine.figure(subject, &filters));
    }
    add_lists(&mut environment, engine);
    Ok(environment)
}

fn add_lists(environment: &mut Environment<'static>, engine: &Arc<Engine>) {
    let of = Arc::clone(engine);
    environment.add_function("themes", move || of.themes());
    let of = Arc::clone(engine);
    environment.add_function("topics", move |theme: String| of.topics(&theme));
    let of = Arc::clone(engine);
    environment.add_function("indicators", move |filters: Kwargs| of.indicators(&filters));
    let of = Arc::clone(engine);
    environment.add_function("areas", move || of.areas());
    let of = Arc::clone(engine);
    environment.add_function("values", move |dimension: String| of.values(&dimension));
    let of = Arc::clone(engine);
    environment.add_function("months", move || of.months());
    let of = Arc::clone(engine);
    environment.add_function("places", move |kind: String| of.places(&kind));
    let of = Arc::clone(engine);
    environment.add_function("term", move |text: String| of.term(&text));
    let of = Arc::clone(engine);
    environment.add_function("date", move |day: String| of.date(&day));
    let of = Arc::clone(engine);
    environment.add_function("paragraphs", move |state: &mut State<'_, '_>, section: String| {
        of.paragraphs(state, &section)
    });
}

/// A value with names.
fn record<V: Into<Value>>(fields: impl IntoIterator<Item = (&'static str, V)>) -> Value {
    let fields = fields.into_iter().map(|(name, value)| (name, value.into()));
    Value::from(fields.collect::<BTreeMap<&'static str, Value>>())
}

fn refused(text: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::InvalidOperation, text)
}

impl Engine {
    fn found(&self) -> MutexGuard<'_, Found> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Facts of the account's own day, which are always there.
    fn facts(&self) -> Option<&Arc<Facts>> {
        self.world.facts.get(&(self.world.day, Area::Whole, Group::Plain))
    }

    fn figure(&self, subject: Subject, given: &Kwargs) -> Result<Value, Error> {
        let mut filters = BTreeMap::new();
        for name in given.args() {
            let value: Value = given.get(name)?;
            if !value.is_none() {
                filters.insert(name.to_owned(), value.to_string());
            }
        }
        given.assert_all_used()?;
        let asked = Asked::new(subject, filters).map_err(|Unknown(text)| refused(text.en))?;
        Ok(self.value(asked))
    }

    fn value(&self, asked: Asked) -> Value {
        let key = asked.to_string();
        let known = self.found().places.get(&key).copied();
        let (place, figure) = match known {
            Some(place) => (place, self.found().figures[place].clone()),
            None => {
                let figure = self.evaluated(&asked, &key);
                let mut found = self.found();
                let place = found.figures.len();
                found.figures.push(figure.clone());
                found.places.insert(key, place);
                (place, figure)
            }
        };
        Value::from_object(FigureValue { place, figure })
    }

    fn evaluated(&self, asked: &Asked, key: &str) -> Figure {
        let language = self.world.language;
        let wish = wish(asked, self.world.day, &self.world.below);
        let value = match self.world.facts.get(&wish) {
            Some(facts) => evaluate::evaluate(asked, facts),
            None => {
                self.found().wishes.insert(wish);
                evaluate::Value::default()
            }
        };
        let unit = value.unit.as_deref().unwrap_or_else(|| asked.unit(language));
        figure(asked, key, &value, &self.term_of(unit), language)
    }

    fn term_of(&self, text: &str) -> String {
        let known = self
            .world
            .settings
            .terms
            .get(text)
            .filter(|_| self.world.language == Language::En);
        known.map_or_else(|| text.to_owned(), Clone::clone)
    }

    fn term(&self, text: &str) -> Value {
        Value::from(self.term_of(text))
    }

    /// The inspection's themes in its order, and then others that records name.
    fn themes(&self) -> Vec<String> {
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
    fn topics(&self, theme: &str) -> Vec<String> {
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
    fn indicators(&self, given: &Kwargs) -> Result<Vec<Value>, Error> {
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
        let has =
            |of: fn(&crate::progress::indicators::Counted) -> Option<i64>| counted.as_ref().and_then(of).is_some();
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
    fn areas(&self) -> Vec<Value> {
        let named = |code: &String| {
            let name = self.world.names.get(code).unwrap_or(code);
            record([("code", code.clone()), ("name", self.term_of(name))])
        };
        self.world.below.iter().map(named).collect()
    }

    /// Values that petitions, tasks or decisions have of a dimension: token and name of each.
    fn values(&self, name: &str) -> Result<Vec<Value>, Error> {
        let by = super::asked::dimension(name).ok_or_else(|| refused(format!("there is no dimension {name}")))?;
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
    fn months(&self) -> Vec<String> {
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
    fn places(&self, kind: &str) -> Vec<String> {
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

    fn date(&self, day: &str) -> Result<String, Error> {
        let day: NaiveDate = day.parse().map_err(|_| refused(format!("{day} is no day")))?;
        Ok(match self.world.language {
            Language::Zh => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
            Language::En => day.format("%-d %B %Y").to_string(),
        })
    }

    /// The paragraphs of a section, rendered as templates themselves.
    fn paragraphs(&self, state: &mut State<'_, '_>, section: &str) -> Result<Vec<Value>, Error> {
        let mut rendered = Vec::new();
        for (at, paragraph) in self.world.settings.paragraphs.iter().enumerate() {
            if paragraph.section != section {
                continue;
            }
            let text = match self.world.language {
                Language::En if !paragraph.en.is_empty() => &paragraph.en,
                _ => &paragraph.zh,
            };
            let name = format!("paragraph {}", at + 1);
            let markdown = state.env().render_named_str(&name, text, globals(&self.world))?;
            rendered.push(Value::from_safe_string(markdown));
        }
        Ok(rendered)
    }
}

/// Which facts a figure is computed from.
#[must_use]
pub fn wish(asked: &Asked, day: NaiveDate, below: &[String]) -> Wish {
    let area = match asked.filter("area") {
        None => Area::Whole,
        Some(code) if below.iter().any(|area| area == code) => Area::Below,
        Some(_) => Area::Each,
    };
    (asked.day("as_of").unwrap_or(day), area, asked.subject.group())
}

/// A figure as it is printed.
#[must_use]
pub fn figure(asked: &Asked, key: &str, value: &evaluate::Value, unit: &str, language: Language) -> Figure {
    let scaled = match asked.filter("scale") {
        // Ten thousands: exact as long as a millionth of them is a whole hundredth of the unit's millionths.
        Some("wan") => value
            .millionths
            .filter(|millionths| millionths % 10_000 == 0)
            .map(|millionths| millionths / 10_000),
        _ => value.millionths,
    };
    let unit = if asked.filter("scale") == Some("wan") {
        format!("万{unit}")
    } else {
        unit.to_owned()
    };
    let gap = match (value.gap, scaled) {
        (Some((kind, records)), _) => Some(gap::gap(kind, key, records, language).message),
        (None, None) => Some(gap::gap("UNKNOWN_FIGURE", key, 0, language).message),
        (None, Some(_)) => None,
    };
    Figure {
        key: key.to_owned(),
        text: scaled.map_or_else(
            || language.pick("〔缺〕", "[missing]").to_owned(),
            |scaled| number(scaled, language),
        ),
        millionths: scaled,
        unit,
        label: asked.label(language),
        gap,
        records: Some(value.records),
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
