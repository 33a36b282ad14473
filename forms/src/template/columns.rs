//! Which columns of a profile a template has, how they are headed, and how wide they are.

use crate::profile::{Column, ColumnKind, HeaderText, Profile, Required};
use crate::values::vocabulary::Vocabulary;

/// A column of a form.
#[derive(Debug)]
pub(super) struct TemplateColumn<'a> {
    /// Position in the sheet, counted from 0.
    pub at: u16,
    pub column: &'a Column,
    pub vocabulary: Option<&'a Vocabulary>,
}

/// The columns of a form, in the order of the profile. Personal data is never asked for.
pub(super) fn of(profile: &Profile) -> Vec<TemplateColumn<'_>> {
    let asked = profile
        .columns
        .iter()
        .filter(|column| column.template && !column.personal);
    (0..)
        .zip(asked)
        .map(|(at, column)| TemplateColumn {
            at,
            column,
            vocabulary: profile.vocabulary(column),
        })
        .collect()
}

impl TemplateColumn<'_> {
    /// The header with the unit of its numbers in a line of its own: 罚款金额 and （万元）.
    pub fn header(&self) -> String {
        self.with_unit("\n")
    }

    /// The same in one line.
    pub fn name(&self) -> String {
        self.with_unit("")
    }

    fn with_unit(&self, between: &str) -> String {
        let header = &self.column.header;
        match self.unit() {
            Some(unit) => format!("{header}{between}（{unit}）"),
            None => header.clone(),
        }
    }

    /// The unit the header names: the first of the profile's, unless the profile's header has brackets of its own.
    fn unit(&self) -> Option<&str> {
        let measured = matches!(self.column.kind, ColumnKind::Count | ColumnKind::Money);
        let bare = HeaderText::read(&self.column.header).remarks.is_empty();
        self.column
            .units
            .first()
            .filter(|_| measured && bare)
            .map(String::as_str)
    }

    /// Whether a county must fill it in.
    pub fn is_required(&self) -> bool {
        self.column.required != Required::No
    }

    /// Whether its cells must stay text: a number that loses its zeros, or that a spreadsheet takes for a date (12-3).
    pub fn stays_text(&self) -> bool {
        matches!(
            self.column.kind,
            ColumnKind::PetitionNumber | ColumnKind::TaskNumber | ColumnKind::Batch | ColumnKind::Deadline
        )
    }

    /// Whether its texts are long enough to begin at the left.
    pub fn is_prose(&self) -> bool {
        self.column.kind == ColumnKind::Text && self.column.max_chars.is_none_or(|most| most > 64)
    }

    /// Width in characters of the default font. The form is printed on one page's width, so every character counts.
    pub fn width(&self) -> f64 {
        match self.column.kind {
            ColumnKind::PetitionNumber if self.is_required() => 18.0,
            ColumnKind::Text => text_width(self.column.max_chars),
            ColumnKind::PetitionNumber => 10.0,
            ColumnKind::TaskNumber | ColumnKind::Batch => 8.0,
            ColumnKind::Choice | ColumnKind::Flag => self.list_width().clamp(8.0, 11.0),
            ColumnKind::Count => 6.5,
            ColumnKind::Date => 11.0,
            ColumnKind::Money => 8.0,
            ColumnKind::Deadline => 12.0,
            _ => 10.0,
        }
    }

    /// A Chinese character is two wide.
    fn list_width(&self) -> f64 {
        let labels = self.vocabulary.into_iter().flat_map(Vocabulary::choices);
        let longest = labels.map(|choice| choice.label.chars().count()).max().unwrap_or(0);
        longest as f64 * 2.0 + 2.0
    }
}

/// By how much may stand in a cell, in characters.
const fn text_width(most: Option<usize>) -> f64 {
    match most {
        Some(..=32) => 5.0,
        Some(..=64) => 9.0,
        Some(..=1_000) => 13.0,
        Some(..=4_000) => 14.0,
        _ => 22.0,
    }
}
