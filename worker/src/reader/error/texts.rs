//! The texts of the errors, which are those of the catalogue's family F.

use std::collections::BTreeMap;

use ducha_records::rules::{self, Language, Params, Rule};

use super::ReadError;

impl ReadError {
    /// The rule of the catalogue that the file breaks.
    #[must_use]
    pub const fn rule(&self) -> &'static Rule {
        match self {
            Self::NotAWorkbook => &rules::NOT_A_WORKBOOK,
            Self::Word => &rules::WORD_DOCUMENT,
            Self::Pdf => &rules::PDF_FILE,
            Self::Text => &rules::TEXT_FILE,
            Self::Password => &rules::PASSWORD,
            Self::Damaged { .. } => &rules::DAMAGED_FILE,
            Self::TooLarge { .. } => &rules::TOO_LARGE,
            Self::Empty => &rules::EMPTY_FILE,
            Self::Markup => &rules::MARKUP,
            Self::PowerPoint => &rules::PRESENTATION,
            Self::OutsideGrid { .. } => &rules::OUTSIDE_GRID,
            Self::Crashed { .. } => &rules::READER_BROKE,
            Self::OutOfMemory => &rules::OUT_OF_MEMORY,
            Self::TimedOut { .. } => &rules::TIMED_OUT,
            Self::HostileZip { .. } => &rules::HOSTILE_ZIP,
            Self::Doctype { .. } => &rules::DOCTYPE,
            Self::Unreadable { .. } => &rules::UNREADABLE_FILE,
        }
    }

    /// The stable code that findings and documents refer to.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.rule().code
    }

    /// The values the texts name.
    #[must_use]
    pub fn values(&self) -> Params {
        BTreeMap::from_iter(self.params())
    }

    /// What was found and what to do, in Chinese.
    #[must_use]
    pub fn message_zh(&self) -> String {
        self.rule().sentences(Language::Zh, &self.values())
    }

    /// What was found and what to do, in English.
    #[must_use]
    pub fn message_en(&self) -> String {
        self.rule().sentences(Language::En, &self.values())
    }
}

#[cfg(test)]
mod tests {
    use crate::reader::error::{Measure, ReadError, one_of_each};
    use std::collections::BTreeSet;

    #[test]
    fn codes_run_from_f001_to_f017_without_a_gap() {
        let found: BTreeSet<_> = one_of_each().iter().map(ReadError::code).collect();
        let wanted: Vec<_> = (1..=17).map(|number| format!("F{number:03}")).collect();
        assert_eq!(found.into_iter().collect::<Vec<_>>(), wanted);
    }

    #[test]
    fn every_message_has_all_its_values() {
        for error in one_of_each() {
            let named: BTreeSet<_> = error.rule().params.iter().map(|param| param.name.to_owned()).collect();
            assert_eq!(
                error.values().into_keys().collect::<BTreeSet<_>>(),
                named,
                "{}",
                error.code()
            );
            for message in [error.message_zh(), error.message_en()] {
                assert!(!message.contains('{') && !message.contains('_'), "{message}");
            }
        }
    }

    #[test]
    fn a_passed_limit_names_both_numbers_and_the_place() {
        let error = ReadError::TooLarge {
            what: Measure::TextChars,
            found: 40_000,
            limit: 32_767,
            place: "台账!C7".into(),
        };
        assert!(
            error
                .message_zh()
                .starts_with("单元格字数超过上限，位置：台账!C7；至少有 40000，上限是 32767。请")
        );
    }
}
