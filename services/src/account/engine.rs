//! What templates of accounts are written with: figures, lists to go through, and dates.
//!
//! A template is rendered once or twice: facts of days that it turns out to need are wished for, loaded, and then it is
//! rendered anew. So it needs no database while it runs, and every figure knows what it was asked for.

mod lists;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::NaiveDate;
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
use crate::progress::gap;

/// Steps that a template may take, so that one that never ends does: a usual account takes some thousand.
const FUEL: u64 = 5_000_000;

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
        (Some((kind, records)), _) => Some(gap::gap(kind, key, records, language)),
        (None, None) => Some(gap::gap("UNKNOWN_FIGURE", key, 0, language)),
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
