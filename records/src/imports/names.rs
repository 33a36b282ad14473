//! What the files of imports are called, kept in memory: every record that is answered with tells it, and an import never
//! gets another name.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use diesel::QueryResult;

use super::file_names;
use crate::db::Db;

/// Names kept at once, about 200 bytes each.
const MOST_KEPT: usize = 10_000;

/// The names that were asked for before. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct ImportNames {
    kept: Arc<RwLock<HashMap<String, String>>>,
}

impl ImportNames {
    /// The names of these imports by id, as far as there are such imports.
    ///
    /// # Errors
    /// The database's, which is asked for those that are not kept.
    pub fn of(&self, db: &mut Db, mut ids: Vec<String>) -> QueryResult<HashMap<String, String>> {
        let mut names = HashMap::with_capacity(ids.len());
        {
            let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
            ids.retain(|id| match kept.get(id) {
                Some(name) => {
                    names.insert(id.clone(), name.clone());
                    false
                }
                None => !id.is_empty(), // where it is out of reach, a record has an empty one
            });
        }
        if !ids.is_empty() {
            let read = file_names(db, &ids)?;
            self.keep(&read);
            names.extend(read);
        }
        Ok(names)
    }

    fn keep(&self, read: &HashMap<String, String>) {
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() + read.len() > MOST_KEPT {
            kept.clear();
        }
        if read.len() <= MOST_KEPT {
            kept.extend(read.iter().map(|(id, name)| (id.clone(), name.clone())));
        }
    }
}
