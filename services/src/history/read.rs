//! Revisions as they are read and told.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use diesel::QueryResult;
use ducha::v1;
use ducha_records::codes::PlainKind;
use ducha_records::revisions::{self, Revision};
use ducha_records::{Db, imports};

use crate::convert::{self, FileNames};
use crate::pages::{Shown, View};

/// Revisions with what their messages need beside them.
pub struct Told {
    rows: Vec<Revision>,
    names: FileNames,
    /// Names of persons by division and number of their decision; only for who may not see them.
    persons: BTreeMap<(String, String), BTreeSet<String>>,
    personal: bool,
}

impl Told {
    /// Looks up what belongs to these revisions. `personal`: personal data is shown.
    ///
    /// # Errors
    /// The database's.
    pub fn read(db: &mut Db, inspection: &str, rows: Vec<Revision>, personal: bool) -> QueryResult<Self> {
        let ids: BTreeSet<&String> = rows.iter().map(|row| &row.import_id).collect();
        let ids: Vec<String> = ids.into_iter().filter(|id| !id.is_empty()).cloned().collect();
        let names = imports::file_names(db, &ids)?;
        let mut persons = BTreeMap::new();
        let decisions = rows.iter().filter(|row| {
            let decision = row.kind == PlainKind::Accountability.code();
            !personal && decision && row.after.is_some()
        });
        for row in decisions {
            let key = (row.division.clone(), row.number.clone());
            if let Entry::Vacant(place) = persons.entry(key) {
                let (division, number) = place.key();
                let found = revisions::persons(db, inspection, division, number)?;
                place.insert(found);
            }
        }
        Ok(Self {
            rows,
            names,
            persons,
            personal,
        })
    }

    /// Whether personal data is shown.
    #[must_use]
    pub const fn shows_personal_data(&self) -> bool {
        self.personal
    }

    /// Each revision's number and its message.
    pub fn messages(self) -> impl Iterator<Item = (i64, v1::Revision)> {
        let Self {
            rows,
            names,
            persons,
            personal,
        } = self;
        let shown = Shown {
            view: View::Full,
            personal,
        };
        let nobody = BTreeSet::new();
        rows.into_iter().map(move |row| {
            let sequence = row.sequence;
            let known = persons
                .get(&(row.division.clone(), row.number.clone()))
                .unwrap_or(&nobody);
            let mut message = convert::revision(row, &names);
            if !personal {
                convert::mask_persons(&mut message, known);
            }
            (sequence, shown.of(message))
        })
    }
}
