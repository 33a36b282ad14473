//! The hidden sheet with the lists, each under a defined name: a list in a formula may have 255 characters, a range any.

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::DICTIONARY_SHEET;
use crate::cell::column_letters;
use crate::profile::Profile;
use crate::values::vocabulary::Vocabulary;

/// The lists of all forms of a template.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    lists: Vec<List>,
}

#[derive(Debug)]
struct List {
    name: String,
    words: Vec<String>,
}

impl Dictionary {
    /// Adds the list of a vocabulary, once, and returns its name: `list_petitions_conclusion`.
    pub fn add(&mut self, profile: &Profile, vocabulary: &str, words: &Vocabulary) -> String {
        let words = words.choices().iter().map(|choice| choice.label.clone()).collect();
        self.add_words(&format!("list_{}_{vocabulary}", profile.kind), words)
    }

    /// Adds the names of divisions, which are the same for all forms of a template.
    pub fn add_divisions(&mut self, names: &[String]) -> Option<String> {
        (!names.is_empty()).then(|| self.add_words("list_divisions", names.to_vec()))
    }

    fn add_words(&mut self, name: &str, words: Vec<String>) -> String {
        // A name may hold letters, digits and underscores; a profile may name its vocabulary as it likes.
        let name: String = name
            .chars()
            .map(|letter| if letter.is_alphanumeric() { letter } else { '_' })
            .collect();
        if self.lists.iter().all(|list| list.name != name) {
            self.lists.push(List {
                name: name.clone(),
                words,
            });
        }
        name
    }

    /// Writes the sheet, one list in each column under its name, and defines the names.
    pub fn finish(&self, book: &mut Workbook) -> Result<(), XlsxError> {
        if self.lists.is_empty() {
            return Ok(());
        }
        let mut sheet = Worksheet::new();
        sheet.set_name(DICTIONARY_SHEET)?.set_very_hidden(true);
        for (column, list) in (0..).zip(&self.lists) {
            sheet.write_string(0, column, &list.name)?;
            for (row, word) in (1..).zip(&list.words) {
                sheet.write_string(row, column, word)?;
            }
            let letters = column_letters(u32::from(column));
            let last = list.words.len() + 1;
            book.define_name(
                &list.name,
                &format!("='{DICTIONARY_SHEET}'!${letters}$2:${letters}${last}"),
            )?;
        }
        book.push_worksheet(sheet);
        Ok(())
    }
}
