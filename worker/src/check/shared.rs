//! Petitions of several divisions in one file: their rows should describe one petition, and agree on what was found.
//!
//! Kept for files of several divisions only: a county has one row for each petition.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, RandomState};

use ducha_records::codes::Substantiated;
use sha2::{Digest, Sha256};

use super::across::RowId;

/// The rows of each petition: 24 bytes for each, and more once it has a second one.
#[derive(Debug, Default)]
pub(super) struct Shared {
    hasher: RandomState,
    first: HashMap<u64, Part>,
    several: BTreeMap<RowId, (String, Vec<Part>)>,
}

/// What a row says of its petition.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub id: RowId,
    /// Hash of the complaint.
    complaint: u64,
    /// [`Substantiated`].
    substantiated: Option<i16>,
}

/// Rows of one petition that differ.
pub(super) struct Differing {
    pub number: String,
    pub rows: Vec<RowId>,
    /// Of each row, the hash of its complaint: the same in every run.
    pub complaints: Vec<u64>,
}

/// The first eight bytes of a text's SHA-256.
fn digest(text: &str) -> u64 {
    let mut first = [0; 8];
    first.copy_from_slice(&Sha256::digest(text.as_bytes())[..8]);
    u64::from_be_bytes(first)
}

impl Shared {
    pub fn add(&mut self, number: &str, id: RowId, complaint: &str, substantiated: Option<i16>) {
        let part = Part {
            id,
            complaint: digest(complaint),
            substantiated,
        };
        let first = *self.first.entry(self.hasher.hash_one(number)).or_insert(part);
        if first.id != id {
            let new = || (number.to_owned(), vec![first]);
            self.several.entry(first.id).or_insert_with(new).1.push(part);
        }
    }

    /// Petitions of which one part says no and another does not, and those whose complaints differ. Rows that are
    /// `refused` do not count.
    pub fn differing(self, refused: impl Fn(RowId) -> bool) -> [Vec<Differing>; 2] {
        let no = Some(Substantiated::No.code());
        let (mut contradicting, mut worded) = (Vec::new(), Vec::new());
        for (number, mut parts) in self.several.into_values() {
            parts.retain(|part| !refused(part.id));
            let rows = || Differing {
                number: number.clone(),
                rows: parts.iter().map(|part| part.id).collect(),
                complaints: parts.iter().map(|part| part.complaint).collect(),
            };
            let answered = parts.iter().filter(|part| part.substantiated.is_some());
            let denied = answered.clone().filter(|part| part.substantiated == no).count();
            if denied > 0 && denied < answered.count() {
                contradicting.push(rows());
            }
            if parts.windows(2).any(|pair| pair[0].complaint != pair[1].complaint) {
                worded.push(rows());
            }
        }
        [contradicting, worded]
    }
}
