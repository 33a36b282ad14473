//! Uploads that are under way, by division.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The uploads under way.
#[derive(Debug, Clone)]
pub struct Uploads {
    /// Of one division; 0: any number.
    most: u32,
    under_way: Arc<Mutex<HashMap<String, u32>>>,
}

/// A place for one upload, free again when this is dropped.
#[derive(Debug)]
pub struct UploadPlace {
    uploads: Uploads,
    division: String,
}

impl Uploads {
    /// Up to `most` of one division; 0: any number.
    #[must_use]
    pub fn new(most: u32) -> Self {
        Self {
            most,
            under_way: Arc::default(),
        }
    }

    /// A place for an upload of this division, if it has one left.
    #[must_use]
    pub fn begin(&self, division: &str) -> Option<UploadPlace> {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        let uploads = under_way.entry(division.to_owned()).or_default();
        if self.most > 0 && *uploads >= self.most {
            return None;
        }
        *uploads += 1;
        Some(UploadPlace {
            uploads: self.clone(),
            division: division.to_owned(),
        })
    }
}

impl Drop for UploadPlace {
    fn drop(&mut self) {
        let mut under_way = self.uploads.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(uploads) = under_way.get_mut(&self.division) {
            *uploads -= 1;
            if *uploads == 0 {
                under_way.remove(&self.division);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_division_has_its_places_and_no_more_and_gets_them_back() {
        let uploads = Uploads::new(2);
        let places = [uploads.begin("520102"), uploads.begin("520102")];
        assert!(places.iter().all(Option::is_some));
        assert!(uploads.begin("520102").is_none());
        assert!(uploads.begin("520103").is_some(), "another has its own");
        drop(places);
        assert!(uploads.begin("520102").is_some());
        assert!(
            uploads.under_way.lock().unwrap().is_empty(),
            "nothing is kept of who has none"
        );
    }
}
