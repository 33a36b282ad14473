//! What a profile of a directory may not change: headers are data, but what a field holds is the code's.

use super::file::line_of_value;
use super::{Column, ColumnKind, Profile, ProfileFault};

/// Compares `found`, read from `text`, with the embedded profile of its kind: each line and what is wrong there.
pub(super) fn check(text: &str, found: &Profile, embedded: &Profile) -> Vec<(usize, ProfileFault)> {
    let mut faults = Vec::new();
    for column in &found.columns {
        let Some(known) = embedded.column(&column.field) else {
            continue;
        };
        let field = column.field.clone();
        if known.kind != column.kind {
            let fault = ProfileFault::KindChanged {
                field,
                found: column.kind,
                wanted: known.kind,
            };
            faults.push((line_of_value(text, "field", &column.field), fault));
            continue;
        }
        if let Some(value) = new_value(found.values(column), &embedded.values(known), column.kind) {
            let line = text
                .lines()
                .position(|line| line.contains(&format!("value = \"{value}\"")));
            let fault = ProfileFault::NewValue {
                field,
                value: value.to_owned(),
            };
            faults.push((line.map_or(0, |index| index + 1), fault));
        }
    }
    faults.sort_by_key(|(line, _)| *line);
    faults
}

/// A value that the records cannot keep. A list of kinds (污染类型) may grow, a state may not.
fn new_value<'a>(found: Vec<&'a str>, known: &[&str], kind: ColumnKind) -> Option<&'a str> {
    let closed = matches!(kind, ColumnKind::Choice | ColumnKind::Flag);
    found.into_iter().find(|value| closed && !known.contains(value))
}

impl Profile {
    /// The canonical values that `column` can take; none where it has no vocabulary.
    fn values(&self, column: &Column) -> Vec<&str> {
        let choices = self
            .vocabulary(column)
            .into_iter()
            .flat_map(|vocabulary| vocabulary.choices());
        choices.map(|choice| choice.value.as_str()).collect()
    }
}
