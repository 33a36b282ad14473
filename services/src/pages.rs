//! How many records go into one answer.

use prost::Message;

/// No answer is larger, encoded, in bytes: common clients refuse 4 MiB.
pub const ANSWER_LIMIT: usize = 2 * 1024 * 1024;
/// Kept free in an answer for its token and for framing, in bytes.
const TOKEN_ROOM: usize = 4 * 1024;
/// A record that takes more than this, in bytes, is sent in the basic view.
pub const RECORD_LIMIT: usize = ANSWER_LIMIT - TOKEN_ROOM;
/// What a record takes in an answer beside itself: the field's key and a length of up to 4 bytes.
pub const FRAMING: usize = 5;

/// A message that has long texts and can do without their ends.
pub trait Record: Message {
    /// Cuts the texts as the basic view demands.
    fn shorten(&mut self);
    /// Masks names of persons, telephone and identity numbers.
    fn mask(&mut self);
    /// The key that orders its listing.
    fn key(&self) -> &str;
}

/// How much of a record is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// Texts cut to 200 characters.
    Basic,
    /// Everything.
    Full,
}

impl View {
    /// The record in this view, or in the basic one if it were too large for an answer.
    #[must_use]
    pub fn of<R: Record>(self, mut record: R) -> R {
        if self == Self::Basic || record.encoded_len() + FRAMING > RECORD_LIMIT {
            record.shorten();
        }
        record
    }
}

/// How records are shown to a caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// How much of each.
    pub view: View,
    /// Personal data too.
    pub personal: bool,
}

impl Shown {
    /// The record as it is shown. It is masked first: a number that a view cuts in two would not be known any more.
    #[must_use]
    pub fn of<R: Record>(self, mut record: R) -> R {
        if !self.personal {
            record.mask();
        }
        self.view.of(record)
    }
}

/// Takes from `records` as many as fit into one answer, at least one if there is one.
pub fn next_answer<M: Message>(records: &mut std::iter::Peekable<impl Iterator<Item = M>>) -> Vec<M> {
    let mut taken = Vec::new();
    let mut bytes = 0;
    while let Some(record) = records.next_if(|record| {
        bytes += record.encoded_len() + FRAMING;
        bytes <= RECORD_LIMIT || taken.is_empty()
    }) {
        taken.push(record);
    }
    taken
}

/// The encoded size of these records in an answer, in bytes.
pub fn size<M: Message>(records: &[M]) -> usize {
    records.iter().map(|record| record.encoded_len() + FRAMING).sum()
}

/// The records of a page, and the key of the last one if the listing goes on behind it.
pub fn page<M: Message>(records: Vec<M>, more: bool, key: impl Fn(&M) -> String) -> (Vec<M>, Option<String>) {
    let mut records = records.into_iter().peekable();
    let taken = next_answer(&mut records);
    let goes_on = more || records.peek().is_some();
    let next = taken.last().filter(|_| goes_on).map(key);
    (taken, next)
}

#[cfg(test)]
mod tests {
    use ducha::v1::{ListPetitionsResponse, Petition};

    use super::*;

    fn petitions(count: usize, bytes: usize) -> Vec<Petition> {
        (0..count)
            .map(|at| Petition {
                number: format!("X{at:04}"),
                complaint: "x".repeat(bytes),
                ..Default::default()
            })
            .collect()
    }

    #[test]
    fn a_page_ends_before_two_mebibytes_and_goes_on_behind_its_last_record() {
        let (taken, next) = page(petitions(1000, 24_000), false, |petition| petition.number.clone());
        assert!(taken.len() > 80 && taken.len() < 1000);
        assert_eq!(next, taken.last().map(|petition| petition.number.clone()));
        let answer = ListPetitionsResponse {
            petitions: taken,
            next_page_token: "x".repeat(400),
            change_cursor: "x".repeat(400),
        };
        assert!(answer.encoded_len() <= ANSWER_LIMIT);
    }

    #[test]
    fn a_page_that_ends_the_listing_has_no_next_one() {
        let key = |petition: &Petition| petition.number.clone();
        assert_eq!(page(petitions(3, 10), false, key).1, None);
        assert_eq!(page(petitions(3, 10), true, key).1, Some("X0002".into()));
        assert_eq!(page(petitions(0, 10), false, key).1, None);
    }

    #[test]
    fn a_record_above_the_limit_comes_in_the_basic_view() {
        let large = petitions(1, RECORD_LIMIT).remove(0);
        let sent = View::Full.of(large);
        assert_eq!(sent.complaint.len(), 200);
        assert_eq!(sent.shortened_fields, ["complaint"]);
        let small = View::Full.of(petitions(1, 1000).remove(0));
        assert_eq!(small.complaint.len(), 1000);
    }
}
