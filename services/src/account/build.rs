//! From records and a template to an account.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use ducha_records::figures::{Area, areas};
use ducha_records::inspections::Inspection;
use ducha_records::{Db, Reach, accounts, divisions};

use super::document::Document;
use super::engine::{self, Wish, World};
use super::parse;
use crate::error::CallError;
use crate::language::Language;
use crate::progress::facts::{Facts, Group};
use crate::progress::gap;

/// The built-in templates.
const ZH: &str = include_str!("../../templates/account.zh-CN.md");
const EN: &str = include_str!("../../templates/account.en.md");
/// A template is rendered at most so often: once to learn which facts it needs, and again for what those bring up.
const PASSES: usize = 5;

/// What an account is asked of.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The inspection.
    pub inspection: Inspection,
    /// The day whose state it tells.
    pub day: NaiveDate,
    /// The division whose records count, with all below it.
    pub root: String,
    /// The language of its texts.
    pub language: Language,
}

/// An account and what it was made of.
pub struct Built {
    /// The account.
    pub document: Document,
    /// What figures lack or are in doubt for.
    pub gaps: Vec<ducha::v1::Gap>,
    /// The facts, by day and area.
    pub facts: HashMap<Wish, Arc<Facts>>,
    /// Areas directly below the root.
    pub below: Vec<String>,
}

/// Computes an account. Templates are those of `folder`, where it has one for the inspection or for all; else the built-in
/// ones.
///
/// # Errors
/// [`CallError::Template`] with the line of a template that cannot be rendered; [`CallError::NoDivision`]; the database's.
pub fn build(db: &mut Db, reach: &Reach, wanted: &Wanted, folder: Option<&Path>) -> Result<Built, CallError> {
    let template = template(folder, &wanted.inspection.id, wanted.language)?;
    let below = scope(db, reach, &wanted.root, Area::Below)?;
    let mut world = World {
        language: wanted.language,
        day: wanted.day,
        inspection: wanted.inspection.clone(),
        settings: accounts::settings(db, &wanted.inspection.id)?,
        names: divisions::all(db)?
            .into_iter()
            .map(|row| (row.code, row.name))
            .collect(),
        below: below.names().into_iter().map(str::to_owned).collect(),
        facts: HashMap::new(),
    };
    let title = title(&world);
    let whole = scope(db, reach, &wanted.root, Area::Whole)?;
    let facts = Arc::new(Facts::load(db, &wanted.inspection.id, wanted.day, whole)?);
    for group in Group::ALL {
        world.facts.insert((wanted.day, Area::Whole, group), Arc::clone(&facts));
    }
    for _ in 0..PASSES {
        let rendered = engine::render(world, &template).map_err(|error| CallError::Template(told(&error)))?;
        world = rendered.world;
        if rendered.wishes.is_empty() {
            let blocks = parse::parse(&rendered.markdown).map_err(|error| CallError::Template(error.to_string()))?;
            let document = Document {
                language: wanted.language,
                title,
                as_of: wanted.day,
                blocks,
                figures: rendered.figures,
            };
            return Ok(finished(wanted, document, world));
        }
        for wish in rendered.wishes {
            load(db, reach, wanted, &mut world, wish)?;
        }
    }
    Err(CallError::Template(
        "the template asks for other days each time it is rendered".to_owned(),
    ))
}

fn finished(wanted: &Wanted, document: Document, world: World) -> Built {
    let mut gaps = match world.facts.get(&(wanted.day, Area::Whole, Group::Plain)) {
        Some(facts) => gap::of_facts(&wanted.inspection, facts, wanted.language),
        None => Vec::new(),
    };
    gaps.extend(document.figures.iter().filter_map(|figure| figure.gap.clone()));
    Built {
        document,
        gaps,
        facts: world.facts,
        below: world.below,
    }
}

fn scope(db: &mut Db, reach: &Reach, root: &str, by: Area) -> Result<ducha_records::figures::Areas, CallError> {
    areas(db, reach, root, by)?.ok_or_else(|| CallError::NoDivision(root.to_owned()))
}

fn load(db: &mut Db, reach: &Reach, wanted: &Wanted, world: &mut World, wish: Wish) -> Result<(), CallError> {
    let areas = scope(db, reach, &wanted.root, wish.1)?;
    let mut facts = Facts::none(wish.0, areas);
    facts.add(db, &wanted.inspection.id, wish.2)?;
    world.facts.insert(wish, Arc::new(facts));
    Ok(())
}

/// The template's text: `INSPECTION/account.LANGUAGE.md` in the folder, else `account.LANGUAGE.md`, else the built-in one.
fn template(folder: Option<&Path>, inspection: &str, language: Language) -> Result<String, CallError> {
    let (name, built_in) = match language {
        Language::Zh => ("account.zh-CN.md", ZH),
        Language::En => ("account.en.md", EN),
    };
    let Some(folder) = folder else {
        return Ok(built_in.to_owned());
    };
    for path in [folder.join(inspection).join(name), folder.join(name)] {
        match std::fs::read_to_string(&path) {
            Ok(text) => return Ok(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(CallError::Template(format!("{}: {error}", path.display()))),
        }
    }
    Ok(built_in.to_owned())
}

/// The title that an administrator gives, else one made of the inspection's name.
fn title(world: &World) -> String {
    let given = world.settings.title.as_ref();
    let given = given.map(|title| accounts::spoken(&title.zh, &title.en, world.language).to_owned());
    given.unwrap_or_else(|| match world.language {
        Language::Zh => format!("{}整改落实情况", world.inspection.name),
        Language::En => format!("Rectification after {}", world.inspection.name),
    })
}

/// A template's error with its line, and what lies under it.
fn told(error: &minijinja::Error) -> String {
    use std::error::Error;
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text.push_str(": ");
        text.push_str(&error.to_string());
        source = error.source();
    }
    text
}
