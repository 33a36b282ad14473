//! A stretch of the feed cut into answers: each with revisions and then verdicts, small enough, and with the cursor behind it.

use ducha::v1::{ImportVerdict, Revision, WatchChangesResponse};
use ducha_records::feed::Position;
use ducha_records::verdicts::Verdict;
use prost::Message;

use super::cursor::cursor;
use super::read::Told;
use crate::convert;
use crate::pages::{FRAMING, RECORD_LIMIT};

/// A stretch of the feed, as it is told.
pub struct Stretch {
    /// Its revisions.
    pub told: Told,
    /// Its verdicts.
    pub verdicts: Vec<Verdict>,
    /// Where it ends.
    pub to: Position,
    /// Whether the feed ended there.
    pub at_end: bool,
}

/// What comes next, and how many revisions and verdicts are behind it then.
enum Item {
    Revision(Revision, i64),
    Verdict(ImportVerdict, i64, i64),
}

impl Item {
    fn size(&self) -> usize {
        FRAMING
            + match self {
                Self::Revision(message, _) => message.encoded_len(),
                Self::Verdict(message, ..) => message.encoded_len(),
            }
    }
}

impl Stretch {
    /// The answers of a stretch of an inspection's feed that begins at `from`. `place_too`: one even without revisions and
    /// verdicts, to tell the place.
    pub fn answers(self, inspection: &str, mut from: Position, place_too: bool) -> Vec<WatchChangesResponse> {
        let to = self.to.clone();
        let (mut answers, mut open, mut bytes) = (Vec::new(), WatchChangesResponse::default(), 0);
        for item in self.items() {
            let size = item.size();
            // Within an answer, verdicts come behind the revisions.
            let turns = matches!(item, Item::Revision(..)) && !open.verdicts.is_empty();
            if bytes > 0 && (turns || bytes + size > RECORD_LIMIT) {
                open.cursor = cursor(inspection, &from);
                answers.push(std::mem::take(&mut open));
                bytes = 0;
            }
            bytes += size;
            match item {
                Item::Revision(message, sequence) => {
                    open.revisions.push(message);
                    from.sequence = sequence;
                }
                Item::Verdict(message, sequence, verdict) => {
                    open.verdicts.push(message);
                    from.sequence = from.sequence.max(sequence);
                    from.verdict = verdict;
                }
            }
        }
        if bytes > 0 || place_too {
            open.cursor = cursor(inspection, &to);
            answers.push(open);
        }
        answers
    }

    /// Revisions and verdicts in their one order.
    fn items(self) -> impl Iterator<Item = Item> {
        let personal = self.told.shows_personal_data();
        let mut revisions = self.told.messages().peekable();
        let mut verdicts = self.verdicts.into_iter().peekable();
        std::iter::from_fn(move || {
            // A verdict comes behind the last revision before it.
            let before = verdicts.peek().map_or(i64::MAX, |verdict| verdict.sequence);
            if let Some((sequence, revision)) = revisions.next_if(|(sequence, _)| *sequence <= before) {
                return Some(Item::Revision(revision, sequence));
            }
            let verdict = verdicts.next()?;
            let (sequence, number) = (verdict.sequence, verdict.verdict);
            Some(Item::Verdict(convert::verdict(verdict, personal), sequence, number))
        })
    }
}
