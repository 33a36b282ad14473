//! The form of each kind of ledger in a file, for the comparison with that of the division's last ledger.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use ducha_records::importing::{FormColumn, FormWord, LedgerForm, MOST_WORDS};

use super::plan::SheetPlan;
use crate::values::text;
use crate::values::vocabulary::Choice;

/// Words of a sheet that its profile understood though the template has others, by column (counted from 0), with the
/// template's word and the row where each stands first.
#[derive(Debug, Default)]
pub(super) struct Words(RefCell<HashMap<u32, ByWord>>);

/// The template's word and the first row, by the word that is used in its place.
type ByWord = HashMap<String, (String, u32)>;

impl Words {
    /// Notes a word of a row, where it is not the template's own.
    pub fn used(&self, column: u32, row: u32, word: &str, choice: &Choice) {
        if word == choice.label {
            return;
        }
        let mut columns = self.0.borrow_mut();
        let known = columns.entry(column).or_default();
        let fresh = known.len() < MOST_WORDS && !known.contains_key(word);
        if fresh && text::key(word) != text::key(&choice.label) {
            known.insert(word.to_owned(), (choice.label.clone(), row));
        }
    }
}

/// Adds a sheet that was read to the form of its kind.
pub(super) fn add(forms: &mut Vec<LedgerForm>, plan: &SheetPlan<'_>) {
    let kind = plan.kind().as_str();
    let at = forms.iter().position(|form| form.kind == kind).unwrap_or_else(|| {
        forms.push(LedgerForm {
            kind,
            off: plan.profile.rules_off.clone(),
            ..LedgerForm::default()
        });
        forms.len() - 1
    });
    columns(&mut forms[at], plan);
    words(&mut forms[at], plan);
}

fn columns(form: &mut LedgerForm, plan: &SheetPlan<'_>) {
    let layout = &plan.layout;
    let named = layout
        .columns
        .iter()
        .map(|column| (column.column, (column.field.as_str(), &column.header)));
    let unknown = layout
        .unknown
        .iter()
        .map(|column| (column.column, ("", &column.header)));
    let all: BTreeMap<u32, (&str, &String)> = named.chain(unknown).collect();
    for (at, (field, header)) in all {
        if !form
            .columns
            .iter()
            .any(|known| known.field == field && known.header == *header)
        {
            form.columns.push(FormColumn {
                field: field.to_owned(),
                header: header.clone(),
                sheet: plan.sheet.to_string(),
                row: i64::from(*layout.header_rows.end()),
                column: at as i32, // below 16,384
            });
        }
    }
}

fn words(form: &mut LedgerForm, plan: &SheetPlan<'_>) {
    let used = plan.words.0.borrow();
    for column in &plan.columns {
        let field = column.field.name();
        let words: BTreeMap<_, _> = used.get(&column.at).into_iter().flatten().collect();
        for (word, (taken_for, row)) in words {
            if !form
                .words
                .iter()
                .any(|known| known.field == field && known.word == *word)
            {
                form.words.push(FormWord {
                    field: field.to_owned(),
                    header: column.header.clone(),
                    word: word.clone(),
                    taken_for: taken_for.clone(),
                    sheet: plan.sheet.to_string(),
                    row: i64::from(*row),
                    column: column.at as i32, // below 16,384
                });
            }
        }
    }
}
