//! One profile file: its TOML shape, and the checks that make a [`Profile`] of it.

mod checks;

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use super::claims::{Claim, Claims};
use super::error::ProfileErrors;
use super::{Column, ColumnKind, HeaderText, LedgerKind, Profile, ProfileError, ProfileFault, Required};
use crate::values::number::{Measure, Units};
use crate::values::petition_no::NumberPatterns;
use crate::values::vocabulary::{Choice, Vocabulary};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    kind: LedgerKind,
    title: String,
    title_en: String,
    #[serde(default = "first_version")]
    version: String,
    identity: Spanned<Vec<Spanned<String>>>,
    #[serde(default)]
    counting_units: Vec<String>,
    #[serde(default)]
    rules_off: Vec<Spanned<String>>,
    #[serde(default)]
    number_patterns: Vec<Spanned<String>>,
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
    example: Option<String>,
    #[serde(default = "yes")]
    template: bool,
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

/// What a profile that names no version counts as.
fn first_version() -> String {
    "1".to_owned()
}

const fn yes() -> bool {
    true
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

/// Reads and checks one profile; `path` is for messages only. All its mistakes are told, but for those of TOML.
pub(super) fn read(path: &Path, text: &str) -> Result<Profile, ProfileErrors> {
    let refuse = |(at, fault): Placed| ProfileError {
        file: path.to_owned(),
        line: line_at(text, at),
        fault,
    };
    let file: File = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        refuse((at, ProfileFault::Toml(error.message().to_owned())))
    })?;
    let mut faults = checks::check(&file);
    let claims = claims(&file.columns, &mut faults);
    let number_patterns = number_patterns(&file.number_patterns, &mut faults);
    let units = read_units(file.units, &mut faults);
    let vocabularies = vocabularies(file.vocabularies, &mut faults);
    faults.sort_by_key(|(at, _)| *at);
    if let Some(errors) = ProfileErrors::of(faults.into_iter().map(refuse).collect()) {
        return Err(errors);
    }
    Ok(Profile {
        kind: file.kind,
        title: file.title,
        title_en: file.title_en,
        version: file.version,
        identity: plain(file.identity.into_inner()),
        counting_units: file.counting_units,
        rules_off: plain(file.rules_off),
        number_patterns,
        units,
        open_days: file.open_days,
        columns: file.columns.into_iter().map(column).collect(),
        vocabularies,
        claims,
    })
}

/// A fault and its position in the file, in bytes.
type Placed = (usize, ProfileFault);

fn plain(list: Vec<Spanned<String>>) -> Vec<String> {
    list.into_iter().map(Spanned::into_inner).collect()
}

fn number_patterns(patterns: &[Spanned<String>], faults: &mut Vec<Placed>) -> NumberPatterns {
    let mut read = NumberPatterns::default();
    for pattern in patterns {
        match NumberPatterns::pattern(pattern.get_ref()) {
            Ok(pattern) => read.others.push(pattern),
            Err(error) => {
                let reason = error.to_string().lines().last().unwrap_or_default().to_owned();
                let pattern_text = pattern.get_ref().clone();
                let fault = ProfileFault::BadPattern {
                    pattern: pattern_text,
                    reason,
                };
                faults.push((pattern.span().start, fault));
            }
        }
    }
    read
}

fn vocabularies(
    written: BTreeMap<Spanned<String>, FileVocabulary>,
    faults: &mut Vec<Placed>,
) -> BTreeMap<String, Vocabulary> {
    let mut read = BTreeMap::new();
    for (name, vocabulary) in written {
        let at = name.span().start;
        let name = name.into_inner();
        match Vocabulary::new(vocabulary.choices, vocabulary.strip_suffixes) {
            Ok(vocabulary) => {
                read.insert(name, vocabulary);
            }
            Err(error) => {
                let reason = error.to_string();
                faults.push((at, ProfileFault::BadVocabulary { name, reason }));
            }
        }
    }
    read
}

/// The units a profile lists; none where it lists none.
fn read_units(listed: Option<Spanned<Vec<FileUnit>>>, faults: &mut Vec<Placed>) -> Units {
    let Some(listed) = listed else {
        return Units::default();
    };
    let at = listed.span().start;
    let measures = listed.into_inner().into_iter().map(|unit| Measure {
        unit: unit.unit,
        accepts: unit.accepts,
        percent: unit.percent,
    });
    Units::new(measures).unwrap_or_else(|reason| {
        faults.push((at, ProfileFault::BadUnit(reason)));
        Units::default()
    })
}

/// Gathers the headers, own names first, so that a fallback can be told apart from a name that is taken.
fn claims(columns: &[FileColumn], faults: &mut Vec<Placed>) -> Claims {
    let mut claims = Claims::default();
    let field = |index: usize| columns[index].field.get_ref().clone();
    for (index, column) in columns.iter().enumerate() {
        for header in std::iter::once(&column.header).chain(&column.aliases) {
            let Some((text, claim)) = claim(header, index, None, faults) else {
                continue;
            };
            if let Err(other) = claims.add(&text, claim) {
                let (header_text, other) = (header.get_ref().clone(), field(other));
                let fault = ProfileFault::ClaimedTwice {
                    header: header_text,
                    other,
                };
                faults.push((header.span().start, fault));
            }
        }
    }
    for (index, column) in columns.iter().enumerate() {
        for (position, header) in column.fallback.iter().enumerate() {
            let Some((text, claim)) = claim(header, index, Some(position), faults) else {
                continue;
            };
            let taken = |other: &usize| *other == index || !columns[*other].generic;
            if let Some(other) = claims.owner(&text).filter(taken) {
                let (header_text, other) = (header.get_ref().clone(), field(other));
                let fault = ProfileFault::DeadFallback {
                    header: header_text,
                    other,
                };
                faults.push((header.span().start, fault));
            } else {
                claims.add_fallback(&text, claim);
            }
        }
    }
    claims
}

/// The claim of a column to a header; a header that says nothing is a fault.
fn claim(
    header: &Spanned<String>,
    column: usize,
    fallback: Option<usize>,
    faults: &mut Vec<Placed>,
) -> Option<(HeaderText, Claim)> {
    let text = HeaderText::read(header.get_ref());
    if text.whole.is_empty() {
        faults.push((header.span().start, ProfileFault::EmptyHeader(header.get_ref().clone())));
        return None;
    }
    let bracketed = !text.remarks.is_empty();
    Some((
        text,
        Claim {
            column,
            fallback,
            bracketed,
        },
    ))
}

fn column(column: FileColumn) -> Column {
    Column {
        field: column.field.into_inner(),
        header: column.header.into_inner(),
        aliases: plain(column.aliases),
        fallback: plain(column.fallback),
        label_en: column.label_en,
        example: column.example,
        template: column.template,
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

/// The keys of each table of a file, as its reader names them when it meets one that it does not know.
#[cfg(test)]
pub(super) fn keys() -> [Vec<String>; 5] {
    fn of<T: serde::de::DeserializeOwned>() -> Vec<String> {
        let told = toml::from_str::<T>("no_such_key = 1")
            .err()
            .expect("a key that no profile has");
        let names = told.message().split('`').skip(3).step_by(2);
        names.map(str::to_owned).collect()
    }
    [
        of::<File>(),
        of::<FileColumn>(),
        of::<FileUnit>(),
        of::<FileVocabulary>(),
        of::<Choice>(),
    ]
}
