//! What a profile file must hold together: a column for each field, a list where one is needed, and no rule off that reads.

use std::collections::HashSet;

use ducha_records::codes::Severity;
use ducha_records::rules;
use toml::Spanned;

use super::{File, FileColumn, Placed};
use crate::profile::{ColumnKind, LedgerKind, OWN_FIELD, ProfileFault};

/// What is wrong with the file, each with its place.
pub(super) fn check(file: &File) -> Vec<Placed> {
    let mut faults = fields(file);
    if file.identity.get_ref().is_empty() {
        faults.push((file.identity.span().start, ProfileFault::NoIdentity));
    }
    if file.open_days.is_none() && file.kind == LedgerKind::Alerts {
        faults.push((0, ProfileFault::NoLimit));
    }
    if file.units.is_none() && file.kind == LedgerKind::Indicators {
        faults.push((0, ProfileFault::NoUnits));
    }
    faults.extend(file.columns.iter().filter_map(|column| check_vocabulary(file, column)));
    faults.extend(file.rules_off.iter().filter_map(check_rule));
    faults
}

/// Each field of the kind has one column, and no other field has one but the profile's own.
fn fields(file: &File) -> Vec<Placed> {
    let known = file.kind.fields();
    let mut faults = Vec::new();
    let mut seen = HashSet::new();
    for column in &file.columns {
        let (name, at) = (column.field.get_ref(), column.field.span().start);
        let own = name.starts_with(OWN_FIELD);
        if !own && !known.contains(&name.as_str()) {
            faults.push((at, unknown_field(file, name)));
        } else if own && *column.kind.get_ref() != ColumnKind::Text {
            faults.push((column.kind.span().start, ProfileFault::OwnFieldNotText(name.clone())));
        }
        if !seen.insert(name.as_str()) {
            faults.push((at, ProfileFault::DuplicateField(name.clone())));
        }
    }
    for field in file.identity.get_ref() {
        if !known.contains(&field.get_ref().as_str()) {
            faults.push((field.span().start, unknown_field(file, field.get_ref())));
        }
    }
    // A field that is misspelt is missing as well, which is one mistake and not two.
    if faults.is_empty() {
        let missing = known.iter().filter(|known| !seen.contains(**known));
        faults.extend(missing.map(|known| (0, ProfileFault::MissingField(known))));
    }
    faults
}

fn unknown_field(file: &File, field: &str) -> ProfileFault {
    ProfileFault::UnknownField {
        kind: file.kind,
        field: field.to_owned(),
    }
}

fn check_vocabulary(file: &File, column: &FileColumn) -> Option<Placed> {
    let kind = *column.kind.get_ref();
    if kind.has_vocabulary() != column.vocabulary.is_some() {
        return Some((column.kind.span().start, ProfileFault::VocabularyMisplaced(kind)));
    }
    match &column.vocabulary {
        Some(name) if !file.vocabularies.keys().any(|known| known.get_ref() == name.get_ref()) => Some((
            name.span().start,
            ProfileFault::NoSuchVocabulary(name.get_ref().clone()),
        )),
        _ => None,
    }
}

/// What a row says together may be judged otherwise elsewhere. What cannot be read, and what stands twice, cannot.
fn check_rule(code: &Spanned<String>) -> Option<Placed> {
    let (name, at) = (code.get_ref(), code.span().start);
    let Some(rule) = rules::find(name) else {
        return Some((at, ProfileFault::UnknownRule(name.clone())));
    };
    let judges = name.starts_with('R');
    let reads = name.starts_with(['C', 'S', 'H', 'X']) && rule.severity != Severity::Error;
    (!judges && !reads).then(|| (at, ProfileFault::RuleNeeded(name.clone())))
}
