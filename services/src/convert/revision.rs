//! Revisions, and what of them is masked.

use std::collections::BTreeSet;

use ducha::v1::{FieldChange, ImportVerdict, LedgerKind, Revision};
use ducha_records::revisions;
use ducha_records::verdicts::Verdict;
use serde_json::Value;

use super::mask::{mask, mask_name};
use super::shorten::{cut, note};
use super::{FileNames, origin, timestamp};
use crate::pages::Record;

/// A revision.
#[must_use]
pub fn revision(row: revisions::Revision, names: &FileNames) -> Revision {
    let fields = row.fields().into_iter().map(|change| FieldChange {
        field: change.field,
        before_json: change.before.to_string(),
        after_json: change.after.to_string(),
    });
    Revision {
        fields: fields.collect(),
        kind: row.kind.into(),
        number: row.number,
        division: row.division,
        change: row.change.into(),
        origin: origin(row.import_id, row.sheet, row.row_number, names),
        actor: row.actor,
        changed_at: Some(timestamp(row.at_utc)),
        shortened_fields: Vec::new(),
        reason: row.reason.unwrap_or_default(),
    }
}

/// A verdict on an import; without `personal`, telephone and identity numbers are masked.
#[must_use]
pub fn verdict(row: Verdict, personal: bool) -> ImportVerdict {
    let mut said = row.note.unwrap_or_default();
    if !personal {
        mask(&mut said);
    }
    ImportVerdict {
        import_id: row.import_id,
        state: row.state.into(),
        division: row.division.unwrap_or_default(),
        file_name: row.file_name,
        actor: row.actor,
        note: said,
        decided_at: Some(timestamp(row.at_utc)),
    }
}

/// Masks the name of a decision's person wherever the revision says one of these.
pub fn mask_persons(revision: &mut Revision, persons: &BTreeSet<String>) {
    if revision.kind != LedgerKind::Accountabilities as i32 {
        return;
    }
    if hide(&mut revision.reason, persons) {
        note(&mut revision.shortened_fields, "reason");
    }
    each_text(revision, |field, text| match field {
        "name" => mask_name(text),
        _ => hide(text, persons),
    });
}

/// Masks these names wherever a text has one.
fn hide(text: &mut String, persons: &BTreeSet<String>) -> bool {
    let mut masks = false;
    // The longest first: one name may begin like another.
    let mut names: Vec<&String> = persons.iter().filter(|name| text.contains(*name)).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    for name in names {
        let mut masked = name.clone();
        masks |= mask_name(&mut masked);
        *text = text.replace(name, &masked);
    }
    masks
}

/// Shows `change` every text of every field, and notes the fields of which it changed one.
fn each_text(revision: &mut Revision, mut change: impl FnMut(&str, &mut String) -> bool) {
    for each in &mut revision.fields {
        for json in [&mut each.before_json, &mut each.after_json] {
            let Ok(mut value) = serde_json::from_str::<Value>(json) else {
                continue;
            };
            let changed = match &mut value {
                Value::String(text) => change(&each.field, text),
                _ => false,
            };
            if changed {
                *json = value.to_string();
                note(&mut revision.shortened_fields, &each.field);
            }
        }
    }
}

impl Record for Revision {
    fn shorten(&mut self) {
        each_text(self, |_, text| cut(text));
    }

    fn mask(&mut self) {
        each_text(self, |_, text| mask(text));
        if mask(&mut self.reason) {
            note(&mut self.shortened_fields, "reason");
        }
    }

    fn key(&self) -> &str {
        &self.number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(kind: LedgerKind, field: &str, before: &str, after: &str) -> Revision {
        let fields = vec![FieldChange {
            field: field.to_owned(),
            before_json: before.to_owned(),
            after_json: after.to_owned(),
        }];
        Revision {
            kind: kind.into(),
            fields,
            ..Revision::default()
        }
    }

    #[test]
    fn numbers_of_persons_are_masked_and_amounts_are_not() {
        let mut text = changed(LedgerKind::Petitions, "handling", "null", "\"电话13812345678\"");
        text.mask();
        assert_eq!(text.fields[0].after_json, "\"电话138********\"");
        assert_eq!(text.shortened_fields, ["handling"]);
        let mut fine = changed(LedgerKind::Petitions, "fine_fen", "null", "13812345678");
        fine.mask();
        assert_eq!(fine.fields[0].after_json, "13812345678");
    }

    #[test]
    fn a_person_is_named_neither_as_such_nor_in_a_text() {
        let persons = BTreeSet::from(["王某某".to_owned(), "王某".to_owned()]);
        let mut name = changed(LedgerKind::Accountabilities, "name", "\"王某\"", "\"王某某\"");
        mask_persons(&mut name, &persons);
        assert_eq!(
            (name.fields[0].before_json.as_str(), name.fields[0].after_json.as_str()),
            ("\"王*\"", "\"王**\"")
        );
        let mut reason = changed(LedgerKind::Accountabilities, "reason", "null", "\"王某某失察\"");
        mask_persons(&mut reason, &persons);
        assert_eq!(reason.fields[0].after_json, "\"王**失察\"");
        assert_eq!(reason.shortened_fields, ["reason"]);
    }
}
