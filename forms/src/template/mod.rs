//! Templates: a workbook that a county fills in, made from a ledger profile and from nothing else, so that a profile with
//! other columns gives another form without a new build.
//!
//! ```text
//! columns       which columns of the profile the form has, how wide, which must be filled in
//! wanted        what a cell of each column wants: in words, by an example, by the codes of the rules on it
//! ledger        the form: title, header, notes, lists, formats, and the rows that are filled in already
//! validation    what a spreadsheet program accepts in a cell
//! dictionary    the hidden sheet with the lists
//! instructions  the sheet 填报说明
//! filled        the rows of one division, from the records
//! ```
//!
//! A template that is filled in must come back without a finding: what is written here is read by the worker's `recognise` and `check`.

mod columns;
mod dictionary;
pub mod filled;
mod instructions;
mod ledger;
mod style;
mod validation;
mod wanted;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use ducha_records::rules::Language;
use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};

use crate::profile::{Column, Profile};
use columns::TemplateColumn;
use dictionary::Dictionary;

/// Name of the sheet of a template that explains the form.
pub const INSTRUCTIONS_SHEET: &str = "填报说明";
/// Name of the hidden sheet of a template with the lists.
pub const DICTIONARY_SHEET: &str = "填报字典";
/// Header of the column that says on which state of its record a row was filled in. Nobody but this program writes it.
pub const VERSION_HEADER: &str = "版本（系统填写）";
/// Name of the custom document property with the kinds and the versions of their forms.
pub const STAMP_PROPERTY: &str = "ducha-template";

/// One form of a template.
#[derive(Debug, Clone)]
pub struct Form<'a> {
    /// The profile it is made from.
    pub profile: &'a Profile,
    /// Whose ledger it is, for the line under the title; absent in an empty form.
    pub office: Option<String>,
    /// Names of the divisions that a row may be of, offered as a list; none in an empty form.
    pub divisions: Vec<String>,
    /// Rows that are filled in already.
    pub rows: Vec<FilledRow>,
}

impl<'a> Form<'a> {
    /// A form with no rows.
    #[must_use]
    pub const fn empty(profile: &'a Profile) -> Self {
        Self {
            profile,
            office: None,
            divisions: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// Kind and version of the form: `petitions 1`.
    #[must_use]
    pub fn stamp(&self) -> String {
        format!("{} {}", self.profile.kind, self.profile.version)
    }
}

/// A row that is filled in already.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FilledRow {
    /// Values by field.
    pub cells: BTreeMap<String, FilledValue>,
    /// Base version of the record, for [`VERSION_HEADER`]; none where the record is not stored.
    pub version: Option<String>,
}

/// A value that is filled in.
#[derive(Debug, Clone, PartialEq)]
pub enum FilledValue {
    /// A text, and numbers that must stay text.
    Text(String),
    /// A count, or an amount in the unit of its header.
    Number(f64),
    /// A day.
    Day(NaiveDate),
}

/// Why a template could not be made.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// The workbook cannot hold it: a list too long, a sheet named twice.
    #[error("the template cannot be written: {0}")]
    Workbook(#[from] XlsxError),
}

/// Makes the workbook, as the bytes of an xlsx file. Instructions and notes are in `language`; headers and lists are
/// Chinese always, since that is what is read.
///
/// # Errors
/// [`TemplateError`].
pub fn write(forms: &[Form<'_>], language: Language) -> Result<Vec<u8>, TemplateError> {
    let mut book = Workbook::new();
    book.set_properties(&properties(forms));
    let mut dictionary = Dictionary::default();
    for form in forms {
        let columns = columns::of(form.profile);
        let sheet = ledger::sheet(form, &columns, &mut dictionary, language)?;
        book.push_worksheet(sheet);
    }
    book.push_worksheet(instructions::sheet(forms, language)?);
    dictionary.finish(&mut book)?;
    Ok(book.save_to_buffer()?)
}

fn properties(forms: &[Form<'_>]) -> DocProperties {
    let stamps: Vec<String> = forms.iter().map(Form::stamp).collect();
    let titles: Vec<&str> = forms.iter().map(|form| form.profile.title.as_str()).collect();
    DocProperties::new()
        .set_title(titles.join("、"))
        .set_custom_property(STAMP_PROPERTY, stamps.join(", "))
        .set_custom_property("ducha-version", env!("CARGO_PKG_VERSION"))
}

/// The example a template shows for `column` of `profile`; nothing for a text of which none can be given.
#[must_use]
pub fn example(profile: &Profile, column: &Column) -> String {
    wanted::example(column, profile.vocabulary(column))
}

/// The columns of a template of `profile`, as it heads them.
#[must_use]
pub fn headers(profile: &Profile) -> Vec<String> {
    columns::of(profile).iter().map(TemplateColumn::header).collect()
}

const fn pick<'t>(language: Language, zh: &'t str, en: &'t str) -> &'t str {
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

#[cfg(test)]
mod tests;
