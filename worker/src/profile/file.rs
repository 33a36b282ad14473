//! One profile file: its TOML shape, and the checks that make a [`Profile`] of it.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use super::claims::{Claim, Claims};
use super::{Column, ColumnKind, HeaderText, LedgerKind, Profile, ProfileError, ProfileFault, Required};
use crate::values::number::{Measure, Units};
use crate::values::vocabulary::{Choice, Vocabulary};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    kind: LedgerKind,
    title: String,
    title_en: String,
    identity: Spanned<Vec<Spanned<String>>>,
    #[serde(default)]
    counting_units: Vec<String>,
    open_days: Option<u32>,
    units: Option<Spanned<Vec<FileUnit>>>,
    columns: Vec<FileColumn>,
    #[serde(default)]
    vocabularies: BTreeMap<Spanned<String>, FileVocabulary>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileColumn {
    field: Spanned<String>,
    header: Spanned<String>,
    #[serde(default)]
    aliases: Vec<Spanned<String>>,
    #[serde(default)]
    fallback: Vec<Spanned<String>>,
    label_en: String,
    kind: Spanned<ColumnKind>,
    vocabulary: Option<Spanned<String>>,
    #[serde(default)]
    required: FileRequired,
    max_chars: Option<usize>,
    #[serde(default)]
    units: Vec<String>,
    #[serde(default)]
    personal: bool,
    #[serde(default)]
    generic: bool,
    #[serde(default)]
    repeatable: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileUnit {
    unit: String,
    #[serde(default)]
    accepts: Vec<String>,
    #[serde(default)]
    percent: bool,
}

/// `true`, `false` or the name of the exception.
#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "required must be true, false, \"unless_register\" or \"unless_file_division\""
)]
enum FileRequired {
    Plain(bool),
    Named(Required),
}

impl Default for FileRequired {
    fn default() -> Self {
        Self::Plain(false)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileVocabulary {
    #[serde(default)]
    strip_suffixes: Vec<String>,
    choices: Vec<Choice>,
}

/// Reads and checks one profile; `path` is for messages only.
pub(super) fn read(path: &Path, text: &str) -> Result<Profile, ProfileError> {
    let refuse = |at: usize, fault| ProfileError {
        file: path.to_owned(),
        line: line_at(text, at),
        fault,
    };
    let file: File = toml::from_str(text).map_err(|error| {
        refuse(
            error.span().map_or(0, |span| span.start),
            ProfileFault::Toml(error.message().to_owned()),
        )
    })?;
    check(&file).map_err(|(at, fault)| refuse(at, fault))?;
    let mut vocabularies = BTreeMap::new();
    for (name, vocabulary) in file.vocabularies {
        let at = name.span().start;
        let made = Vocabulary::new(vocabulary.choices, vocabulary.strip_suffixes).map_err(|error| {
            let (name, reason) = (name.get_ref().clone(), error.to_string());
            refuse(at, ProfileFault::BadVocabulary { name, reason })
        })?;
        vocabularies.insert(name.into_inner(), made);
    }
    let units = match file.units {
        None => Units::default(),
        Some(listed) => {
            let at = listed.span().start;
            units(listed.into_inner()).map_err(|fault| refuse(at, fault))?
        }
    };
    let claims = claims(&file.columns).map_err(|(at, fault)| refuse(at, fault))?;
    Ok(Profile {
        kind: file.kind,
        title: file.title,
        title_en: file.title_en,
        identity: file
            .identity
            .into_inner()
            .into_iter()
            .map(Spanned::into_inner)
            .collect(),
        counting_units: file.counting_units,
        units,
        open_days: file.open_days,
        columns: file.columns.into_iter().map(column).collect(),
        vocabularies,
        claims,
    })
}

/// A fault and its position in the file, in bytes.
type Placed = (usize, ProfileFault);

fn check(file: &File) -> Result<(), Placed> {
    let known = file.kind.fields();
    let fields = file.columns.iter().map(|column| &column.field);
    for field in fields.clone().chain(file.identity.get_ref()) {
        if !known.contains(&field.get_ref().as_str()) {
            let field_name = field.get_ref().clone();
            return Err((
                field.span().start,
                ProfileFault::UnknownField {
                    kind: file.kind,
                    field: field_name,
                },
            ));
        }
    }
    for (index, field) in fields.clone().enumerate() {
        if fields
            .clone()
            .take(index)
            .any(|earlier| earlier.get_ref() == field.get_ref())
        {
            return Err((
                field.span().start,
                ProfileFault::DuplicateField(field.get_ref().clone()),
            ));
        }
    }
    if let Some(missing) = known
        .iter()
        .find(|known| !fields.clone().any(|field| field.get_ref() == **known))
    {
        return Err((0, ProfileFault::MissingField(missing)));
    }
    if file.open_days.is_none() && file.kind == LedgerKind::Alerts {
        return Err((0, ProfileFault::NoLimit));
    }
    if file.units.is_none() && file.kind == LedgerKind::Indicators {
        return Err((0, ProfileFault::NoUnits));
    }
    if file.identity.get_ref().is_empty() {
        return Err((file.identity.span().start, ProfileFault::NoIdentity));
    }
    file.columns
        .iter()
        .try_for_each(|column| check_vocabulary(file, column))
}

fn check_vocabulary(file: &File, column: &FileColumn) -> Result<(), Placed> {
    let kind = *column.kind.get_ref();
    if kind.has_vocabulary() != column.vocabulary.is_some() {
        return Err((column.kind.span().start, ProfileFault::VocabularyMisplaced(kind)));
    }
    match &column.vocabulary {
        Some(name) if !file.vocabularies.keys().any(|known| known.get_ref() == name.get_ref()) => Err((
            name.span().start,
            ProfileFault::NoSuchVocabulary(name.get_ref().clone()),
        )),
        _ => Ok(()),
    }
}

fn units(units: Vec<FileUnit>) -> Result<Units, ProfileFault> {
    let measures = units.into_iter().map(|unit| Measure {
        unit: unit.unit,
        accepts: unit.accepts,
        percent: unit.percent,
    });
    Units::new(measures).map_err(ProfileFault::BadUnit)
}

/// Gathers the headers, own names first, so that a fallback can be told apart from a name that is taken.
fn claims(columns: &[FileColumn]) -> Result<Claims, Placed> {
    let mut claims = Claims::default();
    let field = |index: usize| columns[index].field.get_ref().clone();
    for (index, column) in columns.iter().enumerate() {
        for header in std::iter::once(&column.header).chain(&column.aliases) {
            let text = read_header(header)?;
            let claim = Claim {
                column: index,
                fallback: None,
                bracketed: !text.remarks.is_empty(),
            };
            claims.add(&text, claim).map_err(|other| {
                let fault = ProfileFault::ClaimedTwice {
                    header: header.get_ref().clone(),
                    other: field(other),
                };
                (header.span().start, fault)
            })?;
        }
    }
    for (index, column) in columns.iter().enumerate() {
        for (position, header) in column.fallback.iter().enumerate() {
            let text = read_header(header)?;
            let taken = |other: &usize| *other == index || !columns[*other].generic;
            if let Some(other) = claims.owner(&text).filter(taken) {
                let fault = ProfileFault::DeadFallback {
                    header: header.get_ref().clone(),
                    other: field(other),
                };
                return Err((header.span().start, fault));
            }
            let claim = Claim {
                column: index,
                fallback: Some(position),
                bracketed: !text.remarks.is_empty(),
            };
            claims.add_fallback(&text, claim);
        }
    }
    Ok(claims)
}

fn read_header(header: &Spanned<String>) -> Result<HeaderText, Placed> {
    let text = HeaderText::read(header.get_ref());
    if text.whole.is_empty() {
        return Err((header.span().start, ProfileFault::EmptyHeader(header.get_ref().clone())));
    }
    Ok(text)
}

fn column(column: FileColumn) -> Column {
    let texts = |list: Vec<Spanned<String>>| list.into_iter().map(Spanned::into_inner).collect();
    Column {
        field: column.field.into_inner(),
        header: column.header.into_inner(),
        aliases: texts(column.aliases),
        fallback: texts(column.fallback),
        label_en: column.label_en,
        kind: column.kind.into_inner(),
        vocabulary: column.vocabulary.map(Spanned::into_inner),
        required: match column.required {
            FileRequired::Plain(true) => Required::Always,
            FileRequired::Plain(false) => Required::No,
            FileRequired::Named(required) => required,
        },
        max_chars: column.max_chars,
        units: column.units,
        personal: column.personal,
        generic: column.generic,
        repeatable: column.repeatable,
    }
}

/// Line, counted from 1, of the byte `at`.
fn line_at(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// Line, counted from 1, on which `key` is set first; 0 if it is nowhere.
pub(super) fn line_of_key(text: &str, key: &str) -> usize {
    line_where(text, |name, _| name == key)
}

/// Line, counted from 1, on which `key` is first set to `value`; 0 if it is nowhere.
pub(super) fn line_of_value(text: &str, key: &str, value: &str) -> usize {
    line_where(text, |name, set| name == key && set.contains(&format!("\"{value}\"")))
}

fn line_where(text: &str, wanted: impl Fn(&str, &str) -> bool) -> usize {
    let hit = |line: &str| line.split_once('=').is_some_and(|(name, set)| wanted(name.trim(), set));
    text.lines().position(hit).map_or(0, |index| index + 1)
}
