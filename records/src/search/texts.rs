//! Which texts of a record are searched.

use crate::petitions::PetitionWithParts;
use crate::tasks::TaskWithParts;

/// A record that can be searched.
pub(crate) trait Searched {
    /// Its number.
    fn number(&self) -> &str;
    /// Its texts, those of its parts included.
    fn texts(&self) -> Vec<&str>;
}

impl Searched for PetitionWithParts {
    fn number(&self) -> &str {
        &self.petition.number
    }

    fn texts(&self) -> Vec<&str> {
        let mut texts = vec![self.petition.wording.complaint.as_str()];
        for part in &self.handlings {
            let part = &part.content;
            texts.extend(
                [
                    &part.investigation,
                    &part.handling,
                    &part.measures,
                    &part.latest_progress,
                ]
                .into_iter()
                .flatten()
                .map(String::as_str),
            );
        }
        texts
    }
}

impl Searched for TaskWithParts {
    fn number(&self) -> &str {
        &self.task.number
    }

    fn texts(&self) -> Vec<&str> {
        let wording = &self.task.wording;
        let mut texts = vec![wording.problem.as_str()];
        texts.extend(
            [&wording.target, &wording.measures]
                .into_iter()
                .flatten()
                .map(String::as_str),
        );
        texts.extend(self.progress.iter().filter_map(|part| part.content.progress.as_deref()));
        texts
    }
}
